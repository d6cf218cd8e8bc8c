#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/funds/budget.hpp"
#include "ledger/funds/budget_store.hpp"

namespace coop::funds {

/// What is planned for a time. Amounts are minor units of the unit.
struct BudgetDraft {
  std::string title;
  std::optional<std::string> circle = {};
  UnitId unit;
  Day from_on;
  Day until_on;
  BudgetRevisionDraft first;
};
/// Records a budget with its first lines. Throws Refused, the first of: field_invalid (title), day_malformed
/// (it ends before it begins), circle_unknown, and what revise_budget() refuses of its lines, naming the
/// field.
Budget adopt_budget(Tx& tx, NodeId node, const BudgetDraft& draft, const books::Author& author);
/// Records other lines of a budget from a day on. Throws Refused, the first of: budget_unknown,
/// field_invalid (decision; no line, or more than 200; a title; an amount below zero), field_missing (a line
/// about no fund and no cost object), dimension_unknown, naming the field.
Budget revise_budget(Tx& tx, NodeId node, BudgetNumber number, const BudgetRevisionDraft& draft,
                     const books::Author& author);
/// The budget. Throws Refused: budget_unknown.
Budget read_budget(Tx& tx, NodeId node, BudgetNumber number);

/// Refuses entries that are not booked yet, all of one day, whose expenses are more than a budget has left
/// that refuses it: what they add up to by fund and cost object, what they take back first. The head must be
/// locked. Throws Refused: budget_exceeded at `field`.
void require_budgets_bear(Tx& tx, NodeId node, std::span<const books::Draft> entries, Instant now,
                          const std::string& field);

/// Spending that is asked for.
struct PlannedSpending {
  SpendingAbout about;
  UnitId unit;
  std::int64_t minor;
  Day from_on;
  Day until_on;
};
/// What budgets have left, with what was asked for before: for everything that one request asks for. The head
/// must be locked.
class BudgetsLeft {
 public:
  /// `today` is the day where the node is.
  BudgetsLeft(Tx& tx, NodeId node, Day today) : tx_{tx}, node_{node}, today_{today} {}
  /// Takes the spending off the lines that it fits, of every budget whose time it touches; below zero it
  /// gives back. Throws Refused: budget_exceeded at `field`, where such a budget refuses what is beyond it.
  void take(const PlannedSpending& spending, const std::string& field);

 private:
  struct Known {
    Budget budget;
    std::vector<BudgetLineFigures> lines;
  };
  /// The budgets whose time the spending touches, the newest first: asked for once.
  const std::vector<int>& touched_by(const PlannedSpending& spending);

  Tx& tx_;
  NodeId node_;
  Day today_;
  std::map<int, Known> known_;
  std::map<std::tuple<UnitId, Day, Day>, std::vector<int>> touched_;
};

}  // namespace coop::funds
