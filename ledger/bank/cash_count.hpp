#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/bank_account.hpp"

namespace coop::bank {

/// A count of cash, of one node; counted from 1.
using CashCountNumber = Id<struct CashCountKindTag, std::int32_t>;

/// So many coins or notes of one value, in minor units.
struct CashPiece {
  std::int64_t value_minor;
  std::int64_t pieces;
};

/// Somebody who was there when it was counted.
struct CashWitness {
  std::string user;
  Instant recorded_at;
};

/// What was in the till. It stands as the statement of its account: a closing balance, and no lines.
struct CashCount {
  CashCountNumber number;
  BankAccountNumber account;
  std::string path;  ///< of the account in the books
  UnitId unit;
  Day counted_on;
  std::vector<CashPiece> pieces;  ///< the largest value first
  std::int64_t total_minor;
  std::int64_t books_minor;  ///< what the books say of that day now, what was booked for the count included
  bool is_live;
  std::string end_reason;  ///< why it was withdrawn
  Instant recorded_at;
  std::string counter;  ///< the user's name
  UserId counted_by;
  std::vector<CashWitness> witnesses;
  std::vector<EntryNumber> entries;  ///< by which differences were booked
};

/// The coins and notes of a unit that are known, in minor units, the largest first; none: any value may be
/// counted.
std::span<const std::int64_t> known_denominations(std::string_view unit_code);

/// What the pieces come to. Throws Refused naming the place in "/coins": field_invalid (a value or number
/// below zero, a value twice, more than 100 values), cash_count_impossible (no such coin or note of the
/// unit), amount_overflow.
std::int64_t total_of(const std::vector<CashPiece>& pieces, std::string_view unit_code);

}  // namespace coop::bank
