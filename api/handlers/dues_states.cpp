#include <algorithm>

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/dues_state_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/reference_forms.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/dues/dues_state_store.hpp"
#include "ledger/dues/payee_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"
#include "reports/arrears.hpp"

namespace coop::api {

namespace {

dues::DuesMoment moment_of(const Call& call) {
  const Moment moment = call.moment();
  return {moment.as_of.value_or(today_of(call)), moment.known_at};
}

// Until when each membership is covered that has dues here.
void write_coverage(JsonWriter& out, const std::vector<dues::ChargeState>& charges, PartyId member) {
  std::vector<MembershipId> memberships;
  for (const dues::ChargeState& state : charges) {
    const auto& id = state.charge.membership;
    if (state.charge.member == member && id && std::ranges::find(memberships, *id) == memberships.end())
      memberships.push_back(*id);
  }
  std::ranges::sort(memberships);
  out.array("coverage");
  for (const MembershipId id : memberships)
    out.open().field("membership", id).field("covered_until", dues::covered_until(charges, id)).close();
  out.end_array();
}

std::string member_dues_json(const Call& call, const members::Party& party, const dues::DuesMoment& moment,
                             const dues::DuesState& state, const NationalKind& national,
                             UnitDirectory& units) {
  JsonWriter out;
  out.open().field("member", party.number);
  write_references(out, party.number, national);
  out.field("as_of", moment.as_of).field("known_at", moment.known_at);
  out.array("balances");
  for (const auto& [key, debtor] : state.debtors) {
    if (key.first != party.id) continue;
    out.open();
    write_debtor(out, debtor, units.of(key.second));
    out.close();
  }
  out.end_array();
  write_coverage(out, state.charges, party.id);
  out.name("next_due");
  const dues::ChargeState* next = dues::next_due(state.charges, party.id, moment.as_of);
  if (next) write_charge_state(out, *next, units.of(next->charge.unit));
  else out.value(std::nullopt);
  out.array("open_charges");
  for (const dues::ChargeState& charge : state.charges)
    if (charge.charge.debtor == party.id && charge.open_minor > 0)
      write_charge_state(out, charge, units.of(charge.charge.unit));
  out.end_array().field("node", call.node().name).close();
  return out.take();
}

reports::ArrearsFilter arrears_filter_of(const Call& call, Services& services) {
  reports::ArrearsFilter filter;
  filter.overdue_only = call.query_truth("overdue_only", false);
  if (const auto days = call.query_number("overdue_days", 1, 36'600))
    filter.overdue_days = static_cast<int>(*days);
  if (call.query("unit"))
    filter.unit =
        call.query_parsed("unit", [&](std::string_view code) { return services.units.require(code).id; });
  filter.sees_names = call.may(access::Action::read_profiles);
  return filter;
}

// Where a page of the list begins.
std::optional<std::pair<std::string, UnitId>> arrears_after(const Call& call, const Page& page) {
  if (!page.cursor) return std::nullopt;
  OpenedCursor cursor{call.list_name(), *page.cursor};
  std::string number = cursor.string();
  return std::pair{std::move(number), UnitId{static_cast<std::int32_t>(cursor.number())}};
}

void add_arrears_place(Cursor& place, const reports::DebtorRow& last) {
  place.add(last.number).add(std::int64_t{last.unit.id.number()});
}

Answer arrears_json(const Call& call, const Page& page, reports::ArrearsReport report, bool sees_names) {
  const auto next = cut_to_page(call, page, report.rows, add_arrears_place);
  JsonWriter out;
  out.open().array("items");
  for (const reports::DebtorRow& row : report.rows) {
    out.open().field("member", row.number);
    if (sees_names) out.field("name", row.name);
    write_debtor(out, row.state, row.unit);
    out.close();
  }
  out.end_array().array("totals");
  for (const reports::ArrearsTotal& total : report.totals) {
    out.open().field("debtors", total.debtors);
    write_debtor(out, total.state, total.unit);
    out.close();
  }
  out.end_array().field("next", next).close();
  return ok(out.take());
}

}  // namespace

Answer show_member_dues(const Call& call, Services& services) {
  const dues::DuesMoment moment = moment_of(call);
  return ok(services.database.in_snapshot([&](Tx& tx) {
    const NodeId node = call.node().id;
    const members::Party party = members::read_party(tx, node, call.path_value("member"));
    const auto debtors = dues::read_debtors_for(tx, node, party.id);
    const dues::DuesState state =
        dues::state_of(dues::read_dues_facts(tx, node, moment, debtors), moment.as_of);
    const NationalKind national = dues::national_kind_of(dues::read_payee(tx, node));
    return member_dues_json(call, party, moment, state, national, services.units);
  }));
}

Answer list_arrears(const Call& call, Services& services) {
  constexpr int debtors_at_once = 1'000'000;  // what is read of all of them, once
  const dues::DuesMoment moment = moment_of(call);
  const reports::ArrearsFilter filter = arrears_filter_of(call, services);
  const auto read = [&call, moment, filter](Tx& tx, const Page& page) {
    reports::ArrearsReport report = reports::read_arrears(tx, call.node().id, moment, filter);
    if (const auto after = arrears_after(call, page))
      std::erase_if(report.rows, [&](const reports::DebtorRow& row) {
        return std::pair{row.number, row.unit.id} <= *after;
      });
    return report;
  };
  const Page page = call.page();
  if (format_of(call) == Format::json)
    return arrears_json(call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
                        filter.sees_names);
  return list_answer(
      call, services, page, debtors_at_once, [&call, read, moment, filter](Tx& tx, const Page& asked) {
        reports::ArrearsReport report = read(tx, asked);
        const auto next = cut_to_page(call, asked, report.rows, add_arrears_place);
        return reports::table_of_arrears(reports::read_report_node(tx, call.node().id),
                                         {moment.as_of, moment.known_at}, report, filter.sees_names, next);
      });
}

}  // namespace coop::api
