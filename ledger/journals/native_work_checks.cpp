#include "ledger/journals/native_work_checks.hpp"

#include <boost/json.hpp>
#include <set>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/values/code_text.hpp"

namespace coop::journals {

namespace {

constexpr int minutes_of_work_a_day = 1'440;
constexpr std::string_view letters_of_codes = "abcdefghijklmnopqrstuvwxyz0123456789-";

std::string require_work_code_in(JsonFields& row) {
  std::string code = require_letters(row, "code", letters_of_codes, 31);
  require_consistent(code.front() >= 'a' && code.front() <= 'z', "the code " + code + " is none");
  return code;
}

void require_member_in(JsonFields& row, const MemberChecks& members) {
  const auto member = row.maybe_text("member");
  require_consistent(!member || members.knows_member(*member), "there is no member of this number");
}

void require_maybe_text(JsonFields& row, std::string_view name) {
  if (row.maybe_text(name)) require_text(row, name, 1, 500);
}

}  // namespace

bool WorkChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  if (!kind.starts_with("circle") && !kind.starts_with("work_")) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "circle") take_circle(fields);
  else if (kind == "circle_step") take_circle_step(fields, before);
  else if (kind == "work_kind") take_kind(fields);
  else if (kind == "work_hours") take_hours(fields, before);
  else take_hours_step(fields, before);
  return true;
}

WorkChecks::KnownCircle& WorkChecks::circle_of(JsonFields& row) {
  const auto found = circles_.find(row.text("circle"));
  require_consistent(found != circles_.end(), "there is no circle " + row.text("circle"));
  return found->second;
}

bool WorkChecks::belongs(const KnownCircle& circle, const std::string& member, Day day, Instant known) {
  bool is_in = false;
  for (const KnownStep& step : circle.steps) {
    if (step.member != member || step.recorded_at > known) continue;
    if (step.recorded_at == known && step.step != "joined") continue;  // recorded after what rests on it
    if (step.step == "joined" && step.on <= day) is_in = true;
    if (step.step == "left" && step.on < day) is_in = false;
  }
  return is_in;
}

void WorkChecks::take_circle(JsonFields& row) {
  require_consistent(row.number("id") == static_cast<std::int64_t>(circles_.size()) + 1,
                     "the circles are numbered with a gap or twice");
  require_text(row, "title", 1, 200);
  require_consistent(circles_.emplace(require_work_code_in(row), KnownCircle{row.day("from_on")}).second,
                     "two circles have one code");
}

void WorkChecks::take_circle_step(JsonFields& row, const Before& before) {
  KnownCircle& circle = circle_of(row);
  const std::string name = "a step of circle " + row.text("circle");
  require_consistent(row.number("number") == static_cast<std::int64_t>(circle.steps.size()) + 1,
                     name + " has a number that leaves a gap");
  const std::string step = require_word(row, "step", {"joined", "left", "closed"});
  const std::string member = row.maybe_text("member").value_or("");
  require_member_in(row, before.members);
  require_consistent(member.empty() == (step == "closed"), name + " is of the wrong one, or of nobody");
  require_consistent(row.maybe_text("reason").has_value() == (step != "joined"),
                     name + " has a reason, or has none");
  require_maybe_text(row, "reason");
  const Day on = row.day("on_day");
  const KnownStep* last = nullptr;
  bool is_closed = false;
  for (const KnownStep& one : circle.steps) {
    if (one.member == member) last = &one;
    is_closed = is_closed || one.step == "closed";
  }
  const bool is_in = last != nullptr && last->step == "joined";
  const bool follows = step == "joined" ? !is_closed && !is_in && (last == nullptr || last->on < on)
                       : step == "left" ? is_in && last->on <= on
                                        : !is_closed;
  require_consistent(follows && on >= circle.from_on, name + " does not follow from those before it");
  circle.steps.push_back({step, member, on, row.instant("recorded_at")});
}

void WorkChecks::take_kind(JsonFields& row) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(kinds_.size()) + 1,
                     "the kinds of work are numbered with a gap or twice");
  require_text(row, "title", 1, 200);
  require_consistent(kinds_.emplace(require_work_code_in(row), row.truth("has_price")).second,
                     "two kinds of work have one code");
}

