#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coop::proof {

/// What can be wrong with books. The code (`text_of`) never changes once released; docs/concepts/verify.md
/// says of each what it means and what to do.
enum class Finding {
  // entries, in the order of their numbers
  entry_missing,
  entry_repeated,
  entry_changed,
  entry_unbalanced,
  entry_value_impossible,
  recorded_backwards,
  postings_incomplete,
  posting_without_entry,
  posting_day_differs,
  posting_amount_zero,
  posting_amount_too_large,
  account_unknown,
  account_not_open,
  dimension_unknown,
  period_was_locked,
  reversal_differs,
  reversed_twice,
  request_repeated,
  // where the books stand
  head_differs,
  entry_beyond_head,
  node_unknown,
  // derived figures
  balance_differs,
  period_total_differs,
  day_total_differs,
  account_mark_differs,
  held_differs,
  limit_broken,
  debtor_differs,
  charge_differs,
  payment_differs,
  roll_differs,
  vote_differs,
  collection_differs,
  bank_differs,
  disbursement_differs,
  work_differs,
  fund_differs,
  capital_differs,
  sharing_rule_differs,
  cost_differs,
  // holds, locks, outbox
  hold_missing,
  hold_inconsistent,
  lock_inconsistent,
  event_missing,
  event_inconsistent,
  // evidence kept outside
  checkpoint_contradicts,
  checkpoint_forged,
  checkpoint_key_unknown,
  proof_contradicts,
  // what keeps the books in PostgreSQL
  guard_missing,
  // complete exports
  export_unreadable,
  export_contradicts,
  // pay
  pay_differs,
};

/// "entry_missing" …
std::string_view text_of(Finding finding);
/// Every finding once, in the order of the enumeration.
const std::vector<Finding>& all_findings();

/// One thing that is wrong, named precisely.
struct Flaw {
  Finding finding;
  std::optional<std::int64_t> entry;  ///< the number of the entry concerned, if there is one
  std::string text;                   ///< a sentence that begins with what is wrong: "entry 1042 …"
};

/// The first flaws, up to a number, and how many there were in all.
class Flaws {
 public:
  explicit Flaws(std::size_t most) : most_{most} {}
  void add(Finding finding, std::optional<std::int64_t> entry, std::string text);
  /// Of an entry: `text` follows "entry 1042 ".
  void add_entry(Finding finding, std::int64_t number, std::string_view text);
  /// Appends those of `other`, in their order.
  void take(const Flaws& other);
  const std::vector<Flaw>& kept() const noexcept { return kept_; }
  std::int64_t count() const noexcept { return count_; }

 private:
  std::size_t most_;
  std::vector<Flaw> kept_;
  std::int64_t count_ = 0;
};

}  // namespace coop::proof
