#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/journals/native_bank_checks.hpp"
#include "ledger/journals/native_collecting_checks.hpp"
#include "ledger/journals/native_disbursement_checks.hpp"
#include "ledger/journals/native_posted.hpp"

namespace coop::journals {

/// Follows the rows of what lines of a bank were found to be, and refuses the first that contradicts the
/// lines before it: matches of lines that do not count, that do not come to their line, or that clear
/// postings of another account, in the other direction or more than once; orders that did not go to the bank,
/// were paid twice or came back unpaid; ends and payers of no match.
class MatchChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const BankChecks& bank;
    const PostedAmounts& posted;
    const MemberChecks& members;
    const DuesChecks& dues;
    const CollectingChecks& collecting;
    const DisbursementChecks& disbursements;
  };
  /// True if the row is one of matches. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;
  /// How a match came to be.
  struct Told {
    bool is_by_rule;
    bool is_attended;
    bool is_proved;  ///< its line's statement adds up
    Instant recorded_at;
  };
  /// Of the match of this number. Throws Refused: import_contradicts, if there is none.
  const Told& told(std::int64_t match) const;
  /// The matches by rules that nobody attended.
  std::map<std::int64_t, Told> by_rules_alone() const;
  /// The lines that are matched, or were.
  const std::set<std::int64_t>& lines() const noexcept { return lines_; }

 private:
  struct KnownMatch {
    std::int64_t line;
    bool is_live;
    std::int64_t amount_minor;  ///< of the line
    Told told;
    std::int64_t sum_minor = 0;
    std::int64_t parts = 0;
    bool has_ended = false;
  };
  void take_match(JsonFields& row, const Before& before);
  void take_part(JsonFields& row, const Before& before);
  void take_order(JsonFields& row, const std::string& made, const KnownMatch& match, const Before& before);
  void take_end(JsonFields& row);
  void take_payer(JsonFields& row, const Before& before);
  void clear(JsonFields& row, const KnownMatch& match, const Before& before);
  KnownMatch& match_of(JsonFields& row);

  std::vector<KnownMatch> matches_;
  std::set<std::int64_t> lines_;
  std::set<std::int64_t> live_lines_;
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> cleared_minor_;  ///< by entry and posting
  std::set<std::tuple<std::string, std::string, std::int64_t>> payers_;
  std::set<std::pair<std::int64_t, std::int64_t>> paid_orders_;  ///< disbursement and order
  std::set<std::pair<std::int64_t, std::int64_t>> returned_orders_;
};

}  // namespace coop::journals
