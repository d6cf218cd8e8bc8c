#pragma once
#include <string>
#include <vector>

#include "ledger/journals/doubts.hpp"
#include "ledger/journals/hledger_entry.hpp"
#include "ledger/journals/import_meanings.hpp"

namespace coop::journals {

/// What an entry moves on one account, exact, not yet cut into minor units.
struct ExactPosting {
  Day day;
  std::string path;
  Unit unit;
  Decimal amount;  ///< in whole units
  books::DimensionCodes about;
  std::string note;
  bool is_added = false;  ///< it does not stand in the file, but makes the entry balance
};

/// Says something of an entry that stands at one place of the file.
struct PlacedDoubts {
  Doubts& doubts;
  std::string place;
  bool has_failed = false;

  void note(const std::string& kind, const std::string& text) { doubts.note(kind, place, text); }
  /// The same text of several places is told once.
  void tally(const std::string& kind, const std::string& text) { doubts.tally(kind, place, text); }
  /// The entry cannot be recorded as it is.
  void fail(const std::string& kind, const std::string& text) {
    has_failed = true;
    doubts.obstacle(kind, place, text);
  }
};

/// The postings of an entry that books can hold, with those that make it balance: through the conversion
/// account where units are exchanged, through the virtual account where a posting need not balance. A
/// difference of less than half a unit, which hledger lets pass by the decimals it shows, is left. `about` is
/// what the entry says of every posting that does not say it itself.
std::vector<ExactPosting> exact_postings_of(const HledgerEntry& entry, const books::DimensionCodes& about,
                                            const ImportMeanings& meanings, const ImportOptions& options,
                                            PlacedDoubts& doubts);

}  // namespace coop::journals
