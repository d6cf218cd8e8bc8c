#include "ledger/sharing/sharing_rule.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::sharing {

namespace {

constexpr std::size_t longest_name = 40;
constexpr std::string_view figure_mark = "figure:";
constexpr std::string_view place_mark = "place:";

bool is_name(std::string_view name) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_'; };
  return !name.empty() && name.size() <= longest_name && name[0] >= 'a' && name[0] <= 'z' &&
         std::ranges::all_of(name, allowed);
}

[[noreturn]] void refuse_field(const std::string& why, const std::string& field) {
  throw Refused{Refusal::field_invalid, why, field};
}

void require_part(Ratio part, const std::string& field) {
  if (part.numerator() <= 0 || part.numerator() > part.denominator())
    refuse_field("a part is above 0 and at most 100%", field);
}

void require_product(const Product& product, const std::string& field) {
  if (product.empty() || product.size() > most_factors)
    refuse_field("there are 1 to " + std::to_string(most_factors) + " factors", field);
  for (std::size_t i = 0; i < product.size(); ++i)
    if (product[i].number.numerator() < 0)
      refuse_field("a factor is not below zero", field + "/" + std::to_string(i));
}

/// What is known of a pot by some step.
struct KnownPot {
  bool has_claims = false;
  bool has_weights = false;
  bool has_paid = false;
  bool has_cash = false;
  Fraction shared_out{0};  ///< parts of its total
};

/// Reads a rule step by step.
class Judge {
 public:
  void take(const Step& step, const std::string& at) {
    at_ = at;
    const auto found = pots_.find(step.pot);
    if (found == pots_.end()) refuse_field("no step before this one puts anything into it", at + "/pot");
    pot_ = &found->second;
    name_ = step.pot;
    std::visit(*this, step.does);
  }

  void operator()(const Percentage& does) {
    require_part(does.part, at_ + "/percent");
    if (does.to.empty() || does.to.size() > most_shares)
      refuse_field("there are 1 to " + std::to_string(most_shares) + " shares", at_ + "/to");
    std::set<std::string> names;
    for (std::size_t i = 0; i < does.to.size(); ++i) {
      const std::string field = at_ + "/to/" + std::to_string(i);
      if (!names.insert(does.to[i].name).second) refuse_field("the share stands twice", field + "/name");
      if (does.to[i].weight.numerator() <= 0) refuse_field("a weight is above zero", field + "/weight");
      require_target(does.to[i].name, field + "/name");
    }
    require_no_cash();
    if (does.of == PercentageOf::total) pot_->shared_out = pot_->shared_out + Fraction{does.part};
    if (pot_->shared_out > Fraction{1})
      refuse_field("the parts of the pot's total are more than 100%", at_ + "/percent");
    for (const NamedShare& share : does.to) pots_.try_emplace(share.name);
  }
  void operator()(const First& does) {
    require_product(does.amount, at_ + "/amount");
    require_no_cash();
    if (does.to.empty()) {
      pot_->has_paid = pot_->has_claims = true;
      return;
    }
    require_target(does.to, at_ + "/to");
    for (std::size_t i = 0; i < does.amount.size(); ++i)
      if (does.amount[i].kind == FactorKind::measure || does.amount[i].kind == FactorKind::place)
        refuse_field("a share is paid by numbers and figures, not by what participants have",
                     at_ + "/amount/" + std::to_string(i));
    pots_.try_emplace(does.to);
  }
  void operator()(const Claim& does) {
    if (!does.amount.empty()) require_product(does.amount, at_ + "/amount");
    pot_->has_claims = true;
  }
  void operator()(const RatioCap& does) {
    if (Fraction{does.times} < Fraction{1}) refuse_field("it is at least 1", at_ + "/times");
  }
  void operator()(const Cap& does) {
    require_product(does.amount, at_ + "/amount");
    if (pot_->has_paid) refuse_field("a cap stands before what it caps is paid", at_);
  }
  void operator()(const Floor& does) {
    require_product(does.amount, at_ + "/amount");
    require_no_cash();
    pot_->has_paid = pot_->has_claims = true;
  }
  void operator()(const Weight& does) {
    require_product(does.factors, at_ + "/factors");
    pot_->has_weights = true;
  }
  void operator()(const Index&) { pot_->has_weights = true; }
  void operator()(const Equal&) { pay(); }
  void operator()(const ProRata& does) {
    if (does.to == ProRataTo::claims && !pot_->has_claims)
      refuse_field("no step before this one says what is claimed of this pot", at_ + "/to");
    if (does.to == ProRataTo::weights && !pot_->has_weights)
      refuse_field("no step before this one gives weights in this pot", at_ + "/to");
    pay();
  }
  void operator()(const OldestFirst&) {
    pay();
    pot_->has_claims = true;
  }
  void operator()(const Care& does) {
    if (does.rate.kind != FactorKind::number && does.rate.kind != FactorKind::figure)
      refuse_field("the rate is a number or a figure of the pot", at_ + "/rate");
    if (does.rate.number.numerator() < 0) refuse_field("a rate is not below zero", at_ + "/rate");
    if (name_ != main_pot) refuse_field("it moves what all pots paid: its pot is 'pot'", at_ + "/pot");
    if (std::ranges::none_of(pots_, [](const auto& pot) { return pot.second.has_paid; }))
      refuse_field("nothing was paid before this step", at_);
  }
  void operator()(const Cash& does) {
    require_part(does.part, at_ + "/percent");
    require_no_cash();
    if (!pot_->has_paid) refuse_field("nothing was paid from this pot before this step", at_);
    pot_->has_cash = true;
  }
  void operator()(const Unclaimed& does) {
    require_target(does.to, at_ + "/to");
    require_no_cash();
    if (!pot_->has_paid) refuse_field("nothing was paid from this pot before this step", at_);
    pots_.try_emplace(does.to);
  }

