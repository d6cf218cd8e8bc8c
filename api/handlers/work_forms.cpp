#include "api/handlers/work_forms.hpp"
#include "api/handlers/text_limits.hpp"

namespace coop::api {

namespace {

constexpr std::size_t any_work_text = 4'000;  // the rules judge the lengths

}  // namespace

void write_circle(JsonWriter& out, const work::Circle& circle) {
  out.open().field("circle", circle.code).field("title", circle.title).field("from_on", circle.from_on);
  out.field("until_on", work::closed_on(circle)).array("steps");
  for (const work::CircleStep& step : circle.steps) {
    out.open().field("number", step.number).field("step", work::text_of(step.kind));
    out.text_or_null("member", step.member).field("on", step.on).text_or_null("reason", step.reason);
    out.field("recorded_at", step.recorded_at).close();
  }
  out.end_array().close();
}

void write_work_kind(JsonWriter& out, const work::WorkKind& kind) {
  out.open().field("code", kind.code).field("title", kind.title).field("has_price", kind.has_price).close();
}

void write_hours(JsonWriter& out, const work::Hours& hours) {
  const work::HoursDraft& what = hours.what;
  out.open().field("number", hours.number).field("state", work::text_of(work::state_of(hours)));
  out.field("member", what.member).field("circle", what.circle).field("worked_on", what.worked_on);
  out.field("minutes", what.minutes).field("work", what.kind).field("intent", work::text_of(what.intent));
  out.field("cost_object", what.cost_object).text_or_null("task", what.task).text_or_null("note", what.note);
  out.field("corrects", what.corrects).field("corrected_by", hours.corrected_by);
  out.field("recorded_at", hours.recorded_at).field("recorded_by", hours.recorder).array("steps");
  for (const work::HoursStep& step : hours.steps) {
    out.open().field("step", work::text_of(step.becomes)).text_or_null("member", step.member);
    out.field("on", step.on).text_or_null("reason", step.reason).field("recorded_at", step.recorded_at);
    out.field("recorded_by", step.recorded_by).close();
  }
  out.end_array().close();
}

work::CircleDraft circle_draft_from(const JsonValue& value) {
  const JsonObject fields{value, {"circle", "title", "from_on"}};
  work::CircleDraft draft{fields.require("circle").text(any_work_text),
                          fields.require("title").text(any_work_text), fields.require("from_on").day()};
  return draft;
}

work::WorkKind work_kind_from(const JsonValue& value) {
  const JsonObject fields{value, {"code", "title", "has_price"}};
  return {fields.require("code").text(any_work_text), fields.require("title").text(any_work_text),
          fields.require("has_price").truth()};
}

work::HoursDraft hours_draft_from(const JsonValue& value) {
  const JsonObject fields{value,
                          {"member", "circle", "worked_on", "minutes", "work", "intent", "cost_object",
                           "task", "note", "corrects"}};
  work::HoursDraft draft{
      .member = fields.require("member").text(any_work_text),
      .circle = fields.require("circle").text(any_work_text),
      .worked_on = fields.require("worked_on").day(),
      .minutes = static_cast<int>(fields.require("minutes").number(1, work::minutes_of_a_day)),
      .kind = fields.require("work").text(any_work_text),
      .intent = fields.require("intent").parsed(work::intent_from),
      .task = fields.text_or_empty("task", any_work_text),
      .note = fields.text_or_empty("note", any_work_text)};
  if (const auto cost_object = fields.find("cost_object"))
    draft.cost_object = cost_object->text(any_work_text);
  if (const auto corrects = fields.find("corrects"))
    draft.corrects = work::HoursNumber{static_cast<std::int32_t>(corrects->number(1, most_number))};
  return draft;
}

}  // namespace coop::api
