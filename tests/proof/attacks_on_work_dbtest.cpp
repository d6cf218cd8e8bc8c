// Work changed in raw SQL by the service's role, by the owner, and with the guards off. What became of each
// attempt stands in docs/concepts/promises.md.
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/work/circle_service.hpp"
#include "ledger/work/hours_service.hpp"
#include "ledger/work/obligation_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;
using test::Forging;

/// Full books with a circle of the first three members; hours 1 of the first were approved by the second,
/// hours 2 wait. ann is the first, ben the second; tess, a treasurer, recorded both. The first two owe ten
/// hours to the node, worth 100.00: settlements 1 and 2 are of 50.00 in kind each, the first of the first.
class AttacksOnWork : public test::AttackedBooks {
 protected:
  AttacksOnWork() {
    use(NodeId{1});
    superuser_sql(
        "INSERT INTO user_account (name, title, created_at) VALUES ('ann', '', now()), ('ben', '', now()), "
        "('tess', '', now())");
    db().in_tx([&](Tx& tx) {
      const books::Node node_of_books = books::read_node(tx, "bcn");
      std::vector<members::PartyDraft> people;
      for (const char* number : {"P1", "P2", "P3", "P4"})
        people.push_back({number, members::PartyKind::person, members::Profile{"Somebody"}});
      members::add_parties(tx, node(), people, author());
      work::found_circle(tx, node(), {"tech", "Technology", Day::parse("2020-01-01")}, user("tess"));
      for (const char* number : {"P1", "P2", "P3"})
        work::join_circle(tx, node(), "tech", number, Day::parse("2020-01-01"), user("tess"));
      members::insert_party_user(tx, node(), PartyId{1}, *user("ann").user, now, {});
      members::insert_party_user(tx, node(), PartyId{2}, *user("ben").user, now, {});
      const work::HoursDraft draft{.member = "P1",
                                   .circle = "tech",
                                   .worked_on = Day::parse("2026-01-10"),
                                   .minutes = 720,
                                   .kind = "livelihood",
                                   .intent = work::Intent::paid};
      const std::vector<work::HoursDraft> drafts{draft, draft};
      work::submit_hours(tx, node_of_books, drafts, {user("tess"), true});
      const std::vector<work::HoursNumber> first{work::HoursNumber{1}};
      work::approve_hours(tx, node_of_books, first, user("ben"));
      work::record_obligation(tx, node_of_books,
                              {.title = "Contribution",
                               .from_on = Day::parse("2026-01-01"),
                               .until_on = Day::parse("2026-12-31"),
                               .minutes = 600,
                               .unit = node_of_books.base_unit,
                               .rate_minor = 1'000,
                               .by_hours = true,
                               .by_money = false,
                               .by_kind = true,
                               .decision = "Assembly"},
                              {"P1", "P2"}, user("tess"));
      for (const char* member : {"P1", "P2"})
        work::settle_obligation(tx, node_of_books, work::ObligationNumber{1},
                                {.how = work::SettlementKind::kind,
                                 .member = member,
                                 .on = Day::parse("2026-01-30"),
                                 .minor = 5'000,
                                 .words = "chairs"},
                                user("tess"));
    });
  }

 private:
  books::Author user(const std::string& name) const {
    const std::string id = superuser_value("SELECT id FROM user_account WHERE name = '" + name + "'");
    return {UserId{std::stoi(id)}, now};
  }
};

std::string decided(int hours, int number, const std::string& kind, int party, const std::string& by) {
  return "INSERT INTO work_hours_step (node_id, hours_number, number, kind, party_id, on_day, reason, "
         "recorded_at, recorded_by) SELECT 1, " +
         std::to_string(hours) + ", " + std::to_string(number) + ", '" + kind + "', " +
         std::to_string(party) + ", '2026-01-31', " + (kind == "approved" ? "NULL" : "'x'") +
         ", last_recorded_at, (SELECT id FROM user_account WHERE name = '" + by +
         "') FROM book_head WHERE node_id = 1";
}

std::string worked(int number, int party, int minutes, const std::string& kind) {
  return "INSERT INTO work_hours (node_id, number, party_id, circle_id, worked_on, minutes, kind, intent, "
         "recorded_at) SELECT 1, " +
         std::to_string(number) + ", " + std::to_string(party) + ", 1, '2026-01-10', " +
         std::to_string(minutes) + ", '" + kind +
         "', 'paid', last_recorded_at FROM book_head WHERE node_id = 1";
}

std::string settled(int number, const std::string& kind, int party, int minor, const std::string& by) {
  return "INSERT INTO obligation_settlement (node_id, obligation_number, number, kind, party_id, on_day, "
         "amount_minor, words, recorded_at, recorded_by) SELECT 1, 1, " +
         std::to_string(number) + ", '" + kind + "', " + std::to_string(party) + ", '2026-01-30', " +
         std::to_string(minor) + ", 'x', last_recorded_at, (SELECT id FROM user_account WHERE name = '" + by +
         "') FROM book_head WHERE node_id = 1";
}

