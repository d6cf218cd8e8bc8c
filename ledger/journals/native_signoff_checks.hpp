#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/journals/native_bank_checks.hpp"

namespace coop::journals {

/// Follows the rows of signatures under reconciliations, and refuses the first that contradicts the lines
/// before it: numbers with a gap, figures that do not add up, a text that is not that of the hash, a
/// difference that nobody explained, a day signed twice, somebody who countersigns what they signed, ends of
/// no signature.
class SignoffChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const BankChecks& bank;
    std::int64_t last_entry;
    std::int64_t last_event;
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;

 private:
  struct KnownSignoff {
    std::string signer;
    bool is_live;
    bool has_ended = false;
    std::set<std::string> others = {};
  };
  void take_signoff(JsonFields& row, const Before& before);
  void take_countersignature(JsonFields& row);
  void take_end(JsonFields& row);
  KnownSignoff& signoff_of(JsonFields& row);

  std::vector<KnownSignoff> signoffs_;
  std::set<std::pair<std::int64_t, std::string>> live_days_;  ///< by account and day
};

}  // namespace coop::journals
