#include "api/status.hpp"

#include <algorithm>
#include <array>

namespace coop::api {

namespace {

using enum Refusal;

// clang-format off
constexpr std::array malformed{
    malformed_json, malformed_request, cursor_invalid, key_missing};
constexpr std::array not_signed_in{
    sign_in_required, sign_in_failed, token_expired};
constexpr std::array not_allowed{
    role_missing, scope_missing};
constexpr std::array not_there{
    route_unknown, node_unknown, unit_unknown, account_unknown, dimension_unknown, entry_unknown,
    hold_unknown, user_unknown, token_unknown, webhook_unknown, job_unknown, lock_unknown, checkpoint_unknown,
    template_unknown, party_unknown, class_unknown, membership_unknown, change_unknown, meeting_unknown,
    tier_unknown, concession_unknown, charge_unknown, charge_run_unknown, payment_unknown, mandate_unknown,
    collection_unknown, message_unknown, pause_unknown, roll_unknown, vote_unknown, link_invalid,
    bank_account_unknown, bank_import_unknown, bank_line_unknown, match_unknown, bank_rule_unknown,
    signoff_unknown, cash_count_unknown, disbursement_unknown, circle_unknown, work_kind_unknown,
    hours_unknown, spending_mandate_unknown, draw_unknown, round_unknown, obligation_unknown,
    obligation_settlement_unknown, budget_unknown, share_class_unknown, surplus_rule_unknown,
    surplus_run_unknown, sharing_rule_unknown, share_movement_unknown, pay_run_unknown, cost_pool_unknown,
    cost_bill_unknown, cost_allocation_unknown};
constexpr std::array not_done_here{method_not_allowed};
constexpr std::array in_conflict{
    node_exists, unit_exists, account_exists, user_exists, account_not_open, period_locked,
    entry_reversed_already, reversal_of_reversal, reversal_differs, entry_kept_by_register, hold_not_open,
    hold_exceeded, limit_exceeded, account_not_empty, draw_impossible, account_has_later_entries,
    limit_contradicts, lock_is_hard, lock_lifted_already, job_finished_already, last_treasurer,
    import_contradicts, tier_exists, tier_without_price, rate_missing, charge_reversed_already,
    payment_returned_already, credit_too_small, verification_failed, party_exists, class_exists, party_erased,
    party_not_organisation, membership_overlaps, change_too_early, membership_ended, change_contradicts,
    change_annulled_already, payment_code_impossible, mandate_not_usable, direct_debit_impossible,
    mandate_exists, collection_not_open, approval_repeated, message_settled, tally_impossible,
    bank_account_exists, bank_import_not_open, statement_contradicts, bank_line_not_open, match_impossible,
    match_undone_already, bank_rule_ended, bank_rule_not_proved, signoff_exists, signoff_withdrawn_already,
    reconciliation_disagrees, cash_count_exists, cash_count_withdrawn_already, cash_count_impossible,
    disbursement_not_open, disbursement_impossible, approval_of_own, circle_exists, circle_contradicts,
    circle_not_open, circle_not_joined, work_kind_exists, work_without_price, round_not_open,
    round_impossible, obligation_not_owed, obligation_overlaps, obligation_withdrawn, obligation_exceeded,
    obligation_settlement_impossible, hours_not_open, hours_beyond_day, fund_without_terms, fund_below_buffer,
    fund_indivisible, spending_mandate_recalled, spending_mandate_not_open, spending_mandate_pending,
    spending_mandate_missing, beyond_authority, budget_exceeded, spending_mandate_exceeded,
    share_limit_exceeded, share_movement_impossible, surplus_run_not_open, surplus_not_there,
    reserve_indivisible, sharing_versions_overlap, decision_missing, hours_collected, tariff_missing,
    pay_run_not_open, pay_run_empty, pay_run_impossible, cost_bill_uncovered, cost_bill_not_open,
    cost_allocation_not_open, cost_allocation_impossible};
constexpr std::array beyond_a_bound{
    too_large, batch_too_large};
constexpr std::array in_another_form{media_type_unsupported};
constexpr std::array not_meant{
    field_unknown, field_missing, field_invalid, key_reused, amount_malformed, amount_not_text,
    amount_too_precise, amount_overflow, unit_mismatch, day_malformed, instant_malformed, path_malformed,
    name_malformed, iban_malformed, bic_malformed, reference_malformed, creditor_identifier_malformed,
    too_few_postings, too_many_postings, amount_zero, unit_ambiguous, dimension_missing, entry_unbalanced,
    batch_refused, import_unreadable, statement_format_unknown, statement_unreadable, statement_undecided};
constexpr std::array too_often{rate_limited};
// clang-format on

}  // namespace

int status_of(Refusal refusal) {
  const auto is_among = [refusal](const auto& all) { return std::ranges::find(all, refusal) != all.end(); };
  if (is_among(malformed)) return 400;
  if (is_among(not_signed_in)) return 401;
  if (is_among(not_allowed)) return 403;
  if (is_among(not_there)) return 404;
  if (is_among(not_done_here)) return 405;
  if (is_among(in_conflict)) return 409;
  if (is_among(beyond_a_bound)) return 413;
  if (is_among(in_another_form)) return 415;
  if (is_among(not_meant)) return 422;
  if (is_among(too_often)) return 429;
  return 500;
}

const char* reason_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "";
  }
}

}  // namespace coop::api
