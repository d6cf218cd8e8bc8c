#pragma once
#include <string>
#include <vector>

#include "ledger/books/draft.hpp"

namespace coop::journals {

/// A posting and the day it is of.
struct DatedPosting {
  Day day;
  books::DraftPosting posting;
};

/// What is recorded as one entry: of one day, balanced, not too long.
struct ImportPart {
  Day day;
  std::vector<books::DraftPosting> postings;
};

/// Cuts an entry that balances into parts: one a day, the entry's own first, and more where there are more
/// postings than an entry may have. Where there are several, each is balanced by the clearing account, which
/// they leave as they found it.
std::vector<ImportPart> parts_of(const std::vector<DatedPosting>& postings, Day own_day,
                                 const std::string& clearing_path);

}  // namespace coop::journals
