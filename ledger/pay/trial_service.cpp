#include "ledger/pay/trial_service.hpp"

#include <algorithm>
#include <map>

#include "ledger/pay/pay_division.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/pay/pay_run_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/work/circle_store.hpp"

namespace coop::pay {

namespace {

Trial trial_from(const PayRun& run) {
  return {.amount_minor = run.amount_minor,
          .unit = run.unit,
          .on = run.to_on,
          .figures = pot_of(run).figures,
          .participants = participants_of(run),
          .given = {}};
}

std::vector<GivenPay> given_by(const std::vector<PayRun>& runs) {
  std::map<std::string, GivenPay> given;
  for (const PayRun& run : runs)
    for (const PayShare& share : run.shares) {
      GivenPay& sum = given.try_emplace(share.member, GivenPay{share.member, 0, 0}).first->second;
      sum.paid_minor = checked_add(sum.paid_minor, share.paid_minor);
      sum.deferred_minor = checked_add(sum.deferred_minor, share.deferred_minor);
    }
  std::vector<GivenPay> all;
  for (auto& [member, sum] : given) all.push_back(std::move(sum));
  std::ranges::sort(all, sharing::is_earlier_id, &GivenPay::member);
  return all;
}

}  // namespace

Trial trial_of_run(Tx& tx, NodeId node, PayRunNumber number) {
  const PayRun run = read_pay_run(tx, node, number);
  if (!run.rule)
    throw Refused{Refusal::pay_run_impossible,
                  "pay run " + std::to_string(number.number()) + " divides nothing", "/past/pay_run"};
  Trial trial = trial_from(run);
  trial.given = given_by({run});
  return trial;
}

Trial trial_of_hours(Tx& tx, NodeId node, Day from, Day to, const Unit& unit, const std::string& circle) {
  if (to < from) throw Refused{Refusal::field_invalid, "it is not before from_on", "/past/to_on"};
  if (!circle.empty() && !work::find_circle(tx, node, circle))
    throw Refused{Refusal::circle_unknown, "there is no circle " + circle.substr(0, 60), "/past/circle"};
  PayRun all = new_pay_run(PayRunKind::wages, from, to, unit, 0);
  for (const CollectedHours& hours : read_hours_to_pay(tx, node, from, to, unit.id, circle))
    if (hours.is_of_unit) all.shares.push_back(collected_share_of(hours));
  if (all.shares.empty())
    throw Refused{Refusal::pay_run_empty,
                  "no hours from " + from.text() + " to " + to.text() + " were approved to be paid", "/past"};
  std::vector<PayRun> runs;
  for (const PayRunNumber number : list_runs_within(tx, node, from, to, unit.id, circle)) {
    runs.push_back(read_pay_run(tx, node, number));
    all.amount_minor = checked_add(all.amount_minor, runs.back().amount_minor);
  }
  Trial trial = trial_from(all);
  if (runs.empty()) trial.amount_minor.reset();
  trial.given = given_by(runs);
  return trial;
}

}  // namespace coop::pay
