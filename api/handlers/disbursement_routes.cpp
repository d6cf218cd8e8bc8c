#include "api/handlers/handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_disbursement_routes[] = {
    {"GET", "/v1/nodes/{node}/disbursements", Action::read_books, list_disbursements,
     "state cursor limit format", "Lists payments that leave, the newest first"},
    {"POST", "/v1/nodes/{node}/disbursements", Action::record_entries, propose_disbursement, "",
     "Proposes payments from one account on one day: bills, refunds, payouts", true, true},
    {"GET", "/v1/nodes/{node}/disbursements/{number}", Action::read_books, show_disbursement, "",
     "Shows payments with their orders and approvals, and what goes to the bank", true, true},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/orders/{order}/leaving-out", Action::record_entries,
     leave_out_disbursement_order, "", "Leaves an order out; whoever approved has to do it again"},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/approval", Action::approve_payments,
     approve_disbursement, "",
     "Approves payments: as many others as the rules of spending say, never their own", true, true},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/approval-withdrawal", Action::approve_payments,
     withdraw_disbursement_approval, "", "Withdraws your approval, before the file is made"},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/cancelling", Action::record_entries,
     cancel_disbursement, "", "Gives payments up before the file is made"},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/file", Action::record_entries, make_disbursement_file,
     "", "Makes the file for the bank (pain.001.001.09), once", true, true},
    {"GET", "/v1/nodes/{node}/disbursements/{number}/file", Action::read_profiles, show_disbursement_file, "",
     "The file for the bank, the same bytes whenever it is asked for", true, true},
    {"POST", "/v1/nodes/{node}/disbursements/{number}/not-taken", Action::approve_payments,
     say_disbursement_not_taken, "", "Says that the bank did not take the file or an order; two people must"},
    {"GET", "/v1/nodes/{node}/disbursement-orders", Action::read_books, list_disbursement_orders,
     "state from to bank_account account q cursor limit format", "Lists the orders of all payments"},
};

}  // namespace

std::span<const Route> disbursement_routes() { return all_disbursement_routes; }

}  // namespace coop::api
