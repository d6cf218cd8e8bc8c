#include "ledger/journals/import_rounding.hpp"

namespace coop::journals {

Digits ImportRounding::minor_of(const std::string& path, const Unit& unit, const Decimal& amount) {
  Decimal& balance = balances_[{path, unit.id}];
  const Digits before = rounded_minor(balance, unit.scale);
  balance = balance + amount;
  return rounded_minor(balance, unit.scale) - before;
}

}  // namespace coop::journals
