#include "ledger/funds/budget_service.hpp"

#include <map>
#include <tuple>
#include <utility>

#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/said_words.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {

namespace {

constexpr std::size_t most_budget_lines = 200;

std::optional<DimensionId> id_of_code(Tx& tx, NodeId node, books::DimensionKind kind,
                                      const std::optional<std::string>& code, const std::string& place) {
  if (!code) return std::nullopt;
  const auto found = find_dimension(tx, node, kind, *code);
  if (found) return found->id;
  const std::string name{books::text_of(kind)};
  throw Refused{Refusal::dimension_unknown, "there is no " + name + " " + *code, place + "/" + name};
}

std::vector<LineIds> require_lines(Tx& tx, NodeId node, const BudgetRevisionDraft& draft) {
  require_said(draft.decision, 500, "/decision");
  if (draft.lines.empty() || draft.lines.size() > most_budget_lines)
    throw Refused{Refusal::field_invalid, "a budget has 1 to 200 lines", "/lines"};
  std::vector<LineIds> ids;
  for (std::size_t i = 0; i < draft.lines.size(); ++i) {
    const BudgetLine& line = draft.lines[i];
    const std::string place = "/lines/" + std::to_string(i);
    require_said(line.title, 200, place + "/title");
    if (line.minor < 0)
      throw Refused{Refusal::field_invalid, "what is planned is not below zero", place + "/amount"};
    if (!line.fund && !line.cost_object)
      throw Refused{Refusal::field_missing, "a line is about a fund, a cost object, or both",
                    place + "/fund"};
    ids.push_back({id_of_code(tx, node, books::DimensionKind::fund, line.fund, place),
                   id_of_code(tx, node, books::DimensionKind::cost_object, line.cost_object, place)});
  }
  return ids;
}

Budget record_revision(Tx& tx, NodeId node, BudgetNumber number, const BudgetRevisionDraft& draft,
                       const std::vector<LineIds>& ids, const books::Author& author) {
  const int revision = insert_budget_revision(tx, node, number, draft, ids, author);
  books::tell(tx, node, author, "budget_adopted", {{"budget", number.number()}, {"revision", revision}});
  return read_budget(tx, node, number);
}

int scale_of(Tx& tx, UnitId unit) {
  for (const books::ListedUnit& listed : books::read_units(tx))
    if (listed.unit.id == unit) return listed.unit.scale;
  throw InvariantBroken{"a budget has a unit that there is"};
}

using SpentByCodes =
    std::map<std::tuple<UnitId, std::optional<std::string>, std::optional<std::string>>, std::int64_t>;

// Expenses by unit, fund and cost object; what is about neither counts in no budget.
SpentByCodes spent_by(Tx& tx, NodeId node, std::span<const books::Draft> entries) {
  std::map<std::pair<std::string, UnitId>, bool> is_expense;
  const auto costs = [&](const std::string& path, UnitId unit) {
    const auto [found, is_new] = is_expense.try_emplace({path, unit}, false);
    if (is_new)
      for (const books::Account& account : books::find_accounts(tx, node, path))
        if (account.unit == unit) found->second = account.type == books::AccountType::expense;
    return found->second;
  };
  SpentByCodes spent;
  for (const books::Draft& entry : entries)
    for (const books::DraftPosting& posting : entry.postings) {
      const auto& fund = posting.about[static_cast<std::size_t>(books::DimensionKind::fund)];
      const auto& object = posting.about[static_cast<std::size_t>(books::DimensionKind::cost_object)];
      if ((!fund && !object) || !costs(posting.account, posting.amount.unit())) continue;
      auto& sum = spent.try_emplace({posting.amount.unit(), fund, object}, 0).first->second;
      sum = checked_add(sum, posting.amount.minor());
    }
  return spent;
}

}  // namespace

