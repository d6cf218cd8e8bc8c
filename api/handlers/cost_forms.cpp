#include "api/handlers/cost_forms.hpp"

#include "api/directories.hpp"
#include "api/handlers/dues_forms.hpp"
#include "api/handlers/sharing_forms.hpp"
#include "api/handlers/text_limits.hpp"
#include "ledger/sharing/sharing_rule.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

using costs::text_of;

std::string words_in(const JsonObject& fields, std::string_view name) {
  return fields.require(name).text(any_text);
}

std::string rule_name_from(const JsonValue& value) {
  return value.parsed([](std::string_view text) {
    sharing::require_name(text);
    return std::string{text};
  });
}

costs::CostParty cost_party_from(const JsonObject& fields) {
  return {fields.require("kind").parsed(costs::cost_party_kind_from), words_in(fields, "code")};
}

costs::CostParticipant cost_participant_from(const JsonValue& value, const Unit& unit) {
  const JsonObject fields{value, {"kind", "code", "weighting", "fixed"}};
  costs::CostParticipant participant{cost_party_from(fields)};
  if (const auto weight = fields.find("weighting")) {
    weight->amount();
    participant.weight_millionths = weight->parsed(costs::millionths_from);
  }
  if (const auto fixed = fields.find("fixed")) participant.fixed_minor = minor_from(*fixed, unit);
  return participant;
}

costs::CostUsageDraft usage_draft_from(const JsonValue& value, const std::string& pool) {
  const JsonObject fields{value, {"participant", "measure", "from_on", "until_on", "value", "source"}};
  const JsonValue used = fields.require("value");
  used.amount();
  return {.pool = pool,
          .participant = words_in(fields, "participant"),
          .measure = rule_name_from(fields.require("measure")),
          .from_on = fields.require("from_on").day(),
          .until_on = fields.require("until_on").day(),
          .millionths = used.parsed(costs::millionths_from),
          .source = fields.text_or_empty("source", any_text)};
}

void write_party(JsonWriter& out, const costs::CostParty& who) {
  out.field("kind", text_of(who.kind)).field("code", who.code);
}

void write_term(JsonWriter& out, const costs::CostTerm& term, int scale) {
  out.open().field("term", term.number).field("from_on", term.from_on).field("until_on", term.until_on);
  out.field("title", term.title).field("rule", term.rule).field("decision", term.decision);
  out.array("participants");
  for (const costs::CostParticipant& one : term.participants) {
    write_party(out.open(), one.who);
    out.name("weighting");
    if (one.weight_millionths) out.value(costs::millionths_text_of(*one.weight_millionths));
    else out.value(std::nullopt);
    out.maybe_amount("fixed", one.fixed_minor, scale).close();
  }
  out.end_array().field("recorded_at", term.recorded_at).field("recorded_by", term.recorded_by).close();
}

void write_cost_share(JsonWriter& out, const costs::CostShare& share, int scale) {
  write_party(out.open(), share.who);
  out.field("takes_part", share.takes_part).amount_field("share", share.share, scale);
  out.amount_field("paid", share.paid, scale).amount_field("given", share.given, scale);
  out.amount_field("net", share.net(), scale).close();
}

void write_usage_sums(JsonWriter& out, const costs::UsageSums& usage) {
  out.array("usage");
  for (const auto& [participant, measures] : usage)
    for (const auto& [measure, millionths] : measures)
      out.open()
          .field("participant", participant)
          .field("measure", measure)
          .field("value", costs::millionths_text_of(millionths))
          .close();
  out.end_array();
}

void write_cost_steps(JsonWriter& out, const std::vector<costs::CostStep>& steps) {
  out.array("steps");
  for (const costs::CostStep& step : steps) {
    out.open().field("step", text_of(step.kind)).field("entry", step.entry);
    out.text_or_null("reason", step.reason).field("recorded_at", step.recorded_at);
    out.field("recorded_by", step.recorded_by_name).close();
  }
  out.end_array();
}

}  // namespace

costs::CostPoolDraft cost_pool_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value,
                          {"code", "unit", "expense", "claims", "from_on", "until_on", "title", "rule",
                           "decision", "participants"}};
  const Unit unit = unit_from(fields, units);
  costs::CostPoolDraft draft{.code = words_in(fields, "code"),
                             .unit = unit.code,
                             .expense = words_in(fields, "expense"),
                             .claims = words_in(fields, "claims"),
                             .from_on = fields.require("from_on").day(),
                             .until_on = {},
                             .title = words_in(fields, "title"),
                             .rule = rule_name_from(fields.require("rule")),
                             .decision = words_in(fields, "decision"),
                             .participants = {}};
  if (const auto until_on = fields.find("until_on")) draft.until_on = until_on->day();
  const JsonValue listed = fields.require("participants");
  const auto participants = listed.elements();
  if (participants.size() > costs::most_participants)
    listed.refuse(Refusal::field_invalid,
                  "at most " + std::to_string(costs::most_participants) + " share a pool");
  for (const JsonValue& one : participants) draft.participants.push_back(cost_participant_from(one, unit));
  return draft;
}

