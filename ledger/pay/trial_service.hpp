#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/pay/pay_run.hpp"
#include "ledger/sharing/division.hpp"

namespace coop::pay {

/// What a rule is tried on, taken from the past, and what was given then.
struct Trial {
  std::optional<std::int64_t> amount_minor;  ///< nothing: no run paid these hours
  Unit unit;
  Day on;  ///< the last day
  sharing::Figures figures;
  std::vector<sharing::Participant> participants;
  std::vector<GivenPay> given;  ///< of those who were given something; by the members' numbers
};

/// The pot, the figures and the members of a run of wages or a settlement, as its rule was given them. Throws
/// Refused: pay_run_unknown, pay_run_impossible (a lapse or an opening: it divides nothing).
Trial trial_of_run(Tx& tx, NodeId node, PayRunNumber number);

/// All approved hours of a period that are to be paid, whether a run collected them or not, at the tariffs of
/// their days in a unit; the pots of the runs of wages in it that live, added up, and what these gave. With a
/// `circle` (its code) only the hours for it, and its runs. Throws Refused: field_invalid (the days),
/// circle_unknown, pay_run_empty (no hours).
Trial trial_of_hours(Tx& tx, NodeId node, Day from, Day to, const Unit& unit, const std::string& circle = {});

}  // namespace coop::pay
