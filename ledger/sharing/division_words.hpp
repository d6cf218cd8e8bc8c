#pragma once
#include <string>
#include <vector>

#include "ledger/sharing/division.hpp"

namespace coop::sharing {

/// A line of an explanation in plain words, with the sum written out: "20 h at 24.00 = 480.00",
/// "the pot covers 2,000.00 of 2,124.00: 480.00 × 2,000.00 / 2,124.00 = 451.98".
std::string words_of(const Line& line, const Unit& unit);
/// All lines in their order.
std::vector<std::string> words_of(const std::vector<Line>& lines, const Unit& unit);
/// An amount as people read it: thousands apart, "2,124.00".
std::string spoken_amount(std::int64_t minor, const Unit& unit);

}  // namespace coop::sharing
