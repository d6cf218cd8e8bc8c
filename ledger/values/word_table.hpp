#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/values/refusal.hpp"

namespace coop {

/// Each word of an enum with its text.
template <class Word, std::size_t count>
using WordTable = std::array<std::pair<Word, std::string_view>, count>;

/// The text of a word. Throws InvariantBroken, if the table lacks it.
template <class Word, std::size_t count>
std::string_view text_among(const WordTable<Word, count>& words, Word word) {
  for (const auto& [one, text] : words) {
    if (one == word) return text;
  }
  throw InvariantBroken{"every word has its text"};
}

/// The word of a text. Throws Refused: field_invalid, telling which there are.
template <class Word, std::size_t count>
Word word_among(const WordTable<Word, count>& words, std::string_view text) {
  std::string allowed;
  for (const auto& [word, one] : words) {
    if (one == text) return word;
    allowed += (allowed.empty() ? "" : ", ") + std::string{one};
  }
  throw Refused{Refusal::field_invalid, "allowed are " + allowed};
}

}  // namespace coop
