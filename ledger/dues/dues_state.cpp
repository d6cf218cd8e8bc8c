#include "ledger/dues/dues_state.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"

namespace coop::dues {

namespace {

// What one debtor owes and gave in one unit: indexes into the facts, and the clearing's own terms.
struct Pair {
  std::vector<std::size_t> places;  // of the charges among `owed`, which begin with them
  std::vector<Owed> owed;
  std::vector<Given> given;
};

using Pairs = std::map<std::pair<PartyId, UnitId>, Pair>;

Pairs pairs_of(const DuesFactsOnDay& facts) {
  Pairs pairs;
  for (std::size_t i = 0; i < facts.charges.size(); ++i) {
    const ChargeFact& charge = facts.charges[i];
    Pair& pair = pairs[{charge.debtor, charge.unit}];
    pair.places.push_back(i);
    pair.owed.push_back({charge.number, charge.due_on, charge.owed_minor});
  }
  for (const ShareFact& share : facts.shares) {
    Pair& pair = pairs[{share.debtor, share.unit}];
    if (!share.is_refund) {
      pair.given.push_back({share.payment, share.on, share.minor, share.towards});
      continue;
    }
    // Money given back was owed back before anything else: it takes what was paid ahead first.
    static const Day first_of_days = Day::parse("0001-01-01");
    pair.owed.push_back({ChargeNumber{-share.payment.number()}, first_of_days, share.minor});
  }
  return pairs;
}

std::size_t step_of(Day due_on, Day day) {
  const int overdue = day.count() - due_on.count();
  if (overdue <= 0) return 0;
  return overdue <= 30 ? 1 : overdue <= 60 ? 2 : overdue <= 90 ? 3 : 4;
}

void count(DebtorState& debtor, const ChargeState& charge, Day day) {
  if (charge.open_minor == 0) return;
  std::int64_t& step = debtor.ageing.minor[step_of(charge.charge.due_on, day)];
  step = checked_add(step, charge.open_minor);
  if (charge.charge.due_on >= day) return;
  debtor.overdue_since = std::min(debtor.overdue_since.value_or(charge.charge.due_on), charge.charge.due_on);
}

}  // namespace

std::int64_t Ageing::overdue_minor() const {
  return checked_add(checked_add(minor[1], minor[2]), checked_add(minor[3], minor[4]));
}

DuesState state_of(const DuesFactsOnDay& facts, Day day) {
  DuesState state;
  state.charges.reserve(facts.charges.size());
  for (const ChargeFact& charge : facts.charges)
    state.charges.push_back({charge, charge.owed_minor, std::nullopt});
  for (const auto& [key, pair] : pairs_of(facts)) {
    const Clearing clearing = clearing_of(pair.owed, pair.given);
    DebtorState& debtor = state.debtors[key];
    debtor.credit_minor = clearing.credit_minor;
    std::size_t place = 0;
    for (std::size_t i = 0; i < pair.owed.size(); ++i) {
      if (pair.owed[i].charge.number() < 0) continue;
      ChargeState& charge = state.charges[pair.places[place++]];
      charge.open_minor = clearing.charges[i].open_minor;
      charge.cleared_on = clearing.charges[i].cleared_on;
      debtor.open_minor = checked_add(debtor.open_minor, charge.open_minor);
      count(debtor, charge, day);
    }
  }
  return state;
}

const ChargeState* next_due(std::span<const ChargeState> charges, PartyId debtor, Day day) {
  const ChargeState* next = nullptr;
  for (const ChargeState& state : charges) {
    if (state.charge.debtor != debtor || state.open_minor == 0 || state.charge.due_on < day) continue;
    if (!next || state.charge.due_on < next->charge.due_on) next = &state;
  }
  return next;
}

std::optional<Day> covered_until(std::span<const ChargeState> charges, MembershipId membership) {
  std::vector<const ChargeState*> own;
  for (const ChargeState& one : charges)
    if (one.charge.membership == membership && one.charge.kind == DueKind::dues) own.push_back(&one);
  std::ranges::sort(own, {}, [](const ChargeState* one) {
    return std::pair{one->charge.period.first(), one->charge.number};
  });
  std::optional<Day> covered;
  for (std::size_t i = 0; i < own.size(); ++i) {
    // A due in parts or in two units covers once all of it is paid.
    bool is_cleared = own[i]->open_minor == 0;
    std::size_t last = i;
    while (last + 1 < own.size() && own[last + 1]->charge.period == own[i]->charge.period)
      is_cleared = own[++last]->open_minor == 0 && is_cleared;
    if (!is_cleared) break;
    covered = std::max(covered.value_or(own[i]->charge.period.last()), own[i]->charge.period.last());
    i = last;
  }
  return covered;
}

}  // namespace coop::dues
