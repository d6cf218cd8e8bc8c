#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/bank/rule.hpp"

namespace coop::bank {

/// What was done with a line: minor units by ("member", number) and ("account", path), as the line counts.
using DoneWith = std::map<std::pair<std::string, std::string>, std::int64_t>;

/// What a version would have done with lines of the past.
struct RuleReplay {
  int number = 0;  ///< counted from 1 within the rule
  int version = 0;
  std::optional<BankAccountNumber> bank_account = {};  ///< only lines of this account
  std::optional<Day> from = {};
  std::optional<Day> to = {};
  std::int64_t last_line = 0;  ///< the highest number of a line that there was
  std::int64_t looked_at = 0;
  std::int64_t agreed = 0;        ///< it would have said what was done
  std::int64_t differed = 0;      ///< something else was done
  std::int64_t still_open = 0;    ///< nothing was done yet
  std::int64_t taken_before = 0;  ///< an earlier rule would have taken them
  Instant recorded_at = {};
};
/// Which lines of the past a rule is tried on; all, where nothing is said.
struct ReplayScope {
  std::optional<BankAccountNumber> bank_account = {};
  std::optional<Day> from = {};
  std::optional<Day> to = {};
};

/// What a rule would have meant for a line: just what was done; something else; it is open still; an earlier
/// rule would have taken it.
enum class ReplayOutcome { agrees, differs, open, taken_before };
/// "agrees" …
std::string_view text_of(ReplayOutcome outcome);

/// A line that a rule would have taken.
struct ReplayedLine {
  BankLineNumber line;
  Day booked_on;
  std::int64_t amount_minor;
  ReplayOutcome outcome;
  DoneWith would;                             ///< what the rule says
  DoneWith done;                              ///< what was done; nothing: open, or set aside
  bool is_ignored = false;                    ///< a person set it aside
  std::optional<BankRuleNumber> before = {};  ///< the earlier rule
};
/// The most lines that are told one by one.
inline constexpr std::size_t most_replayed_lines = 1'000;

/// What a rule would have done.
struct Replayed {
  RuleReplay counts;
  std::vector<ReplayedLine> lines;  ///< by number; those that agree are counted only
};
}  // namespace coop::bank
