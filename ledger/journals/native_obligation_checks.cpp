#include "ledger/journals/native_obligation_checks.hpp"

#include <boost/json.hpp>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

std::string obligation_name(std::size_t number) { return "obligation " + std::to_string(number); }

// As PostgreSQL writes one.
bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : !is_digit(text[i]) && (text[i] < 'a' || text[i] > 'f')) return false;
  }
  return true;
}

bool is_between(const std::optional<std::int64_t>& number, std::int64_t least, std::int64_t most) {
  return !number || (*number >= least && *number <= most);
}

}  // namespace

bool ObligationChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  if (!kind.starts_with("obligation") && !kind.starts_with("hours_import")) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "obligation") take_obligation(fields, before);
  else if (kind == "obligation_member") take_member(fields, before);
  else if (kind == "obligation_withdrawal") take_withdrawal(fields);
  else if (kind == "obligation_settlement") take_settlement(fields, before);
  else if (kind == "hours_import") take_import(fields);
  else take_import_row(fields, before);
  return true;
}

void ObligationChecks::take_obligation(JsonFields& row, const Before& before) {
  const std::string name = obligation_name(obligations_.size() + 1);
  require_consistent(row.number("number") == static_cast<std::int64_t>(obligations_.size()) + 1,
                     "the obligations are numbered with a gap or twice");
  require_text(row, "title", 1, 200);
  require_text(row, "decision", 1, 500);
  const std::string circle = row.text_or_empty("circle");
  require_consistent(circle.empty() || before.work.knows_circle(circle), name + " is owed to no circle");
  const auto minutes = row.maybe_number("minutes");
  const auto minor = row.maybe_number("amount_minor");
  const auto rate = row.maybe_number("rate_minor");
  const std::string unit = row.text_or_empty("unit");
  require_consistent(unit.empty() || before.scales.contains(unit), "there is no unit " + unit);
  const Day from_on = row.day("from_on");
  const Day until_on = row.day("until_on");
  const bool by_hours = row.truth("by_hours");
  const bool by_money = row.truth("by_money");
  const bool by_kind = row.truth("by_kind");
  require_consistent(minutes.has_value() != minor.has_value() && is_between(minutes, 1, 600'000) &&
                         is_between(minor, 1, 100'000'000'000'000) && is_between(rate, 1, 10'000'000'000) &&
                         unit.empty() == (!minor && !rate) && until_on >= from_on,
                     name + " is of nothing, of no unit, or ends before it begins");
  require_consistent(
      (by_hours || by_money || by_kind) && (rate || (minutes ? !by_money && !by_kind : !by_hours)),
      name + " is not met in any way, or compares hours with money at no worth");
  const std::int64_t worth = rate.value_or(1);
  obligations_.push_back({circle, from_on, until_on, minutes.has_value(), unit, worth,
                          minutes ? Wide{*minutes} * worth : Wide{*minor} * 60, by_hours, by_money, by_kind});
}

ObligationChecks::KnownObligation& ObligationChecks::obligation_of(JsonFields& row) {
  const std::int64_t number = row.number("obligation");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(obligations_.size()),
                     "there is no obligation " + std::to_string(number));
  return obligations_[static_cast<std::size_t>(number - 1)];
}

void ObligationChecks::take_member(JsonFields& row, const Before& before) {
  const std::string member = row.text("member");
  require_consistent(before.members.knows_member(member), "there is no member " + member);
  require_consistent(obligation_of(row).members.insert(member).second, member + " owes an obligation twice");
}

void ObligationChecks::take_withdrawal(JsonFields& row) {
  KnownObligation& obligation = obligation_of(row);
  require_text(row, "reason", 1, 500);
  require_consistent(!obligation.withdrawn_at, "an obligation is withdrawn twice");
  obligation.withdrawn_at = row.instant("recorded_at");
}

void ObligationChecks::take_settlement(JsonFields& row, const Before& before) {
  const KnownObligation& obligation = obligation_of(row);
  std::vector<KnownSettlement>& settlements = settlements_[row.number("obligation")];
  const std::string name = "a settlement of obligation " + std::to_string(row.number("obligation"));
  require_consistent(row.number("number") == static_cast<std::int64_t>(settlements.size()) + 1,
                     name + " has a number that leaves a gap");
  const std::string how = require_word(row, "how", {"money", "kind", "waived", "reversed"});
  const std::string member = row.text("member");
  require_consistent(obligation.members.contains(member), name + " is of somebody who does not owe it");
  row.day("on_day");
  if (row.has("words")) require_text(row, "words", 1, 500);
  const auto minor = row.maybe_number("amount_minor");
  const auto minutes = row.maybe_number("minutes");
  const std::int64_t entry = row.maybe_number("entry").value_or(0);
  require_consistent(entry >= 0 && entry <= before.last_entry, name + " has an entry that there is not");
  require_consistent((row.has("words") || row.has("entry")) && (!row.has("entry") || how == "money") &&
                         (how == "reversed") == row.has("reverses"),
                     name + " rests on nothing, or on too much");
  if (how == "reversed") {
    require_consistent(!minor && !minutes, name + " takes back and settles");
    return take_reversal(row, member);
  }
  const bool in_minutes = how == "waived" && obligation.in_minutes;
  require_consistent(minutes.has_value() == in_minutes && minor.has_value() != in_minutes &&
                         minor.value_or(1) > 0 && minutes.value_or(1) > 0,
                     name + " is of nothing, or not said as it is owed");
  require_consistent((how != "money" || obligation.by_money) && (how != "kind" || obligation.by_kind),
                     name + " is in a way in which it is not met");
  require_consistent(how != "kind" || row.has("recorded_by"), name + " was accepted by nobody");
  require_consistent(!obligation.withdrawn_at || row.instant("recorded_at") <= *obligation.withdrawn_at,
                     name + " comes after it was withdrawn");
  settle(obligation, row.number("obligation"),
         {how, member, in_minutes ? Wide{*minutes} * obligation.rate : Wide{*minor} * 60, minor.value_or(0),
          entry, entry == 0 || !before.is_reversed(entry)},
         before);
}

void ObligationChecks::settle(const KnownObligation& obligation, std::int64_t number,
                              const KnownSettlement& one, const Before& before) {
  std::vector<KnownSettlement>& settlements = settlements_[number];
  if (one.entry > 0) {
    std::int64_t& settled = settled_of_[{one.entry, one.member, obligation.unit}];
    settled = checked_add(settled, one.minor);
    require_consistent(settled <= before.moved(one.entry, one.member, obligation.unit),
                       "entry " + std::to_string(one.entry) + " moves less of a member than it settles");
  }
  settlements.push_back(one);
  Wide& sum = live_of_[{number, one.member}];
  if (one.is_live) sum += one.worth;
  require_consistent(sum < obligation.owed + (obligation.unit.empty() ? 1 : 60),
                     one.member + " settled more of an obligation than is owed");
}

void ObligationChecks::take_reversal(JsonFields& row, const std::string& member) {
  std::vector<KnownSettlement>& settlements = settlements_[row.number("obligation")];
  const std::int64_t number = row.number("reverses");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(settlements.size()),
                     "a settlement is taken back that there is not");
  KnownSettlement& before = settlements[static_cast<std::size_t>(number - 1)];
  require_consistent(before.how != "reversed" && before.how != "taken back" && before.member == member,
                     "a settlement is taken back twice, or is another's");
  before.how = "taken back";
  if (before.is_live) live_of_[{row.number("obligation"), member}] -= before.worth;
  if (before.entry > 0) settled_of_[{before.entry, member, obligation_of(row).unit}] -= before.minor;
  settlements.push_back({"reversed", member, 0, 0, 0, false});
}

