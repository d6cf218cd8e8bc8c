#include "ledger/journals/native_told_checks.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <optional>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

std::string name_of(const char* kind, std::int64_t number) {
  return std::string{kind} + " " + std::to_string(number);
}

void require_day(const ToldChecks::Before& before, std::int64_t entry, Day day, const std::string& name) {
  require_consistent(before.posted.booked_on(entry) == day, name + " is of another day than its entry");
}

std::int64_t amount_of(JsonFields& row, std::string_view name, const std::string& unit,
                       const ToldChecks::Before& before) {
  return minor_from_text(row.text(name), before.scales.at(unit));
}

// Whether the entry moves so much about the member, on `account` or, if that is nothing, on any.
bool moves(const ToldChecks::Before& before, std::int64_t entry, const std::string& member,
           std::int64_t minor, std::optional<int> account = {}) {
  const auto found = before.dimensions.find({books::DimensionKind::member, member});
  return minor == 0 || (found != before.dimensions.end() &&
                        before.posted.moves(entry, {account.value_or(0), minor}, found->second));
}

// The day on which a run was booked that the row is a step of.
void require_steps_day(const ToldChecks::Before& before, const std::map<std::int64_t, Day>& days,
                       std::int64_t number, std::pair<std::int64_t, std::int64_t> entries, const char* kind) {
  for (std::int64_t entry = entries.first; entry <= entries.second; ++entry)
    require_day(before, entry, days.at(number), name_of(kind, number));
}

}  // namespace

ToldChecks::Take ToldChecks::taker_of(std::string_view kind) {
  static constexpr std::array<std::pair<std::string_view, Take>, 15> takers{{
      {"payment_share", &ToldChecks::take_payment_share},
      {"payment", &ToldChecks::take_payment},
      {"charge", &ToldChecks::take_charge},
      {"subscription", &ToldChecks::take_subscription},
      {"tier", &ToldChecks::take_tier},
      {"charge_reversal", &ToldChecks::take_charge_reversal},
      {"payment_return", &ToldChecks::take_payment_return},
      {"share_movement", &ToldChecks::take_movement},
      {"spending_step", &ToldChecks::take_spending_step},
      {"surplus_run", &ToldChecks::take_surplus_run},
      {"surplus_step", &ToldChecks::take_surplus_step},
      {"cost_allocation", &ToldChecks::take_division},
      {"cost_step", &ToldChecks::take_division_step},
      {"pay_run", &ToldChecks::take_pay_run},
      {"pay_run_step", &ToldChecks::take_pay_step},
  }};
  for (const auto& [name, taker] : takers)
    if (name == kind) return taker;
  return nullptr;
}

void ToldChecks::take(const NativeRow& row, const Before& before) {
  const Take taker = taker_of(row.of->kind);
  if (taker == nullptr) return;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  (this->*taker)(fields, before);
}

void ToldChecks::take_tier(JsonFields& row, const Before&) {
  due_after_days_.emplace(row.text("code"), static_cast<int>(row.number("due_after_days")));
}

void ToldChecks::take_subscription(JsonFields& row, const Before&) {
  if (const auto tier = row.maybe_text("tier"))
    subscribed_[row.number("membership")].emplace_back(row.day("from_on"), due_after_days_.at(*tier));
}

// As a tier says to which the membership had subscribed; each instalment a month after the one before. When
// what somebody charged by hand is due they said themselves.
void ToldChecks::require_due(JsonFields& row, const std::string& name) const {
  const std::string kind = row.text("charge");
  const bool is_of_run = row.has("run");
  require_consistent(is_of_run || kind == "obligation" || kind == "other", name + " came of no run");
  if (!is_of_run) return;
  const Day first = row.day("first");
  const Day due_on = row.day("due_on");
  const int months = static_cast<int>(row.number("part")) - 1;
  bool is_due = kind == "obligation" && due_on == first;
  if (const auto found = subscribed_.find(row.maybe_number("membership").value_or(0));
      kind != "obligation" && found != subscribed_.end())
    is_due = std::ranges::any_of(found->second, [&](const std::pair<Day, int>& one) {
      return one.first <= first && first.plus_days(one.second).plus_months(months) == due_on;
    });
  require_consistent(is_due, name + " is due otherwise than its tier says");
}

