#pragma once
#include <exception>
#include <span>
#include <string>
#include <string_view>

namespace coop {

/// Why a request was refused. The code (`text_of`) never changes once released; each has a cause and a cure
/// in the catalogue (printed as docs/api/errors.md), a test that provokes it, and one HTTP status
/// (api/status.cpp).
enum class Refusal {
  // the request itself
  malformed_json,
  malformed_request,
  field_unknown,
  field_missing,
  field_invalid,
  too_large,
  cursor_invalid,
  method_not_allowed,
  route_unknown,
  media_type_unsupported,
  // who asks
  sign_in_required,
  sign_in_failed,
  token_expired,
  role_missing,
  scope_missing,
  rate_limited,
  // repeated requests
  key_missing,
  key_reused,
  // values
  amount_malformed,
  amount_not_text,
  amount_too_precise,
  amount_overflow,
  unit_mismatch,
  day_malformed,
  instant_malformed,
  path_malformed,
  name_malformed,
  iban_malformed,
  bic_malformed,
  reference_malformed,
  // what does not exist
  node_unknown,
  unit_unknown,
  account_unknown,
  dimension_unknown,
  entry_unknown,
  hold_unknown,
  user_unknown,
  token_unknown,
  webhook_unknown,
  job_unknown,
  lock_unknown,
  checkpoint_unknown,
  template_unknown,
  // what exists already
  node_exists,
  unit_exists,
  account_exists,
  user_exists,
  // entries, in the order in which they are judged
  too_few_postings,
  too_many_postings,
  amount_zero,
  unit_ambiguous,
  dimension_missing,
  entry_unbalanced,
  account_not_open,
  period_locked,
  entry_reversed_already,
  reversal_of_reversal,
  reversal_differs,
  hold_not_open,
  hold_exceeded,
  limit_exceeded,
  batch_refused,
  batch_too_large,
  // accounts, locks, jobs
  account_not_empty,
  account_has_later_entries,
  limit_contradicts,
  lock_is_hard,
  lock_lifted_already,
  job_finished_already,
  last_treasurer,
  import_unreadable,
  import_contradicts,
  verification_failed,
  // members
  party_unknown,
  class_unknown,
  membership_unknown,
  change_unknown,
  meeting_unknown,
  party_exists,
  class_exists,
  party_erased,
  party_not_organisation,
  membership_overlaps,
  change_too_early,
  membership_ended,
  change_contradicts,
  change_annulled_already,
  // paying and collecting
  creditor_identifier_malformed,
  payment_code_impossible,
  mandate_not_usable,
  direct_debit_impossible,
  mandate_unknown,
  mandate_exists,
  collection_unknown,
  collection_not_open,
  approval_repeated,
  // dues
  tier_unknown,
  tier_exists,
  tier_without_price,
  rate_missing,
  concession_unknown,
  charge_unknown,
  charge_reversed_already,
  charge_run_unknown,
  payment_unknown,
  payment_returned_already,
  credit_too_small,
  // reminders
  message_unknown,
  message_settled,
  pause_unknown,
  // rolls
  roll_unknown,
  vote_unknown,
  tally_impossible,
  // a member's own view
  link_invalid,
  // bank files
  statement_format_unknown,
  statement_unreadable,
  statement_undecided,
  // reconciling
  bank_account_unknown,
  bank_account_exists,
  bank_import_unknown,
  bank_import_not_open,
  statement_contradicts,
  bank_line_unknown,
  bank_line_not_open,
  match_unknown,
  match_impossible,
  match_undone_already,
  bank_rule_unknown,
  bank_rule_ended,
  bank_rule_not_proved,
  // signing and counting
  signoff_unknown,
  signoff_exists,
  signoff_withdrawn_already,
  reconciliation_disagrees,
  cash_count_unknown,
  cash_count_exists,
  cash_count_withdrawn_already,
  cash_count_impossible,
  // payments out
  disbursement_unknown,
  disbursement_not_open,
  disbursement_impossible,
  approval_of_own,

