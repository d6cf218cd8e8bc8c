#pragma once
#include <cstdint>
#include <random>
#include <string_view>

namespace coop::api::demo {

/// A stream of chances that is the same on every machine, for ever: each topic has its own, so that a change
/// in one leaves the others as they are. (The distributions of <random> differ between libraries; its engines
/// do not.)
class Chance {
 public:
  explicit Chance(std::string_view topic);
  /// 0 to `count` - 1.
  int below(int count);
  /// `least` to `most`, both included.
  int between(int least, int most) { return least + below(most - least + 1); }
  /// True once in `count` times.
  bool once_in(int count) { return below(count) == 0; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace coop::api::demo
