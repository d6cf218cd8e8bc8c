#pragma once
#include <optional>
#include <string>

#include "ledger/books/author.hpp"
#include "ledger/collecting/collection_service.hpp"
#include "ledger/database/tx.hpp"

namespace coop::collecting {

/// Records what the bank credited on a day: a payment for each line that stands, towards the charges that it
/// collects (as far as they were not reversed since; else it is paid ahead). Throws Refused:
/// collection_unknown, collection_not_open (not handed in, or settled already), day_malformed (before the
/// day on which the bank debits), and what record_payment refuses (period_locked …).
Collection settle(Tx& tx, NodeId node, CollectionNumber number, Day on, const books::Author& author);

/// A line that came back.
struct LineReturn {
  LinePlace place;
  Day on;
  std::string code;                       ///< the bank's reason: "AM04"
  std::optional<std::int64_t> fee_minor;  ///< what the member is charged for it, in minor units of EUR
  std::optional<std::string> fee_income;  ///< the account that the fee is income of; nothing: the dues'
};
/// Takes the line back: its payment, if the collection was settled; its mandate rests as the reason says; its
/// charges are owed again and may be collected anew. Throws Refused: collection_unknown (no line of this
/// number stands, too), collection_not_open (not handed in), field_invalid (code, fee), day_malformed (before
/// it was handed in or paid), and what return_payment and raise_charge refuse.
Collection return_line(Tx& tx, NodeId node, const LineReturn& back, const books::Author& author);

}  // namespace coop::collecting
