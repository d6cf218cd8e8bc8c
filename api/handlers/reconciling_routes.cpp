#include "api/handlers/reconciling_handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_reconciling_routes[] = {
    {"GET", "/v1/nodes/{node}/bank/accounts/{number}/reading-profiles", Action::read_books,
     list_reading_profiles, "", "Lists how files of an account are read that do not decide it themselves"},
    {"PUT", "/v1/nodes/{node}/bank/accounts/{number}/reading-profiles/{fingerprint}", Action::keep_accounts,
     save_reading_profile, "", "Answers once how files of one kind are read for an account"},
    {"POST", "/v1/nodes/{node}/bank/imports/{number}/reading", Action::record_entries, read_bank_file_again,
     "", "Reads a file once more that could not be read", true, true},
    {"POST", "/v1/nodes/{node}/bank/accounts/{number}/signoffs", Action::lock_periods, sign_reconciliation,
     "", "Signs that the books and the bank agree as of a day"},
    {"GET", "/v1/nodes/{node}/bank/signoffs", Action::read_books, list_signoffs,
     "bank_account live cursor limit format", "Lists who signed which reconciliation, the newest first"},
    {"GET", "/v1/nodes/{node}/bank/signoffs/{number}", Action::read_books, show_signoff, "format",
     "Shows a signature, what was signed, and what changed since"},
    {"POST", "/v1/nodes/{node}/bank/signoffs/{number}/countersignature", Action::verify_books,
     countersign_reconciliation, "", "Agrees to what another person signed"},
    {"POST", "/v1/nodes/{node}/bank/signoffs/{number}/withdrawal", Action::lock_periods, withdraw_signoff, "",
     "Withdraws a signature under a reconciliation"},
    {"POST", "/v1/nodes/{node}/bank/accounts/{number}/cash-counts", Action::record_entries, count_cash, "",
     "Counts the cash of an account"},
    {"GET", "/v1/nodes/{node}/bank/cash-counts", Action::read_books, list_cash_counts,
     "bank_account live cursor limit format", "Lists counts of cash, the newest first"},
    {"GET", "/v1/nodes/{node}/bank/cash-counts/{number}", Action::read_books, show_cash_count, "format",
     "Shows a count of cash, with what the books say"},
    {"POST", "/v1/nodes/{node}/bank/cash-counts/{number}/witness", Action::verify_books, witness_cash_count,
     "", "Says that one was there when another person counted"},
    {"POST", "/v1/nodes/{node}/bank/cash-counts/{number}/withdrawal", Action::record_entries,
     withdraw_cash_count, "", "Withdraws a count of cash"},
    {"POST", "/v1/nodes/{node}/bank/cash-counts/{number}/difference", Action::record_entries,
     book_cash_difference, "", "Books what a count differs from the books"},
};

}  // namespace

std::span<const Route> reconciling_routes() { return all_reconciling_routes; }

}  // namespace coop::api
