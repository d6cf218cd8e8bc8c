#include "api/handlers/handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_routes[] = {
    {"GET", "/v1/nodes/{node}/bank/accounts", Action::read_books, list_bank_accounts, "",
     "Lists the accounts that have statements"},
    {"POST", "/v1/nodes/{node}/bank/accounts", Action::keep_accounts, add_bank_account, "",
     "Puts an account of the books on record as one with statements"},
    {"GET", "/v1/nodes/{node}/bank/accounts/{number}", Action::read_books, show_bank_account, "",
     "Shows an account with statements"},
    {"PATCH", "/v1/nodes/{node}/bank/accounts/{number}", Action::keep_accounts, change_bank_account, "",
     "Says where lines of an account are parked that nothing explains"},
    {"POST", "/v1/nodes/{node}/bank/accounts/{number}/closing", Action::keep_accounts, close_bank_account, "",
     "Expects no more statements of an account"},
    {"POST", "/v1/nodes/{node}/bank/accounts/{number}/reopening", Action::keep_accounts, reopen_bank_account,
     "", "Expects statements of an account again"},
    {"GET", "/v1/nodes/{node}/bank/accounts/{number}/reconciliation", Action::read_books,
     report_reconciliation, "as_of known_at format",
     "Whether the books agree with the bank on a day, and what lies between"},
    {"GET", "/v1/nodes/{node}/bank/proof", Action::read_books, report_bank_proof, "as_of known_at format",
     "Through which day each account agrees with its bank, and what is open"},
    {"POST", "/v1/nodes/{node}/bank/imports", Action::record_entries, bring_bank_file, "name bank_account",
     "Brings a file of a bank, of any form; it is read in the background", true, true},
    {"GET", "/v1/nodes/{node}/bank/imports", Action::read_books, list_bank_imports, "state cursor limit",
     "Lists the files that came in, the newest first"},
    {"GET", "/v1/nodes/{node}/bank/imports/{number}", Action::read_books, show_bank_import, "",
     "Shows what a file says, whether it adds up, and what taking it in would do"},
    {"GET", "/v1/nodes/{node}/bank/imports/{number}/file", Action::read_profiles, show_bank_file, "",
     "The file as it came in", true, true},
    {"POST", "/v1/nodes/{node}/bank/imports/{number}/taking-in", Action::record_entries, take_in_bank_import,
     "", "Lets the lines of a file count, and matches what is certain", true, true},
    {"POST", "/v1/nodes/{node}/bank/imports/{number}/dropping", Action::record_entries, drop_bank_import, "",
     "Gives a file up that was read"},
    {"POST", "/v1/nodes/{node}/bank/imports/{number}/undoing", Action::record_entries, undo_bank_import, "",
     "Takes a file back that was taken in: its matches are undone, its lines count no longer", true, true},
    {"GET", "/v1/nodes/{node}/bank/lines", Action::read_books, list_bank_lines,
     "bank_account import state suspense from to q cursor limit format", "Lists lines of statements"},
    {"GET", "/v1/nodes/{node}/bank/lines/{number}", Action::read_books, show_bank_line, "",
     "Shows a line of a statement"},
    {"GET", "/v1/nodes/{node}/bank/lines/{number}/proposals", Action::read_books, list_bank_proposals,
     "fee_account", "What a line seems to be, the surest first, each with its reasons"},
    {"POST", "/v1/nodes/{node}/bank/lines/{number}/match", Action::record_entries, match_bank_line, "",
     "Says what a line is: a proposal, or parts by hand"},
    {"POST", "/v1/nodes/{node}/bank/lines/{number}/setting-aside", Action::record_entries,
     set_bank_line_aside, "", "Sets a line aside that nobody wants to match"},
    {"POST", "/v1/nodes/{node}/bank/lines/{number}/reopening", Action::record_entries, reopen_bank_line, "",
     "Takes a line up again that was set aside"},
    {"GET", "/v1/nodes/{node}/bank/matches", Action::read_books, list_bank_matches, "line cursor limit",
     "Lists matches, the newest first"},
    {"GET", "/v1/nodes/{node}/bank/matches/{number}", Action::read_books, show_bank_match, "",
     "Shows a match"},
    {"POST", "/v1/nodes/{node}/bank/matches/{number}/undoing", Action::record_entries, undo_bank_match, "",
     "Undoes a match: what was made for it is reversed, its line is open again"},
    {"GET", "/v1/nodes/{node}/bank/rules", Action::read_books, list_bank_rules, "ended",
     "Lists the rules for lines, in the order in which they are asked"},
    {"POST", "/v1/nodes/{node}/bank/rules", Action::record_entries, write_bank_rule_down, "",
     "Writes a rule, which suggests and is asked after all others"},
    {"POST", "/v1/nodes/{node}/bank/rules/replay", Action::record_entries, replay_drafted_rule,
     "bank_account from to format", "What a rule would have done in the past, before it is written", false,
     true},
    {"PUT", "/v1/nodes/{node}/bank/rules/order", Action::record_entries, order_bank_rules, "",
     "Puts the rules into another order"},
    {"GET", "/v1/nodes/{node}/bank/rules/{number}", Action::read_books, show_bank_rule, "",
     "Shows a rule with its earlier versions and its replays"},
    {"PUT", "/v1/nodes/{node}/bank/rules/{number}", Action::record_entries, change_bank_rule, "",
     "Changes a rule: a new version, which only suggests"},
    {"POST", "/v1/nodes/{node}/bank/rules/{number}/ending", Action::record_entries, end_bank_rule, "",
     "Ends a rule"},
    {"GET", "/v1/nodes/{node}/bank/rules/{number}/replay", Action::read_books, report_rule_replay,
     "bank_account from to format", "What a rule would have done in the past", true, true},
    {"POST", "/v1/nodes/{node}/bank/rules/{number}/replays", Action::record_entries, record_rule_replay,
     "bank_account from to", "Replays a rule and records what came of it", true, true},
    {"POST", "/v1/nodes/{node}/bank/rules/{number}/posting", Action::lock_periods, let_bank_rule_post, "",
     "Lets a rule post by itself, after a replay of it"},
    {"POST", "/v1/nodes/{node}/bank/rules/{number}/suggesting", Action::lock_periods, let_bank_rule_suggest,
     "", "Lets a rule suggest only"},
};

}  // namespace

std::span<const Route> bank_routes() { return all_routes; }

}  // namespace coop::api
