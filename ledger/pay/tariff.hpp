#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::pay {

/// The gap-free number of a tariff within its node, from 1.
using TariffNumber = Id<struct TariffKindTag, std::int32_t>;

/// The highest amount an hour, in minor units.
inline constexpr std::int64_t most_an_hour = 1'000'000'000'000;

/// What an hour is worth from a day on, as somebody writes it down.
struct TariffDraft {
  std::string work;                        ///< a kind of work
  std::string circle = {};                 ///< empty: in every circle
  std::string member = {};                 ///< empty: for everybody
  Day from_on;                             ///< the first day of work that it is for
  std::optional<std::int64_t> minor = {};  ///< an hour; nothing: the tariff ends, the next wider one holds
  std::string unit = {};                   ///< its code; empty where the tariff ends
  std::string decision;                    ///< who adopted it, and where that is written down
};

/// A tariff that was recorded. Never changed. The narrowest holds: member and circle, member, circle, all; of
/// one width the one that began last, of one day the last recorded.
struct Tariff {
  TariffNumber number;
  TariffDraft is;
  int scale;  ///< of its unit
  Instant recorded_at;
  std::optional<std::string> recorded_by = {};  ///< the user's name
};

/// Refuses a draft, the first of: field_invalid (amount not above zero or too high; amount without unit or
/// unit without amount), decision_missing, field_invalid (decision too long).
void require_tariff(const TariffDraft& draft);

}  // namespace coop::pay
