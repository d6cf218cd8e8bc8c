#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/costs/cost_bill.hpp"
#include "ledger/costs/cost_pool.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::costs {

/// A usage; the gap-free number within its node, from 1.
using CostUsageNumber = Id<struct CostUsageKindTag, std::int32_t>;

/// What a participant used from a day to a day, both included.
struct CostUsageDraft {
  std::string pool;         ///< its code
  std::string participant;  ///< as the pool's terms name it
  std::string measure;      ///< as rules name it: minutes, storage, desk_days, income, members
  Day from_on;
  Day until_on;
  std::int64_t millionths;
  std::string source = {};  ///< where it comes from, or empty
};

/// A usage on record. A correction counts as the difference to what it corrects.
struct CostUsage {
  CostUsageNumber number;
  CostUsageDraft is;
  std::optional<CostUsageNumber> corrects;
  bool is_corrected;
  Instant recorded_at;
  std::optional<std::string> recorded_by;
  std::optional<CostAllocationNumber> allocation;  ///< the division that took it
};

/// Refuses, the first in this order, naming the field: name_malformed (measure), field_invalid (the measures
/// "weight" and "fixed", which terms say; a last day before the first; a value below zero; source too long).
/// Fields are named below `at`.
void require_usage_draft(const CostUsageDraft& draft, const std::string& at = {});

/// The name of a measure. Throws Refused: name_malformed.
std::string cost_measure_from(std::string_view text);
/// Reads decimal text with at most six decimals. Throws Refused: field_invalid (below zero),
/// amount_malformed, amount_too_precise, amount_overflow.
std::int64_t millionths_from(std::string_view text);
/// "1210.5"
std::string millionths_text_of(std::int64_t millionths);

}  // namespace coop::costs
