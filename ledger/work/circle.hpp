#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::work {

/// A circle of a node, counted from 1 within the node.
using CircleId = Id<struct CircleKindTag, std::int32_t>;

/// What happens in a circle.
enum class CircleStepKind { joined, left, closed };
/// "joined", "left", "closed"
std::string_view text_of(CircleStepKind kind);
/// Throws Refused: field_invalid.
CircleStepKind circle_step_kind_from(std::string_view text);

/// That somebody joined or left, or that the circle ended.
struct CircleStep {
  int number;  ///< counts the circle's steps from 1
  CircleStepKind kind;
  std::optional<PartyId> party;
  std::string member;  ///< the party's number; empty: the circle's end
  Day on;              ///< joined: the first day; left, closed: the last one
  std::string reason;
  Instant recorded_at;
};

/// A group of members who do a part of the work and look at each other's hours.
struct Circle {
  CircleId id;
  std::string code;
  std::string title;
  Day from_on;
  std::vector<CircleStep> steps = {};
};

/// A circle to be founded.
struct CircleDraft {
  std::string code;  ///< like "care-team"
  std::string title;
  Day from_on;
};

/// Throws Refused: name_malformed (code), field_invalid (title).
void require_circle(const CircleDraft& draft);
/// The circle's last day, if it was closed.
std::optional<Day> closed_on(const Circle& circle);
/// Whether work may be in the circle on a day.
bool is_open_on(const Circle& circle, Day day);
/// Whether a party is in the circle on a day.
bool belongs_on(const Circle& circle, PartyId party, Day day);
/// Throws Refused: circle_contradicts, where the step does not follow from those before it: before the circle
/// begins, joining what is closed or what one is in already, leaving what one is not in, closing twice.
void require_follows(const Circle& circle, const CircleStep& step);

}  // namespace coop::work
