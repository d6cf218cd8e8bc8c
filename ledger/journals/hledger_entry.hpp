#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/decimal.hpp"

namespace coop::journals {

/// What one unit of an amount, or all of it, costs in another commodity.
struct HledgerCost {
  bool is_total;  ///< @@, not @
  std::string commodity;
  Decimal amount;  ///< as it was written, a total without the sign of its quantity
};

/// An amount as hledger gives it.
struct HledgerAmount {
  std::string commodity;
  Decimal quantity;
  std::optional<HledgerCost> cost;
};

/// What a posting asserts of its account's balance after it.
struct HledgerAssertion {
  std::string commodity;
  Decimal quantity;
  bool is_inclusive;  ///< =*: accounts below count too
  bool is_total;      ///< ==: there is no other commodity
};

/// A tag as hledger reads it, "fund: media".
struct HledgerTag {
  std::string name;
  std::string value;
};

/// Whether a posting is in the books proper.
enum class HledgerPostingKind { regular, balanced_virtual, unbalanced_virtual };

/// Whether an entry or a posting is marked: "!" or "*" or not at all.
enum class HledgerMark { none, pending, cleared };

/// A line of an entry as hledger gives it, amounts inferred.
struct HledgerPosting {
  std::string account;
  HledgerPostingKind kind;
  HledgerMark mark;
  std::vector<HledgerAmount> amounts;
  std::optional<HledgerAssertion> assertion;
  std::string comment;
  std::optional<Day> day;                    ///< where it differs from the entry's
  std::optional<std::string> declared_type;  ///< of its account
  std::vector<HledgerTag> tags;              ///< its own, then its account's and those above it
};

/// An entry of a journal as hledger gives it.
struct HledgerEntry {
  Day day;
  std::optional<Day> second_day;
  HledgerMark mark;
  std::string code;
  std::string description;
  std::string comment;
  std::string file;  ///< where it stands: the file's path
  std::int64_t line;
  std::vector<HledgerPosting> postings;
  std::vector<HledgerTag> tags = {};  ///< which hledger gives to every posting
};

/// "main.journal:12", without the folders.
std::string place_of(const HledgerEntry& entry);

/// Reads one element of what `hledger print -O json` writes (1.25 to 1.4x). Amounts are taken from mantissa
/// and decimals, however many, never from the floating-point number beside them. Throws Refused:
/// import_unreadable (not such an element; more digits or decimals than hledger writes), day_malformed.
HledgerEntry hledger_entry_from(std::string_view json);

}  // namespace coop::journals
