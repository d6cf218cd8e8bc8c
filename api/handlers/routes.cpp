#include "api/handlers/routes.hpp"

#include "api/handlers/handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

constexpr std::optional<Action> nobody = std::nullopt;

constexpr std::string_view entry_parameters =
    "from_number to_number from to as_of known_at q reference source recorded_by account fund member "
    "cost_object "
    "tax_code amount_unit amount_from amount_to sort cursor limit format";

const Route all_routes[] = {
    // what is here
    {"GET", "/", nobody, show_home, "", "A page that tells where things are"},
    {"GET", "/style.css", nobody, show_style, "", "How the pages for browsers look"},
    {"GET", "/v1", nobody, show_index, "", "Lists every address, with a sentence each"},
    {"GET", "/v1/openapi.yaml", nobody, show_openapi_yaml, "", "The OpenAPI document"},
    {"GET", "/v1/openapi.json", nobody, show_openapi_json, "", "The OpenAPI document as JSON"},
    {"GET", "/v1/problems", nobody, list_problems, "", "Lists every problem the API may answer with"},
    {"GET", "/v1/problems/{code}", nobody, show_problem, "", "Explains a problem: its cause and its cure"},
    {"GET", "/health/live", nobody, show_live, "", "Answers as long as the program runs"},
    {"GET", "/health/ready", nobody, show_ready, "", "Answers 200 if requests can be served, else 503"},
    {"GET", "/metrics", nobody, show_metrics, "", "What the program counts about itself, for Prometheus"},

    // signing in, and one's own things
    {"POST", "/v1/sign-in", nobody, sign_in, "",
     "Signs in with name and password, for a token of twelve hours", false, false, true},
    {"POST", "/v1/sign-out", Action::see_self, sign_out, "", "Revokes the token of this request", false},
    {"GET", "/v1/me", Action::see_self, show_myself, "", "Shows who you are and what you may do"},
    {"PUT", "/v1/me/password", Action::change_self, change_my_password, "",
     "Sets your password, by the old one; your other sessions end", true, false, true},
    {"GET", "/v1/me/tokens", Action::see_self, list_my_tokens, "cursor limit", "Lists your tokens"},
    {"POST", "/v1/me/tokens", Action::change_self, issue_my_token, "", "Issues a token for yourself"},
    {"DELETE", "/v1/me/tokens/{number}", Action::change_self, revoke_my_token, "",
     "Revokes one of your tokens"},

    // users
    {"GET", "/v1/users", Action::operate_server, list_users, "cursor limit", "Lists the users"},
    {"POST", "/v1/users", Action::operate_server, add_user, "", "Makes a user", true, false, true},
    {"GET", "/v1/users/{user}", Action::operate_server, show_user, "", "Shows a user"},
    {"PATCH", "/v1/users/{user}", Action::operate_server, change_user, "",
     "Changes, closes or reopens a user"},
    {"PUT", "/v1/users/{user}/password", Action::operate_server, set_user_password, "",
     "Sets a user's password", true, false, true},
    {"GET", "/v1/users/{user}/tokens", Action::operate_server, list_user_tokens, "cursor limit",
     "Lists a user's tokens"},
    {"POST", "/v1/users/{user}/tokens", Action::operate_server, issue_user_token, "",
     "Issues a token for a user"},
    {"DELETE", "/v1/users/{user}/tokens/{number}", Action::operate_server, revoke_user_token, "",
     "Revokes a user's token"},

    // units
    {"GET", "/v1/units", Action::see_self, list_units, "origin cursor limit", "Lists the units of account"},
    {"POST", "/v1/units", Action::operate_server, add_unit, "", "Adds a local unit of account"},

    // nodes
    {"GET", "/v1/nodes", Action::see_self, list_nodes, "cursor limit",
     "Lists the nodes in which you have a role"},
    {"POST", "/v1/nodes", Action::operate_server, add_node, "", "Makes a node with empty books"},
    {"GET", "/v1/nodes/{node}", Action::read_node, show_node, "", "Shows a node"},
    {"PATCH", "/v1/nodes/{node}", Action::manage_node, change_node, "",
     "Changes a node's title, country or time zone"},

    {"GET", "/v1/nodes/{node}/roles", Action::manage_node, list_roles, "ended cursor limit",
     "Lists who holds which role in the node"},
    {"PUT", "/v1/nodes/{node}/roles/{user}/{role}", Action::manage_node, grant_role, "",
     "Gives a user a role in the node"},
    {"DELETE", "/v1/nodes/{node}/roles/{user}/{role}", Action::manage_node, revoke_role, "",
     "Takes a role from a user"},

    // accounts
    {"GET", "/v1/nodes/{node}/accounts", Action::read_books, list_accounts,
     "prefix type unit q state as_of known_at sort cursor limit format",
     "Lists accounts with their balances"},
    {"POST", "/v1/nodes/{node}/accounts", Action::keep_accounts, add_account, "", "Opens an account"},
    {"POST", "/v1/nodes/{node}/accounts/batch", Action::keep_accounts, add_accounts, "",
     "Opens many accounts, all or none, leaving out those that exist"},
    {"GET", "/v1/nodes/{node}/accounts/{account}", Action::read_books, show_account, "unit as_of known_at",
     "Shows an account with its balance"},
    {"GET", "/v1/nodes/{node}/accounts/{account}/balance", Action::read_books, show_balance,
     "unit as_of known_at", "Shows an account's balance, debits and credits"},
    {"GET", "/v1/nodes/{node}/accounts/{account}/statement", Action::read_books, show_statement,
     "unit from to as_of known_at fund member cost_object tax_code sort cursor limit format",
     "Lists an account's postings with the running balance"},
    {"PATCH", "/v1/nodes/{node}/accounts/{account}", Action::keep_accounts, change_account, "unit",
     "Changes an account's title, limits or required dimensions, or opens it earlier"},
    {"POST", "/v1/nodes/{node}/accounts/{account}/closing", Action::keep_accounts, close_account, "unit",
     "Closes an account"},
    {"DELETE", "/v1/nodes/{node}/accounts/{account}/closing", Action::keep_accounts, reopen_account, "unit",
     "Opens a closed account again"},

    // dimensions
    {"GET", "/v1/nodes/{node}/dimensions/{kind}", Action::read_books, list_dimensions, "cursor limit",
     "Lists the funds, members, cost objects or tax codes"},
    {"POST", "/v1/nodes/{node}/dimensions/{kind}", Action::keep_accounts, add_dimensions, "",
     "Adds funds, members, cost objects or tax codes, leaving out those that exist"},
    {"PATCH", "/v1/nodes/{node}/dimensions/{kind}/{code}", Action::keep_accounts, rename_dimension, "",
     "Gives a fund, member, cost object or tax code another name"},

    // members
    {"GET", "/v1/nodes/{node}/members", Action::read_members, list_members,
     "class standing kind q as_of known_at sort cursor limit format",
     "Lists members with where their memberships stand"},
    {"POST", "/v1/nodes/{node}/members", Action::keep_members, add_member, "",
     "Adds a person or organisation"},
    {"GET", "/v1/nodes/{node}/members/{member}", Action::read_members, show_member, "as_of known_at",
     "Shows a member with memberships, changes and activity"},
    {"PATCH", "/v1/nodes/{node}/members/{member}", Action::keep_members, change_member, "",
     "Changes a member's personal data"},
    {"POST", "/v1/nodes/{node}/members/{member}/erasure", Action::erase_members, erase_member, "",
     "Erases a member's personal data for good; number and entries stay"},
    {"POST", "/v1/nodes/{node}/members/{member}/head-counts", Action::keep_members, declare_head_count, "",
     "Declares how many members an organisation has from a day on"},
    {"PUT", "/v1/nodes/{node}/members/{member}/users/{user}", Action::keep_members, link_member_user, "",
     "Lets a user see the member's own view"},
    {"DELETE", "/v1/nodes/{node}/members/{member}/users/{user}", Action::keep_members, unlink_member_user, "",
     "Ends a user's view of the member's own"},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships", Action::keep_members, begin_membership, "",
     "Begins a membership in a class"},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships/{membership}/changes", Action::keep_members,
     change_membership, "", "Records a change of a membership"},
    {"POST", "/v1/nodes/{node}/members/{member}/memberships/{membership}/changes/{change}/annulment",
     Action::keep_members, annul_change, "", "Takes a change of a membership back"},
    {"GET", "/v1/nodes/{node}/own-members", Action::see_own_members, show_own_members, "as_of known_at",
     "Shows the members whose own view you have"},
    {"GET", "/v1/nodes/{node}/own-members/{member}", Action::see_own_members, show_own_view,
     "as_of known_at from format", "Shows your own dues: what is owed, paid, covered and to come"},
    {"GET", "/v1/nodes/{node}/members/{member}/own-view", Action::read_profiles, show_view_of_member,
     "as_of known_at from format", "Shows what a member sees of their own"},
    {"GET", "/v1/nodes/{node}/members/{member}/links", Action::keep_members, list_own_links, "cursor limit",
     "Lists the links that open the member's own view"},
    {"POST", "/v1/nodes/{node}/members/{member}/links", Action::keep_members, make_own_link, "",
     "Makes a link that opens the member's own view until it expires"},
    {"DELETE", "/v1/nodes/{node}/members/{member}/links/{number}", Action::keep_members, end_own_link, "",
     "Ends a link"},
    {"GET", "/v1/own-views/{link}", nobody, open_own_link, "as_of known_at from format",
     "Shows a member's own view to whoever has the link"},
    {"GET", "/v1/nodes/{node}/member-classes", Action::read_members, list_classes, "cursor limit",
     "Lists the classes of members with their rules"},
    {"POST", "/v1/nodes/{node}/member-classes", Action::keep_members, add_class, "",
     "Adds a class of members"},
    {"GET", "/v1/nodes/{node}/member-classes/{class}", Action::read_members, show_class, "",
     "Shows a class of members with its rules"},
    {"PATCH", "/v1/nodes/{node}/member-classes/{class}", Action::keep_members, rename_class, "",
     "Gives a class of members another title"},
    {"POST", "/v1/nodes/{node}/member-classes/{class}/rules", Action::keep_members, adopt_rule, "",
     "Adopts a rule for a class from a day on"},
    {"GET", "/v1/nodes/{node}/meetings", Action::read_members, list_meetings, "cursor limit",
     "Lists meetings, the latest first"},
    {"POST", "/v1/nodes/{node}/meetings", Action::keep_members, record_meeting, "",
     "Records a meeting with those who were there"},
    {"GET", "/v1/nodes/{node}/meetings/{meeting}", Action::read_members, show_meeting, "",
     "Shows a meeting with those who were there"},
    {"POST", "/v1/nodes/{node}/meetings/{meeting}/attendance", Action::keep_members, correct_attendance, "",
     "Corrects who was at a meeting"},

    // entries
    {"GET", "/v1/nodes/{node}/entries", Action::read_books, list_entries, entry_parameters, "Lists entries",
     true, true},
    {"GET", "/v1/nodes/{node}/entries/{number}", Action::read_books, show_entry, "", "Shows an entry"},
    {"POST", "/v1/nodes/{node}/entries", Action::record_entries, Start{start_entry, try_entry}, "",
     "Records an entry"},
    {"POST", "/v1/nodes/{node}/entries/batch", Action::record_entries, post_batch, "",
     "Records up to 10,000 entries, all or none or each alone"},
    {"POST", "/v1/nodes/{node}/entries/stream", Action::record_entries, post_stream, "",
     "Records any number of entries, one a line", true, true},
    {"POST", "/v1/nodes/{node}/entries/{number}/reversal", Action::record_entries, reverse_entry, "",
     "Records the opposite of an entry"},

    // holds
    {"GET", "/v1/nodes/{node}/holds", Action::read_books, list_holds, "state account sort cursor limit",
     "Lists holds"},
    {"POST", "/v1/nodes/{node}/holds", Action::record_entries, make_hold, "", "Reserves amounts now"},
    {"GET", "/v1/nodes/{node}/holds/{number}", Action::read_books, show_hold, "", "Shows a hold"},
    {"POST", "/v1/nodes/{node}/holds/{number}/posting", Action::record_entries, post_hold, "",
     "Posts a hold in part or whole and gives the rest back"},
    {"POST", "/v1/nodes/{node}/holds/{number}/voiding", Action::record_entries, void_hold, "",
     "Ends a hold without an entry"},

    // period locks
    {"GET", "/v1/nodes/{node}/locks", Action::read_books, list_locks, "cursor limit",
     "Lists the period locks, the newest first"},
    {"POST", "/v1/nodes/{node}/locks", Action::lock_periods, lock_period, "",
     "Closes everything booked up to a day"},
    {"POST", "/v1/nodes/{node}/locks/{number}/lifting", Action::lock_periods, lift_lock, "",
     "Lifts a soft lock, with a reason"},

    // charts to start from
    {"GET", "/v1/charts", Action::see_self, list_charts, "", "Lists the charts of accounts to start from"},
    {"GET", "/v1/charts/{template}", Action::see_self, show_chart, "", "Shows a chart with its accounts"},
    {"POST", "/v1/nodes/{node}/chart", Action::keep_accounts, apply_chart, "",
     "Opens the accounts of a chart"},

    // books go out, books come in
    {"GET", "/v1/nodes/{node}/export", Action::read_books, export_books, "format",
     "Writes the whole books: complete, or as a journal of hledger, ledger or beancount", true, true},
    {"POST", "/v1/nodes/{node}/imports", Action::keep_accounts, import_books,
     "commodities account_types virtual rounding_account ignore_assertions",
     "Imports a journal in the background", true, true},
    {"POST", "/v1/restores", Action::operate_server, restore_books, "",
     "Restores a complete export as a new node", true, true},

    // evidence
    {"GET", "/v1/nodes/{node}/checkpoints", Action::read_books, list_checkpoints, "cursor limit",
     "Lists the signed statements of where the books stood, the newest first"},
    {"POST", "/v1/nodes/{node}/checkpoints", Action::lock_periods, make_checkpoint, "",
     "Signs where the books stand now"},
    {"GET", "/v1/nodes/{node}/checkpoints/{number}", Action::read_books, show_checkpoint, "",
     "Shows a checkpoint"},
    {"GET", "/v1/nodes/{node}/entries/{number}/proof", Action::read_books, prove_entry, "",
     "Proves an entry offline, by the next checkpoint", true, true},
    {"GET", "/v1/nodes/{node}/proof", Action::read_books, prove_period, "period",
     "Proves the entries of a period, or all of them, offline", true, true},
    {"POST", "/v1/nodes/{node}/verification", Action::verify_books, verify_books, "",
     "Recomputes everything from the entries in the background, and names what is wrong"},

    // long work
    {"GET", "/v1/nodes/{node}/jobs", Action::read_books, list_jobs, "cursor limit",
     "Lists long work, the newest first"},
    {"GET", "/v1/nodes/{node}/jobs/{number}", Action::read_books, show_job, "",
     "Shows how far a job is, and its result"},
    {"POST", "/v1/nodes/{node}/jobs/{number}/cancelling", Action::verify_books, cancel_job, "",
     "Cancels a job"},
    {"POST", "/v1/nodes/{node}/jobs/{number}/resumption", Action::verify_books, resume_job, "",
     "Takes up a job again that was interrupted, cancelled or has failed"},

    // webhooks
    {"GET", "/v1/nodes/{node}/webhooks", Action::manage_node, list_webhooks, "cursor limit",
     "Lists the webhooks"},
    {"POST", "/v1/nodes/{node}/webhooks", Action::manage_node, add_webhook, "",
     "Has the node's changes sent to an address"},
    {"GET", "/v1/nodes/{node}/webhooks/{number}", Action::manage_node, show_webhook, "",
     "Shows a webhook and how it fares"},
    {"DELETE", "/v1/nodes/{node}/webhooks/{number}", Action::manage_node, remove_webhook, "",
     "Ends a webhook"},
    {"POST", "/v1/nodes/{node}/webhooks/{number}/test", Action::manage_node, test_webhook, "",
     "Sends a test now; if it is delivered, a pause ends", false, true},

    // reports
    {"GET", "/v1/nodes/{node}/reports/trial-balance", Action::read_books, report_trial_balance,
     "days as_of from known_at prefix unit type fund member cost_object tax_code depth zero_rows format",
     "Every account's balance at a day or several"},
    {"GET", "/v1/nodes/{node}/reports/balance-sheet", Action::read_books, report_balance_sheet,
     "days as_of known_at unit fund member cost_object tax_code depth zero_rows format",
     "Assets, liabilities and equity at a day or several"},
    {"GET", "/v1/nodes/{node}/reports/income-expenditure", Action::read_books, report_income_statement,
     "periods from to as_of known_at unit fund member cost_object tax_code depth zero_rows format",
     "Income and expenditure of a period or several"},
    {"GET", "/v1/nodes/{node}/reports/general-ledger", Action::read_books, report_general_ledger,
     "from to as_of known_at prefix unit type fund member cost_object tax_code cursor limit format",
     "Every account's lines with its balances", true, true},
    {"GET", "/v1/nodes/{node}/reports/journal", Action::read_books, report_journal, entry_parameters,
     "Entries with their postings, a row each"},
    {"GET", "/v1/nodes/{node}/reports/dimension-statement", Action::read_books, report_dimensions,
     "kind side from to as_of known_at unit prefix format",
     "What each fund, member, cost object or tax code had, got, gave and has"},

    // changes
    {"GET", "/v1/events", Action::see_self, Later{list_all_events}, "cursor limit wait",
     "The changes of all nodes whose books you read, in order"},
    {"GET", "/v1/nodes/{node}/events", Action::read_books, Later{list_node_events}, "cursor limit wait",
     "The changes of a node, in order"},
};

}  // namespace

std::span<const Route> routes() {
  static const std::vector<Route> all = [] {
    std::vector<Route> together{std::begin(all_routes), std::end(all_routes)};
    for (const auto& part : {dues_routes(), collecting_routes(), reminder_routes(), bank_routes(),
                             reconciling_routes(), disbursement_routes(), work_routes(), fund_routes(),
                             capital_routes(), sharing_routes(), pay_routes(), cost_routes(),
                             roll_routes()})
      together.insert(together.end(), part.begin(), part.end());
    return together;
  }();
  return all;
}

}  // namespace coop::api
