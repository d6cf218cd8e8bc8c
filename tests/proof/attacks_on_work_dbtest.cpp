// Work changed in raw SQL by the service's role, by the owner, and with the guards off. What became of each
// attempt stands in docs/concepts/promises.md.
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/work/circle_service.hpp"
#include "ledger/work/hours_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;
using test::Forging;

/// Full books with a circle of the first three members; hours 1 of the first were approved by the second,
/// hours 2 wait. ann is the first, ben the second; tess, a treasurer, recorded both.
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

TEST_F(AttacksOnWork, AreRefusedOrFound) {
  const std::vector<Attack> attacks{
      {"hours made longer", "UPDATE work_hours SET minutes = 1440 WHERE number = 1"},
      {"hours recorded twice", "UPDATE work_hours SET number = 1 WHERE number = 2"},
      {"hours deleted", "DELETE FROM work_hours_step; DELETE FROM work_hours WHERE number = 1"},
      {"hours beyond a day", worked(3, 1, 60, "livelihood")},
      {"paid hours of no member of the circle", worked(3, 4, 60, "livelihood")},
      {"paid hours of care", worked(3, 2, 60, "care")},
      {"hours approved as whoever worked them", decided(2, 1, "approved", 1, "ann")},
      {"hours approved by whoever recorded them", decided(2, 1, "approved", 3, "tess")},
      {"hours approved from outside of the circle", decided(2, 1, "approved", 4, "ben")},
      {"hours approved twice", decided(1, 2, "approved", 3, "ann")},
      {"hours taken back that nobody approved first", decided(2, 2, "reversed", 1, "ann")},
      {"an approval deleted",
       "DELETE FROM work_hours_step WHERE hours_number = 1",
       Forging::nothing,
       {},
       "the hours wait again: they are paid no sooner"},
      {"somebody who approved never joined",
       "DELETE FROM circle_step WHERE number = 2; UPDATE circle_step SET number = 2 WHERE number = 3"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on work", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof
