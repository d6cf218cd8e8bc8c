#include "ledger/journals/native_pay_checks.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

constexpr std::size_t pay_approvals = 2;

void require_pay_account(JsonFields& row, const PayChecks::Before& before, const char* name) {
  require_consistent(before.accounts.contains({row.text(name), row.text("unit")}),
                     "there is no account " + row.text(name) + " in " + row.text("unit"));
}

std::vector<std::int64_t> hours_in(const std::string& text) {
  std::vector<std::int64_t> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    std::int64_t number = 0;
    const auto read = std::from_chars(at, end, number);
    require_consistent(read.ec == std::errc{} && number > 0 && number <= 2'147'483'647 &&
                           (read.ptr == end || (*read.ptr == ' ' && read.ptr + 1 != end)),
                       "the hours of a pay run are no numbers");
    numbers.push_back(number);
    at = read.ptr == end ? end : read.ptr + 1;
  }
  return numbers;
}

}  // namespace

bool PayChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  if (!kind.starts_with("pay_")) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "pay_tariff") take_tariff(fields, before);
  else if (kind == "pay_run") take_run(fields, before);
  else if (kind == "pay_run_share") take_share(fields, before);
  else if (kind == "pay_run_lot") take_lot(fields);
  else if (kind == "pay_run_cost") take_cost(fields);
  else if (kind == "pay_run_pot") take_pot(fields, before);
  else if (kind == "pay_run_local") take_local(fields, before);
  else if (kind == "pay_run_local_share") take_local_share(fields);
  else take_step(fields, before);
  return true;
}

void PayChecks::take_tariff(JsonFields& row, const Before& before) {
  require_consistent(row.number("number") == ++tariffs_, "the tariffs have a gap");
  require_consistent(row.has("amount_minor") == row.has("unit"), "a tariff has no unit, or no amount");
  if (row.has("unit")) {
    require_consistent(before.scales.contains(row.text("unit")), "a tariff is of no unit");
    require_consistent(row.number("amount_minor") > 0, "a tariff is not above zero");
  }
  require_consistent(!row.has("member") || before.members.knows_member(row.text("member")),
                     "a tariff is of no member");
  require_consistent(!row.has("circle") || before.work.knows_circle(row.text("circle")),
                     "a tariff is of no circle");
  require_text(row, "decision", 1, 500);
}

void PayChecks::take_run(JsonFields& row, const Before& before) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(runs_.size()) + 1,
                     "the pay runs have a gap");
  const std::string kind = require_word(row, "run_kind", {"wages", "settlement", "lapse", "opening"});
  const std::string as = require_word(row, "deferred_as", {"debt", "equity", "points", "gift"});
  require_consistent(row.day("from_on") <= row.day("to_on") && row.day("to_on") <= row.day("booked_on"),
                     "the days of a pay run are out of order");
  const bool pays = kind == "wages" || kind == "settlement";
  const bool defers = kind == "wages" || kind == "opening";
  require_consistent(row.has("rule") == pays && row.has("version") == pays && row.has("rule_hash") == pays &&
                         row.has("payable") == pays &&
                         row.has("deferred") == (defers && (as == "debt" || as == "equity")),
                     "a pay run lacks a rule or an account, or has one too many");
  require_consistent((pays || (!row.has("fund") && !row.truth("part_local"))) && row.number("costs") >= 0,
                     "a pay run has a fund or a local part, and pays nothing");
  require_pay_account(row, before, "wages");
  for (const char* name : {"payable", "deferred"})
    if (row.has(name)) require_pay_account(row, before, name);
  if (row.has("decision")) require_text(row, "decision", 1, 500);
  require_text(row, "figures", 2, 20'000);
  const std::int64_t paid = row.number("paid_minor");
  const std::int64_t deferred = row.number("deferred_minor");
  require_consistent(paid >= 0 && deferred >= 0 && paid <= row.number("amount_minor") &&
                         (defers || deferred == 0) && (pays || paid == 0) &&
                         (kind != "opening" || deferred == row.number("amount_minor")),
                     "the amounts of a pay run are not possible");
  runs_.push_back({.kind = kind,
                   .written_by = row.maybe_text("recorded_by").value_or(""),
                   .members = row.number("members"),
                   .lots = row.number("lots"),
                   .paid = paid,
                   .deferred = deferred,
                   .costs = row.number("costs"),
                   .unit = row.text("unit"),
                   .is_part_local = row.truth("part_local"),
                   .amount = row.number("amount_minor"),
                   .pots = row.maybe_number("pots").value_or(0)});
  require_consistent(runs_.back().pots >= 0 && (pays || runs_.back().pots == 0),
                     "a pay run has pots, and divides nothing");
  require_consistent(
      !row.has("grants") || !row.truth("grants") || (kind == "settlement" && row.has("decision")),
      "a pay run grants without a decision");
  require_consistent(!row.has("circle") || (kind == "wages" && before.work.knows_circle(row.text("circle"))),
                     "a pay run is of no circle");
  take_mandate(row, before);
}

