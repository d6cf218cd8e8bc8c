#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "ledger/statements/statement.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/decimal.hpp"

namespace coop::statements {

/// What tells a line of an account from every other one.
struct LineKey {
  std::string
      key;  ///< SHA-256 as hexadecimal: of the bank's id, amount and day, else of all that the line says
  int occurrence;  ///< from 1: two genuine payments that are equal in everything are 1 and 2

  friend auto operator<=>(const LineKey&, const LineKey&) = default;
};

/// The keys of the lines of one account in one file. A key depends on the line and not on the file:
/// overlapping files, in any order, give a line the same key as long as they say the same of it. Banks give
/// one id to several lines (a purchase and its fee), so the id never stands alone.
class LineKeys {
 public:
  /// The key of the next line, in the order of the file.
  LineKey of(const Line& line);

 private:
  std::map<std::string, int> seen_;
};

/// The most bytes that are kept of a text, and of the bank's id of a line; what is longer is cut.
inline constexpr std::size_t most_kept_text = 4'000;
inline constexpr std::size_t most_kept_id = 200;

/// A line as it is kept, of which its key can be made again unless less was kept of it than was read: a text
/// or an id that was cut, or the amount of a payment that is in another currency than the account.
class KeptLine {
 public:
  /// Of the line without its details. Its amount may have been kept with the other sign if it is a reversal.
  explicit KeptLine(const Line& line);
  /// The next of its details; `may_lack_amount` if the file's kind tells amounts in other currencies (camt),
  /// of which none is kept.
  void add(const Detail& detail, bool may_lack_amount);
  /// True if the bank gave no id: then its details count.
  bool is_told_by_words() const noexcept { return !has_id_; }
  /// False if its key is certainly another one.
  bool may_have(std::string_view key) const;

 private:
  Day booked_on_;
  Decimal amount_;
  bool is_reversal_;
  bool has_id_;
  bool is_whole_;
  std::string words_;
};

}  // namespace coop::statements
