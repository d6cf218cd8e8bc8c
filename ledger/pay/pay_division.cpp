#include "ledger/pay/pay_division.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/split.hpp"

namespace coop::pay {

namespace {

Fraction units_of(std::int64_t minor, const Unit& unit) {
  Fraction::Whole units = 1;
  for (int i = 0; i < unit.scale; ++i) units *= 10;
  return {minor, units};
}

// Claims of one day are one lot to the rule.
std::vector<sharing::Lot> lots_by_day(const PayShare& share) {
  std::map<Day, std::int64_t> days;
  for (const ClaimLot& lot : share.lots) {
    auto& open = days.try_emplace(lot.since, 0).first->second;
    open = checked_add(open, lot.open_minor);
  }
  std::vector<sharing::Lot> lots;
  for (const auto& [since, open] : days) lots.push_back({since, open});
  return lots;
}

[[noreturn]] void refuse_missing(const PayShare& share, const std::string& measure) {
  if (is_own_measure(measure) && !share.is_priced)
    throw Refused{Refusal::tariff_missing, share.member + " has hours for which there is no tariff", "/rule"};
  if (measure == "rate")
    throw Refused{Refusal::field_missing,
                  "the rule asks for one rate, and " + share.member +
                      (share.minutes == 0 ? " has no hours" : " has hours at several tariffs"),
                  "/members"};
  throw Refused{Refusal::field_missing,
                "the rule asks for " + measure + " of each member, and " + share.member + " has none",
                "/members"};
}

std::set<std::string> measures_of(const sharing::SharingRule& rule) {
  std::set<std::string> names;
  for (const sharing::Step& step : rule.steps) {
    for (const sharing::Factor& factor : sharing::factors_of(step.does))
      if (factor.kind == sharing::FactorKind::measure) names.insert(factor.name);
    for (const std::string& name : sharing::measures_of(step.does))
      if (!name.empty()) names.insert(name);
  }
  return names;
}

bool has_measure(const PayRun& run, const PayShare& share, const std::string& name) {
  if (run.kind == PayRunKind::wages && is_own_measure(name))
    return name == "hours" || (name == "claim" ? share.is_priced : share.rate_minor.has_value());
  return std::ranges::any_of(share.measures, [&](const auto& given) { return given.first == name; });
}

// What the rule paid of each day's lot, given to the claims of that day in their order.
void settle_as_paid(PayShare& share, const sharing::ParticipantShare& told) {
  std::map<Day, std::int64_t> paid;
  for (const sharing::PaidLot& lot : told.lots) paid.try_emplace(lot.lot.since, 0).first->second += lot.paid;
  for (ClaimLot& lot : share.lots) {
    const auto left = paid.find(lot.since);
    if (left == paid.end()) continue;
    lot.settled_minor = std::min(left->second, lot.open_minor);
    left->second -= lot.settled_minor;
  }
}

void settle_in_proportion(PayShare& share, std::int64_t minor) {
  std::vector<std::int64_t> open;
  for (const ClaimLot& lot : share.lots) open.push_back(lot.open_minor);
  const auto parts = split_exactly(minor, std::span<const std::int64_t>{open});
  for (std::size_t i = 0; i < parts.size(); ++i) share.lots[i].settled_minor = parts[i];
}

// Whether a pot of the rule pays what is open of earlier times.
bool pays_lots(const sharing::Division& division) {
  const auto of_lots = [](const sharing::Payment& payment) { return payment.of_lots > 0; };
  return std::ranges::any_of(division.participants, [&](const sharing::ParticipantShare& told) {
    return std::ranges::any_of(told.payments, of_lots);
  });
}

// What of a member's pay is for claims, where the rest is granted.
std::int64_t for_claims_of(const PayShare& share, const sharing::ParticipantShare& told, std::int64_t open,
                           bool by_pots) {
  std::int64_t paid = share.paid_minor;
  if (by_pots) {
    paid = 0;
    for (const sharing::Payment& payment : told.payments)
      if (payment.of_lots > 0) paid = checked_add(paid, payment.paid);
  }
  return std::min({paid, open, share.paid_minor});
}

void settle(const PayRun& run, PayShare& share, const sharing::ParticipantShare& told, bool by_pots) {
  std::int64_t open = 0;
  for (const ClaimLot& lot : share.lots) open = checked_add(open, lot.open_minor);
  if (!run.grants && share.paid_minor > open)
    throw Refused{Refusal::pay_run_impossible,
                  "the rule pays " + share.member + " more than stands open, and nothing is granted",
                  "/rule"};
  const std::int64_t minor = run.grants ? for_claims_of(share, told, open, by_pots) : share.paid_minor;
  std::int64_t by_lots = 0;
  for (const sharing::PaidLot& lot : told.lots) by_lots += lot.paid;
  if (minor == 0) return;
  if (by_lots == minor) settle_as_paid(share, told);
  else settle_in_proportion(share, minor);
}

}  // namespace

bool is_own_measure(std::string_view name) { return name == "hours" || name == "claim" || name == "rate"; }

sharing::Pot pot_of(const PayRun& run) {
  sharing::Pot pot{.minor = run.amount_minor, .unit = run.unit, .on = run.to_on, .figures = {}};
  for (const auto& [name, value] : run.figures) pot.figures.emplace(name, Fraction{value});
  return pot;
}

std::vector<sharing::Participant> participants_of(const PayRun& run) {
  std::vector<sharing::Participant> participants;
  participants.reserve(run.shares.size());
  for (const PayShare& share : run.shares) {
    sharing::Participant one{.id = share.member, .place = share.place, .measures = {}, .lots = {}};
    for (const auto& [name, value] : share.measures) one.measures.emplace(name, Fraction{value});
    if (run.kind == PayRunKind::wages) {
      one.measures.emplace("hours", Fraction{share.minutes, 60});
      if (share.is_priced) one.measures.emplace("claim", units_of(share.claim_minor, run.unit));
      if (share.rate_minor) one.measures.emplace("rate", units_of(*share.rate_minor, run.unit));
    }
    one.lots = lots_by_day(share);
    participants.push_back(std::move(one));
  }
  return participants;
}

sharing::Division division_of(const PayRun& run, const sharing::RuleVersion& version,
                              std::span<const sharing::PlaceValue> values) {
  ensure(version.is.rule.has_value(), "a run is divided by a rule");
  return sharing::divide(*version.is.rule, pot_of(run), participants_of(run), values);
}

void require_measures(const PayRun& run, const sharing::RuleVersion& version) {
  ensure(version.is.rule.has_value(), "a run is divided by a rule");
  for (const std::string& name : measures_of(*version.is.rule))
    for (const PayShare& share : run.shares)
      if (!has_measure(run, share, name)) refuse_missing(share, name);
}

void take_division(PayRun& run, const sharing::Division& division) {
  ensure(division.participants.size() == run.shares.size(), "everybody takes part");
  const bool by_pots = pays_lots(division);
  for (std::size_t i = 0; i < run.shares.size(); ++i) {
    PayShare& share = run.shares[i];
    const sharing::ParticipantShare& told = division.participants[i];
    ensure(told.id == share.member, "shares are in the order of the division");
    if (std::ranges::any_of(told.payments,
                            [](const sharing::Payment& payment) { return payment.in_cash.has_value(); }))
      throw Refused{Refusal::pay_run_impossible, "a rule that pays a part in cash divides a surplus, not pay",
                    "/rule"};
    share.paid_minor = told.amount;
    if (run.kind == PayRunKind::wages) share.deferred_minor = told.deferred;
    else settle(run, share, told, by_pots);
  }
  run.pots.clear();
  for (const sharing::PotShare& pot : division.pots)
    run.pots.push_back({pot.name, pot.received, pot.paid, pot.left});
}

}  // namespace coop::pay
