#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ledger/journals/json_fields.hpp"
#include "ledger/journals/native_row.hpp"
#include "ledger/statements/line_key.hpp"

namespace coop::journals {

/// Makes the key of each line of a bank again from what the file tells of it, where that is enough. Looks at
/// rows after their own checks, which know what is there. Keeps what lines to which the bank gave no id say
/// until their payments have come.
class KeyChecks {
 public:
  /// Throws Refused: import_contradicts.
  void take(const NativeRow& row, const Scales& scales);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish();

 private:
  struct WaitingLine {
    std::int64_t number;
    statements::KeptLine kept;
    std::string key;
    int scale;
    bool may_lack_amounts;
  };
  void take_line(JsonFields& row);
  void take_detail(JsonFields& row);
  void end_lines_before(std::int64_t number);

  std::vector<int> scales_;  ///< of the accounts, by number
  std::map<std::pair<std::int64_t, std::int64_t>, bool>
      may_lack_amounts_;             ///< of statements, by file and position
  std::deque<WaitingLine> waiting_;  ///< for their details, by number
};

}  // namespace coop::journals
