// Every fuzz target holds for its seeds and for some thousand mutations of them: with any compiler, in every
// test run. COOP_FUZZ_ROUNDS=100000 looks longer; COOP_FUZZ_SEED repeats a run.
#include "tests/support/fuzz_target.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

namespace coop::fuzz {
namespace {

constexpr std::string_view pieces[] = {"{",
                                       "}",
                                       "[",
                                       "]",
                                       "\"",
                                       ",",
                                       ":",
                                       "null",
                                       "-",
                                       "0",
                                       "1e9",
                                       ".",
                                       "\\",
                                       "\\u0000",
                                       "\\ud800",
                                       "\xff",
                                       "\n",
                                       "\r\n",
                                       "\x1f",
                                       "true",
                                       "{}",
                                       "[[[[",
                                       "\xc3\xa9",
                                       "9223372036854775807",
                                       "%",
                                       "%00",
                                       "/../",
                                       "=",
                                       "&",
                                       "0x10",
                                       "99999999999999999999999999999999",
                                       " ",
                                       "\t",
                                       "EUR",
                                       "2026-02-30",
                                       "-0.005",
                                       "9999-12-31",
                                       "Transfer-Encoding: chunked\r\n",
                                       "Content-Length: 5\r\n"};

/// Makes one text out of others, a little wrong.
class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_{seed} {}

  std::string mutated(const std::vector<std::string>& seeds) {
    std::string text = one_of(seeds);
    for (std::size_t times = 1 + below(6); times > 0; --times) change(text, one_of(seeds));
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }
  const std::string& one_of(const std::vector<std::string>& seeds) { return seeds[below(seeds.size())]; }

  void change(std::string& text, const std::string& other) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = below(1 + std::min<std::size_t>(text.size() - at, 40));
    switch (below(7)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
      case 1:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      case 2:
        text.erase(at, length);
        break;
      case 3:
        text.insert(at, text.substr(at, length));
        break;
      case 4:
        text.insert(at, pieces[below(std::size(pieces))]);
        break;
      case 5:
        text = text.substr(0, at) + other.substr(below(other.size() + 1));
        break;
      default:
        text.resize(at);
    }
  }

  std::mt19937_64 random_;
};

std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// The bytes as they can be pasted into a test.
std::string shown(const std::string& bytes) {
  std::string text;
  constexpr char digits[] = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f) text += c;
    else text += std::string{"\\x"} + digits[byte >> 4] + digits[byte & 15];
  }
  return text;
}

void look(const Target& target, const std::string& bytes) {
  try {
    target.look(bytes);
  } catch (const std::exception& found) {
    ADD_FAILURE() << target.name << ": " << found.what() << "\nfor the bytes " << shown(bytes);
  }
}

TEST(FuzzTargets, ExistForEverythingThatReadsWhatOthersSend) { EXPECT_GE(targets().size(), 7u); }

TEST(FuzzTargets, HoldForTheirSeedsAndForMutationsOfThem) {
  const std::uint64_t rounds = number_in("COOP_FUZZ_ROUNDS", 3'000);
  const std::uint64_t seed = number_in("COOP_FUZZ_SEED", std::random_device{}());
  SCOPED_TRACE("COOP_FUZZ_SEED=" + std::to_string(seed));
  for (const Target& target : targets()) {
    ASSERT_FALSE(target.seeds.empty()) << target.name;
    look(target, "");
    for (const std::string& bytes : target.seeds) look(target, bytes);
    Mutator mutator{seed};
    for (std::uint64_t round = 0; round < rounds && !HasFailure(); ++round)
      look(target, mutator.mutated(target.seeds));
  }
}

TEST(FuzzTargets, AreNoticedWhenTheyFindSomething) {
  EXPECT_THROW(require(false, "a promise"), Found);
  EXPECT_FALSE(is_read([] { throw Refused{Refusal::field_invalid, "because"}; }));
  EXPECT_THROW(is_read([] { throw Refused{Refusal::field_invalid, ""}; }), Found);
}

}  // namespace
}  // namespace coop::fuzz
