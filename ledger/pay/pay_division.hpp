#pragma once
#include <span>
#include <vector>

#include "ledger/pay/pay_run.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/sharing/rule_version.hpp"

namespace coop::pay {

/// How a run's amounts are worked out: the version of its rule, and every figure explained.
struct PayExplanation {
  sharing::RuleVersion version;
  sharing::Division division;
};
/// Measures that a run offers to its rule by itself: "hours"; "claim", where each of the hours has a tariff;
/// "rate", where the tariff is the same for all of them. In whole hours and whole units.
bool is_own_measure(std::string_view name);

/// The pot and the participants of a run, as its rule is given them.
sharing::Pot pot_of(const PayRun& run);
std::vector<sharing::Participant> participants_of(const PayRun& run);

/// Divides a run by the version of its rule, with the values of places that there were.
sharing::Division division_of(const PayRun& run, const sharing::RuleVersion& version,
                              std::span<const sharing::PlaceValue> values);

/// Refuses a run whose rule asks for what is not there, in the order of the steps and members: tariff_missing
/// (claim or rate), field_missing (a measure that is to be given; a rate where there are several).
void require_measures(const PayRun& run, const sharing::RuleVersion& version);

/// Puts what a division gave into the shares and pots of its run, and of a settlement into the lots: as the
/// rule paid them, or in proportion to what is open where it paid them all alike. Where a settlement grants,
/// claims are settled by the pots that pay what is open of earlier times (by all, where none does), and the
/// rest is granted. Throws Refused: pay_run_impossible (a part is kept back as for a surplus; more is paid to
/// somebody than stands open, and nothing is granted).
void take_division(PayRun& run, const sharing::Division& division);

}  // namespace coop::pay