void WorkChecks::take_hours(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("number");
  const std::string name = "hours " + std::to_string(number);
  require_consistent(number == static_cast<std::int64_t>(hours_.size()) + 1,
                     "the numbers of hours have a gap or stand twice");
  require_member_in(row, before.members);
  const KnownCircle& circle = circle_of(row);
  const auto kind = kinds_.find(row.text("work"));
  require_consistent(kind != kinds_.end(), name + " are of no kind of work");
  const std::int64_t minutes = row.number("minutes");
  require_consistent(minutes >= 1 && minutes <= minutes_of_work_a_day, name + " are longer than a day");
  const auto cost_object = row.maybe_text("cost_object");
  require_consistent(
      !cost_object || before.dimensions.contains({books::DimensionKind::cost_object, *cost_object}),
      name + " are about no cost object");
  require_maybe_text(row, "task");
  require_maybe_text(row, "note");
  const Day on = row.day("worked_on");
  const Instant recorded_at = row.instant("recorded_at");
  bool is_open = circle.from_on <= on;
  for (const KnownStep& step : circle.steps)
    if (step.step == "closed" && step.recorded_at < recorded_at && step.on < on) is_open = false;
  require_consistent(is_open, name + " are of a day on which the circle is not open");
  const std::string member = row.text("member");
  if (require_word(row, "intent", {"obligation", "gift", "paid"}) == "paid") {
    require_consistent(kind->second, name + " are to be paid, and their kind has no price");
    require_consistent(belongs(circle, member, on, recorded_at),
                       name + " are to be paid to somebody who is not in the circle");
  }
  const std::int64_t corrects = row.has("corrects") ? row.number("corrects") : 0;
  require_consistent(!row.has("corrects") || (corrects > 0 && corrects < number),
                     name + " correct none that were before");
  hours_.push_back({member, row.text("circle"), row.maybe_text("recorded_by").value_or(""), on,
                    static_cast<int>(minutes), corrects});
}

void WorkChecks::take_hours_step(JsonFields& row, const Before& before) {
  const std::int64_t number = row.number("hours");
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(hours_.size()),
                     "there are no hours " + std::to_string(number));
  KnownHours& hours = hours_[static_cast<std::size_t>(number - 1)];
  const std::string name = "a step of hours " + std::to_string(number);
  const std::string step = require_word(row, "step", {"approved", "rejected", "reversed"});
  require_consistent(
      row.number("number") == hours.steps + 1 && !hours.is_ended && (hours.steps == 0 || step == "reversed"),
      name + " does not follow from those before it");
  require_member_in(row, before.members);
  require_consistent(row.maybe_text("reason").has_value() == (step != "approved"),
                     name + " has a reason, or has none");
  require_maybe_text(row, "reason");
  const Day on = row.day("on_day");
  if (step != "reversed") {
    const std::string member = row.maybe_text("member").value_or("");
    const std::string by = row.maybe_text("recorded_by").value_or("");
    require_consistent(!member.empty() && !by.empty() && member != hours.member && by != hours.recorded_by,
                       name + " is by whoever worked or recorded them, or by nobody");
    require_consistent(belongs(circles_.at(hours.circle), member, on, row.instant("recorded_at")),
                       name + " is by somebody who is not in the circle");
  }
  ++hours.steps;
  hours.is_ended = step != "approved";
}

void WorkChecks::finish() const {
  std::map<std::pair<std::string, Day>, int> minutes;
  std::set<std::int64_t> corrected;
  for (const KnownHours& hours : hours_) {
    if (!hours.is_ended) {
      int& of_day = minutes[{hours.member, hours.worked_on}];
      of_day += hours.minutes;
      require_consistent(of_day <= minutes_of_work_a_day,
                         hours.member + " has more than 24 hours on " + hours.worked_on.text());
    }
    if (hours.corrects == 0) continue;
    const KnownHours& before = hours_[static_cast<std::size_t>(hours.corrects - 1)];
    require_consistent(
        before.is_ended && before.member == hours.member && corrected.insert(hours.corrects).second,
        "hours are corrected that still count, were corrected already, or are another's");
  }
}

}  // namespace coop::journals
