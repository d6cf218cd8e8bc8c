#pragma once
#include <map>
#include <string>
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/journals/doubts.hpp"
#include "ledger/journals/hledger_entry.hpp"
#include "ledger/journals/import_meanings.hpp"
#include "ledger/journals/import_rounding.hpp"

namespace coop::journals {

/// An entry of the file as a draft of ours, and where it stands there.
struct ImportedDraft {
  books::Draft draft;
  std::string place;
};

/// Turns the entries of a file into drafts, one after the other: balanced in every unit, exchanges through
/// the conversion account, days of their own through the clearing account, what need not balance left out or
/// balanced by the virtual account, as the options say.
///
/// What cannot be taken over exactly is an obstacle with its place: an amount that is no whole number of
/// minor units, an entry that does not balance (unless a rounding account takes the difference), a posting
/// that need not balance (unless the options allow it), an amount beyond 64 bits. What is left out or changed
/// is a note.
class ImportDrafting {
 public:
  /// All outlive the object.
  ImportDrafting(const ImportMeanings& meanings, const ImportOptions& options, Doubts& doubts)
      : meanings_{meanings}, options_{options}, doubts_{doubts} {}

  /// Usually one; nothing if fewer than two postings are left; several if the entry has several days or more
  /// postings than an entry of ours. `key` names the entry for ever: the same file imports once.
  std::vector<ImportedDraft> drafts_of(const HledgerEntry& entry, const books::Fingerprint& key);

 private:
  const ImportMeanings& meanings_;
  const ImportOptions& options_;
  Doubts& doubts_;
  ImportRounding rounding_;
};

}  // namespace coop::journals