 private:
  void require_target(const std::string& name, const std::string& field) const {
    if (name == main_pot || name == name_) refuse_field("a share goes into another pot", field);
  }
  void require_no_cash() const {
    if (pot_->has_cash) refuse_field("the part in cash was worked out before this step", at_);
  }
  void pay() {
    require_no_cash();
    pot_->has_paid = true;
  }

  std::map<std::string, KnownPot> pots_{{std::string{main_pot}, {}}};
  KnownPot* pot_ = nullptr;
  std::string name_;
  std::string at_;
};

const Product no_factors;

/// The product of a step that is an amount of money.
const Product& money_of(const Does& does) {
  if (const auto* first = std::get_if<First>(&does)) return first->amount;
  if (const auto* claim = std::get_if<Claim>(&does)) return claim->amount;
  if (const auto* cap = std::get_if<Cap>(&does)) return cap->amount;
  if (const auto* floor = std::get_if<Floor>(&does)) return floor->amount;
  return no_factors;
}

}  // namespace

void require_name(std::string_view name) {
  if (!is_name(name))
    throw Refused{Refusal::name_malformed,
                  "\"" + std::string{name.substr(0, 60)} +
                      "\" is not a small letter and up to 39 small letters, digits and underlines"};
}

Factor Factor::parse(std::string_view text) {
  const auto named = [](FactorKind kind, std::string_view name) {
    require_name(name);
    return Factor{kind, std::string{name}, Fraction{0}};
  };
  if (text.starts_with(figure_mark)) return named(FactorKind::figure, text.substr(figure_mark.size()));
  if (text.starts_with(place_mark)) return named(FactorKind::place, text.substr(place_mark.size()));
  if (is_name(text)) return named(FactorKind::measure, text);
  return {FactorKind::number, {}, Fraction{Ratio::parse(text)}};
}

std::string Factor::text() const {
  if (kind == FactorKind::number) return number.decimal_text();
  if (kind == FactorKind::figure) return std::string{figure_mark} + name;
  return kind == FactorKind::place ? std::string{place_mark} + name : name;
}

std::string_view text_of(const Does& does) {
  static constexpr std::array<std::string_view, 14> texts{
      "percentage", "first", "claim",    "ratio_cap",    "cap",  "floor", "weight",
      "index",      "equal", "pro_rata", "oldest_first", "care", "cash",  "unclaimed"};
  static_assert(texts.size() == std::variant_size_v<Does>);
  return texts[does.index()];
}

std::vector<Factor> factors_of(const Does& does) {
  if (const auto* weight = std::get_if<Weight>(&does)) return weight->factors;
  if (const auto* care = std::get_if<Care>(&does)) return {care->rate};
  if (const auto* index = std::get_if<Index>(&does)) return {{FactorKind::place, index->by, Fraction{0}}};
  return money_of(does);
}

std::vector<std::string> measures_of(const Does& does) {
  if (const auto* cap = std::get_if<RatioCap>(&does)) return {cap->measure};
  if (const auto* care = std::get_if<Care>(&does)) return {care->measure};
  if (const auto* unclaimed = std::get_if<Unclaimed>(&does)) return {unclaimed->measure};
  if (const auto* equal = std::get_if<Equal>(&does); equal && !equal->among.empty()) return {equal->among};
  return {};
}

bool names_money(const SharingRule& rule) {
  return std::ranges::any_of(rule.steps, [](const Step& step) {
    const auto is_number = [](const Factor& factor) { return factor.kind == FactorKind::number; };
    return !std::holds_alternative<Weight>(step.does) &&
           std::ranges::any_of(factors_of(step.does), is_number);
  });
}

bool divides_losses(const SharingRule& rule) {
  return std::ranges::all_of(rule.steps, [](const Step& step) {
    const Does& does = step.does;
    const auto* pro_rata = std::get_if<ProRata>(&does);
    return std::holds_alternative<Percentage>(does) || std::holds_alternative<RatioCap>(does) ||
           std::holds_alternative<Weight>(does) || std::holds_alternative<Index>(does) ||
           std::holds_alternative<Equal>(does) || (pro_rata && pro_rata->to == ProRataTo::weights);
  });
}

void require_rule(const SharingRule& rule) {
  if (rule.steps.empty()) throw Refused{Refusal::field_missing, "a rule has a step", "/steps"};
  if (rule.steps.size() > most_steps)
    refuse_field("a rule has at most " + std::to_string(most_steps) + " steps", "/steps");
  Judge judge;
  for (std::size_t i = 0; i < rule.steps.size(); ++i)
    judge.take(rule.steps[i], "/steps/" + std::to_string(i));
  if (rule.unit.empty() && names_money(rule))
    throw Refused{Refusal::field_missing, "a rule with numbers that are money says of which unit", "/unit"};
}

}  // namespace coop::sharing
