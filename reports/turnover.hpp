#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "reports/extent.hpp"

namespace coop::reports {

/// What was debited to an account and what was credited, both as positive minor units of its unit.
struct Turnover {
  std::int64_t debit_minor = 0;
  std::int64_t credit_minor = 0;

  /// Debit less credit: the balance, debit positive. Throws Refused: amount_overflow.
  std::int64_t balance_minor() const;
  /// Throws Refused: amount_overflow.
  friend Turnover operator+(Turnover a, Turnover b);
  /// Throws Refused: amount_overflow.
  friend Turnover operator-(Turnover a, Turnover b);
  friend bool operator==(Turnover, Turnover) noexcept = default;
};

/// The column's sum as 64 bits (PostgreSQL adds bigints up as numeric). Throws Refused: amount_overflow.
std::int64_t sum_of(const Row& row, int column);

/// What was debited and credited to one account within the extent. Exact, and its cost hardly depends on how
/// long the books are: totals by month and a part of one month; with `extent.last`, the nearest mark of the
/// account and the postings between it and that entry.
Turnover read_turnover(Tx& tx, NodeId node, AccountId account, const Extent& extent);

}  // namespace coop::reports
