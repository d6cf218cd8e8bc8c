#pragma once
#include <string>
#include <vector>

#include "ledger/bank/bank_import.hpp"
#include "ledger/bank/match.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Undoes a match: the line is open again. Postings that were there stay; a payment that was made for it is
/// taken back (it never came), an entry reversed, never deleted; other matches with such an entry (the other
/// side of a transfer) end with it. Throws Refused, nothing changed: match_unknown, match_undone_already,
/// field_invalid (reason), match_impossible (a direct debit that was settled or came back with it cannot be
/// taken back, nor a refund of dues that came back, nor an order that came back with a later match, nor what
/// gave back to a spending mandate what was drawn or ordered of it since; the detail says what to do
/// instead), and what return_payment and the posting engine refuse (period_locked …).
Match undo_match(Tx& tx, NodeId node, MatchNumber number, const std::string& reason,
                 const books::Author& author);

/// A line that still counts although its file was undone.
struct KeptLine {
  BankLineNumber line;
  std::string code;  ///< of the refusal
  std::string words;
};
/// What became of the lines of a file that was undone.
struct UndoReport {
  std::int64_t removed = 0;         ///< they count no longer; their matches were undone
  std::int64_t held_elsewhere = 0;  ///< another file that counts holds them
  std::vector<KeptLine> kept;       ///< their matches could not be undone
};
/// Undoes a file: its lines count no longer, their matches are undone, and the same bytes may come again.
/// Throws Refused: bank_import_unknown, bank_import_not_open (it was not taken in), field_invalid (reason).
UndoReport undo_import(Tx& tx, NodeId node, BankImportNumber number, const std::string& reason,
                       const books::Author& author);

}  // namespace coop::bank
