#include <algorithm>

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/dues_state_forms.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/dues/dues_state_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"

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
                             const dues::DuesState& state, UnitDirectory& units) {
  JsonWriter out;
  out.open().field("member", party.number).field("as_of", moment.as_of).field("known_at", moment.known_at);
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

// A debtor in a unit, as the list of arrears shows it.
struct Arrears {
  std::string number;
  UnitId unit;
  dues::DebtorState state;
};

std::vector<Arrears> read_arrears(Tx& tx, NodeId node, const dues::DuesMoment& moment, bool overdue_only) {
  const dues::DuesState state = dues::state_of(dues::read_dues_facts(tx, node, moment), moment.as_of);
  const auto numbers = members::read_party_numbers(tx, node);
  std::vector<Arrears> arrears;
  for (const auto& [key, debtor] : state.debtors) {
    const bool is_shown =
        overdue_only ? debtor.overdue_since.has_value() : debtor.open_minor != 0 || debtor.credit_minor != 0;
    if (is_shown) arrears.push_back({numbers.at(key.first), key.second, debtor});
  }
  std::ranges::sort(arrears, {}, [](const Arrears& one) { return std::pair{one.number, one.unit}; });
  return arrears;
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
    return member_dues_json(call, party, moment, state, services.units);
  }));
}

Answer list_arrears(const Call& call, Services& services) {
  const dues::DuesMoment moment = moment_of(call);
  const bool overdue_only = call.query_truth("overdue_only", false);
  const Page page = call.page();
  std::optional<std::pair<std::string, UnitId>> after;
  if (page.cursor) {
    OpenedCursor cursor{call.list_name(), *page.cursor};
    std::string number = cursor.string();
    after.emplace(std::move(number), UnitId{static_cast<std::int32_t>(cursor.number())});
  }
  auto arrears = services.database.in_snapshot(
      [&](Tx& tx) { return read_arrears(tx, call.node().id, moment, overdue_only); });
  if (after)
    std::erase_if(arrears, [&](const Arrears& one) { return std::pair{one.number, one.unit} <= *after; });
  return page_answer(
      call, page, std::move(arrears),
      [&](JsonWriter& out, const Arrears& one) {
        out.open().field("member", one.number);
        write_debtor(out, one.state, services.units.of(one.unit));
        out.close();
      },
      [](Cursor& place, const Arrears& last) {
        place.add(last.number).add(std::int64_t{last.unit.number()});
      });
}

}  // namespace coop::api
