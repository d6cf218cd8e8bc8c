#include "api/handlers/handlers.hpp"
#include "api/handlers/list_page.hpp"
#include "api/handlers/member_forms.hpp"
#include "api/handlers/member_reader.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/members/class_store.hpp"
#include "ledger/members/meeting_service.hpp"
#include "ledger/members/meeting_store.hpp"
#include "ledger/members/party_store.hpp"

namespace coop::api {

namespace {

RequireText party_of(Tx& tx, const Call& call) {
  return [&](std::string_view number) { members::read_party(tx, call.node().id, number); };
}

std::string meeting_json(Tx& tx, const Call& call, const members::Meeting& meeting) {
  JsonWriter out;
  out.open();
  write_meeting(out, meeting);
  out.array("members");
  for (const std::string& number : members::read_attendance(tx, call.node().id, meeting.id))
    out.value(number);
  out.end_array().close();
  return out.take();
}

std::optional<members::MeetingPlace> meeting_place_of(const Call& call, const Page& page) {
  if (!page.cursor) return std::nullopt;
  OpenedCursor cursor{call.list_name(), *page.cursor};
  const Day held_on = cursor.day();
  return members::MeetingPlace{held_on, members::MeetingId{static_cast<std::int32_t>(cursor.number())}};
}

members::MeetingId asked_meeting(const Call& call) {
  return members::MeetingId{call.path_int("meeting", Refusal::meeting_unknown)};
}

}  // namespace

Answer list_meetings(const Call& call, Services& services) {
  const Page page = call.page();
  auto found = services.database.in_snapshot([&](Tx& tx) {
    return members::list_meetings(tx, call.node().id, meeting_place_of(call, page), page.limit + 1);
  });
  return page_answer(
      call, page, std::move(found),
      [](JsonWriter& out, const members::Meeting& meeting) {
        out.open();
        write_meeting(out, meeting);
        out.close();
      },
      [](Cursor& place, const members::Meeting& last) {
        place.add(last.held_on).add(std::int64_t{last.id.number()});
      });
}

Answer record_meeting(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_json_bytes)};
  const RequireText require_class = [&](std::string_view code) {
    members::read_class(tx, call.node().id, code);
  };
  const auto draft = meeting_draft_from(JsonValue{body}, require_class, party_of(tx, call));
  const members::Meeting meeting = members::record_meeting(tx, call.node().id, draft, call.author());
  return created(meeting_json(tx, call, meeting),
                 "/v1/nodes/" + call.node().name + "/meetings/" + std::to_string(meeting.id.number()));
}

Answer show_meeting(const Call& call, Services& services) {
  return services.database.in_snapshot([&](Tx& tx) {
    return ok(meeting_json(tx, call, members::read_meeting(tx, call.node().id, asked_meeting(call))));
  });
}

Answer correct_attendance(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_json_bytes)};
  const JsonObject fields{JsonValue{body}, {"present", "absent"}};
  members::AttendanceChange change;
  if (const auto present = fields.find("present"))
    change.present = member_numbers_from(*present, party_of(tx, call));
  if (const auto absent = fields.find("absent"))
    change.absent = member_numbers_from(*absent, party_of(tx, call));
  const members::Meeting meeting =
      members::correct_attendance(tx, call.node().id, asked_meeting(call), change, call.author());
  return ok(meeting_json(tx, call, meeting));
}

}  // namespace coop::api
