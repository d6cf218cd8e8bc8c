#include "ledger/journals/doubts.hpp"

namespace coop::journals {

namespace {
constexpr std::int64_t most_told = 100;
}

void Doubts::add(Kinds& kinds, const std::string& kind, const std::string& place, const std::string& text) {
  Kind& same = kinds[kind];
  if (same.count < most_told) {
    if (!same.seen.emplace(place, text).second) return;
    same.first.push_back({place, text});
  }
  ++same.count;
}

std::vector<ImportDoubt> Doubts::told(const Kinds& kinds) {
  std::vector<ImportDoubt> all;
  for (const auto& [name, kind] : kinds) {
    all.insert(all.end(), kind.first.begin(), kind.first.end());
    if (kind.count > most_told)
      all.push_back({"", std::to_string(kind.count - most_told) + " more: " + name});
  }
  return all;
}

void Doubts::note(const std::string& kind, const std::string& place, const std::string& text) {
  add(notes_, kind, place, text);
}

void Doubts::tally(const std::string& kind, const std::string& place, const std::string& text) {
  ++tallies_.try_emplace({kind, text}, Tally{place, 0}).first->second.count;
}

std::vector<ImportDoubt> Doubts::notes() const {
  Kinds all = notes_;
  for (const auto& [kind_and_text, tally] : tallies_) {
    const auto& [kind, text] = kind_and_text;
    const std::string more = tally.count == 1 ? "" : " (and " + std::to_string(tally.count - 1) + " more)";
    add(all, kind, tally.first_place, text + more);
  }
  return told(all);
}

void Doubts::obstacle(const std::string& kind, const std::string& place, const std::string& text) {
  add(obstacles_, kind, place, text);
}

}  // namespace coop::journals
