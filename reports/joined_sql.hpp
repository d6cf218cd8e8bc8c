#pragma once
#include <array>
#include <string_view>

namespace coop::reports {

/// Fixed pieces of a statement joined at compile time, so that statements which differ in their order only
/// share the rest.
template <const std::string_view&... pieces>
struct JoinedSql {
  static constexpr auto bytes = [] {
    std::array<char, (pieces.size() + ... + 1)> joined{};
    std::size_t at = 0;
    const auto add = [&](std::string_view piece) {
      for (const char character : piece) joined[at++] = character;
    };
    (add(pieces), ...);
    return joined;
  }();
  /// The statement, ended by NUL.
  static constexpr const char* text = bytes.data();
};

}  // namespace coop::reports
