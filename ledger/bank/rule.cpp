#include "ledger/bank/rule.hpp"

#include <algorithm>

#include "ledger/values/code_text.hpp"
#include "ledger/values/folded_text.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/split.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::bank {

namespace {

constexpr WordTable<RuleMode, 3> modes{
    {{RuleMode::suggest, "suggest"}, {RuleMode::post, "post"}, {RuleMode::ended, "ended"}}};

constexpr std::int64_t whole_millionths = 1'000'000;
constexpr std::size_t most_parts = 50;

bool has_all(const std::vector<std::string>& said, const std::vector<std::string>& wanted) {
  return std::ranges::includes(said, wanted);
}

bool is_between(int day, int first, int last) {
  return first <= last ? day >= first && day <= last : day >= first || day <= last;
}

std::string name_of(const BankRule& rule) {
  return "rule " + std::to_string(rule.number.number()) + " (" + rule.is.name + "), version " +
         std::to_string(rule.version);
}

int day_of_month(Day day) { return static_cast<int>(static_cast<unsigned>(day.ymd().day())); }

void require_length(const std::string& text, std::size_t least, std::size_t most, const std::string& field) {
  if (text.size() < least || text.size() > most)
    throw Refused{Refusal::field_invalid,
                  "it has " + std::to_string(least) + " to " + std::to_string(most) + " bytes", field};
}

void require_words(const std::string& text, const std::string& field) {
  if (text.empty()) return;
  require_length(text, 1, 200, field);
  if (folded_words(text).empty()) throw Refused{Refusal::field_invalid, "it has no word", field};
}

void require_conditions(const RuleConditions& when) {
  const bool has_any = when.bank_account || when.is_credit || when.least_minor || when.most_minor ||
                       !when.counterparty.empty() || !when.words.empty() || !when.reference.empty() ||
                       !when.code.empty() || when.first_day || !when.counterparty_hash.empty() ||
                       !when.counterparty_account.empty();
  if (!has_any)
    throw Refused{Refusal::field_missing, "a rule says which lines it takes: a direction, an amount, words …",
                  "/when/direction"};
  for (const auto& [minor, field] :
       {std::pair{when.least_minor, "/when/amount_from"}, std::pair{when.most_minor, "/when/amount_to"}})
    if (minor && *minor < 0)
      throw Refused{Refusal::field_invalid, "an amount counts whether money came or went", field};
  if (when.least_minor && when.most_minor && *when.least_minor > *when.most_minor)
    throw Refused{Refusal::field_invalid, "it is less than amount_from", "/when/amount_to"};
  require_words(when.counterparty, "/when/counterparty");
  require_words(when.words, "/when/words");
  require_length(when.reference, 0, 100, "/when/reference");
  require_length(when.code, 0, 100, "/when/code");
  if (when.first_day.has_value() != when.last_day.has_value())
    throw Refused{Refusal::field_missing, "days of a month have a first and a last one",
                  when.first_day ? "/when/day_to" : "/when/day_from"};
}

// Shares come to the whole, or leave something for the one part that is the rest.
void require_parts(const std::vector<RulePart>& parts) {
  if (parts.size() > most_parts)
    throw Refused{Refusal::field_invalid, "a rule has at most " + std::to_string(most_parts) + " parts",
                  "/parts"};
  std::int64_t shares = 0;
  int rests = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string place = "/parts/" + std::to_string(i);
    if (parts[i].fixed_minor && parts[i].share_millionths)
      throw Refused{Refusal::field_invalid, "a part is an amount or a share", place + "/percent"};
    if (parts[i].fixed_minor && *parts[i].fixed_minor <= 0)
      throw Refused{Refusal::field_invalid, "an amount is more than zero", place + "/amount"};
    if (parts[i].share_millionths &&
        (*parts[i].share_millionths <= 0 || *parts[i].share_millionths > whole_millionths))
      throw Refused{Refusal::field_invalid, "a share is more than 0 and at most 100", place + "/percent"};
    require_length(parts[i].description, 0, 1'000, place + "/description");
    shares += parts[i].share_millionths.value_or(0);
    if (!parts[i].fixed_minor && !parts[i].share_millionths) ++rests;
  }
  if (rests > 1) throw Refused{Refusal::field_invalid, "one part at most is the rest", "/parts"};
  if (rests == 1 ? shares >= whole_millionths : shares != whole_millionths)
    throw Refused{Refusal::field_invalid,
                  "the shares come to 100 percent, or to less and one part is the rest", "/parts"};
}

// Why the rule takes the line; nothing: it does not.
std::optional<std::vector<Reason>> reasons_to_take(const BankRule& rule, const RuleQuestion& asked) {
  if (rule.mode == RuleMode::ended || rule.is.unit != asked.unit) return std::nullopt;
  const BankLine& line = asked.line;
  const LineFeatures& features = asked.features;
  const RuleConditions& when = rule.is.when;
  const std::int64_t minor = line.amount_minor < 0 ? -line.amount_minor : line.amount_minor;
  std::vector<Reason> reasons{{"rule", name_of(rule)}};
  bool holds = true;
  const auto ask = [&](bool is_asked, bool is_so, const char* code, const std::string& words) {
    if (!is_asked) return;
    holds = holds && is_so;
    reasons.push_back({code, words});
  };
  ask(when.bank_account.has_value(), when.bank_account == line.account, "rule_account",
      "it is of the rule's account");
  ask(when.is_credit.has_value(), when.is_credit == (line.amount_minor > 0), "rule_direction",
      line.amount_minor > 0 ? "money came in" : "money went out");
  ask(when.least_minor || when.most_minor,
      minor >= when.least_minor.value_or(0) && (!when.most_minor || minor <= *when.most_minor), "rule_amount",
      when.least_minor == when.most_minor ? "the amount is the rule's" : "the amount is within the rule's");
  ask(!when.counterparty.empty(), has_all(features.names, rule.counterparty_words), "rule_counterparty",
      "the counterparty's name has the rule's words");
  ask(!when.words.empty(), has_all(features.words, rule.text_words), "rule_words",
      "the text has the rule's words");
  ask(!when.reference.empty(),
      std::ranges::find(features.references, compact_code(when.reference)) != features.references.end(),
      "rule_reference", "the reference is the rule's");
  ask(!when.code.empty(), features.code == compact_code(when.code), "rule_code",
      "the bank's code is the rule's");
  ask(when.first_day.has_value(),
      is_between(day_of_month(line.booked_on), when.first_day.value_or(1), when.last_day.value_or(31)),
      "rule_day", "the day of the month is within the rule's");
  ask(!when.counterparty_hash.empty(), when.counterparty_hash == asked.hash, "rule_counterparty_account",
      "the counterparty's account is the rule's");
  if (!holds) return std::nullopt;
  return reasons;
}

}  // namespace

