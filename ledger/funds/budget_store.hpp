#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/funds/budget.hpp"

namespace coop::funds {

/// Which budgets are listed.
struct BudgetFilter {
  std::optional<std::string> circle = {};
  std::optional<BudgetNumber> number = {};  ///< only this one
  std::optional<BudgetNumber> before = {};
  std::optional<Day> from_on = {};  ///< those whose time touches this day or a later one
  std::optional<Day> until_on = {};
  std::optional<UnitId> unit = {};
  std::optional<Instant> known_at = {};  ///< as they were then: their revisions too
  std::optional<int> limit = {};
};
/// The newest first, with their revisions and lines.
std::vector<Budget> list_budgets(Tx& tx, NodeId node, const BudgetFilter& filter);
/// The day of an instant where the node is.
Day read_day_of(Tx& tx, NodeId node, Instant instant);
/// True if there is a circle of this code.
bool has_circle(Tx& tx, NodeId node, const std::string& code);
/// Writes a budget after those that there are, without revisions, and answers its number. The head must be
/// locked.
BudgetNumber insert_budget(Tx& tx, NodeId node, const Budget& budget, const books::Author& author);

/// The ids of what a line is about.
struct LineIds {
  std::optional<DimensionId> fund;
  std::optional<DimensionId> cost_object;
};
/// Writes a revision after those that there are, with the ids of its lines in their order, and answers its
/// number. The head must be locked.
int insert_budget_revision(Tx& tx, NodeId node, BudgetNumber budget, const BudgetRevisionDraft& draft,
                           const std::vector<LineIds>& ids, const books::Author& author);

/// From where budgets are looked at.
struct BudgetView {
  Day as_of;                             ///< mandates that are open then
  Day booked_until;                      ///< entries up to this day
  std::optional<Instant> known_at = {};  ///< nothing: everything recorded counts
};
/// What was spent and is committed in a time, by what it is about. Minor units.
struct Spending {
  SpendingAbout about;
  std::int64_t spent_minor;
  std::int64_t committed_minor;
};
/// Reads it in the unit and the time of a budget.
std::vector<Spending> read_spending(Tx& tx, NodeId node, const Budget& budget, const BudgetView& view);

/// How the lines that count on the view's day stand.
std::vector<BudgetLineFigures> read_budget_figures(Tx& tx, NodeId node, const Budget& budget,
                                                   const BudgetView& view);

}  // namespace coop::funds
