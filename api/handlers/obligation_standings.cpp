#include <limits>

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/obligation_forms.hpp"
#include "api/handlers/obligation_handlers.hpp"
#include "api/handlers/own_member.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/work/circle_store.hpp"
#include "ledger/work/obligation_store.hpp"
#include "ledger/work/standing_store.hpp"
#include "reports/obligation_tables.hpp"

namespace coop::api {

namespace {

using work::MemberStanding;

constexpr int standings_at_once = 1'000;
constexpr std::int64_t most_minutes_to_split = 600'000;

work::StandingFilter standing_filter_of(Tx& tx, const Call& call) {
  const auto state = call.query_word("state", {"open", "complete"});
  work::StandingFilter filter{.member = asked_party_in(tx, call, "member")};
  if (state) filter.complete = *state == "complete";
  if (const auto number = call.query_number("obligation", 1, std::numeric_limits<std::int32_t>::max()))
    filter.obligation = call.query_parsed("obligation", [&](std::string_view) {
      return work::read_obligation(tx, call.node().id,
                                   work::ObligationNumber{static_cast<std::int32_t>(*number)})
          .number;
    });
  if (call.query("circle"))
    filter.circle = call.query_parsed(
        "circle", [&](std::string_view typed) { return work::read_circle(tx, call.node().id, typed).code; });
  const Moment moment = call.moment();
  filter.as_of = moment.as_of;
  filter.known_at = moment.known_at;
  return filter;
}

std::vector<MemberStanding> read_page_of_standings(Tx& tx, const Call& call, const Page& page,
                                                   work::StandingFilter filter) {
  if (page.cursor) {
    OpenedCursor cursor{call.list_name(), *page.cursor};
    const work::ObligationNumber obligation{static_cast<std::int32_t>(cursor.number())};
    filter.after = work::StandingPlace{obligation, cursor.string()};
  }
  filter.limit = page.limit + 1;
  return work::read_standings(tx, call.node().id, filter);
}

void add_standing_place(Cursor& place, const MemberStanding& last) {
  place.add(std::int64_t{last.obligation.number()}).add(std::string_view{last.member});
}

Answer standings_answer(const Call& call, Services& services, const work::StandingFilter& filter) {
  const Page page = call.page();
  if (format_of(call) == Format::json)
    return page_answer(
        call, page,
        services.database.in_snapshot([&](Tx& tx) { return read_page_of_standings(tx, call, page, filter); }),
        [&](JsonWriter& out, const MemberStanding& one) { write_standing(out, one, services.units); },
        add_standing_place);
  return list_answer(call, services, page, standings_at_once,
                     [&services, call, filter](Tx& tx, const Page& asked) {
                       auto listed = read_page_of_standings(tx, call, asked, filter);
                       const auto next = cut_to_page(call, asked, listed, add_standing_place);
                       auto table = reports::table_of_standings(
                           reports::read_report_node(tx, call.node().id), listed,
                           [&](UnitId id) { return services.units.of(id); }, next);
                       reports::add_viewpoint(table, {filter.as_of, filter.known_at});
                       return table;
                     });
}

Answer split_answer(const Call& call, Services& services, PartyId party) {
  const std::string circle = call.require_query("circle");
  const Day worked_on =
      call.query_parsed("worked_on", [](std::string_view typed) { return Day::parse(typed); });
  call.require_query("minutes");
  const work::SplitQuestion question{
      .party = party,
      .circle = circle,
      .worked_on = worked_on,
      .minutes = static_cast<int>(*call.query_number("minutes", 1, most_minutes_to_split))};
  const auto suggested = services.database.in_snapshot(
      [&](Tx& tx) { return work::suggest_split(tx, call.node().id, question); });
  JsonWriter out;
  write_split(out, question, suggested, services.units);
  return ok(out.take());
}

}  // namespace

Answer list_standings(const Call& call, Services& services) {
  return standings_answer(
      call, services, services.database.in_snapshot([&](Tx& tx) { return standing_filter_of(tx, call); }));
}

Answer list_own_standings(const Call& call, Services& services) {
  const Moment moment = call.moment();
  const work::StandingFilter filter{
      .member = services.database.in_snapshot([&](Tx& tx) { return require_own_party(tx, call).id; }),
      .as_of = moment.as_of,
      .known_at = moment.known_at};
  return standings_answer(call, services, filter);
}

Answer suggest_split(const Call& call, Services& services) {
  call.require_query("member");
  return split_answer(call, services, *services.database.in_snapshot([&](Tx& tx) {
    return asked_party_in(tx, call, "member");
  }));
}

Answer suggest_own_split(const Call& call, Services& services) {
  return split_answer(call, services,
                      services.database.in_snapshot([&](Tx& tx) { return require_own_party(tx, call).id; }));
}

}  // namespace coop::api
