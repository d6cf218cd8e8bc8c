#pragma once
#include "api/answer.hpp"
#include "api/call.hpp"
#include "api/route.hpp"

namespace coop::api {

struct Services;

/// What is here: handlers/about.cpp, handlers/problems.cpp, handlers/pages.cpp.
Answer show_home(const Call& call, Services& services);
Answer show_style(const Call& call, Services& services);
Answer show_index(const Call& call, Services& services);
Answer show_live(const Call& call, Services& services);
Answer show_ready(const Call& call, Services& services);
Answer show_metrics(const Call& call, Services& services);
Answer show_openapi_yaml(const Call& call, Services& services);
Answer show_openapi_json(const Call& call, Services& services);
Answer list_problems(const Call& call, Services& services);
Answer show_problem(const Call& call, Services& services);

/// Who am I, and my tokens: handlers/myself.cpp.
Answer sign_in(const Call& call, Services& services);
Answer sign_out(const Call& call, Services& services);
Answer show_myself(const Call& call, Services& services);
Answer change_my_password(Tx& tx, const Call& call, Services& services);
Answer list_my_tokens(const Call& call, Services& services);
Answer issue_my_token(Tx& tx, const Call& call, Services& services);
Answer revoke_my_token(Tx& tx, const Call& call, Services& services);

/// Users and their tokens: handlers/users.cpp.
Answer list_users(const Call& call, Services& services);
Answer add_user(Tx& tx, const Call& call, Services& services);
Answer show_user(const Call& call, Services& services);
Answer change_user(Tx& tx, const Call& call, Services& services);
Answer set_user_password(Tx& tx, const Call& call, Services& services);
Answer list_user_tokens(const Call& call, Services& services);
Answer issue_user_token(Tx& tx, const Call& call, Services& services);
Answer revoke_user_token(Tx& tx, const Call& call, Services& services);

/// Roles in a node: handlers/roles.cpp.
Answer list_roles(const Call& call, Services& services);
Answer grant_role(Tx& tx, const Call& call, Services& services);
Answer revoke_role(Tx& tx, const Call& call, Services& services);

/// Units of account: handlers/units.cpp.
Answer list_units(const Call& call, Services& services);
Answer add_unit(Tx& tx, const Call& call, Services& services);

/// Nodes: handlers/nodes.cpp.
Answer list_nodes(const Call& call, Services& services);
Answer add_node(Tx& tx, const Call& call, Services& services);
Answer show_node(const Call& call, Services& services);
Answer change_node(Tx& tx, const Call& call, Services& services);

/// Accounts, read: handlers/account_reports.cpp.
Answer list_accounts(const Call& call, Services& services);
Answer show_account(const Call& call, Services& services);
Answer show_balance(const Call& call, Services& services);
Answer show_statement(const Call& call, Services& services);

/// Entries, read: handlers/entries_list.cpp.
Answer list_entries(const Call& call, Services& services);
Answer show_entry(const Call& call, Services& services);

/// Reports: handlers/reports.cpp.
Answer report_trial_balance(const Call& call, Services& services);
Answer report_balance_sheet(const Call& call, Services& services);
Answer report_income_statement(const Call& call, Services& services);
Answer report_general_ledger(const Call& call, Services& services);
Answer report_journal(const Call& call, Services& services);
Answer report_dimensions(const Call& call, Services& services);

/// Accounts, changed: handlers/accounts.cpp.
Answer add_account(Tx& tx, const Call& call, Services& services);
Answer add_accounts(Tx& tx, const Call& call, Services& services);
Answer change_account(Tx& tx, const Call& call, Services& services);
Answer close_account(Tx& tx, const Call& call, Services& services);
Answer reopen_account(Tx& tx, const Call& call, Services& services);

/// Dimensions: handlers/dimensions.cpp.
Answer list_dimensions(const Call& call, Services& services);
Answer add_dimensions(Tx& tx, const Call& call, Services& services);
Answer rename_dimension(Tx& tx, const Call& call, Services& services);

/// People and organisations: handlers/members.cpp.
Answer list_members(const Call& call, Services& services);
Answer add_member(Tx& tx, const Call& call, Services& services);
Answer show_member(const Call& call, Services& services);
Answer show_own_members(const Call& call, Services& services);
Answer change_member(Tx& tx, const Call& call, Services& services);
Answer erase_member(Tx& tx, const Call& call, Services& services);
Answer declare_head_count(Tx& tx, const Call& call, Services& services);
Answer link_member_user(Tx& tx, const Call& call, Services& services);
Answer unlink_member_user(Tx& tx, const Call& call, Services& services);

/// A member's own view, and links to it: handlers/own_views.cpp.
Answer show_own_view(const Call& call, Services& services);
Answer show_view_of_member(const Call& call, Services& services);
Answer open_own_link(const Call& call, Services& services);
Answer list_own_links(const Call& call, Services& services);
Answer make_own_link(Tx& tx, const Call& call, Services& services);
Answer end_own_link(Tx& tx, const Call& call, Services& services);

/// Memberships and classes of members: handlers/memberships.cpp, handlers/member_classes.cpp.
Answer begin_membership(Tx& tx, const Call& call, Services& services);
Answer change_membership(Tx& tx, const Call& call, Services& services);
Answer annul_change(Tx& tx, const Call& call, Services& services);
Answer list_classes(const Call& call, Services& services);
Answer add_class(Tx& tx, const Call& call, Services& services);
Answer show_class(const Call& call, Services& services);
Answer rename_class(Tx& tx, const Call& call, Services& services);
Answer adopt_rule(Tx& tx, const Call& call, Services& services);

/// Meetings: handlers/meetings.cpp.
Answer list_meetings(const Call& call, Services& services);
Answer record_meeting(Tx& tx, const Call& call, Services& services);
Answer show_meeting(const Call& call, Services& services);
Answer correct_attendance(Tx& tx, const Call& call, Services& services);

/// Who may vote, and what was voted: handlers/rolls.cpp, handlers/votes.cpp.
Answer show_roll(const Call& call, Services& services);
Answer list_rolls(const Call& call, Services& services);
Answer freeze_roll(Tx& tx, const Call& call, Services& services);
Answer show_frozen_roll(const Call& call, Services& services);
Answer list_roll_lines(const Call& call, Services& services);
Answer show_roll_text(const Call& call, Services& services);
Answer record_vote(Tx& tx, const Call& call, Services& services);
Answer list_votes(const Call& call, Services& services);
Answer show_vote(const Call& call, Services& services);

/// One entry: handlers/entries_post.cpp.
void start_entry(Call&& call, Services& services, AnswerLater answer);
Answer try_entry(const Call& call, Services& services);
Answer reverse_entry(const Call& call, Services& services);

/// Many entries: handlers/entries_batch.cpp, handlers/entries_stream.cpp.
Answer post_batch(const Call& call, Services& services);
Answer post_stream(const Call& call, Services& services);

/// Holds: handlers/holds.cpp.
Answer list_holds(const Call& call, Services& services);
Answer make_hold(const Call& call, Services& services);
Answer show_hold(const Call& call, Services& services);
Answer post_hold(const Call& call, Services& services);
Answer void_hold(Tx& tx, const Call& call, Services& services);

/// Period locks: handlers/locks.cpp.
Answer list_locks(const Call& call, Services& services);
Answer lock_period(Tx& tx, const Call& call, Services& services);
Answer lift_lock(Tx& tx, const Call& call, Services& services);

/// Evidence: handlers/proofs.cpp.
Answer list_checkpoints(const Call& call, Services& services);
Answer make_checkpoint(Tx& tx, const Call& call, Services& services);
Answer show_checkpoint(const Call& call, Services& services);
Answer prove_entry(const Call& call, Services& services);
Answer prove_period(const Call& call, Services& services);
Answer verify_books(Tx& tx, const Call& call, Services& services);

/// Webhooks: handlers/webhooks.cpp.
Answer list_webhooks(const Call& call, Services& services);
Answer add_webhook(Tx& tx, const Call& call, Services& services);
Answer show_webhook(const Call& call, Services& services);
Answer remove_webhook(Tx& tx, const Call& call, Services& services);
Answer test_webhook(const Call& call, Services& services);

/// Long work: handlers/jobs.cpp.
Answer list_jobs(const Call& call, Services& services);
Answer show_job(const Call& call, Services& services);
Answer cancel_job(Tx& tx, const Call& call, Services& services);
Answer resume_job(Tx& tx, const Call& call, Services& services);

/// Charts to start from: handlers/charts.cpp.
Answer list_charts(const Call& call, Services& services);
Answer show_chart(const Call& call, Services& services);
Answer apply_chart(Tx& tx, const Call& call, Services& services);

/// Books go out, books come in: handlers/books_in_and_out.cpp.
Answer export_books(const Call& call, Services& services);
Answer import_books(const Call& call, Services& services);
Answer restore_books(const Call& call, Services& services);

/// Changes in order: handlers/events.cpp.
void list_all_events(const Call& call, Services& services, AnswerLater answer);
void list_node_events(const Call& call, Services& services, AnswerLater answer);

/// What dues cost and where they are booked: handlers/dues_prices.cpp.
Answer show_dues_accounts(const Call& call, Services& services);
Answer set_dues_accounts(Tx& tx, const Call& call, Services& services);
Answer list_tiers(const Call& call, Services& services);
Answer show_tier(const Call& call, Services& services);
Answer add_tier(Tx& tx, const Call& call, Services& services);
Answer change_tier(Tx& tx, const Call& call, Services& services);
Answer add_tier_price(Tx& tx, const Call& call, Services& services);
Answer list_unit_rates(const Call& call, Services& services);
Answer add_unit_rate(Tx& tx, const Call& call, Services& services);

/// What a membership pays: handlers/dues_subscriptions.cpp.
Answer show_subscriptions(const Call& call, Services& services);
Answer subscribe(Tx& tx, const Call& call, Services& services);
Answer grant_concession(Tx& tx, const Call& call, Services& services);
Answer end_concession(Tx& tx, const Call& call, Services& services);

/// Charges, payments and runs: handlers/dues_charges.cpp, handlers/dues_payments.cpp, handlers/dues_runs.cpp.
Answer list_charges(const Call& call, Services& services);
Answer list_deferrals(const Call& call, Services& services);
Answer show_charge(const Call& call, Services& services);
Answer raise_charge(Tx& tx, const Call& call, Services& services);
Answer reverse_charge(Tx& tx, const Call& call, Services& services);
Answer list_payments(const Call& call, Services& services);
Answer show_payment(const Call& call, Services& services);
Answer record_payment(Tx& tx, const Call& call, Services& services);
Answer return_payment(Tx& tx, const Call& call, Services& services);
Answer preview_charge_run(const Call& call, Services& services);
Answer start_charge_run(Tx& tx, const Call& call, Services& services);
Answer list_charge_runs(const Call& call, Services& services);
Answer show_charge_run(const Call& call, Services& services);

/// Who collects, and what members allowed it: handlers/mandates.cpp.
Answer show_creditor(const Call& call, Services& services);
Answer set_creditor(Tx& tx, const Call& call, Services& services);
Answer list_mandates(const Call& call, Services& services);
Answer show_mandate(const Call& call, Services& services);
Answer sign_mandate(Tx& tx, const Call& call, Services& services);
Answer change_mandate(Tx& tx, const Call& call, Services& services);
Answer change_mandate_account(Tx& tx, const Call& call, Services& services);

/// Collecting by direct debit: handlers/collections.cpp.
Answer list_collections(const Call& call, Services& services);
Answer propose_collection(Tx& tx, const Call& call, Services& services);
Answer show_collection(const Call& call, Services& services);
Answer list_collection_lines(const Call& call, Services& services);
Answer show_collection_file(const Call& call, Services& services);
Answer exclude_collection_line(Tx& tx, const Call& call, Services& services);
Answer approve_collection(Tx& tx, const Call& call, Services& services);
Answer hand_in_collection(Tx& tx, const Call& call, Services& services);
Answer cancel_collection(Tx& tx, const Call& call, Services& services);
Answer settle_collection(Tx& tx, const Call& call, Services& services);
Answer return_collection_line(Tx& tx, const Call& call, Services& services);

/// Where dues are paid, references, notices and codes to pay with: handlers/dues_notices.cpp.
Answer show_dues_payee(const Call& call, Services& services);
Answer set_dues_payee(Tx& tx, const Call& call, Services& services);
Answer show_reference(const Call& call, Services& services);
Answer show_member_notice(const Call& call, Services& services);
Answer show_charge_notice(const Call& call, Services& services);
Answer show_member_payment_code(const Call& call, Services& services);
Answer show_charge_payment_code(const Call& call, Services& services);

/// Reminders: handlers/reminders.cpp, handlers/messages.cpp.
Answer show_reminder_setting(const Call& call, Services& services);
Answer set_reminder_setting(Tx& tx, const Call& call, Services& services);
Answer list_reminder_levels(const Call& call, Services& services);
Answer add_reminder_level(Tx& tx, const Call& call, Services& services);
Answer list_pauses(const Call& call, Services& services);
Answer begin_pause(Tx& tx, const Call& call, Services& services);
Answer end_pause(Tx& tx, const Call& call, Services& services);
Answer list_noticed_payments(const Call& call, Services& services);
Answer notice_payment(Tx& tx, const Call& call, Services& services);
Answer settle_noticed_payment(Tx& tx, const Call& call, Services& services);
Answer write_reminders(Tx& tx, const Call& call, Services& services);
Answer list_messages(const Call& call, Services& services);
Answer show_message(const Call& call, Services& services);
Answer show_letter(const Call& call, Services& services);
Answer drop_message(Tx& tx, const Call& call, Services& services);

/// Lists that come in from a spreadsheet: handlers/table_imports.cpp.
Answer import_members(const Call& call, Services& services);
Answer import_payments(const Call& call, Services& services);

/// How members stand: handlers/dues_states.cpp.
Answer show_member_dues(const Call& call, Services& services);
Answer list_arrears(const Call& call, Services& services);

/// Accounts with statements: handlers/bank_accounts.cpp.
Answer list_bank_accounts(const Call& call, Services& services);
Answer add_bank_account(Tx& tx, const Call& call, Services& services);
Answer show_bank_account(const Call& call, Services& services);
Answer change_bank_account(Tx& tx, const Call& call, Services& services);
Answer close_bank_account(Tx& tx, const Call& call, Services& services);
Answer reopen_bank_account(Tx& tx, const Call& call, Services& services);
Answer report_reconciliation(const Call& call, Services& services);
Answer report_bank_proof(const Call& call, Services& services);

/// Files of banks: handlers/bank_imports.cpp.
Answer bring_bank_file(const Call& call, Services& services);
Answer list_bank_imports(const Call& call, Services& services);
Answer show_bank_import(const Call& call, Services& services);
Answer show_bank_file(const Call& call, Services& services);
Answer take_in_bank_import(Tx& tx, const Call& call, Services& services);
Answer drop_bank_import(Tx& tx, const Call& call, Services& services);

/// What lines are: handlers/bank_matches.cpp.
Answer list_bank_proposals(const Call& call, Services& services);
Answer match_bank_line(Tx& tx, const Call& call, Services& services);
Answer set_bank_line_aside(Tx& tx, const Call& call, Services& services);
Answer reopen_bank_line(Tx& tx, const Call& call, Services& services);
Answer list_bank_matches(const Call& call, Services& services);
Answer show_bank_match(const Call& call, Services& services);
Answer undo_bank_match(Tx& tx, const Call& call, Services& services);
Answer undo_bank_import(Tx& tx, const Call& call, Services& services);

/// Rules for lines: handlers/bank_rules.cpp.
Answer list_bank_rules(const Call& call, Services& services);
Answer show_bank_rule(const Call& call, Services& services);
Answer write_bank_rule_down(Tx& tx, const Call& call, Services& services);
Answer change_bank_rule(Tx& tx, const Call& call, Services& services);
Answer end_bank_rule(Tx& tx, const Call& call, Services& services);
Answer order_bank_rules(Tx& tx, const Call& call, Services& services);
Answer let_bank_rule_post(Tx& tx, const Call& call, Services& services);
Answer let_bank_rule_suggest(Tx& tx, const Call& call, Services& services);
Answer report_rule_replay(const Call& call, Services& services);
Answer replay_drafted_rule(const Call& call, Services& services);
Answer record_rule_replay(Tx& tx, const Call& call, Services& services);

/// Circles and kinds of work: handlers/circles.cpp.
Answer list_circles(const Call& call, Services& services);
Answer found_circle(Tx& tx, const Call& call, Services& services);
Answer show_circle(const Call& call, Services& services);
Answer join_circle(Tx& tx, const Call& call, Services& services);
Answer leave_circle(Tx& tx, const Call& call, Services& services);
Answer close_circle(Tx& tx, const Call& call, Services& services);
Answer list_work_kinds(const Call& call, Services& services);
Answer add_work_kind(Tx& tx, const Call& call, Services& services);
/// Hours: handlers/hours.cpp.
Answer list_hours(const Call& call, Services& services);
Answer list_own_hours(const Call& call, Services& services);
Answer list_hours_of_own_circle(const Call& call, Services& services);
Answer sum_hours(const Call& call, Services& services);
Answer submit_hours(Tx& tx, const Call& call, Services& services);
Answer show_hours(const Call& call, Services& services);
Answer approve_hours(Tx& tx, const Call& call, Services& services);
Answer reject_hours(Tx& tx, const Call& call, Services& services);
Answer reverse_hours(Tx& tx, const Call& call, Services& services);

/// Payments that leave: handlers/disbursements.cpp.
Answer list_disbursements(const Call& call, Services& services);
Answer list_disbursement_orders(const Call& call, Services& services);
Answer propose_disbursement(Tx& tx, const Call& call, Services& services);
Answer show_disbursement(const Call& call, Services& services);
Answer show_disbursement_file(const Call& call, Services& services);
Answer leave_out_disbursement_order(Tx& tx, const Call& call, Services& services);
Answer approve_disbursement(Tx& tx, const Call& call, Services& services);
Answer withdraw_disbursement_approval(Tx& tx, const Call& call, Services& services);
Answer cancel_disbursement(Tx& tx, const Call& call, Services& services);
Answer make_disbursement_file(Tx& tx, const Call& call, Services& services);
Answer say_disbursement_not_taken(Tx& tx, const Call& call, Services& services);

/// Lines of statements: handlers/bank_lines.cpp.
Answer list_bank_lines(const Call& call, Services& services);
Answer show_bank_line(const Call& call, Services& services);

}  // namespace coop::api
