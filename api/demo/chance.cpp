#include "api/demo/chance.hpp"

#include "ledger/books/draft.hpp"

namespace coop::api::demo {

namespace {

std::uint64_t seed_of(std::string_view topic) {
  const books::Fingerprint fingerprint = books::fingerprint_of("coopledger demo " + std::string{topic});
  std::uint64_t seed = 0;
  for (std::size_t i = 0; i < 8; ++i) seed = seed << 8 | fingerprint[i];
  return seed;
}

}  // namespace

Chance::Chance(std::string_view topic) : engine_{seed_of(topic)} {}

int Chance::below(int count) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(count)); }

}  // namespace coop::api::demo