  // work
  circle_unknown,
  circle_exists,
  circle_contradicts,
  circle_not_open,
  circle_not_joined,
  work_kind_unknown,
  work_kind_exists,
  work_without_price,
  hours_unknown,
  hours_not_open,
  hours_beyond_day,
  // funds
  fund_without_terms,
  fund_below_buffer,
  fund_indivisible,
  spending_mandate_unknown,
  spending_mandate_recalled,
  spending_mandate_not_open,
  spending_mandate_exceeded,
  draw_unknown,
  draw_impossible,
  // shares and surplus
  share_class_unknown,
  share_limit_exceeded,
  share_movement_impossible,
  surplus_rule_unknown,
  surplus_run_unknown,
  surplus_run_not_open,
  surplus_not_there,
  reserve_indivisible,
  // rules by which sums are divided
  sharing_rule_unknown,
  sharing_versions_overlap,
  decision_missing,
  // what members owe in work
  obligation_unknown,
  obligation_not_owed,
  obligation_overlaps,
  obligation_withdrawn,
  obligation_exceeded,
  obligation_settlement_unknown,
  obligation_settlement_impossible,
  // entries that a register made, and its records
  entry_kept_by_register,
  share_movement_unknown,
  // thresholds and budgets
  // thresholds, budgets and rounds
  spending_mandate_pending,
  spending_mandate_missing,
  beyond_authority,
  budget_unknown,
  budget_exceeded,
  round_unknown,
  round_not_open,
  round_impossible,
  // pay
  hours_collected,
  tariff_missing,
  pay_run_unknown,
  pay_run_not_open,
  pay_run_empty,
  pay_run_impossible,
  // shared costs
  cost_pool_unknown,
  cost_bill_unknown,
  cost_bill_uncovered,
  cost_bill_not_open,
  cost_allocation_unknown,
  cost_allocation_not_open,
  cost_allocation_impossible,
};

/// One refusal's public description.
struct RefusalText {
  Refusal refusal;
  std::string_view code;   ///< stable, snake_case, equal to the enumerator's name
  std::string_view title;  ///< one short sentence
  std::string_view cause;  ///< what the caller did
  std::string_view cure;   ///< what the caller can do
};

/// Every refusal once, in the order of the enumeration.
std::span<const RefusalText> refusal_catalogue();
/// The catalogue's row of `refusal`.
const RefusalText& text_of(Refusal refusal);

/// The caller asked for something the rules forbid: nothing was recorded.
/// `detail` names the values concerned; `field` is a JSON pointer into the request ("/postings/1/amount"),
/// or empty.
class Refused : public std::exception {
 public:
  Refused(Refusal refusal, std::string detail, std::string field = {});
  Refusal refusal() const noexcept { return refusal_; }
  const std::string& detail() const noexcept { return detail_; }
  const std::string& field() const noexcept { return field_; }
  const char* what() const noexcept override { return what_.c_str(); }
  /// The same refusal, its field moved below `prefix` ("/entries/3").
  Refused below(std::string_view prefix) const;

 private:
  Refusal refusal_;
  std::string detail_;
  std::string field_;
  std::string what_;
};

/// PostgreSQL cannot be reached, or the outcome of a commit is unknown: the caller repeats with the same key.
class Unavailable : public std::exception {
 public:
  explicit Unavailable(std::string reason) : reason_{std::move(reason)} {}
  const char* what() const noexcept override { return reason_.c_str(); }

 private:
  std::string reason_;
};

/// One of our own promises does not hold: a bug, never the caller's fault.
class InvariantBroken : public std::exception {
 public:
  explicit InvariantBroken(std::string promise) : promise_{std::move(promise)} {}
  const char* what() const noexcept override { return promise_.c_str(); }

 private:
  std::string promise_;
};

/// The schema refused what was written: a constraint or a trigger. A bug, unless whoever wrote took it from
/// outside, as a restore does.
class RefusedBySchema : public InvariantBroken {
 public:
  /// `words`: what the schema says, one line without values of the row; `detail`: all there is to log.
  RefusedBySchema(std::string words, std::string detail)
      : InvariantBroken{std::move(detail)}, words_{std::move(words)} {}
  const std::string& words() const noexcept { return words_; }

 private:
  std::string words_;
};

/// Checks one of our own promises, in release builds too. Throws InvariantBroken.
inline void ensure(bool holds, const char* promise) {
  if (!holds) throw InvariantBroken{promise};
}

}  // namespace coop
