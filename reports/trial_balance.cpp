#include "reports/trial_balance.hpp"

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/figures.hpp"

namespace coop::reports {

namespace {

void require_query(const TrialBalanceQuery& query) {
  require_depth(query.depth);
  if (!query.days.empty()) require_columns(query.days.size());
  if (!query.from_on) return;
  if (query.days.size() > 1) {
    throw Refused{Refusal::field_invalid, "what was booked from a day on is shown for one day only", "/from"};
  }
  if (!query.days.empty() && query.days.front() < *query.from_on) {
    throw Refused{Refusal::day_malformed, "the first day is after the last", "/from"};
  }
}

// What grouping adds up: first the balances, then, with from_on, opening, debit and credit.
constexpr std::size_t more_columns = 3;

void append_movement(std::vector<UnitFigures>& parts, const TurnoverByAccount& turnovers) {
  for (UnitFigures& part : parts) {
    for (AccountFigures& figures : part.accounts) {
      const auto found = turnovers.find(figures.account.id);
      const Turnover turnover = found == turnovers.end() ? Turnover{} : found->second;
      const std::int64_t opening = checked_add(figures.minor.front(), -turnover.balance_minor());
      figures.minor.insert(figures.minor.end(), {opening, turnover.debit_minor, turnover.credit_minor});
    }
  }
}

TrialBalanceRow row_of(AccountFigures figures, bool moved) {
  const std::vector<std::int64_t>& minor = figures.minor;
  ReportAccount& account = figures.account;
  const std::size_t days = minor.size() - (moved ? more_columns : 0);
  TrialBalanceRow row{std::move(account.path), std::move(account.title), account.type, 0, {}, {}};
  row.balance_minor.assign(minor.begin(), minor.begin() + static_cast<std::ptrdiff_t>(days));
  if (moved) {
    row.opening_minor = minor[days];
    row.turnover = Turnover{minor[days + 1], minor[days + 2]};
  }
  return row;
}

void add_to_totals(TrialBalancePart& part, const TrialBalanceRow& row) {
  part.turnover = part.turnover + row.turnover;
  part.totals.resize(row.balance_minor.size());
  for (std::size_t i = 0; i < row.balance_minor.size(); ++i) {
    const std::int64_t balance = row.balance_minor[i];
    part.totals[i] =
        part.totals[i] + Turnover{std::max<std::int64_t>(balance, 0), std::max<std::int64_t>(-balance, 0)};
  }
}

}  // namespace

bool TrialBalance::whole() const {
  const AccountFilter& accounts = query.accounts;
  const bool every_posting =
      std::none_of(query.about.begin(), query.about.end(), [](const auto& c) { return c.has_value(); });
  return every_posting && !accounts.prefix && accounts.types.empty() && !accounts.open_on;
}

TrialBalance read_trial_balance(Tx& tx, NodeId node, const TrialBalanceQuery& query) {
  require_query(query);
  const About about = read_about(tx, node, query.about);
  const auto last = read_last_known(tx, node, query.known_at);
  const std::vector<Day> days = query.days.empty() ? std::vector{end_of_days()} : query.days;
  std::vector<UnitFigures> figures = read_figures(tx, node, query.accounts, about, days, last);
  if (query.from_on) {
    const AccountIds ids = ids_of(read_report_accounts(tx, node, query.accounts), query.accounts);
    append_movement(figures, read_turnovers(tx, node, ids, about, *query.from_on, days.front(), last));
  }
  TrialBalance report{read_report_node(tx, node), query, {}};
  for (UnitFigures& unit : figures) {
    TrialBalancePart part{unit.unit, unit.scale, {}, {}, std::vector<Turnover>(days.size())};
    if (query.depth) unit.accounts = grouped(unit.accounts, *query.depth);
    part.rows.reserve(unit.accounts.size());
    for (AccountFigures& account : unit.accounts) {
      if (!query.zero_rows && all_zero(account.minor)) continue;
      part.rows.push_back(row_of(std::move(account), query.from_on.has_value()));
      add_to_totals(part, part.rows.back());
    }
    if (!part.rows.empty()) report.parts.push_back(std::move(part));
  }
  return report;
}

}  // namespace coop::reports
