#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ledger/journals/native_row.hpp"
#include "ledger/sharing/place_value.hpp"
#include "ledger/values/day.hpp"

namespace coop::journals {

/// Follows the rows of rules by which sums are divided, and of values of places, and refuses the first that
/// contradicts the lines before it: numbers or versions with a gap, versions that overlap, a version without
/// a decision, a rule that is none, is not written as it is kept, or is not that of its hash, a value below
/// zero.
class SharingChecks {
 public:
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Scales& scales);

  /// A version of a rule, as it was told.
  struct KnownVersion {
    std::string code;
    std::string valid_from;  ///< "YYYY-MM-DD"
    std::string rule;        ///< its canonical text; "" where it is withdrawn
  };
  /// The versions, by number from 1.
  const std::vector<KnownVersion>& versions() const noexcept { return known_; }
  /// How many values of places there are.
  std::int64_t values() const noexcept { return static_cast<std::int64_t>(values_.size()); }
  /// The first so many values of places, as they were recorded; there are as many.
  std::vector<sharing::PlaceValue> values_until(std::int64_t known) const;

 private:
  struct LastVersion {
    std::int64_t version = 0;
    std::string valid_from;  ///< "YYYY-MM-DD": compared as text
  };
  void take_version(JsonFields& row, const Scales& scales);
  void take_value(JsonFields& row, const Scales& scales);

  std::vector<KnownVersion> known_;
  std::vector<sharing::PlaceValue> values_;
  std::map<std::string, LastVersion> rules_;  ///< by code
};

}  // namespace coop::journals
