#pragma once
#include "ledger/capital/share.hpp"
#include "ledger/capital/surplus.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::test {

/// Shares of a cent from 2020 on, without a limit, which members give on and ask back at once; nothing of
/// them goes to the reserve. Tests change what they are about.
inline capital::ShareClass share_class() {
  return {.code = "member",
          .number = 0,
          .from_on = Day::parse("2020-01-01"),
          .title = "Shares",
          .nominal_minor = 1,
          .lowest_minor = 0,
          .highest_minor = {},
          .withdrawable = capital::Withdrawable::yes,
          .notice_days = 0,
          .is_transferable = true,
          .reserve_millionths = 0,
          .unit = "EUR",
          .capital = "equity:members",
          .reserve = "equity:reserve",
          .receivable = "assets:shares-due",
          .payable = "liabilities:shares",
          .fund = {},
          .decision = "Assembly",
          .unit_id = UnitId{1},
          .recorded_at = {}};
}

/// A surplus or loss from 2020 on, half to an indivisible reserve and half to members by their hours, without
/// interest and without cash. Tests change what they are about.
inline capital::SurplusRule surplus_rule() {
  return {.number = 0,
          .from_on = Day::parse("2020-01-01"),
          .title = "Halves",
          .decision = "Assembly",
          .unit = "EUR",
          .unit_id = UnitId{1},
          .reserve_weight = 1,
          .members_weight = 1,
          .other_weight = 0,
          .loss_reserve_weight = 1,
          .loss_members_weight = 1,
          .patronage = capital::Patronage::hours,
          .interest_millionths = 0,
          .interest_most_millionths = 0,
          .cash_millionths = 0,
          .is_indivisible = true,
          .result = "equity:result",
          .reserve = "equity:reserve",
          .capital = "equity:members",
          .payable = "liabilities:shares",
          .other = {},
          .recorded_at = {}};
}

}  // namespace coop::test