void ObligationChecks::take_import(JsonFields& row) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(imports_.size()) + 1,
                     "the tables of hours are numbered with a gap or twice");
  require_hash(row, "file_hash");
  const std::int64_t rows = require_count(row, "rows", 1);
  const std::int64_t recorded = require_count(row, "recorded", 1);
  require_consistent(recorded + require_count(row, "known", 0) <= rows,
                     "a table of hours recorded more than it has rows");
  imports_.push_back({recorded});
}

void ObligationChecks::take_import_row(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("import");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(imports_.size()),
                     "there is no table of hours " + std::to_string(number));
  KnownImport& import = imports_[static_cast<std::size_t>(number - 1)];
  const std::int64_t hours = row.number("hours");
  require_consistent(before.work.knows_hours(hours) && imported_hours_.insert(hours).second,
                     "a row of a table is of hours that there are not, or of another row's");
  const std::string key = row.text("row_key");
  require_consistent(is_uuid(key) && row_keys_.insert(key).second, "a row of a table of hours counts twice");
  require_consistent(import.lines.insert(require_count(row, "line", 1)).second,
                     "a line of a table of hours counts twice");
  ++import.rows;
}

void ObligationChecks::require_no_overlap() const {
  for (std::size_t i = 0; i < obligations_.size(); ++i)
    for (std::size_t j = i + 1; j < obligations_.size(); ++j) {
      const KnownObligation& one = obligations_[i];
      const KnownObligation& other = obligations_[j];
      if (!one.by_hours || !other.by_hours || one.circle != other.circle || one.withdrawn_at ||
          other.withdrawn_at || one.until_on < other.from_on || other.until_on < one.from_on)
        continue;
      for (const std::string& member : one.members)
        require_consistent(!other.members.contains(member), "hours of " + member + " count toward " +
                                                                obligation_name(i + 1) + " and " +
                                                                obligation_name(j + 1));
    }
}

void ObligationChecks::finish() const {
  require_no_overlap();
  for (const KnownImport& import : imports_)
    require_consistent(import.rows == import.recorded,
                       "a table of hours has not as many rows as it recorded");
}

}  // namespace coop::journals