void PayChecks::take_mandate(JsonFields& row, const Before& before) {
  const auto number = row.maybe_number("mandate");
  const auto minor = row.maybe_number("mandate_minor");
  const auto minutes = row.maybe_number("mandate_minutes");
  require_consistent(number.has_value() == minor.has_value() && (number || !minutes) &&
                         minor.value_or(0) >= 0 && minutes.value_or(0) >= 0,
                     "a pay run draws no mandate, or nothing of one");
  if (!number) return;
  require_consistent(*number > 0 && *number <= static_cast<std::int64_t>(before.mandates.size()),
                     "there is no spending mandate that a pay run draws");
  const auto& [fund, granted] = before.mandates[static_cast<std::size_t>(*number - 1)];
  require_consistent(row.has("fund") && row.text("fund") == fund && *minor <= granted,
                     "a pay run draws a mandate that does not bear it");
  drawing_runs_.insert("PR" + std::to_string(row.number("number")));
}

PayChecks::KnownRun& PayChecks::run_of(JsonFields& row) {
  const std::int64_t number = row.number("run");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(runs_.size()),
                     "there is no pay run " + std::to_string(number));
  return runs_[static_cast<std::size_t>(number - 1)];
}

void PayChecks::take_share(JsonFields& row, const Before& before) {
  KnownRun& run = run_of(row);
  require_consistent(row.number("number") == ++run.shares && run.shares <= run.members,
                     "the shares of a pay run have a gap");
  const std::string member = row.text("member");
  require_consistent(before.members.knows_member(member), "there is no member " + member);
  const std::int64_t paid = row.number("paid_minor");
  const std::int64_t deferred = row.number("deferred_minor");
  require_consistent(paid >= 0 && deferred >= 0 && row.number("claim_minor") >= 0 &&
                         row.number("minutes") >= 0 &&
                         (!row.has("rate_minor") || row.number("rate_minor") > 0),
                     "a share of a pay run is below zero");
  require_consistent(run.deferred_of.emplace(member, deferred).second, member + " is in a pay run twice");
  run.paid = checked_add(run.paid, -paid);
  run.deferred = checked_add(run.deferred, -deferred);
  const auto hours = hours_in(row.text("hours"));
  require_consistent(hours.empty() || run.kind == "wages", "only wages collect hours");
  run.hours.insert(run.hours.end(), hours.begin(), hours.end());
  require_text(row, "measures", 2, 20'000);
  if (row.has("place")) require_text(row, "place", 1, 60);
}

void PayChecks::take_lot(JsonFields& row) {
  KnownRun& run = run_of(row);
  require_consistent(row.number("number") == static_cast<std::int64_t>(run.known_lots.size()) + 1 &&
                         row.number("number") <= run.lots,
                     "the claims of a pay run have a gap");
  const std::int64_t claim = row.number("claim_run");
  const std::string member = row.text("member");
  require_consistent(claim > 0 && claim < row.number("run") && run.deferred_of.contains(member),
                     "a pay run settles a claim of a later one, or of nobody");
  const std::int64_t settled = row.number("settled_minor");
  const KnownRun& from = runs_[static_cast<std::size_t>(claim - 1)];
  const auto deferred = from.deferred_of.find(member);
  require_consistent(deferred != from.deferred_of.end() && settled >= 0 &&
                         settled <= row.number("open_minor") && row.number("open_minor") <= deferred->second,
                     "a pay run settles more than was deferred");
  run.known_lots.push_back({claim, member, settled});
}

void PayChecks::take_cost(JsonFields& row) {
  KnownRun& run = run_of(row);
  row.number("number");
  require_consistent(
      --run.costs >= 0 && row.number("weight") > 0 && run.deferred_of.contains(row.text("member")),
      "a pay run has costs of nobody, or too many");
}

void PayChecks::take_pot(JsonFields& row, const Before& before) {
  KnownRun& run = run_of(row);
  require_consistent(
      row.number("number") == ++run.known_pots && run.known_pots <= run.pots && row.text("unit") == run.unit,
      "the pots of a pay run have a gap, or are in another unit");
  require_text(row, "name", 1, 40);
  const std::int64_t paid = row.number("paid_minor");
  const std::int64_t stays = row.number("amount_minor");
  require_consistent(paid >= 0 && stays >= 0 && checked_add(paid, stays) <= row.number("received_minor"),
                     "a pot of a pay run gives more than it has");
  run.pot_sum = checked_add(run.pot_sum, checked_add(paid, stays));
  require_consistent(
      row.has("from_account") == row.has("to_account") && (!row.has("fund") || row.has("to_account")),
      "a pot of a pay run is booked by half");
  for (const char* name : {"from_account", "to_account"})
    if (row.has(name)) require_pay_account(row, before, name);
}

void PayChecks::take_local(JsonFields& row, const Before& before) {
  KnownRun& run = run_of(row);
  const auto is_account = [&](const char* name, const std::string& unit) {
    return before.accounts.contains({row.text(name), unit});
  };
  require_consistent(run.is_part_local && !run.has_local && row.text("run_unit") == run.unit &&
                         row.text("unit") != run.unit && is_account("payable", row.text("unit")) &&
                         is_account("conversion", row.text("unit")) && is_account("conversion", run.unit),
                     "the local part of a pay run is of no run, or lacks an account");
  require_consistent(row.number("rate") > 0 && row.number("rate") <= row.number("rates_known") &&
                         row.number("share_numerator") >= 0 &&
                         row.number("share_numerator") <= row.number("share_denominator") &&
                         (!row.has("most_minor") || row.number("most_minor") >= 0),
                     "the local part of a pay run is not possible");
  run.has_local = true;
}

void PayChecks::take_local_share(JsonFields& row) {
  KnownRun& run = run_of(row);
  require_consistent(run.has_local && row.number("number") == ++run.local_shares &&
                         run.deferred_of.contains(row.text("member")),
                     "the local shares of a pay run have a gap");
  require_consistent(row.has("share_numerator") == row.has("share_denominator") && row.number("minor") >= 0 &&
                         (row.number("local_minor") == 0) == (row.number("minor") == 0),
                     "a local share of a pay run is not possible");
}

void PayChecks::take_step(JsonFields& row, const Before& before) {
  KnownRun& run = run_of(row);
  require_consistent(row.number("number") == ++run.steps, "the steps of a pay run have a gap");
  const std::string step = require_word(row, "step", {"approved", "posted", "cancelled", "undone"});
  require_consistent(row.has("first_entry") == row.has("last_entry") &&
                         (!row.has("first_entry") || step == "posted" || step == "undone"),
                     "a step of a pay run has no entries, or some too many");
  if (row.has("first_entry"))
    require_consistent(row.number("first_entry") > 0 &&
                           row.number("first_entry") <= row.number("last_entry") &&
                           row.number("last_entry") <= before.last_entry,
                       "the entries of a pay run do not exist");
  require_consistent(row.has("reason") == (step == "cancelled" || step == "undone"),
                     "a step has no reason, or one too many");
  if (row.has("reason")) require_text(row, "reason", 1, 500);
  bool holds = run.state == (step == "undone" ? "posted" : "proposed");
  if (step == "approved") {
    const auto by = row.maybe_text("recorded_by");
    holds = holds && by && *by != run.written_by && run.approvers.size() < pay_approvals &&
            run.approvers.insert(*by).second;
  } else {
    holds = holds && (step != "posted" || run.approvers.size() == pay_approvals);
    run.state = step;
  }
  require_consistent(holds, "a pay run is " + step + " at the wrong time, or by whom it may not be");
}

void PayChecks::finish_lots(const KnownRun& run,
                            std::map<std::pair<std::int64_t, std::string>, std::int64_t>& sums) const {
  for (const KnownLot& lot : run.known_lots) {
    const KnownRun& from = runs_[static_cast<std::size_t>(lot.claim_run - 1)];
    auto& sum = sums[{lot.claim_run, lot.member}];
    sum = checked_add(sum, lot.settled);
    require_consistent(from.state == "posted" && sum <= from.deferred_of.at(lot.member),
                       "pay runs settle more than is open");
  }
}

void PayChecks::finish() const {
  std::set<std::int64_t> collected;
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> settled;
  for (const KnownRun& run : runs_) {
    require_consistent(run.shares == run.members && run.paid == 0 && run.deferred == 0 && run.costs == 0 &&
                           run.has_local == run.is_part_local &&
                           run.local_shares == (run.has_local ? run.members : 0) &&
                           static_cast<std::int64_t>(run.known_lots.size()) == run.lots &&
                           run.known_pots == run.pots && (run.pots == 0 || run.pot_sum == run.amount),
                       "the shares of a pay run do not add up to it");
    if (!run.is_live()) continue;
    for (const std::int64_t hours : run.hours)
      require_consistent(collected.insert(hours).second, "two pay runs have the same hours");
    finish_lots(run, settled);
  }
}

}  // namespace coop::journals
