#pragma once
#include <map>
#include <string>
#include <utility>

#include "ledger/values/decimal.hpp"
#include "ledger/values/unit.hpp"

namespace coop::journals {

/// Cuts exact amounts into whole minor units so that no account drifts: after each posting its balance is the
/// exact balance of the file, rounded. Keeps the exact balances.
class ImportRounding {
 public:
  /// What the account's balance moves by, in minor units, when the file moves it by `amount`.
  Digits minor_of(const std::string& path, const Unit& unit, const Decimal& amount);

 private:
  std::map<std::pair<std::string, UnitId>, Decimal> balances_;
};

}  // namespace coop::journals
