#include "ledger/bank/learning.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "ledger/values/folded_text.hpp"
#include "ledger/values/hex_text.hpp"
#include "ledger/values/hmac.hpp"

namespace coop::bank {

namespace {

constexpr std::size_t least_bytes = 3;
constexpr std::size_t most_words = 24;
constexpr int least_weight = 50;
constexpr std::size_t most_guesses = 2;
constexpr std::size_t most_reasons = 3;

// What one word says for one way.
struct Evidence {
  const LearnedWord* word;
  std::int64_t count;
  std::int64_t all;
  int weight() const { return static_cast<int>(100 * count / (all + 1)); }
};

bool is_same(const ProposedPart& one, const ProposedPart& other) {
  return one.made == other.made && one.payer == other.payer && one.account == other.account;
}

std::string where(const Lesson& lesson) {
  return lesson.member.empty() ? "went to " + lesson.account : "were payments of " + lesson.member;
}

LearnedGuess guess_from(Lesson lesson, std::vector<Evidence> evidence) {
  std::ranges::stable_sort(evidence, [](const Evidence& a, const Evidence& b) {
    return std::tuple{b.weight(), b.count, a.word->word} < std::tuple{a.weight(), a.count, b.word->word};
  });
  lesson.count = evidence.front().count;
  LearnedGuess guess{lesson, evidence.front().weight(), {}};
  for (const Evidence& one : evidence) {
    if (guess.reasons.size() == most_reasons || one.weight() < least_weight) break;
    guess.reasons.push_back({"learned",
                             std::to_string(one.count) + " of " + std::to_string(one.all) +
                                 " lines with the same word " + where(lesson),
                             one.word->word});
  }
  return guess;
}

}  // namespace

std::vector<std::string> teaching_words(const BankLine& line) {
  if (line.details.size() > 1) return {};
  std::string text = line.words;
  for (const BankDetail& detail : line.details)
    text += " " + detail.counterparty.name + " " + detail.counterparty.ultimate_name + " " + detail.words;
  std::vector<std::string> words = folded_words(text);
  std::erase_if(words, [](const std::string& word) {
    return word.size() < least_bytes ||
           std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
  });
  if (words.size() > most_words) words.resize(most_words);
  return words;
}

std::string word_hash(const std::string& node_name, const std::string& word) {
  return hex_text(hmac_sha256("bank words of " + node_name, word));
}

const ProposedPart* lesson_of(const MatchDraft& draft) {
  using enum MatchMethod;
  const bool teaches = draft.method == payer || draft.method == similar || draft.method == rule ||
                       draft.method == learned || draft.method == hand;
  if (!draft.is_attended || !teaches || draft.parts.empty()) return nullptr;
  const ProposedPart& first = draft.parts.front();
  const bool is_kind = (first.made == Made::entry && !first.other_line && !first.account.empty()) ||
                       (first.made == Made::payment && !first.payer.empty());
  const bool are_same =
      std::ranges::all_of(draft.parts, [&](const ProposedPart& part) { return is_same(part, first); });
  return is_kind && are_same ? &first : nullptr;
}

std::vector<LearnedGuess> guesses_from(const std::vector<LearnedWord>& words) {
  std::map<std::pair<std::string, std::string>, std::vector<Evidence>> ways;
  for (const LearnedWord& word : words) {
    std::int64_t all = 0;
    for (const Lesson& lesson : word.lessons) all += lesson.count;
    for (const Lesson& lesson : word.lessons)
      ways[{lesson.account, lesson.member}].push_back({&word, lesson.count, all});
  }
  std::vector<LearnedGuess> guesses;
  for (auto& [way, evidence] : ways) {
    LearnedGuess guess = guess_from({way.first, way.second, 0}, std::move(evidence));
    if (guess.weight >= least_weight) guesses.push_back(std::move(guess));
  }
  std::ranges::stable_sort(guesses, [](const LearnedGuess& a, const LearnedGuess& b) {
    return std::tuple{a.weight, a.lesson.count} > std::tuple{b.weight, b.lesson.count};
  });
  if (guesses.size() > most_guesses) guesses.erase(guesses.begin() + most_guesses, guesses.end());
  return guesses;
}

}  // namespace coop::bank
