#pragma once
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <limits>
#include <string>

#include "ledger/values/refusal.hpp"

namespace coop {

/// Holds any product of two 64-bit numbers, doubled. Throws std::overflow_error instead of wrapping.
using Wide = boost::multiprecision::checked_int128_t;
/// Holds any such product times 10^18.
using Wider = boost::multiprecision::checked_int256_t;

/// `number` as 64 bits. Throws Refused: amount_overflow.
template <class Number>
std::int64_t narrowed(const Number& number) {
  if (number < std::numeric_limits<std::int64_t>::min() || number > std::numeric_limits<std::int64_t>::max())
    throw Refused{Refusal::amount_overflow, number.str() + " is beyond 64 bits"};
  return static_cast<std::int64_t>(number);
}

}  // namespace coop
