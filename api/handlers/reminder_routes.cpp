#include "api/handlers/handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_reminder_routes[] = {
    {"GET", "/v1/nodes/{node}/dues/reminder-setting", Action::read_books, show_reminder_setting, "",
     "Shows how the node reminds"},
    {"PUT", "/v1/nodes/{node}/dues/reminder-setting", Action::keep_accounts, set_reminder_setting, "",
     "Sets how the node reminds, and whether messages leave"},
    {"GET", "/v1/nodes/{node}/dues/reminder-levels", Action::read_books, list_reminder_levels, "",
     "Lists the levels of reminders with their texts"},
    {"POST", "/v1/nodes/{node}/dues/reminder-levels", Action::keep_accounts, add_reminder_level, "",
     "Sets what holds of a level from a day on"},
    {"GET", "/v1/nodes/{node}/members/{member}/pauses", Action::read_books, list_pauses, "",
     "Lists the pauses of a member's reminders"},
    {"POST", "/v1/nodes/{node}/members/{member}/pauses", Action::keep_accounts, begin_pause, "",
     "Pauses a member's reminders, for a reason"},
    {"POST", "/v1/nodes/{node}/members/{member}/pauses/{number}/ending", Action::keep_accounts, end_pause, "",
     "Ends a pause early"},
    {"GET", "/v1/nodes/{node}/dues/noticed-payments", Action::read_books, list_noticed_payments,
     "state cursor limit", "Lists money that came in and waits to be matched"},
    {"POST", "/v1/nodes/{node}/dues/noticed-payments", Action::record_entries, notice_payment, "",
     "Notes money that came in, so that its sender is not reminded"},
    {"POST", "/v1/nodes/{node}/dues/noticed-payments/{number}/settlement", Action::record_entries,
     settle_noticed_payment, "", "Says which payment it was, or why it is none"},
    {"POST", "/v1/nodes/{node}/dues/reminders", Action::record_entries, write_reminders, "",
     "Writes today's reminders into the outbox; a dry run tells who gets which, and who none and why", true,
     true},
    {"GET", "/v1/nodes/{node}/dues/messages", Action::read_books, list_messages, "member state cursor limit",
     "Lists messages, the newest first"},
    {"GET", "/v1/nodes/{node}/dues/messages/{number}", Action::read_books, show_message, "",
     "Shows a message and what became of it"},
    {"GET", "/v1/nodes/{node}/dues/messages/{number}/letter", Action::read_profiles, show_letter, "",
     "The letter of a message as it would be written now"},
    {"POST", "/v1/nodes/{node}/dues/messages/{number}/dropping", Action::record_entries, drop_message, "",
     "Takes a message that waits out of the outbox"},

    // lists that come in
    {"POST", "/v1/nodes/{node}/member-imports", Action::keep_members, import_members, "skip_doubtful",
     "Records members from a table; a dry run names every doubtful row", true, true},
    {"POST", "/v1/nodes/{node}/dues/payment-imports", Action::record_entries, import_payments,
     "account skip_doubtful", "Records past payments from a table; a dry run names every doubtful row", true,
     true},
};

}  // namespace

std::span<const Route> reminder_routes() { return all_reminder_routes; }

}  // namespace coop::api