std::string_view text_of(RuleMode mode) { return text_among(modes, mode); }

LineFeatures features_of(const BankLine& line) {
  std::string names;
  std::string words = line.words;
  LineFeatures features;
  for (const BankDetail& detail : line.details) {
    names += detail.counterparty.name + " " + detail.counterparty.ultimate_name + " ";
    words += " " + detail.words;
    for (const std::string* one : {&detail.references.structured, &detail.references.end_to_end})
      if (!one->empty()) features.references.push_back(compact_code(*one));
  }
  features.names = folded_words(names);
  features.words = folded_words(words);
  features.code = compact_code(line.code);
  return features;
}

std::optional<std::vector<ProposedPart>> parts_by(const BankRule& rule, std::int64_t amount_minor) {
  if (!rule.is.pays_for.empty())
    return std::vector{ProposedPart{.amount_minor = amount_minor,
                                    .made = Made::payment,
                                    .payer = rule.is.pays_for,
                                    .for_member = rule.is.pays_for}};
  if (rule.is.transfer_to)
    return std::vector{ProposedPart{.amount_minor = amount_minor,
                                    .made = Made::entry,
                                    .account = rule.transfer_path,
                                    .description = rule.is.name}};
  const std::int64_t sign = amount_minor < 0 ? -1 : 1;
  std::int64_t left = amount_minor * sign;
  std::int64_t shares = 0;
  for (const RulePart& part : rule.is.parts) {
    if (part.fixed_minor && *part.fixed_minor > left) return std::nullopt;
    left -= part.fixed_minor.value_or(0);
    shares += part.share_millionths.value_or(0);
  }
  std::vector<std::int64_t> weights;
  for (const RulePart& part : rule.is.parts)
    weights.push_back(part.fixed_minor ? 0 : part.share_millionths.value_or(whole_millionths - shares));
  const auto split = split_exactly(left, weights);
  std::vector<ProposedPart> parts;
  for (std::size_t i = 0; i < rule.is.parts.size(); ++i) {
    const RulePart& part = rule.is.parts[i];
    const std::int64_t minor = part.fixed_minor.value_or(split[i]);
    if (minor == 0) continue;
    parts.push_back({.amount_minor = minor * sign,
                     .made = Made::entry,
                     .account = part.account,
                     .description = part.description.empty() ? rule.is.name : part.description,
                     .about = part.about});
  }
  return parts;
}

std::optional<TakenByRule> take_by(const BankRule& rule, const RuleQuestion& asked) {
  auto reasons = reasons_to_take(rule, asked);
  if (!reasons) return std::nullopt;
  auto parts = parts_by(rule, rule.is.pays_for.empty() ? asked.line.amount_minor : asked.gross_minor);
  if (!parts) return std::nullopt;
  for (const ProposedPart& part : *parts)
    if (part.account == asked.account) return std::nullopt;
  return TakenByRule{std::move(*reasons), std::move(*parts)};
}

void require_rule(const RuleDraft& draft) {
  require_length(draft.name, 1, 100, "/name");
  require_length(draft.note, 0, 500, "/note");
  require_conditions(draft.when);
  const int things =
      (draft.parts.empty() ? 0 : 1) + (draft.pays_for.empty() ? 0 : 1) + (draft.transfer_to ? 1 : 0);
  if (things == 0)
    throw Refused{Refusal::field_missing, "a rule has parts, or says who pays, or where money is moved to",
                  "/parts"};
  if (things > 1)
    throw Refused{Refusal::field_invalid, "a rule makes one thing: parts, a payment or a transfer",
                  draft.pays_for.empty() ? "/transfer_to" : "/pays_for"};
  if (!draft.parts.empty()) require_parts(draft.parts);
}

}  // namespace coop::bank
