#include "ledger/proof/division_check.hpp"

#include <algorithm>

#include "ledger/capital/surplus_division.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::proof {

namespace {

bool is_same_share(const capital::SurplusShare& a, const capital::SurplusShare& b) {
  return a.of.member == b.of.member && a.interest_minor == b.interest_minor &&
         a.patronage_minor == b.patronage_minor && a.cash_minor == b.cash_minor;
}

capital::Division divided_anew(const KeptDivision& kept) {
  const capital::SurplusRule rule{.number = 0,
                                  .from_on = Day::parse("2000-01-01"),
                                  .title = {},
                                  .decision = {},
                                  .unit = kept.unit,
                                  .unit_id = UnitId{1},
                                  .reserve_weight = 0,
                                  .members_weight = 0,
                                  .other_weight = 0,
                                  .loss_reserve_weight = 0,
                                  .loss_members_weight = 0,
                                  .patronage = capital::patronage_from(kept.patronage),
                                  .interest_millionths = 0,
                                  .interest_most_millionths = 0,
                                  .cash_millionths = 0,
                                  .is_indivisible = true,
                                  .result = {},
                                  .reserve = {},
                                  .capital = {},
                                  .payable = {},
                                  .other = {},
                                  .recorded_at = {}};
  std::vector<capital::SurplusMember> members;
  for (const capital::SurplusShare& share : kept.shares) members.push_back(share.of);
  return capital::divided(rule, sharing::sharing_rule_from_text(kept.steps),
                          {UnitId{1}, kept.unit, kept.scale}, kept.amount_minor, members);
}

}  // namespace

std::optional<std::string> fault_of(const KeptDivision& kept) {
  const std::string run = "run " + std::to_string(kept.run) + " of a surplus: ";
  try {
    const capital::Division anew = divided_anew(kept);
    if (anew.reserve_minor == kept.reserve_minor && anew.other_minor == kept.other_minor &&
        std::ranges::equal(anew.shares, kept.shares, is_same_share))
      return std::nullopt;
  } catch (const Refused& refused) {
    return run + "its rule cannot divide it anew: " + refused.detail();
  }
  return run + "its rule gives something else, dividing it anew";
}

}  // namespace coop::proof
