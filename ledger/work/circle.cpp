#include "ledger/work/circle.hpp"

#include <algorithm>

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/word_table.hpp"
#include "ledger/work/work_text.hpp"

namespace coop::work {

namespace {

constexpr WordTable<CircleStepKind, 3> circle_step_kinds{
    {{CircleStepKind::joined, "joined"}, {CircleStepKind::left, "left"}, {CircleStepKind::closed, "closed"}}};

// The last step of a party; nothing: it never joined.
const CircleStep* last_step_of(const Circle& circle, PartyId party) {
  const CircleStep* last = nullptr;
  for (const CircleStep& step : circle.steps)
    if (step.party == party) last = &step;
  return last;
}

[[noreturn]] void refuse_step(const Circle& circle, const std::string& words) {
  throw Refused{Refusal::circle_contradicts, "circle " + circle.code + ": " + words};
}

}  // namespace

std::string_view text_of(CircleStepKind kind) { return text_among(circle_step_kinds, kind); }
CircleStepKind circle_step_kind_from(std::string_view text) { return word_among(circle_step_kinds, text); }

void require_circle(const CircleDraft& draft) {
  require_work_code(draft.code, "/circle");
  require_work_text(draft.title, 1, 200, "/title");
}

std::optional<Day> closed_on(const Circle& circle) {
  const auto end = std::ranges::find(circle.steps, CircleStepKind::closed, &CircleStep::kind);
  return end == circle.steps.end() ? std::nullopt : std::optional{end->on};
}

bool is_open_on(const Circle& circle, Day day) {
  const auto end = closed_on(circle);
  return circle.from_on <= day && (!end || day <= *end);
}

bool belongs_on(const Circle& circle, PartyId party, Day day) {
  bool belongs = false;
  for (const CircleStep& step : circle.steps) {
    if (step.party != party) continue;
    if (step.kind == CircleStepKind::joined && step.on <= day) belongs = true;
    if (step.kind == CircleStepKind::left && step.on < day) belongs = false;
  }
  return belongs;
}

void require_follows(const Circle& circle, const CircleStep& step) {
  if (step.on < circle.from_on) refuse_step(circle, "it begins on " + circle.from_on.text());
  if (step.kind == CircleStepKind::closed) {
    if (closed_on(circle)) refuse_step(circle, "it is closed already");
    return;
  }
  const CircleStep* last = last_step_of(circle, step.party.value());
  if (step.kind == CircleStepKind::left) {
    if (last == nullptr || last->kind != CircleStepKind::joined)
      refuse_step(circle, step.member + " is not in it");
    if (step.on < last->on) refuse_step(circle, step.member + " joined it on " + last->on.text());
    return;
  }
  if (closed_on(circle)) refuse_step(circle, "it is closed");
  if (last == nullptr) return;
  if (last->kind == CircleStepKind::joined) refuse_step(circle, step.member + " is in it already");
  if (step.on <= last->on) refuse_step(circle, step.member + " was in it until " + last->on.text());
}

}  // namespace coop::work
