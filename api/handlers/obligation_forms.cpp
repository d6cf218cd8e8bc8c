#include "api/handlers/obligation_forms.hpp"

#include <limits>

#include "api/handlers/dues_forms.hpp"

namespace coop::api {

namespace {

constexpr std::size_t any_words = 4'000;  // the rules judge the lengths
constexpr std::int64_t most_minutes = std::numeric_limits<std::int32_t>::max();

void put_ways(const JsonObject& fields, work::ObligationTerms& terms) {
  for (const JsonValue& one : fields.require("payable_in").elements()) {
    const std::string word = one.text(any_words);
    if (word == "hours") terms.by_hours = true;
    else if (word == "money") terms.by_money = true;
    else if (word == "kind") terms.by_kind = true;
    else one.refuse(Refusal::field_invalid, "hours, money or kind is expected");
  }
}

std::optional<int> minutes_if_any(const JsonObject& fields) {
  const auto found = fields.find("minutes");
  if (!found) return std::nullopt;
  return static_cast<int>(found->number(1, most_minutes));
}

void write_obligation_terms(JsonWriter& out, const work::ObligationTerms& terms,
                            const std::optional<Unit>& unit) {
  out.field("title", terms.title).text_or_null("circle", terms.circle);
  out.field("from_on", terms.from_on).field("until_on", terms.until_on);
  out.field("unit", unit ? std::optional{unit->code} : std::nullopt);
  out.maybe_amount("rate_an_hour", terms.rate_minor, unit ? unit->scale : 0);
}

// The same thing in minutes and in money: "open_minutes", "open_amount".
void write_hours_or_money(JsonWriter& out, const std::string& name, const work::HoursOrMoney& both,
                          int scale) {
  out.field(name + "_minutes", both.minutes).maybe_amount(name + "_amount", both.minor, scale);
}

std::optional<Unit> unit_of(const work::ObligationTerms& terms, UnitDirectory& units) {
  return terms.unit ? std::optional{units.of(*terms.unit)} : std::nullopt;
}

work::ObligationTerms terms_from(const JsonObject& fields, UnitDirectory& units) {
  work::ObligationTerms terms{.title = fields.require("title").text(any_words),
                              .circle = fields.text_or_empty("circle", any_words),
                              .from_on = fields.require("from_on").day(),
                              .until_on = fields.require("until_on").day(),
                              .minutes = minutes_if_any(fields),
                              .by_hours = false,
                              .by_money = false,
                              .by_kind = false,
                              .decision = fields.require("decision").text(any_words)};
  if (const auto circle = fields.find("circle"); circle && terms.circle.empty())
    circle->refuse(Refusal::circle_unknown, "no circle has an empty code");
  put_ways(fields, terms);
  const auto amount = fields.find("amount");
  const auto rate = fields.find("rate_an_hour");
  if (!amount && !rate) {
    if (const auto unit = fields.find("unit")) {
      unit_from(fields, units);
      unit->refuse(Refusal::field_invalid, "nothing is said in this unit");
    }
    return terms;
  }
  const Unit unit = unit_from(fields, units);
  terms.unit = unit.id;
  if (amount) terms.minor = minor_from(*amount, unit);
  if (rate) terms.rate_minor = minor_from(*rate, unit);
  return terms;
}

}  // namespace

AskedObligation obligation_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value,
                          {"title", "circle", "from_on", "until_on", "minutes", "amount", "unit",
                           "rate_an_hour", "payable_in", "decision", "members"}};
  AskedObligation asked{terms_from(fields, units), {}};
  if (fields.find("members")) asked.members = debtors_from(fields);
  return asked;
}

std::vector<std::string> debtors_from(const JsonObject& fields) {
  return fields.require("members").texts(any_words);
}

work::SettlementDraft settlement_from(const JsonValue& value, const work::ObligationTerms& terms,
                                      UnitDirectory& units) {
  const JsonObject fields{value, {"how", "member", "on", "amount", "minutes", "entry", "words"}};
  work::SettlementDraft draft{.how = fields.require("how").parsed(work::settlement_kind_from),
                              .member = fields.require("member").text(any_words),
                              .on = fields.require("on").day(),
                              .minutes = minutes_if_any(fields),
                              .words = fields.text_or_empty("words", any_words)};
  if (const auto amount = fields.find("amount")) {
    if (!terms.unit) amount->refuse(Refusal::field_invalid, "nothing of it is said in money");
    draft.minor = minor_from(*amount, units.of(*terms.unit));
  }
  if (const auto entry = fields.find("entry"))
    draft.entry = EntryNumber{entry->number(1, std::numeric_limits<std::int32_t>::max())};
  return draft;
}

