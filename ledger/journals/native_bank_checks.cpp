#include "ledger/journals/native_bank_checks.hpp"

#include <array>
#include <boost/json.hpp>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/base64.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

constexpr std::int64_t bytes_of_a_part = 1'572'864;
constexpr std::int64_t most_file_bytes = 67'108'864;
constexpr std::string_view small_letters = "abcdefghijklmnopqrstuvwxyz_";
constexpr std::string_view small_letters_and_digits = "abcdefghijklmnopqrstuvwxyz_0123456789";

std::string of_file(std::int64_t number) { return "file " + std::to_string(number) + " of a bank"; }

// Whether a step may follow on the one before it.
bool may_follow(const std::string& step, const std::string& before) {
  if (step == "read" || step == "unreadable") return before.empty() || before == "unreadable";
  if (step == "undone") return before == "taken_in";
  return before == "read";
}

// What is remembered of an account's files, and of which kind of files.
bool is_profile(const boost::json::value& value) {
  const auto* object = value.if_object();
  const auto* fingerprint = object ? object->if_contains("fingerprint") : nullptr;
  const auto* profile = object ? object->if_contains("profile") : nullptr;
  return fingerprint && fingerprint->is_string() && profile && profile->is_object() && object->size() == 2;
}

// Whether the value names another account in the unit of the one with statements, or none.
bool is_suspense(const boost::json::value& value, int of, const BankChecks::Accounts& accounts) {
  if (value.is_null()) return true;
  const auto* path = value.if_string();
  const auto own = std::ranges::find(accounts, of, [](const auto& account) { return account.second; });
  if (path == nullptr || own == accounts.end()) return false;
  const auto named = accounts.find({std::string{*path}, own->first.second});
  return named != accounts.end() && named->second != of;
}

// What a statement says of its own proof.
void require_proof(JsonFields& row, const std::string& proof, std::int64_t sum_minor) {
  const auto opening = row.maybe_number("opening_minor");
  const auto closing = row.maybe_number("closing_minor");
  const std::int64_t difference = row.number("difference_minor");
  require_consistent((difference != 0) == (proof == "contradicts"),
                     "a statement differs, but does not say so");
  if (proof == "unprovable") return;
  require_consistent(
      opening && closing && checked_add(checked_add(*opening, sum_minor), difference) == *closing,
      "a statement does not add up as it says");
}

}  // namespace

BankChecks::Take BankChecks::taker_of(std::string_view kind) {
  static constexpr std::array<std::pair<std::string_view, Take>, 11> takers{{
      {"bank_account", &BankChecks::take_account},
      {"bank_account_trait", &BankChecks::take_trait},
      {"bank_file_part", &BankChecks::take_file_part},
      {"bank_import", &BankChecks::take_import},
      {"bank_import_step", &BankChecks::take_import_step},
      {"bank_statement", &BankChecks::take_statement},
      {"bank_note", &BankChecks::take_note},
      {"bank_line", &BankChecks::take_line},
      {"bank_detail", &BankChecks::take_detail},
      {"bank_live_line", &BankChecks::take_live_line},
      {"bank_line_step", &BankChecks::take_line_step},
  }};
  for (const auto& [name, taker] : takers)
    if (name == kind) return taker;
  return nullptr;
}

bool BankChecks::take(const NativeRow& row, const Accounts& accounts) {
  const Take taker = taker_of(row.of->kind);
  if (taker == nullptr) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  (this->*taker)(fields, accounts);
  return true;
}

std::int64_t BankChecks::maybe_account(JsonFields& row) const {
  const auto number = row.maybe_number("bank_account");
  require_consistent(!number || (*number > 0 && *number <= static_cast<std::int64_t>(accounts_.size())),
                     "there is no account with statements of this number");
  return number.value_or(0);
}

BankChecks::KnownImport& BankChecks::import_of(JsonFields& row) {
  const std::int64_t number = row.number("import");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(imports_.size()),
                     "there is no " + of_file(number));
  return imports_[static_cast<std::size_t>(number - 1)];
}

const BankChecks::KnownLine& BankChecks::line(std::int64_t number) const {
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(lines_.size()),
                     "there is no line " + std::to_string(number) + " of a bank");
  return lines_[static_cast<std::size_t>(number - 1)];
}

BankChecks::KnownLine& BankChecks::line_of(JsonFields& row) {
  const std::int64_t number = row.number("line");
  line(number);
  return lines_[static_cast<std::size_t>(number - 1)];
}

void BankChecks::take_account(JsonFields& row, const Accounts& accounts) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(accounts_.size()) + 1,
                     "the accounts with statements are numbered with a gap or twice");
  if (require_word(row, "keeper", {"bank", "cash", "local", "neighbour"}) == "cash")
    cash_.insert(row.number("number"));
  const auto found = accounts.find({row.text("account"), row.text("unit")});
  require_consistent(found != accounts.end() && used_accounts_.insert(found->second).second,
                     "an account with statements is none of the books, or stands twice");
  accounts_.push_back(found->second);
  if (row.has("identifier"))
    require_letters(row, "identifier", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-", 40);
  require_text(row, "title", 1, 200);
}

