#include <limits>

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/fund_handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/long_lists.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/services.hpp"
#include "ledger/funds/allocation_service.hpp"
#include "ledger/funds/allocation_store.hpp"
#include "reports/allocation_tables.hpp"

namespace coop::api {

namespace {

using funds::AllocationRound;
using funds::RoundNumber;

constexpr std::size_t longest_words_of_rounds = 4'000;  // the services judge the lengths
constexpr int rounds_at_once = 100;

RoundNumber asked_round(const Call& call) {
  return RoundNumber{call.path_int("number", Refusal::round_unknown)};
}

funds::RoundDraft round_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{
      value, {"title", "body", "level", "fund", "unit", "pot", "members", "from_on", "until_on", "decision"}};
  const Unit unit = unit_from(fields, units);
  funds::RoundDraft draft{.title = fields.require("title").text(longest_words_of_rounds),
                          .body = fields.require("body").text(longest_words_of_rounds),
                          .fund = fields.require("fund").text(longest_words_of_rounds),
                          .unit = unit.id,
                          .pot_minor = minor_from(fields.require("pot"), unit),
                          .members = fields.require("members").texts(longest_words_of_rounds),
                          .from_on = fields.require("from_on").day(),
                          .until_on = fields.require("until_on").day(),
                          .decision = fields.require("decision").text(longest_words_of_rounds)};
  if (const auto level = fields.find("level")) draft.level = level->parsed(funds::body_level_from);
  return draft;
}

void write_proposal(JsonWriter& out, const funds::AllocationSums& sums, const funds::AllocationStep& proposal,
                    int scale) {
  const std::int64_t given = sums.given_to.at(proposal.number);
  const auto mandate = sums.mandate_of.find(proposal.number);
  out.open().field("proposal", proposal.number).field("title", proposal.title);
  out.text_or_null("cost_object", proposal.cost_object).amount_field("goal", proposal.minor, scale);
  out.amount_field("given", given, scale).amount_field("missing", proposal.minor - given, scale);
  out.field("mandate", mandate == sums.mandate_of.end() ? std::nullopt : std::optional{mandate->second});
  out.close();
}

void write_allocation_step(JsonWriter& out, const funds::AllocationStep& step, int scale) {
  out.open().field("number", step.number).field("step", funds::text_of(step.kind));
  out.field("proposal", step.proposal).text_or_null("title", step.title);
  out.text_or_null("member", step.member);
  out.maybe_amount("amount", step.minor == 0 ? std::nullopt : std::optional{step.minor}, scale);
  out.field("mandate", step.mandate).text_or_null("reason", step.reason);
  out.field("recorded_at", step.recorded_at);
  out.field("recorded_by", step.recorded_by_name).close();
}

void write_round(JsonWriter& out, const AllocationRound& round, UnitDirectory& units) {
  const Unit unit = units.of(round.unit);
  const funds::AllocationSums sums = sums_of(round);
  out.open().field("number", round.number).field("state", funds::text_of(state_of(round)));
  out.field("title", round.title).field("body", round.body).field("level", funds::text_of(round.level));
  out.field("fund", round.fund).field("unit", unit.code).amount_field("pot", round.pot_minor, unit.scale);
  out.field("from_on", round.from_on).field("until_on", round.until_on).field("decision", round.decision);
  out.field("recorded_at", round.recorded_at).field("recorded_by", round.recorded_by_name);
  out.array("shares");
  for (const funds::AllocationShare& share : round.shares)
    out.open()
        .field("member", share.member)
        .amount_field("amount", share.minor, unit.scale)
        .amount_field("left", sums.left_of.at(share.member), unit.scale)
        .close();
  out.end_array().array("proposals");
  for (const funds::AllocationStep& step : round.steps)
    if (step.kind == funds::AllocationStepKind::proposed) write_proposal(out, sums, step, unit.scale);
  out.end_array().array("steps");
  for (const funds::AllocationStep& step : round.steps) write_allocation_step(out, step, unit.scale);
  out.end_array().close();
}

std::string round_json(const AllocationRound& round, Services& services) {
  JsonWriter out;
  write_round(out, round, services.units);
  return out.take();
}

void add_round_place(Cursor& place, const AllocationRound& last) {
  place.add(std::int64_t{last.number.number()});
}

funds::Contribution contribution_from(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"member", "amount"}};
  const Unit unit = services.units.of(funds::read_round(tx, call.node().id, asked_round(call)).unit);
  return {call.path_int("proposal", Refusal::round_unknown),
          fields.require("member").text(longest_words_of_rounds), minor_from(fields.require("amount"), unit)};
}

}  // namespace

Answer list_allocation_rounds(const Call& call, Services& services) {
  const Page page = call.page();
  const auto read = [&call](Tx& tx, const Page& asked) {
    return funds::list_rounds(tx, call.node().id,
                              {.before = id_before<RoundNumber>(call, asked), .limit = asked.limit + 1});
  };
  if (format_of(call) == Format::json)
    return page_answer(
        call, page, services.database.in_snapshot([&](Tx& tx) { return read(tx, page); }),
        [&](JsonWriter& out, const AllocationRound& one) { write_round(out, one, services.units); },
        add_round_place);
  return list_answer(call, services, page, rounds_at_once,
                     [read, &call, &services](Tx& tx, const Page& asked) {
                       auto listed = read(tx, asked);
                       const auto next = cut_to_page(call, asked, listed, add_round_place);
                       return reports::table_of_rounds(
                           reports::read_report_node(tx, call.node().id), listed,
                           [&](UnitId id) { return services.units.of(id); }, next);
                     });
}

Answer show_allocation_round(const Call& call, Services& services) {
  return ok(round_json(services.database.in_snapshot(
                           [&](Tx& tx) { return funds::read_round(tx, call.node().id, asked_round(call)); }),
                       services));
}

Answer begin_allocation_round(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_entry_json_bytes)};
  const auto draft = round_from(JsonValue{body}, services.units);
  const AllocationRound round = funds::begin_round(tx, call.node().id, draft, today_of(call), call.author());
  return created(round_json(round, services),
                 call.request.path + "/" + std::to_string(round.number.number()));
}

Answer propose_in_round(Tx& tx, const Call& call, Services& services) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"title", "goal", "cost_object"}};
  const Unit unit = services.units.of(funds::read_round(tx, call.node().id, asked_round(call)).unit);
  funds::ProposalDraft draft{.title = fields.require("title").text(longest_words_of_rounds),
                             .goal_minor = minor_from(fields.require("goal"), unit)};
  if (const auto cost_object = fields.find("cost_object"))
    draft.cost_object = cost_object->text(longest_words_of_rounds);
  return ok(round_json(
      funds::propose(tx, call.node().id, asked_round(call), draft, today_of(call), call.author()), services));
}

Answer give_in_round(Tx& tx, const Call& call, Services& services) {
  return ok(round_json(funds::give(tx, call.node().id, asked_round(call),
                                   contribution_from(tx, call, services), call.author()),
                       services));
}

Answer give_back_in_round(Tx& tx, const Call& call, Services& services) {
  return ok(round_json(funds::give_back(tx, call.node().id, asked_round(call),
                                        contribution_from(tx, call, services), call.author()),
                       services));
}

Answer close_allocation_round(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  return ok(round_json(
      funds::close_round(tx, call.node().id, asked_round(call), today_of(call), call.author()), services));
}

Answer give_up_allocation_round(Tx& tx, const Call& call, Services& services) {
  const std::string reason = asked_reason(call);
  return ok(round_json(funds::give_up_round(tx, call.node().id, asked_round(call), reason, call.author()),
                       services));
}

}  // namespace coop::api
