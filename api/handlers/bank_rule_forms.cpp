#include "api/handlers/bank_rule_forms.hpp"

#include "api/handlers/dues_forms.hpp"
#include "api/handlers/text_limits.hpp"
#include "ledger/values/money.hpp"

namespace coop::api {

namespace {

constexpr int percent_scale = 4;
// In the order of books::DimensionCodes.
constexpr std::array<std::string_view, 4> rule_dimensions{"fund", "member", "cost_object", "tax_code"};

void write_conditions(JsonWriter& out, const bank::RuleConditions& when, const Unit& unit, bool sees_names) {
  const auto shown = [&](std::string_view name, const std::string& text) {
    out.text_or_null(name, sees_names ? text : std::string{});
  };
  out.object("when").field("bank_account", when.bank_account);
  out.text_or_null("direction", !when.is_credit ? "" : *when.is_credit ? "in" : "out");
  out.maybe_amount("amount_from", when.least_minor, unit.scale);
  out.maybe_amount("amount_to", when.most_minor, unit.scale);
  shown("counterparty", when.counterparty);
  shown("words", when.words);
  shown("reference", when.reference);
  out.text_or_null("code", when.code).field("day_from", when.first_day).field("day_to", when.last_day);
  out.text_or_null("counterparty_hash", when.counterparty_hash).close();
}

void write_parts(JsonWriter& out, const std::vector<bank::RulePart>& parts, const Unit& unit) {
  out.array("parts");
  for (const bank::RulePart& part : parts) {
    out.open().field("account", part.account).maybe_amount("amount", part.fixed_minor, unit.scale);
    out.text_or_null("percent", part.share_millionths ? percent_text(*part.share_millionths) : "");
    for (std::size_t i = 0; i < rule_dimensions.size(); ++i) out.field(rule_dimensions[i], part.about[i]);
    out.text_or_null("description", part.description).close();
  }
  out.end_array();
}

std::optional<int> small_from(const JsonObject& fields, std::string_view name, int least, int most) {
  const auto field = fields.find(name);
  return field ? std::optional{static_cast<int>(field->number(least, most))} : std::nullopt;
}

std::optional<bank::BankAccountNumber> account_from(const JsonObject& fields, std::string_view name) {
  const auto field = fields.find(name);
  if (!field) return std::nullopt;
  return bank::BankAccountNumber{static_cast<std::int32_t>(field->number(1, most_number))};
}

// Text that is not empty where it is given.
std::string words_from(const JsonObject& fields, std::string_view name) {
  const auto field = fields.find(name);
  if (!field) return {};
  std::string text = field->text(any_text);
  if (text.empty()) field->refuse(Refusal::field_invalid, "it is empty");
  return text;
}

std::optional<std::int64_t> amount_in(const JsonObject& fields, std::string_view name, const Unit& unit) {
  const auto field = fields.find(name);
  return field ? std::optional{minor_from(*field, unit)} : std::nullopt;
}

bool is_credit_from(std::string_view word) {
  if (word == "in") return true;
  if (word == "out") return false;
  throw Refused{Refusal::field_invalid, "allowed are in, out"};
}

bank::RuleConditions conditions_from(const JsonValue& value, const Unit& unit) {
  const JsonObject fields{value,
                          {"bank_account", "direction", "amount_from", "amount_to", "counterparty", "words",
                           "reference", "code", "day_from", "day_to", "counterparty_account"}};
  bank::RuleConditions when;
  when.bank_account = account_from(fields, "bank_account");
  if (const auto direction = fields.find("direction")) when.is_credit = direction->parsed(is_credit_from);
  when.least_minor = amount_in(fields, "amount_from", unit);
  when.most_minor = amount_in(fields, "amount_to", unit);
  when.counterparty = words_from(fields, "counterparty");
  when.words = words_from(fields, "words");
  when.reference = words_from(fields, "reference");
  when.code = words_from(fields, "code");
  when.first_day = small_from(fields, "day_from", 1, 31);
  when.last_day = small_from(fields, "day_to", 1, 31);
  when.counterparty_account = words_from(fields, "counterparty_account");
  return when;
}

bank::RulePart rule_part_from(const JsonValue& value, const Unit& unit) {
  const JsonObject fields{
      value, {"account", "amount", "percent", "fund", "member", "cost_object", "tax_code", "description"}};
  bank::RulePart part{.account = fields.require("account").text(any_text)};
  part.fixed_minor = amount_in(fields, "amount", unit);
  if (const auto percent = fields.find("percent"))
    part.share_millionths =
        percent->parsed([](std::string_view text) { return minor_from_text(text, percent_scale); });
  for (std::size_t i = 0; i < rule_dimensions.size(); ++i)
    if (const auto code = fields.find(rule_dimensions[i])) part.about[i] = code->text(any_text);
  part.description = fields.text_or_empty("description", any_text);
  return part;
}

}  // namespace

std::string percent_text(std::int64_t millionths) { return text_from_minor(millionths, percent_scale); }

void write_bank_rule(JsonWriter& out, const bank::BankRule& rule, const Unit& unit, bool sees_names) {
  out.open().field("number", rule.number).field("version", rule.version).field("name", rule.is.name);
  out.text_or_null("note", sees_names ? rule.is.note : std::string{});
  out.field("mode", bank::text_of(rule.mode)).text_or_null("reason", rule.reason).field("unit", unit.code);
  write_conditions(out, rule.is.when, unit, sees_names);
  write_parts(out, rule.is.parts, unit);
  out.text_or_null("pays_for", rule.is.pays_for).field("transfer_to", rule.is.transfer_to);
  out.field("recorded_at", rule.recorded_at).close();
}

void write_rule_replay(JsonWriter& out, const bank::RuleReplay& replay) {
  out.open().field("number", replay.number).field("version", replay.version);
  out.field("bank_account", replay.bank_account).field("from_day", replay.from).field("to_day", replay.to);
  out.field("last_line", replay.last_line).field("looked_at", replay.looked_at);
  out.field("agrees", replay.agreed).field("differs", replay.differed).field("open", replay.still_open);
  out.field("taken_before", replay.taken_before).field("recorded_at", replay.recorded_at).close();
}

bank::RuleDraft rule_draft_from(const JsonValue& body, UnitDirectory& units) {
  const JsonObject fields{body, {"name", "note", "unit", "when", "parts", "pays_for", "transfer_to"}};
  const Unit unit = unit_from(fields, units);
  bank::RuleDraft draft{.name = fields.require("name").text(any_text),
                        .note = fields.text_or_empty("note", any_text),
                        .unit = unit.id};
  draft.when = conditions_from(fields.require("when"), unit);
  if (const auto parts = fields.find("parts"))
    for (const JsonValue& part : parts->elements()) draft.parts.push_back(rule_part_from(part, unit));
  draft.pays_for = words_from(fields, "pays_for");
  draft.transfer_to = account_from(fields, "transfer_to");
  return draft;
}

}  // namespace coop::api
