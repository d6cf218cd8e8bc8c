#include "reports/disbursement_tables.hpp"

#include "ledger/values/euro.hpp"

namespace coop::reports {

namespace {

Amount sum_in_euros(std::int64_t minor) { return {minor, euro_scale, "EUR"}; }

}  // namespace

Table table_of_disbursements(const ReportNode& node,
                             const std::vector<disbursements::DisbursementSummary>& listed,
                             const std::optional<std::string>& next) {
  Table table{"disbursements", "Payments that leave", {}, {}, {}, next};
  table.columns = {{"number", "No.", ColumnKind::number},    {"requested_on", "To be paid", ColumnKind::day},
                   {"state", "Stands", ColumnKind::text},    {"title", "Title", ColumnKind::text, 40},
                   {"orders", "Orders", ColumnKind::number}, {"amount", "Amount", ColumnKind::amount},
                   {"unit", "Unit", ColumnKind::text},       {"account", "From", ColumnKind::text},
                   {"message_id", "File", ColumnKind::text}, {"file_hash", "SHA-256", ColumnKind::text, 12}};
  add_node(table, node);
  for (const disbursements::DisbursementSummary& one : listed)
    table.rows.push_back(
        {RowKind::line,
         0,
         {std::int64_t{one.number.number()}, one.requested_on, std::string{disbursements::text_of(one.state)},
          one.title, one.orders, sum_in_euros(one.minor), std::string{"EUR"}, one.account, one.message_id,
          text_or_none(one.file_hash)}});
  return table;
}

Table table_of_orders(const ReportNode& node, const std::vector<disbursements::ListedOrder>& listed,
                      bool sees_profiles, const std::optional<std::string>& next) {
  Table table{"disbursement_orders", "Orders to be paid", {}, {}, {}, next};
  table.columns = {{"disbursement", "File", ColumnKind::number}, {"order", "Order", ColumnKind::number}};
  if (sees_profiles) {
    table.columns.push_back({"name", "Payee", ColumnKind::text, 40});
    table.columns.push_back({"iban", "IBAN", ColumnKind::text});
  }
  for (const Column& column :
       {Column{"member", "Member", ColumnKind::text}, Column{"requested_on", "To be paid", ColumnKind::day},
        Column{"state", "Stands", ColumnKind::text}, Column{"amount", "Amount", ColumnKind::amount},
        Column{"unit", "Unit", ColumnKind::text}, Column{"purpose", "Purpose", ColumnKind::text},
        Column{"account", "Settles", ColumnKind::text}, Column{"source", "Rests on", ColumnKind::text, 40},
        Column{"title", "Title", ColumnKind::text, 40}, Column{"return_code", "Code", ColumnKind::text},
        Column{"end_to_end_id", "Id", ColumnKind::text}})
    table.columns.push_back(column);
  add_node(table, node);
  for (const disbursements::ListedOrder& one : listed) {
    std::vector<Cell> cells{std::int64_t{one.disbursement.number()}, std::int64_t{one.order}};
    if (sees_profiles) {
      cells.push_back(one.name ? Cell{*one.name} : Cell{std::string{"(erased)"}});
      cells.push_back(one.iban ? Cell{*one.iban} : Cell{});
    }
    cells.insert(
        cells.end(),
        {text_or_none(one.member), one.requested_on, std::string{disbursements::text_of(one.state)},
         sum_in_euros(one.minor), std::string{"EUR"}, std::string{disbursements::text_of(one.purpose)},
         one.account, text_or_none(one.source), one.title, text_or_none(one.return_code), one.end_to_end_id});
    table.rows.push_back({RowKind::line, 0, std::move(cells)});
  }
  return table;
}

}  // namespace coop::reports
