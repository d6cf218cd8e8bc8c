// Frozen rolls and recorded votes changed in raw SQL by the service's role, by the owner, and with the guards
// off. What became of each attempt stands in docs/concepts/promises.md.
#include "ledger/members/class_service.hpp"
#include "ledger/members/membership_service.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/rolls/roll_service.hpp"
#include "ledger/rolls/vote_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;

/// Full books with three members, of whom one is not admitted yet, two rolls and a vote.
class AttacksOnRolls : public test::AttackedBooks {
 protected:
  AttacksOnRolls() {
    use(NodeId{1});
    db().in_tx([&](Tx& tx) {
      members::add_class(tx, node(), "user", "Users", author());
      members::adopt_rule(
          tx, node(), "user",
          {.from_on = Day::parse("2020-01-01"), .weight = Ratio{1, 1}, .decision = "Assembly"}, author());
      const Day first = Day::parse("2026-01-01");
      for (const char* number : {"M0001", "M0002", "M0003"})
        members::add_party(tx, node(), {number, members::PartyKind::person}, author());
      members::begin_memberships(
          tx, node(),
          {{"M0001", "user", first, first}, {"M0002", "user", first, first}, {"M0003", "user", first}},
          author());
      for (const char* title : {"Assembly", "Another"})
        rolls::freeze_roll(tx, node(), {title, Day::parse("2026-01-31")}, author());
      rolls::record_vote(tx, node(),
                         {.roll = rolls::RollNumber{1},
                          .title = "Budget",
                          .held_on = Day::parse("2026-01-31"),
                          .tallies = {{"user", 1, 1, 0}}},
                         author());
    });
  }
};

TEST_F(AttacksOnRolls, AreRefusedOrFound) {
  const std::string first = " WHERE roll_number = 1 AND line = 1";
  const std::vector<Attack> attacks{
      {"a roll's day moved", "UPDATE roll SET as_of = '2026-02-28' WHERE number = 1"},
      {"a roll deleted",
       "DELETE FROM roll_line WHERE roll_number = 2; DELETE FROM roll_class WHERE "
       "roll_number = 2; DELETE FROM roll WHERE number = 1"},
      {"the vote taken from a member",
       "UPDATE roll_line SET excluded = 'left: was a member until 2026-01-01', votes = 0" + first},
      {"a vote given to somebody who was not admitted",
       "UPDATE roll_line SET excluded = '', votes = 1 WHERE roll_number = 1 AND line = 3"},
      {"more votes for a member", "UPDATE roll_line SET votes = 9" + first},
      {"a line added to a frozen roll",
       "INSERT INTO roll_line SELECT node_id, 1, 4, 4, 'M9', class_id, standing, is_registered, is_paid_up, "
       "is_waived, votes, excluded FROM roll_line" +
           first},
      {"a line deleted", "DELETE FROM roll_line WHERE roll_number = 1 AND line = 3"},
      {"the words of a rule changed", "UPDATE roll_class SET words = 'x' WHERE roll_number = 1"},
      {"a bloc's weight changed", "UPDATE roll_class SET weight_denominator = 2 WHERE roll_number = 1"},
      {"a roll that does not add up",
       "INSERT INTO roll SELECT node_id, 3, title, as_of, known_at, 1, hash, recorded_at, recorded_by FROM "
       "roll WHERE number = 1"},
      {"a roll of nobody with a hash of something else",
       "INSERT INTO roll SELECT node_id, 3, title, as_of, known_at, 0, hash, recorded_at, recorded_by FROM "
       "roll WHERE number = 1"},
      {"more votes counted than the roll has", "UPDATE vote_tally SET votes_for = 9"},
      {"a result turned round",
       "UPDATE vote_tally SET votes_for = 0",
       test::Forging::nothing,
       {},
       "whoever has the link can count again"},
      {"a vote that counts more than the roll has",
       "INSERT INTO vote (node_id, number, roll_number, title, held_on, decision, reason, recorded_at) "
       "VALUES "
       "(1, 2, 1, 'x', '2026-01-31', '', '', now()); INSERT INTO vote_tally VALUES (1, 2, 1, 1, 2, 1, 0)"},
      {"a vote without a count",
       "INSERT INTO vote (node_id, number, roll_number, title, held_on, decision, reason, recorded_at) "
       "VALUES "
       "(1, 2, 1, 'x', '2026-01-31', '', '', now())"},
      {"a vote deleted and another in its place", "DELETE FROM vote_tally; UPDATE vote SET number = 2"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on rolls", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof
