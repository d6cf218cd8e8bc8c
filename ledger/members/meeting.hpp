#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/ratio.hpp"

namespace coop::members {

/// A meeting of a node, counted from 1 within the node.
using MeetingId = Id<struct MeetingKind, std::int32_t>;

/// A meeting of a node, or of the members of one class.
struct Meeting {
  MeetingId id;
  Day held_on;
  std::string title;
  std::optional<std::string> class_code;  ///< nothing: of all members
  int attended;                           ///< how many parties were there
};

/// A meeting to be recorded.
struct MeetingDraft {
  Day held_on;
  std::string title;
  std::optional<std::string> class_code = {};
  std::vector<std::string> attended = {};  ///< member numbers
};

/// A meeting a member was to come to, and whether it did.
struct ExpectedMeeting {
  MeetingId id;
  Day held_on;
  std::string title;
  bool was_there;
};

/// How a member fares against the activity rule of its class.
struct Activity {
  int held;                       ///< meetings it was to come to
  int attended;                   ///< those it was at
  std::optional<Ratio> required;  ///< the least share; nothing: no rule
  bool fulfilled;
};

/// Throws Refused: field_invalid (title).
void require_meeting(const MeetingDraft& draft);
/// The day after which the meetings count that the rule looks at on a day: twelve months before.
Day activity_begins_after(Day day);
/// Judges the meetings of that time. Where none was held, the rule is fulfilled.
Activity activity_of(std::span<const ExpectedMeeting> meetings, const std::optional<Ratio>& required);

}  // namespace coop::members
