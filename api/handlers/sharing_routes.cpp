#include "api/handlers/route_tables.hpp"
#include "api/handlers/sharing_handlers.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_sharing_routes[] = {
    {"GET", "/v1/nodes/{node}/sharing-rules", Action::read_node, list_sharing_rules, "on cursor limit",
     "Lists the rules by which sums are divided, of each the newest version or the one that holds on a day"},
    {"POST", "/v1/nodes/{node}/sharing-rules", Action::adopt_rules, adopt_sharing_rule, "",
     "Records a version of a rule that was adopted, or that withdraws it"},
    {"GET", "/v1/nodes/{node}/sharing-rules/{code}", Action::read_node, show_sharing_rule, "",
     "Shows all versions of a rule, as steps and in plain words"},
    {"POST", "/v1/nodes/{node}/sharing-rules/{code}/try", Action::read_node, try_sharing_rule, "format",
     "Divides a sum by a rule and explains each figure; records nothing", false, true},
    {"POST", "/v1/nodes/{node}/sharing-tries", Action::read_node, try_new_sharing_rule, "format",
     "Divides a sum by a rule that nobody adopted yet, and explains each figure; records nothing", false,
     true},
    {"GET", "/v1/nodes/{node}/place-values", Action::read_node, list_place_values, "name place cursor limit",
     "Lists living wages and indexes of places, as they were recorded"},
    {"POST", "/v1/nodes/{node}/place-values", Action::keep_accounts, record_place_value, "",
     "Records a published value of a place: a living wage, an index of costs"},
};

}  // namespace

std::span<const Route> sharing_routes() { return all_sharing_routes; }

}  // namespace coop::api
