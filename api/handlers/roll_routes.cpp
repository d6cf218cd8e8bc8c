#include "api/handlers/handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_roll_routes[] = {
    {"GET", "/v1/nodes/{node}/roll", Action::read_members, show_roll,
     "class state member as_of known_at cursor limit format",
     "Who may vote on a day, and why the others may not", true, true},
    {"GET", "/v1/nodes/{node}/rolls", Action::read_members, list_rolls, "cursor limit",
     "Lists the frozen rolls, the newest first"},
    {"POST", "/v1/nodes/{node}/rolls", Action::keep_members, freeze_roll, "",
     "Freezes the roll of a day, for good", true, true},
    {"GET", "/v1/nodes/{node}/rolls/{number}", Action::read_members, show_frozen_roll, "",
     "Shows a frozen roll: its classes with their rules, its sums and its hash"},
    {"GET", "/v1/nodes/{node}/rolls/{number}/lines", Action::read_members, list_roll_lines,
     "class state member cursor limit format", "Lists the lines of a frozen roll"},
    {"GET", "/v1/nodes/{node}/rolls/{number}/text", Action::read_members, show_roll_text, "",
     "The text of which a frozen roll's hash is the SHA-256", true, true},
    {"POST", "/v1/nodes/{node}/rolls/{number}/votes", Action::keep_members, record_vote, "",
     "Records the result of a vote held under a frozen roll, or corrects one"},
    {"GET", "/v1/nodes/{node}/votes", Action::read_members, list_votes, "cursor limit",
     "Lists the recorded votes, the newest first"},
    {"GET", "/v1/nodes/{node}/votes/{number}", Action::read_members, show_vote, "",
     "Shows a vote and what it comes to, weighted and by head"},
};

}  // namespace

std::span<const Route> roll_routes() { return all_roll_routes; }

}  // namespace coop::api
