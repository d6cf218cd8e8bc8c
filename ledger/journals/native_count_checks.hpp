#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/journals/native_bank_checks.hpp"
#include "ledger/journals/native_posted.hpp"

namespace coop::journals {

/// Follows the rows of counts of cash, and refuses the first that contradicts the lines before it: numbers
/// with a gap, accounts that are no cash, a day counted twice, pieces that do not come to the total, somebody
/// who witnesses what they counted, entries of another account, ends of no count.
class CountChecks {
 public:
  /// What the lines before have told.
  struct Before {
    const BankChecks& bank;
    const PostedAmounts& posted;
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;

 private:
  struct KnownCount {
    int account;  ///< the id of the books' account
    std::string counter;
    std::int64_t total_minor;
    bool is_live;
    std::int64_t sum_minor = 0;
    std::int64_t last_value = 0;
    bool has_ended = false;
    std::set<std::string> witnesses = {};
  };
  void take_count(JsonFields& row, const Before& before);
  void take_piece(JsonFields& row);
  void take_witness(JsonFields& row);
  void take_entry(JsonFields& row, const Before& before);
  void take_end(JsonFields& row);
  KnownCount& count_of(JsonFields& row);

  std::vector<KnownCount> counts_;
  std::set<std::pair<std::int64_t, std::string>> live_days_;  ///< by account and day
  std::set<std::int64_t> entries_;
};

}  // namespace coop::journals
