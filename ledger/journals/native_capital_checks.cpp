#include "ledger/journals/native_capital_checks.hpp"

#include <boost/json.hpp>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

constexpr std::size_t approvals_needed = 2;

void require_accounts(JsonFields& row, const CapitalChecks::Before& before,
                      std::initializer_list<const char*> names) {
  const std::string unit = row.text("unit");
  for (const char* name : names)
    require_consistent(before.accounts.contains({row.text(name), unit}),
                       "there is no account " + row.text(name) + " in " + unit);
}

void require_entry(JsonFields& row, const CapitalChecks::Before& before, bool is_wanted) {
  const auto entry = row.maybe_number("entry");
  require_consistent(entry.has_value() == is_wanted, "it has no entry, or one too many");
  require_consistent(!entry || (*entry > 0 && *entry <= before.last_entry), "its entry does not exist");
}

}  // namespace

bool CapitalChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  if (!kind.starts_with("share_") && !kind.starts_with("surplus_")) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "share_class") take_class(fields, before);
  else if (kind == "share_movement") take_movement(fields, before);
  else if (kind == "surplus_rule") take_rule(fields, before);
  else if (kind == "surplus_run") take_run(fields);
  else if (kind == "surplus_share") take_share(fields, before);
  else take_step(fields, before);
  return true;
}

void CapitalChecks::take_class(JsonFields& row, const Before& before) {
  auto& versions = classes_[row.text("code")];
  require_consistent(row.number("number") == static_cast<std::int64_t>(versions.size()) + 1,
                     "the versions of a class of shares have a gap");
  const Day from_on = row.day("from_on");
  require_consistent(versions.empty() || versions.back() < from_on,
                     "a version of a class of shares begins before the one before it");
  versions.push_back(from_on);
  require_accounts(row, before, {"capital", "reserve", "receivable", "payable"});
  require_text(row, "title", 1, 200);
  require_text(row, "decision", 1, 500);
  require_word(row, "withdrawable", {"yes", "by_discretion", "no"});
}

void CapitalChecks::take_follower(const std::string& movement, JsonFields& row, const KnownMovement& known) {
  const std::int64_t follows = require_count(row, "follows", 1);
  require_consistent(follows <= static_cast<std::int64_t>(movements_.size()),
                     "a movement follows on one that is not there");
  KnownMovement& first = movements_[static_cast<std::size_t>(follows - 1)];
  first.withdrawn = checked_add(first.withdrawn, known.amount);
  const bool fits = movement == "receive" ? first.movement == "give" && first.withdrawn == first.amount
                                          : first.movement == "ask" && first.member == known.member &&
                                                first.withdrawn <= first.amount;
  require_consistent(fits && first.class_code == known.class_code,
                     "a movement follows on one that it does not fit");
}

void CapitalChecks::take_movement(JsonFields& row, const Before& before) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(movements_.size()) + 1,
                     "the movements of shares have a gap");
  const std::string movement =
      require_word(row, "movement", {"subscribe", "pay_in", "cancel", "give", "receive", "ask", "withdraw"});
  const KnownMovement known{movement, row.text("class"), row.text("member"), row.number("amount_minor")};
  const auto versions = classes_.find(known.class_code);
  const std::int64_t version = require_count(row, "version", 1);
  require_consistent(
      versions != classes_.end() && version <= static_cast<std::int64_t>(versions->second.size()),
      "shares of a class that is not there are moved");
  require_consistent(before.members.knows_member(known.member), "there is no member " + known.member);
  const std::int64_t reserve = row.number("reserve_minor");
  require_consistent(known.amount > 0 && reserve >= 0 && reserve <= known.amount,
                     "an amount of shares is not possible");
  require_entry(row, before, movement != "ask");
  require_text(row, "reason", 1, 500);
  if (movement == "receive" || movement == "withdraw") take_follower(movement, row, known);
  else require_consistent(!row.has("follows"), "only receipts and withdrawals follow on something");
  KnownHolding& holding = holdings_[{known.class_code, known.member}];
  const std::int64_t own = known.amount - reserve;
  if (movement == "subscribe" || movement == "receive") holding.holding = checked_add(holding.holding, own);
  if (movement == "cancel" || movement == "give" || movement == "withdraw")
    holding.holding = checked_add(holding.holding, -own);
  if (movement == "subscribe") holding.unpaid = checked_add(holding.unpaid, known.amount);
  if (movement == "cancel" || movement == "pay_in")
    holding.unpaid = checked_add(holding.unpaid, -known.amount);
  if (movement == "ask") holding.waiting = checked_add(holding.waiting, known.amount);
  if (movement == "withdraw") holding.waiting = checked_add(holding.waiting, -known.amount);
  require_consistent(holding.holding >= 0 && holding.unpaid >= 0 && holding.waiting >= 0,
                     "more shares are moved than there are");
  movements_.push_back(known);
}

