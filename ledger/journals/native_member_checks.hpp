#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "ledger/journals/native_row.hpp"
#include "ledger/members/membership.hpp"
#include "ledger/members/party.hpp"

namespace coop::journals {

/// Follows the rows of members in a complete export and refuses the first that contradicts the lines before
/// it: unknown members, classes, memberships and meetings, numbers that are taken or have a gap, values that
/// cannot be, personal data of somebody who was erased. Keeps numbers and memberships in memory.
class MemberChecks {
 public:
  /// A member whom the books know, under this name.
  void know_dimension(const std::string& code, const std::string& name);
  /// Throws Refused: import_contradicts, and what a value refuses.
  void take(const NativeRow& row, const Scales& scales);
  /// True if a line before described the member, the class or the membership; of a known member: as erased.
  bool knows_member(const std::string& number) const { return parties_.contains(number); }
  bool knows_class(const std::string& code) const { return classes_.contains(code); }
  bool has_erased(const std::string& number) const { return parties_.at(number).erased; }
  bool knows_membership(std::int64_t id) const { return memberships_.contains(static_cast<int>(id)); }
  /// At the end of the file: each membership's changes follow on each other and say what it says itself, and
  /// none overlaps another. Throws Refused: import_contradicts, change_contradicts.
  void finish() const;

 private:
  struct KnownParty {
    PartyId id;
    members::PartyKind kind;
    bool has_profile = false;
    bool erased = false;
    int head_counts = 0;
  };
  struct KnownMembership {
    members::Membership membership;
    std::string class_code;
    bool taken_back;
  };
  void take_party(JsonFields& row);
  void take_profile(JsonFields& row);
  void take_erasure(JsonFields& row);
  void take_head_count(JsonFields& row);
  void take_class(JsonFields& row);
  void take_rule(JsonFields& row, const Scales& scales);
  void take_membership(JsonFields& row);
  void take_change(JsonFields& row);
  void take_meeting(JsonFields& row);
  void take_attendance(JsonFields& row);
  KnownParty& party_of(JsonFields& row);
  void require_class(const std::string& code) const;
  void require_apart() const;

  std::map<std::string, std::string> dimension_names_;  ///< of members, by code
  std::map<std::string, KnownParty> parties_;           ///< by number
  std::set<int> party_ids_;
  std::set<std::string> capital_numbers_;
  std::map<std::string, int> classes_;  ///< how many rules each has, by code
  std::set<int> class_ids_;
  std::map<int, KnownMembership> memberships_;
  std::set<int> meetings_;
  std::map<std::pair<int, std::string>, int> attendances_;  ///< how many rows, by meeting and member
};

}  // namespace coop::journals
