#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/capital/surplus.hpp"
#include "ledger/sharing/sharing_rule.hpp"
#include "ledger/values/unit.hpp"

namespace coop::capital {

/// The weights of a rule for surplus as a rule of sharing: the pot is divided into "reserve", "members" and
/// "other"; of "members" the interest on capital is paid from "interest", up to its limit, the rest as
/// patronage by the measures, a part of it in cash. Of the reserve (source) everything goes to the members. A
/// loss has neither interest nor cash.
sharing::SharingRule steps_of(const SurplusRule& rule, SurplusSource source, bool is_loss);

/// Refuses a rule of sharing that cannot divide a surplus, naming `field`: field_invalid, if it asks for
/// anything but the measure of the patronage and "capital"; if a loss is not divided by it; if it puts
/// something aside in a pot besides the reserve that has no account, or in several.
void require_surplus_steps(const SurplusRule& rule, const sharing::SharingRule& steps, bool is_loss,
                           const std::string& field);

/// Divides a surplus (positive) or loss (negative) by a rule of sharing. Each member has the measures
/// "capital" (in whole units) and the patronage's, "hours" or "purchases"; hours are a sixtieth of the
/// minutes, exactly, where there are any. What is left in the pot "reserve" is the reserve's; what is left in
/// the only other pot that the rule fills and does not divide ("other", "education") the third part; what the
/// pot "interest" pays is interest, all else patronage. Members come in the order in which ties are decided,
/// whatever the order they are given in. Throws Refused: field_invalid, if something is left for nobody (no
/// measure is above zero), and what sharing::divide refuses.
Division divided(const SurplusRule& rule, const sharing::SharingRule& steps, const Unit& unit,
                 std::int64_t amount_minor, const std::vector<SurplusMember>& members);

/// A member who takes part by approved minutes; nothing in the capital account yet.
SurplusMember member_by_minutes(std::string member, std::int64_t minutes);

/// Hours or purchases from decimal text with at most six decimals, in millionths.
/// Throws Refused: field_invalid, amount_malformed, amount_too_precise, amount_overflow.
std::int64_t measure_from(std::string_view text);
/// "1210.5"
std::string measure_text_of(std::int64_t measure);

}  // namespace coop::capital
