#include "ledger/journals/native_rule_checks.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <sstream>

#include "ledger/journals/native_row_rules.hpp"

namespace coop::journals {

namespace {

std::string of_rule(std::int64_t number) { return "rule " + std::to_string(number) + " of a bank"; }

bool is_number(const boost::json::value* value) { return value == nullptr || value->is_int64(); }
bool is_words(const boost::json::value* value) { return value == nullptr || value->is_string(); }

// A list of parts, as it is read again, with accounts of this unit.
bool are_parts(const std::string& json, const std::string& unit, const BankChecks::Accounts& accounts) {
  boost::json::error_code error;
  const auto list = boost::json::parse(json, error);
  if (error || !list.is_array()) return false;
  return std::ranges::all_of(list.as_array(), [&](const boost::json::value& one) {
    const auto* part = one.if_object();
    if (part == nullptr) return false;
    const auto* account = part->if_contains("account");
    if (account == nullptr || !account->is_string() ||
        !accounts.contains({std::string{account->as_string()}, unit}))
      return false;
    const bool has_numbers =
        is_number(part->if_contains("fixed_minor")) && is_number(part->if_contains("share_millionths"));
    return has_numbers &&
           std::ranges::all_of(std::array{"fund", "member", "cost_object", "tax_code", "description"},
                               [&](const char* name) { return is_words(part->if_contains(name)); });
  });
}

void require_maybe_text(JsonFields& row, std::string_view name, std::size_t most) {
  if (row.has(name)) require_text(row, name, 1, most);
}

void require_day(JsonFields& row, std::string_view name) {
  if (row.has(name)) require_consistent(require_count(row, name, 1) <= 31, "no month has such a day");
}

// It asks for something, and makes one thing.
void require_whole(JsonFields& row, bool has_parts) {
  static constexpr std::array asked{
      "bank_account", "is_credit", "least_minor", "most_minor", "counterparty",
      "words",        "reference", "code",        "first_day",  "counterparty_hash"};
  require_consistent(std::ranges::any_of(asked, [&](const char* name) { return row.has(name); }),
                     "a rule takes every line");
  require_consistent(row.has("first_day") == row.has("last_day"), "the days of a rule have one end");
  const auto least = row.maybe_number("least_minor");
  const auto most = row.maybe_number("most_minor");
  require_consistent((!least || *least >= 0) && (!most || *most >= 0) && (!least || !most || *least <= *most),
                     "no amount is within that of a rule");
  const int things = (has_parts ? 1 : 0) + (row.has("member") ? 1 : 0) + (row.has("to_account") ? 1 : 0);
  require_consistent(things == 1, "a rule does not make one thing");
}

}  // namespace

RuleChecks::Take RuleChecks::taker_of(std::string_view kind) {
  static constexpr std::array<std::pair<std::string_view, Take>, 6> takers{{
      {"bank_rule_version", &RuleChecks::take_version},
      {"bank_rule_order", &RuleChecks::take_order},
      {"bank_rule_replay", &RuleChecks::take_replay},
      {"bank_rule_step", &RuleChecks::take_step},
      {"bank_match_rule", &RuleChecks::take_match_rule},
      {"bank_match_word", &RuleChecks::take_match_word},
  }};
  for (const auto& [name, taker] : takers)
    if (name == kind) return taker;
  return nullptr;
}

bool RuleChecks::take(const NativeRow& row, const Before& before) {
  const Take taker = taker_of(row.of->kind);
  if (taker == nullptr) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  (this->*taker)(fields, before);
  return true;
}

RuleChecks::KnownRule& RuleChecks::rule_of(std::int64_t number) {
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(rules_.size()),
                     "there is no " + of_rule(number));
  return rules_[static_cast<std::size_t>(number - 1)];
}

std::int64_t RuleChecks::version_of(JsonFields& row, const KnownRule& rule) const {
  const std::int64_t version = row.number("version");
  require_consistent(version > 0 && version <= static_cast<std::int64_t>(rule.versions.size()),
                     "a rule of a bank has no such version");
  return version;
}

void RuleChecks::take_version(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("rule");
  if (number == static_cast<std::int64_t>(rules_.size()) + 1) rules_.emplace_back();
  KnownRule& rule = rule_of(number);
  require_consistent(row.number("version") == static_cast<std::int64_t>(rule.versions.size()) + 1,
                     "the versions of " + of_rule(number) + " have a gap, or stand twice");
  rule.versions.push_back(row.instant("recorded_at"));
  require_text(row, "name", 1, 100);
  require_text(row, "note", 0, 500);
  const std::string unit = row.text("unit");
  require_consistent(before.scales.contains(unit), "there is no unit " + unit);
  for (const char* name : {"bank_account", "to_account"})
    if (row.has(name))
      require_consistent(before.bank.knows_account(row.number(name)),
                         "there is no account with statements of this number");
  require_maybe_text(row, "counterparty", 200);
  require_maybe_text(row, "words", 200);
  require_maybe_text(row, "reference", 100);
  require_maybe_text(row, "code", 100);
  require_day(row, "first_day");
  require_day(row, "last_day");
  if (row.has("counterparty_hash")) require_hash(row, "counterparty_hash");
  const std::string parts = row.text("parts");
  require_consistent(are_parts(parts, unit, before.accounts), of_rule(number) + " has parts that are none");
  if (row.has("member"))
    require_consistent(before.members.knows_member(row.text("member")),
                       "there is no member " + row.text("member"));
  require_whole(row, !boost::json::parse(parts).as_array().empty());
}

