#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/journals/import_plan.hpp"

namespace coop::journals {

/// Collects doubts: the first hundred of a kind with their places, then only their number. The same doubt
/// about the same place is told once.
class Doubts {
 public:
  void note(const std::string& kind, const std::string& place, const std::string& text);
  /// A note told once, with its first place and at how many more places it holds.
  void tally(const std::string& kind, const std::string& place, const std::string& text);
  void obstacle(const std::string& kind, const std::string& place, const std::string& text);
  std::vector<ImportDoubt> notes() const;
  std::vector<ImportDoubt> obstacles() const { return told(obstacles_); }
  bool has_obstacles() const noexcept { return !obstacles_.empty(); }

 private:
  struct Kind {
    std::vector<ImportDoubt> first;
    std::set<std::pair<std::string, std::string>> seen;
    std::int64_t count = 0;
  };
  using Kinds = std::map<std::string, Kind>;
  static void add(Kinds& kinds, const std::string& kind, const std::string& place, const std::string& text);
  static std::vector<ImportDoubt> told(const Kinds& kinds);
  struct Tally {
    std::string first_place;
    std::int64_t count = 0;
  };
  Kinds notes_;
  std::map<std::pair<std::string, std::string>, Tally> tallies_;  ///< by kind and text
  Kinds obstacles_;
};

}  // namespace coop::journals
