#include "ledger/capital/surplus_division.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

#include "ledger/sharing/division.hpp"
#include "ledger/sharing/division_words.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::capital {

namespace {

constexpr std::int64_t whole = 1'000'000;
constexpr std::string_view reserve_pot = "reserve";
constexpr std::string_view other_pot = "other";
constexpr std::string_view interest_pot = "interest";
constexpr std::string_view capital_measure = "capital";

using sharing::Factor;
using sharing::FactorKind;
using sharing::NamedShare;
using sharing::PercentageOf;

Factor measure_named(std::string_view name) { return {FactorKind::measure, std::string{name}, Fraction{0}}; }

// Puts a part of a pot into others; those without a weight are left out.
void add_percentage(sharing::SharingRule& steps, const std::string& pot, Ratio part, PercentageOf of,
                    std::initializer_list<std::pair<std::string_view, int>> to) {
  sharing::Percentage does{part, of, {}};
  for (const auto& [name, weight] : to)
    if (weight > 0) does.to.push_back({std::string{name}, Ratio{weight, 1}});
  steps.steps.push_back({pot, std::move(does)});
}

// Interest on capital up to its limit; what it leaves is patronage as well.
void add_interest(sharing::SharingRule& steps, const SurplusRule& rule) {
  const Ratio all{1, 1};
  const std::string interest{interest_pot};
  add_percentage(steps, "members", Ratio{rule.interest_most_millionths, whole}, PercentageOf::total,
                 {{interest_pot, 1}});
  const Factor rate{FactorKind::number, {}, Fraction{Ratio{rule.interest_millionths, whole}}};
  steps.steps.push_back({interest, sharing::First{{measure_named(capital_measure), rate}, {}}});
  add_percentage(steps, interest, all, PercentageOf::rest, {{"patronage", 1}});
  add_percentage(steps, "members", all, PercentageOf::rest, {{"patronage", 1}});
  steps.unit = rule.unit;
}

// The pots that a rule fills and no step of it divides, the reserve aside: in the order of their names.
std::set<std::string> pots_put_aside(const sharing::SharingRule& steps) {
  std::set<std::string> aside;
  for (const sharing::Step& step : steps.steps) {
    if (const auto* percentage = std::get_if<sharing::Percentage>(&step.does))
      for (const NamedShare& to : percentage->to) aside.insert(to.name);
    else if (const auto* first = std::get_if<sharing::First>(&step.does); first && !first->to.empty())
      aside.insert(first->to);
    else if (const auto* unclaimed = std::get_if<sharing::Unclaimed>(&step.does)) aside.insert(unclaimed->to);
  }
  for (const sharing::Step& step : steps.steps) aside.erase(step.pot);
  aside.erase(std::string{reserve_pot});
  return aside;
}

// The pot of the third part: the only one that is put aside, whatever its name.
std::string third_pot_of(const sharing::SharingRule& steps) {
  const std::set<std::string> aside = pots_put_aside(steps);
  return aside.size() == 1 ? *aside.begin() : std::string{other_pot};
}

// What is left of a loss or surplus in a pot that belongs to nobody.
[[noreturn]] void refuse_rest(const std::string& pot, std::int64_t left, const Unit& unit) {
  throw Refused{Refusal::field_invalid,
                text_from_minor(left, unit.scale) + " " + unit.code + " stays in the pot " + pot +
                    ", which is nobody's: no member has a measure above zero, or the rule divides too little",
                "/members"};
}

Fraction measured(const SurplusMember& member) {
  return member.minutes ? Fraction{Ratio{*member.minutes, 60}} : Fraction{Ratio{member.measure, whole}};
}

std::vector<sharing::Participant> participants_of(const SurplusRule& rule, const Unit& unit,
                                                  const std::vector<SurplusMember>& members) {
  const Fraction units{boost::multiprecision::pow(Fraction::Whole{10}, static_cast<unsigned>(unit.scale)), 1};
  std::vector<sharing::Participant> participants;
  for (const SurplusMember& member : members) {
    sharing::Participant one{.id = member.member};
    one.measures.emplace(capital_measure, Fraction{member.capital_minor} / units);
    if (rule.patronage != Patronage::equal) one.measures.emplace(text_of(rule.patronage), measured(member));
    participants.push_back(std::move(one));
  }
  return participants;
}

SurplusShare share_of(const SurplusMember& member, const sharing::ParticipantShare& share, const Unit& unit) {
  SurplusShare part{member, 0, share.amount, 0, sharing::words_of(share.why, unit)};
  for (const sharing::Payment& payment : share.payments) {
    if (payment.pot == interest_pot) part.interest_minor += payment.paid;
    part.cash_minor = checked_add(part.cash_minor, payment.in_cash.value_or(0));
  }
  part.patronage_minor -= part.interest_minor;
  return part;
}

}  // namespace

