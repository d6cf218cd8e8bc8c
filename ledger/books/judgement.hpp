#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/books/entry.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

/// The turnover of the newest month in which an account was moved (year * 12 + month - 1), if it ever was.
struct NewestMonth {
  std::optional<int> month;
  std::int64_t debit_minor = 0;
  std::int64_t credit_minor = 0;
};

/// An account as the judge sees it: its rules, and its balance with everything accepted so far.
struct Standing {
  AccountId id;
  UnitId unit;
  std::string unit_code;
  int scale;
  std::vector<DimensionKind> required;
  Day opened_on;
  std::optional<Day> closed_on;
  Limits limits;
  std::int64_t balance_minor;
  std::int64_t held_debit_minor;
  std::int64_t held_credit_minor;
  std::int64_t posting_count;  ///< as recorded, without what is being judged
  bool has_day_totals;
  NewestMonth newest{};  ///< as recorded, without what is being judged
};

/// An account by what a posting names: path and unit.
struct AccountKey {
  std::string path;
  UnitId unit;
  friend bool operator==(const AccountKey&, const AccountKey&) = default;
};

/// Hashes an AccountKey.
/// Not noexcept, so that tables keep each hash and look at other accounts' paths only where hashes agree.
struct AccountKeyHash {
  std::size_t operator()(const AccountKey& key) const {
    return std::hash<std::string>{}(key.path) * 31 + static_cast<std::size_t>(key.unit.number());
  }
};

/// A line of an entry that a draft wants to reverse.
struct ReversedLine {
  AccountId account;
  std::int64_t amount_minor;
  DimensionIds about;
};

/// An entry that a draft wants to reverse.
struct ReversalTarget {
  bool is_reversal = false;
  bool is_reversed = false;
  std::vector<ReversedLine> lines;  ///< in their order
};

/// What a hold reserves on one account, both sides apart: both count against limits, so both are given back.
struct Reserved {
  std::int64_t debit_minor;
  std::int64_t credit_minor;
};

/// A hold that a draft wants to use.
struct OpenHold {
  bool is_open;
  std::map<AccountId, Reserved> reserved;
};

/// Everything the judge may look at. Accepting a draft changes it, so that the next draft sees the one
/// before.
struct Scene {
  std::optional<Day> locked_through;
  std::vector<Standing> standings;
  std::unordered_map<AccountKey, std::size_t, AccountKeyHash> by_key;  ///< position in standings
  std::map<UnitId, std::string> units_of_unknown;  ///< codes of units in which an account was not found
  std::map<std::pair<DimensionKind, std::string>, DimensionId> dimensions;
  std::map<EntryNumber, ReversalTarget> reversal_targets;
  std::map<HoldNumber, OpenHold> holds;
};

/// A line of an accepted draft, resolved.
struct JudgedPosting {
  std::size_t standing;  ///< position in Scene::standings
  std::int64_t amount_minor;
  DimensionIds about;
};

/// An accepted draft, resolved.
struct Judged {
  Day booked_on;
  std::optional<Day> document_on;
  std::vector<JudgedPosting> postings;
};

/// Accepts the draft, changing `scene`, or returns the first rule it breaks, `scene` unchanged, in this
/// order: too_few_postings, too_many_postings, field_invalid (texts too long, not UTF-8), amount_zero,
/// account_unknown, dimension_unknown, dimension_missing, entry_unbalanced, entry_unknown,
/// reversal_of_reversal, entry_reversed_already, reversal_differs, hold_unknown, hold_not_open,
/// hold_exceeded, period_locked, account_not_open, amount_overflow, limit_exceeded.
std::variant<Judged, Refused> judge(const Draft& draft, Scene& scene);

/// The codes of the postings' units, in their order; "" where an account is not on the scene, as of nothing
/// that was ever recorded. Views: valid while the scene's standings stay where they are.
std::vector<std::string_view> unit_codes_of(const std::vector<DraftPosting>& postings, const Scene& scene);
/// The same of what was judged.
std::vector<std::string_view> unit_codes_of(const Judged& judged, const Scene& scene);

/// The worst balances an account may come to, holds counted: low = balance - held credits, high = balance +
/// held debits. Refuses: amount_overflow, limit_exceeded.
void require_within_limits(const Standing& standing, const std::string& path, const std::string& field);

}  // namespace coop::books
