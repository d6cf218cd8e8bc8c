#include "ledger/sharing/rule_json.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <initializer_list>
#include <optional>

#include "ledger/values/refusal.hpp"
#include "ledger/values/sha256.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::sharing {

namespace {

namespace json = boost::json;

constexpr WordTable<PercentageOf, 2> percentage_words{
    {{PercentageOf::total, "total"}, {PercentageOf::rest, "rest"}}};
constexpr WordTable<CapOf, 2> cap_words{{{CapOf::all, "all"}, {CapOf::each, "each"}}};
constexpr WordTable<ProRataTo, 2> pro_rata_words{
    {{ProRataTo::claims, "claims"}, {ProRataTo::weights, "weights"}}};
constexpr WordTable<LotPeriod, 4> period_words{{{LotPeriod::day, "day"},
                                                {LotPeriod::month, "month"},
                                                {LotPeriod::quarter, "quarter"},
                                                {LotPeriod::year, "year"}}};
constexpr std::size_t longest_unit = 24;
constexpr std::size_t longest_text = 80;

// 1/20 is "5%", 1/3 is "1/3".
std::string percent_text_of(Ratio part) {
  const std::string text = (Fraction{part} * Fraction{100}).decimal_text();
  return text.find('/') == std::string::npos ? text + "%" : part.text();
}

std::string number_text_of(Ratio number) { return Fraction{number}.decimal_text(); }

json::array json_of_product(const Product& product) {
  json::array factors;
  for (const Factor& factor : product) factors.emplace_back(factor.text());
  return factors;
}

// What is refused in it, names its field below `at`.
void refused_below(const std::string& at, const std::function<void()>& work) {
  try {
    work();
  } catch (const Refused& refused) {
    throw refused.below(at);
  }
}

/// Writes the fields of a step behind its name.
struct StepWriter {
  json::object& out;

  void operator()(const Percentage& does) const {
    out["percent"] = percent_text_of(does.part);
    out["of"] = text_among(percentage_words, does.of);
    json::array shares;
    for (const NamedShare& share : does.to)
      shares.push_back({{"name", share.name}, {"weight", number_text_of(share.weight)}});
    out["to"] = std::move(shares);
  }
  void operator()(const First& does) const {
    out["amount"] = json_of_product(does.amount);
    if (!does.to.empty()) out["to"] = does.to;
  }
  void operator()(const Claim& does) const {
    if (!does.amount.empty()) out["amount"] = json_of_product(does.amount);
    else out["of"] = "lots";
  }
  void operator()(const RatioCap& does) const {
    out["measure"] = does.measure;
    out["times"] = number_text_of(does.times);
  }
  void operator()(const Cap& does) const {
    out["amount"] = json_of_product(does.amount);
    out["of"] = text_among(cap_words, does.of);
  }
  void operator()(const Floor& does) const { out["amount"] = json_of_product(does.amount); }
  void operator()(const Weight& does) const { out["factors"] = json_of_product(does.factors); }
  void operator()(const Index& does) const { out["by"] = does.by; }
  void operator()(const Equal& does) const {
    if (!does.among.empty()) out["among"] = does.among;
  }
  void operator()(const ProRata& does) const { out["to"] = text_among(pro_rata_words, does.to); }
  void operator()(const OldestFirst& does) const { out["period"] = text_among(period_words, does.period); }
  void operator()(const Care& does) const {
    out["measure"] = does.measure;
    out["rate"] = does.rate.text();
  }
  void operator()(const Cash& does) const { out["percent"] = percent_text_of(does.part); }
  void operator()(const Unclaimed& does) const {
    out["unless"] = does.measure;
    out["to"] = does.to;
  }
};

std::string text_of_value(const json::value& value, const std::string& pointer) {
  if (!value.is_string() || value.get_string().size() > longest_text ||
      std::string_view{value.get_string()}.find('\0') != std::string_view::npos)
    throw Refused{Refusal::field_invalid,
                  "a text of at most " + std::to_string(longest_text) + " bytes is expected", pointer};
  return std::string{value.get_string()};
}

template <class Read>
auto parsed_at(const json::value& value, const std::string& pointer, Read&& read) {
  const std::string text = text_of_value(value, pointer);
  std::optional<std::invoke_result_t<Read, std::string_view>> answer;
  refused_below(pointer, [&] { answer.emplace(read(std::string_view{text})); });
  return std::move(*answer);
}

// A part of a JSON pointer (RFC 6901).
std::string escaped(std::string_view name) {
  std::string part;
  for (const char c : name) {
    if (c == '~') part += "~0";
    else if (c == '/') part += "~1";
    else part += c;
  }
  return part;
}

/// An object of a rule, read field by field; null counts as not given.
class RuleFields {
 public:
  RuleFields(const json::value& value, std::string at) : at_{std::move(at)} {
    if (!value.is_object()) throw Refused{Refusal::field_invalid, "an object is expected", at_};
    object_ = &value.get_object();
  }
  void require_only(std::initializer_list<std::string_view> known) const {
    for (const auto& [name, value] : *object_)
      if (std::ranges::find(known, std::string_view{name}) == known.end())
        throw Refused{Refusal::field_unknown, "no such field", at_ + "/" + escaped(name)};
  }
  const json::value* find(std::string_view name) const {
    const json::value* value = object_->if_contains(name);
    return value && !value->is_null() ? value : nullptr;
  }
  const json::value& require(std::string_view name) const {
    const json::value* value = find(name);
    if (!value) throw Refused{Refusal::field_missing, std::string{name} + " is missing", pointer(name)};
    return *value;
  }
  const json::array& array(std::string_view name) const {
    const json::value& value = require(name);
    if (!value.is_array()) throw Refused{Refusal::field_invalid, "an array is expected", pointer(name)};
    return value.get_array();
  }
  std::string text(std::string_view name) const { return text_of_value(require(name), pointer(name)); }
  std::string text_or(std::string_view name, std::string_view otherwise) const {
    return find(name) ? text(name) : std::string{otherwise};
  }
  /// Reads the text by `read`; what that refuses is refused naming the field.
  template <class Read>
  auto parsed(std::string_view name, Read&& read) const {
    return parsed_at(require(name), pointer(name), read);
  }
  std::string name(std::string_view name) const {
    return parsed(name, [](std::string_view text) {
      require_name(text);
      return std::string{text};
    });
  }
  std::string pointer(std::string_view name) const { return at_ + "/" + std::string{name}; }

