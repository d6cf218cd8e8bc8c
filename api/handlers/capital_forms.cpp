#include "api/handlers/capital_forms.hpp"

#include "api/directories.hpp"
#include "api/handlers/dues_forms.hpp"
#include "ledger/capital/surplus_division.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/sharing/rule_words.hpp"

namespace coop::api {

namespace {

using capital::text_of;

constexpr std::size_t longest_text = 4'000;  // the services judge the lengths
constexpr std::size_t longest_path = 255;
constexpr int million = 1'000'000;

std::string path_in(const JsonObject& fields, std::string_view name) {
  return fields.require(name).text(longest_path);
}

int weight_in(const JsonObject& fields, std::string_view name) {
  return static_cast<int>(fields.require(name).number(0, million));
}

int millionths_in(const JsonObject& fields, std::string_view name, int most, int otherwise) {
  const auto found = fields.find(name);
  if (!found) return otherwise;
  return found->parsed([&](std::string_view text) { return capital::millionths_from(text, most); });
}

std::vector<capital::MeasuredMember> measured_from(const JsonObject& fields) {
  std::vector<capital::MeasuredMember> members;
  for (const JsonValue& value : fields.require("members").elements()) {
    const JsonObject one{value, {"member", "measure"}};
    members.push_back({one.require("member").text(longest_path), {}});
    if (const auto measure = one.find("measure"))
      members.back().measure = measure->parsed(capital::measure_from);
  }
  return members;
}

// Whether hours that were approved say who takes part, and with how much.
bool is_from_hours(const JsonObject& fields) {
  const auto from = fields.find("members_from");
  const bool by_hours = from && from->parsed([](std::string_view text) {
    if (text == "given" || text == "approved_hours") return text == "approved_hours";
    throw Refused{Refusal::field_invalid, "'given' or 'approved_hours' is expected"};
  });
  if (const auto given = fields.find("members"); by_hours && given)
    given->refuse(Refusal::field_invalid, "hours that were approved say who takes part");
  return by_hours;
}

// The rule of sharing that divided a run, or null.
void write_divided_by(JsonWriter& out, const capital::SurplusRun& run) {
  if (!run.by) {
    out.value(std::nullopt);
    return;
  }
  out.open().field("rule", run.by->code).field("version", run.by->version).name("steps");
  out.raw(sharing::canonical_text(run.by->steps)).array("words");
  for (const std::string& words : sharing::words_of(run.by->steps)) out.value(words);
  out.end_array().close();
}

}  // namespace

capital::ShareClass share_class_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{
      value,
      {"code", "from_on", "title", "unit", "nominal", "lowest", "highest", "withdrawable", "notice_days",
       "transferable", "reserve_part", "capital", "reserve", "receivable", "payable", "fund", "decision"}};
  const Unit unit = unit_from(fields, units);
  capital::ShareClass of{.code = fields.require("code").text(longest_text),
                         .number = 0,
                         .from_on = fields.require("from_on").day(),
                         .title = fields.require("title").text(longest_text),
                         .nominal_minor = minor_from(fields.require("nominal"), unit),
                         .lowest_minor = 0,
                         .highest_minor = {},
                         .withdrawable = fields.require("withdrawable").parsed(capital::withdrawable_from),
                         .notice_days = 0,
                         .is_transferable = fields.truth_or("transferable", false),
                         .reserve_millionths = millionths_in(fields, "reserve_part", million - 1, 0),
                         .unit = unit.code,
                         .capital = path_in(fields, "capital"),
                         .reserve = path_in(fields, "reserve"),
                         .receivable = path_in(fields, "receivable"),
                         .payable = path_in(fields, "payable"),
                         .fund = {},
                         .decision = fields.require("decision").text(longest_text),
                         .unit_id = unit.id,
                         .recorded_at = {}};
  if (const auto lowest = fields.find("lowest")) of.lowest_minor = minor_from(*lowest, unit);
  if (const auto highest = fields.find("highest")) of.highest_minor = minor_from(*highest, unit);
  if (const auto days = fields.find("notice_days")) of.notice_days = static_cast<int>(days->number(0, 3'660));
  if (const auto fund = fields.find("fund")) of.fund = fund->text(longest_text);
  return of;
}

capital::MovementDraft movement_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value,
                          {"movement", "share_class", "member", "amount", "unit", "on", "reason", "account",
                           "to", "accept_in_part"}};
  const AskedAmount amount = amount_from(fields, units);
  capital::MovementDraft draft{.kind = fields.require("movement").parsed([](std::string_view text) {
                                 const auto kind = capital::movement_kind_from(text);
                                 if (capital::follows_another(kind))
                                   throw Refused{Refusal::field_invalid, "it follows on another movement"};
                                 return kind;
                               }),
                               .class_code = fields.require("share_class").text(longest_text),
                               .member = fields.require("member").text(longest_text),
                               .minor = amount.minor,
                               .unit = amount.unit.id,
                               .on = fields.require("on").day(),
                               .reason = fields.require("reason").text(longest_text),
                               .in_part = fields.truth_or("accept_in_part", false)};
  if (draft.kind == capital::MovementKind::pay_in) draft.paid_into = path_in(fields, "account");
  if (draft.kind == capital::MovementKind::give) draft.to = fields.require("to").text(longest_text);
  const auto refuse_given = [&](const char* name, capital::MovementKind kind) {
    if (const auto given = fields.find(name); given && draft.kind != kind)
      given->refuse(Refusal::field_invalid, "only with the movement " + std::string{text_of(kind)});
  };
  refuse_given("account", capital::MovementKind::pay_in);
  refuse_given("to", capital::MovementKind::give);
  refuse_given("accept_in_part", capital::MovementKind::subscribe);
  return draft;
}