void write_obligation(JsonWriter& out, const work::Obligation& obligation, UnitDirectory& units) {
  const work::ObligationTerms& terms = obligation.terms;
  const auto unit = unit_of(terms, units);
  out.open().field("number", obligation.number);
  write_obligation_terms(out, terms, unit);
  out.field("minutes", terms.minutes).maybe_amount("amount", terms.minor, unit ? unit->scale : 0);
  out.array("payable_in");
  if (terms.by_hours) out.value("hours");
  if (terms.by_money) out.value("money");
  if (terms.by_kind) out.value("kind");
  out.end_array().field("decision", terms.decision).field("members", obligation.members);
  out.field("recorded_at", obligation.recorded_at).field("recorded_by", obligation.recorded_by);
  out.field("withdrawn_at", obligation.withdrawn_at).text_or_null("withdrawn_for", obligation.withdrawn_for);
  out.close();
}

void write_settlement(JsonWriter& out, const work::ObligationSettlement& settlement,
                      const work::ObligationTerms& terms, UnitDirectory& units) {
  const auto unit = unit_of(terms, units);
  out.open().field("number", settlement.number).field("how", work::text_of(settlement.kind));
  out.field("member", settlement.member).field("on", settlement.on);
  out.maybe_amount("amount", settlement.minor, unit ? unit->scale : 0);
  out.field("unit", settlement.minor ? std::optional{unit->code} : std::nullopt);
  out.field("minutes", settlement.minutes).field("entry", settlement.entry);
  out.field("reverses", settlement.reverses).text_or_null("words", settlement.words);
  out.field("counts", settlement.counts).field("recorded_at", settlement.recorded_at);
  out.field("recorded_by", settlement.recorded_by).close();
}

void write_standing(JsonWriter& out, const work::MemberStanding& standing, UnitDirectory& units) {
  const auto unit = unit_of(standing.terms, units);
  const int scale = unit ? unit->scale : 0;
  const auto stands = work::standing_of(standing.terms, standing.done);
  const work::ObligationDone& done = standing.done;
  const auto amount = [&](const char* name, std::int64_t minor) {
    out.maybe_amount(name, unit ? std::optional{minor} : std::nullopt, scale);
  };
  out.open().field("obligation", standing.obligation).field("member", standing.member);
  write_obligation_terms(out, standing.terms, unit);
  write_hours_or_money(out, "owed", stands.owed, scale);
  write_hours_or_money(out, "done", stands.done, scale);
  out.field("waiting_minutes", done.waiting_minutes);
  amount("money_amount", done.money_minor);
  amount("kind_amount", done.kind_minor);
  out.field("waived_minutes", done.waived_minutes);
  amount("waived_amount", done.waived_minor);
  write_hours_or_money(out, "open", stands.open, scale);
  write_hours_or_money(out, "beyond", stands.beyond, scale);
  out.field("complete", stands.is_complete).close();
}

void write_split(JsonWriter& out, const work::SplitQuestion& question, const work::SuggestedSplit& suggested,
                 UnitDirectory& units) {
  const auto unit = suggested.standing ? unit_of(suggested.standing->terms, units) : std::nullopt;
  const int scale = unit ? unit->scale : 0;
  out.open().field("minutes", question.minutes).field("toward_minutes", suggested.split.toward);
  out.maybe_amount("toward_amount", suggested.split.toward_minor, scale);
  out.field("rest_minutes", suggested.split.rest);
  out.maybe_amount("rest_amount", suggested.split.rest_minor, scale);
  out.field("unit", unit ? std::optional{unit->code} : std::nullopt).name("standing");
  if (suggested.standing) write_standing(out, *suggested.standing, units);
  else out.value(std::nullopt);
  out.close();
}

}  // namespace coop::api
