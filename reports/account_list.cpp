#include "reports/account_list.hpp"

namespace coop::reports {

namespace {

std::vector<Column> account_columns() {
  return {{"account", "Account", ColumnKind::text, 50},
          {"title", "Title", ColumnKind::text, 40},
          {"type", "Type", ColumnKind::text},
          {"opened_on", "Opened", ColumnKind::day, 0, false},
          {"closed_on", "Closed", ColumnKind::day},
          {"required", "Required", ColumnKind::text, 0, false},
          {"lower_limit", "Lower limit", ColumnKind::amount, 0, false},
          {"upper_limit", "Upper limit", ColumnKind::amount, 0, false},
          {"held_debit", "Held debits", ColumnKind::amount, 0, false},
          {"held_credit", "Held credits", ColumnKind::amount, 0, false},
          {"balance", "Balance", ColumnKind::amount},
          {"unit", "Unit", ColumnKind::text}};
}

std::string required_of(const books::Account& account) {
  std::string kinds;
  for (const books::DimensionKind kind : account.required)
    (kinds += kinds.empty() ? "" : " ") += books::text_of(kind);
  return kinds;
}

TableRow row_of(const books::AccountLine& line) {
  const books::Account& account = line.account;
  const auto amount = [&](const std::optional<std::int64_t>& minor) {
    return minor ? Cell{Amount{*minor, line.scale, line.unit_code}} : Cell{};
  };
  return {RowKind::line,
          0,
          {account.path, account.title, std::string{books::text_of(account.type)}, account.opened_on,
           account.closed_on ? Cell{*account.closed_on} : Cell{}, required_of(account),
           amount(account.limits.lower), amount(account.limits.upper), amount(line.held_debit_minor),
           amount(line.held_credit_minor), amount(line.balance_minor), line.unit_code}};
}

}  // namespace

Table table_of_accounts(const ReportNode& node, const Viewpoint& viewpoint,
                        const std::vector<books::AccountLine>& accounts,
                        const std::optional<std::string>& next) {
  Table table{"accounts", "Accounts", {}, account_columns(), {}, next};
  add_node(table, node);
  add_viewpoint(table, viewpoint);
  add_signs(table, "debits are positive");
  for (const books::AccountLine& line : accounts) table.rows.push_back(row_of(line));
  return table;
}

}  // namespace coop::reports
