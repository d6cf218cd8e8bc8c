// Members, profiles, class rules, memberships and meetings from JSON: whatever arrives is refused naming a
// place in it, or read as something that the rules accept.
#include "api/handlers/member_reader.hpp"
#include "api/problem.hpp"
#include "tests/support/fuzz_target.hpp"

namespace coop::api {
namespace {

Unit member_unit(std::string_view code) {
  if (code == "EUR") return {UnitId{1}, "EUR", 2};
  throw Refused{Refusal::unit_unknown, "there is no such unit"};
}

void require_user_class(std::string_view code) {
  if (code != "user") throw Refused{Refusal::class_unknown, "there is no such class"};
}

void require_first_member(std::string_view number) {
  if (number != "M1") throw Refused{Refusal::party_unknown, "there is no such member"};
}

template <class Read>
void look_with(std::string_view text, const Read& read) {
  try {
    const JsonDocument document{text, most_small_json_bytes};
    read(JsonValue{document});
  } catch (const Refused& refused) {
    fuzz::require(refused.field().empty() || refused.field().front() == '/', "a field is a JSON pointer");
    const std::string problem = problem_json(refused, "an id");
    fuzz::require(fuzz::is_read([&] { JsonDocument{problem}; }), "a problem is JSON");
  }
}

void look_at_members(std::string_view text) {
  look_with(text, [](JsonValue value) {
    const members::PartyDraft draft = party_draft_from(value);
    if (draft.number) members::require_party_number(*draft.number);
    if (draft.profile) members::require_profile(*draft.profile);
  });
  look_with(text, [](JsonValue value) { profile_change_from(value); });
  look_with(text, [](JsonValue value) { members::require_class_rule(class_rule_from(value, member_unit)); });
  look_with(text, [](JsonValue value) {
    members::require_membership_draft(membership_draft_from(value, "M1", require_user_class));
  });
  look_with(text, [](JsonValue value) { change_draft_from(value); });
  look_with(text, [](JsonValue value) {
    members::require_meeting(meeting_draft_from(value, require_user_class, require_first_member));
  });
}

const bool added_members = fuzz::add_target(
    {"members_from_json",
     look_at_members,
     {R"({"kind":"person","number":"M77","profile":{"name":"Núria","email":"m@example.org",)"
      R"("iban":"ES91 2100 0418 4502 0005 1332","address":"Here 1","country":"ES","language":"pt-BR"}})",
      R"({"name":"Maria","email":null,"iban":null})",
      R"({"from_on":"2026-01-01","weight":"50%","one_vote":"head_count","attendance":"1/2","grace_days":14,)"
      R"("arrears_days":60,"is_solidarity":false,"obligation":{"amount":"1000.00","unit":"EUR"},)"
      R"("decision":"Assembly"})",
      R"({"class":"user","from_on":"2026-01-01","admitted_on":"2026-01-15","reason":"a letter"})",
      R"({"kind":"left","on_day":"2026-12-31","reason":"moves","decision":"Circle"})",
      R"({"held_on":"2026-01-10","title":"All hands","class":"user","attended":["M1","M1"]})"}});

}  // namespace
}  // namespace coop::api
