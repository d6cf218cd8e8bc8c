#include "ledger/books/units.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::books {

const Unit& Units::require(std::string_view code, const std::string& field) const {
  const Unit* unit = find(code);
  if (unit == nullptr)
    throw Refused{Refusal::unit_unknown, "there is no unit '" + std::string{code} + "'", field};
  return *unit;
}

}  // namespace coop::books
