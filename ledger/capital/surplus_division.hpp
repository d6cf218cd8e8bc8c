#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/capital/surplus.hpp"

namespace coop::capital {

/// Divides a surplus (positive) or loss (negative) by the rule. Every division is by largest remainder
/// (ledger/values/split): first among reserve, members and the third part; of the members' part the interest
/// on capital, up to its limit, in proportion to capital; the rest in proportion to the measures. Of that
/// rest the part in cash is divided as a whole by the same measures, so that nobody's cash is rounded alone;
/// who would get more in cash than their patronage gets their patronage, and the next members have the
/// difference. Of the reserve (source) everything goes to the members. Losses have neither interest nor cash.
/// A minor unit that is over goes to the larger remainder, and of equal ones to the member named first:
/// callers name members in the order of their numbers. Throws Refused: field_invalid, if members have a part
/// and no measure is above zero.
Division divided(const SurplusRule& rule, SurplusSource source, std::int64_t amount_minor,
                 const std::vector<SurplusMember>& members);

/// What a member gets, step by step, each figure with what it comes from; amounts at this scale.
std::vector<std::string> explanation_of(const SurplusRule& rule, const Division& division,
                                        const SurplusShare& share, int scale);

/// Hours or purchases from decimal text with at most six decimals, in millionths.
/// Throws Refused: field_invalid, amount_malformed, amount_too_precise, amount_overflow.
std::int64_t measure_from(std::string_view text);
/// "1210.5"
std::string measure_text_of(std::int64_t measure);

}  // namespace coop::capital
