#pragma once
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/capital/surplus.hpp"

namespace coop::capital {

/// What a run books: reserve and third part, then each member's capital account and what is to be paid to
/// them, in the order of the members. As many entries as it takes, each balanced in itself and with at most
/// books::most_postings; the first carries reserve and third part. None, if nothing moves.
std::vector<books::Draft> drafts_of(const SurplusRun& run, const books::Author& author);

}  // namespace coop::capital
