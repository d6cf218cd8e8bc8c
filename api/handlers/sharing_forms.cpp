#include "api/handlers/sharing_forms.hpp"

#include <boost/json.hpp>
#include <limits>

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/text_limits.hpp"
#include "ledger/sharing/division_words.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/sharing/rule_words.hpp"

namespace coop::api {

namespace {

using sharing::Line;

constexpr std::size_t most_tried = 1'000;
constexpr std::size_t most_numbers = 60;

std::string exact_text(const Fraction& number, bool is_amount, const Unit& unit) {
  if (!is_amount) return number.decimal_text();
  const Fraction units{boost::multiprecision::pow(Fraction::Whole{10}, static_cast<unsigned>(unit.scale)), 1};
  return (number / units).decimal_text(unit.scale);
}

void write_shared_lines(JsonWriter& out, const std::vector<Line>& lines, const Unit& unit) {
  out.array("why");
  for (const Line& line : lines) {
    out.open().field("step", line.step).field("kind", sharing::text_of(line.kind)).field("pot", line.pot);
    out.text_or_null("name", line.name).array("inputs");
    for (const sharing::Input& input : line.inputs)
      out.open()
          .text_or_null("name", input.name)
          .field("value", exact_text(input.value, input.is_amount, unit))
          .close();
    out.end_array().name("exact");
    if (line.exact) out.value(exact_text(*line.exact, line.is_amount, unit));
    else out.value(std::nullopt);
    out.field("result", exact_text(line.result, line.is_amount, unit));
    out.field("words", sharing::words_of(line, unit)).close();
  }
  out.end_array();
}

void write_pot(JsonWriter& out, const sharing::PotShare& pot, const Unit& unit) {
  out.open().field("name", pot.name).amount_field("wanted", pot.wanted, unit.scale);
  out.amount_field("received", pot.received, unit.scale).amount_field("passed_on", pot.passed_on, unit.scale);
  out.amount_field("paid", pot.paid, unit.scale).amount_field("left", pot.left, unit.scale);
  write_shared_lines(out, pot.why, unit);
  out.close();
}

void write_participant_share(JsonWriter& out, const sharing::ParticipantShare& share, const Unit& unit) {
  out.open().field("id", share.id).amount_field("amount", share.amount, unit.scale);
  out.amount_field("moved", share.moved, unit.scale).amount_field("deferred", share.deferred, unit.scale);
  out.array("payments");
  for (const sharing::Payment& payment : share.payments) {
    out.open().field("pot", payment.pot).amount_field("paid", payment.paid, unit.scale);
    out.amount_field("claimed", payment.claimed, unit.scale);
    out.amount_field("deferred", payment.deferred, unit.scale);
    out.maybe_amount("in_cash", payment.in_cash, unit.scale).close();
  }
  out.end_array().array("lots");
  for (const sharing::PaidLot& lot : share.lots) {
    out.open().field("pot", lot.pot).field("since", lot.lot.since);
    out.amount_field("open", lot.lot.open_minor, unit.scale).amount_field("paid", lot.paid, unit.scale);
    out.close();
  }
  out.end_array();
  write_shared_lines(out, share.why, unit);
  out.close();
}

void write_given_before(JsonWriter& out, const std::vector<pay::GivenPay>& given, const Unit& unit) {
  out.array("given");
  for (const pay::GivenPay& one : given)
    out.open()
        .field("id", one.member)
        .amount_field("paid", one.paid_minor, unit.scale)
        .amount_field("deferred", one.deferred_minor, unit.scale)
        .close();
  out.end_array();
}

void write_words(JsonWriter& out, const sharing::RuleVersion& version) {
  out.array("words");
  if (version.is.rule)
    for (const std::string& sentence : sharing::words_of(*version.is.rule)) out.value(sentence);
  out.end_array();
}

std::string given_name_from(const JsonValue& value) {
  return value.parsed([](std::string_view text) {
    sharing::require_name(text);
    return std::string{text};
  });
}

sharing::Participant participant_from(const JsonValue& value, const Unit& unit) {
  const JsonObject fields{value, {"id", "place", "measures", "lots"}};
  sharing::Participant participant{.id = fields.require("id").text(any_text),
                                   .place = fields.text_or_empty("place", any_text),
                                   .measures = figures_from(fields, "measures")};
  if (const auto lots = fields.find("lots"))
    for (const JsonValue& one : lots->elements()) {
      const JsonObject lot{one, {"since", "amount"}};
      participant.lots.push_back({lot.require("since").day(), minor_from(lot.require("amount"), unit)});
      if (participant.lots.size() > most_tried) one.refuse(Refusal::field_invalid, "there are at most 1000");
    }
  return participant;
}

AskedPast past_from(const JsonValue& value) {
  const JsonObject fields{value, {"pay_run", "from_on", "to_on", "circle"}};
  const auto run = fields.find("pay_run");
  if (!run)
    return {.pay_run = {},
            .from_on = fields.require("from_on").day(),
            .to_on = fields.require("to_on").day(),
            .circle = fields.text_or_empty("circle", any_text)};
  for (const char* name : {"from_on", "to_on", "circle"})
    if (const auto given = fields.find(name))
      given->refuse(Refusal::field_invalid, "a run has its own days and circle");
  return {.pay_run = static_cast<std::int32_t>(run->number(1, std::numeric_limits<std::int32_t>::max()))};
}

// What is divided among whom, on which day.
AskedTry asked_in(const JsonObject& fields, UnitDirectory& units, Day today) {
  const Unit unit = unit_from(fields, units);
  const auto on = fields.find("on");
  const auto past = fields.find("past");
  const auto amount = past ? fields.find("amount") : std::optional{fields.require("amount")};
  AskedTry asked{.pot = {.minor = amount ? minor_from(*amount, unit) : 0,
                         .unit = unit,
                         .on = on ? on->day() : today,
                         .figures = figures_from(fields, "figures")},
                 .version = {},
                 .participants = {},
                 .past = past ? std::optional{past_from(*past)} : std::nullopt,
                 .gives_amount = amount.has_value(),
                 .gives_day = on.has_value()};
  if (past && !fields.find("participants")) return asked;
  const JsonValue listed = fields.require("participants");
  const auto participants = listed.elements();
  if (participants.size() > most_tried)
    listed.refuse(Refusal::field_invalid, "a rule is tried on at most 1000 participants");
  for (const JsonValue& one : participants) asked.participants.push_back(participant_from(one, unit));
  return asked;
}

}  // namespace

void take_numbers(const JsonObject& fields, std::string_view list,
                  const std::function<void(const NamedNumber&)>& take) {
  const auto listed = fields.find(list);
  if (!listed) return;
  std::size_t taken = 0;
  for (const JsonValue& one : listed->elements()) {
    const JsonObject number{one, {"name", "value"}};
    const JsonValue value = number.require("value");
    value.amount();
    if (taken++ == most_numbers) one.refuse(Refusal::field_invalid, "there are at most 60");
    std::string name = given_name_from(number.require("name"));
    take({one, value, std::move(name), value.parsed(Ratio::parse)});
  }
}

sharing::Figures figures_from(const JsonObject& fields, std::string_view name) {
  sharing::Figures numbers;
  take_numbers(fields, name, [&](const NamedNumber& number) {
    if (!numbers.emplace(number.name, Fraction{number.value}).second)
      number.element.refuse(Refusal::field_invalid, "the name stands twice");
  });
  return numbers;
}

void write_figures(JsonWriter& out, const sharing::Figures& figures) {
  out.array("figures");
  for (const auto& [name, value] : figures)
    out.open().field("name", name).field("value", value.decimal_text()).close();
  out.end_array();
}

void write_rule_version(JsonWriter& out, const sharing::RuleVersion& version) {
  const sharing::VersionDraft& is = version.is;
  out.open().field("code", is.code).field("version", version.version).field("title", is.title);
  out.field("valid_from", is.valid_from).name("rule");
  if (is.rule) out.raw(sharing::canonical_text(*is.rule));
  else out.value(std::nullopt);
  out.text_or_null("hash", version.hash);
  write_words(out, version);
  out.field("decision", is.decision).text_or_null("handbook_link", is.handbook_link);
  out.field("adopted_on", is.adopted_on).field("recorded_at", version.recorded_at);
  out.field("recorded_by", version.recorded_by).close();
}

void write_place_value(JsonWriter& out, const sharing::RecordedPlaceValue& value) {
  out.open().field("number", value.number).field("name", value.is.name).field("place", value.is.place);
  out.field("valid_from", value.is.valid_from).field("value", value.is.value.decimal_text());
  out.text_or_null("unit", value.is.unit).field("source", value.is.source);
  out.field("published_on", value.is.published_on).field("recorded_at", value.recorded_at);
  out.field("recorded_by", value.recorded_by).close();
}

void write_division(JsonWriter& out, const sharing::RuleVersion& version, const sharing::Pot& pot,
                    const sharing::Division& division, const std::vector<pay::GivenPay>* given) {
  const Unit& unit = pot.unit;
  out.open().text_or_null("rule", version.is.code).name("version");
  if (version.version > 0) out.value(version.version);
  else out.value(std::nullopt);
  out.text_or_null("hash", version.hash);
  write_words(out, version);
  out.field("on", pot.on).amount_field("amount", pot.minor, unit.scale).field("unit", unit.code);
  out.amount_field("left", division.pots.front().left, unit.scale);
  out.amount_field("deferred", division.deferred, unit.scale).array("pots");
  for (const sharing::PotShare& one : division.pots) write_pot(out, one, unit);
  out.end_array().array("participants");
  for (const sharing::ParticipantShare& share : division.participants)
    write_participant_share(out, share, unit);
  out.end_array();
  if (given != nullptr) write_given_before(out, *given, unit);
  out.close();
}

sharing::VersionDraft version_draft_from(const JsonDocument& body) {
  const JsonObject fields{JsonValue{body},
                          {"code", "title", "valid_from", "rule", "decision", "handbook_link", "adopted_on"}};
  sharing::VersionDraft draft{.code = given_name_from(fields.require("code")),
                              .title = fields.require("title").text(any_text),
                              .valid_from = fields.require("valid_from").day(),
                              .rule = {},
                              .decision = fields.text_or_empty("decision", any_text),
                              .handbook_link = fields.text_or_empty("handbook_link", any_text),
                              .adopted_on = fields.require("adopted_on").day()};
  if (const auto rule = fields.find("rule"))
    draft.rule = sharing::sharing_rule_from(body.root().at("rule"), "/rule");
  return draft;
}

sharing::PlaceValue place_value_from(const JsonValue& body) {
  const JsonObject fields{body, {"name", "place", "valid_from", "value", "unit", "source", "published_on"}};
  const JsonValue value = fields.require("value");
  value.amount();
  const auto unit = fields.find("unit");
  if (unit && unit->text().empty()) unit->refuse(Refusal::unit_unknown, "a unit has a code");
  return {.name = given_name_from(fields.require("name")),
          .place = fields.require("place").text(any_text),
          .valid_from = fields.require("valid_from").day(),
          .value = Fraction{value.parsed(Ratio::parse)},
          .unit = fields.text_or_empty("unit", any_text),
          .source = fields.require("source").text(any_text),
          .published_on = fields.require("published_on").day()};
}

AskedTry asked_try_from(const JsonValue& body, UnitDirectory& units, Day today) {
  const JsonObject fields{body, {"amount", "unit", "on", "version", "figures", "participants", "past"}};
  AskedTry asked = asked_in(fields, units, today);
  if (const auto version = fields.find("version"))
    asked.version = static_cast<int>(version->number(1, std::numeric_limits<std::int32_t>::max()));
  return asked;
}

AskedTry asked_try_of_rule_from(const JsonDocument& body, UnitDirectory& units, Day today) {
  const JsonObject fields{JsonValue{body},
                          {"rule", "title", "amount", "unit", "on", "figures", "participants", "past"}};
  fields.require("rule");
  const std::string title = fields.find("title") ? fields.require("title").text(200) : "A rule that is tried";
  const auto rule = sharing::sharing_rule_from(body.root().at("rule"), "/rule");
  AskedTry asked = asked_in(fields, units, today);
  asked.rule = sharing::RuleVersion{.number = sharing::VersionNumber{1},
                                    .version = 0,
                                    .is = {.code = "",
                                           .title = title,
                                           .valid_from = asked.pot.on,
                                           .rule = rule,
                                           .decision = "",
                                           .adopted_on = asked.pot.on},
                                    .hash = sharing::hash_of(rule),
                                    .recorded_at = {}};
  return asked;
}

}  // namespace coop::api
