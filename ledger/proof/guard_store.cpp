#include "ledger/proof/guard_store.hpp"

#include <map>

#include "ledger/database/migrations.hpp"

namespace coop::proof {

namespace {

// A guard that is gone, and any trigger or constraint of ours that is switched off.
constexpr const char* read_missing_guards_sql = R"sql(
  -- proof.read_missing_guards
  WITH wanted_trigger (relation, name) AS (
    VALUES ('entry', 'append_only'), ('posting', 'append_only'), ('hold', 'append_only'),
           ('hold_posting', 'append_only'), ('hold_end', 'append_only'), ('event', 'append_only'),
           ('period_lock', 'append_only'), ('period_unlock', 'append_only'), ('account_mark', 'append_only'),
           ('checkpoint', 'append_only'), ('request_answer', 'append_only'), ('unit', 'append_only'),
           ('entry', 'check_added'), ('posting', 'check_added'), ('entry', 'check_reversal'),
           ('entry', 'is_kept'), ('period_unlock', 'only_soft'), ('account', 'keep_identity'),
           ('dimension', 'keep_identity'), ('account', 'never_deleted'), ('dimension', 'never_deleted'),
           ('node', 'never_deleted'), ('node', 'keep_name'), ('user_account', 'never_deleted'),
           ('role_grant', 'never_deleted'), ('period_lock', 'keep_head'), ('period_unlock', 'keep_head'),
           ('party', 'append_only'),
           ('party', 'is_member'), ('dimension', 'keep_names_out'), ('party_erasure', 'append_only'),
           ('party_erasure', 'nothing_left'), ('party_profile', 'keep_erased'),
           ('party_user', 'keep_erased'), ('party_user', 'append_only'), ('party_user', 'by_somebody_else'),
           ('party_user_end', 'append_only'), ('head_count', 'append_only'), ('class_rule', 'append_only'),
           ('member_class', 'keep_code'), ('member_class', 'never_deleted'),
           ('membership', 'keep_identity'), ('membership', 'never_deleted'),
           ('membership', 'follows_from_changes'), ('membership_change', 'append_only'),
           ('membership_change', 'follows'), ('meeting', 'append_only'), ('attendance', 'append_only'),
           ('tier', 'keep_tier'), ('tier', 'never_deleted'), ('tier_price', 'append_only'),
           ('unit_rate', 'append_only'), ('subscription', 'append_only'), ('concession', 'append_only'),
           ('concession_end', 'append_only'), ('charge_run', 'append_only'), ('charge', 'append_only'),
           ('charge', 'check_added'), ('charge_reversal', 'append_only'), ('payment', 'append_only'),
           ('payment', 'shares_add_up'), ('payment_share', 'append_only'),
           ('payment_share', 'shares_add_up'), ('payment_return', 'append_only'),
           ('dues_accounts', 'keep_in_use'), ('deferral', 'append_only'), ('deferral', 'within_the_charge'),
           ('own_link_key', 'append_only'), ('own_link', 'append_only'), ('own_link_end', 'append_only'),
           ('roll', 'append_only'), ('roll', 'comes_whole'), ('roll_class', 'append_only'),
           ('roll_class', 'frozen'), ('roll_line', 'append_only'), ('roll_line', 'frozen'),
           ('vote', 'append_only'), ('vote', 'is_counted'), ('vote_tally', 'append_only'),
           ('vote_tally', 'fits_the_roll'), ('creditor', 'append_only'), ('mandate', 'append_only'),
           ('mandate_change', 'append_only'), ('mandate_change', 'follows'),
           ('mandate_account', 'never_changed'), ('mandate_account', 'keep_erased'),
           ('mandate_account', 'only_when_erased'), ('party_erasure', 'forget_accounts'),
           ('collection', 'append_only'), ('collection', 'has_lines'), ('collection_skip', 'append_only'),
           ('collection_line', 'append_only'), ('collection_line', 'charges_add_up'),
           ('collection_charge', 'charges_add_up'), ('collection_charge', 'never_deleted'),
           ('collection_step', 'append_only'), ('collection_step', 'follows'),
           ('collection_payment', 'append_only'), ('collection_payment', 'is_the_lines'),
           ('reminder_level', 'append_only'), ('reminder_text', 'append_only'),
           ('reminder_pause', 'append_only'), ('reminder_pause_end', 'append_only'),
           ('noticed_payment', 'append_only'), ('noticed_payment_end', 'append_only'),
           ('message', 'append_only'), ('message', 'adds_up'), ('message_charge', 'append_only'),
           ('message_end', 'append_only'), ('payment_row', 'append_only'), ('bank_account', 'append_only'),
           ('bank_account_trait', 'append_only'), ('bank_account_trait', 'is_of_the_books'),
           ('bank_import', 'append_only'), ('bank_import_step', 'append_only'),
           ('bank_import_step', 'follows'), ('bank_statement', 'append_only'), ('bank_note', 'append_only'),
           ('bank_line', 'append_only'), ('bank_detail', 'append_only'), ('bank_line', 'is_of_a_statement'),
           ('bank_detail', 'is_of_a_line'), ('bank_live_line', 'counts'),
           ('bank_live_line', 'counts_no_more'), ('bank_live_line', 'never_changed'),
           ('bank_line_step', 'append_only'), ('bank_line_step', 'follows'), ('bank_match', 'only_ends'),
           ('bank_match', 'never_deleted'), ('bank_match', 'adds_up'), ('bank_match_part', 'append_only'),
           ('bank_match_part', 'clears'), ('bank_match_end', 'append_only'), ('bank_payer', 'append_only'),
           ('bank_signoff', 'only_ends'), ('bank_signoff', 'never_deleted'), ('bank_signoff', 'counts'),
           ('bank_countersignature', 'append_only'), ('bank_countersignature', 'is_another'),
           ('bank_signoff_end', 'append_only'), ('bank_count', 'only_ends'),
           ('bank_count', 'never_deleted'), ('bank_count', 'adds_up'), ('bank_count_piece', 'append_only'),
           ('bank_count_piece', 'adds_up'), ('bank_count_witness', 'append_only'),
           ('bank_count_witness', 'is_another'), ('bank_count_entry', 'append_only'),
           ('bank_count_entry', 'is_of_the_till'), ('bank_count_end', 'append_only'),
           ('bank_rule_version', 'append_only'), ('bank_rule_version', 'follows'),
           ('bank_rule_order', 'append_only'), ('bank_rule_order', 'names_rules'),
           ('bank_rule_replay', 'append_only'), ('bank_rule_step', 'append_only'),
           ('bank_rule_step', 'follows'), ('bank_match_rule', 'append_only'),
           ('bank_match_word', 'append_only'), ('bank_match', 'by_a_rule'),
           ('bank_match_part', 'is_the_orders'), ('bank_match', 'came_back_after'),
           ('disbursement', 'append_only'), ('disbursement', 'is_whole'),
           ('disbursement_order', 'append_only'), ('disbursement_order', 'is_whole'),
           ('disbursement_payee', 'never_changed'), ('disbursement_payee', 'keep_erased'),
           ('disbursement_payee', 'only_when_erased'), ('disbursement_step', 'append_only'),
           ('disbursement_step', 'follows'), ('disbursement_file', 'never_changed'),
           ('disbursement_file', 'only_when_erased'), ('disbursement_file', 'is_the_files'),
           ('party_erasure', 'forget_payees'), ('circle', 'append_only'), ('circle_step', 'append_only'),
           ('circle_step', 'follows'), ('work_kind', 'append_only'), ('work_hours', 'append_only'),
           ('work_hours', 'are_possible'), ('work_hours', 'for_a_cost_object'),
           ('work_hours_step', 'not_their_own'), ('work_hours_step', 'append_only'),
           ('work_hours_step', 'follows'), ('work_hours', 'wait_for_a_decision'),
           ('work_hours_step', 'wait_no_more'), ('obligation', 'append_only'),
           ('obligation_member', 'append_only'), ('obligation_member', 'owed_once'),
           ('obligation_withdrawal', 'append_only'), ('obligation_withdrawal', 'not_their_own'),
           ('obligation_settlement', 'append_only'), ('obligation_settlement', 'follows'),
           ('hours_import', 'append_only'), ('hours_import', 'is_whole'), ('hours_import_row', 'append_only'),
           ('hours_import_row', 'is_whole'), ('fund_term', 'append_only'), ('fund_term', 'is_whole'),
           ('fund_buffer', 'append_only'), ('fund_buffer', 'is_whole'), ('fund_account', 'append_only'),
           ('fund_account', 'is_whole'), ('spending_mandate', 'append_only'),
           ('spending_mandate', 'is_of_a_fund'), ('spending_step', 'append_only'),
           ('spending_step', 'follows'), ('spending_step', 'not_their_own'), ('spending_rule', 'append_only'),
           ('spending_rule', 'follows'), ('order_mandate', 'append_only'), ('order_mandate', 'spends_it'),
           ('disbursement', 'as_ruled'), ('spending_mandate', 'as_ruled'), ('budget', 'append_only'),
           ('budget', 'budget_is_whole'), ('budget_revision', 'append_only'),
           ('budget_revision', 'budget_is_whole'), ('budget_line', 'append_only'),
           ('budget_line', 'budget_is_whole'), ('allocation_round', 'append_only'),
           ('allocation_round', 'round_is_whole'), ('allocation_share', 'append_only'),
           ('allocation_share', 'round_is_whole'), ('allocation_step', 'append_only'),
           ('allocation_step', 'allocation_follows'), ('bank_match', 'stays_within_mandate'),
           ('share_class', 'append_only'), ('share_class', 'follows'), ('share_class', 'is_divisible'),
           ('spending_mandate', 'leaves_the_buffer'), ('allocation_round', 'round_leaves_the_buffer'),
           ('disbursement', 'orders_leave_the_buffer'), ('spending_step', 'draw_leaves_the_buffer'),
           ('share_movement', 'append_only'), ('share_movement', 'stands'), ('surplus_rule', 'append_only'),
           ('surplus_rule', 'is_whole'), ('surplus_rule', 'keeps_reserves'), ('surplus_run', 'append_only'),
           ('surplus_run', 'adds_up'), ('surplus_share', 'append_only'), ('surplus_share', 'adds_up'),
           ('surplus_step', 'append_only'), ('surplus_step', 'follows'), ('surplus_step', 'is_not_paid'),
           ('sharing_version', 'append_only'), ('sharing_version', 'follows'), ('place_value', 'append_only'),
           ('pay_tariff', 'append_only'), ('pay_tariff', 'follows'), ('pay_run', 'append_only'),
           ('pay_run', 'adds_up'), ('pay_run_share', 'append_only'), ('pay_run_share', 'comes_with_its_run'),
           ('pay_run_lot', 'append_only'), ('pay_run_lot', 'comes_with_its_run'),
           ('pay_run_cost', 'append_only'), ('pay_run_cost', 'comes_with_its_run'),
           ('pay_run_local', 'append_only'), ('pay_run_local', 'comes_with_its_run'),
           ('pay_run_local_share', 'append_only'), ('pay_run_pot', 'append_only'),
           ('pay_run_pot', 'comes_with_its_run'), ('pay_run_local_share', 'comes_with_its_run'),
           ('pay_run_step', 'append_only'), ('pay_run_step', 'follows'), ('pay_run_step', 'is_not_paid'),
           ('work_hours_step', 'not_while_collected'), ('cost_pool', 'append_only'),
           ('cost_pool', 'is_whole'), ('cost_pool_term', 'append_only'), ('cost_pool_term', 'is_whole'),
           ('cost_participant', 'append_only'), ('cost_participant', 'is_whole'),
           ('cost_bill', 'append_only'), ('cost_bill', 'is_covered'), ('cost_bill_end', 'append_only'),
           ('cost_bill_end', 'was_not_divided'), ('cost_usage', 'append_only'),
           ('cost_usage', 'is_measured_once'), ('cost_allocation', 'append_only'),
           ('cost_allocation', 'adds_up'), ('cost_allocation_bill', 'append_only'),
           ('cost_allocation_bill', 'comes_whole'), ('cost_allocation_usage', 'append_only'),
           ('cost_allocation_usage', 'comes_whole'), ('cost_share', 'append_only'),
           ('cost_share', 'comes_whole'), ('cost_step', 'append_only'), ('cost_step', 'follows'),
           ('charge', 'says_what_its_entry_says'), ('payment', 'says_what_its_entry_says'),
           ('payment_share', 'is_for_its_debtor'), ('charge_reversal', 'is_of_its_day'),
           ('payment_return', 'is_of_its_day'), ('share_movement', 'is_of_its_day'),
           ('surplus_step', 'is_of_its_day'), ('cost_step', 'is_of_its_day'),
           ('pay_run_step', 'is_of_its_day'), ('bank_signoff', 'says_what_was_signed')
  ), wanted_index (name) AS (
    VALUES ('entry_pkey'), ('entry_node_id_request_key_key'), ('entry_reverses'), ('posting_pkey'),
           ('hold_pkey'), ('hold_node_id_request_key_key'), ('hold_end_pkey'), ('event_pkey'),
           ('account_pkey'), ('account_node_id_path_unit_id_key'), ('account_balance_pkey'),
           ('period_total_pkey'), ('year_total_pkey'), ('checkpoint_pkey'), ('a_charge_is_collected_once'),
           ('two_different_people_approve'), ('a_collection_steps_once'), ('a_line_ends_once'),
           ('collection_payment_pkey'), ('bank_import_pkey'), ('bank_line_pkey'), ('bank_live_line_pkey'),
           ('bank_live_line_node_id_line_number_key'), ('bank_match_pkey'), ('a_line_is_matched_once'),
           ('bank_match_end_pkey'), ('bank_match_part_pkey'), ('bank_signoff_pkey'),
           ('a_day_is_signed_once'), ('bank_countersignature_pkey'), ('bank_signoff_end_pkey'),
           ('bank_count_pkey'), ('a_till_is_counted_once_a_day'), ('bank_count_end_pkey'),
           ('bank_count_entry_pkey'), ('bank_count_witness_pkey'), ('bank_rule_version_pkey'),
           ('bank_rule_step_pkey'), ('bank_match_rule_pkey'), ('disbursement_pkey'),
           ('disbursement_order_pkey'), ('disbursement_order_node_id_end_to_end_id_key'),
           ('disbursement_step_pkey'), ('a_disbursement_steps_once'), ('an_order_is_left_out_once'),
           ('each_says_it_once'), ('circle_pkey'), ('circle_node_id_code_key'), ('circle_step_pkey'),
           ('a_circle_closes_once'), ('work_kind_node_id_code_key'), ('work_hours_pkey'),
           ('hours_are_corrected_once'), ('work_hours_step_pkey'), ('obligation_pkey'),
           ('obligation_member_pkey'), ('obligation_withdrawal_pkey'), ('obligation_settlement_pkey'),
           ('a_settlement_is_reversed_once'), ('hours_import_pkey'), ('hours_import_row_pkey'),
           ('hours_import_row_node_id_hours_number_key'), ('party_user_pkey'), ('party_user_end_pkey'),
           ('fund_term_pkey'), ('spending_mandate_pkey'), ('spending_step_pkey'),
           ('a_mandate_is_recalled_once'), ('a_draw_ends_once'), ('each_approves_a_mandate_once'),
           ('spending_rule_pkey'), ('order_mandate_pkey'), ('budget_pkey'), ('budget_revision_pkey'),
           ('budget_line_pkey'), ('allocation_round_pkey'), ('allocation_share_pkey'),
           ('allocation_share_node_id_round_party_id_key'), ('allocation_step_pkey'),
           ('a_round_closes_once'), ('a_proposal_is_funded_once'), ('a_mandate_comes_of_one_proposal'),
           ('share_class_pkey'), ('share_movement_pkey'), ('an_entry_moves_once'),
           ('a_gift_is_received_once'), ('a_movement_is_undone_once'), ('surplus_rule_pkey'),
           ('surplus_run_pkey'), ('surplus_share_pkey'), ('surplus_step_pkey'), ('a_run_steps_once'),
           ('a_run_is_approved_by_different_people'), ('an_entry_is_of_one_run'), ('sharing_version_pkey'),
           ('sharing_version_node_id_code_version_key'), ('sharing_version_node_id_code_valid_from_key'),
           ('place_value_pkey'), ('pay_tariff_pkey'), ('pay_run_pkey'), ('pay_run_share_pkey'),
           ('pay_run_lot_pkey'), ('pay_run_step_pkey'), ('a_member_is_once_in_a_run'),
           ('pay_run_cost_pkey'), ('a_cost_object_is_weighed_once'), ('pay_run_local_pkey'),
           ('pay_run_local_share_pkey'), ('pay_run_lot_node_id_run_number_party_id_claim_run_key'),
           ('a_pay_run_steps_once'), ('a_pay_run_is_approved_by_different_people'),
           ('pay_entries_are_of_one_run'), ('pay_run_pot_pkey'), ('a_pot_is_once_in_a_run'),
           ('cost_pool_pkey'), ('cost_pool_node_id_code_key'), ('cost_pool_term_pkey'),
           ('cost_participant_pkey'), ('cost_bill_pkey'), ('cost_bill_end_pkey'), ('cost_usage_pkey'),
           ('usage_is_corrected_once'), ('cost_allocation_pkey'), ('cost_allocation_bill_pkey'),
           ('cost_allocation_usage_pkey'), ('cost_share_pkey'), ('cost_step_pkey'),
           ('an_entry_is_of_one_allocation')
  ), wanted_constraint (relation, name) AS (
    VALUES ('entry', 'entry_check'), ('entry', 'entry_check1'), ('entry', 'entry_hash_check'),
           ('entry', 'entry_number_check'), ('entry', 'entry_posting_count_check'),
           ('posting', 'posting_amount_minor_check'), ('posting', 'posting_line_check'),
           ('account_balance', 'within_lower_limit'), ('account_balance', 'within_upper_limit'),
           ('account_balance', 'account_balance_check'),
           ('account_balance', 'account_balance_held_credit_minor_check'),
           ('account_balance', 'account_balance_held_debit_minor_check'),
           ('account_balance', 'account_balance_node_id_account_id_fkey'), ('account', 'account_check'),
           ('account', 'account_node_id_fkey'), ('account', 'account_unit_id_fkey'),
           ('account', 'account_type_check'), ('book_head', 'book_head_node_id_fkey'),
           ('checkpoint', 'checkpoint_node_id_entry_number_fkey'), ('dimension', 'dimension_node_id_fkey'),
           ('dimension', 'dimension_kind_check'), ('hold', 'hold_node_id_fkey'),
           ('hold', 'hold_posting_count_check'), ('hold_end', 'hold_end_check'),
           ('hold_end', 'hold_end_kind_check'), ('hold_end', 'hold_end_node_id_entry_number_fkey'),
           ('hold_end', 'hold_end_node_id_hold_number_fkey'),
           ('hold_posting', 'hold_posting_amount_minor_check'),
           ('hold_posting', 'hold_posting_node_id_account_id_fkey'),
           ('hold_posting', 'hold_posting_node_id_hold_number_fkey'),
           ('period_lock', 'period_lock_kind_check'), ('period_lock', 'period_lock_node_id_fkey'),
           ('period_unlock', 'period_unlock_node_id_lock_number_fkey'),
           ('membership', 'memberships_do_not_overlap'), ('membership', 'membership_node_id_party_id_fkey'),
           ('membership_change', 'has_a_reason'), ('head_count', 'head_count_node_id_party_id_kind_fkey'),
           ('charge', 'a_period_is_charged_once'), ('charge', 'is_booked'), ('charge', 'has_a_membership'),
           ('payment_share', 'payment_share_node_id_charge_number_fkey'), ('payment', 'given_is_valued'),
           ('deferral', 'deferral_node_id_entry_number_fkey'), ('deferral', 'deferral_pkey'),
           ('charge_reversal', 'charge_reversal_pkey'), ('payment_return', 'payment_return_pkey'),
           ('collection_line', 'a_mandate_is_used_once'), ('collection_step', 'step_is_whole'),
           ('collection_step', 'somebody_approves'), ('mandate_change', 'change_is_whole'),
           ('bank_account', 'bank_account_node_id_account_id_key'),
           ('bank_import', 'the_hash_is_that_of_the_file'), ('bank_import_step', 'step_is_whole'),
           ('bank_statement', 'what_holds_adds_up'), ('bank_statement', 'what_differs_says_by_how_much'),
           ('bank_match', 'alone_only_on_proof'), ('bank_signoff', 'the_hash_is_that_of_the_statement'),
           ('bank_signoff', 'what_is_signed_adds_up'), ('bank_signoff', 'a_difference_is_explained'),
           ('sharing_version', 'the_hash_is_that_of_the_rule'), ('cost_bill', 'a_gift_is_worth_something'),
           ('cost_participant', 'a_neighbour_has_its_name'),
           ('cost_share', 'who_does_not_share_bears_nothing'), ('cost_step', 'a_cost_step_is_whole'),
           ('bank_rule_step', 'posts_after_a_replay'), ('bank_rule_step', 'rule_step_is_whole'),
           ('bank_match_part', 'part_is_whole'), ('bank_match_part', 'is_of_an_order'),
           ('disbursement_payee', 'address_is_structured'), ('disbursement_payee', 'text_or_reference'),
           ('disbursement_step', 'step_is_whole'), ('disbursement_step', 'somebody_decides'),
           ('spending_mandate', 'it_lasts'), ('spending_mandate', 'hours_make_the_amount'),
           ('spending_step', 'step_is_whole'), ('fund_term', 'only_own_money_is_indivisible'),
           ('spending_mandate', 'ruled_on_its_day'), ('spending_rule', 'rule_is_whole'),
           ('budget', 'a_budget_lasts'), ('budget_line', 'it_is_about_something'),
           ('allocation_round', 'a_round_lasts'), ('allocation_step', 'allocation_is_whole'),
           ('disbursement', 'ruled_on_its_day'), ('fund_buffer', 'measure_is_set_or_worked_out'),
           ('share_movement', 'movement_is_whole'), ('surplus_rule', 'something_is_divided'),
           ('surplus_run', 'parts_add_up'), ('surplus_step', 'step_is_whole'),
           ('surplus_step', 'somebody_approves'), ('surplus_step', 'only_what_is_booked_has_parts'),
           ('surplus_share', 'minutes_make_the_measure'), ('surplus_run', 'it_names_its_version'),
           ('pay_tariff', 'an_amount_has_a_unit'), ('pay_run', 'a_decision_grants'),
           ('pay_run', 'run_is_whole'), ('pay_run', 'a_circle_is_of_wages'),
           ('pay_run', 'a_mandate_is_of_its_fund'), ('pay_run_local', 'a_local_share_is_a_share'),
           ('pay_run_step', 'pay_step_is_whole'), ('pay_run_step', 'somebody_approves_pay'),
           ('pay_run_local_share', 'a_choice_is_a_share'),
           ('pay_run_pot', 'a_pot_gives_no_more_than_it_has'), ('pay_run_pot', 'a_pot_is_booked_from_and_to'),
           ('bank_payer', 'bank_payer_node_id_match_number_fkey'),
           ('circle_step', 'a_circle_step_is_whole'), ('work_hours', 'corrects_what_was_before'),
           ('work_hours', 'work_hours_minutes_check'), ('work_hours_step', 'hours_step_is_whole'),
           ('obligation', 'obligation_lasts'), ('obligation', 'obligation_is_whole'),
           ('obligation_settlement', 'settlement_is_whole'), ('obligation_settlement', 'somebody_accepts'),
           ('hours_import', 'rows_are_told_apart'), ('party_user_end', 'somebody_else_unlinks'),
           ('party_user_end', 'a_link_ends_after_it_began'), ('unit', 'unit_scale_check'),
           ('user_account', 'user_account_password_hash_check'), ('role_grant', 'role_grant_role_check')
  ), ours AS (
    SELECT c.oid, c.relname
      FROM pg_class c
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
  )
  SELECT format('the trigger %s of %s is gone', w.name, w.relation)
    FROM wanted_trigger w
   WHERE NOT EXISTS (SELECT FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid
                      WHERE o.relname = w.relation AND t.tgname = w.name)
  UNION ALL
  SELECT format('a trigger of %s is switched off (%s)', o.relname, t.tgname)
    FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid WHERE t.tgenabled NOT IN ('O', 'A')
  UNION ALL
  SELECT format('the unique index %s is gone or not valid', w.name)
    FROM wanted_index w
   WHERE NOT EXISTS (SELECT FROM pg_index i
                       JOIN pg_class c ON c.oid = i.indexrelid
                       JOIN ours o ON o.oid = i.indrelid
                      WHERE c.relname = w.name AND i.indisunique AND i.indisvalid AND i.indisready)
  UNION ALL
  SELECT format('the constraint %s of %s is gone', w.name, w.relation)
    FROM wanted_constraint w
   WHERE NOT EXISTS (SELECT FROM pg_constraint k JOIN ours o ON o.oid = k.conrelid
                      WHERE o.relname = w.relation AND k.conname = w.name AND k.convalidated)
  UNION ALL
  SELECT format('the rule %s of %s is not ours', r.rulename, o.relname)
    FROM pg_rewrite r JOIN ours o ON o.oid = r.ev_class
  UNION ALL
  SELECT 'the service may do everything: its role is a superuser'
    FROM pg_roles r WHERE r.rolname = 'coopledger_service' AND r.rolsuper
  UNION ALL
  SELECT format('the service may %s %s', lower(p.privilege), o.relname)
    FROM ours o
    JOIN pg_roles r ON r.rolname = 'coopledger_service' AND NOT r.rolsuper
   CROSS JOIN (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p (privilege)
   WHERE o.relname IN ('entry', 'posting', 'hold', 'hold_posting', 'hold_end', 'event', 'period_lock',
                       'period_unlock', 'account_mark', 'checkpoint', 'request_answer', 'unit', 'party',
                       'party_erasure', 'head_count', 'class_rule', 'membership_change', 'meeting',
                       'attendance', 'tier_price', 'unit_rate', 'subscription', 'concession', 'pay_collected',
                       'concession_end', 'charge_run', 'charge', 'charge_reversal', 'payment',
                       'payment_share', 'payment_return', 'deferral', 'party_user', 'party_user_end',
                       'own_link_key', 'own_link', 'own_link_end', 'roll', 'roll_class', 'roll_line', 'vote',
                       'vote_tally', 'creditor', 'mandate', 'mandate_change', 'collection', 'collection_skip',
                       'collection_line', 'collection_step', 'collection_payment', 'reminder_level',
                       'reminder_text', 'reminder_pause', 'reminder_pause_end', 'noticed_payment',
                       'noticed_payment_end', 'message', 'message_charge', 'message_end', 'payment_row',
                       'bank_account', 'bank_account_trait', 'bank_import', 'bank_import_step',
                       'bank_statement', 'bank_note', 'bank_line', 'bank_detail', 'bank_line_step',
                       'bank_match', 'bank_match_part', 'bank_match_end', 'bank_payer', 'bank_signoff',
                       'bank_countersignature', 'bank_signoff_end', 'bank_count', 'bank_count_piece',
                       'bank_count_witness', 'bank_count_entry', 'bank_count_end', 'bank_rule_version',
                       'bank_rule_order', 'bank_rule_replay', 'bank_rule_step', 'bank_match_rule',
                       'bank_match_word', 'disbursement', 'disbursement_order', 'disbursement_step',
                       'circle', 'circle_step', 'work_kind', 'work_hours', 'work_hours_step', 'obligation',
                       'obligation_member', 'obligation_withdrawal', 'obligation_settlement', 'hours_import',
                       'hours_import_row', 'open_hours', 'fund_term', 'fund_buffer', 'fund_account',
                       'spending_mandate', 'spending_step', 'spending_rule', 'order_mandate', 'budget',
                       'budget_revision', 'budget_line', 'allocation_round', 'allocation_share',
                       'allocation_step', 'share_class', 'share_movement', 'surplus_rule', 'surplus_run',
                       'surplus_share', 'surplus_step', 'sharing_version', 'place_value', 'pay_tariff',
                       'pay_run', 'pay_run_share', 'pay_run_lot', 'pay_run_step', 'pay_run_cost',
                       'pay_run_local', 'pay_run_local_share', 'pay_run_pot', 'cost_pool', 'cost_pool_term',
                       'cost_participant', 'cost_bill', 'cost_bill_end', 'cost_usage', 'cost_allocation',
                       'cost_allocation_bill', 'cost_allocation_usage', 'cost_share', 'cost_step')
     AND has_table_privilege(r.oid, o.oid, p.privilege)
  ORDER BY 1
)sql";

// Functions of the schema with their text, and those that triggers of our tables call.
constexpr const char* read_functions_sql = R"sql(
  -- proof.read_functions
  WITH of_trigger AS MATERIALIZED (
    SELECT t.tgfoid, min(format('%s of %s', t.tgname, c.relname)) AS first_trigger
      FROM pg_trigger t
      JOIN pg_class c ON c.oid = t.tgrelid
     WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
     GROUP BY t.tgfoid
  )
  SELECT p.proname, p.prosrc, p.pronamespace = current_schema()::regnamespace, coalesce(o.first_trigger, '')
    FROM pg_proc p
    LEFT JOIN of_trigger o ON o.tgfoid = p.oid
   WHERE p.pronamespace = current_schema()::regnamespace OR o.tgfoid IS NOT NULL
   ORDER BY p.proname
)sql";

// Where the name begins if a function or procedure is made at `at`, just after "CREATE ".
std::optional<std::size_t> made_function(const std::string& sql, std::size_t at) {
  for (const std::string_view words : {"FUNCTION ", "PROCEDURE ", "OR REPLACE FUNCTION "}) {
    if (sql.compare(at, words.size(), words) == 0) return at + words.size();
  }
  return std::nullopt;
}

// The text of each function as the migrations in this binary make it, between $$ and $$; the last one counts.
std::map<std::string, std::string, std::less<>> functions_of_migrations() {
  static constexpr std::string_view create = "\nCREATE ";
  std::map<std::string, std::string, std::less<>> functions;
  for (const Migration& step : embedded_migrations()) {
    const std::string& sql = step.sql;
    for (auto at = sql.find(create); at != std::string::npos; at = sql.find(create, at + 1)) {
      const auto name = made_function(sql, at + create.size());
      if (!name) continue;
      const std::size_t begin = sql.find("$$", *name) + 2;
      functions[sql.substr(*name, sql.find('(', *name) - *name)] =
          sql.substr(begin, sql.find("$$", begin) - begin);
    }
  }
  return functions;
}

void add_changed_functions(BulkReader& reader, std::vector<std::string>& missing) {
  auto ours = functions_of_migrations();
  const BulkRows rows = reader.read(read_functions_sql);
  for (int row = 0; row < rows.size(); ++row) {
    const std::string name{rows.bytes(row, 0)};
    const auto known = rows.boolean(row, 2) ? ours.find(name) : ours.end();
    if (known == ours.end()) {
      const std::string trigger{rows.bytes(row, 3)};
      if (!trigger.empty())
        missing.push_back("the trigger " + trigger + " calls " + name + ", which is not ours");
      continue;
    }
    if (known->second != rows.bytes(row, 1)) missing.push_back("the function " + name + " was changed");
    ours.erase(known);
  }
  for (const auto& [name, text] : ours) missing.push_back("the function " + name + " is gone");
}

}  // namespace

std::vector<std::string> read_missing_guards(BulkReader& reader) {
  const BulkRows rows = reader.read(read_missing_guards_sql);
  std::vector<std::string> missing;
  for (int row = 0; row < rows.size(); ++row) missing.emplace_back(rows.bytes(row, 0));
  add_changed_functions(reader, missing);
  return missing;
}

namespace {

constexpr const char* find_request_index_sql = R"sql(
  -- proof.find_request_index
  SELECT count(*)
    FROM pg_index i
   WHERE i.indexrelid = to_regclass('entry_node_id_request_key_key')
     AND i.indisunique AND i.indisvalid AND i.indisready
)sql";

}  // namespace

bool has_request_index(BulkReader& reader) { return reader.read(find_request_index_sql).number(0, 0) == 1; }

}  // namespace coop::proof
