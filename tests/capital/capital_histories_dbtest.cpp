// Shares and surplus as they happen: random histories keep capital accounts and net book value together; what
// was wrong is undone, what was asked taken back; the register keeps its entries; many members at once.
#include <rapidcheck.h>

#include "ledger/members/party_service.hpp"
#include "tests/capital/capital_books.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::capital {
namespace {

TEST_F(CapitalBooks, KeepCapitalAndNetBookValueTogetherWhateverHappens) {
  const std::vector<std::string> members{"M0001", "M0002", "M0003"};
  earn_before("100000.00");
  lose("100000.00");  // nothing is left to divide
  EXPECT_TRUE(rc::check("capital accounts, reserve and result are the net book value", [&] {
    const int steps = *rc::gen::inRange(1, 12);
    for (int i = 0; i < steps; ++i) {
      const auto member = *rc::gen::elementOf(members);
      const auto minor = *rc::gen::inRange<std::int64_t>(1, 50'000);
      const int what = *rc::gen::inRange(0, 12);
      const auto other = *rc::gen::elementOf(members);
      const int number = *rc::gen::inRange(1, 40);
      // Refusals are right as well: nothing may have happened then. What PostgreSQL refuses is not.
      EXPECT_NO_THROW(test::refusal_code([&] { happen(what, member, minor, other, number); })) << what;
    }
    RC_ASSERT(amount_of("Difference") == 0);
    RC_ASSERT(amount_of("Members' capital accounts") + amount_of("Collective reserve") +
                  amount_of("Result not divided yet") ==
              amount_of("Net book value"));
  }));
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalBooks, RefuseToReverseBehindTheRegister) {
  const EntryNumber paid_in = [&] {
    move(MovementKind::subscribe, "M0001", 100'000);
    return move(MovementKind::pay_in, "M0001", 90'000).front().entry.value();
  }();
  earn("1000.00");
  const SurplusRun run = divide(50'000, {{"M0001", 1'000'000}});
  const EntryNumber divided = db().in_snapshot([&](Tx& tx) {
    return step_of(read_surplus_run(tx, node(), run.number), SurplusStepKind::booked)->entry.value();
  });
  for (const EntryNumber entry : {paid_in, divided}) {
    EXPECT_EQ(test::refusal_code([&] { reverse(entry, false); }), "entry_kept_by_register");
    EXPECT_THROW(reverse(entry, true), RefusedBySchema) << "the schema looks at the end";
  }
  EXPECT_EQ(first_flaw(), "");
  // With the guard off it goes through, and is found.
  superuser_sql("ALTER TABLE entry DISABLE TRIGGER is_kept");
  const EntryNumber first = reverse(paid_in, true).number;
  const EntryNumber second = reverse(divided, true).number;
  superuser_sql("ALTER TABLE entry ENABLE TRIGGER is_kept");
  const std::string flaws = all_flaws();
  EXPECT_NE(flaws.find("movement 2 of shares: its entry was reversed, and the register does not know"),
            std::string::npos)
      << flaws;
  EXPECT_NE(flaws.find("run 1 of a surplus: its entry was reversed, and the register does not know"),
            std::string::npos)
      << flaws;
  // Written into the register after all, both say the same again.
  superuser_sql(
      "INSERT INTO share_movement SELECT node_id, 3, 'undo', class_code, class_version, party_id, "
      "amount_minor, 0, moved_on, 2, " +
      std::to_string(first.number()) +
      ", 'x', recorded_at, recorded_by FROM share_movement WHERE number = 2; "
      "INSERT INTO surplus_step SELECT node_id, run_number, 4, 'undone', " +
      std::to_string(second.number()) +
      ", 'x', recorded_at, recorded_by FROM surplus_step WHERE step = 'booked'");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalBooks, UndoWhatWasWrongWithTheReversalOfItsEntry) {
  move(MovementKind::subscribe, "M0001", 100'000);
  const Movement paid = move(MovementKind::pay_in, "M0001", 90'000).front();
  EXPECT_EQ(test::refusal_code([&] { undo(99); }), "share_movement_unknown");
  EXPECT_EQ(test::refusal_code([&] { undo(1); }), "share_movement_impossible") << "it is paid since";
  const Movement undone = undo(paid.number.number());
  EXPECT_EQ(undone.kind, MovementKind::undo);
  EXPECT_EQ(undone.follows, paid.number);
  EXPECT_EQ(held("M0001").unpaid_minor, 100'000);
  EXPECT_EQ(test::refusal_code([&] { undo(2); }), "share_movement_impossible") << "undone already";
  EXPECT_EQ(test::refusal_code([&] { undo(3); }), "share_movement_impossible") << "undoes another";
  undo(1);
  const Holding nothing = held("M0001");
  EXPECT_EQ(nothing.holding_minor + nothing.unpaid_minor + nothing.subscribed_minor + nothing.reserve_minor,
            0);

  move(MovementKind::subscribe, "M0002", 40'000);  // 5
  const int paid_again = move(MovementKind::pay_in, "M0002", 40'000).front().number.number();
  const int asked = move(MovementKind::ask, "M0002", 30'000).front().number.number();
  EXPECT_EQ(test::refusal_code([&] { undo(paid_again); }), "share_movement_impossible") << "asked back since";
  EXPECT_EQ(test::refusal_code([&] { undo(asked); }), "share_movement_impossible") << "an ask is taken back";
  earn_before("400.00");
  const int withdrawn = withdraw(20'000).paid.front().number.number();
  EXPECT_EQ(held("M0002").waiting_minor, 10'000);
  undo(withdrawn);
  EXPECT_EQ(held("M0002").waiting_minor, 30'000);
  const int again = withdraw(20'000).paid.front().number.number();
  record("2026-01-09",
         {{"liabilities:shares", "200.00", {std::nullopt, "M0002"}}, {"assets:bank", "-200.00"}});
  EXPECT_EQ(test::refusal_code([&] { undo(again); }), "share_movement_impossible") << "it was paid";
  EXPECT_EQ(amount_of("Difference"), 0);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalBooks, TakeBackWhatWaitsInTheQueue) {
  move(MovementKind::subscribe, "M0001", 40'000);
  move(MovementKind::pay_in, "M0001", 40'000);
  move(MovementKind::ask, "M0001", 20'000);
  EXPECT_EQ(test::refusal_code([&] { take_back(99); }), "share_movement_unknown");
  EXPECT_EQ(test::refusal_code([&] { take_back(1); }), "share_movement_impossible") << "no ask";
  EXPECT_EQ(test::refusal_code([&] { take_back(3, 0); }), "field_invalid");
  EXPECT_EQ(test::refusal_code([&] { take_back(3, 20'001); }), "share_movement_impossible");
  EXPECT_EQ(take_back(3, 5'000).minor, 5'000);
  earn_before("200.00");
  EXPECT_EQ(withdraw(8'000).queue.front().waiting_minor, 7'000);
  EXPECT_EQ(take_back(3).minor, 7'000);
  EXPECT_EQ(test::refusal_code([&] { take_back(3); }), "share_movement_impossible") << "nothing waits";
  EXPECT_EQ(held("M0001").waiting_minor, 0);
  EXPECT_TRUE(withdraw(8'000).queue.empty());
  const Ask ask = db().in_snapshot([&](Tx& tx) { return list_asks(tx, node(), {}, {}, {}).front(); });
  EXPECT_EQ(ask.withdrawn_minor, 8'000);
  EXPECT_EQ(ask.taken_back_minor, 12'000);
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalBooks, DivideAmongManyMembersInSeveralEntriesAtOnce) {
  constexpr int many = 2'000;
  std::vector<members::PartyDraft> people;
  earn("100000.00");
  std::vector<MeasuredMember> among;
  for (int i = 1; i <= many; ++i) {
    std::string number = std::to_string(i);
    number.insert(0, 5 - number.size(), '0');
    among.push_back({"N" + number, i * 1'000'000});
    people.push_back({"N" + number, members::PartyKind::person, members::Profile{"Somebody"}});
  }
  db().in_tx([&](Tx& tx) { return members::add_parties(tx, node(), people, author()); });
  const SurplusRun run = divide(10'000'000, among);
  const SurplusRun read = db().in_snapshot([&](Tx& tx) { return read_surplus_run(tx, node(), run.number); });
  const SurplusStep* booked = step_of(read, SurplusStepKind::booked);
  ASSERT_NE(booked, nullptr);
  EXPECT_EQ(booked->entries, 5);
  EXPECT_EQ(read.division.shares.size(), static_cast<std::size_t>(many));
  EXPECT_FALSE(read.division.shares.back().why.empty());
  EXPECT_EQ(amount_of("Result not divided yet"), 0);
  EXPECT_EQ(amount_of("Difference"), 0);
  EXPECT_EQ(first_flaw(), "");
  db().in_tx([&](Tx& tx) { return undo_surplus_run(tx, node(), run.number, "a mistake", by("tom")); });
  EXPECT_EQ(amount_of("Result not divided yet"), 10'000'000);
  EXPECT_EQ(first_flaw(), "");
}

}  // namespace
}  // namespace coop::capital
