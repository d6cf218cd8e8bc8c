#include "ledger/proof/finding.hpp"

#include <array>

#include "ledger/values/refusal.hpp"

namespace coop::proof {

namespace {

constexpr std::array<std::pair<Finding, std::string_view>, 53> names{{
    {Finding::entry_missing, "entry_missing"},
    {Finding::entry_repeated, "entry_repeated"},
    {Finding::entry_changed, "entry_changed"},
    {Finding::entry_unbalanced, "entry_unbalanced"},
    {Finding::entry_value_impossible, "entry_value_impossible"},
    {Finding::recorded_backwards, "recorded_backwards"},
    {Finding::postings_incomplete, "postings_incomplete"},
    {Finding::posting_without_entry, "posting_without_entry"},
    {Finding::posting_day_differs, "posting_day_differs"},
    {Finding::posting_amount_zero, "posting_amount_zero"},
    {Finding::posting_amount_too_large, "posting_amount_too_large"},
    {Finding::account_unknown, "account_unknown"},
    {Finding::account_not_open, "account_not_open"},
    {Finding::dimension_unknown, "dimension_unknown"},
    {Finding::period_was_locked, "period_was_locked"},
    {Finding::reversal_differs, "reversal_differs"},
    {Finding::reversed_twice, "reversed_twice"},
    {Finding::request_repeated, "request_repeated"},
    {Finding::head_differs, "head_differs"},
    {Finding::entry_beyond_head, "entry_beyond_head"},
    {Finding::node_unknown, "node_unknown"},
    {Finding::balance_differs, "balance_differs"},
    {Finding::period_total_differs, "period_total_differs"},
    {Finding::day_total_differs, "day_total_differs"},
    {Finding::account_mark_differs, "account_mark_differs"},
    {Finding::held_differs, "held_differs"},
    {Finding::limit_broken, "limit_broken"},
    {Finding::debtor_differs, "debtor_differs"},
    {Finding::charge_differs, "charge_differs"},
    {Finding::payment_differs, "payment_differs"},
    {Finding::roll_differs, "roll_differs"},
    {Finding::vote_differs, "vote_differs"},
    {Finding::collection_differs, "collection_differs"},
    {Finding::bank_differs, "bank_differs"},
    {Finding::disbursement_differs, "disbursement_differs"},
    {Finding::work_differs, "work_differs"},
    {Finding::fund_differs, "fund_differs"},
    {Finding::capital_differs, "capital_differs"},
    {Finding::sharing_rule_differs, "sharing_rule_differs"},
    {Finding::cost_differs, "cost_differs"},
    {Finding::hold_missing, "hold_missing"},
    {Finding::hold_inconsistent, "hold_inconsistent"},
    {Finding::lock_inconsistent, "lock_inconsistent"},
    {Finding::event_missing, "event_missing"},
    {Finding::event_inconsistent, "event_inconsistent"},
    {Finding::checkpoint_contradicts, "checkpoint_contradicts"},
    {Finding::checkpoint_forged, "checkpoint_forged"},
    {Finding::checkpoint_key_unknown, "checkpoint_key_unknown"},
    {Finding::proof_contradicts, "proof_contradicts"},
    {Finding::guard_missing, "guard_missing"},
    {Finding::export_unreadable, "export_unreadable"},
    {Finding::export_contradicts, "export_contradicts"},
    {Finding::pay_differs, "pay_differs"},
}};

}  // namespace

std::string_view text_of(Finding finding) {
  for (const auto& [known, name] : names) {
    if (known == finding) return name;
  }
  throw InvariantBroken{"every finding has a name"};
}

const std::vector<Finding>& all_findings() {
  static const std::vector<Finding> all = [] {
    std::vector<Finding> findings;
    for (const auto& [finding, name] : names) findings.push_back(finding);
    return findings;
  }();
  return all;
}

void Flaws::add(Finding finding, std::optional<std::int64_t> entry, std::string text) {
  ++count_;
  if (kept_.size() < most_) kept_.push_back({finding, entry, std::move(text)});
}

void Flaws::add_entry(Finding finding, std::int64_t number, std::string_view text) {
  add(finding, number, "entry " + std::to_string(number) + " " + std::string{text});
}

void Flaws::take(const Flaws& other) {
  count_ += other.count_;
  for (const Flaw& flaw : other.kept_) {
    if (kept_.size() == most_) break;
    kept_.push_back(flaw);
  }
}

}  // namespace coop::proof
