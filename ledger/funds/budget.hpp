#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::funds {

/// A budget of a node, counted from 1.
using BudgetNumber = Id<struct BudgetKindTag, std::int32_t>;

/// What happens to a mandate, order, pay run or division of costs that goes beyond a budget: the report says
/// so, or it is refused.
enum class BeyondBudget { warns, refuses };
/// "warns" or "refuses"
std::string_view text_of(BeyondBudget beyond);
/// Throws Refused: field_invalid.
BeyondBudget beyond_budget_from(std::string_view text);

/// So much for a fund, a cost object, or what is about both. Minor units of the budget's unit.
struct BudgetLine {
  std::string title;
  std::optional<std::string> fund = {};
  std::optional<std::string> cost_object = {};
  std::int64_t minor;
};

/// The lines of a budget from a day on, as a body decided.
struct BudgetRevisionDraft {
  Day from_on;
  BeyondBudget beyond = BeyondBudget::warns;
  std::vector<BudgetLine> lines;
  std::string decision;
};

/// The same on record, counted from 1 within the budget.
struct BudgetRevision {
  int number;
  BudgetRevisionDraft draft;
  Instant recorded_at;
  std::optional<std::string> recorded_by_name;
};

/// A budget with its revisions, in the order of recording.
struct Budget {
  BudgetNumber number;
  std::string title;
  std::string circle;  ///< or ""
  UnitId unit;
  Day from_on;
  Day until_on;
  Instant recorded_at;
  std::optional<std::string> recorded_by_name;
  std::vector<BudgetRevision> revisions = {};
};

/// The revision that counts on a day: the one with the latest day, of one day the last recorded; before all
/// of them the first.
const BudgetRevision& revision_on(const Budget& budget, Day day);

/// What spending is about, by codes.
struct SpendingAbout {
  std::optional<std::string> fund;
  std::optional<std::string> cost_object;
};
/// The first line that spending fits, counted from 0; nothing if there is none.
std::optional<std::size_t> line_of(const std::vector<BudgetLine>& lines, const SpendingAbout& about);

/// How a line stands. Minor units.
struct BudgetLineFigures {
  BudgetLine line;
  std::int64_t spent_minor = 0;      ///< booked as expense, in the time of the budget
  std::int64_t committed_minor = 0;  ///< open mandates, draws that no entry spends, orders that are not paid
};
/// What is left of a line: budgeted less spent less committed. Negative where it was gone beyond.
std::int64_t left_minor(const BudgetLineFigures& figures);

}  // namespace coop::funds
