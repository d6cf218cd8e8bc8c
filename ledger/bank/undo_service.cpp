#include "ledger/bank/undo_service.hpp"

#include <algorithm>
#include <functional>

#include "ledger/bank/import_service.hpp"
#include "ledger/bank/import_store.hpp"
#include "ledger/bank/line_store.hpp"
#include "ledger/bank/match_service.hpp"
#include "ledger/bank/match_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/database/undoable.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

void require_undo_reason(const std::string& reason) {
  if (reason.empty() || reason.size() > 400)
    throw Refused{Refusal::field_invalid, "a reason has 1 to 400 bytes", "/reason"};
}

std::string name_of(MatchNumber match) { return "match " + std::to_string(match.number()); }

void require_undoable(const Match& match) {
  if (!match.is_live)
    throw Refused{Refusal::match_undone_already, name_of(match.number) + " was undone: " + match.end_reason};
  for (const MatchPart& part : match.parts) {
    if (part.made == Made::settlement)
      throw Refused{Refusal::match_impossible,
                    name_of(match.number) + " settled collection " + std::to_string(*part.collection) +
                        ", which stays settled: record of each of its lines that did not "
                        "come that it came back"};
    if (part.made == Made::return_)
      throw Refused{Refusal::match_impossible,
                    name_of(match.number) + " records that line " + std::to_string(*part.collection_line) +
                        " of collection " + std::to_string(*part.collection) +
                        " came back, which stays so: record the payment by hand if the "
                        "money came after all"};
    if (part.made == Made::order_return && part.payment)
      throw Refused{Refusal::match_impossible,
                    name_of(match.number) +
                        " records that a refund of dues came back, which stays so: refund "
                        "the member anew"};
  }
}

// What came back was paid: the later line is undone first.
void require_not_returned(Tx& tx, NodeId node, const Match& match) {
  if (const auto later = find_return_of_orders(tx, node, match.number))
    throw Refused{Refusal::match_impossible, name_of(match.number) + " paid an order that came back with " +
                                                 name_of(*later) + ": undo that first"};
}

// The entries that were made for the line: of payments, too.
std::vector<EntryNumber> entries_made(const Match& match) {
  std::vector<EntryNumber> entries;
  for (const MatchPart& part : match.parts)
    if (part.made != Made::found) entries.push_back(part.entry);
  return entries;
}

void take_back(Tx& tx, NodeId node, const Match& match, const std::string& reason,
               const books::Author& author) {
  const auto reversed = read_reversed(tx, node, entries_made(match));
  for (const MatchPart& part : match.parts) {
    if (part.made == Made::found || reversed.contains(part.entry)) continue;  // somebody did it by hand
    const std::string why = name_of(match.number) + " was undone: " + reason;
    if (part.payment && part.made != Made::order_return) {
      dues::return_payment(tx, node, {*part.payment, std::nullopt, why}, author);
      continue;
    }
    books::reverse(tx, node,
                   {books::fingerprint_of("undone bank " + name_of(match.number) + ", entry " +
                                          std::to_string(part.entry.number())),
                    part.entry, std::nullopt, books::LateEntry::first_open_day,
                    "Reversal of entry " + std::to_string(part.entry.number()) + ": " + why},
                   author);
  }
}

void end_one(Tx& tx, NodeId node, const Match& match, const std::string& reason,
             const books::Author& author) {
  end_match(tx, node, match.number, reason, author);
  if (const auto mandate = find_overspent_mandate(tx, node, match.number))
    throw Refused{Refusal::match_impossible,
                  name_of(match.number) + " gave back to spending mandate " + std::to_string(*mandate) +
                      " what was drawn or ordered of it since: take that back, or leave it out, first"};
  books::tell(tx, node, author, "bank_match_undone",
              {{"line", match.line.number()}, {"match", match.number.number()}});
}

}  // namespace

Match undo_match(Tx& tx, NodeId node, MatchNumber number, const std::string& reason,
                 const books::Author& author) {
  require_undo_reason(reason);
  books::lock_book_head(tx, node);
  const Match match = read_match(tx, node, number);
  require_undoable(match);
  require_not_returned(tx, node, match);
  take_back(tx, node, match, reason, author);
  end_one(tx, node, match, reason, author);
  for (const MatchNumber other : read_matches_of_entries(tx, node, entries_made(match)))
    end_one(tx, node, read_match(tx, node, other), name_of(number) + " was undone: " + reason, author);
  return read_match(tx, node, number);
}

UndoReport undo_import(Tx& tx, NodeId node, BankImportNumber number, const std::string& reason,
                       const books::Author& author) {
  require_undo_reason(reason);
  lock_imports(tx, node);
  books::lock_book_head(tx, node);
  const BankImport import = read_import(tx, node, number);
  if (import.state != ImportState::taken_in)
    throw Refused{Refusal::bank_import_not_open,
                  "file " + std::to_string(number.number()) + " is " + std::string{text_of(import.state)}};
  std::vector<UndoneLine> only_here = read_lines_only_in(tx, node, number);
  // What came back was paid first: the latest match is undone first.
  std::ranges::stable_sort(only_here, std::ranges::greater{}, &UndoneLine::match);
  UndoReport report;
  for (const LineCounts& counts : count_lines(tx, node, number))
    report.held_elsewhere += counts.lines - counts.fresh;
  report.held_elsewhere -= static_cast<std::int64_t>(only_here.size());
  std::vector<BankLineNumber> removed;
  for (const UndoneLine& line : only_here) {
    Undoable one{tx, "bank_line_undo"};
    try {
      // It may have ended with another one already, as the other side of a transfer.
      if (line.match && read_match(tx, node, MatchNumber{*line.match}).is_live)
        undo_match(tx, node, MatchNumber{*line.match}, reason, author);
      one.keep();
      removed.push_back(line.line);
    } catch (const Refused& refused) {
      one.undo();
      report.kept.push_back({line.line, std::string{text_of(refused.refusal()).code}, refused.detail()});
    }
  }
  std::ranges::sort(report.kept, {}, &KeptLine::line);
  delete_live_lines(tx, node, removed);
  report.removed = static_cast<std::int64_t>(removed.size());
  insert_import_step(tx, node, number, {ImportState::undone, {}, reason}, author);
  books::tell(tx, node, author, "bank_file_undone",
              {{"import", number.number()},
               {"removed", report.removed},
               {"kept", static_cast<std::int64_t>(report.kept.size())}});
  return report;
}

}  // namespace coop::bank
