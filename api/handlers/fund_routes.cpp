#include "api/handlers/fund_handlers.hpp"
#include "api/handlers/route_tables.hpp"

namespace coop::api {

namespace {

using access::Action;

const Route all_fund_routes[] = {
    {"GET", "/v1/nodes/{node}/reports/funds", Action::read_books, report_funds, "as_of known_at format",
     "All funds, what is free in them, and whether the books bear them out"},
    {"GET", "/v1/nodes/{node}/reports/funds/{fund}", Action::read_books, report_fund_statement,
     "from to as_of known_at unit format",
     "Statement of a fund: opening, in, out, transfers, closing, and what may still be proposed"},
    {"GET", "/v1/nodes/{node}/funds/{fund}", Action::read_books, show_fund, "",
     "Shows what a fund is for, and what is free in it"},
    {"POST", "/v1/nodes/{node}/funds/{fund}/terms", Action::adopt_rules, adopt_fund_terms, "",
     "Records what a fund is for from a day on, by a decision"},
    {"GET", "/v1/nodes/{node}/spending-mandates", Action::read_books, list_spending_mandates,
     "fund state cursor limit format", "Lists spending mandates, the newest first"},
    {"POST", "/v1/nodes/{node}/spending-mandates", Action::adopt_rules, grant_spending_mandate, "",
     "Records what a body grants: an amount or hours of a fund, for a purpose and a time"},
    {"GET", "/v1/nodes/{node}/spending-mandates/{number}", Action::read_books, show_spending_mandate, "",
     "Shows a spending mandate with what was drawn on it"},
    {"POST", "/v1/nodes/{node}/spending-mandates/{number}/approval", Action::approve_payments,
     approve_spending_mandate, "", "Approves a spending mandate that waits for others"},
    {"POST", "/v1/nodes/{node}/spending-mandates/{number}/recalling", Action::adopt_rules,
     recall_spending_mandate, "", "Recalls a spending mandate: nothing is drawn on it any more"},
    {"POST", "/v1/nodes/{node}/spending-mandates/{number}/draws", Action::record_entries,
     draw_on_spending_mandate, "", "Draws on a spending mandate"},
    {"POST", "/v1/nodes/{node}/spending-mandates/{number}/draws/{draw}/entry", Action::record_entries,
     name_entry_of_draw, "", "Names the entry that spends what was drawn before"},
    {"POST", "/v1/nodes/{node}/spending-mandates/{number}/draws/{draw}/taking-back", Action::record_entries,
     take_draw_back, "", "Takes a draw back that no entry spends"},
    {"GET", "/v1/nodes/{node}/spending-rules", Action::read_books, list_spending_rules, "cursor limit format",
     "Lists the rules of spending: who approves from which amount, and who grants how much"},
    {"POST", "/v1/nodes/{node}/spending-rules", Action::adopt_rules, adopt_spending_rule, "",
     "Records a rule of spending from a day on, by a decision"},
    {"GET", "/v1/nodes/{node}/budgets", Action::read_books, list_budgets, "circle cursor limit format",
     "Lists budgets, the newest first"},
    {"POST", "/v1/nodes/{node}/budgets", Action::adopt_rules, adopt_budget, "",
     "Records what may be spent in a time, by a decision"},
    {"GET", "/v1/nodes/{node}/budgets/{number}", Action::read_books, show_budget, "",
     "Shows a budget with its revisions"},
    {"POST", "/v1/nodes/{node}/budgets/{number}/revisions", Action::adopt_rules, revise_budget, "",
     "Records other lines of a budget from a day on, by a decision"},
    {"GET", "/v1/nodes/{node}/allocation-rounds", Action::read_books, list_allocation_rounds,
     "cursor limit format", "Lists rounds of allocation, the newest first"},
    {"POST", "/v1/nodes/{node}/allocation-rounds", Action::adopt_rules, begin_allocation_round, "",
     "Begins a round: participants allocate a part of a fund in equal shares"},
    {"GET", "/v1/nodes/{node}/allocation-rounds/{number}", Action::read_books, show_allocation_round, "",
     "Shows a round with its shares, proposals and steps"},
    {"POST", "/v1/nodes/{node}/allocation-rounds/{number}/proposals", Action::record_entries,
     propose_in_round, "", "Adds a proposal to a round"},
    {"POST", "/v1/nodes/{node}/allocation-rounds/{number}/proposals/{proposal}/contributions",
     Action::record_entries, give_in_round, "", "Gives a part of a participant's share to a proposal"},
    {"POST", "/v1/nodes/{node}/allocation-rounds/{number}/proposals/{proposal}/giving-back",
     Action::record_entries, give_back_in_round, "", "Gives a part back to a participant's share"},
    {"POST", "/v1/nodes/{node}/allocation-rounds/{number}/closing", Action::adopt_rules,
     close_allocation_round, "", "Closes a round: what got its goal becomes a mandate"},
    {"POST", "/v1/nodes/{node}/allocation-rounds/{number}/giving-up", Action::adopt_rules,
     give_up_allocation_round, "", "Gives a round up: nothing is funded, and its pot is free again"},
    {"GET", "/v1/nodes/{node}/own-members/{member}/allocation-rounds", Action::see_own_members,
     list_own_rounds, "cursor limit", "Lists the rounds in which you take part, with your share"},
    {"POST",
     "/v1/nodes/{node}/own-members/{member}/allocation-rounds/{number}/proposals/{proposal}/contributions",
     Action::do_own_work, give_own_share, "", "Gives a part of your share to a proposal"},
    {"POST",
     "/v1/nodes/{node}/own-members/{member}/allocation-rounds/{number}/proposals/{proposal}/giving-back",
     Action::do_own_work, give_own_share_back, "", "Gives a part back to your share"},
    {"GET", "/v1/nodes/{node}/reports/budgets/{number}", Action::read_books, report_budget,
     "as_of known_at format", "How a budget stands: budgeted, spent, committed, left"},
};

}  // namespace

std::span<const Route> fund_routes() { return all_fund_routes; }

}  // namespace coop::api
