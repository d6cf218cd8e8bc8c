#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "ledger/values/unit.hpp"

namespace coop::books {

/// The units of this server by code, as they were when it was made. Immutable, so safe to share.
class Units {
 public:
  explicit Units(const std::vector<Unit>& units) {
    for (const Unit& unit : units) by_code_.emplace(unit.code, unit);
  }
  /// The unit of this code, or null.
  const Unit* find(std::string_view code) const {
    const auto found = by_code_.find(code);
    return found == by_code_.end() ? nullptr : &found->second;
  }
  /// Throws Refused: unit_unknown, naming `field`.
  const Unit& require(std::string_view code, const std::string& field) const;

 private:
  std::map<std::string, Unit, std::less<>> by_code_;
};

}  // namespace coop::books
