#include "ledger/capital/surplus_division.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "ledger/capital/share.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/ratio.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/split.hpp"

namespace coop::capital {

namespace {

constexpr std::int64_t whole = 1'000'000;

using Weights = std::vector<std::int64_t>;

std::int64_t part_of(std::int64_t minor, int millionths) {
  const std::array<std::int64_t, 2> weights{millionths, whole - millionths};
  return split_exactly(minor, weights)[0];
}

Weights split_or_zeros(std::int64_t minor, const Weights& weights) {
  return minor == 0 ? Weights(weights.size(), 0) : split_exactly(minor, weights);
}

// Nobody gets more in cash than their patronage: largest remainders of a smaller total can be elsewhere.
void keep_below(Weights& cash, const Weights& patronage) {
  std::int64_t over = 0;
  for (std::size_t i = 0; i < cash.size(); ++i) {
    const std::int64_t more = std::max<std::int64_t>(0, cash[i] - patronage[i]);
    cash[i] -= more;
    over += more;
  }
  for (std::size_t i = 0; i < cash.size() && over > 0; ++i) {
    const std::int64_t more = std::min(over, patronage[i] - cash[i]);
    cash[i] += more;
    over -= more;
  }
}

// Interest on every capital account, as a whole, and no more than the rule allows.
std::int64_t interest_of(const SurplusRule& rule, std::int64_t members_minor, const Weights& capital) {
  if (rule.interest_millionths == 0) return 0;
  std::int64_t total = 0;
  for (const std::int64_t minor : capital) total = checked_add(total, minor);
  return std::min(times_half_up(total, Ratio{rule.interest_millionths, whole}),
                  part_of(members_minor, rule.interest_most_millionths));
}

void share_out(const SurplusRule& rule, const std::vector<SurplusMember>& members, Division& division) {
  Weights measures, capital;
  for (const SurplusMember& member : members) {
    measures.push_back(rule.patronage == Patronage::equal ? whole : member.measure);
    capital.push_back(member.capital_minor);
  }
  if (division.members_minor == 0) {
    for (const SurplusMember& member : members) division.shares.push_back({member, 0, 0, 0});
    return;
  }
  if (std::ranges::all_of(measures, [](std::int64_t measure) { return measure == 0; }))
    throw Refused{Refusal::field_invalid, "the members have a part, and nobody has a measure above zero",
                  "/members"};
  division.interest_minor =
      division.members_minor > 0 ? interest_of(rule, division.members_minor, capital) : 0;
  const std::int64_t patronage_minor = division.members_minor - division.interest_minor;
  division.cash_minor = patronage_minor > 0 ? part_of(patronage_minor, rule.cash_millionths) : 0;
  const Weights interest = split_or_zeros(division.interest_minor, capital);
  const Weights patronage = split_or_zeros(patronage_minor, measures);
  Weights cash = split_or_zeros(division.cash_minor, measures);
  if (division.cash_minor > 0) keep_below(cash, patronage);
  for (std::size_t i = 0; i < members.size(); ++i)
    division.shares.push_back({members[i], interest[i], patronage[i], cash[i]});
}

}  // namespace

Division divided(const SurplusRule& rule, SurplusSource source, std::int64_t amount_minor,
                 const std::vector<SurplusMember>& members) {
  Division division{0, amount_minor, 0, 0, 0, {}};
  if (source == SurplusSource::result) {
    const bool is_loss = amount_minor < 0;
    const std::array<std::int64_t, 3> weights{is_loss ? rule.loss_reserve_weight : rule.reserve_weight,
                                              is_loss ? rule.loss_members_weight : rule.members_weight,
                                              is_loss ? 0 : rule.other_weight};
    const Weights parts = split_exactly(amount_minor, weights);
    division = {parts[0], parts[1], parts[2], 0, 0, {}};
  }
  share_out(rule, members, division);
  return division;
}

std::vector<std::string> explanation_of(const SurplusRule& rule, const Division& division,
                                        const SurplusShare& share, int scale) {
  const auto amount = [&](std::int64_t minor) { return text_from_minor(minor, scale) + " " + rule.unit; };
  std::int64_t all = 0, capital = 0;
  for (const SurplusShare& one : division.shares) {
    all = checked_add(all, rule.patronage == Patronage::equal ? whole : one.of.measure);
    capital = checked_add(capital, one.of.capital_minor);
  }
  std::vector<std::string> words;
  if (division.interest_minor != 0)
    words.push_back("Interest: " + amount(division.interest_minor) + " × " + amount(share.of.capital_minor) +
                    " / " + amount(capital) + " of capital = " + amount(share.interest_minor));
  const std::int64_t patronage = division.members_minor - division.interest_minor;
  const std::int64_t own = rule.patronage == Patronage::equal ? whole : share.of.measure;
  const std::string measures =
      measure_text_of(own) + " / " + measure_text_of(all) +
      (rule.patronage == Patronage::equal ? " members" : " " + std::string{text_of(rule.patronage)});
  words.push_back("Patronage: " + amount(patronage) + " × " + measures + " = " +
                  amount(share.patronage_minor));
  if (division.cash_minor != 0)
    words.push_back("In cash: " + percent_text_of(rule.cash_millionths) + " of it, " +
                    amount(division.cash_minor) + " × " + measures + " = " + amount(share.cash_minor));
  words.push_back("Capital account: " + amount(share.interest_minor) + " + " + amount(share.patronage_minor) +
                  " - " + amount(share.cash_minor) + " = " + amount(share.retained_minor()));
  return words;
}

std::int64_t measure_from(std::string_view text) {
  const std::int64_t measure = minor_from_text(text, 6);
  if (measure < 0) throw Refused{Refusal::field_invalid, "a measure is not negative"};
  return measure;
}

std::string measure_text_of(std::int64_t measure) {
  std::string text = text_from_minor(measure, 6);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace coop::capital
