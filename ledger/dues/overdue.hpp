#pragma once
#include <map>

#include "ledger/dues/dues_state.hpp"
#include "ledger/members/class_rule.hpp"
#include "ledger/members/membership.hpp"

namespace coop::dues {

/// What was charged for a member, was due before a day and is not paid, whoever pays it. Minor units.
struct Overdue {
  Day since;  ///< the day on which the oldest of it was due
  std::map<UnitId, std::int64_t> minor = {};
  friend bool operator==(const Overdue&, const Overdue&) = default;
};

/// By the member whom the charges are for.
using OverdueByMember = std::map<PartyId, Overdue>;

/// Adds an open charge.
void add_overdue(OverdueByMember& all, PartyId member, Day due_on, UnitId unit, std::int64_t open_minor);
/// What is overdue on `day`, of everybody whom a state's charges are for.
OverdueByMember overdue_of(const DuesState& state, Day day);

/// For how many days something has been overdue on `day`: 1 on the day after it was due.
int days_late(const Overdue& overdue, Day day);

/// Whether somebody is paid up under the rule of a class (null: none is in force): nothing is late for more
/// days than the rule allows, or the class is free of dues. `overdue` is null where nothing is.
bool is_paid_up(const members::ClassRule* rule, const Overdue* overdue, Day day);
/// Where a membership stands once dues are looked at: an active one whose member owes something that was due
/// before the day is in grace, and after the rule's days of grace in arrears, unless its class is free of
/// dues. Any other stands as it stands without dues.
members::Standing standing_with_dues(members::Standing without, const members::ClassRule* rule,
                                     const Overdue* overdue, Day day);

}  // namespace coop::dues
