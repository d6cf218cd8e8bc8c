#include "api/handlers/handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_dues_routes[] = {
    {"GET", "/v1/nodes/{node}/dues/accounts", Action::read_books, show_dues_accounts, "",
     "Shows where dues are booked"},
    {"PUT", "/v1/nodes/{node}/dues/accounts", Action::keep_accounts, set_dues_accounts, "",
     "Sets where dues are booked"},
    {"GET", "/v1/nodes/{node}/dues/tiers", Action::read_node, list_tiers, "",
     "Lists the tiers of dues with their prices"},
    {"POST", "/v1/nodes/{node}/dues/tiers", Action::keep_accounts, add_tier, "", "Adds a tier"},
    {"GET", "/v1/nodes/{node}/dues/tiers/{tier}", Action::read_node, show_tier, "",
     "Shows a tier with its prices"},
    {"PATCH", "/v1/nodes/{node}/dues/tiers/{tier}", Action::keep_accounts, change_tier, "",
     "Gives a tier another title"},
    {"POST", "/v1/nodes/{node}/dues/tiers/{tier}/prices", Action::keep_accounts, add_tier_price, "",
     "Sets what a tier costs from a day on"},
    {"GET", "/v1/nodes/{node}/dues/rates", Action::read_node, list_unit_rates, "",
     "Lists the rates between units"},
    {"POST", "/v1/nodes/{node}/dues/rates", Action::keep_accounts, add_unit_rate, "",
     "Sets the rate between two units from a day on"},
    {"GET", "/v1/nodes/{node}/members/{member}/memberships/{membership}/dues", Action::read_books,
     show_subscriptions, "", "Shows what a membership pays and is let off"},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships/{membership}/subscriptions",
     Action::keep_accounts, subscribe, "", "Sets what a membership pays from a day on"},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships/{membership}/concessions", Action::keep_accounts,
     grant_concession, "", "Lets a membership off a share of its dues, for a reason"},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships/{membership}/concessions/{number}/ending",
     Action::keep_accounts, end_concession, "", "Ends a concession early"},
    {"GET", "/v1/nodes/{node}/members/{member}/dues", Action::read_books, show_member_dues, "as_of known_at",
     "What a member owes and has paid ahead, and until when they are covered"},
    {"GET", "/v1/nodes/{node}/dues/balances", Action::read_books, list_arrears,
     "as_of known_at overdue_only overdue_days unit cursor limit format",
     "Who owes what for how long, and who has paid ahead"},

    // charges and payments
    {"GET", "/v1/nodes/{node}/dues/preview", Action::read_books, preview_charge_run,
     "period corrections_from cursor limit", "What a run would charge and take back, member by member", true,
     true},
    {"POST", "/v1/nodes/{node}/dues/runs", Action::record_entries, start_charge_run, "",
     "Raises a period's dues for everybody, as a job", true, true},
    {"GET", "/v1/nodes/{node}/dues/runs", Action::read_books, list_charge_runs, "cursor limit",
     "Lists the runs, the newest first"},
    {"GET", "/v1/nodes/{node}/dues/runs/{number}", Action::read_books, show_charge_run, "",
     "Shows a run and what it did"},
    {"GET", "/v1/nodes/{node}/dues/deferrals", Action::read_books, list_deferrals, "charge cursor limit",
     "Lists the income of dues that was put off, and earned since"},
    {"GET", "/v1/nodes/{node}/dues/charges", Action::read_books, list_charges,
     "member payer run state cursor limit", "Lists charges, the newest first"},
    {"POST", "/v1/nodes/{node}/dues/charges", Action::record_entries, raise_charge, "",
     "Charges a member by hand"},
    {"GET", "/v1/nodes/{node}/dues/charges/{number}", Action::read_books, show_charge, "", "Shows a charge"},
    {"POST", "/v1/nodes/{node}/dues/charges/{number}/reversal", Action::record_entries, reverse_charge, "",
     "Takes a charge back, for a reason"},
    {"GET", "/v1/nodes/{node}/dues/payments", Action::read_books, list_payments, "payer member cursor limit",
     "Lists payments, the newest first"},
    {"POST", "/v1/nodes/{node}/dues/payments", Action::record_entries, record_payment, "",
     "Records a payment"},
    {"GET", "/v1/nodes/{node}/dues/payments/{number}", Action::read_books, show_payment, "",
     "Shows a payment"},
    {"POST", "/v1/nodes/{node}/dues/payments/{number}/return", Action::record_entries, return_payment, "",
     "Takes a payment back, for a reason"},

    // where dues are paid, and what members are told
    {"GET", "/v1/nodes/{node}/dues/payee", Action::read_books, show_dues_payee, "",
     "Shows where dues are paid, and what notices say besides"},
    {"PUT", "/v1/nodes/{node}/dues/payee", Action::keep_accounts, set_dues_payee, "",
     "Sets where dues are paid, and what notices say besides"},
    {"GET", "/v1/nodes/{node}/dues/references/{reference}", Action::read_books, show_reference, "as_of",
     "Tells whose a payment reference is, and what is open there"},
    {"GET", "/v1/nodes/{node}/members/{member}/dues/notice", Action::read_profiles, show_member_notice,
     "as_of unit format", "What a member owes, as a page that prints or as plain text"},
    {"GET", "/v1/nodes/{node}/members/{member}/dues/payment-code", Action::read_books,
     show_member_payment_code, "as_of unit scale format", "A QR code that pays all that a member owes"},
    {"GET", "/v1/nodes/{node}/dues/charges/{number}/notice", Action::read_profiles, show_charge_notice,
     "as_of format", "What is open of a charge, as a page that prints or as plain text"},
    {"GET", "/v1/nodes/{node}/dues/charges/{number}/payment-code", Action::read_books,
     show_charge_payment_code, "as_of scale format", "A QR code that pays what is open of a charge"},
};

}  // namespace

std::span<const Route> dues_routes() { return all_dues_routes; }

}  // namespace coop::api