sharing::SharingRule steps_of(const SurplusRule& rule, SurplusSource source, bool is_loss) {
  const Ratio all{1, 1};
  sharing::SharingRule steps;
  const bool is_result = source == SurplusSource::result;
  if (!is_result)
    add_percentage(steps, std::string{sharing::main_pot}, all, PercentageOf::total, {{"members", 1}});
  else if (is_loss)
    add_percentage(steps, std::string{sharing::main_pot}, all, PercentageOf::total,
                   {{reserve_pot, rule.loss_reserve_weight}, {"members", rule.loss_members_weight}});
  else
    add_percentage(steps, std::string{sharing::main_pot}, all, PercentageOf::total,
                   {{reserve_pot, rule.reserve_weight},
                    {"members", rule.members_weight},
                    {other_pot, rule.other_weight}});
  if (is_result && (is_loss ? rule.loss_members_weight : rule.members_weight) == 0) return steps;
  std::string pot = "members";
  if (!is_loss && rule.interest_millionths > 0 && rule.interest_most_millionths > 0) {
    add_interest(steps, rule);
    pot = "patronage";
  }
  if (rule.patronage == Patronage::equal) {
    steps.steps.push_back({pot, sharing::Equal{}});
  } else {
    steps.steps.push_back({pot, sharing::Weight{{measure_named(text_of(rule.patronage))}}});
    steps.steps.push_back({pot, sharing::ProRata{sharing::ProRataTo::weights}});
  }
  if (!is_loss && rule.cash_millionths > 0)
    steps.steps.push_back({pot, sharing::Cash{Ratio{rule.cash_millionths, whole}}});
  return steps;
}

void require_surplus_steps(const SurplusRule& rule, const sharing::SharingRule& steps, bool is_loss,
                           const std::string& field) {
  const auto require_measure = [&](const std::string& name) {
    if (name != capital_measure && (rule.patronage == Patronage::equal || name != text_of(rule.patronage)))
      throw Refused{Refusal::field_invalid,
                    "the rule asks for " + name + ": members have capital" +
                        (rule.patronage == Patronage::equal ? std::string{}
                                                            : " and " + std::string{text_of(rule.patronage)}),
                    field};
  };
  for (const sharing::Step& step : steps.steps) {
    for (const std::string& name : sharing::measures_of(step.does)) require_measure(name);
    for (const Factor& factor : sharing::factors_of(step.does)) {
      if (factor.kind == FactorKind::number) continue;
      if (factor.kind == FactorKind::measure) require_measure(factor.name);
      else throw Refused{Refusal::field_invalid, "the rule asks for " + factor.text(), field};
    }
  }
  const std::set<std::string> aside = pots_put_aside(steps);
  if (aside.size() > 1)
    throw Refused{Refusal::field_invalid,
                  "it puts aside " + *aside.begin() + " and " + *std::next(aside.begin()) +
                      ": besides the reserve one pot has an account",
                  field};
  if (!aside.empty() && rule.other.empty())
    throw Refused{Refusal::field_invalid, "its pot " + *aside.begin() + " has no account: say one as other",
                  field};
  if (is_loss && !sharing::divides_losses(steps))
    throw Refused{Refusal::field_invalid, "the rule divides no loss: it pays claims or fixed amounts", field};
}

Division divided(const SurplusRule& rule, const sharing::SharingRule& steps, const Unit& unit,
                 std::int64_t amount_minor, const std::vector<SurplusMember>& members) {
  std::vector<SurplusMember> in_order = members;
  std::ranges::sort(in_order, [](const SurplusMember& a, const SurplusMember& b) {
    return sharing::is_earlier_id(a.member, b.member);
  });
  auto participants = participants_of(rule, unit, in_order);
  // Where nobody takes part, somebody without a measure does, so that the reserve has its part.
  if (participants.empty()) participants = participants_of(rule, unit, {{"nobody", 0, 0}});
  const sharing::Division shared =
      sharing::divide(steps, {.minor = amount_minor, .unit = unit, .on = rule.from_on}, participants);
  const std::string third_pot = third_pot_of(steps);
  Division division{0, 0, 0, 0, 0, {}};
  for (const sharing::PotShare& pot : shared.pots) {
    if (pot.name == reserve_pot) division.reserve_minor = pot.left;
    else if (pot.name == third_pot) division.other_minor = pot.left;
    else if (pot.left != 0) refuse_rest(pot.name, pot.left, unit);
  }
  division.members_minor = amount_minor - division.reserve_minor - division.other_minor;
  if (members.empty() && division.members_minor != 0) refuse_rest("members", division.members_minor, unit);
  for (std::size_t i = 0; i < in_order.size(); ++i) {
    division.shares.push_back(share_of(in_order[i], shared.participants[i], unit));
    division.interest_minor = checked_add(division.interest_minor, division.shares.back().interest_minor);
    division.cash_minor = checked_add(division.cash_minor, division.shares.back().cash_minor);
  }
  return division;
}

std::int64_t measure_from(std::string_view text) {
  const std::int64_t measure = minor_from_text(text, 6);
  if (measure < 0) throw Refused{Refusal::field_invalid, "a measure is not negative"};
  return measure;
}

SurplusMember member_by_minutes(std::string member, std::int64_t minutes) {
  return {std::move(member), times_half_up(minutes, Ratio{whole, 60}), 0, minutes};
}

std::string measure_text_of(std::int64_t measure) {
  std::string text = text_from_minor(measure, 6);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace coop::capital
