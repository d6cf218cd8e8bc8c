#include "ledger/dues/overdue.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"

namespace coop::dues {

using members::ClassRule;

void add_overdue(OverdueByMember& all, PartyId member, Day due_on, UnitId unit, std::int64_t open_minor) {
  Overdue& overdue = all.try_emplace(member, Overdue{due_on}).first->second;
  overdue.since = std::min(overdue.since, due_on);
  std::int64_t& minor = overdue.minor[unit];
  minor = checked_add(minor, open_minor);
}

OverdueByMember overdue_of(const DuesState& state, Day day) {
  OverdueByMember all;
  for (const ChargeState& one : state.charges)
    if (one.open_minor > 0 && one.charge.due_on < day)
      add_overdue(all, one.charge.member, one.charge.due_on, one.charge.unit, one.open_minor);
  return all;
}

int days_late(const Overdue& overdue, Day day) { return day.count() - overdue.since.count(); }

bool is_paid_up(const ClassRule* rule, const Overdue* overdue, Day day) {
  if (!overdue || (rule && rule->is_solidarity)) return true;
  return days_late(*overdue, day) <= (rule ? rule->arrears_days : 0);
}

members::Standing standing_with_dues(members::Standing without, const ClassRule* rule, const Overdue* overdue,
                                     Day day) {
  using enum members::Standing;
  if (without != active || !overdue || (rule && rule->is_solidarity)) return without;
  return days_late(*overdue, day) <= (rule ? rule->grace_days : 0) ? in_grace : in_arrears;
}

}  // namespace coop::dues
