#include "ledger/webhooks/webhook.hpp"

#include <algorithm>
#include <array>

#include "ledger/values/hex_text.hpp"
#include "ledger/values/hmac.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::webhooks {

namespace {

unsigned byte_at(std::string_view bytes, std::size_t i) { return static_cast<unsigned char>(bytes[i]); }

/// RFC 6890 and its kin: what is not for the public internet.
bool is_public_v4(std::string_view b) {
  const unsigned first = byte_at(b, 0), second = byte_at(b, 1), third = byte_at(b, 2);
  if (first == 0 || first == 10 || first == 127 || first >= 224) return false;
  if (first == 100 && second >= 64 && second < 128) return false;
  if (first == 169 && second == 254) return false;
  if (first == 172 && second >= 16 && second < 32) return false;
  if (first == 192 && second == 168) return false;
  if (first == 192 && second == 0 && (third == 0 || third == 2)) return false;
  if (first == 192 && second == 88 && third == 99) return false;
  if (first == 198 && (second == 18 || second == 19)) return false;
  if (first == 198 && second == 51 && third == 100) return false;
  return !(first == 203 && second == 0 && third == 113);
}

bool begins_with(std::string_view bytes, std::initializer_list<unsigned> wanted) {
  std::size_t i = 0;
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](unsigned byte) { return byte_at(bytes, i++) == byte; });
}

bool is_public_v6(std::string_view b) {
  if (begins_with(b, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff})) return is_public_v4(b.substr(12));
  if (begins_with(b, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) return is_public_v4(b.substr(12));
  if (begins_with(b, {0x20, 0x02})) return is_public_v4(b.substr(2, 4));
  if (begins_with(b, {0x20, 0x01, 0x0d, 0xb8}) || begins_with(b, {0x20, 0x01, 0, 0})) return false;
  return (byte_at(b, 0) & 0xe0) == 0x20;  // global unicast; everything else is local, a group or reserved
}

constexpr std::string_view all_event_kinds[] = {"entries_recorded",
                                                "hold_made",
                                                "hold_voided",
                                                "holds_expired",
                                                "accounts_opened",
                                                "account_changed",
                                                "account_closed",
                                                "account_reopened",
                                                "dimensions_added",
                                                "dimension_renamed",
                                                "period_locked",
                                                "period_unlocked",
                                                "node_made",
                                                "node_changed",
                                                "checkpoint_made",
                                                "members_added",
                                                "member_profile_changed",
                                                "member_erased",
                                                "head_count_declared",
                                                "member_user_linked",
                                                "member_user_unlinked",
                                                "class_added",
                                                "class_renamed",
                                                "class_rule_adopted",
                                                "memberships_begun",
                                                "membership_changed",
                                                "membership_change_annulled",
                                                "meeting_recorded",
                                                "attendance_corrected",
                                                "roll_frozen",
                                                "vote_recorded",
                                                "tier_added",
                                                "tier_changed",
                                                "tier_price_added",
                                                "unit_rate_added",
                                                "dues_accounts_set",
                                                "dues_payee_set",
                                                "subscribed",
                                                "concession_granted",
                                                "concession_ended",
                                                "charge_run_begun",
                                                "creditor_set",
                                                "mandate_signed",
                                                "mandate_changed",
                                                "bank_file_received",
                                                "bank_file_read",
                                                "bank_file_taken_in",
                                                "bank_file_dropped",
                                                "collection_proposed",
                                                "collection_line_excluded",
                                                "collection_approved",
                                                "collection_handed_in",
                                                "collection_cancelled",
                                                "collection_settled",
                                                "collection_line_returned",
                                                "reminder_setting_set",
                                                "reminder_level_set",
                                                "reminders_paused",
                                                "reminders_resumed",
                                                "payment_noticed",
                                                "noticed_payment_settled",
                                                "reminders_written",
                                                "message_ended",
                                                "bank_file_undone",
                                                "bank_line_matched",
                                                "bank_match_undone",
                                                "bank_line_ignored",
                                                "bank_line_reopened",
                                                "bank_profile_saved",
                                                "reconciliation_signed",
                                                "reconciliation_countersigned",
                                                "reconciliation_withdrawn",
                                                "cash_counted",
                                                "cash_count_witnessed",
                                                "cash_count_withdrawn",
                                                "cash_difference_booked",
                                                "bank_rule_written",
                                                "bank_rule_ended",
                                                "bank_rules_ordered",
                                                "bank_rule_replayed",
                                                "bank_rule_posts",
                                                "bank_rule_suggests",
                                                "disbursement_proposed",
                                                "disbursement_order_left_out",
                                                "disbursement_approved",
                                                "disbursement_approval_withdrawn",
                                                "disbursement_exported",
                                                "disbursement_cancelled",
                                                "disbursement_not_taken",
                                                "disbursement_order_executed",
                                                "disbursement_order_returned",
                                                "work_kind_added",
                                                "circle_founded",
                                                "circle_joined",
                                                "circle_left",
                                                "circle_closed",
                                                "hours_submitted",
                                                "hours_approved",
                                                "hours_rejected",
                                                "hours_reversed",
                                                "hours_imported",
                                                "obligation_recorded",
                                                "obligation_extended",
                                                "obligation_withdrawn",
                                                "obligation_settled",
                                                "obligation_settlement_reversed",
                                                "fund_terms_adopted",
                                                "spending_mandate_granted",
                                                "spending_drawn",
                                                "spending_draw_paid",
                                                "spending_draw_taken_back",
                                                "spending_mandate_recalled",
                                                "spending_mandate_approved",
                                                "spending_rule_adopted",
                                                "budget_adopted",
                                                "allocation_round_begun",
                                                "allocation_step_recorded",
                                                "share_class_adopted",
                                                "shares_moved",
                                                "surplus_rule_adopted",
                                                "surplus_run_proposed",
                                                "surplus_run_approved",
                                                "surplus_run_booked",
                                                "surplus_run_cancelled",
                                                "surplus_run_undone",
                                                "sharing_rule_adopted",
                                                "sharing_rule_withdrawn",
                                                "place_value_recorded",
                                                "tariff_adopted",
                                                "pay_run_proposed",
                                                "pay_run_approved",
                                                "pay_run_posted",
                                                "pay_run_cancelled",
                                                "pay_run_undone",
                                                "cost_pool_adopted",
                                                "cost_bill_recorded",
                                                "cost_bill_withdrawn",
                                                "cost_usage_recorded",
                                                "cost_allocation_proposed",
                                                "cost_allocation_posted",
                                                "cost_allocation_cancelled",
                                                "cost_allocation_reversed"};

}  // namespace

std::span<const std::string_view> event_kinds() { return all_event_kinds; }

std::string make_secret() { return "whsec_" + hex_text(random_secret()); }

std::string signature_of(std::string_view secret, Instant now, std::string_view body) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  const std::string stamp = std::to_string(seconds);
  std::string text = stamp + ".";
  text += body;
  return "t=" + stamp + ",v1=" + hex_text(hmac_sha256(secret, text));
}

std::chrono::seconds wait_after(int failures) {
  constexpr std::chrono::seconds first{5}, longest{3'600};
  std::chrono::seconds wait = first;
  for (int i = 1; i < failures && wait < longest; ++i) wait *= 2;
  return std::min(wait, longest);
}

bool is_public_address(std::string_view bytes) {
  if (bytes.size() == 4) return is_public_v4(bytes);
  return bytes.size() == 16 && is_public_v6(bytes);
}

}  // namespace coop::webhooks
