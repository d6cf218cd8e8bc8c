#include "ledger/bank/cash_count.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

constexpr std::array<std::int64_t, 15> euros{50'000, 20'000, 10'000, 5'000, 2'000, 1'000, 500, 200,
                                             100,    50,     20,     10,    5,     2,     1};

// Multiplied by doubling, so that every sum on the way is checked.
std::int64_t times(std::int64_t value, std::int64_t count) {
  std::int64_t product = 0;
  for (std::int64_t power = value; count > 0; count /= 2) {
    if (count % 2 == 1) product = checked_add(product, power);
    if (count > 1) power = checked_add(power, power);
  }
  return product;
}

}  // namespace

std::span<const std::int64_t> known_denominations(std::string_view unit_code) {
  if (unit_code == "EUR") return euros;
  return {};
}

std::int64_t total_of(const std::vector<CashPiece>& pieces, std::string_view unit_code) {
  constexpr std::size_t most_values = 100;
  constexpr std::int64_t most_pieces = 1'000'000'000;
  if (pieces.size() > most_values)
    throw Refused{Refusal::field_invalid, "at most 100 different coins and notes", "/coins"};
  const auto known = known_denominations(unit_code);
  std::set<std::int64_t> values;
  std::int64_t total = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::string place = "/coins/" + std::to_string(i);
    const CashPiece& piece = pieces[i];
    if (piece.value_minor <= 0 || !values.insert(piece.value_minor).second)
      throw Refused{Refusal::field_invalid, "a value is above zero and stands there once", place + "/value"};
    if (piece.pieces < 0 || piece.pieces > most_pieces)
      throw Refused{Refusal::field_invalid, "0 to 1000000000 pieces", place + "/pieces"};
    if (!known.empty() && std::ranges::find(known, piece.value_minor) == known.end())
      throw Refused{Refusal::cash_count_impossible,
                    "there is no coin or note of this value in " + std::string{unit_code}, place + "/value"};
    total = checked_add(total, times(piece.value_minor, piece.pieces));
  }
  return total;
}

}  // namespace coop::bank
