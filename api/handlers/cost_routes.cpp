#include "api/handlers/cost_handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_cost_routes[] = {
    {"GET", "/v1/nodes/{node}/cost-pools", Action::read_books, list_cost_pools, "cursor limit",
     "Lists what is shared, among whom and by which rule"},
    {"POST", "/v1/nodes/{node}/cost-pools", Action::keep_accounts, adopt_cost_pool, "",
     "Begins to share something, or says among whom and how from a later day on"},
    {"GET", "/v1/nodes/{node}/cost-pools/{code}", Action::read_books, show_cost_pool, "",
     "Shows a cost pool with all its terms"},
    {"POST", "/v1/nodes/{node}/cost-pools/{code}/usage-imports", Action::record_entries, import_cost_usage,
     "skip_doubtful", "Records usage from a table, row by row; what is on record is corrected or left", true,
     true},
    {"POST", "/v1/nodes/{node}/cost-pools/{code}/member-count", Action::record_entries, count_cost_members,
     "", "Counts the node's active members on a day as its usage"},
    {"GET", "/v1/nodes/{node}/cost-bills", Action::read_books, list_cost_bills,
     "pool payer bill state from to cursor limit format", "Lists bills, gifts in kind and waived fees"},
    {"POST", "/v1/nodes/{node}/cost-bills", Action::record_entries, record_cost_bill, "",
     "Records what somebody paid for all, or gave"},
    {"POST", "/v1/nodes/{node}/cost-bills/{number}/withdrawal", Action::record_entries, withdraw_cost_bill,
     "", "Withdraws a bill that was not divided"},
    {"GET", "/v1/nodes/{node}/cost-usage", Action::read_books, list_cost_usage,
     "pool participant measure from to cursor limit", "Lists what was used, with corrections"},
    {"POST", "/v1/nodes/{node}/cost-usage", Action::record_entries, record_cost_usage, "",
     "Records what was used; other values for the same days correct what is on record"},
    {"GET", "/v1/nodes/{node}/cost-allocations", Action::read_books, list_cost_allocations,
     "pool state from to cursor limit", "Lists the periods that were divided, the newest first"},
    {"POST", "/v1/nodes/{node}/cost-allocations", Action::record_entries, propose_cost_allocation, "",
     "Divides what was not divided yet by the rule in force; somebody else approves it", true, true},
    {"GET", "/v1/nodes/{node}/cost-allocations/{number}", Action::read_books, show_cost_allocation, "format",
     "Shows a division with each share explained", true, true},
    {"GET", "/v1/nodes/{node}/cost-allocations/{number}/evidence", Action::read_books, show_cost_evidence,
     "participant format", "All from which somebody who shares can work a division out again", true, true},
    {"POST", "/v1/nodes/{node}/cost-allocations/{number}/approval", Action::approve_payments,
     approve_cost_allocation, "", "Approves a division of somebody else and posts it", true, true},
    {"POST", "/v1/nodes/{node}/cost-allocations/{number}/cancelling", Action::record_entries,
     cancel_cost_allocation, "", "Gives a proposal up: its bills and usage are free again"},
    {"POST", "/v1/nodes/{node}/cost-allocations/{number}/reversal", Action::record_entries,
     reverse_cost_allocation, "", "Takes a posted division back by the reversal of its entry", true, true},
    {"GET", "/v1/nodes/{node}/reports/cost-pool", Action::read_books, report_cost_pool,
     "pool from to as_of known_at format",
     "The statement of a cost pool: bills, usage, shares, who owes and is owed", true, true},
    {"GET", "/v1/nodes/{node}/reports/cost-claims", Action::read_books, report_cost_claims,
     "as_of known_at format", "What others owe for shared costs, or are owed, by everything that was posted",
     true, true},
    {"GET", "/v1/nodes/{node}/reports/cost-account", Action::read_books, report_cost_account,
     "participant from to as_of known_at format",
     "How what somebody owes for shared costs came about, entry by entry", true, true},
};

}  // namespace

std::span<const Route> cost_routes() { return all_cost_routes; }

}  // namespace coop::api
