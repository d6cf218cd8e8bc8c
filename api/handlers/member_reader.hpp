#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "api/handlers/account_reader.hpp"
#include "api/json_reader.hpp"
#include "ledger/members/class_rule.hpp"
#include "ledger/members/meeting.hpp"
#include "ledger/members/membership.hpp"
#include "ledger/members/party.hpp"

namespace coop::api {

/// Refuses a text that names nothing that exists.
using RequireText = std::function<void(std::string_view)>;

/// A person or organisation to be added. Throws Refused naming the field.
members::PartyDraft party_draft_from(JsonValue party);
/// What is to be changed of a profile: fields that are null are emptied. Throws Refused naming the field.
members::ProfileChange profile_change_from(JsonValue change);
/// A rule of a class. Throws Refused naming the field.
members::ClassRule class_rule_from(JsonValue rule, const UnitByCode& unit_of);
/// A membership of the party of this number. Throws Refused naming the field.
members::MembershipDraft membership_draft_from(JsonValue membership, const std::string& number,
                                               const RequireText& require_class);
/// A change of a membership. Throws Refused naming the field.
members::ChangeDraft change_draft_from(JsonValue change);
/// A meeting with those who were there. Throws Refused naming the field.
members::MeetingDraft meeting_draft_from(JsonValue meeting, const RequireText& require_class,
                                         const RequireText& require_party);
/// Member numbers. Throws Refused naming the element, batch_too_large.
std::vector<std::string> member_numbers_from(JsonValue numbers, const RequireText& require_party);

}  // namespace coop::api
