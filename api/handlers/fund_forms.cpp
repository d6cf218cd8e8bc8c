#include "api/handlers/fund_forms.hpp"

#include <limits>

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/text_limits.hpp"

namespace coop::api {

namespace {

constexpr std::int64_t highest_number = std::numeric_limits<std::int32_t>::max();

std::optional<std::string> words_if_any(const JsonObject& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found ? std::optional{found->text(any_text)} : std::nullopt;
}

void write_buffer(JsonWriter& out, const funds::FundBuffer& buffer, int scale) {
  out.open().field("measure", buffer.measure);
  if (!buffer.rule) {
    out.amount_field("amount", buffer.minor, scale).close();
    return;
  }
  const funds::BufferRule& rule = *buffer.rule;
  out.name("worked_out").open().field("of", funds::text_of(rule.flow));
  out.field("whose", funds::text_of(rule.whose)).text_or_null("account", rule.account);
  out.field("over_months", rule.over_months).field("keep_months", rule.keep_months);
  out.field("share", rule.share_millionths ? std::optional{funds::buffer_share_text(*rule.share_millionths)}
                                           : std::nullopt);
  out.field("words", funds::words_of(rule)).close().close();
}

void write_fund_terms(JsonWriter& out, const funds::FundTerm& term, UnitDirectory& units) {
  const funds::FundTermDraft& terms = term.terms;
  const Unit unit = units.of(terms.unit);
  out.open().field("number", term.number).field("from_on", terms.from_on);
  out.field("purpose", funds::text_of(terms.purpose)).field("unit", unit.code);
  out.field("indivisible", terms.is_indivisible).text_or_null("funder", terms.funder);
  out.text_or_null("conditions", terms.conditions);
  out.maybe_amount("buffer", funds::set_buffer_minor(terms.buffers), unit.scale).array("buffers");
  for (const funds::FundBuffer& buffer : terms.buffers) write_buffer(out, buffer, unit.scale);
  out.end_array().array("accounts");
  for (const std::string& path : terms.accounts) out.value(path);
  out.end_array().field("decision", terms.decision).field("recorded_at", term.recorded_at);
  out.field("recorded_by", term.recorded_by_name).close();
}

void write_figures(JsonWriter& out, const funds::FundFigures& figures) {
  const int scale = figures.scale;
  out.open().field("unit", figures.unit_code).amount_field("balance", figures.balance_minor, scale);
  out.amount_field("buffer", figures.buffer_minor, scale);
  out.amount_field("mandates", figures.mandates_minor, scale);
  out.amount_field("draws_not_booked", figures.unbooked_minor, scale);
  out.amount_field("orders", figures.orders_minor, scale);
  out.amount_field("committed", committed_minor(figures), scale);
  out.amount_field("free", free_minor(figures), scale).close();
}

void write_spending_step(JsonWriter& out, const funds::SpendingStep& step, int scale) {
  out.open().field("number", step.number).field("step", funds::text_of(step.kind)).field("on", step.on_day);
  const bool is_draw = step.kind == funds::SpendingStepKind::drawn;
  out.maybe_amount("amount", is_draw ? std::optional{step.minor} : std::nullopt, scale);
  out.field("minutes", step.minutes).field("entry", step.entry).text_or_null("member", step.member);
  out.field("draw", step.draw).text_or_null("words", step.words);
  out.field("recorded_at", step.recorded_at).field("recorded_by", step.recorded_by_name).close();
}

funds::BufferRule buffer_rule_from(const JsonValue& value) {
  const JsonObject fields{value, {"of", "whose", "account", "over_months", "keep_months", "share"}};
  funds::BufferRule rule{.flow = fields.require("of").parsed(funds::buffer_flow_from)};
  if (const auto whose = fields.find("whose")) rule.whose = whose->parsed(funds::buffer_scope_from);
  rule.account = fields.text_or_empty("account", any_text);
  if (const auto account = fields.find("account"); account && rule.account.empty())
    account->refuse(Refusal::account_unknown, "no account has an empty path");
  rule.over_months = static_cast<int>(fields.require("over_months").number(1, 120));
  if (const auto months = fields.find("keep_months"))
    rule.keep_months = static_cast<int>(months->number(1, 120));
  if (const auto share = fields.find("share"))
    rule.share_millionths = share->parsed(funds::buffer_share_from);
  return rule;
}

funds::FundBuffer buffer_from(const JsonValue& value, const Unit& unit) {
  const JsonObject parts{value, {"measure", "amount", "worked_out"}};
  funds::FundBuffer buffer{parts.require("measure").text(any_text)};
  const auto worked_out = parts.find("worked_out");
  if (!worked_out) {
    buffer.minor = minor_from(parts.require("amount"), unit);
    return buffer;
  }
  if (const auto amount = parts.find("amount"))
    amount->refuse(Refusal::field_invalid, "a measure is set, or worked out");
  buffer.rule = buffer_rule_from(*worked_out);
  return buffer;
}

}  // namespace

funds::FundTermDraft fund_terms_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value,
                          {"from_on", "purpose", "unit", "indivisible", "funder", "conditions", "buffers",
                           "accounts", "decision"}};
  const Unit unit = unit_from(fields, units);
  funds::FundTermDraft draft{.from_on = fields.require("from_on").day(),
                             .purpose = fields.require("purpose").parsed(funds::fund_purpose_from),
                             .unit = unit.id,
                             .is_indivisible = fields.truth_or("indivisible", false),
                             .funder = fields.text_or_empty("funder", any_text),
                             .conditions = fields.text_or_empty("conditions", any_text),
                             .decision = fields.require("decision").text(any_text)};
  if (const auto buffers = fields.find("buffers"))
    for (const JsonValue& one : buffers->elements()) draft.buffers.push_back(buffer_from(one, unit));
  if (const auto accounts = fields.find("accounts")) draft.accounts = accounts->texts(any_text);
  return draft;
}

