#pragma once
#include <optional>

#include "api/handlers/reference_forms.hpp"
#include "api/json_writer.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/dues/overdue.hpp"
#include "ledger/members/class_rule.hpp"
#include "ledger/members/meeting.hpp"
#include "ledger/members/membership.hpp"
#include "ledger/members/party.hpp"
#include "ledger/values/unit.hpp"
#include "reports/member_list.hpp"

namespace coop::api {

class UnitDirectory;

/// Writes the fields of a party that hold no personal data; the object must be open.
void write_party(JsonWriter& out, const members::Party& party);
/// Writes a profile, or null.
void write_profile(JsonWriter& out, const std::optional<members::Profile>& profile);
/// Writes how many members an organisation declared.
void write_head_count(JsonWriter& out, const members::HeadCount& count);
/// From where a membership is looked at; `overdue` is what its member owes then, null: nothing.
struct MembershipView {
  Day day;
  std::optional<Instant> known_at;
  const dues::Overdue* overdue;
};
/// Writes a membership with all its changes and where it stands on the day, as known then, dues included.
/// With `activity` also how it fares against its class's rule.
void write_membership(JsonWriter& out, const members::Membership& membership, const members::MemberClass& of,
                      const MembershipView& view, const std::optional<members::Activity>& activity = {});
/// Writes all memberships of a party, also those taken back, as known then, each with its activity.
void write_memberships(JsonWriter& out, Tx& tx, NodeId node, PartyId party, Day day,
                       std::optional<Instant> known_at);
/// Writes a member as the list shows it; personal data where it may be seen.
void write_listed_member(JsonWriter& out, const reports::ListedMember& member, const NationalKind& national,
                         bool sees_profiles);
/// Writes a class with its rules, each in plain words as well.
void write_class(JsonWriter& out, const members::MemberClass& of, UnitDirectory& units);
/// Writes one rule.
void write_rule(JsonWriter& out, const members::AdoptedRule& adopted, UnitDirectory& units);
/// Writes the fields of a meeting; the object must be open.
void write_meeting(JsonWriter& out, const members::Meeting& meeting);

}  // namespace coop::api
