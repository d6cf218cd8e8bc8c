#include "api/handlers/handlers.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "reports/balance_sheet.hpp"
#include "reports/dimension_statement.hpp"
#include "reports/general_ledger.hpp"
#include "reports/income_statement.hpp"
#include "reports/journal.hpp"
#include "reports/trial_balance.hpp"

namespace coop::api {

namespace {

constexpr int ledger_lines_at_once = 1'000;

template <class Read>
Answer read_report(const Call& call, Services& services, const Read& read) {
  const Format format = format_of(call);
  return table_answer(services.database.in_snapshot([&](Tx& tx) { return reports::table_of(read(tx)); }),
                      format);
}

/// The periods of ?periods= (commas between), else the one of period_of().
std::vector<Period> periods_of(const Call& call) {
  std::vector<Period> periods;
  const auto texts = call.query_list("periods");
  if (texts.empty()) return {period_of(call)};
  if (call.query("from") || call.query("to") || call.query("as_of"))
    throw Refused{Refusal::field_invalid, "give `periods` or `from` and `to`, not both", "?periods"};
  call.query_parsed("periods", [&](std::string_view) {
    for (const std::string& text : texts) periods.push_back(Period::parse(text));
    return true;
  });
  return periods;
}

}  // namespace

Answer report_trial_balance(const Call& call, Services& services) {
  reports::TrialBalanceQuery query;
  query.days = days_of(call);
  query.from_on = call.query_day("from");
  query.known_at = call.query_instant("known_at");
  query.accounts = account_filter_of(call);
  query.about = about_of(call);
  query.depth = depth_of(call);
  query.zero_rows = call.query_truth("zero_rows", false);
  return read_report(call, services,
                     [&](Tx& tx) { return reports::read_trial_balance(tx, call.node().id, query); });
}

Answer report_balance_sheet(const Call& call, Services& services) {
  reports::BalanceSheetQuery query{days_of(call)};
  if (query.days.empty()) query.days = {today_of(call)};
  query.known_at = call.query_instant("known_at");
  query.unit = call.query_text("unit");
  query.about = about_of(call);
  query.depth = depth_of(call);
  query.zero_rows = call.query_truth("zero_rows", false);
  return read_report(call, services,
                     [&](Tx& tx) { return reports::read_balance_sheet(tx, call.node().id, query); });
}

Answer report_income_statement(const Call& call, Services& services) {
  reports::IncomeStatementQuery query{periods_of(call)};
  query.known_at = call.query_instant("known_at");
  query.unit = call.query_text("unit");
  query.about = about_of(call);
  query.depth = depth_of(call);
  query.zero_rows = call.query_truth("zero_rows", false);
  return read_report(call, services,
                     [&](Tx& tx) { return reports::read_income_statement(tx, call.node().id, query); });
}

Answer report_general_ledger(const Call& call, Services& services) {
  const Period period = period_of(call);
  const reports::GeneralLedgerQuery query{period.first(), period.last(), call.query_instant("known_at"),
                                          account_filter_of(call), about_of(call)};
  const Page page = call.page(500);
  if (format_of(call) != Format::csv || asks_for_page(call)) {
    return list_answer(call, services, page, ledger_lines_at_once, [&](Tx& tx, const Page& asked) {
      reports::GeneralLedger ledger{tx, call.node().id, query, asked.cursor};
      const auto blocks = ledger.next(tx, asked.limit);
      return reports::table_of(ledger, blocks);
    });
  }
  services.database.in_snapshot([&](Tx& tx) { reports::GeneralLedger{tx, call.node().id, query}; });
  return streamed("text/csv; charset=utf-8; header=present",
                  [&call, &services, query](const WritePiece& write) {
                    services.database.in_snapshot([&](Tx& tx) {
                      reports::GeneralLedger ledger{tx, call.node().id, query};
                      bool is_first = true;
                      for (auto blocks = ledger.next(tx, ledger_lines_at_once); !blocks.empty() || is_first;
                           blocks = ledger.next(tx, ledger_lines_at_once)) {
                        if (!write(reports::csv_text(reports::table_of(ledger, blocks), is_first))) return;
                        is_first = false;
                      }
                    });
                  });
}

Answer report_journal(const Call& call, Services& services) {
  const auto filter = entry_filter_of(call, services);
  const auto order = entry_order_of(call);
  return journal_answer(call, services, filter, order);
}

Answer report_dimensions(const Call& call, Services& services) {
  call.require_query("kind");
  const auto kind = call.query_parsed("kind", books::dimension_kind_from);
  const auto side = call.query("side") ? call.query_parsed("side", reports::dimension_side_from)
                                       : reports::usual_side(kind);
  const reports::DimensionStatementQuery query{kind,
                                               period_of(call),
                                               side,
                                               call.query_instant("known_at"),
                                               call.query_text("unit"),
                                               path_of(call, "prefix")};
  return read_report(call, services,
                     [&](Tx& tx) { return reports::read_dimension_statement(tx, call.node().id, query); });
}

}  // namespace coop::api