 private:
  std::string at_;
  const json::object* object_ = nullptr;
};

Product product_from(const RuleFields& fields, std::string_view name) {
  Product product;
  const json::array& factors = fields.array(name);
  for (std::size_t i = 0; i < factors.size(); ++i)
    product.push_back(parsed_at(factors[i], fields.pointer(name) + "/" + std::to_string(i), Factor::parse));
  return product;
}

std::vector<NamedShare> shares_from(const RuleFields& fields) {
  std::vector<NamedShare> shares;
  const json::array& listed = fields.array("to");
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const RuleFields share{listed[i], fields.pointer("to") + "/" + std::to_string(i)};
    share.require_only({"name", "weight"});
    shares.push_back(
        {share.name("name"), share.find("weight") ? share.parsed("weight", Ratio::parse) : Ratio{1, 1}});
  }
  return shares;
}

template <class Word, std::size_t count>
Word word_from(const RuleFields& fields, std::string_view name, const WordTable<Word, count>& words) {
  return fields.parsed(name, [&](std::string_view text) { return word_among(words, text); });
}

Does percentage_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "percent", "of", "to"});
  const Ratio part = fields.parsed("percent", Ratio::parse);
  return Percentage{part, word_from(fields, "of", percentage_words), shares_from(fields)};
}

Does first_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "amount", "to"});
  return First{product_from(fields, "amount"), fields.find("to") ? fields.name("to") : std::string{}};
}

Does claim_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "amount", "of"});
  if (!fields.find("of")) {
    Claim claim{product_from(fields, "amount")};
    if (claim.amount.empty())
      throw Refused{Refusal::field_invalid, "there is a factor", fields.pointer("amount")};
    return claim;
  }
  if (fields.find("amount"))
    throw Refused{Refusal::field_invalid, "an amount or the open lots, not both", fields.pointer("of")};
  if (fields.text("of") != "lots")
    throw Refused{Refusal::field_invalid, "allowed is lots", fields.pointer("of")};
  return Claim{};
}

