#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "ledger/statements/source_text.hpp"
#include "ledger/values/decimal.hpp"

namespace coop::statements {

/// What the amounts of one column say together about their decimal mark. "1.000" alone says nothing: it is
/// one thousand or one.
struct MarkFinding {
  bool needs_dot = false;
  bool needs_comma = false;
  bool has_ambiguous_dot = false;    ///< such as "1.000"
  bool has_ambiguous_comma = false;  ///< such as "1,000"
  CellPlace dot_at = {};             ///< the first amount that needs a dot
  CellPlace comma_at = {};           ///< the first amount that needs a comma

  /// Adds what this amount, which stands there, proves; what is no amount proves nothing.
  void add(std::string_view amount, std::size_t line = 0, std::string_view field = {});
  /// The mark that the amounts prove, or a dot where none of them has a mark. Nothing where they contradict
  /// each other or prove nothing.
  std::optional<char> mark() const;
  /// True if some amounts need a dot and others a comma.
  bool is_contradictory() const { return needs_dot && needs_comma; }
  /// Throws Refused: statement_unreadable, if some amounts need a dot and others a comma.
  void require_one_mark() const;
};

/// Reads an amount with this decimal mark: digits, thousands grouped in threes by the other mark, blanks or
/// apostrophes, a sign in front or behind ("1.234,56-"), or parentheses for minus. No currency. Nothing if it
/// is anything else.
std::optional<Decimal> find_written_amount(std::string_view text, char mark);

}  // namespace coop::statements
