#include "ledger/journals/native_capital_checks.hpp"

#include <boost/json.hpp>

#include <limits>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"

namespace coop::journals {

namespace {

constexpr std::size_t approvals_needed = 2;
constexpr std::int64_t most_minutes = std::numeric_limits<std::int32_t>::max();

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

// The rule of sharing that divided a run, as its canonical text.
void require_steps(JsonFields& row) {
  const std::string text = require_text(row, "steps", 2, 20'000);
  require_consistent(sharing::canonical_text(sharing::sharing_rule_from_text(text)) == text,
                     "the steps of a run are no rule as it is kept");
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

void CapitalChecks::take_undoing(KnownMovement& first, const KnownMovement& known) {
  const auto is = [&](const char* movement) { return first.movement == movement; };
  require_consistent(!first.is_undone && (is("subscribe") || is("pay_in") || is("cancel") || is("withdraw")),
                     "a movement is undone twice, or cannot be undone");
  require_consistent(
      first.amount == known.amount && first.reserve == known.reserve && first.version == known.version,
      "a movement is not undone whole");
  first.is_undone = true;
  if (!is("withdraw")) return;
  KnownMovement& ask = movements_[static_cast<std::size_t>(first.follows - 1)];
  ask.answered = checked_add(ask.answered, -first.amount);
}

void CapitalChecks::take_follower(KnownMovement& known) {
  require_consistent(known.follows <= static_cast<std::int64_t>(movements_.size()),
                     "a movement follows on one that is not there");
  KnownMovement& first = movements_[static_cast<std::size_t>(known.follows - 1)];
  const bool is_received = known.movement == "receive";
  require_consistent(first.class_code == known.class_code && (first.member != known.member) == is_received,
                     "a movement follows on one of another class or member");
  if (known.movement == "undo") return take_undoing(first, known);
  first.answered = checked_add(first.answered, known.amount);
  require_consistent(is_received ? first.movement == "give" && first.answered == first.amount
                                 : first.movement == "ask" && first.answered <= first.amount,
                     "a movement follows on one that it does not fit");
}

// What a movement does to a holding: what it says, or the opposite.
void CapitalChecks::move(const KnownMovement& known, std::int64_t sign) {
  KnownHolding& holding = holdings_[{known.class_code, known.member}];
  const auto is = [&](const char* movement) { return known.movement == movement; };
  const auto add = [&](std::int64_t& sum, std::int64_t minor) { sum = checked_add(sum, sign * minor); };
  const std::int64_t own = known.amount - known.reserve;
  if (is("subscribe") || is("receive")) add(holding.holding, own);
  if (is("cancel") || is("give") || is("withdraw")) add(holding.holding, -own);
  if (is("subscribe") || is("cancel")) {
    const std::int64_t more = is("subscribe") ? 1 : -1;
    add(holding.subscribed, more * known.amount);
    add(holding.reserve, more * known.reserve);
  }
  if (is("subscribe")) add(holding.unpaid, known.amount);
  if (is("cancel") || is("pay_in")) add(holding.unpaid, -known.amount);
  if (is("ask")) add(holding.waiting, known.amount);
  if (is("withdraw") || is("take_back")) add(holding.waiting, -known.amount);
  require_consistent(holding.holding >= 0 && holding.unpaid >= 0 && holding.waiting >= 0 &&
                         holding.reserve >= 0 && holding.subscribed >= holding.reserve,
                     "more shares are moved than there are");
}

void CapitalChecks::take_movement(JsonFields& row, const Before& before) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(movements_.size()) + 1,
                     "the movements of shares have a gap");
  KnownMovement known{require_word(row, "movement",
                                   {"subscribe", "pay_in", "cancel", "give", "receive", "ask", "withdraw",
                                    "take_back", "undo"}),
                      row.text("class"),
                      row.text("member"),
                      row.number("amount_minor"),
                      row.number("reserve_minor"),
                      require_count(row, "version", 1)};
  const auto is = [&](const char* movement) { return known.movement == movement; };
  const auto versions = classes_.find(known.class_code);
  require_consistent(
      versions != classes_.end() && known.version <= static_cast<std::int64_t>(versions->second.size()),
      "shares of a class that is not there are moved");
  require_consistent(before.members.knows_member(known.member), "there is no member " + known.member);
  require_consistent(known.amount > 0 && known.reserve >= 0 && known.reserve <= known.amount &&
                         (known.reserve == 0 || is("subscribe") || is("cancel") || is("undo")),
                     "an amount of shares is not possible");
  require_entry(row, before, !is("ask") && !is("take_back"));
  require_text(row, "reason", 1, 500);
  const bool is_follower = is("receive") || is("withdraw") || is("take_back") || is("undo");
  require_consistent(row.has("follows") == is_follower,
                     "a movement follows on nothing, or on something it should not");
  if (is_follower) {
    known.follows = require_count(row, "follows", 1);
    take_follower(known);
  }
  if (is("undo")) move(movements_[static_cast<std::size_t>(known.follows - 1)], -1);
  else move(known, 1);
  movements_.push_back(known);
}

void CapitalChecks::take_rule(JsonFields& row, const Before& before) {
  require_consistent(row.number("number") == ++rules_, "the rules for surplus have a gap");
  require_accounts(row, before, {"result", "reserve", "capital", "payable"});
  if (row.has("other")) require_accounts(row, before, {"other"});
  const std::string unit = row.text("unit");
  const auto is_kept = [&](const char* name) {
    return row.has(name) && indivisible_.contains({row.text(name), unit});
  };
  const bool is_indivisible = row.truth("indivisible");
  require_consistent(!is_kept("result") && !is_kept("capital") && !is_kept("other") &&
                         (is_indivisible || !is_kept("reserve")),
                     "what was called an indivisible reserve stays one");
  if (is_indivisible) indivisible_.emplace(row.text("reserve"), unit);
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
  require_consistent(
      row.has("sharing_rule") == row.has("sharing_version") && (row.has("steps") || !row.has("sharing_rule")),
      "a run names half of the rule that divided it");
  if (row.has("steps")) require_steps(row);
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
  if (const auto minutes = row.maybe_number("minutes"))
    require_consistent(*minutes > 0 && *minutes <= most_minutes &&
                           row.number("measure") == times_half_up(*minutes, Ratio{1'000'000, 60}),
                       "the minutes of a share are not its measure");
  run.members_minor = checked_add(run.members_minor, -checked_add(interest, row.number("patronage_minor")));
  run.interest = checked_add(run.interest, -interest);
  run.cash = checked_add(run.cash, -cash);
}

void CapitalChecks::take_step(JsonFields& row, const Before& before) {
  KnownRun& run = run_of(row);
  require_consistent(row.number("number") == ++run.steps, "the steps of a run have a gap");
  const std::string step = require_word(row, "step", {"approved", "booked", "cancelled", "undone"});
  require_entry(row, before, step == "booked" || step == "undone");
  const std::int64_t entries = row.maybe_number("entries").value_or(2);
  require_consistent(entries >= 2 && entries <= 100 && (row.has("entry") || !row.has("entries")),
                     "a step stands in no such number of entries");
  if (row.has("entries"))
    require_consistent(row.number("entry") <= before.last_entry - entries + 1, "its entries do not exist");
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