void BankChecks::take_trait(JsonFields& row, const Accounts& accounts) {
  const std::int64_t account = maybe_account(row);
  require_consistent(row.number("number") == ++traits_[account],
                     "the traits of an account are numbered with a gap or twice");
  const std::string trait =
      require_word(row, "trait", {"flips_reversals", "reading_profile", "closed", "suspense"});
  boost::json::error_code error;
  const auto value = boost::json::parse(row.text("value"), error);
  const auto fits = [&] {
    if (trait == "reading_profile") return is_profile(value);
    if (trait != "suspense") return value.is_bool();
    return account > 0 && is_suspense(value, accounts_[static_cast<std::size_t>(account - 1)], accounts);
  };
  require_consistent(!error && fits(), "the trait of an account has no value of its kind");
}

void BankChecks::take_file_part(JsonFields& row, const Accounts&) {
  const std::int64_t number = require_count(row, "import", 1);
  if (number != file_number_) {
    end_file();
    require_consistent(number > file_number_, "the parts of files do not follow on each other");
    file_.emplace();
    file_number_ = number;
    file_parts_ = file_size_ = 0;
  }
  require_consistent(row.number("part") == file_parts_ + 1 && file_size_ == file_parts_ * bytes_of_a_part,
                     "the parts of " + of_file(number) + " have a gap");
  ++file_parts_;
  const auto bytes = bytes_from_base64(row.text("bytes"));
  require_consistent(bytes && !bytes->empty() && bytes->size() <= bytes_of_a_part,
                     "a part of " + of_file(number) + " is no base64, empty or too long");
  file_->add(*bytes);
  file_size_ += static_cast<std::int64_t>(bytes->size());
  require_consistent(file_size_ <= most_file_bytes, of_file(number) + " is too large");
}

void BankChecks::end_file() {
  if (!file_) return;
  files_.emplace(file_number_, KnownFile{file_->value(), file_size_});
  file_.reset();
}

void BankChecks::take_import(JsonFields& row, const Accounts&) {
  end_file();
  const std::int64_t number = row.number("number");
  require_consistent(number == static_cast<std::int64_t>(imports_.size()) + 1,
                     "the files of banks are numbered with a gap or twice");
  const auto file = files_.find(number);
  require_consistent(file != files_.end() && hex_of(file->second.hash) == row.text("file_hash") &&
                         file->second.size == row.number("size"),
                     of_file(number) + " has other bytes than its hash says");
  require_text(row, "file_name", 1, 255);
  maybe_account(row);
  imports_.emplace_back();
}

