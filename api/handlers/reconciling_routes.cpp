#include "api/handlers/reconciling_handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_routes[] = {
    {"GET", "/v1/nodes/{node}/bank/accounts/{number}/reading-profiles", Action::read_books,
     list_reading_profiles, "", "Lists how files of an account are read that do not decide it themselves"},
    {"PUT", "/v1/nodes/{node}/bank/accounts/{number}/reading-profiles/{fingerprint}", Action::keep_accounts,
     save_reading_profile, "", "Answers once how files of one kind are read for an account"},
    {"POST", "/v1/nodes/{node}/bank/imports/{number}/reading", Action::record_entries, read_bank_file_again,
     "", "Reads a file once more that could not be read", true, true},
};

}  // namespace

std::span<const Route> reconciling_routes() { return all_routes; }

}  // namespace coop::api
