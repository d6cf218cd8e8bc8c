#include "api/handlers/handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_routes[] = {
    {"GET", "/v1/nodes/{node}/circles", Action::read_members, list_circles, "",
     "Lists circles with who joined and left them"},
    {"POST", "/v1/nodes/{node}/circles", Action::keep_members, found_circle, "",
     "Founds a circle; the first one brings the usual kinds of work with it"},
    {"GET", "/v1/nodes/{node}/circles/{circle}", Action::read_members, show_circle, "",
     "Shows a circle with who joined and left it"},
    {"POST", "/v1/nodes/{node}/circles/{circle}/joining", Action::keep_members, join_circle, "",
     "Has a member join a circle from a day on"},
    {"POST", "/v1/nodes/{node}/circles/{circle}/leaving", Action::keep_members, leave_circle, "",
     "Has a member leave a circle; the day is the last one in it"},
    {"POST", "/v1/nodes/{node}/circles/{circle}/closing", Action::keep_members, close_circle, "",
     "Closes a circle; the day is its last one"},
    {"GET", "/v1/nodes/{node}/work-kinds", Action::read_node, list_work_kinds, "", "Lists the kinds of work"},
    {"POST", "/v1/nodes/{node}/work-kinds", Action::keep_members, add_work_kind, "", "Adds a kind of work"},
    {"GET", "/v1/nodes/{node}/hours", Action::read_members, list_hours,
     "member circle work intent state from to cursor limit format", "Lists hours, the latest recorded first"},
    {"POST", "/v1/nodes/{node}/hours", Action::do_own_work, submit_hours, "",
     "Submits hours: one's own, as a treasurer or bookkeeper also those of others"},
    {"GET", "/v1/nodes/{node}/hours/{number}", Action::read_members, show_hours, "",
     "Shows hours and what became of them"},
    {"POST", "/v1/nodes/{node}/hours-approvals", Action::do_own_work, approve_hours, "",
     "Approves hours of others in one's circles"},
    {"POST", "/v1/nodes/{node}/hours/{number}/rejection", Action::do_own_work, reject_hours, "",
     "Rejects hours of somebody else in one's circle"},
    {"POST", "/v1/nodes/{node}/hours/{number}/reversal", Action::do_own_work, reverse_hours, "",
     "Takes hours back, so that they do not count any more"},
    {"GET", "/v1/nodes/{node}/hours-sums", Action::read_members, sum_hours,
     "by member circle work from to as_of known_at format",
     "Adds hours up by member, circle, kind of work, intent and month"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/hours", Action::see_own_members, list_own_hours,
     "circle work intent state from to cursor limit format", "Lists your own hours"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/circles/{circle}/hours", Action::see_own_members,
     list_hours_of_own_circle, "work intent state from to cursor limit format",
     "Lists the hours of a circle that you are in today: those that wait are yours to decide on"},
};

}  // namespace

std::span<const Route> work_routes() { return all_routes; }

}  // namespace coop::api
