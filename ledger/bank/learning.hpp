#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/bank/match.hpp"

namespace coop::bank {

/// Where the money of lines with a word went, or whose it was, and how often.
struct Lesson {
  std::string account;  ///< the path, or ""
  std::string member;   ///< the number, or ""
  std::int64_t count;
};
/// A word of a line, and what former lines with it teach: the most frequent first.
struct LearnedWord {
  std::string word;
  std::vector<Lesson> lessons;
};

/// The words of a line that something can be learned from: of names and texts, folded, with a letter in them,
/// from three bytes on. None of a line with several payments.
std::vector<std::string> teaching_words(const BankLine& line);
/// What a word is remembered by: HMAC-SHA256 under the node's name, in hexadecimal. Names are words, too.
std::string word_hash(const std::string& node_name, const std::string& word);
/// The part of what a person did with a line that it teaches; null: it teaches nothing. What is recognised
/// otherwise (references, orders of ours, postings, transfers) does not.
const ProposedPart* lesson_of(const MatchDraft& draft);

/// What a line seems to be by its words.
struct LearnedGuess {
  Lesson lesson;  ///< `count` is that of the heaviest word
  int weight;
  std::vector<Reason> reasons;  ///< "12 of 13 lines with the same word went to expenses:hosting"
};
/// What a line of these words seems to be, the likeliest first, two at most. A word that stood in n lines, k
/// of which went one way, weighs 100 k / (n + 1), rounded down; the heaviest word counts, from 50 on.
std::vector<LearnedGuess> guesses_from(const std::vector<LearnedWord>& words);

}  // namespace coop::bank
