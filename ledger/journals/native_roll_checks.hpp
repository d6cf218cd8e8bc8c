#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "ledger/journals/native_member_checks.hpp"

namespace coop::journals {

/// Follows the rows of rolls and votes in a complete export and refuses the first that contradicts the lines
/// before it: unknown classes and memberships, numbers that have a gap, a roll whose lines are missing or
/// whose hash is not that of its text, tallies that the roll has no votes for. Keeps the text of each roll.
class RollChecks {
 public:
  explicit RollChecks(std::string node = {}) : node_{std::move(node)} {}
  /// True if the row is one of rolls. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const MemberChecks& members);
  /// At the end of the file: no line is of a roll that there is not. Throws Refused: import_contradicts.
  void finish() const;

 private:
  struct PendingRoll {
    std::map<std::string, std::string> classes;  ///< their lines of the text, by code
    std::map<std::string, std::int64_t> votes;   ///< of the classes that have a vote
    std::string lines;                           ///< of the text
    std::int64_t count = 0;
    bool is_whole = false;
  };
  struct KnownVote {
    std::int64_t roll;
    std::set<std::string> counted;
  };
  using Take = void (RollChecks::*)(JsonFields& row, const MemberChecks& members);
  static Take taker_of(std::string_view kind);
  void take_class(JsonFields& row, const MemberChecks& members);
  void take_line(JsonFields& row, const MemberChecks& members);
  void take_roll(JsonFields& row, const MemberChecks& members);
  void take_vote(JsonFields& row, const MemberChecks& members);
  void take_tally(JsonFields& row, const MemberChecks& members);

  std::string node_;
  std::map<std::int64_t, PendingRoll> rolls_;
  std::map<std::int64_t, KnownVote> votes_;
  std::set<std::int64_t> superseded_;
  std::int64_t last_roll_ = 0;
};

}  // namespace coop::journals
