#include "ledger/sharing/rule_words.hpp"

#include <algorithm>

namespace coop::sharing {

namespace {

// "living_wage" as people read it.
std::string spoken(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string spoken_percent(Ratio part) {
  const std::string text = (Fraction{part} * Fraction{100}).decimal_text();
  return text.find('/') == std::string::npos ? text + "%" : part.text();
}

// "the pot", or "'wages'"
std::string spoken_pot(const std::string& name) {
  return name == main_pot ? "the pot" : "'" + spoken(name) + "'";
}

std::string spoken_factor(const Factor& factor, const std::string& unit) {
  if (factor.kind == FactorKind::figure) return "the figure '" + spoken(factor.name) + "'";
  if (factor.kind == FactorKind::place) return "the " + spoken(factor.name) + " of their place";
  if (factor.kind == FactorKind::measure) return "their " + spoken(factor.name);
  return unit.empty() ? factor.number.mixed_text() : factor.number.mixed_text(2) + " " + unit;
}

// "their hours × 12.60 EUR"
std::string spoken_product(const Product& product, const std::string& unit) {
  std::string words;
  for (const Factor& factor : product) {
    const bool is_last_number = &factor == &product.back();
    words += (words.empty() ? "" : " × ") + spoken_factor(factor, is_last_number ? unit : std::string{});
  }
  return words;
}

/// Speaks of one step.
struct Speaker {
  const SharingRule& rule;
  const Step& step;
  std::string pot = spoken_pot(step.pot);

  std::string operator()(const Percentage& does) const {
    const bool is_rest = does.of == PercentageOf::rest;
    std::string words = is_rest ? "What is left in " + pot : "What came into " + pot;
    if (does.part != Ratio{1, 1})
      words =
          spoken_percent(does.part) + " of " + (is_rest ? "what is left in " : "all that came into ") + pot;
    if (does.to.size() == 1) return words + " goes to " + spoken_pot(does.to.front().name) + ".";
    words += " is divided into ";
    for (std::size_t i = 0; i < does.to.size(); ++i) {
      if (i > 0) words += i + 1 == does.to.size() ? " and " : ", ";
      words += spoken_pot(does.to[i].name) + " (" + Fraction{does.to[i].weight}.mixed_text() + ")";
    }
    return words + ", in proportion to the numbers.";
  }
  std::string operator()(const First& does) const {
    const std::string product = spoken_product(does.amount, rule.unit);
    if (does.to.empty())
      return "First, each is paid " + product + " from " + pot + "; if it does not suffice, in proportion.";
    return "First, " + spoken_pot(does.to) + " gets " + product + " from " + pot + ", as far as there is.";
  }
  std::string operator()(const Claim& does) const {
    if (does.amount.empty()) return "Each claims from " + pot + " what is still open of earlier times.";
    return "Each claims " + spoken_product(does.amount, rule.unit) + " from " + pot + ".";
  }
  std::string operator()(const RatioCap& does) const {
    return "Nobody's " + spoken(does.measure) + " counts as more than " + Fraction{does.times}.mixed_text() +
           " times the lowest.";
  }
  std::string operator()(const Cap& does) const {
    const std::string product = spoken_product(does.amount, rule.unit);
    if (does.of == CapOf::each) return "Nobody is paid more than " + product + " from " + pot + ".";
    return "From " + pot + " no more is paid in all than " + product + ", added up over all; the rest stays.";
  }
  std::string operator()(const Floor& does) const {
    return "Nobody gets less than " + spoken_product(does.amount, rule.unit) + ": that is paid first from " +
           pot + "; if it does not suffice, in proportion.";
  }
  std::string operator()(const Weight& does) const {
    return "In " + pot + " each one's weight is " + spoken_product(does.factors, "") + ".";
  }
  std::string operator()(const Index& does) const {
    return "In " + pot + " the weights are multiplied by the " + spoken(does.by) + " of each one's place.";
  }
  std::string operator()(const Equal& does) const {
    return "What is left in " + pot + " is divided equally" +
           (does.among.empty() ? "" : " among those who have '" + spoken(does.among) + "'") + ".";
  }
  std::string operator()(const ProRata& does) const {
    if (does.to == ProRataTo::weights)
      return "What is left in " + pot + " is divided in proportion to the weights.";
    return "What is left in " + pot +
           " pays what is still claimed; if it does not suffice, in proportion, and the rest stays open.";
  }
  std::string operator()(const OldestFirst& does) const {
    static constexpr const char* periods[] = {"day", "month", "quarter", "year"};
    return "What is left in " + pot + " pays what is open of earlier times, the oldest " +
           periods[static_cast<std::size_t>(does.period)] + " first, in proportion inside it.";
  }
  std::string operator()(const Care& does) const {
    return "Whoever has fewer " + spoken(does.measure) + " than the mean pays " +
           spoken_factor(does.rate, rule.unit) + " for each that is missing to those who have more.";
  }
  std::string operator()(const Cash& does) const {
    return spoken_percent(does.part) + " of what was paid from " + pot +
           " is paid in cash, divided like the whole.";
  }
  std::string operator()(const Unclaimed& does) const {
    return "What those get from " + pot + " who have no '" + spoken(does.measure) + "' goes to " +
           spoken_pot(does.to) + ".";
  }
};

}  // namespace

std::vector<std::string> words_of(const SharingRule& rule) {
  std::vector<std::string> words;
  for (const Step& step : rule.steps) words.push_back(std::visit(Speaker{rule, step}, step.does));
  return words;
}

}  // namespace coop::sharing