void write_fund(JsonWriter& out, const funds::Fund& fund, const std::optional<funds::FundFigures>& figures,
                Day today, UnitDirectory& units) {
  out.open().field("fund", fund.dimension.code).field("name", fund.dimension.name).name("current");
  if (const funds::FundTerm* terms = terms_on(fund.terms, today)) write_fund_terms(out, *terms, units);
  else out.value(std::nullopt);
  out.name("figures");
  if (figures) write_figures(out, *figures);
  else out.value(std::nullopt);
  out.array("terms");
  for (const funds::FundTerm& term : fund.terms) write_fund_terms(out, term, units);
  out.end_array().close();
}

funds::SpendingMandateDraft spending_mandate_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value,
                          {"body", "level", "purpose", "fund", "cost_object", "unit", "amount", "hours",
                           "from_on", "until_on", "decision"}};
  const Unit unit = unit_from(fields, units);
  funds::SpendingMandateDraft draft{.body = fields.require("body").text(any_text),
                                    .purpose = fields.require("purpose").text(any_text),
                                    .fund = fields.require("fund").text(any_text),
                                    .cost_object = words_if_any(fields, "cost_object"),
                                    .unit = unit.id,
                                    .from_on = fields.require("from_on").day(),
                                    .until_on = fields.require("until_on").day(),
                                    .decision = fields.require("decision").text(any_text)};
  if (const auto level = fields.find("level")) draft.level = level->parsed(funds::body_level_from);
  if (const auto amount = fields.find("amount")) draft.minor = minor_from(*amount, unit);
  if (const auto hours = fields.find("hours")) {
    const JsonObject parts{*hours, {"minutes_a_month", "rate_an_hour", "months"}};
    draft.hours = funds::HoursGrant{static_cast<int>(parts.require("minutes_a_month").number(1, 600'000)),
                                    minor_from(parts.require("rate_an_hour"), unit),
                                    static_cast<int>(parts.require("months").number(1, 120))};
  }
  return draft;
}

funds::DrawDraft draw_from(const JsonValue& value, const funds::SpendingMandate& mandate,
                           UnitDirectory& units) {
  const JsonObject fields{value, {"on", "amount", "unit", "minutes", "member", "entry", "words"}};
  const Unit unit = fields.find("unit") ? unit_from(fields, units) : units.of(mandate.unit);
  funds::DrawDraft draft{.on_day = fields.require("on").day(),
                         .unit = unit.id,
                         .member = fields.text_or_empty("member", any_text),
                         .words = fields.text_or_empty("words", any_text)};
  if (const auto amount = fields.find("amount")) draft.minor = minor_from(*amount, unit);
  if (const auto minutes = fields.find("minutes"))
    draft.minutes = static_cast<int>(minutes->number(1, 100'000'000));
  if (const auto entry = fields.find("entry")) draft.entry = EntryNumber{entry->number(1, highest_number)};
  if (const auto member = fields.find("member"); member && draft.member.empty())
    member->refuse(Refusal::party_unknown, "no member has an empty number");
  return draft;
}

void write_spending_mandate(JsonWriter& out, const funds::SpendingMandate& mandate, Day today,
                            UnitDirectory& units) {
  const Unit unit = units.of(mandate.unit);
  out.open().field("number", mandate.number).field("state", funds::text_of(state_of(mandate, today)));
  out.field("body", mandate.body).field("level", funds::text_of(mandate.level));
  out.field("purpose", mandate.purpose).field("fund", mandate.fund);
  out.text_or_null("cost_object", mandate.cost_object).field("unit", unit.code);
  out.amount_field("amount", mandate.minor, unit.scale).name("hours");
  if (mandate.hours)
    out.open()
        .field("minutes_a_month", mandate.hours->minutes_a_month)
        .amount_field("rate_an_hour", mandate.hours->rate_minor, unit.scale)
        .field("months", mandate.hours->months)
        .field("minutes_left", minutes_of(*mandate.hours) - used_minutes(mandate))
        .close();
  else out.value(std::nullopt);
  out.field("from_on", mandate.from_on).field("until_on", mandate.until_on);
  out.field("decision", mandate.decision).amount_field("drawn", drawn_minor(mandate), unit.scale);
  out.amount_field("ordered", ordered_minor(mandate), unit.scale);
  out.amount_field("left", left_minor(mandate), unit.scale).field("recorded_at", mandate.recorded_at);
  out.field("recorded_by", mandate.recorded_by_name).field("approvals_needed", mandate.approvals);
  out.array("approvals");
  for (const funds::SpendingStep* approval : approvals_of(mandate))
    out.open().field("by", approval->recorded_by_name).field("at", approval->recorded_at).close();
  out.end_array().array("steps");
  for (const funds::SpendingStep& step : mandate.steps) write_spending_step(out, step, unit.scale);
  out.end_array().array("orders");
  for (const funds::MandateOrder& order : mandate.orders)
    out.open()
        .field("disbursement", order.disbursement)
        .field("order", order.order)
        .amount_field("amount", order.minor, unit.scale)
        .field("minutes", order.minutes)
        .field("entry", order.entry)
        .close();
  out.end_array().array("pay_runs");
  for (const funds::MandateRun& run : mandate.runs)
    out.open()
        .field("run", run.run)
        .amount_field("amount", run.minor, unit.scale)
        .field("minutes", run.minutes)
        .field("posted", run.is_posted)
        .field("entry", run.entry)
        .close();
  out.end_array().close();
}

funds::SpendingRuleDraft spending_rule_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value,
                          {"rule", "from_on", "unit", "fund", "one_from", "two_from", "needed_from", "body",
                           "level", "up_to", "decision"}};
  const Unit unit = unit_from(fields, units);
  const auto amount = [&](const char* name) {
    const auto found = fields.find(name);
    return found ? std::optional{minor_from(*found, unit)} : std::optional<std::int64_t>{};
  };
  funds::SpendingRuleDraft draft{.kind = fields.require("rule").parsed(funds::spending_rule_kind_from),
                                 .from_on = fields.require("from_on").day(),
                                 .unit = unit.id,
                                 .fund = words_if_any(fields, "fund"),
                                 .one_from = amount("one_from"),
                                 .two_from = amount("two_from"),
                                 .needed_from = amount("needed_from"),
                                 .body = fields.text_or_empty("body", any_text),
                                 .up_to = amount("up_to"),
                                 .decision = fields.require("decision").text(any_text)};
  if (const auto level = fields.find("level")) draft.level = level->parsed(funds::body_level_from);
  return draft;
}

void write_spending_rule(JsonWriter& out, const funds::SpendingRule& rule, UnitDirectory& units) {
  const funds::SpendingRuleDraft& said = rule.rule;
  const Unit unit = units.of(said.unit);
  out.open().field("number", rule.number).field("rule", funds::text_of(said.kind));
  out.field("from_on", said.from_on).field("unit", unit.code).field("fund", said.fund);
  out.maybe_amount("one_from", said.one_from, unit.scale).maybe_amount("two_from", said.two_from, unit.scale);
  out.maybe_amount("needed_from", said.needed_from, unit.scale).text_or_null("body", said.body);
  out.field("level", said.level ? std::optional{std::string{funds::text_of(*said.level)}} : std::nullopt);
  out.maybe_amount("up_to", said.up_to, unit.scale).field("decision", said.decision);
  out.field("recorded_at", rule.recorded_at).field("recorded_by", rule.recorded_by_name).close();
}

}  // namespace coop::api
