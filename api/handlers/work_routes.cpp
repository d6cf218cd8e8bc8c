#include "api/handlers/handlers.hpp"
#include "api/handlers/obligation_handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_work_routes[] = {
    {"GET", "/v1/nodes/{node}/circles", Action::read_members, list_circles, "cursor limit format",
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
    {"GET", "/v1/nodes/{node}/work-kinds", Action::read_node, list_work_kinds, "cursor limit format",
     "Lists the kinds of work"},
    {"POST", "/v1/nodes/{node}/work-kinds", Action::keep_members, add_work_kind, "", "Adds a kind of work"},
    {"GET", "/v1/nodes/{node}/hours", Action::read_members, list_hours,
     "member circle work cost_object intent state from to cursor limit format",
     "Lists hours, the latest recorded first"},
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
     "by member circle work cost_object from to as_of known_at format",
     "Adds hours up by member, circle, kind of work, intent, month and cost object"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/hours", Action::see_own_members, list_own_hours,
     "circle work cost_object intent state from to cursor limit format", "Lists your own hours"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/circles/{circle}/hours", Action::see_own_members,
     list_hours_of_own_circle, "work cost_object intent state from to cursor limit format",
     "Lists the hours of a circle that you are in today: those that wait are yours to decide on"},
    {"POST", "/v1/nodes/{node}/work-hours-imports", Action::keep_members, import_hours, "map skip_doubtful",
     "Submits hours from a table or a time tracker's export; a dry run names every doubtful row", true, true},
    {"GET", "/v1/nodes/{node}/work-hours-imports", Action::read_members, list_hours_imports, "cursor limit",
     "Lists tables of hours that came in, the newest first"},
    {"GET", "/v1/nodes/{node}/obligations", Action::read_members, list_obligations,
     "member circle on cursor limit format", "Lists what members owe in work, the newest first"},
    {"POST", "/v1/nodes/{node}/obligations", Action::keep_members, record_obligation, "",
     "Records what each of some members owes in a time, by a decision"},
    {"GET", "/v1/nodes/{node}/obligations/{number}", Action::read_members, show_obligation, "",
     "Shows an obligation"},
    {"POST", "/v1/nodes/{node}/obligations/{number}/members", Action::keep_members, add_who_owes, "",
     "Has more members owe it"},
    {"POST", "/v1/nodes/{node}/obligations/{number}/withdrawal", Action::keep_members, withdraw_obligation,
     "", "Withdraws an obligation: nobody owes it any more"},
    {"GET", "/v1/nodes/{node}/obligations/{number}/settlements", Action::read_members, list_settlements,
     "member cursor limit format", "Lists what was settled of it in money or kind, waived and taken back"},
    {"POST", "/v1/nodes/{node}/obligations/{number}/settlements", Action::keep_members, settle_obligation, "",
     "Settles an obligation of a member in money, accepts something in kind, or waives it"},
    {"POST", "/v1/nodes/{node}/obligations/{number}/settlements/{settlement}/reversal", Action::keep_members,
     reverse_settlement, "", "Takes a settlement back"},
    {"GET", "/v1/nodes/{node}/obligation-standings", Action::read_members, list_standings,
     "obligation member circle state as_of known_at cursor limit format",
     "Lists how members stand: owed, done, settled, open, beyond"},
    {"GET", "/v1/nodes/{node}/obligation-split", Action::read_members, suggest_split,
     "member circle worked_on minutes", "Suggests how much of some hours completes what a member owes"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/obligations", Action::see_own_members, list_own_standings,
     "as_of known_at cursor limit format", "Lists how you stand with what you owe in work"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/obligation-split", Action::see_own_members,
     suggest_own_split, "circle worked_on minutes", "Suggests how much of your hours completes what you owe"},
};

}  // namespace

std::span<const Route> work_routes() { return all_work_routes; }

}  // namespace coop::api
