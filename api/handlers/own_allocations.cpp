// Members allocate their own shares.
#include "api/handlers/dues_forms.hpp"
#include "api/handlers/fund_handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/own_member.hpp"
#include "api/services.hpp"
#include "ledger/funds/allocation_service.hpp"
#include "ledger/funds/allocation_store.hpp"

namespace coop::api {

namespace {

using funds::AllocationRound;
using funds::RoundNumber;

// What a member sees of a round: their own share, and what each proposal got of all and of them.
void write_own_round(JsonWriter& out, const AllocationRound& round, const std::string& member,
                     UnitDirectory& units) {
  const Unit unit = units.of(round.unit);
  const funds::AllocationSums sums = sums_of(round);
  std::int64_t share_minor = 0;
  for (const funds::AllocationShare& share : round.shares)
    if (share.member == member) share_minor = share.minor;
  out.open().field("number", round.number).field("state", text_of(state_of(round)));
  out.field("title", round.title).field("body", round.body).field("fund", round.fund);
  out.field("unit", unit.code).amount_field("pot", round.pot_minor, unit.scale);
  out.field("decision", round.decision).field("member", member);
  out.amount_field("share", share_minor, unit.scale);
  out.amount_field("left", left_of(round, member).value_or(0), unit.scale).array("proposals");
  for (const funds::AllocationStep& step : round.steps) {
    if (step.kind != funds::AllocationStepKind::proposed) continue;
    const std::int64_t given = sums.given_to.at(step.number);
    const auto mandate = sums.mandate_of.find(step.number);
    out.open().field("proposal", step.number).field("title", step.title);
    out.amount_field("goal", step.minor, unit.scale).amount_field("given", given, unit.scale);
    out.amount_field("missing", step.minor - given, unit.scale);
    out.amount_field("given_by_you", given_to(round, step.number, member), unit.scale);
    out.field("mandate", mandate == sums.mandate_of.end() ? std::nullopt : std::optional{mandate->second});
    out.close();
  }
  out.end_array().close();
}

Answer own_round_answer(const AllocationRound& round, const std::string& member, Services& services) {
  JsonWriter out;
  write_own_round(out, round, member, services.units);
  return ok(out.take());
}

using Giving = AllocationRound (*)(Tx&, NodeId, RoundNumber, const funds::Contribution&,
                                   const books::Author&);

Answer give_of_own_share(Tx& tx, const Call& call, Services& services, Giving giving) {
  const std::string member = require_own_party(tx, call).number;
  const RoundNumber number{call.path_int("number", Refusal::round_unknown)};
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"amount"}};
  const Unit unit = services.units.of(funds::read_round(tx, call.node().id, number).unit);
  const funds::Contribution contribution{call.path_int("proposal", Refusal::round_unknown), member,
                                         minor_from(fields.require("amount"), unit)};
  return own_round_answer(giving(tx, call.node().id, number, contribution, call.author()), member, services);
}

}  // namespace

Answer list_own_rounds(const Call& call, Services& services) {
  const Page page = call.page();
  std::string member;
  const auto rounds = services.database.in_snapshot([&](Tx& tx) {
    const members::Party party = require_own_party(tx, call);
    member = party.number;
    return funds::list_rounds(
        tx, call.node().id,
        {.member = party.id, .before = id_before<RoundNumber>(call, page), .limit = page.limit + 1});
  });
  return page_answer(
      call, page, rounds,
      [&](JsonWriter& out, const AllocationRound& one) { write_own_round(out, one, member, services.units); },
      [](Cursor& place, const AllocationRound& last) { place.add(std::int64_t{last.number.number()}); });
}

Answer give_own_share(Tx& tx, const Call& call, Services& services) {
  return give_of_own_share(tx, call, services, funds::give);
}

Answer give_own_share_back(Tx& tx, const Call& call, Services& services) {
  return give_of_own_share(tx, call, services, funds::give_back);
}

}  // namespace coop::api
