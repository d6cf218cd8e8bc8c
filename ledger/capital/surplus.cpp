#include "ledger/capital/surplus.hpp"

#include <algorithm>

#include "ledger/capital/share.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::capital {

namespace {

constexpr WordTable<Patronage, 3> patronages{
    {{Patronage::hours, "hours"}, {Patronage::purchases, "purchases"}, {Patronage::equal, "equal"}}};
constexpr WordTable<SurplusSource, 2> surplus_sources{
    {{SurplusSource::result, "result"}, {SurplusSource::reserve, "reserve"}}};
constexpr WordTable<SurplusStepKind, 4> surplus_step_kinds{{{SurplusStepKind::approved, "approved"},
                                                            {SurplusStepKind::booked, "booked"},
                                                            {SurplusStepKind::cancelled, "cancelled"},
                                                            {SurplusStepKind::undone, "undone"}}};

std::string of_all(int weight, int all) { return std::to_string(weight) + " of " + std::to_string(all); }

}  // namespace

std::string_view text_of(Patronage patronage) { return text_among(patronages, patronage); }
Patronage patronage_from(std::string_view text) { return word_among(patronages, text); }
std::string_view text_of(SurplusSource source) { return text_among(surplus_sources, source); }
SurplusSource surplus_source_from(std::string_view text) { return word_among(surplus_sources, text); }
std::string_view text_of(SurplusStepKind kind) { return text_among(surplus_step_kinds, kind); }
SurplusStepKind surplus_step_kind_from(std::string_view text) { return word_among(surplus_step_kinds, text); }

bool is_indivisible_reserve(const std::vector<SurplusRule>& rules, UnitId unit, const std::string& path) {
  return std::ranges::any_of(rules, [&](const SurplusRule& rule) {
    return rule.is_indivisible && rule.unit_id == unit && rule.reserve == path;
  });
}

std::vector<std::string> words_of(const SurplusRule& rule) {
  if (rule.sharing_code)
    return {"A surplus is divided by the rule " + *rule.sharing_code + ", a loss by the rule " +
                *rule.loss_code + ", as they stand on the last day of the period.",
            "What they put into the pot reserve goes to " + rule.reserve +
                (rule.other.empty() ? std::string{} : ", into the pot other to " + rule.other) + ".",
            rule.is_indivisible ? "The reserve is never divided among members."
                                : "The reserve may be divided among members."};
  const int all = rule.reserve_weight + rule.members_weight + rule.other_weight;
  const int losses = rule.loss_reserve_weight + rule.loss_members_weight;
  std::vector<std::string> words{"Of a surplus " + of_all(rule.reserve_weight, all) +
                                 " parts go to the reserve, " + of_all(rule.members_weight, all) +
                                 " to the members, " + of_all(rule.other_weight, all) + " to " +
                                 (rule.other.empty() ? "nobody else" : rule.other) + "."};
  if (rule.interest_millionths != 0)
    words.push_back("Members first get interest of " + percent_text_of(rule.interest_millionths) +
                    " on their capital accounts, together at most " +
                    percent_text_of(rule.interest_most_millionths) + " of the members' part.");
  words.push_back(rule.patronage == Patronage::equal
                      ? "All members get alike."
                      : "Members get in proportion to their " + std::string{text_of(rule.patronage)} + ".");
  words.push_back(percent_text_of(rule.cash_millionths) +
                  " of that is paid out, the rest stays in their capital accounts.");
  words.push_back("Of a loss the reserve bears " + of_all(rule.loss_reserve_weight, losses) +
                  " parts and the members " + of_all(rule.loss_members_weight, losses) + ", divided alike.");
  words.push_back(rule.is_indivisible ? "The reserve is never divided among members."
                                      : "The reserve may be divided among members.");
  return words;
}

const SurplusStep* step_of(const SurplusRun& run, SurplusStepKind kind) {
  const auto found = std::ranges::find(run.steps, kind, &SurplusStep::kind);
  return found == run.steps.end() ? nullptr : &*found;
}

std::string_view state_of(const SurplusRun& run) {
  for (const SurplusStepKind kind :
       {SurplusStepKind::undone, SurplusStepKind::booked, SurplusStepKind::cancelled})
    if (step_of(run, kind) != nullptr) return text_of(kind);
  return "proposed";
}

std::vector<std::string> warnings_of(const SurplusRun& run) {
  constexpr int most_named = 10;
  const auto text = [&](std::int64_t minor) { return text_from_minor(minor, run.scale); };
  std::string named;
  std::int64_t all = 0;
  int count = 0;
  for (const SurplusShare& share : run.division.shares) {
    const std::int64_t below = checked_add(-share.patronage_minor, -share.of.capital_minor);
    if (share.patronage_minor >= 0 || below <= 0) continue;
    all = checked_add(all, below);
    if (++count > most_named) continue;
    named += (named.empty() ? "" : ", ") + share.of.member + " by " + text(below);
  }
  if (count == 0) return {};
  if (count > most_named) named += ", and " + std::to_string(count - most_named) + " others";
  return {"this loss is beyond what members have: it takes " + std::to_string(count) +
          (count == 1 ? " capital account" : " capital accounts") + ", as of " + run.to_on.text() + ", " +
          text(all) + " " + run.rule.unit + " below zero: " + named};
}

}  // namespace coop::capital
