#include "ledger/costs/cost_allocation.hpp"

#include <algorithm>

#include "ledger/sharing/division_words.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::costs {

namespace {

constexpr std::int64_t million = 1'000'000;

constexpr WordTable<CostStepKind, 3> cost_step_kinds{{{CostStepKind::posted, "posted"},
                                                      {CostStepKind::cancelled, "cancelled"},
                                                      {CostStepKind::reversed, "reversed"}}};

std::int64_t power_of_ten(int scale) {
  std::int64_t power = 1;
  for (int i = 0; i < scale; ++i) power *= 10;
  return power;
}

void require_measure(const std::string& name, const std::vector<sharing::Participant>& participants,
                     Day through) {
  for (const sharing::Participant& one : participants) {
    const auto measured = one.measures.find(name);
    if (measured == one.measures.end())
      throw Refused{Refusal::field_missing, "the measure \"" + name + "\" of " + one.id +
                                                " is not recorded up to " + through.text() +
                                                "; zero is recorded as zero"};
    if (measured->second < Fraction{0})
      throw Refused{Refusal::cost_allocation_impossible,
                    "corrections of \"" + name + "\" of " + one.id +
                        " come to less than zero: reverse the division that took what was corrected"};
  }
}

}  // namespace

std::string_view text_of(CostStepKind kind) { return text_among(cost_step_kinds, kind); }
CostStepKind cost_step_kind_from(std::string_view text) { return word_among(cost_step_kinds, text); }

std::string_view state_of(const CostAllocation& allocation) {
  return allocation.steps.empty() ? "proposed" : text_of(allocation.steps.back().kind);
}

std::vector<sharing::Participant> participants_of(const CostTerm& term, const UsageSums& used, int scale) {
  std::vector<sharing::Participant> participants;
  for (const CostParticipant& one : term.participants) {
    sharing::Participant participant{.id = one.who.code, .place = one.who.code};
    if (const auto measured = used.find(one.who.code); measured != used.end())
      for (const auto& [name, millionths] : measured->second)
        participant.measures.emplace(name, Fraction{millionths, million});
    if (one.weight_millionths)
      participant.measures.insert_or_assign("weight", Fraction{*one.weight_millionths, million});
    if (one.fixed_minor)
      participant.measures.insert_or_assign("fixed", Fraction{*one.fixed_minor, power_of_ten(scale)});
    participants.push_back(std::move(participant));
  }
  return participants;
}

std::string note_on(std::int64_t minor, const Unit& unit) {
  if (minor > 0) return {};
  if (minor == 0) return "bills and credit notes come to nothing: they are closed, and nobody bears anything";
  return "a refund: credit notes are " + sharing::spoken_amount(minor, unit).substr(1) + " " + unit.code +
         " more than bills, and everybody gets their share by the same rule";
}

void require_divisible(const sharing::SharingRule& rule, std::int64_t minor) {
  if (minor < 0 && !sharing::divides_losses(rule))
    throw Refused{
        Refusal::cost_allocation_impossible,
        "bills and credit notes come to a refund, and this rule pays claims or fixed amounts: adopt "
        "a version that divides all of it, or divide it with the next bills"};
}

void require_measured(const sharing::SharingRule& rule, const std::vector<sharing::Participant>& participants,
                      Day through) {
  for (const sharing::Step& step : rule.steps) {
    for (const sharing::Factor& factor : sharing::factors_of(step.does))
      if (factor.kind == sharing::FactorKind::measure) require_measure(factor.name, participants, through);
    for (const std::string& name : sharing::measures_of(step.does))
      require_measure(name, participants, through);
  }
}

std::vector<CostShare> shares_of(const CostTerm& term, const sharing::Division& division, std::int64_t minor,
                                 std::span<const CostPaid> paid) {
  std::vector<CostShare> shares;
  std::int64_t divided = 0;
  for (const CostParticipant& one : term.participants) {
    const auto share = std::ranges::find(division.participants, one.who.code, &sharing::ParticipantShare::id);
    ensure(share != division.participants.end(), "whoever shares a pool has a share");
    if (minor < 0 ? share->amount > 0 : share->amount < 0)
      throw Refused{Refusal::cost_allocation_impossible,
                    "the share of " + share->id + " would be " + (minor < 0 ? "above" : "below") + " zero"};
    shares.push_back({one.who, true, share->amount, 0, 0});
    divided = checked_add(divided, share->amount);
  }
  if (divided != minor)
    throw Refused{Refusal::cost_allocation_impossible,
                  "the rule leaves a part of the costs with nobody: adopt one that divides all"};
  std::vector<CostPaid> in_order{paid.begin(), paid.end()};
  std::ranges::sort(in_order, {}, &CostPaid::who);
  for (const CostPaid& one : in_order) {
    auto share = std::ranges::find(shares, one.who, &CostShare::who);
    if (share == shares.end()) share = shares.insert(shares.end(), {one.who, false, 0, 0, 0});
    share->paid = checked_add(share->paid, one.paid);
    share->given = checked_add(share->given, one.given);
  }
  return shares;
}

}  // namespace coop::costs
