#include "api/handlers/handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_collecting_routes[] = {
    {"GET", "/v1/nodes/{node}/dues/creditor", Action::read_books, show_creditor, "",
     "Shows under which identifier is collected, and what it was before"},
    {"PUT", "/v1/nodes/{node}/dues/creditor", Action::keep_accounts, set_creditor, "",
     "Sets under which identifier and into which account is collected"},
    {"GET", "/v1/nodes/{node}/dues/mandates", Action::read_members, list_mandates,
     "member reference status as_of cursor limit format", "Lists direct-debit mandates"},
    {"POST", "/v1/nodes/{node}/dues/mandates", Action::keep_members, sign_mandate, "",
     "Puts a mandate on record that a member signed"},
    {"GET", "/v1/nodes/{node}/dues/mandates/{number}", Action::read_members, show_mandate, "as_of",
     "Shows a mandate and whether it can be used"},
    {"POST", "/v1/nodes/{node}/dues/mandates/{number}/changes", Action::keep_members, change_mandate, "",
     "Holds, releases or cancels a mandate"},
    {"POST", "/v1/nodes/{node}/dues/mandates/{number}/accounts", Action::keep_members, change_mandate_account,
     "", "Collects from another account from a day on"},
    {"GET", "/v1/nodes/{node}/dues/collections", Action::read_books, list_collections,
     "state cursor limit format", "Lists collections, the newest first"},
    {"POST", "/v1/nodes/{node}/dues/collections", Action::record_entries, propose_collection, "",
     "Proposes to collect what is due from everybody with a usable mandate", true, true},
    {"GET", "/v1/nodes/{node}/dues/collections/{number}", Action::read_books, show_collection, "",
     "Shows a collection, and who is left out and why", true, true},
    {"GET", "/v1/nodes/{node}/dues/collections/{number}/lines", Action::read_books, list_collection_lines,
     "cursor limit format", "Lists the lines of a collection"},
    {"GET", "/v1/nodes/{node}/dues/collections/{number}/file", Action::read_profiles, show_collection_file,
     "", "The file of an approved collection for the bank (pain.008.001.08)", true, true},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/lines/{line}/exclusion", Action::record_entries,
     exclude_collection_line, "", "Leaves a line out, before anybody approves"},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/approval", Action::approve_payments,
     approve_collection, "", "Approves a collection; two different people must", true, true},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/handing-in", Action::record_entries,
     hand_in_collection, "", "Says that the file went to the bank", true, true},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/cancelling", Action::record_entries,
     cancel_collection, "", "Gives a collection up before it goes to the bank", true, true},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/settlement", Action::record_entries,
     settle_collection, "", "Records what the bank credited: a payment for each line that stands", true,
     true},
    {"POST", "/v1/nodes/{node}/dues/collections/{number}/lines/{line}/return", Action::record_entries,
     return_collection_line, "", "Takes a line back that the bank sent back"},
};

}  // namespace

std::span<const Route> collecting_routes() { return all_collecting_routes; }

}  // namespace coop::api