void require_budgets_bear(Tx& tx, NodeId node, std::span<const books::Draft> entries, Instant now,
                          const std::string& field) {
  if (entries.empty()) return;
  const Day day = entries.front().booked_on;
  if (list_budgets(tx, node, {.from_on = day, .until_on = day, .limit = 1}).empty()) return;
  const SpentByCodes spent = spent_by(tx, node, entries);
  BudgetsLeft left{tx, node, read_day_of(tx, node, now)};
  for (const bool gives_back : {true, false})
    for (const auto& [about, minor] : spent) {
      const auto& [unit, fund, object] = about;
      if (minor != 0 && (minor < 0) == gives_back) left.take({{fund, object}, unit, minor, day, day}, field);
    }
}

Budget adopt_budget(Tx& tx, NodeId node, const BudgetDraft& draft, const books::Author& author) {
  books::lock_book_head(tx, node);
  require_said(draft.title, 200, "/title");
  if (draft.until_on < draft.from_on)
    throw Refused{Refusal::day_malformed, "its last day is before its first", "/until_on"};
  if (draft.circle && !has_circle(tx, node, *draft.circle))
    throw Refused{Refusal::circle_unknown, "there is no circle " + *draft.circle, "/circle"};
  const std::vector<LineIds> ids = require_lines(tx, node, draft.first);
  const BudgetNumber number =
      insert_budget(tx, node,
                    {BudgetNumber{1}, draft.title, draft.circle.value_or(""), draft.unit, draft.from_on,
                     draft.until_on, author.now, std::nullopt},
                    author);
  return record_revision(tx, node, number, draft.first, ids, author);
}

Budget revise_budget(Tx& tx, NodeId node, BudgetNumber number, const BudgetRevisionDraft& draft,
                     const books::Author& author) {
  books::lock_book_head(tx, node);
  read_budget(tx, node, number);
  return record_revision(tx, node, number, draft, require_lines(tx, node, draft), author);
}

Budget read_budget(Tx& tx, NodeId node, BudgetNumber number) {
  std::vector<Budget> found = list_budgets(tx, node, {.number = number});
  if (!found.empty()) return std::move(found.front());
  throw Refused{Refusal::budget_unknown, "there is no budget " + std::to_string(number.number())};
}

const std::vector<int>& BudgetsLeft::touched_by(const PlannedSpending& spending) {
  const auto [found, is_new] = touched_.try_emplace({spending.unit, spending.from_on, spending.until_on});
  if (!is_new) return found->second;
  for (Budget& budget : list_budgets(
           tx_, node_, {.from_on = spending.from_on, .until_on = spending.until_on, .unit = spending.unit})) {
    const int number = budget.number.number();
    found->second.push_back(number);
    if (known_.contains(number)) continue;
    // Entries of days to come are spent, too.
    auto lines = read_budget_figures(tx_, node_, budget, {today_, budget.until_on, {}});
    known_.emplace(number, Known{std::move(budget), std::move(lines)});
  }
  return found->second;
}

void BudgetsLeft::take(const PlannedSpending& spending, const std::string& field) {
  for (const int number : touched_by(spending)) {
    Known& known = known_.at(number);
    const BudgetRevisionDraft& revision = revision_on(known.budget, today_).draft;
    const auto place = line_of(revision.lines, spending.about);
    if (!place) continue;
    BudgetLineFigures& line = known.lines[*place];
    if (revision.beyond == BeyondBudget::refuses && spending.minor > 0 && spending.minor > left_minor(line)) {
      const int scale = scale_of(tx_, spending.unit);
      const auto text = [&](std::int64_t minor) { return text_from_minor(minor, scale); };
      throw Refused{Refusal::budget_exceeded,
                    "budget " + std::to_string(known.budget.number.number()) + ", " + line.line.title + ": " +
                        text(left_minor(line)) + " are left: " + text(line.line.minor) + " less " +
                        text(line.spent_minor) + " spent, less " + text(line.committed_minor) + " committed",
                    field};
    }
    line.committed_minor = checked_add(line.committed_minor, spending.minor);
  }
}

}  // namespace coop::funds
