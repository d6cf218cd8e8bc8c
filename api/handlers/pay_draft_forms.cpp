
#include "api/handlers/dues_forms.hpp"
#include "api/handlers/pay_forms.hpp"
#include "api/handlers/sharing_forms.hpp"
#include "api/handlers/text_limits.hpp"
#include "ledger/books/unit_store.hpp"

namespace coop::api {

namespace {

constexpr std::size_t longest_pay_text = 4'000;  // the room judges the lengths
constexpr std::size_t most_pay_members = 10'000;
constexpr std::size_t most_pots = 60;

std::optional<funds::SpendingMandateNumber> mandate_from(const JsonObject& fields) {
  const auto mandate = fields.find("mandate");
  if (!mandate) return std::nullopt;
  return funds::SpendingMandateNumber{static_cast<std::int32_t>(mandate->number(1, most_number))};
}

pay::GivenNumbers given_numbers_from(const JsonObject& fields, std::string_view name) {
  pay::GivenNumbers numbers;
  take_numbers(fields, name, [&](const NamedNumber& number) {
    if (number.value.numerator() < 0) number.value_at.refuse(Refusal::field_invalid, "it is not below zero");
    numbers.emplace_back(number.name, number.value);
  });
  return numbers;
}

std::vector<pay::GivenMember> given_members_from(const JsonObject& fields) {
  std::vector<pay::GivenMember> members;
  const auto listed = fields.find("members");
  if (!listed) return members;
  const auto elements = listed->elements();
  if (elements.size() > most_pay_members)
    listed->refuse(Refusal::batch_too_large, "a run is given at most 10000 members");
  for (const JsonValue& one : elements) {
    const JsonObject member{one, {"member", "place", "measures", "local_share"}};
    const auto local = member.find("local_share");
    members.push_back({.member = member.require("member").text(longest_pay_text),
                       .place = member.text_or_empty("place", longest_pay_text),
                       .measures = given_numbers_from(member, "measures"),
                       .local_share = local ? std::optional{local->parsed(Ratio::parse)} : std::nullopt});
  }
  return members;
}

pay::PayAccounts accounts_from(const JsonObject& fields) {
  return {.wages = fields.require("wages").text(longest_pay_text),
          .payable = fields.require("payable").text(longest_pay_text),
          .deferred = fields.text_or_empty("deferred", longest_pay_text)};
}

// Of whoever chose nothing: nothing, where it is not given.
Ratio share_from(const JsonObject& local) {
  const auto given = local.find("share");
  if (!given) return Ratio{0, 1};
  const Ratio share = given->parsed(Ratio::parse);
  if (share.numerator() <= 0) given->refuse(Refusal::field_invalid, "a share that is given is above 0");
  return share;
}

std::optional<pay::LocalDraft> local_draft_from(const JsonObject& fields, const Unit& unit,
                                                UnitDirectory& units) {
  const auto given = fields.find("local");
  if (!given) return std::nullopt;
  const JsonObject local{*given, {"unit", "share", "most", "payable", "conversion"}};
  pay::LocalDraft draft{.unit = unit_from(local, units),
                        .share = share_from(local),
                        .most_minor = {},
                        .payable = local.require("payable").text(longest_pay_text)};
  if (const auto most = local.find("most")) draft.most_minor = minor_from(*most, unit);
  if (const auto conversion = local.find("conversion")) draft.conversion = conversion->text(longest_pay_text);
  return draft;
}

std::vector<pay::PotDraft> pots_from(const JsonObject& fields) {
  std::vector<pay::PotDraft> pots;
  const auto listed = fields.find("pots");
  if (!listed) return pots;
  for (const JsonValue& one : listed->elements()) {
    if (pots.size() == most_pots) one.refuse(Refusal::field_invalid, "there are at most 60");
    const JsonObject pot{one, {"name", "from", "to", "fund"}};
    pots.push_back({.name = pot.require("name").text(longest_pay_text),
                    .booked = {.from = pot.require("from").text(longest_pay_text),
                               .to = pot.require("to").text(longest_pay_text),
                               .fund = pot.text_or_empty("fund", longest_pay_text)}});
  }
  return pots;
}

// What runs of wages and settlements are given alike, read in this order.
template <class Draft>
void add_division_terms(Draft& draft, const JsonObject& fields, UnitDirectory& units) {
  draft.rule = fields.require("rule").text(longest_pay_text);
  draft.figures = given_numbers_from(fields, "figures");
  draft.members = given_members_from(fields);
  draft.deferred_as = fields.require("deferred_as").parsed(pay::deferred_as_from);
  draft.accounts = accounts_from(fields);
  draft.decision = decision_from(fields);
  draft.fund = fields.text_or_empty("fund", longest_pay_text);
  draft.local = local_draft_from(fields, draft.unit, units);
  draft.pots = pots_from(fields);
  draft.mandate = mandate_from(fields);
}

}  // namespace

pay::TariffDraft tariff_draft_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value, {"work", "circle", "member", "from_on", "amount", "unit", "decision"}};
  pay::TariffDraft draft{.work = fields.require("work").text(longest_pay_text),
                         .circle = fields.text_or_empty("circle", longest_pay_text),
                         .member = fields.text_or_empty("member", longest_pay_text),
                         .from_on = fields.require("from_on").day(),
                         .minor = {},
                         .unit = {},
                         .decision = fields.text_or_empty("decision", longest_pay_text)};
  if (!fields.find("amount") && !fields.find("unit")) return draft;
  const AskedAmount amount = amount_from(fields, units);
  draft.minor = amount.minor;
  draft.unit = amount.unit.code;
  return draft;
}

