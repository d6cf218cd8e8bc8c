#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "ledger/bank/learning.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// How many of the latest lines with a word are looked at: old habits are forgotten, and no word costs more.
inline constexpr int most_lines_of_a_word = 200;

/// A line whose words are looked up, by their hashes.
struct AskedWords {
  BankLineNumber line;
  UnitId unit;  ///< of its account
  bool is_credit;
  std::vector<std::string> words;
  std::vector<std::string> hashes;
};
/// What former matches teach of these words: of lines in the same direction, to accounts in the same unit
/// that are not closed. By line; words that teach nothing are left out.
std::map<BankLineNumber, std::vector<LearnedWord>> read_lessons(Tx& tx, NodeId node,
                                                                std::span<const AskedWords> asked);

/// Writes down what a match teaches: its words, and the account (in this unit) or member of `part`.
void insert_lesson(Tx& tx, NodeId node, MatchNumber match, const ProposedPart& part, UnitId unit,
                   bool is_credit, std::span<const std::string> hashes);

}  // namespace coop::bank
