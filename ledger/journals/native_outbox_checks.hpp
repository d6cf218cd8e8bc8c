#pragma once
#include <array>
#include <boost/json/fwd.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/journals/json_fields.hpp"
#include "ledger/journals/native_line.hpp"
#include "ledger/journals/native_row.hpp"

namespace coop::journals {

/// Compares the account, day and figures beside a signature under a reconciliation with the text that was
/// signed, and the hash of that with what the outbox told; and what it told of signatures, countersignatures
/// and withdrawals with what is there; and the day of a count of cash and the figures of a rule's replay with
/// what it told of them. Looks at rows after their own checks, which know what is there.
class OutboxChecks {
 public:
  /// Remembers what an event tells of a signature, a count of cash or a replay, if it does.
  void note(const NativeEvent& event);
  /// Throws Refused: import_contradicts.
  void take(const NativeRow& row, const Scales& scales);
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;

 private:
  struct Told {
    std::set<std::string> hashes = {};
    std::int64_t signed_ = 0;  ///< told less found
    std::int64_t countersigned = 0;
    std::int64_t withdrawn = 0;
  };
  using Figures = std::array<std::int64_t, 4>;
  void note_signoff(const std::string& event, const boost::json::object& body);
  void take_signoff(JsonFields& row, const Scales& scales);
  void take_other(std::string_view kind, JsonFields& row);

  std::vector<std::pair<std::string, std::string>> accounts_;  ///< path and unit, by number
  std::map<std::int64_t, Told> told_;                          ///< by signature
  std::map<std::int64_t, std::string> counted_on_;             ///< by count
  std::map<std::pair<std::int64_t, std::int64_t>, Figures>
      replays_;  ///< version, agreed, differed and open, by rule and number; not found yet
};

}  // namespace coop::journals
