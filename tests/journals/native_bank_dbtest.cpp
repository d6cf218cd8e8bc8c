// The complete export carries what banks say whole, and what is changed in it is refused or harms nothing.
#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/proof/verify_service.hpp"
#include "tests/support/filled_bank.hpp"

namespace coop::journals {
namespace {

const Instant exported_at = instant_from_text("2026-03-01T12:00:00Z");

std::string exported(Database& database) {
  std::string text;
  EXPECT_TRUE(
      export_native(database, "bcn", exported_at, [&](std::string_view piece) { text += piece; }).complete);
  return text;
}

std::vector<std::string> lines_in(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The lines as one file, whose last line says the hash that it has now.
std::string file_of(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) text += lines[i] + '\n';
  std::string end = lines.back();
  const std::string name = "\"file_hash\":\"";
  end.replace(end.find(name) + name.size(), 64, hex_of(sha256_of(text)));
  return text + end + '\n';
}

class NativeBank : public test::FilledBankTest {
 protected:
  const std::filesystem::path& saved(const std::string& text) {
    std::ofstream{file_.path(), std::ios::binary} << text;
    return file_.path();
  }
  /// "" if the file is read to its end.
  std::string refusal_of_file(const std::string& text) {
    return test::refusal_of([&] { check_native(saved(text)); });
  }
  TemporaryFile file_;
};

TEST_F(NativeBank, RestoresIntoAnEmptyServerAsItWas) {
  const std::string original = exported(db());
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  EXPECT_TRUE(restore_native(empty, saved(original), now).complete);
  EXPECT_EQ(exported(empty), original);
  for (const std::string& table : test::bank_tables()) {
    const std::string sql = "SELECT string_agg(r, chr(10) ORDER BY r) FROM (SELECT to_jsonb(t)::text FROM " +
                            table + " t) rows (r)";
    EXPECT_NE(superuser_value(sql), "") << table << " is not tried";
    EXPECT_EQ(other.superuser_value(sql), superuser_value(sql)) << table;
  }
  const proof::Verified verified = proof::verify(DatabaseSettings{.address = other.address(), .role = {}});
  EXPECT_EQ(verified.first_flaw(), "");
}

TEST_F(NativeBank, KnowsEveryTableOfTheBank) {
  std::string tables;
  for (const std::string& table : test::bank_tables()) tables += "'" + table + "', ";
  EXPECT_EQ(superuser_value("SELECT string_agg(relname, ' ') FROM pg_class WHERE relkind = 'r' AND relname "
                            "LIKE 'bank\\_%' AND relname NOT IN (" +
                            tables + "'')"),
            "");
}

TEST_F(NativeBank, GoesOutAndComesInWithFilesOfManyParts) {
  // Ten parts and a little: letters that do not compress would take the test longer than they are worth.
  std::string bytes = "a file of nothing but letters\n";
  for (int i = 0; bytes.size() < 15'800'000; ++i) bytes += std::to_string(i) + '\n';
  db().in_tx([&](Tx& tx) { bank::receive_file(tx, node(), {"large.txt", bytes, std::nullopt}, author()); });
  const std::string original = exported(db());
  std::size_t parts = 0;
  for (const std::string& line : lines_in(original)) {
    EXPECT_LT(line.size(), 4'000'000u);
    if (line.starts_with(R"({"kind":"bank_file_part","import":8,)")) ++parts;
  }
  EXPECT_EQ(parts, 11u);
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  EXPECT_TRUE(restore_native(empty, saved(original), now).complete);
  const std::string sql = "SELECT encode(sha256(file_bytes), 'hex') FROM bank_import WHERE number = 8";
  EXPECT_EQ(other.superuser_value(sql), hex_of(sha256_of(bytes)));
  EXPECT_EQ(exported(empty), original);
}

// Another value of the same type, as somebody would write it who wants to go unnoticed.
boost::json::value changed(const boost::json::value& value) {
  if (value.is_bool()) return !value.as_bool();
  if (value.is_int64()) return value.as_int64() + 1;
  std::string text{value.as_string()};
  if (text.size() == 10 && text.starts_with("2026-")) return "2026-01-31";
  if (text.ends_with("Z") && text.starts_with("20")) return "2026-02-11T00:00:00.000000Z";
  if (text.empty()) return "AC01";
  text.front() = text.front() == 'b' ? 'c' : 'b';
  return boost::json::value(text);
}

// Texts, days and instants from which nothing follows; what a rule looks for; whether somebody attended a
// match by a rule; of lines that do not count, their keys; a match that was undone may have been with another
// posting.
const std::vector<std::pair<std::string, std::string>> free_fields{
    {"bank_account", "recorded_at title "},
    {"bank_account_trait", "recorded_at "},
    {"bank_count", "counted_on recorded_at recorded_by "},
    {"bank_count_end", "reason recorded_at "},
    {"bank_count_entry", "count recorded_at "},
    {"bank_count_witness", "count recorded_at recorded_by "},
    {"bank_countersignature", "recorded_at recorded_by signoff "},
    {"bank_detail",
     "account bank bank_reference charges_minor creditor end_to_end "
     "instruction mandate message name payment_group return_code structured "
     "ultimate_name unique_reference words "},
    {"bank_import", "file_name recorded_at "},
    {"bank_import_step", "code recorded_at words "},
    {"bank_line",
     "bank_id batch_group batch_message booked_on charges_minor code "
     "is_reversal key occurrence place raw valued_on words "},
    {"bank_line_step", "line reason recorded_at "},
    {"bank_match", "is_attended recorded_at "},
    {"bank_match_end", "reason recorded_at "},
    {"bank_match_part", "entry "},
    {"bank_match_word", "is_credit match word_hash "},
    {"bank_note", "code place words "},
    {"bank_payer", "account_hash match recorded_at "},
    {"bank_rule_order", "recorded_at "},
    {"bank_rule_replay",
     "agreed bank_account from_on last_line looked_at recorded_at still_open taken_before to_on "},
    {"bank_rule_step", "reason recorded_at "},
    {"bank_rule_version",
     "bank_account code counterparty counterparty_hash first_day is_credit last_day least_minor most_minor "
     "name note recorded_at reference to_account words "},
    {"bank_signoff",
     "as_of bank_account explanation import last_entry last_event recorded_at recorded_by unbooked_count "
     "uncleared_count "},
    {"bank_signoff_end", "reason recorded_at "},
    {"bank_statement", "account bank_id currency first_day last_day sequence "},
};

TEST_F(NativeBank, IsRefusedOrHarmlessWhateverFieldIsChanged) {
  std::vector<std::string> lines = lines_in(exported(db()));
  std::vector<std::string> harmless = lines;
  std::set<std::string> tried;
  std::set<std::string> accepted;
  for (std::size_t at = 0; at + 1 < lines.size(); ++at) {
    if (!lines[at].starts_with(R"({"kind":"bank_)")) continue;
    const boost::json::object row = boost::json::parse(lines[at]).as_object();
    const std::string kind{row.at("kind").as_string()};
    for (const auto& [name, value] : row) {
      if (name == "kind") continue;
      boost::json::object altered = row;
      altered[name] = changed(value);
      auto all = lines;
      all[at] = boost::json::serialize(altered);
      const std::string refusal = refusal_of_file(file_of(all));
      tried.insert(kind);
      if (refusal.empty()) {
        accepted.insert(kind + "." + std::string{name});
        boost::json::object kept = boost::json::parse(harmless[at]).as_object();
        kept[name] = changed(value);
        auto both = harmless;
        both[at] = boost::json::serialize(kept);
        if (refusal_of_file(file_of(both)).empty()) harmless = both;
      } else {
        EXPECT_TRUE(refusal == "import_contradicts" || refusal == "import_unreadable") << refusal;
      }
    }
  }
  EXPECT_EQ(tried.size(), 29u);
  std::string expected;
  for (const auto& [kind, fields] : free_fields) {
    std::istringstream names{fields};
    for (std::string name; names >> name;) expected += kind + '.' + name + ' ';
  }
  std::string free;
  for (const std::string& field : accepted) free += field + ' ';
  EXPECT_EQ(free, expected);
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  EXPECT_TRUE(restore_native(empty, saved(file_of(harmless)), now).complete);
  const proof::Verified verified = proof::verify(DatabaseSettings{.address = other.address(), .role = {}});
  EXPECT_EQ(verified.first_flaw(), "");
}

}  // namespace
}  // namespace coop::journals
