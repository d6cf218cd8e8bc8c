#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/books/node.hpp"
#include "ledger/collecting/collection.hpp"
#include "ledger/database/tx.hpp"

namespace coop::collecting {

/// What is to be collected.
struct CollectionDraft {
  Day due_on;                         ///< the day on which the bank debits: a bank day, today or later
  std::vector<std::string> last_for;  ///< members from whom nothing is collected after this: final ones
};
/// Proposes to collect what is due until the day from everybody with a usable mandate, and says who is left
/// out and why. Throws Refused: field_missing (no creditor is set), party_unknown (naming the place in
/// `final`), direct_debit_impossible (no bank day, a day that is past, nobody to collect from).
Collection propose(Tx& tx, const books::Node& node, const CollectionDraft& draft,
                   const books::Author& author);

/// A line of a collection.
struct LinePlace {
  CollectionNumber collection;
  int line;
};
/// Leaves a line out, before anybody approves. Throws Refused: collection_unknown, collection_not_open,
/// field_invalid (reason, no such line, the last one that stands).
Collection exclude_line(Tx& tx, NodeId node, const LinePlace& place, const std::string& reason,
                        const books::Author& author);

/// Approves a collection; with the second approval it may go to the bank. Throws Refused:
/// collection_unknown, collection_not_open, approval_repeated (the same person, or nobody),
/// mandate_not_usable and direct_debit_impossible (what is collected is not owed any more, or the bank would
/// refuse it), party_erased.
Collection approve(Tx& tx, NodeId node, CollectionNumber number, const books::Author& author);

/// Says that the file went to the bank on a day: from now on its mandates are used. Throws Refused:
/// collection_unknown, collection_not_open, day_malformed (before the day of the last approval, later than
/// the node's today, after the day on which the bank debits), mandate_not_usable, direct_debit_impossible,
/// party_erased.
Collection hand_in(Tx& tx, const books::Node& node, CollectionNumber number, Day on,
                   const books::Author& author);

/// Gives a collection up before it went to the bank. Throws Refused: collection_unknown,
/// collection_not_open, field_invalid (reason).
Collection cancel(Tx& tx, NodeId node, CollectionNumber number, const std::string& reason,
                  const books::Author& author);

/// The collection. Throws Refused: collection_unknown.
Collection read_collection(Tx& tx, NodeId node, CollectionNumber number);
/// The file of an approved collection: the same bytes whenever it is asked for. Throws Refused:
/// collection_not_open (proposed or cancelled), direct_debit_impossible, party_erased.
DirectDebitFile file_of(const Collection& collection);

}  // namespace coop::collecting
