#include "api/handlers/handlers.hpp"
#include "api/handlers/member_forms.hpp"
#include "api/handlers/member_reader.hpp"
#include "api/handlers/reason_reader.hpp"
#include "api/handlers/report_query.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/dues/overdue_store.hpp"
#include "ledger/members/class_store.hpp"
#include "ledger/members/meeting_service.hpp"
#include "ledger/members/membership_service.hpp"
#include "ledger/members/membership_store.hpp"
#include "ledger/members/party_store.hpp"

namespace coop::api {

namespace {

RequireText class_of(Tx& tx, const Call& call) {
  return [&](std::string_view code) { members::read_class(tx, call.node().id, code); };
}

/// The membership that the path names, of the party that it names.
members::Membership asked_whole_membership(Tx& tx, const Call& call) {
  const members::Party party = members::read_party(tx, call.node().id, call.path_value("member"));
  const MembershipId id{call.path_int("membership", Refusal::membership_unknown)};
  members::Membership membership = members::read_membership(tx, call.node().id, id);
  if (membership.party != party.id) {
    throw Refused{Refusal::membership_unknown,
                  party.number + " has no membership number " + std::to_string(id.number())};
  }
  return membership;
}

std::string membership_json(Tx& tx, const Call& call, const members::Membership& membership) {
  const NodeId node = call.node().id;
  const Day today = today_of(call);
  const auto overdue = dues::read_overdue(tx, node, {today}, std::vector{membership.party});
  JsonWriter out;
  for (const members::MemberClass& of : members::read_classes(tx, node))
    if (of.id == membership.class_id)
      write_membership(out, membership, of,
                       {today, std::nullopt, overdue.empty() ? nullptr : &overdue.begin()->second});
  return out.take();
}

}  // namespace

void write_memberships(JsonWriter& out, Tx& tx, NodeId node, PartyId party, Day day,
                       std::optional<Instant> known_at) {
  std::map<ClassId, members::MemberClass> classes;
  for (members::MemberClass& of : members::read_classes(tx, node)) classes.emplace(of.id, std::move(of));
  const auto overdue = dues::read_overdue(tx, node, {day, known_at}, std::vector{party});
  const MembershipView view{day, known_at, overdue.empty() ? nullptr : &overdue.begin()->second};
  members::MembershipFilter wanted;
  wanted.party = party;
  wanted.with_taken_back = true;
  for (const members::Membership& membership : members::read_memberships(tx, node, wanted)) {
    const members::MemberClass& of = classes.at(membership.class_id);
    if (known_at && membership.changes.front().recorded_at > *known_at) continue;
    write_membership(out, membership, of, view,
                     members::read_activity(tx, node, membership, of, day, known_at));
  }
}

Answer begin_membership(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const members::Party party = members::read_party(tx, call.node().id, call.path_value("member"));
  const auto draft = membership_draft_from(JsonValue{body}, party.number, class_of(tx, call));
  const members::Membership begun = members::begin_membership(tx, call.node().id, draft, call.author());
  return created(membership_json(tx, call, begun),
                 "/v1/nodes/" + call.node().name + "/members/" + party.number);
}

Answer change_membership(Tx& tx, const Call& call, Services&) {
  const JsonDocument body{call.json_text(most_small_json_bytes)};
  const members::ChangeDraft draft = change_draft_from(JsonValue{body});
  const MembershipId id = asked_whole_membership(tx, call).id;
  return ok(
      membership_json(tx, call, members::change_membership(tx, call.node().id, id, draft, call.author())));
}

Answer annul_change(Tx& tx, const Call& call, Services&) {
  const std::string reason = asked_reason(call);
  const MembershipId id = asked_whole_membership(tx, call).id;
  const int change = call.path_int("change", Refusal::change_unknown);
  return ok(membership_json(tx, call,
                            members::annul_change(tx, call.node().id, id, change, reason, call.author())));
}

}  // namespace coop::api
