#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>

namespace coop::api {

/// The longest text that is read of a request, in bytes, where a rule of the ledger judges the length.
inline constexpr std::size_t any_text = 4'000;
/// The largest number that is read of a request where it names a row.
inline constexpr std::int64_t most_number = std::numeric_limits<std::int32_t>::max();

}  // namespace coop::api
