#include "api/handlers/pay_handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_pay_routes[] = {
    {"GET", "/v1/nodes/{node}/tariffs", Action::read_members, list_tariffs, "work member cursor limit",
     "Lists what an hour of each kind of work is worth from which day on"},
    {"POST", "/v1/nodes/{node}/tariffs", Action::adopt_rules, adopt_tariff, "",
     "Records what an hour is worth from a day on: for all, in a circle, for a member"},
    {"GET", "/v1/nodes/{node}/pay-runs", Action::read_books, list_pay_runs,
     "kind state member circle cursor limit format", "Lists pay runs, the newest first"},
    {"POST", "/v1/nodes/{node}/pay-runs", Action::record_entries, propose_pay_run, "",
     "Proposes to pay the approved hours of a period from a pot, by a rule; a dry run previews it", true,
     true},
    {"GET", "/v1/nodes/{node}/pay-runs/{number}", Action::read_books, show_pay_run, "format",
     "Shows a pay run with each member's figures explained", true, true},
    {"POST", "/v1/nodes/{node}/pay-runs/{number}/approval", Action::approve_payments, approve_pay_run, "",
     "Approves a pay run; two people must who are not in it", true, true},
    {"POST", "/v1/nodes/{node}/pay-runs/{number}/posting", Action::record_entries, post_pay_run, "",
     "Books a pay run that two people approved", true, true},
    {"POST", "/v1/nodes/{node}/pay-runs/{number}/cancelling", Action::record_entries, cancel_pay_run, "",
     "Gives a pay run up that was not booked", true, true},
    {"POST", "/v1/nodes/{node}/pay-runs/{number}/undoing", Action::record_entries, undo_pay_run, "",
     "Takes a booked pay run back by reversals", true, true},
    {"POST", "/v1/nodes/{node}/pay-runs/{number}/payment", Action::record_entries, propose_pay_payment, "",
     "Proposes the payment of what a pay run made payable", true, true},
    {"GET", "/v1/nodes/{node}/pay-runs/{number}/payslips/{member}", Action::read_books, show_payslip,
     "format", "Shows what a member gets by a pay run, and why"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/payslips", Action::see_own_members, list_own_payslips,
     "cursor limit", "Lists what you got by pay runs"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/payslips/{number}", Action::see_own_members,
     show_own_payslip, "format", "Shows what you get by a pay run, and why"},
    {"GET", "/v1/nodes/{node}/deferred-claims", Action::read_books, list_deferred_claims,
     "member deferred_as open as_of known_at cursor limit format",
     "Lists what pay runs could not pay, the oldest first, with its age"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/deferred-claims", Action::see_own_members, list_own_claims,
     "open as_of known_at cursor limit format", "Lists what pay runs could not pay to you"},
    {"GET", "/v1/nodes/{node}/reports/deferred-claims", Action::read_node, report_deferred_claims,
     "as_of known_at format", "What was deferred, settled and lapsed in each quarter; names nobody", true,
     true},
    {"POST", "/v1/nodes/{node}/claim-settlements", Action::record_entries, propose_settlement, "",
     "Proposes to pay open claims from a pot, by a rule: the oldest first, or all alike", true, true},
    {"POST", "/v1/nodes/{node}/old-claims", Action::record_entries, propose_old_claims, "",
     "Proposes to take in claims from before these books: a run for each day since when some stand", true,
     true},
    {"POST", "/v1/nodes/{node}/claim-lapses", Action::record_entries, propose_lapse, "",
     "Proposes that open claims lapse by a resolution", true, true},
};

}  // namespace

std::span<const Route> pay_routes() { return all_pay_routes; }

}  // namespace coop::api