void CapitalChecks::take_rule(JsonFields& row, const Before& before) {
  require_consistent(row.number("number") == ++rules_, "the rules for surplus have a gap");
  require_accounts(row, before, {"result", "reserve", "capital", "payable"});
  if (row.has("other")) require_accounts(row, before, {"other"});
  require_text(row, "title", 1, 200);
  require_text(row, "decision", 1, 500);
  require_word(row, "patronage", {"hours", "purchases", "equal"});
}

void CapitalChecks::take_run(JsonFields& row) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(runs_.size()) + 1,
                     "the runs of surplus have a gap");
  const std::int64_t rule = row.number("rule");
  require_consistent(rule > 0 && rule <= rules_, "a surplus is divided by no rule");
  require_word(row, "source", {"result", "reserve"});
  require_consistent(row.day("from_on") <= row.day("to_on") && row.day("to_on") <= row.day("booked_on"),
                     "the days of a run are out of order");
  const std::int64_t members_minor = row.number("members_minor");
  require_consistent(
      row.number("amount_minor") ==
          checked_add(checked_add(row.number("reserve_minor"), row.number("other_minor")), members_minor),
      "the parts of a surplus do not add up");
  require_text(row, "decision", 1, 500);
  runs_.push_back({row.maybe_text("recorded_by").value_or(""), row.number("members"), members_minor,
                   row.number("interest_minor"), row.number("cash_minor")});
}

CapitalChecks::KnownRun& CapitalChecks::run_of(JsonFields& row) {
  const std::int64_t number = row.number("run");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(runs_.size()),
                     "there is no run " + std::to_string(number));
  return runs_[static_cast<std::size_t>(number - 1)];
}

void CapitalChecks::take_share(JsonFields& row, const Before& before) {
  KnownRun& run = run_of(row);
  require_consistent(row.number("number") == ++run.shares && run.shares <= run.members,
                     "the shares of a run have a gap");
  require_consistent(before.members.knows_member(row.text("member")),
                     "there is no member " + row.text("member"));
  const std::int64_t interest = row.number("interest_minor");
  const std::int64_t cash = row.number("cash_minor");
  require_consistent(
      row.number("measure") >= 0 && row.number("capital_minor") >= 0 && interest >= 0 && cash >= 0,
      "a share of a surplus is below zero");
  run.members_minor = checked_add(run.members_minor, -checked_add(interest, row.number("patronage_minor")));
  run.interest = checked_add(run.interest, -interest);
  run.cash = checked_add(run.cash, -cash);
}

void CapitalChecks::take_step(JsonFields& row, const Before& before) {
  KnownRun& run = run_of(row);
  require_consistent(row.number("number") == ++run.steps, "the steps of a run have a gap");
  const std::string step = require_word(row, "step", {"approved", "booked", "cancelled", "undone"});
  require_entry(row, before, step == "booked" || step == "undone");
  require_consistent(row.has("reason") == (step == "cancelled" || step == "undone"),
                     "a step has no reason, or one too many");
  if (row.has("reason")) require_text(row, "reason", 1, 500);
  bool holds = run.state == (step == "undone" ? "booked" : "proposed");
  if (step == "approved") {
    const auto by = row.maybe_text("recorded_by");
    holds = holds && by && *by != run.written_by && run.approvers.size() < approvals_needed &&
            run.approvers.insert(*by).second;
  } else {
    holds = holds && (step != "booked" || run.approvers.size() == approvals_needed);
    run.state = step;
  }
  require_consistent(holds, "a run is " + step + " at the wrong time, or by whom it may not be");
}

void CapitalChecks::finish() const {
  for (const KnownRun& run : runs_)
    require_consistent(
        run.shares == run.members && run.members_minor == 0 && run.interest == 0 && run.cash == 0,
        "the shares of a surplus do not add up to the members' part");
}

}  // namespace coop::journals