costs::CostBillDraft cost_bill_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{
      value, {"pool", "bill", "billed_on", "amount", "unit", "payer", "title", "document", "entry"}};
  const AskedAmount amount = amount_from(fields, units);
  const auto bill = fields.find("bill");
  costs::CostBillDraft draft{
      .pool = words_in(fields, "pool"),
      .kind = bill ? bill->parsed(costs::cost_bill_kind_from) : costs::CostBillKind::paid,
      .billed_on = fields.require("billed_on").day(),
      .minor = amount.minor,
      .unit = amount.unit.id,
      .payer = cost_party_from(JsonObject{fields.require("payer"), {"kind", "code"}}),
      .title = words_in(fields, "title"),
      .document = fields.text_or_empty("document", any_text)};
  if (const auto entry = fields.find("entry"))
    draft.entry = EntryNumber{entry->number(1, std::numeric_limits<std::int32_t>::max())};
  return draft;
}

std::vector<costs::CostUsageDraft> cost_usage_from(const JsonValue& value) {
  const JsonObject fields{value, {"pool", "usage"}};
  const std::string pool = words_in(fields, "pool");
  std::vector<costs::CostUsageDraft> drafts;
  const JsonValue listed = fields.require("usage");
  const auto told = listed.elements();
  if (told.empty() || told.size() > costs::most_usage_told)
    listed.refuse(Refusal::field_invalid,
                  "1 to " + std::to_string(costs::most_usage_told) + " are told at once");
  for (const JsonValue& one : told) drafts.push_back(usage_draft_from(one, pool));
  return drafts;
}

costs::MemberCountDraft member_count_from(const JsonValue& value, const std::string& pool) {
  const JsonObject fields{value, {"on", "from_on", "until_on"}};
  return {.pool = pool,
          .on = fields.require("on").day(),
          .from_on = fields.require("from_on").day(),
          .until_on = fields.require("until_on").day()};
}

costs::CostAllocationDraft cost_allocation_from(const JsonValue& value) {
  const JsonObject fields{value, {"pool", "from_on", "to_on", "booked_on", "figures"}};
  const Day to_on = fields.require("to_on").day();
  const auto booked_on = fields.find("booked_on");
  return {.pool = words_in(fields, "pool"),
          .from_on = fields.require("from_on").day(),
          .to_on = to_on,
          .booked_on = booked_on ? booked_on->day() : to_on,
          .figures = figures_from(fields, "figures")};
}

void write_cost_pool(JsonWriter& out, const costs::CostPool& pool) {
  out.open().field("code", pool.code).field("unit", pool.unit).field("expense", pool.expense);
  out.field("claims", pool.claims).array("terms");
  for (const costs::CostTerm& term : pool.terms) write_term(out, term, pool.scale);
  out.end_array().close();
}

void write_cost_bill(JsonWriter& out, const costs::CostBill& bill) {
  out.open().field("number", bill.number).field("pool", bill.pool).field("bill", text_of(bill.kind));
  out.field("state", text_of(bill.state)).field("billed_on", bill.billed_on);
  out.amount_field("amount", bill.minor, bill.scale).field("unit", bill.unit);
  write_party(out.object("payer"), bill.payer);
  out.close().field("title", bill.title).text_or_null("document", bill.document);
  out.field("entry", bill.entry).field("allocation", bill.allocation).text_or_null("reason", bill.reason);
  out.field("recorded_at", bill.recorded_at).field("recorded_by", bill.recorded_by).close();
}

void write_cost_usage(JsonWriter& out, const costs::CostUsage& usage) {
  out.open().field("number", usage.number).field("pool", usage.is.pool);
  out.field("participant", usage.is.participant).field("measure", usage.is.measure);
  out.field("from_on", usage.is.from_on).field("until_on", usage.is.until_on);
  out.field("value", costs::millionths_text_of(usage.is.millionths)).field("corrects", usage.corrects);
  out.field("corrected", usage.is_corrected).text_or_null("source", usage.is.source);
  out.field("allocation", usage.allocation).field("recorded_at", usage.recorded_at);
  out.field("recorded_by", usage.recorded_by).close();
}

void write_cost_allocation(JsonWriter& out, const ShownAllocation& shown) {
  const costs::CostAllocation& is = shown.allocation;
  const int scale = is.pool.scale;
  out.open().field("number", is.number).field("state", costs::state_of(is)).field("pool", is.pool.code);
  out.field("title", is.pool.terms.at(static_cast<std::size_t>(is.term - 1)).title).field("term", is.term);
  out.field("from_on", is.from_on).field("to_on", is.to_on).field("booked_on", is.booked_on);
  out.amount_field("amount", is.minor, scale).amount_field("given", is.given, scale);
  out.text_or_null("note", costs::note_on(is.minor, shown.explained.pot.unit));
  write_figures(out.field("unit", is.pool.unit), is.figures);
  out.array("shares");
  for (const costs::CostShare& share : is.shares) write_cost_share(out, share, scale);
  out.end_array().array("bills");
  for (const costs::CostBill& bill : shown.bills) write_cost_bill(out, bill);
  out.end_array();
  write_usage_sums(out, shown.usage);
  out.name("division");
  write_division(out, is.rule, shown.explained.pot, shown.explained.division);
  write_cost_steps(out, is.steps);
  out.field("recorded_at", is.recorded_at).field("recorded_by", is.recorded_by_name).close();
}

void write_cost_allocation_summary(JsonWriter& out, const costs::CostAllocationSummary& listed) {
  out.open().field("number", listed.number).field("pool", listed.pool).field("state", listed.state);
  out.field("from_on", listed.from_on).field("to_on", listed.to_on);
  out.amount_field("amount", listed.minor, listed.scale).amount_field("given", listed.given, listed.scale);
  out.field("unit", listed.unit).field("bills", listed.bills).field("shares", listed.shares);
  out.field("recorded_at", listed.recorded_at).close();
}

}  // namespace coop::api
