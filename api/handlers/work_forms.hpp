#pragma once
#include <vector>

#include "api/json_reader.hpp"
#include "api/json_writer.hpp"
#include "ledger/work/circle.hpp"
#include "ledger/work/hours.hpp"
#include "ledger/work/work_kind.hpp"

namespace coop::api {

/// A circle with its steps.
void write_circle(JsonWriter& out, const work::Circle& circle);
/// A kind of work.
void write_work_kind(JsonWriter& out, const work::WorkKind& kind);
/// Hours and what became of them.
void write_hours(JsonWriter& out, const work::Hours& hours);

/// A circle to be founded. Throws Refused: field_unknown, field_missing, field_invalid, day_malformed.
work::CircleDraft circle_draft_from(const JsonValue& value);
/// A kind of work to be added. Throws Refused: field_unknown, field_missing, field_invalid.
work::WorkKind work_kind_from(const JsonValue& value);
/// Hours to be recorded. Throws Refused: field_unknown, field_missing, field_invalid, day_malformed.
work::HoursDraft hours_draft_from(const JsonValue& value);

}  // namespace coop::api