void BankChecks::take_import_step(JsonFields& row, const Accounts&) {
  KnownImport& import = import_of(row);
  require_consistent(row.number("number") == ++import.steps,
                     "the steps of a file are numbered with a gap or twice");
  const std::string step = require_word(row, "step", {"read", "unreadable", "taken_in", "dropped", "undone"});
  require_consistent(may_follow(step, import.state), "a file is " + step + " at the wrong time");
  require_consistent(row.has("code") == (step == "unreadable"), "a step says a code where it has none");
  if (row.has("code")) require_letters(row, "code", small_letters, 60);
  require_consistent(row.has("words") || step == "read" || step == "taken_in", "a step does not say why");
  if (row.has("words")) require_text(row, "words", 1, 2'000);
  import.state = step;
  import.was_taken_in = import.was_taken_in || step == "taken_in";
}

void BankChecks::take_statement(JsonFields& row, const Accounts&) {
  KnownImport& import = import_of(row);
  const std::int64_t position = require_count(row, "position", 1);
  require_consistent(
      position > import.last_statement && !import.state.empty() && import.state != "unreadable",
      "a statement is of a file that was not read, or out of order");
  import.last_statement = position;
  require_word(row, "file_kind", {"camt052", "camt053", "camt054", "mt940", "mt942", "ofx", "qif", "csv"});
  const std::string purpose = require_word(row, "purpose", {"booked", "interim", "details"});
  require_text(row, "account", 0, 100);
  require_text(row, "currency", 0, 10);
  require_text(row, "bank_id", 0, 100);
  require_text(row, "sequence", 0, 40);
  const std::string proof = require_word(row, "proof", {"holds", "flipped", "contradicts", "unprovable"});
  const std::int64_t sum_minor = row.number("sum_minor");
  require_proof(row, proof, sum_minor);
  statements_.emplace(std::pair{row.number("import"), position},
                      KnownStatement{maybe_account(row), purpose == "booked", require_count(row, "lines", 0),
                                     sum_minor, proof == "holds" || proof == "flipped"});
}

void BankChecks::take_note(JsonFields& row, const Accounts&) {
  require_consistent(row.number("number") == ++import_of(row).notes,
                     "the notes of a file are numbered with a gap or twice");
  require_letters(row, "code", small_letters_and_digits, 60);
  require_text(row, "place", 0, 200);
  require_text(row, "words", 1, 500);
}

void BankChecks::take_line(JsonFields& row, const Accounts&) {
  const std::string name = "line " + std::to_string(row.number("number")) + " of a bank";
  require_consistent(row.number("number") == static_cast<std::int64_t>(lines_.size()) + 1,
                     name + " follows on " + std::to_string(lines_.size()));
  const auto found = statements_.find({row.number("import"), row.number("statement")});
  require_consistent(found != statements_.end(), name + " stands in a statement that there is not");
  KnownStatement& statement = found->second;
  require_consistent(row.number("position") == ++statement.lines && maybe_account(row) == statement.account,
                     name + " is not where its statement has it");
  const std::int64_t amount_minor = row.number("amount_minor");
  const bool is_booked = require_word(row, "status", {"booked", "pending", "information"}) == "booked";
  const std::string key = require_hash(row, "key");
  const std::int64_t occurrence = require_count(row, "occurrence", 1);
  KnownLine line{amount_minor, 0,     static_cast<std::int32_t>(row.number("import")),
                 {},           false, statement.is_proved};
  if (is_booked) {
    ++statement.booked;
    statement.sum_minor = checked_add(statement.sum_minor, amount_minor);
  }
  if (statement.account != 0) {
    line.account = accounts_[static_cast<std::size_t>(statement.account - 1)];
    if (is_booked) {
      const Hash bytes =
          sha256_of(std::to_string(statement.account) + ' ' + key + ' ' + std::to_string(occurrence));
      line.key.assign(bytes.begin(), bytes.begin() + 15);  // as much as a short text holds
    }
    line.is_countable = is_booked && statement.is_booked;
  }
  lines_.push_back(std::move(line));
}

void BankChecks::take_detail(JsonFields& row, const Accounts&) {
  const std::int64_t number = row.number("line");
  line(number);
  details_ = number == detailed_line_ ? details_ + 1 : 1;
  require_consistent(number >= detailed_line_ && row.number("part") == details_,
                     "the payments in line " + std::to_string(number) + " of a bank have a gap");
  detailed_line_ = number;
  const std::string code = row.text("return_code");
  require_consistent(code.empty() || code.size() == 4, "a return has no code of four letters");
  if (!code.empty()) require_letters(row, "return_code", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 4);
}

void BankChecks::take_live_line(JsonFields& row, const Accounts&) {
  KnownLine& line = line_of(row);
  const std::string name = "line " + std::to_string(row.number("line")) + " of a bank";
  require_consistent(line.is_countable && imports_[static_cast<std::size_t>(line.import - 1)].was_taken_in,
                     name + " counts, but was not booked in a file that was taken in");
  require_consistent(live_keys_.insert(line.key).second, name + " counts twice");
  line.is_live = true;
}

void BankChecks::take_line_step(JsonFields& row, const Accounts&) {
  KnownLine& line = line_of(row);
  require_consistent(row.number("number") == ++line_steps_[row.number("line")],
                     "the steps of a line are numbered with a gap or twice");
  const bool is_ignored = require_word(row, "step", {"ignored", "reopened"}) == "ignored";
  require_consistent(is_ignored != line.is_ignored, "a line is set aside or taken up twice");
  line.is_ignored = is_ignored;
  require_text(row, "reason", 1, 500);
}

bool BankChecks::is_active(const KnownLine& line) const {
  return imports_[static_cast<std::size_t>(line.import - 1)].state == "taken_in";
}

void BankChecks::finish(const std::set<std::int64_t>& matched) const {
  require_consistent(!file_ && files_.size() == imports_.size(), "there are parts of a file without it");
  for (const auto& [place, statement] : statements_)
    require_consistent(
        statement.booked == statement.booked_said && statement.sum_minor == statement.sum_minor_said,
        "the lines of statement " + std::to_string(place.second) + " of " + of_file(place.first) +
            " are not those that it says");
  std::set<std::string> held;
  for (const KnownLine& line : lines_)
    if (!line.key.empty() && is_active(line)) held.insert(line.key);
  std::int64_t number = 0;
  for (const KnownLine& line : lines_) {
    ++number;
    const std::string name = "line " + std::to_string(number) + " of a bank";
    require_consistent(!line.is_countable || !is_active(line) || live_keys_.contains(line.key),
                       name + " should count, and does not");
    require_consistent(!line.is_live || held.contains(line.key) || matched.contains(number),
                       name + " counts, but no file holds it any more");
  }
}

}  // namespace coop::journals
