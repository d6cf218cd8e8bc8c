// What holds of every run that a rule divides, whatever the rule, the claims and the decimals of the unit:
// pots and pay add up to it, no claim is settled beyond what is open, and each entry balances.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "ledger/books/draft.hpp"
#include "ledger/pay/pay_division.hpp"
#include "ledger/pay/pay_entries.hpp"
#include "ledger/pay/pay_local.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::pay {
namespace {

Ratio some_number(std::int64_t most) { return Ratio{*rc::gen::inRange<std::int64_t>(0, most * 4), 4}; }

PayShare some_share(int number, bool with_claims) {
  PayShare share{.party = PartyId{number}, .member = "M" + std::to_string(number), .place = "here"};
  for (const char* measure : {"housing", "need", "livelihood_credits", "words_translated", "words_edited",
                              "care_hours", "members", "income", "weight", "fixed"})
    share.measures.emplace_back(measure, some_number(300));
  for (const char* measure : {"handover_team", "claimed_in_time"})
    share.measures.emplace_back(measure, Ratio{*rc::gen::inRange<std::int64_t>(0, 2), 1});
  if (with_claims) {
    for (const char* measure : {"hours", "rate", "claim", "minutes"})
      share.measures.emplace_back(measure, some_number(60));
    const int lots = *rc::gen::inRange(0, 4);
    for (int i = 0; i < lots; ++i)
      share.lots.push_back({PayRunNumber{i + 1},
                            Day::parse("2025-01-31").plus_months(3 * i),
                            *rc::gen::inRange<std::int64_t>(1, 900'000),
                            0,
                            *rc::gen::arbitrary<bool>() ? "liabilities:deferred" : "",
                            {}});
    return share;
  }
  share.measures.emplace_back("minutes", some_number(60));
  share.minutes = *rc::gen::inRange<std::int64_t>(1, 9'000);
  share.rate_minor = *rc::gen::inRange<std::int64_t>(1, 9'000);
  share.claim_minor = claim_of(share.minutes * *share.rate_minor);
  return share;
}

// A run of any rule that comes with the program and pays no part in cash.
PayRun some_run(PayRunKind kind) {
  PayRun run =
      new_pay_run(kind, Day::parse("2026-01-01"), Day::parse("2026-01-31"),
                  {UnitId{1}, "ANY", *rc::gen::inRange(0, 7)}, *rc::gen::inRange<std::int64_t>(0, 5'000'000));
  run.accounts = {"expenses:wages", "liabilities:wages",
                  kind == PayRunKind::wages ? "liabilities:deferred" : ""};
  run.decision = "Assembly";
  if (*rc::gen::arbitrary<bool>()) run.fund = "media";
  for (const char* figure : {"server_costs", "core_rate", "fee"})
    run.figures.emplace_back(figure, some_number(3'000));
  const int people = *rc::gen::inRange(1, 8);
  for (int i = 1; i <= people; ++i) run.shares.push_back(some_share(i, kind == PayRunKind::settlement));
  return run;
}

void divide(PayRun& run) {
  const auto examples = sharing::example_rules();
  const std::string code{examples[*rc::gen::inRange<std::size_t>(0, examples.size())].code};
  RC_PRE(code != "surplus");
  sharing::RuleVersion version{.number = sharing::VersionNumber{1},
                               .version = 1,
                               .is = {.code = code,
                                      .title = {},
                                      .valid_from = run.to_on,
                                      .rule = sharing::example_rule(code),
                                      .decision = {},
                                      .adopted_on = run.to_on},
                               .hash = {},
                               .recorded_at = {}};
  if (!version.is.rule->unit.empty()) version.is.rule->unit = "ANY";
  std::vector<sharing::PlaceValue> values;
  for (const char* name : {"living_wage", "living_cost"})
    values.push_back({name, "here", Day::parse("2025-01-01"), Fraction{some_number(40)}});
  take_division(run, division_of(run, version, values));
}

void expect_sums(const PayRun& run) {
  std::int64_t stays = 0;
  std::int64_t paid = 0;
  for (const PayPot& pot : run.pots) {
    RC_ASSERT(pot.amount_minor >= 0 && pot.paid_minor >= 0);
    RC_ASSERT(pot.received_minor >= pot.paid_minor + pot.amount_minor);
    stays += pot.amount_minor;
    paid += pot.paid_minor;
  }
  RC_ASSERT(run.pots.front().received_minor == run.amount_minor);
  RC_ASSERT(paid == paid_minor_of(run));
  RC_ASSERT(paid + stays == run.amount_minor);
}

// Books each pot; what the entries say of each account.
std::map<std::string, std::int64_t> booked(PayRun& run) {
  for (PayPot& pot : run.pots) pot.booked = {"equity:from:" + pot.name, "equity:to:" + pot.name, "reserve"};
  std::map<std::string, std::int64_t> said;
  for (const books::Draft& entry : pay_entries(run, {std::nullopt, {}})) {
    std::int64_t sum = 0;
    for (const auto& posting : entry.postings) {
      sum += posting.amount.minor();
      said[posting.account] += posting.amount.minor();
    }
    RC_ASSERT(sum == 0);
    RC_ASSERT(entry.postings.size() >= 2);
  }
  return said;
}

RC_GTEST_PROP(PayDivision, AddsUpToThePotWithAllPots, ()) {
  PayRun run = some_run(PayRunKind::wages);
  divide(run);
  expect_sums(run);
  auto said = booked(run);
  RC_ASSERT(said["liabilities:wages"] == -paid_minor_of(run));
  RC_ASSERT(said["liabilities:deferred"] == -deferred_minor_of(run));
  RC_ASSERT(said["expenses:wages"] == paid_minor_of(run) + deferred_minor_of(run));
  for (const PayPot& pot : run.pots) {
    RC_ASSERT(said["equity:from:" + pot.name] == pot.amount_minor);
    RC_ASSERT(said["equity:to:" + pot.name] == -pot.amount_minor);
  }
}

RC_GTEST_PROP(PayDivision, SettlesNoMoreThanIsOpenAndGrantsTheRest, ()) {
  PayRun run = some_run(PayRunKind::settlement);
  run.grants = true;
  divide(run);
  expect_sums(run);
  std::int64_t granted = 0;
  std::int64_t settled_of_debt = 0;
  std::int64_t settled = 0;
  for (const PayShare& share : run.shares) {
    RC_ASSERT(granted_minor_of(run, share) >= 0);
    granted += granted_minor_of(run, share);
    for (const ClaimLot& lot : share.lots) {
      RC_ASSERT(lot.settled_minor >= 0 && lot.settled_minor <= lot.open_minor);
      settled += lot.settled_minor;
      if (!lot.account.empty()) settled_of_debt += lot.settled_minor;
    }
  }
  RC_ASSERT(granted + settled == paid_minor_of(run));
  auto said = booked(run);
  RC_ASSERT(said["liabilities:wages"] == -paid_minor_of(run));
  RC_ASSERT(said["liabilities:deferred"] == settled_of_debt);
  RC_ASSERT(said["expenses:wages"] == paid_minor_of(run) - settled_of_debt);
}

}  // namespace
}  // namespace coop::pay
