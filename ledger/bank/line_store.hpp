#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/bank/bank_line.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Writes lines with their details, numbered from `first` on; `number` and `state` of each are not looked at.
void insert_lines(Tx& tx, NodeId node, BankLineNumber first, std::span<const BankLine> lines);
/// The highest number of a line so far; 0 if there is none.
std::int64_t read_last_line(Tx& tx, NodeId node);

/// How the booked lines of a file stand, statement by statement.
std::vector<LineCounts> count_lines(Tx& tx, NodeId node, BankImportNumber number);
/// How the lines that count by a file stand, a statement after the other.
std::vector<StandingCounts> count_standing(Tx& tx, NodeId node, BankImportNumber number);
/// Where the lines of a file stand among those of the node: they were written one after the other.
struct LineRange {
  std::int64_t first;
  std::int64_t count;  ///< 0: the file has none
};
/// The lines of a file.
LineRange read_line_range(Tx& tx, NodeId node, BankImportNumber number);
/// Lets the booked lines of a file count that no other file brought, of those numbered from `first` to
/// `last`. Returns how many.
std::int64_t insert_live_lines(Tx& tx, NodeId node, BankImportNumber number, std::int64_t first,
                               std::int64_t last);
/// Sets those of a file's lines that count aside that were set aside when an earlier file brought them, which
/// was undone since: with the reason of then.
void keep_set_aside(Tx& tx, NodeId node, BankImportNumber number, const books::Author& author);

/// Lines that would stop to count if a file were undone: no other file that was taken in holds them.
struct UndoneLine {
  BankLineNumber line;
  std::optional<int> match;  ///< the number of what it is matched with
};
/// Those of a file.
std::vector<UndoneLine> read_lines_only_in(Tx& tx, NodeId node, BankImportNumber number);
/// Lets lines count no longer. Their matches must have been undone.
void delete_live_lines(Tx& tx, NodeId node, std::span<const BankLineNumber> lines);

/// Sets a line aside for a reason, or takes it up again. The head must be locked.
void insert_line_step(Tx& tx, NodeId node, BankLineNumber line, bool is_ignored, const std::string& reason,
                      const books::Author& author);

}  // namespace coop::bank