capital::TakeBackDraft take_back_from(const JsonValue& value, capital::MovementNumber ask,
                                      UnitDirectory& units) {
  const JsonObject fields{value, {"on", "reason", "amount", "unit"}};
  capital::TakeBackDraft draft{
      .ask = ask, .on = fields.require("on").day(), .reason = fields.require("reason").text(longest_text)};
  if (fields.find("amount") || fields.find("unit")) {
    const AskedAmount amount = amount_from(fields, units);
    draft.minor = amount.minor;
    draft.unit = amount.unit.id;
  }
  return draft;
}

capital::WithdrawalDraft withdrawal_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value, {"share_class", "on", "surplus", "unit", "reason"}};
  const Unit unit = unit_from(fields, units);
  return {.class_code = fields.require("share_class").text(longest_text),
          .on = fields.require("on").day(),
          .surplus_minor = minor_from(fields.require("surplus"), unit),
          .unit = unit.id,
          .reason = fields.require("reason").text(longest_text)};
}

capital::SurplusRule surplus_rule_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value,
                          {"from_on",
                           "title",
                           "decision",
                           "unit",
                           "reserve_weight",
                           "members_weight",
                           "other_weight",
                           "loss_reserve_weight",
                           "loss_members_weight",
                           "patronage",
                           "interest_rate",
                           "interest_most",
                           "cash_part",
                           "indivisible",
                           "result",
                           "reserve",
                           "capital",
                           "payable",
                           "other",
                           "sharing_rule",
                           "loss_rule"}};
  const Unit unit = unit_from(fields, units);
  const bool is_shared = fields.find("sharing_rule") || fields.find("loss_rule");
  const auto weight = [&](std::string_view name) {
    return is_shared && !fields.find(name) ? 0 : weight_in(fields, name);
  };
  capital::SurplusRule rule{
      .number = 0,
      .from_on = fields.require("from_on").day(),
      .title = fields.require("title").text(longest_text),
      .decision = fields.require("decision").text(longest_text),
      .unit = unit.code,
      .unit_id = unit.id,
      .reserve_weight = weight("reserve_weight"),
      .members_weight = weight("members_weight"),
      .other_weight = fields.find("other_weight") ? weight_in(fields, "other_weight") : 0,
      .loss_reserve_weight = weight("loss_reserve_weight"),
      .loss_members_weight = weight("loss_members_weight"),
      .patronage = fields.require("patronage").parsed(capital::patronage_from),
      .interest_millionths = millionths_in(fields, "interest_rate", million, 0),
      .interest_most_millionths = millionths_in(fields, "interest_most", million, million),
      .cash_millionths = millionths_in(fields, "cash_part", million, 0),
      .is_indivisible = fields.truth_or("indivisible", true),
      .result = path_in(fields, "result"),
      .reserve = path_in(fields, "reserve"),
      .capital = path_in(fields, "capital"),
      .payable = path_in(fields, "payable"),
      .other = fields.text_or_empty("other", longest_path),
      .recorded_at = {}};
  if (is_shared) {
    rule.sharing_code = fields.require("sharing_rule").text(longest_text);
    rule.loss_code = fields.require("loss_rule").text(longest_text);
  }
  return rule;
}

