#include "ledger/bank/signoff.hpp"

#include <algorithm>

#include "ledger/values/word_table.hpp"

namespace coop::bank {

namespace {

constexpr WordTable<ChangeKind, 4> kinds{{{ChangeKind::entry, "entry"},
                                          {ChangeKind::match, "match"},
                                          {ChangeKind::file, "file"},
                                          {ChangeKind::count, "count"}}};

}  // namespace

std::string_view text_of(ChangeKind kind) { return text_among(kinds, kind); }

std::string words_of(const std::vector<SignedChange>& changes) {
  constexpr std::size_t most = 10;
  std::string words;
  for (std::size_t i = 0; i < std::min(changes.size(), most); ++i)
    words +=
        (i > 0 ? ", " : "") + std::string{text_of(changes[i].kind)} + " " + std::to_string(changes[i].number);
  if (changes.size() > most) words += " and " + std::to_string(changes.size() - most) + " more";
  return words;
}

}  // namespace coop::bank
