#include "ledger/journals/native_signoff_checks.hpp"

#include <boost/json.hpp>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

constexpr std::size_t longest_statement = 1'000'000;

// books - uncleared + unbooked - beginning + difference = bank
bool adds_up(JsonFields& row) {
  const std::int64_t less = checked_add(row.number("uncleared_minor"), row.number("beginning_minor"));
  std::int64_t sum = checked_add(row.number("books_minor"), row.number("unbooked_minor"));
  sum = checked_add(sum, row.number("difference_minor"));
  return checked_add(row.number("bank_minor"), less) == sum;
}

}  // namespace

bool SignoffChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "bank_signoff") take_signoff(fields, before);
  else if (kind == "bank_countersignature") take_countersignature(fields);
  else if (kind == "bank_signoff_end") take_end(fields);
  else return false;
  return true;
}

SignoffChecks::KnownSignoff& SignoffChecks::signoff_of(JsonFields& row) {
  const std::int64_t number = row.number("signoff");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(signoffs_.size()),
                     "there is no signature " + std::to_string(number));
  return signoffs_[static_cast<std::size_t>(number - 1)];
}

void SignoffChecks::take_signoff(JsonFields& row, const Before& before) {
  const std::string name = "signature " + std::to_string(row.number("number"));
  require_consistent(row.number("number") == static_cast<std::int64_t>(signoffs_.size()) + 1,
                     "the signatures are numbered with a gap or twice");
  const std::int64_t account = row.number("bank_account");
  require_consistent(before.bank.knows_account(account), name + " is of an account that there is not");
  require_count(row, "uncleared_count", 0);
  require_count(row, "unbooked_count", 0);
  require_consistent(adds_up(row), name + " does not add up");
  require_consistent(row.number("difference_minor") == 0 || row.has("explanation"),
                     name + " does not explain its difference");
  if (row.has("explanation")) require_text(row, "explanation", 1, 2'000);
  const std::string statement = require_text(row, "statement", 1, longest_statement);
  require_consistent(hex_of(sha256_of(statement)) == require_hash(row, "statement_hash"),
                     name + " has another text than its hash says");
  require_consistent(row.number("last_entry") >= 0 && row.number("last_entry") <= before.last_entry &&
                         row.number("last_event") >= 0 && row.number("last_event") <= before.last_event,
                     name + " knows entries or events that there are not");
  const auto import = row.maybe_number("import");
  const auto position = row.maybe_number("position");
  require_consistent(import.has_value() == position.has_value() &&
                         (!import || before.bank.knows_statement(*import, *position)),
                     name + " is of a statement that there is not");
  const bool is_live = row.truth("live");
  require_consistent(!is_live || live_days_.emplace(account, row.day("as_of").text()).second,
                     name + " is of a day that is signed already");
  signoffs_.push_back({row.text("recorded_by"), is_live});
}

void SignoffChecks::take_countersignature(JsonFields& row) {
  KnownSignoff& signoff = signoff_of(row);
  const std::string who = row.text("recorded_by");
  require_consistent(who != signoff.signer && signoff.others.insert(who).second,
                     "somebody countersigns what they signed themselves, or twice");
}

void SignoffChecks::take_end(JsonFields& row) {
  KnownSignoff& signoff = signoff_of(row);
  require_consistent(!signoff.is_live && !signoff.has_ended,
                     "a signature is withdrawn twice, or counts after its end");
  signoff.has_ended = true;
  require_text(row, "reason", 1, 500);
}

void SignoffChecks::finish() const {
  std::int64_t number = 0;
  for (const KnownSignoff& signoff : signoffs_) {
    ++number;
    require_consistent(signoff.is_live || signoff.has_ended,
                       "signature " + std::to_string(number) + " does not count, but was not withdrawn");
  }
}

}  // namespace coop::journals
