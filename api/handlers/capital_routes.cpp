#include "api/handlers/capital_handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_capital_routes[] = {
    {"GET", "/v1/nodes/{node}/share-classes", Action::read_books, list_share_classes, "cursor limit",
     "Lists the versions of the classes of shares"},
    {"POST", "/v1/nodes/{node}/share-classes", Action::adopt_rules, adopt_share_class, "",
     "Adopts a class of shares, or a new version of one"},
    {"GET", "/v1/nodes/{node}/share-movements", Action::read_books, list_share_movements,
     "share_class holder movement from to cursor limit format",
     "Lists what happened to shares, the newest first"},
    {"POST", "/v1/nodes/{node}/share-movements", Action::record_entries, move_shares, "",
     "Subscribes, pays in, cancels, gives on or asks back shares"},
    {"POST", "/v1/nodes/{node}/share-movements/{number}/undoing", Action::record_entries, undo_share_movement,
     "", "Undoes a movement of shares that was wrong, with the reversal of its entry"},
    {"POST", "/v1/nodes/{node}/share-movements/{number}/taking-back", Action::record_entries,
     take_back_share_ask, "", "Takes back shares that were asked back and wait in the queue"},
    {"GET", "/v1/nodes/{node}/share-withdrawals", Action::read_books, list_share_asks,
     "share_class holder waiting cursor limit format", "Lists what was asked back, and what became of it"},
    {"POST", "/v1/nodes/{node}/share-withdrawals", Action::record_entries, withdraw_shares, "",
     "Pays the queue of withdrawals, while surplus and net assets last"},
    {"GET", "/v1/nodes/{node}/reports/share-register", Action::read_books, report_share_register,
     "share_class holder as_of known_at format", "Who holds which shares on a day", true, true},
    {"GET", "/v1/nodes/{node}/reports/share-certificate", Action::read_books, report_share_certificate,
     "share_class holder as_of known_at format", "Certifies what a member holds of a class on a day", true,
     true},
    {"GET", "/v1/nodes/{node}/reports/capital-accounts", Action::read_books, report_capital_accounts,
     "unit as_of known_at format", "Members' capital accounts and the reserve, which are the net book value",
     true, true},
    {"GET", "/v1/nodes/{node}/surplus-rules", Action::read_books, list_surplus_rules, "cursor limit",
     "Lists the rules for dividing a surplus, in plain words"},
    {"POST", "/v1/nodes/{node}/surplus-rules", Action::adopt_rules, adopt_surplus_rule, "",
     "Adopts a rule for dividing a surplus or a loss"},
    {"GET", "/v1/nodes/{node}/surplus-runs", Action::read_books, list_surplus_runs,
     "state source cursor limit format", "Lists the surpluses that were divided, the newest first"},
    {"POST", "/v1/nodes/{node}/surplus-runs", Action::record_entries, propose_surplus_run, "",
     "Divides a surplus or a loss by the rule in force; two others approve it", true, true},
    {"GET", "/v1/nodes/{node}/surplus-runs/{number}", Action::read_books, show_surplus_run, "format",
     "Shows a surplus with each member's share, explained", true, true},
    {"POST", "/v1/nodes/{node}/surplus-runs/{number}/approval", Action::approve_payments, approve_surplus_run,
     "", "Approves the division; the second of two people books it", true, true},
    {"POST", "/v1/nodes/{node}/surplus-runs/{number}/cancelling", Action::record_entries, cancel_surplus_run,
     "", "Gives a proposal up"},
    {"POST", "/v1/nodes/{node}/surplus-runs/{number}/undoing", Action::record_entries, undo_surplus_run, "",
     "Takes a booked division back, while nothing of it was paid", true, true},
};

}  // namespace

std::span<const Route> capital_routes() { return all_capital_routes; }

}  // namespace coop::api
