#pragma once
#include <optional>
#include <string>

#include "ledger/proof/recorded_books.hpp"

namespace coop::proof {

/// The canonical text (docs/formats/chain.md) of an entry of the stretch; nothing if it has no such text,
/// because its day, moment, an account or a dimension does not exist.
std::optional<std::string> canonical_text(const BookFacts& facts, const Stretch& stretch,
                                          const RecordedEntry& entry);

}  // namespace coop::proof
