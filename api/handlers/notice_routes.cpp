#include "api/handlers/notice_routes.hpp"

#include "api/handlers/handlers.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_routes[] = {
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

std::span<const Route> notice_routes() { return all_routes; }

}  // namespace coop::api
