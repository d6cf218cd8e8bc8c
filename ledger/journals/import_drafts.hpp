#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/journals/doubts.hpp"
#include "ledger/journals/hledger_entry.hpp"
#include "ledger/values/unit.hpp"

namespace coop::journals {

/// What the names of a file mean here.
struct ImportMeanings {
  std::map<std::string, Unit>
      units;  ///< by commodity; ids are of this server, or stand-ins while a unit is not made
  std::map<std::string, std::string> paths;  ///< by account name
};

/// An entry of the file as a draft of ours, and where it stands there.
struct ImportedDraft {
  books::Draft draft;
  std::string place;
};

/// Turns an entry into a draft: balanced in every unit, exchanges through the conversion account. Nothing if
/// fewer than two postings are left, which is noted. What cannot be taken over exactly is an obstacle: an
/// amount that is no whole number of minor units, an entry that does not balance, a posting that need not
/// balance (unless they are skipped), too many postings. `key` names the entry for ever: the same file
/// imports once.
std::optional<ImportedDraft> imported_draft(const HledgerEntry& entry, const ImportMeanings& meanings,
                                            const ImportOptions& options, const books::Fingerprint& key,
                                            Doubts& doubts);

}  // namespace coop::journals
