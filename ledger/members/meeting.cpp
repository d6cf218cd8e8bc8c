#include "ledger/members/meeting.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"
#include "ledger/values/wide_integer.hpp"

namespace coop::members {

void require_meeting(const MeetingDraft& draft) {
  if (draft.title.empty() || draft.title.size() > 200)
    throw Refused{Refusal::field_invalid, "a meeting's title has 1 to 200 bytes", "/title"};
}

Day activity_begins_after(Day day) { return day.plus_months(-12); }

Activity activity_of(std::span<const ExpectedMeeting> meetings, const std::optional<Ratio>& required) {
  const auto held = static_cast<int>(meetings.size());
  const auto attended = static_cast<int>(std::count_if(
      meetings.begin(), meetings.end(), [](const ExpectedMeeting& meeting) { return meeting.was_there; }));
  const bool fulfilled =
      !required || Wide{attended} * required->denominator() >= Wide{held} * required->numerator();
  return {held, attended, required, fulfilled};
}

}  // namespace coop::members
