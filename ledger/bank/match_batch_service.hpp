#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "ledger/bank/match.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Writes matches down, and tells of each. The head must be locked.
void record_matches(Tx& tx, NodeId node, std::span<const Match> matches, const books::Author& author);

/// An open line, and what it certainly is: payments by members and nothing else, by no rule.
struct CertainLine {
  const BankLine* line;
  const Proposal* proposal;
};
/// A line whose certain proposal the books refused.
struct RefusedLine {
  BankLineNumber line;
  std::string code;
  std::string words;
};
/// What became of lines that were accepted together.
struct AcceptedLines {
  std::map<MatchMethod, std::int64_t> by_method = {};  ///< how many were matched
  std::vector<RefusedLine> refused = {};
  std::vector<EntryNumber> entries = {};  ///< of the payments that were recorded
};

/// Accepts lines as accept_open() would one by one, with nobody attending: a line that is refused is told,
/// the others are matched. As many round trips for a thousand as for one. The head must be locked, and no two
/// proposals may rest on the same debts.
AcceptedLines accept_payments(Tx& tx, NodeId node, std::span<const CertainLine> lines,
                              const books::Author& author);

}  // namespace coop::bank