void ToldChecks::take_charge(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("number");
  const std::string name = name_of("charge", number);
  const std::string debtor = row.text("debtor");
  const std::string unit = row.text("unit");
  require_due(row, name);
  if (const auto entry = row.maybe_number("entry")) {
    const Day day = row.day("first").plus_months(static_cast<int>(row.number("part")) - 1);
    require_consistent(before.posted.documented_on(*entry) == day,
                       name + " is of another day than its entry");
    const std::int64_t gross = amount_of(row, "gross", unit, before);
    const std::int64_t owed = checked_add(
        gross, -checked_add(amount_of(row, "waived", unit, before), amount_of(row, "prepaid", unit, before)));
    require_consistent(
        moves(before, *entry, debtor, owed) && moves(before, *entry, row.text("member"), -gross),
        name + " is of other members or amounts than its entry");
  }
  charges_.emplace(number, KnownCharge{debtor, unit});
}

void ToldChecks::take_charge_reversal(JsonFields& row, const Before& before) {
  if (const auto entry = row.maybe_number("entry"))
    require_day(before, *entry, row.day("reversed_on"),
                name_of("the reversal of charge", row.number("charge")));
}

void ToldChecks::take_payment(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("number");
  const std::string name = name_of("payment", number);
  const std::string unit = row.text("unit");
  const KnownPayment known{row.number("entry"), row.text("payment") == "refund" ? -1 : 1, unit};
  require_day(before, known.entry, row.day("received_on"), name);
  const auto account = before.accounts.find({row.text("account"), unit});
  require_consistent(account != before.accounts.end() &&
                         moves(before, known.entry, row.text("payer"),
                               known.sign * amount_of(row, "amount", unit, before), account->second),
                     name + " is of another account or payer than its entry");
  payments_.emplace(number, known);
}

void ToldChecks::take_payment_share(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("payment");
  const std::string name = name_of("a share of payment", number);
  const KnownPayment& payment = payments_.at(number);
  const std::string debtor = row.text("debtor");
  const std::int64_t prepaid = amount_of(row, "prepaid", payment.unit, before);
  const std::int64_t settled = checked_add(amount_of(row, "amount", payment.unit, before), -prepaid);
  require_consistent(moves(before, payment.entry, debtor, -payment.sign * settled) &&
                         moves(before, payment.entry, debtor, -payment.sign * prepaid),
                     name + " is of another debtor or amount than its entry");
  const auto charge = row.maybe_number("charge");
  if (!charge) return;
  const KnownCharge& of = charges_.at(*charge);
  require_consistent(of.debtor == debtor && of.unit == payment.unit, name + " is for somebody else's charge");
}

void ToldChecks::take_payment_return(JsonFields& row, const Before& before) {
  require_day(before, row.number("entry"), row.day("returned_on"),
              name_of("the return of payment", row.number("payment")));
}

void ToldChecks::take_movement(JsonFields& row, const Before& before) {
  if (const auto entry = row.maybe_number("entry"))
    require_day(before, *entry, row.day("moved_on"),
                name_of("movement", row.number("number")) + " of shares");
}

// Of the day of its recording, wherever the node is; a draw may be of an earlier one.
void ToldChecks::take_spending_step(JsonFields& row, const Before&) {
  const Day recorded_on = day_in_zone(row.instant("recorded_at"), "UTC");
  const Day on = row.day("on");
  require_consistent(
      on <= recorded_on.plus_days(1) && (row.text("step") == "drawn" || on >= recorded_on.plus_days(-1)),
      "a step of a spending mandate is of another day than it was recorded");
}

void ToldChecks::take_surplus_run(JsonFields& row, const Before&) {
  surpluses_.emplace(row.number("number"), row.day("booked_on"));
}

void ToldChecks::take_surplus_step(JsonFields& row, const Before& before) {
  if (row.text("step") != "booked") return;
  const std::int64_t first = row.number("entry");
  require_steps_day(before, surpluses_, row.number("run"),
                    {first, first + row.maybe_number("entries").value_or(1) - 1}, "surplus run");
}

void ToldChecks::take_division(JsonFields& row, const Before&) {
  divisions_.emplace(row.number("number"), row.day("booked_on"));
}

void ToldChecks::take_division_step(JsonFields& row, const Before& before) {
  const auto entry = row.maybe_number("entry");
  if (entry && row.text("step") == "posted")
    require_steps_day(before, divisions_, row.number("allocation"), {*entry, *entry}, "division");
}

void ToldChecks::take_pay_run(JsonFields& row, const Before&) {
  pay_runs_.emplace(row.number("number"), row.day("booked_on"));
}

void ToldChecks::take_pay_step(JsonFields& row, const Before& before) {
  const auto first = row.maybe_number("first_entry");
  if (first && row.text("step") == "posted")
    require_steps_day(before, pay_runs_, row.number("run"), {*first, row.number("last_entry")}, "pay run");
}

}  // namespace coop::journals