capital::SurplusDraft surplus_draft_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{
      value,
      {"from_on", "to_on", "booked_on", "amount", "unit", "source", "decision", "members", "members_from"}};
  const AskedAmount amount = amount_from(fields, units);
  const Day to_on = fields.require("to_on").day();
  const auto source = fields.find("source");
  const auto booked_on = fields.find("booked_on");
  const bool by_hours = is_from_hours(fields);
  return {.unit = amount.unit.id,
          .scale = amount.unit.scale,
          .source = source ? source->parsed(capital::surplus_source_from) : capital::SurplusSource::result,
          .from_on = fields.require("from_on").day(),
          .to_on = to_on,
          .booked_on = booked_on ? booked_on->day() : to_on,
          .amount_minor = amount.minor,
          .decision = fields.require("decision").text(longest_text),
          .members = by_hours ? std::vector<capital::MeasuredMember>{} : measured_from(fields),
          .by_approved_hours = by_hours};
}

void write_share_class(JsonWriter& out, const capital::ShareClass& of, int scale) {
  out.open().field("code", of.code).field("version", of.number).field("from_on", of.from_on);
  out.field("title", of.title).amount_field("nominal", of.nominal_minor, scale);
  out.amount_field("lowest", of.lowest_minor, scale).maybe_amount("highest", of.highest_minor, scale);
  out.field("unit", of.unit).field("withdrawable", text_of(of.withdrawable));
  out.field("notice_days", of.notice_days).field("transferable", of.is_transferable);
  out.field("reserve_part", capital::percent_text_of(of.reserve_millionths));
  out.field("capital", of.capital).field("reserve", of.reserve).field("receivable", of.receivable);
  out.field("payable", of.payable).field("fund", of.fund).field("decision", of.decision);
  out.field("recorded_at", of.recorded_at).close();
}

void write_movement(JsonWriter& out, const capital::Movement& movement) {
  out.open().field("number", movement.number).field("movement", text_of(movement.kind));
  out.field("share_class", movement.class_code).field("version", movement.class_version);
  out.field("member", movement.member).amount_field("amount", movement.minor, movement.scale);
  out.amount_field("to_reserve", movement.reserve_minor, movement.scale).field("unit", movement.unit);
  out.field("on", movement.moved_on).field("follows", movement.follows).field("entry", movement.entry);
  out.field("reason", movement.reason).field("recorded_at", movement.recorded_at);
  out.field("recorded_by", movement.recorded_by).close();
}

void write_ask(JsonWriter& out, const capital::Ask& ask) {
  out.open().field("movement", ask.number).field("share_class", ask.class_code).field("member", ask.member);
  out.field("asked_on", ask.asked_on).field("due_on", ask.due_on);
  out.amount_field("asked", ask.minor, ask.scale).amount_field("withdrawn", ask.withdrawn_minor, ask.scale);
  out.amount_field("taken_back", ask.taken_back_minor, ask.scale);
  out.amount_field("waiting", ask.waiting_minor(), ask.scale).field("unit", ask.unit);
  out.field("reason", ask.reason).close();
}

void write_withdrawal_run(JsonWriter& out, const capital::WithdrawalRun& run, int scale) {
  out.open().field("share_class", run.of.code).field("year_from", run.year_from);
  out.amount_field("surplus_in_books", run.earned_minor, scale);
  out.amount_field("already_out", run.already_out_minor, scale);
  out.amount_field("net_assets", run.net_assets_minor, scale);
  out.maybe_amount("free_in_fund", run.of_fund_minor, scale);
  out.amount_field("available", run.available_minor, scale).field("unit", run.of.unit).array("paid");
  for (const capital::Movement& movement : run.paid) write_movement(out, movement);
  out.end_array().array("queue");
  for (const capital::Waiting& one : run.queue) {
    out.open().field("movement", one.ask).field("member", one.member).field("asked_on", one.asked_on);
    out.field("due_on", one.due_on).amount_field("amount", one.waiting_minor, scale).close();
  }
  out.end_array().close();
}

