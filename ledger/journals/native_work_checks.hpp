#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/journals/native_member_checks.hpp"
#include "ledger/journals/native_row.hpp"

namespace coop::journals {

/// Follows the rows of work in a complete export, and refuses the first that contradicts the lines before it:
/// unknown members, circles, kinds and hours, numbers that have a gap, steps of circles that do not follow,
/// work outside of a circle's days, days of more than 24 hours, paid work of no member of the circle,
/// decisions by whom or when they may not be.
class WorkChecks {
 public:
  /// The ids of the books' dimensions, by kind and code.
  using Dimensions = std::map<std::pair<books::DimensionKind, std::string>, int>;
  /// What the lines before have told.
  struct Before {
    const Dimensions& dimensions;
    const MemberChecks& members;
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Before& before);
  /// True if a line before described it.
  bool knows_circle(const std::string& code) const { return circles_.contains(code); }
  bool knows_hours(std::int64_t number) const {
    return number > 0 && number <= static_cast<std::int64_t>(hours_.size());
  }
  /// At the end of the file. Throws Refused: import_contradicts.
  void finish() const;

 private:
  struct KnownStep {
    std::string step;
    std::string member;
    Day on;
    Instant recorded_at;
  };
  struct KnownCircle {
    Day from_on;
    std::vector<KnownStep> steps = {};
  };
  struct KnownHours {
    std::string member;
    std::string circle;
    std::string recorded_by;
    Day worked_on;
    int minutes;
    std::int64_t corrects;  ///< 0: nothing
    int steps = 0;
    bool is_ended = false;
  };
  void take_circle(JsonFields& row);
  void take_circle_step(JsonFields& row, const Before& before);
  void take_kind(JsonFields& row);
  void take_hours(JsonFields& row, const Before& before);
  void take_hours_step(JsonFields& row, const Before& before);
  KnownCircle& circle_of(JsonFields& row);
  static bool belongs(const KnownCircle& circle, const std::string& member, Day day, Instant known);

  std::map<std::string, KnownCircle> circles_;
  std::map<std::string, bool> kinds_;  ///< whether it has a price, by code
  std::vector<KnownHours> hours_;
};

}  // namespace coop::journals
