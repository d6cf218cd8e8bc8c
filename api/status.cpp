#include "api/status.hpp"

namespace coop::api {

// clang-format off
int status_of(Refusal refusal) {
  using enum Refusal;
  switch (refusal) {
    case malformed_json: case malformed_request: case cursor_invalid: case key_missing: return 400;
    case sign_in_required: case sign_in_failed: case token_expired: return 401;
    case role_missing: case scope_missing: return 403;
    case route_unknown: case node_unknown: case unit_unknown: case account_unknown: case dimension_unknown:
    case entry_unknown: case hold_unknown: case user_unknown: case token_unknown: case webhook_unknown:
    case job_unknown: case lock_unknown: case checkpoint_unknown: case template_unknown: case party_unknown:
    case class_unknown: case membership_unknown: case change_unknown: case meeting_unknown: case tier_unknown:
    case concession_unknown: case charge_unknown: case charge_run_unknown: case payment_unknown:
    case mandate_unknown: case collection_unknown: case message_unknown: case pause_unknown:
    case roll_unknown: case vote_unknown: case link_invalid: case bank_account_unknown:
    case bank_import_unknown: case bank_line_unknown: case match_unknown: case bank_rule_unknown:
    case signoff_unknown: case cash_count_unknown: case disbursement_unknown: case circle_unknown:
    case work_kind_unknown: case hours_unknown: case spending_mandate_unknown: case draw_unknown:
    case obligation_unknown: case obligation_settlement_unknown: case budget_unknown:
    case share_class_unknown: case surplus_rule_unknown: case surplus_run_unknown: case sharing_rule_unknown:
    case share_movement_unknown: return 404;
    case pay_run_unknown: return 404;
    case cost_pool_unknown: case cost_bill_unknown: case cost_allocation_unknown: return 404;
    case method_not_allowed: return 405;
    case node_exists: case unit_exists: case account_exists: case user_exists: case account_not_open:
    case period_locked: case entry_reversed_already: case reversal_of_reversal: case reversal_differs:
    case entry_kept_by_register: case hold_not_open: case hold_exceeded: case limit_exceeded:
    case account_not_empty: case draw_impossible: case account_has_later_entries: case limit_contradicts:
    case lock_is_hard: case lock_lifted_already: case job_finished_already: case last_treasurer:
    case import_contradicts: case tier_exists: case tier_without_price: case rate_missing:
    case charge_reversed_already: case payment_returned_already: case credit_too_small:
    case verification_failed: case party_exists: case class_exists: case party_erased:
    case party_not_organisation: case membership_overlaps: case change_too_early: case membership_ended:
    case change_contradicts: case change_annulled_already: case payment_code_impossible:
    case mandate_not_usable: case direct_debit_impossible: case mandate_exists: case collection_not_open:
    case approval_repeated: case message_settled: case tally_impossible: case bank_account_exists:
    case bank_import_not_open: case statement_contradicts: case bank_line_not_open: case match_impossible:
    case match_undone_already: case bank_rule_ended: case bank_rule_not_proved: case signoff_exists:
    case signoff_withdrawn_already: case reconciliation_disagrees: case cash_count_exists:
    case cash_count_withdrawn_already: case cash_count_impossible: case disbursement_not_open:
    case disbursement_impossible: case approval_of_own: case circle_exists: case circle_contradicts:
    case circle_not_open: case circle_not_joined: case work_kind_exists: case work_without_price:
    case obligation_not_owed: case obligation_overlaps: case obligation_withdrawn: case obligation_exceeded:
    case obligation_settlement_impossible: case hours_not_open: case hours_beyond_day:
    case fund_without_terms: case fund_below_buffer: case fund_indivisible: case spending_mandate_recalled:
    case spending_mandate_not_open: case spending_mandate_pending: case spending_mandate_missing:
    case beyond_authority: case budget_exceeded: case spending_mandate_exceeded: case share_limit_exceeded:
    case share_movement_impossible: case surplus_run_not_open: case surplus_not_there:
    case reserve_indivisible: case sharing_versions_overlap: case decision_missing: return 409;
    case hours_collected: case tariff_missing: case pay_run_not_open: case pay_run_empty:
    case pay_run_impossible: return 409;
    case cost_bill_uncovered: case cost_bill_not_open: case cost_allocation_not_open:
    case cost_allocation_impossible: return 409;
    case too_large: case batch_too_large: return 413;
    case media_type_unsupported: return 415;
    case field_unknown: case field_missing: case field_invalid: case key_reused: case amount_malformed:
    case amount_not_text: case amount_too_precise: case amount_overflow: case unit_mismatch:
    case day_malformed: case instant_malformed: case path_malformed: case name_malformed: case iban_malformed:
    case bic_malformed: case reference_malformed: case creditor_identifier_malformed: case too_few_postings:
    case too_many_postings: case amount_zero: case unit_ambiguous: case dimension_missing:
    case entry_unbalanced: case batch_refused: case import_unreadable: case statement_format_unknown:
    case statement_unreadable: case statement_undecided: return 422;
    case rate_limited: return 429;
  }
  return 500;
}
// clang-format on

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
