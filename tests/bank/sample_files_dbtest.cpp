// Files of banks as they really come: each is taken in, again, and cut into overlapping halves in every
// order. The project's own files always; others where a folder of samples lies beside the project, or
// COOP_BANK_SAMPLES names it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "ledger/bank/reading_profile_service.hpp"
#include "ledger/books/account_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/statements/csv_survey.hpp"
#include "ledger/statements/own_statement.hpp"
#include "ledger/statements/qif_reader.hpp"
#include "ledger/statements/statement_reader.hpp"
#include "ledger/values/charset.hpp"
#include "tests/support/test_bank.hpp"

namespace coop::bank {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream{file, std::ios::binary}.rdbuf();
  return bytes.str();
}

std::vector<fs::path> sample_files() {
  const char* named = std::getenv("COOP_BANK_SAMPLES");
  const fs::path source{COOP_SOURCE_DIR};
  std::vector<fs::path> files;
  for (const fs::path& folder :
       {source / "tests/statements/files", named ? fs::path{named} : source / "../shared/samples"}) {
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator{folder})
      if (entry.is_regular_file() && entry.path().extension() != ".xsd") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

/// The statements of a file that anybody can read; nothing where it is refused.
std::vector<statements::Statement> statements_of(const std::string& bytes) {
  std::vector<statements::Statement> all;
  try {
    for (const statements::ReadFile& file : statements::read_statements(bytes))
      for (const statements::Statement& one : file.statements)
        if (one.purpose == statements::Purpose::booked) all.push_back(one);
  } catch (const Refused&) {
    return {};
  }
  return all;
}

class SampleFiles : public test::BankTest {
 protected:
  SampleFiles() { now = instant_from_text("2030-01-01T12:00:00Z"); }

  /// Another node, with an account for each identifier and currency of the statements.
  void use_node_for(const std::vector<statements::Statement>& all) {
    use_node("n" + std::to_string(++nodes_));
    said_.reset();
    std::set<std::pair<std::string, std::string>> opened;
    for (const statements::Statement& one : all) {
      const std::string currency = one.currency.empty() ? "EUR" : one.currency;
      if (!opened.emplace(one.account, currency).second) continue;
      const UnitId unit = unit_named(currency);
      const std::string path = "assets:bank:n" + std::to_string(opened.size());
      open(path, currency);
      // What no identifier has, such as "1452687~7", is said with the file.
      const bool is_known = !one.account.empty() && one.account.find('~') == std::string::npos;
      const std::string identifier = is_known ? one.account : std::string{};
      const BankAccount account = db().in_tx([&](Tx& tx) {
        return open_bank_account(
            tx, node(), {.path = path, .unit = unit, .identifier = identifier, .title = "An account"},
            author());
      });
      if (!is_known) said_ = account.number;
    }
  }

  /// What a whole file decides, and a part of it may not.
  void remember_how_to_read(const std::string& bytes) {
    const statements::Form* form = statements::find_form(bytes);
    if (form == nullptr) return;
    std::optional<ReadingProfile> profile;
    if (form->name == "QIF") profile = qif_profile_of(bytes);
    if (form->name == "CSV" && !statements::find_own_statement(bytes)) {
      const auto survey = statements::survey_csv(bytes);
      profile = {survey->profile.fingerprint, statements::FileKind::csv, survey->profile, {}};
    }
    if (!profile) return;
    db().in_tx([&](Tx& tx) {
      save_reading_profile(tx, node(), said_.value_or(BankAccountNumber{1}), *profile, author());
    });
  }

  /// Takes a file in, whatever it says; how many lines began to count. Nothing if it cannot be read.
  std::optional<std::int64_t> take_whatever(const std::string& bytes) {
    const BankImport import = bring(bytes, said_);
    if (import.state == ImportState::taken_in) return 0;  // the very same bytes came before
    if (import.state != ImportState::read) return std::nullopt;
    return take_in(import, true);
  }

  /// Days, amounts and occurrences of what counts.
  std::multiset<std::string> counting() {
    std::multiset<std::string> all;
    for (const BankLine& line : lines({.limit = 100'000}))
      if (line.state != LineState::silent)
        all.insert(line.booked_on.text() + " " + std::to_string(line.amount_minor) + " " + line.key);
    return all;
  }

 private:
  UnitId unit_named(const std::string& code) {
    return db().in_tx([&](Tx& tx) {
      const auto known = books::find_unit(tx, code);
      return (known ? *known : books::insert_unit(tx, code, code, 2, UnitOrigin::currency)).id;
    });
  }

  /// The first order and mark that the whole file does not contradict.
  static std::optional<ReadingProfile> qif_profile_of(const std::string& bytes) {
    for (const auto order : {statements::DayOrder::day_month, statements::DayOrder::month_day})
      for (const char mark : {'.', ','}) {
        const statements::QifReading reading{order, mark};
        try {
          statements::qif_from(bytes, reading);
          return ReadingProfile{std::string{qif_fingerprint}, statements::FileKind::qif, {}, reading};
        } catch (const Refused&) {
          continue;
        }
      }
    return std::nullopt;
  }

  int nodes_ = 0;
  std::optional<BankAccountNumber> said_;  ///< where the files do not say whose they are
};

TEST_F(SampleFiles, BringNothingTheSecondTime) {
  std::size_t taken = 0;
  for (const fs::path& path : sample_files()) {
    const std::string bytes = bytes_of(path);
    const auto all = statements_of(bytes);
    if (all.empty()) continue;
    use_node_for(all);
    const auto first = take_whatever(bytes);
    if (!first) continue;
    ++taken;
    // One byte more is another file with the same content.
    const auto again = take_whatever(bytes + "\n");
    EXPECT_TRUE(!again || *again == 0) << path << " brought " << again.value_or(0);
  }
  EXPECT_GT(taken, 3u);
}

/// A part of a statement's lines, as a file camt.053 of its own.
std::string part_of(const statements::Statement& statement, std::size_t from, std::size_t to) {
  test::WrittenStatement written{
      "1", "", "", {}, statement.account, statement.currency.empty() ? "EUR" : statement.currency};
  for (std::size_t i = from; i < to; ++i) {
    const statements::Line& line = statement.lines[i];
    if (line.status != statements::LineStatus::booked || is_zero(line.amount)) continue;
    const statements::Detail none;
    const statements::Detail& detail = line.details.empty() ? none : line.details.front();
    written.lines.push_back({line.booked_on.text(),
                             text_of(line.amount),
                             detail.counterparty.name,
                             detail.text.substr(0, 100),
                             {},
                             line.bank_id});
  }
  return test::camt053({written});
}

TEST_F(SampleFiles, CutIntoOverlappingHalvesEndTheSameInEveryOrder) {
  std::size_t tried = 0;
  for (const fs::path& path : sample_files()) {
    for (const statements::Statement& one : statements_of(bytes_of(path))) {
      const std::size_t count = one.lines.size();
      if (count < 3 || one.account.empty()) continue;
      const std::string whole = part_of(one, 0, count);
      use_node_for({one});
      if (!take_whatever(whole)) continue;  // it has amounts that no account can have
      const std::string head = part_of(one, 0, count / 2 + 1);
      const std::string tail = part_of(one, count / 2, count);
      std::vector<std::multiset<std::string>> ends;
      for (const auto& order : {std::vector{whole}, std::vector{head, tail}, std::vector{tail, head},
                                std::vector{tail, whole, head}, std::vector{head, whole, tail}}) {
        use_node_for({one});
        for (const std::string& file : order) EXPECT_TRUE(take_whatever(file)) << path << file;
        ends.push_back(counting());
      }
      for (const auto& end : ends) EXPECT_EQ(end, ends.front()) << path;
      ++tried;
    }
  }
  EXPECT_GT(tried, 0u);
}

/// A file in UTF-8 with LF, and where each of its lines stands, statement by statement, in its own order.
class CutFile {
 public:
  using Places = std::vector<std::pair<std::size_t, std::size_t>>;

  explicit CutFile(const std::string& bytes) {
    for (const char c : text_from_bytes(bytes).text)
      if (c != '\r') text_ += c;
    read_ = statements_of(text_);
    for (const statements::Statement& one : read_) places_.push_back(places_of(one));
  }

  const std::vector<statements::Statement>& read() const { return read_; }
  bool is_found() const { return is_found_; }
  std::size_t most_lines() const {
    std::size_t most = 0;
    for (const Places& places : places_) most = std::max(most, places.size());
    return most;
  }

  std::string whole() const { return text_; }
  std::string head() const {
    return without([](std::size_t place, std::size_t count) { return place > count / 2; });
  }
  std::string tail() const {
    return without([](std::size_t place, std::size_t count) { return place < count / 2; });
  }

 private:
  /// From the line's number on, where it has one, else behind the one before.
  std::size_t begin_of(const statements::Line& line) const {
    if (!line.place.starts_with("line ")) return 0;
    std::size_t at = 0;
    for (int number = std::stoi(line.place.substr(5)); number > 1; --number) at = text_.find('\n', at) + 1;
    return at;
  }

  Places places_of(const statements::Statement& statement) {
    std::vector<std::pair<std::size_t, const statements::Line*>> lines;
    for (const statements::Line& line : statement.lines) lines.emplace_back(begin_of(line), &line);
    std::ranges::stable_sort(lines, {}, [](const auto& one) { return one.first; });
    Places places;
    for (const auto& [begin, line] : lines) {
      const std::size_t at = text_.find(line->raw, std::max(begin, behind_));
      is_found_ = is_found_ && !line->raw.empty() && at != std::string::npos;
      if (!is_found_) return {};
      behind_ = at + line->raw.size();
      places.emplace_back(at, behind_);
    }
    return places;
  }

  template <class Goes>
  std::string without(Goes goes) const {
    std::string text;
    std::size_t at = 0;
    for (const Places& places : places_)
      for (std::size_t i = 0; i < places.size(); ++i) {
        text += text_.substr(at, places[i].first - at);
        at = places[i].second;
        if (!goes(i, places.size())) text += text_.substr(places[i].first, at - places[i].first);
        else if (at < text_.size() && text_[at] == '\n') ++at;
      }
    return text + text_.substr(at);
  }

  std::string text_;
  std::size_t behind_ = 0;
  bool is_found_ = true;
  std::vector<statements::Statement> read_;
  std::vector<Places> places_;
};

TEST_F(SampleFiles, CutByLinesOfTheirOwnFormEndTheSameInEveryOrder) {
  std::map<std::string, std::size_t> tried;
  for (const fs::path& path : sample_files()) {
    const CutFile cut{bytes_of(path)};
    if (cut.read().empty() || cut.most_lines() < 3 || !cut.is_found()) continue;
    use_node_for(cut.read());
    if (!take_whatever(cut.whole())) continue;  // it has amounts that no account can have
    std::vector<std::multiset<std::string>> ends;
    for (const auto& order :
         {std::vector{cut.whole()}, std::vector{cut.head(), cut.tail()}, std::vector{cut.tail(), cut.head()},
          std::vector{cut.tail(), cut.whole(), cut.head()},
          std::vector{cut.head(), cut.whole(), cut.tail(), cut.head()}}) {
      use_node_for(cut.read());
      remember_how_to_read(cut.whole());
      for (const std::string& file : order) EXPECT_TRUE(take_whatever(file)) << path << '\n' << file;
      for (const std::string& file : order) EXPECT_EQ(take_whatever(file + "\n"), 0) << path;
      ends.push_back(counting());
    }
    EXPECT_FALSE(ends.front().empty()) << path;
    for (const auto& end : ends) EXPECT_EQ(end, ends.front()) << path;
    ++tried[path.extension().string()];
  }
  for (const char* form : {".xml", ".sta", ".ofx", ".qif", ".csv"}) EXPECT_GT(tried[form], 0u) << form;
}

}  // namespace
}  // namespace coop::bank
