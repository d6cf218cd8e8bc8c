#include "ledger/sharing/division.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "ledger/sharing/division_state.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::sharing {

namespace {

constexpr std::size_t longest_id = 60;

/// What a rule asks for, by name.
struct Asked {
  std::set<std::string> figures;
  std::set<std::string> measures;
  std::set<std::string> places;
};

Asked asked_by(const SharingRule& rule) {
  Asked asked;
  for (const Step& step : rule.steps) {
    for (const std::string& measure : measures_of(step.does)) asked.measures.insert(measure);
    for (const Factor& factor : factors_of(step.does)) {
      if (factor.kind == FactorKind::figure) asked.figures.insert(factor.name);
      if (factor.kind == FactorKind::measure) asked.measures.insert(factor.name);
      if (factor.kind == FactorKind::place) asked.places.insert(factor.name);
    }
  }
  return asked;
}

void require_number(const Figures& figures, const std::string& name, const std::string& at) {
  const auto found = figures.find(name);
  if (found == figures.end())
    throw Refused{Refusal::field_missing, "the rule asks for " + name, at + "/" + name};
  if (found->second < Fraction{0}) throw Refused{Refusal::field_invalid, "it is below zero", at + "/" + name};
}

void require_participants(const std::vector<Participant>& participants) {
  if (participants.empty() || participants.size() > most_participants)
    throw Refused{Refusal::field_invalid,
                  "a pot is divided among 1 to " + std::to_string(most_participants) + " participants",
                  "/participants"};
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < participants.size(); ++i) {
    const Participant& one = participants[i];
    const std::string at = "/participants/" + std::to_string(i);
    if (one.id.empty() || one.id.size() > longest_id || !is_storable_text(one.id))
      throw Refused{Refusal::field_invalid, "an id has 1 to 60 characters", at + "/id"};
    if (!ids.insert(one.id).second) throw Refused{Refusal::field_invalid, "the id stands twice", at + "/id"};
    if (one.place.size() > longest_id)
      throw Refused{Refusal::field_invalid, "a place has at most 60 characters", at + "/place"};
    for (std::size_t k = 0; k < one.lots.size(); ++k)
      if (one.lots[k].open_minor <= 0)
        throw Refused{Refusal::field_invalid, "what is open is above zero",
                      at + "/lots/" + std::to_string(k) + "/open"};
  }
}

void require_place_values(const Participant& one, const Asked& asked, const Pot& pot,
                          std::span<const PlaceValue> values, const std::string& field) {
  for (const std::string& name : asked.places) {
    const PlaceValue* value = find_place_value(values, name, one.place, pot.on);
    if (!value)
      throw Refused{Refusal::field_missing,
                    "there is no value " + name + " of \"" + one.place + "\" on " + pot.on.text(), field};
    if (!value->unit.empty() && value->unit != pot.unit.code)
      throw Refused{Refusal::unit_mismatch,
                    "the value " + name + " of \"" + one.place + "\" is in " + value->unit + ", the pot in " +
                        pot.unit.code,
                    field};
  }
}

void require_all_asked(const Asked& asked, const Pot& pot, const std::vector<Participant>& participants,
                       std::span<const PlaceValue> values) {
  for (const std::string& figure : asked.figures) require_number(pot.figures, figure, "/figures");
  for (std::size_t i = 0; i < participants.size(); ++i) {
    const std::string at = "/participants/" + std::to_string(i);
    for (const std::string& measure : asked.measures)
      require_number(participants[i].measures, measure, at + "/measures");
    require_place_values(participants[i], asked, pot, values, at + "/place");
  }
}

// The digits at the front, without zeros before them; how many characters they take.
std::pair<std::string_view, std::size_t> digits_at_front(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  std::string_view digits = text.substr(0, end);
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  return {digits, end};
}

}  // namespace

std::string_view text_of(LineKind kind) {
  static constexpr std::array<std::string_view, 21> texts{
      "claim",          "claim_of_lots",  "weight",     "index",     "ratio_cap",  "cap_part",
      "cap_all",        "cap_each",       "pay_first",  "pay_floor", "pay_claims", "pay_lots",
      "divide_weights", "divide_equally", "cut_to_cap", "care",      "cash",       "unclaimed",
      "percentage",     "share",          "pay_share"};
  static_assert(texts.size() == static_cast<std::size_t>(LineKind::pay_share) + 1);
  return texts[static_cast<std::size_t>(kind)];
}

bool is_earlier_id(std::string_view a, std::string_view b) {
  std::string_view one = a;
  std::string_view other = b;
  while (!one.empty() && !other.empty()) {
    if (is_digit(one.front()) && is_digit(other.front())) {
      const auto [digits, length] = digits_at_front(one);
      const auto [other_digits, other_length] = digits_at_front(other);
      if (digits.size() != other_digits.size()) return digits.size() < other_digits.size();
      if (digits != other_digits) return digits < other_digits;
      one.remove_prefix(length);
      other.remove_prefix(other_length);
      continue;
    }
    if (one.front() != other.front())
      return static_cast<unsigned char>(one.front()) < static_cast<unsigned char>(other.front());
    one.remove_prefix(1);
    other.remove_prefix(1);
  }
  if (one.empty() != other.empty()) return one.empty();
  return a < b;
}

Division divide(const SharingRule& rule, const Pot& pot, const std::vector<Participant>& participants,
                std::span<const PlaceValue> values) {
  require_rule(rule);
  if (!rule.unit.empty() && rule.unit != pot.unit.code)
    throw Refused{Refusal::unit_mismatch, "the rule is of " + rule.unit + ", the pot in " + pot.unit.code,
                  "/unit"};
  if (pot.minor < 0 && !divides_losses(rule))
    throw Refused{Refusal::field_invalid, "this rule divides no loss: it pays claims or fixed amounts",
                  "/amount"};
  require_participants(participants);
  require_all_asked(asked_by(rule), pot, participants, values);
  std::vector<Participant> in_order = participants;
  std::ranges::sort(in_order,
                    [](const Participant& a, const Participant& b) { return is_earlier_id(a.id, b.id); });
  DivisionState state{pot, std::move(in_order), values};
  for (const Step& step : rule.steps) state.take(step);
  return std::move(state).result();
}

}  // namespace coop::sharing
