#include "ledger/sharing/division_words.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"

namespace coop::sharing {

namespace {

// Thousands apart in what is whole: "2124.00" is "2,124.00", "2124 1/3" is "2,124 1/3".
std::string with_thousands(std::string text) {
  const std::size_t dot = std::min(text.find_first_of(". "), text.size());
  if (dot == text.size() && text.find('/') != std::string::npos) return text;
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t at = dot; at > first + 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string readable(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

bool is_hours(const Input& input) { return input.name == "hours"; }

/// Writes the lines of one division.
class Teller {
 public:
  Teller(const Line& line, const Unit& unit) : line_{line}, unit_{unit} {}

  std::string words() const {
    switch (line_.kind) {
      case LineKind::claim:
        return "claims " + product(line_.inputs.size()) + equals();
      case LineKind::claim_of_lots:
        return lots();
      case LineKind::weight:
        return "weight: " + product(line_.inputs.size()) + equals();
      case LineKind::index:
        return readable(input(1).name) + " of " + line_.name + " is " + number(input(1).value) + ": weight " +
               factor(input(0).value) + " × " + factor(input(1).value) + equals();
      case LineKind::ratio_cap:
        return readable(line_.name) + " " + money_number(input(0).value) + " is above " +
               factor(input(1).value) + " × the lowest " + money_number(input(2).value) + ": it counts as " +
               money_number(line_.result);
      case LineKind::cap_part:
        return from() + "adds to what is paid at most: " + product(line_.inputs.size()) + equals();
      case LineKind::cap_all:
        return from() + "at most " + result() + " is paid in all, the sum of what each adds" + rounded_from();
      case LineKind::cap_each:
        return from() + "at most " + product(line_.inputs.size()) + equals();
      case LineKind::pay_first:
        return paid_first("first ");
      case LineKind::pay_floor:
        return paid_first("at least ");
      case LineKind::pay_claims:
        return from() + covered(0);
      case LineKind::pay_lots:
        return from() + "open of " + line_.name + ": " + covered(0);
      case LineKind::divide_weights:
        return from() + amount(2) + " × " + factor(input(0).value) + " / " + factor(input(1).value) +
               rounded();
      case LineKind::divide_equally:
        return from() + amount(2) + " / " + number(input(1).value) + rounded();
      case LineKind::cut_to_cap:
        return "of these " + amount(2) + ", " + result() + " is paid: at most " + amount(0) + ", " +
               amount(1) + " of it paid before";
      default:
        return other_words();
    }
  }

 private:
  std::string other_words() const {
    switch (line_.kind) {
      case LineKind::care:
        return care();
      case LineKind::cash:
        return "in cash: " + amount(2) + " × " + weight(0) + " / " + weight(1) + rounded();
      case LineKind::unclaimed:
        return amount(0) + " was not claimed and goes to " + readable(line_.name);
      case LineKind::percentage:
        return factor(input(0).value * Fraction{100}) + "% of " + (line_.name == "rest" ? "the rest " : "") +
               amount(1) + short_or_rounded(2);
      case LineKind::share:
        return readable(line_.name) + ": " + amount(2) +
               (input(0).value == input(1).value
                    ? std::string{}
                    : " × " + factor(input(0).value) + " / " + factor(input(1).value) + rounded());
      case LineKind::pay_share:
        return readable(line_.name) + " first: " + product(line_.inputs.size() - 1) +
               short_or_rounded(line_.inputs.size() - 1);
      default:
        return {};
    }
  }

  // "care 10, on average 12: (10 − 12) × 15.00 = -30.00", and why less was moved.
  std::string care() const {
    const Fraction wanted = (input(0).value - input(1).value) * input(2).value;
    const std::string words = readable(line_.name) + " " + number(input(0).value) + ", on average " +
                              number(input(1).value) + ": (" + number(input(0).value) + " − " +
                              number(input(1).value) + ") × " + in_brackets(money_number(input(2).value));
    const std::string all = words + " = " + money_number(wanted);
    if (input(3).name == "had") return all + ", of which " + amount(3) + " was there: " + result();
    if (line_.inputs.size() == 4) return words + rounded(" of " + amount(3) + " moved in all");
    return all + "; of " + amount(4) + " for all " + amount(3) + " came: " + amount(3) + " × " +
           in_brackets(money_number(wanted)) + " / " + in_brackets(amount(4)) + rounded();
  }

  const Input& input(std::size_t place) const { return line_.inputs.at(place); }
  std::string from() const { return line_.pot == main_pot ? std::string{} : readable(line_.pot) + ": "; }
  static std::string number(const Fraction& value) { return with_thousands(value.mixed_text()); }
  // Beside a multiplication or division a fraction is in brackets: the line is worked out as it stands.
  static std::string in_brackets(const std::string& text) {
    return text.find('/') == std::string::npos ? text : "(" + text + ")";
  }
  static std::string factor(const Fraction& value) { return in_brackets(number(value)); }
  // A number that may be money: with the decimals of the unit.
  std::string money_number(const Fraction& value) const {
    return with_thousands(value.mixed_text(unit_.scale));
  }
  Fraction minor_units() const {
    return Fraction{boost::multiprecision::pow(Fraction::Whole{10}, static_cast<unsigned>(unit_.scale)), 1};
  }
  std::string of_minor(const Fraction& minor) const {
    return with_thousands((minor / minor_units()).mixed_text(unit_.scale));
  }
  std::string amount(std::size_t place) const { return of_minor(input(place).value); }
  std::string result() const { return of_minor(line_.result); }
  // A weight may be an amount that was claimed.
  std::string weight(std::size_t place) const {
    return in_brackets(input(place).is_amount ? amount(place) : number(input(place).value));
  }
  std::string equals() const { return " = " + (line_.is_amount ? result() : number(line_.result)); }
  // The exact sum, where it was rounded.
  std::string rounded_from() const {
    if (Fraction{line_.result} == *line_.exact) return {};
    return " (" + of_minor(*line_.exact) + " exactly)";
  }

  // "20 h at 24.00", "2,500 (translated) × 0.08"
  std::string product(std::size_t factors) const {
    std::string words;
    bool was_hours = false;
    for (std::size_t i = 0; i < factors; ++i) {
      const Input& one = input(i);
      if (i > 0) words += was_hours ? " at " : " × ";
      was_hours = is_hours(one);
      const bool is_price = line_.is_amount && i + 1 == factors && !was_hours;
      const std::string text = is_price ? money_number(one.value) : number(one.value);
      words += factors > 1 ? in_brackets(text) : text;
      if (was_hours) words += " h";
      else if (!one.name.empty() && !(i > 0 && one.name == "rate"))
        words += " (" + readable(one.name.substr(one.name.find(':') + 1)) + ")";
    }
    return words;
  }

  std::string lots() const {
    std::string words = "open from before: ";
    for (std::size_t i = 0; i < line_.inputs.size(); ++i) words += (i > 0 ? " + " : "") + amount(i);
    return words + (line_.inputs.size() > 1 ? equals() : std::string{});
  }

  // What the pot covers of what is open: of the inputs from `at` on.
  std::string covered(std::size_t at) const {
    const std::string whose = line_.pot == main_pot ? "the pot covers " : "covers ";
    if (input(at + 1).value == input(at + 2).value)
      return whose + "all " + amount(at + 1) + " that is open: " + result();
    return whose + amount(at + 2) + " of " + amount(at + 1) + "; " + amount(at) + " × " + amount(at + 2) +
           " / " + amount(at + 1) + rounded();
  }
  std::string paid_first(const std::string& how) const {
    const std::size_t factors = line_.inputs.size() - 3;
    Fraction fixed{1};
    for (std::size_t i = 0; i < factors; ++i) fixed = fixed * input(i).value;
    const std::string whole = of_minor(Fraction{(fixed * minor_units()).rounded_half_up(), 1});
    const bool is_rest = whole != amount(factors);
    const std::string wanted = from() + how + product(factors) + (factors > 1 ? " = " + whole : "") +
                               (is_rest ? ", " + amount(factors) + " of it not paid yet" : "");
    if (input(factors + 1).value == input(factors + 2).value) return wanted;
    return wanted + "; " + covered(factors);
  }

  // " = 451.98", and why it is not the nearest, where it is not; of what sum, where the line does not show
  // it.
  std::string rounded(const std::string& of_sum = {}) const {
    const std::string words = " = " + result();
    if (!line_.exact || Fraction{line_.exact->rounded_half_up(), 1} == line_.result) return words;
    return words + " (" + of_minor(*line_.exact) + " exactly; cents left over" + of_sum +
           " go to the largest remainders)";
  }
  // The same where a pot may not have had what was wanted.
  std::string short_or_rounded(std::size_t wanted) const {
    if (input(wanted).value == line_.result) return " = " + result();
    return " = " + amount(wanted) + ", of which " + result() + " was there";
  }

  const Line& line_;
  const Unit& unit_;
};

}  // namespace

std::string words_of(const Line& line, const Unit& unit) { return Teller{line, unit}.words(); }

std::vector<std::string> words_of(const std::vector<Line>& lines, const Unit& unit) {
  std::vector<std::string> words;
  for (const Line& line : lines) words.push_back(words_of(line, unit));
  return words;
}

std::string spoken_amount(std::int64_t minor, const Unit& unit) {
  return with_thousands(text_from_minor(minor, unit.scale));
}

}  // namespace coop::sharing
