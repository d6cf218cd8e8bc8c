#include "ledger/journals/native_sharing_checks.hpp"

#include <boost/json.hpp>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/sharing/rule_json.hpp"

namespace coop::journals {

namespace {

constexpr std::size_t longest_rule = 20'000;

void require_no_blank(JsonFields& row, std::string_view name, std::size_t most) {
  require_consistent(require_text(row, name, 1, most).find_first_not_of(" \t\r\n") != std::string::npos,
                     "a " + std::string{name} + " says nothing");
}

void require_rule_of(JsonFields& row, const Scales& scales) {
  const std::string text = require_text(row, "rule", 2, longest_rule);
  const sharing::SharingRule rule = sharing::sharing_rule_from_text(text);
  require_consistent(
      sharing::canonical_text(rule) == text && sharing::hash_of(rule) == require_hash(row, "hash"),
      "a rule is not that of its hash");
  require_consistent(rule.unit.empty() || scales.contains(rule.unit), "a rule is of no unit");
}

}  // namespace

bool SharingChecks::take(const NativeRow& row, const Scales& scales) {
  const std::string_view kind = row.of->kind;
  if (kind != "sharing_version" && kind != "place_value") return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "sharing_version") take_version(fields, scales);
  else take_value(fields, scales);
  return true;
}

void SharingChecks::take_version(JsonFields& row, const Scales& scales) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(known_.size()) + 1,
                     "versions of rules are numbered with a gap or twice");
  const std::string code = row.text("code");
  sharing::require_name(code);
  LastVersion& last = rules_[code];
  const std::string from = row.day("valid_from").text();
  const std::string name = "version " + std::to_string(row.number("version")) + " of rule " + code;
  require_consistent(row.number("version") == last.version + 1, name + " does not follow the one before");
  require_consistent(last.version == 0 || last.valid_from < from, name + " begins before the one before it");
  require_consistent(row.has("rule") == row.has("hash") && (row.has("rule") || last.version > 0),
                     name + " has no rule");
  if (row.has("rule")) require_rule_of(row, scales);
  require_no_blank(row, "title", 200);
  require_no_blank(row, "decision", 500);
  if (row.has("link")) require_text(row, "link", 1, 500);
  last = {row.number("version"), from};
  known_.push_back({code, from, row.maybe_text("rule").value_or("")});
}

void SharingChecks::take_value(JsonFields& row, const Scales& scales) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(values_.size()) + 1,
                     "values of places are numbered with a gap or twice");
  sharing::require_name(row.text("name"));
  require_text(row, "place", 1, 60);
  require_consistent(row.number("numerator") >= 0 && row.number("denominator") > 0,
                     "a value of a place is below zero");
  const auto unit = row.maybe_text("unit");
  require_consistent(!unit || scales.contains(*unit), "a value of a place is in no unit");
  require_text(row, "source", 1, 500);
  row.instant("recorded_at");
  values_.push_back({.name = row.text("name"),
                     .place = row.text("place"),
                     .valid_from = row.day("valid_from"),
                     .value = Fraction{row.number("numerator"), row.number("denominator")}});
}

std::vector<sharing::PlaceValue> SharingChecks::values_until(std::int64_t known) const {
  return {values_.begin(), values_.begin() + known};
}

}  // namespace coop::journals