Does ratio_cap_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "measure", "times"});
  return RatioCap{fields.name("measure"), fields.parsed("times", Ratio::parse)};
}

Does cap_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "amount", "of"});
  return Cap{product_from(fields, "amount"), word_from(fields, "of", cap_words)};
}

Does floor_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "amount"});
  return Floor{product_from(fields, "amount")};
}

Does weight_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "factors"});
  return Weight{product_from(fields, "factors")};
}

Does index_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "by"});
  return Index{fields.name("by")};
}

Does equal_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "among"});
  return Equal{fields.find("among") ? fields.name("among") : std::string{}};
}

Does pro_rata_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "to"});
  return ProRata{word_from(fields, "to", pro_rata_words)};
}

Does oldest_first_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "period"});
  return OldestFirst{word_from(fields, "period", period_words)};
}

Does care_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "measure", "rate"});
  return Care{fields.name("measure"), fields.parsed("rate", Factor::parse)};
}

Does cash_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "percent"});
  return Cash{fields.parsed("percent", Ratio::parse)};
}

Does unclaimed_from(const RuleFields& fields) {
  fields.require_only({"step", "pot", "unless", "to"});
  return Unclaimed{fields.name("unless"), fields.name("to")};
}

using ReadDoes = Does (*)(const RuleFields&);
constexpr WordTable<ReadDoes, 14> step_words{{{percentage_from, "percentage"},
                                              {first_from, "first"},
                                              {claim_from, "claim"},
                                              {ratio_cap_from, "ratio_cap"},
                                              {cap_from, "cap"},
                                              {floor_from, "floor"},
                                              {weight_from, "weight"},
                                              {index_from, "index"},
                                              {equal_from, "equal"},
                                              {pro_rata_from, "pro_rata"},
                                              {oldest_first_from, "oldest_first"},
                                              {care_from, "care"},
                                              {cash_from, "cash"},
                                              {unclaimed_from, "unclaimed"}}};

Step step_from(const json::value& value, const std::string& at) {
  const RuleFields fields{value, at};
  const ReadDoes read = word_from(fields, "step", step_words);
  std::string pot = fields.find("pot") ? fields.name("pot") : std::string{main_pot};
  return {std::move(pot), read(fields)};
}

}  // namespace

json::value json_of(const SharingRule& rule) {
  json::array steps;
  for (const Step& step : rule.steps) {
    json::object out{{"step", text_of(step.does)}};
    if (step.pot != main_pot) out["pot"] = step.pot;
    std::visit(StepWriter{out}, step.does);
    steps.push_back(std::move(out));
  }
  json::object whole;
  if (!rule.unit.empty()) whole["unit"] = rule.unit;
  whole["steps"] = std::move(steps);
  return whole;
}

std::string canonical_text(const SharingRule& rule) { return json::serialize(json_of(rule)); }

std::string hash_of(const SharingRule& rule) { return hex_of(sha256_of(canonical_text(rule))); }

SharingRule sharing_rule_from(const json::value& value, const std::string& at) {
  const RuleFields fields{value, at};
  fields.require_only({"unit", "steps"});
  SharingRule rule{.unit = fields.text_or("unit", ""), .steps = {}};
  if (fields.find("unit") && (rule.unit.empty() || rule.unit.size() > longest_unit))
    throw Refused{Refusal::unit_unknown, "a unit's code has 2 to 24 characters", fields.pointer("unit")};
  const json::array& steps = fields.array("steps");
  if (steps.size() > most_steps)
    throw Refused{Refusal::field_invalid, "a rule has at most " + std::to_string(most_steps) + " steps",
                  fields.pointer("steps")};
  for (std::size_t i = 0; i < steps.size(); ++i)
    rule.steps.push_back(step_from(steps[i], fields.pointer("steps") + "/" + std::to_string(i)));
  refused_below(at, [&] { require_rule(rule); });
  return rule;
}

SharingRule sharing_rule_from_text(std::string_view text) {
  boost::system::error_code fault;
  const json::value value = json::parse(text, fault);
  if (fault) throw Refused{Refusal::field_invalid, "the rule is no JSON: " + fault.message()};
  return sharing_rule_from(value);
}

}  // namespace coop::sharing
