#include "tests/support/test_members.hpp"

namespace coop::test {

using namespace members;

Party MembersTest::add_person(const std::string& name, const std::optional<std::string>& number) {
  return add(PartyDraft{number, PartyKind::person, Profile{name}});
}

Party MembersTest::add_organisation(const std::string& name, const std::optional<std::string>& number) {
  return add(PartyDraft{number, PartyKind::organisation, Profile{name}});
}

Party MembersTest::add(const PartyDraft& draft) {
  return db().in_tx([&](Tx& tx) { return add_party(tx, node(), draft, author()); });
}

MemberClass MembersTest::add_class(const std::string& code) {
  return db().in_tx([&](Tx& tx) { return members::add_class(tx, node(), code, "Class " + code, author()); });
}

AdoptedRule MembersTest::adopt(const std::string& code, const ClassRule& rule) {
  return db().in_tx([&](Tx& tx) { return adopt_rule(tx, node(), code, rule, author()); });
}

Membership MembersTest::join(const std::string& number, const std::string& code, std::string_view from_on) {
  const Day day = Day::parse(from_on);
  return begin({number, code, day, day, {}, {}});
}

Membership MembersTest::begin(const MembershipDraft& draft) {
  return db().in_tx([&](Tx& tx) { return begin_membership(tx, node(), draft, author()); });
}

Membership MembersTest::change(MembershipId id, ChangeKind kind, std::string_view on_day,
                               const std::string& reason) {
  const ChangeDraft asked{kind, Day::parse(on_day), reason, {}};
  return db().in_tx([&](Tx& tx) { return change_membership(tx, node(), id, asked, author()); });
}

Membership MembersTest::annul(MembershipId id, int number, const std::string& reason) {
  return db().in_tx([&](Tx& tx) { return annul_change(tx, node(), id, number, reason, author()); });
}

Meeting MembersTest::meet(std::string_view day, const std::vector<std::string>& attended,
                          const std::optional<std::string>& code) {
  const MeetingDraft draft{Day::parse(day), "All hands", code, attended};
  return db().in_tx([&](Tx& tx) { return record_meeting(tx, node(), draft, author()); });
}

std::vector<Membership> MembersTest::memberships_of(const std::string& number) {
  return db().in_snapshot([&](Tx& tx) {
    MembershipFilter wanted;
    wanted.party = read_party(tx, node(), number).id;
    return read_memberships(tx, node(), wanted);
  });
}

std::string MembersTest::state_of(const std::string& sql) const {
  try {
    superuser_sql(sql);
  } catch (const SqlFailed& refused) {
    return refused.sqlstate;
  }
  return "accepted";
}

bool MembersTest::service_may(const std::string& sql) const {
  try {
    superuser_sql("BEGIN; SET LOCAL ROLE coopledger_service; " + sql + "; ROLLBACK");
  } catch (const SqlFailed& refused) {
    if (std::string{refused.what()}.find("permission denied") == std::string::npos) throw;
    return false;
  }
  return true;
}

}  // namespace coop::test