std::string unlinked(int party, const std::string& by = "NULL") {
  return "INSERT INTO party_user_end SELECT u.node_id, u.party_id, u.user_id, u.linked_at, "
         "h.last_recorded_at + "
         "interval '1 s', " +
         by + " FROM party_user u JOIN book_head h ON h.node_id = u.node_id WHERE u.party_id = " +
         std::to_string(party) + "; ";
}

TEST_F(AttacksOnWork, AreRefusedOrFound) {
  const std::string links_are_none = "links are no part of the books; what they were used for is found";
  const std::vector<Attack> attacks{
      {"hours made longer", "UPDATE work_hours SET minutes = 1440 WHERE number = 1"},
      {"hours recorded twice", "UPDATE work_hours SET number = 1 WHERE number = 2"},
      {"hours deleted", "DELETE FROM work_hours_step; DELETE FROM work_hours WHERE number = 1"},
      {"hours taken out of those that wait", "DELETE FROM open_hours"},
      {"hours beyond a day", worked(3, 1, 60, "livelihood")},
      {"paid hours of no member of the circle", worked(3, 4, 60, "livelihood")},
      {"paid hours of care", worked(3, 2, 60, "care")},
      {"hours approved as whoever worked them", decided(2, 1, "approved", 1, "ann")},
      {"hours approved by whoever recorded them", decided(2, 1, "approved", 3, "tess")},
      {"hours approved from outside of the circle", decided(2, 1, "approved", 4, "ben")},
      {"hours approved by whoever left the member for that moment",
       unlinked(1) + decided(2, 1, "approved", 3, "ann")},
      {"a sign-in linked by itself",
       "INSERT INTO party_user SELECT node_id, 3, user_id, linked_at, user_id FROM party_user WHERE party_id "
       "= 1",
       Forging::nothing,
       {},
       links_are_none},
      {"a link ended by the sign-in itself", unlinked(1, "u.user_id"), Forging::nothing, {}, links_are_none},
      {"a link deleted", "DELETE FROM party_user WHERE party_id = 1", Forging::nothing, {}, links_are_none},
      {"hours for something that the node does not know",
       "INSERT INTO work_hours (node_id, number, party_id, circle_id, worked_on, minutes, kind, intent, "
       "cost_object, recorded_at) SELECT node_id, 3, party_id, circle_id, '2026-01-11', 60, kind, 'gift', "
       "'nothing', recorded_at FROM work_hours WHERE number = 1"},
      {"hours approved twice", decided(1, 2, "approved", 3, "ann")},
      {"hours taken back that nobody approved first", decided(2, 2, "reversed", 1, "ann")},
      {"an approval deleted", "DELETE FROM work_hours_step WHERE hours_number = 1"},
      {"somebody who approved never joined",
       "DELETE FROM circle_step WHERE number = 2; UPDATE circle_step SET number = 2 WHERE number = 3"},
      {"an obligation made smaller than what was settled", "UPDATE obligation SET minutes = 60"},
      {"somebody who settled owes it no more", "DELETE FROM obligation_member WHERE party_id = 1"},
      {"a second obligation for the same time",
       "INSERT INTO obligation SELECT node_id, 2, title, circle_id, from_on, until_on, minutes, "
       "amount_minor, "
       "unit_id, rate_minor, by_hours, by_money, by_kind, decision, recorded_at, recorded_by FROM "
       "obligation; "
       "INSERT INTO obligation_member SELECT node_id, 2, party_id, recorded_at, recorded_by FROM "
       "obligation_member"},
      {"a settlement made larger", "UPDATE obligation_settlement SET amount_minor = 20000 WHERE number = 1"},
      {"a settlement deleted", "DELETE FROM obligation_settlement WHERE number = 1"},
      {"the settlement of one's own debt accepted", settled(3, "kind", 1, 100, "ann")},
      {"more settled than is owed", settled(3, "kind", 1, 9'000, "tess")},
      {"settled in a way in which it is not met", settled(3, "money", 1, 100, "tess")},
      {"an obligation withdrawn by whoever owes it",
       "INSERT INTO obligation_withdrawal SELECT node_id, number, 'x', (SELECT last_recorded_at FROM "
       "book_head "
       "WHERE node_id = 1), (SELECT id FROM user_account WHERE name = 'ann') FROM obligation"},
      {"an obligation withdrawn in secret",
       "INSERT INTO obligation_withdrawal SELECT node_id, number, 'x', (SELECT last_recorded_at FROM "
       "book_head "
       "WHERE node_id = 1) FROM obligation",
       Forging::nothing, "it records what treasurers withdraw; the row stays",
       "the row stays, with its reason"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on work", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof
