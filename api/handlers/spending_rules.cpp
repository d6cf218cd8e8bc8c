#include "api/handlers/fund_forms.hpp"
#include "api/handlers/fund_handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/member_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/funds/spending_rule_service.hpp"
#include "ledger/funds/spending_rule_store.hpp"
#include "reports/fund_tables.hpp"

namespace coop::api {

namespace {

using funds::SpendingRule;

constexpr int spending_rules_at_once = 500;

int rule_after(const Call& call, const Page& page) {
  if (!page.cursor) return 0;
  return static_cast<int>(OpenedCursor{call.list_name(), *page.cursor}.number());
}

void add_rule_place(Cursor& place, const SpendingRule& last) { place.add(std::int64_t{last.number}); }

}  // namespace

Answer list_spending_rules(const Call& call, Services& services) {
  const Page page = call.page();
  const auto read = [&call](Tx& tx, const Page& asked) {
    return funds::read_spending_rules(tx, call.node().id,
                                      funds::SpendingRulePage{rule_after(call, asked), asked.limit + 1});
  };
  if (format_of(call) == Format::json)
    return page_answer(
        call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
        [&](JsonWriter& out, const SpendingRule& one) { write_spending_rule(out, one, services.units); },
        add_rule_place);
  return list_answer(call, services, page, spending_rules_at_once,
                     [read, &call, &services](Tx& tx, const Page& asked) {
                       auto listed = read(tx, asked);
                       const auto next = cut_to_page(call, asked, listed, add_rule_place);
                       return reports::table_of_spending_rules(
                           reports::read_report_node(tx, call.node().id), listed,
                           [&](UnitId id) { return services.units.of(id); }, next);
                     });
}

Answer adopt_spending_rule(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const auto draft = spending_rule_from(JsonValue{body}, services.units);
  const SpendingRule rule = funds::adopt_spending_rule(tx, call.node().id, draft, call.author());
  JsonWriter out;
  write_spending_rule(out, rule, services.units);
  return created(out.take(), call.request.path);
}

}  // namespace coop::api