void write_surplus_rule(JsonWriter& out, const capital::SurplusRule& rule) {
  out.open().field("number", rule.number).field("from_on", rule.from_on).field("title", rule.title);
  out.field("decision", rule.decision).field("unit", rule.unit);
  out.field("reserve_weight", rule.reserve_weight).field("members_weight", rule.members_weight);
  out.field("other_weight", rule.other_weight).field("loss_reserve_weight", rule.loss_reserve_weight);
  out.field("loss_members_weight", rule.loss_members_weight).field("patronage", text_of(rule.patronage));
  out.field("interest_rate", capital::percent_text_of(rule.interest_millionths));
  out.field("interest_most", capital::percent_text_of(rule.interest_most_millionths));
  out.field("cash_part", capital::percent_text_of(rule.cash_millionths));
  out.field("indivisible", rule.is_indivisible).field("result", rule.result).field("reserve", rule.reserve);
  out.field("capital", rule.capital).field("payable", rule.payable).text_or_null("other", rule.other);
  out.field("sharing_rule", rule.sharing_code).field("loss_rule", rule.loss_code).array("words");
  for (const std::string& words : capital::words_of(rule)) out.value(words);
  out.end_array().field("recorded_at", rule.recorded_at).close();
}

void write_surplus_run(JsonWriter& out, const capital::SurplusRun& run) {
  const int scale = run.scale;
  const capital::Division& division = run.division;
  out.open().field("number", run.number).field("state", capital::state_of(run)).name("rule");
  write_surplus_rule(out, run.rule);
  out.field("source", text_of(run.source)).field("from_on", run.from_on).field("to_on", run.to_on);
  out.field("booked_on", run.booked_on).field("decision", run.decision).field("unit", run.rule.unit);
  out.amount_field("amount", run.amount_minor, scale)
      .amount_field("to_reserve", division.reserve_minor, scale);
  out.amount_field("to_members", division.members_minor, scale);
  out.amount_field("to_other", division.other_minor, scale);
  out.amount_field("interest", division.interest_minor, scale);
  out.amount_field("cash", division.cash_minor, scale).array("members");
  for (const capital::SurplusShare& share : division.shares) {
    out.open().field("member", share.of.member).field("measure", capital::measure_text_of(share.of.measure));
    out.field("minutes", share.of.minutes);
    out.amount_field("capital_before", share.of.capital_minor, scale);
    out.amount_field("interest", share.interest_minor, scale);
    out.amount_field("patronage", share.patronage_minor, scale).amount_field("cash", share.cash_minor, scale);
    out.amount_field("retained", share.retained_minor(), scale).array("explanation");
    for (const std::string& words : share.why) out.value(words);
    out.end_array().close();
  }
  out.end_array().array("warnings");
  for (const std::string& warning : capital::warnings_of(run)) out.value(warning);
  out.end_array().name("divided_by");
  write_divided_by(out, run);
  out.array("steps");
  for (const capital::SurplusStep& step : run.steps) {
    out.open().field("number", step.number).field("step", text_of(step.kind)).field("entry", step.entry);
    out.field("entries", step.entry ? step.entries : 0);
    out.text_or_null("reason", step.reason).field("recorded_at", step.recorded_at);
    out.field("recorded_by", step.recorded_by_name).close();
  }
  out.end_array().field("recorded_at", run.recorded_at).field("recorded_by", run.recorded_by_name).close();
}

void write_surplus_summary(JsonWriter& out, const capital::SurplusSummary& run) {
  out.open().field("number", run.number).field("state", run.state).field("source", text_of(run.source));
  out.field("from_on", run.from_on).field("to_on", run.to_on).field("unit", run.unit);
  out.amount_field("amount", run.amount_minor, run.scale);
  out.amount_field("to_members", run.members_minor, run.scale)
      .amount_field("cash", run.cash_minor, run.scale);
  out.field("members", run.members).field("recorded_at", run.recorded_at).close();
}

}  // namespace coop::api
