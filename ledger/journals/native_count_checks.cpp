#include "ledger/journals/native_count_checks.hpp"

#include <boost/json.hpp>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

// Added up by doubling, so that every sum on the way is checked.
std::int64_t times(std::int64_t value, std::int64_t count) {
  std::int64_t product = 0;
  for (std::int64_t power = value; count > 0; count /= 2) {
    if (count % 2 == 1) product = checked_add(product, power);
    if (count > 1) power = checked_add(power, power);
  }
  return product;
}

}  // namespace

bool CountChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "bank_count") take_count(fields, before);
  else if (kind == "bank_count_piece") take_piece(fields);
  else if (kind == "bank_count_witness") take_witness(fields);
  else if (kind == "bank_count_entry") take_entry(fields, before);
  else if (kind == "bank_count_end") take_end(fields);
  else return false;
  return true;
}

CountChecks::KnownCount& CountChecks::count_of(JsonFields& row) {
  const std::int64_t number = row.number("count");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(counts_.size()),
                     "there is no count of cash " + std::to_string(number));
  return counts_[static_cast<std::size_t>(number - 1)];
}

void CountChecks::take_count(JsonFields& row, const Before& before) {
  const std::string name = "count of cash " + std::to_string(row.number("number"));
  require_consistent(row.number("number") == static_cast<std::int64_t>(counts_.size()) + 1,
                     "the counts of cash are numbered with a gap or twice");
  const std::int64_t account = row.number("bank_account");
  require_consistent(before.bank.knows_account(account) && before.bank.is_cash(account),
                     name + " is of an account that is no cash");
  require_consistent(row.number("total_minor") >= 0, name + " comes to less than nothing");
  const bool is_live = row.truth("live");
  require_consistent(!is_live || live_days_.emplace(account, row.day("counted_on").text()).second,
                     name + " is of a day that was counted already");
  counts_.push_back(
      {before.bank.account_of(account), row.text("recorded_by"), row.number("total_minor"), is_live});
}

void CountChecks::take_piece(JsonFields& row) {
  KnownCount& count = count_of(row);
  const std::int64_t value = row.number("value_minor");
  const std::int64_t pieces = row.number("pieces");
  require_consistent(value > count.last_value && pieces >= 0 && pieces <= 1'000'000'000,
                     "the pieces of a count are none, or out of order");
  count.last_value = value;
  count.sum_minor = checked_add(count.sum_minor, times(value, pieces));
}

void CountChecks::take_witness(JsonFields& row) {
  KnownCount& count = count_of(row);
  const std::string who = row.text("recorded_by");
  require_consistent(who != count.counter && count.witnesses.insert(who).second,
                     "somebody witnesses what they counted themselves, or twice");
}

void CountChecks::take_entry(JsonFields& row, const Before& before) {
  const KnownCount& count = count_of(row);
  const std::int64_t entry = row.number("entry");
  bool is_of_the_till = false;
  for (std::int64_t line = 1; !is_of_the_till; ++line) {
    const auto posted = before.posted.find(entry, line);
    require_consistent(posted.has_value(), "an entry of a count is not of its account");
    is_of_the_till = posted->account == count.account;
  }
  require_consistent(entries_.insert(entry).second, "an entry books the difference of two counts");
}

void CountChecks::take_end(JsonFields& row) {
  KnownCount& count = count_of(row);
  require_consistent(!count.is_live && !count.has_ended,
                     "a count of cash is withdrawn twice, or stands after its end");
  count.has_ended = true;
  require_text(row, "reason", 1, 500);
}

void CountChecks::finish() const {
  std::int64_t number = 0;
  for (const KnownCount& count : counts_) {
    const std::string name = "count of cash " + std::to_string(++number);
    require_consistent(count.sum_minor == count.total_minor, name + " does not come to its pieces");
    require_consistent(count.is_live || count.has_ended, name + " does not stand, but was not withdrawn");
  }
}

}  // namespace coop::journals