void RuleChecks::take_order(JsonFields& row, const Before&) {
  require_consistent(row.number("number") == ++orders_, "the orders of rules have a gap, or stand twice");
  std::set<std::string> seen;
  std::istringstream rules{row.text("rules")};
  for (std::string one; std::getline(rules, one, ',');) {
    const bool is_rule = std::ranges::all_of(one, [](char c) { return c >= '0' && c <= '9'; }) &&
                         !one.empty() && one.size() < 10 && one.front() != '0' &&
                         std::stoull(one) <= rules_.size();
    require_consistent(is_rule && seen.insert(one).second, "an order of rules names one that is not there");
  }
}

void RuleChecks::take_replay(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("rule");
  KnownRule& rule = rule_of(number);
  require_consistent(row.number("number") == static_cast<std::int64_t>(rule.replays.size()) + 1,
                     "the replays of " + of_rule(number) + " have a gap, or stand twice");
  const std::int64_t version = version_of(row, rule);
  if (row.has("bank_account"))
    require_consistent(before.bank.knows_account(row.number("bank_account")),
                       "there is no account with statements of this number");
  require_count(row, "last_line", 0);
  std::int64_t taken = 0;
  for (const char* name : {"agreed", "differed", "still_open", "taken_before"})
    taken += require_count(row, name, 0);
  require_consistent(require_count(row, "looked_at", 0) >= taken,
                     of_rule(number) + " took more lines than it looked at");
  rule.replays.push_back({version, row.number("differed") == 0 && row.number("agreed") > 0});
}

void RuleChecks::take_step(JsonFields& row, const Before&) {
  const std::int64_t number = row.number("rule");
  KnownRule& rule = rule_of(number);
  const std::string before = rule.steps.empty() ? "suggesting" : rule.steps.back().kind;
  require_consistent(row.number("number") == static_cast<std::int64_t>(rule.steps.size()) + 1,
                     "the steps of " + of_rule(number) + " have a gap, or stand twice");
  const std::string step = require_word(row, "step", {"posting", "suggesting", "ended"});
  const KnownStep known{step, version_of(row, rule), row.instant("recorded_at")};
  require_consistent(before != "ended" && (step != "suggesting" || before == "posting"),
                     of_rule(number) + " is " + step + " at the wrong time");
  for (auto later = static_cast<std::size_t>(known.version); later < rule.versions.size(); ++later)
    require_consistent(!(rule.versions[later] < known.recorded_at),
                       "a later version of " + of_rule(number) + " counted");
  require_maybe_text(row, "reason", 500);
  const auto replay = row.maybe_number("replay");
  require_consistent(replay.has_value() == (step == "posting") && (row.has("reason") || step == "posting"),
                     "a step of " + of_rule(number) + " is not whole");
  if (replay) {
    const bool is_there = *replay > 0 && *replay <= static_cast<std::int64_t>(rule.replays.size());
    require_consistent(is_there, of_rule(number) + " posts without a replay");
    const KnownReplay& of = rule.replays[static_cast<std::size_t>(*replay - 1)];
    require_consistent(of.version == known.version && (of.agrees || row.has("reason")),
                       of_rule(number) + " posts without a replay of this version that agrees");
  }
  rule.steps.push_back(known);
}

void RuleChecks::take_match_rule(JsonFields& row, const Before& before) {
  const std::int64_t match = row.number("match");
  const std::int64_t rule = row.number("rule");
  const Use use{rule, version_of(row, rule_of(rule))};
  require_consistent(before.matches.told(match).is_by_rule && uses_.emplace(match, use).second,
                     "match " + std::to_string(match) + " is by no rule, or by two");
}

void RuleChecks::take_match_word(JsonFields& row, const Before& before) {
  const std::int64_t match = row.number("match");
  before.matches.told(match);
  require_consistent(row.has("account") == row.has("unit") && row.has("account") != row.has("member"),
                     "a word does not teach one thing");
  if (row.has("account"))
    require_consistent(before.accounts.contains({row.text("account"), row.text("unit")}),
                       "there is no account " + row.text("account"));
  else
    require_consistent(before.members.knows_member(row.text("member")),
                       "there is no member " + row.text("member"));
  require_consistent(words_.emplace(require_hash(row, "word_hash"), row.truth("is_credit"), match).second,
                     "a word of match " + std::to_string(match) + " stands twice");
}

bool RuleChecks::might_post(const Use& use, Instant at) const {
  const KnownRule& rule = rules_[static_cast<std::size_t>(use.rule - 1)];
  for (auto later = static_cast<std::size_t>(use.version); later < rule.versions.size(); ++later)
    if (rule.versions[later] < at) return false;
  for (std::size_t i = 0; i < rule.steps.size(); ++i) {
    const KnownStep& step = rule.steps[i];
    if (step.kind != "posting" || step.version != use.version || at < step.recorded_at) continue;
    const bool has_stopped =
        std::any_of(rule.steps.begin() + static_cast<std::ptrdiff_t>(i) + 1, rule.steps.end(),
                    [&](const KnownStep& later) { return later.recorded_at < at; });
    if (!has_stopped) return true;
  }
  return false;
}

void RuleChecks::finish(const MatchChecks& matches) const {
  std::int64_t number = 0;
  for (const KnownRule& rule : rules_) {
    ++number;
    if (!rule.steps.empty() && rule.steps.back().kind == "ended")
      for (const Instant version : rule.versions)
        require_consistent(!(rule.steps.back().recorded_at < version),
                           of_rule(number) + " changed after it had ended");
  }
  for (const auto& [match, told] : matches.by_rules_alone()) {
    const auto use = uses_.find(match);
    require_consistent(use != uses_.end() && told.is_proved && might_post(use->second, told.recorded_at),
                       "match " + std::to_string(match) + " was decided by nobody");
  }
}

}  // namespace coop::journals