pay::WagesDraft wages_draft_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{
      value,
      {"from_on", "to_on", "booked_on", "amount", "unit", "rule", "figures", "members", "deferred_as",
       "wages", "payable", "deferred", "decision", "fund", "local", "pots", "circle", "mandate"}};
  const AskedAmount amount = amount_from(fields, units);
  const Day to_on = fields.require("to_on").day();
  const auto booked_on = fields.find("booked_on");
  pay::WagesDraft draft{.from_on = fields.require("from_on").day(),
                        .to_on = to_on,
                        .booked_on = booked_on ? booked_on->day() : to_on,
                        .unit = amount.unit,
                        .amount_minor = amount.minor,
                        .rule = {},
                        .deferred_as = {},
                        .accounts = {}};
  add_division_terms(draft, fields, units);
  draft.circle = fields.text_or_empty("circle", longest_pay_text);
  return draft;
}

void add_run_terms(pay::WagesDraft& draft, const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value, {"figures", "members", "pots", "local"}};
  draft.figures = given_numbers_from(fields, "figures");
  draft.members = given_members_from(fields);
  draft.pots = pots_from(fields);
  draft.local = local_draft_from(fields, draft.unit, units);
}

pay::SettlementDraft settlement_draft_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value,
                          {"booked_on", "amount", "unit", "rule", "figures", "members", "deferred_as",
                           "wages", "payable", "decision", "fund", "local", "pots", "grants", "mandate"}};
  const AskedAmount amount = amount_from(fields, units);
  pay::SettlementDraft draft{.booked_on = fields.require("booked_on").day(),
                             .unit = amount.unit,
                             .amount_minor = amount.minor,
                             .rule = {},
                             .deferred_as = {},
                             .accounts = {}};
  add_division_terms(draft, fields, units);
  draft.grants = fields.truth_or("grants", false);
  return draft;
}

pay::LapseDraft lapse_draft_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{
      value, {"booked_on", "unit", "deferred_as", "wages", "since_until", "members", "decision"}};
  const auto until = fields.find("since_until");
  const auto members = fields.find("members");
  return {.booked_on = fields.require("booked_on").day(),
          .unit = unit_from(fields, units),
          .deferred_as = fields.require("deferred_as").parsed(pay::deferred_as_from),
          .wages = fields.require("wages").text(longest_pay_text),
          .since_until = until ? std::optional{until->day()} : std::nullopt,
          .members = members ? members->texts(longest_pay_text) : std::vector<std::string>{},
          .decision = fields.text_or_empty("decision", longest_pay_text)};
}

pay::OldClaimsDraft old_claims_from(const JsonValue& value, UnitDirectory& units) {
  const JsonObject fields{value,
                          {"booked_on", "unit", "deferred_as", "against", "deferred", "claims", "decision"}};
  const Unit unit = unit_from(fields, units);
  pay::OldClaimsDraft draft{.booked_on = fields.require("booked_on").day(),
                            .unit = unit,
                            .deferred_as = fields.require("deferred_as").parsed(pay::deferred_as_from),
                            .against = fields.require("against").text(longest_pay_text),
                            .deferred = fields.text_or_empty("deferred", longest_pay_text),
                            .claims = {},
                            .decision = fields.text_or_empty("decision", longest_pay_text)};
  const auto claims = fields.require("claims");
  const auto elements = claims.elements();
  if (elements.size() > pay::most_old_claims)
    claims.refuse(Refusal::batch_too_large, "at most 10000 claims are taken in at once");
  for (const JsonValue& one : elements) {
    const JsonObject claim{one, {"member", "since", "amount"}};
    const JsonValue amount = claim.require("amount");
    amount.amount();
    draft.claims.push_back({.member = claim.require("member").text(longest_pay_text),
                            .since = claim.require("since").day(),
                            .minor = minor_from(amount, unit)});
  }
  return draft;
}

pay::PaymentDraft payment_draft_from(const JsonValue& value) {
  const JsonObject fields{value, {"bank_account", "requested_on", "mandate", "members"}};
  pay::PaymentDraft draft{
      .bank_account = static_cast<int>(fields.require("bank_account").number(1, most_number)),
      .requested_on = fields.require("requested_on").day()};
  draft.mandate = mandate_from(fields);
  if (const auto members = fields.find("members")) {
    draft.members = members->texts(longest_pay_text);
    if (draft.members.empty()) members->refuse(Refusal::field_invalid, "without members it names none");
    if (draft.members.size() > most_pay_members)
      members->refuse(Refusal::batch_too_large, "at most 10000 members are named");
  }
  return draft;
}

}  // namespace coop::api
