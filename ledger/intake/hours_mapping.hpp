#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/statements/hour_rows.hpp"

namespace coop::intake {

/// How a table of hours is read: which column is what, and which codes its words stand for.
struct HoursMapping {
  statements::HourColumns columns = {};
  /// What a cell means, by field and by what it says: {"member", "Ada Lovelace"} is "M0001".
  std::map<std::pair<std::string, std::string>, std::string> codes = {};
  /// What an empty cell means, or one of a column that is not there, by field.
  std::map<std::string, std::string, std::less<>> otherwise = {};
  std::optional<statements::DayOrder> day_order = {};

  /// What a cell of a field means: its code, itself where there is none, what is meant otherwise where it is
  /// empty.
  std::string meant(const std::string& field, const std::string& cell) const;
};

/// Reads rules, each one of "field=Name of the column", "field:what the cell says=code", "field:=code" (an
/// empty cell) and "days=day_month" or "days=month_day". The fields are worked_on, minutes, member, circle,
/// work, intent, cost_object, task, note, id; codes are of member, circle, work, intent, cost_object. Throws
/// Refused: field_invalid, naming the rule.
HoursMapping hours_mapping_from(const std::vector<std::string>& rules);

}  // namespace coop::intake
