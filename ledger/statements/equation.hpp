#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ledger/statements/statement.hpp"

namespace coop::statements {

/// Whether a statement proves itself by its own balances.
enum class Proof {
  holds,        ///< opening + lines = closing
  flipped,      ///< it holds if lines that take an earlier one back count the other way round
  contradicts,  ///< it holds in no way
  unprovable,   ///< a balance is missing, or lines are in another currency
};

/// opening + lines = closing, worked out.
struct Equation {
  Proof proof;
  std::size_t lines;   ///< booked ones
  Decimal sum;         ///< of the booked lines, as they count
  Decimal difference;  ///< closing - opening - sum; zero where the statement proves itself or cannot
};

/// What the equation asks of a statement's lines, added up as they come.
class LineSums {
 public:
  void add(const Line& line);

  /// How many are booked.
  std::size_t booked() const { return booked_; }
  /// Of the booked ones, as they count.
  Decimal sum(bool flips) const;
  /// True if a line names another currency than this one, which is not empty.
  bool has_other_than(const std::string& currency) const;

 private:
  std::size_t booked_ = 0;
  Decimal sum_ = {};
  Decimal reversals_ = {};
  std::vector<std::string> currencies_ = {};  // those that lines name
};

/// The equation of a statement whose lines were added up; see below.
Equation equation_of(const Statement& head, const LineSums& lines, std::optional<bool> flips);

/// Works the equation out, over the lines that are booked. `flips` is what is known of the account's bank:
/// true, its lines that take another one back (RvslInd) count against the sign that they carry; nothing: not
/// known yet, so the equation decides, and the sign as it stands wins where both hold.
Equation equation_of(const Statement& statement, std::optional<bool> flips = std::nullopt);

/// The line's amount as it counts: with the other sign, if it is a reversal and the bank flips these.
Decimal amount_of(const Line& line, bool flips);

/// The end of what was read of the same account before.
struct Precedent {
  std::string number;
  Decimal closing;
  std::optional<Day> last_day;
};

/// How a statement joins the one before.
enum class Joint {
  first,    ///< nothing was read before
  follows,  ///< it begins with what the last one ended with
  gap,      ///< something between them is missing
  unknown,  ///< it says no opening balance
};

/// How it joins, in words.
struct Continuity {
  Joint joint;
  Decimal missing;    ///< opening less the closing before: what the missing lines come to
  std::string words;  ///< "a statement is missing between 12 and 14: lines of -38.20 in sum"
};

/// Compares a statement with the one before. Numbers that go up by more than one are a gap even if the
/// balances agree.
Continuity continuity_of(const Statement& statement, const std::optional<Precedent>& before);

}  // namespace coop::statements
