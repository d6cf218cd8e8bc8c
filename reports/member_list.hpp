#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/members/membership.hpp"
#include "ledger/members/party.hpp"
#include "reports/report_node.hpp"

namespace coop::reports {

/// Which members are asked for; everybody where empty.
struct MemberFilter {
  std::optional<std::string> class_code = {};  ///< with a membership in this class on the day
  std::optional<members::Standing> standing =
      {};  ///< with a membership that stands so on the day, dues included
  std::optional<members::PartyKind> kind = {};
  std::optional<std::string> text = {};  ///< letters in the number, or in name and e-mail where they are seen
  bool sees_profiles = false;            ///< whether whoever asks may see personal data
};

/// In which order members are listed; by name those without one come first.
enum class MemberOrder { first_number_first, last_number_first, first_name_first, last_name_first };

/// A membership as the list shows it.
struct ListedMembership {
  MembershipId id;
  std::string class_code;
  Day from_on;
  std::optional<Day> until_on;  ///< as known now
  members::Standing standing;   ///< on the day, dues included
};

/// A member of the list.
struct ListedMember {
  members::Party party;
  bool erased;
  std::optional<std::string> name;   ///< where it may be seen
  std::optional<std::string> email;  ///< where it may be seen
  std::vector<ListedMembership> memberships;
  std::string place = {};  ///< by which the list is ordered before the number
};

/// Where the list goes on: after a member's place and number.
struct MemberPlace {
  std::string place;
  std::string number;
};

/// Up to `limit` members that come after `after` in the order, with their memberships as they stood on the
/// day, as known at an instant (nothing: now). A class without a standing means those who had not left.
std::vector<ListedMember> read_member_list(Tx& tx, NodeId node, const MemberFilter& filter, Day day,
                                           std::optional<Instant> known_at, MemberOrder order,
                                           const std::optional<MemberPlace>& after, int limit);

/// A page of them as a table. `next` is the cursor of the next page.
Table table_of_members(const ReportNode& node, const Viewpoint& viewpoint,
                       const std::vector<ListedMember>& listed, bool sees_profiles,
                       const std::optional<std::string>& next);

}  // namespace coop::reports
