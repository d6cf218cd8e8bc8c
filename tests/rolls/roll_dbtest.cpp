// Rolls of days, as known at instants, and what stays of them when they are frozen.
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_rolls.hpp"

namespace coop::rolls {
namespace {

using test::refusal_of;

constexpr const char* check_violated = "23514";
constexpr const char* integrity_violated = "23000";
constexpr const char* restricted = "23001";
constexpr const char* unique_violated = "23505";
constexpr const char* foreign_key_violated = "23503";

class RollsOfDays : public test::RollsTest {};

TEST_F(RollsOfDays, FollowFromWhatIsRecordedAnyway) {
  member("M0001", "2025-01-01");
  member("M0002", "2025-01-01");
  for (const char* month : {"2025-01", "2025-02", "2025-03"}) run(month);
  pay("M0001", "60.00", "2025-01-10");
  pay("M0002", "40.00", "2025-02-01");
  EXPECT_EQ(told_on("2025-03-31"), "M0001 1, M0002 1");
  EXPECT_EQ(told_on("2025-05-01"),
            "M0001 1, M0002 in_arrears: owes 20.00 EUR since 2025-03-01: 61 days late, 60 are allowed");
  EXPECT_EQ(told_on("2024-12-31"), "");
  change(membership_of("M0001"), members::ChangeKind::paused, "2025-05-01");
  EXPECT_EQ(told_on("2025-05-01").substr(0, 41), "M0001 paused: has paused since 2025-05-01");
}

TEST_F(RollsOfDays, RememberWhatWasKnown) {
  member("M0001", "2025-01-01");
  run("2025-01");
  now += std::chrono::hours{1};
  const Instant before = now;
  now += std::chrono::hours{1};
  pay("M0001", "20.00", "2025-01-05");
  EXPECT_EQ(told_on("2025-06-30"), "M0001 1");
  EXPECT_NE(told_on("2025-06-30", before).find("in_arrears"), std::string::npos);
}

TEST_F(RollsOfDays, CountWhatIsOwedForAMemberWhoeverPays) {
  member("M0001", "2025-01-01");
  add_person("A friend", "M0002");
  join("M0002", "user", "2025-01-01");
  subscribe("M0001",
            {.from_on = Day::parse("2025-01-01"), .tier = "standard", .chosen_minor = {}, .payer = "M0002"});
  run("2025-01");
  EXPECT_EQ(told_on("2025-06-30"),
            "M0001 in_arrears: owes 20.00 EUR since 2025-01-01: 180 days late, 60 are allowed, M0002 1");
  EXPECT_EQ(told(roll("2025-06-30", {}, "M0001")),
            "M0001 in_arrears: owes 20.00 EUR since 2025-01-01: 180 days late, 60 are allowed");
}

TEST_F(RollsOfDays, TakeAWaiverOfTheWholeDueForPayment) {
  member("M0001", "2025-01-01");
  waive("M0001", "2025-01-01", Ratio{1, 1});
  member("M0002", "2025-01-01");
  waive("M0002", "2025-01-01", Ratio{1, 2});
  run("2025-06");
  const Roll whole = roll("2025-06-30");
  EXPECT_TRUE(whole.lines.at(0).is_waived);
  EXPECT_FALSE(whole.lines.at(1).is_waived);
  EXPECT_FALSE(roll("2025-07-01").lines.at(0).is_waived) << "nothing is charged for July";
}

TEST_F(RollsOfDays, CountHeadsMeetingsAndEveryClass) {
  add_class("organisation");
  add_class("supporter");
  auto by_heads = rule(Ratio{1, 4});
  by_heads.one_vote = members::OneVote::head_count;
  by_heads.attendance = Ratio{1, 2};
  adopt("organisation", by_heads);
  adopt("supporter", rule(std::nullopt));
  add_organisation("Platform 6", "O1");
  add_organisation("Agaric", "O2");
  add_person("Somebody", "S1");
  join("O1", "organisation", "2025-01-01");
  join("O2", "organisation", "2025-01-01");
  join("S1", "supporter", "2025-01-01");
  db().in_tx([&](Tx& tx) {
    members::declare_head_count(tx, node(), "O1", Day::parse("2025-02-01"), 14, author());
    members::declare_head_count(tx, node(), "O2", Day::parse("2025-02-01"), 5, author());
  });
  EXPECT_EQ(told_on("2025-01-31"),
            "O1 no_heads: has not declared how many members it has, O2 no_heads: has not declared how many "
            "members it has, S1 no_vote: the class has no vote");
  meet("2025-03-01", {"O1"});
  meet("2025-03-02", {"O2"}, "user");
  EXPECT_EQ(
      told_on("2025-03-31"),
      "O1 14, O2 absent: was at 0 of 1 meeting in the last twelve months: at least 1/2 of them is asked "
      "for, S1 no_vote: the class has no vote");
  const Roll counted = roll("2025-03-31");
  EXPECT_EQ(class_of(counted.classes, "organisation").votes, 14);
  EXPECT_EQ(sum_of(counted.classes).registered, 3);
  EXPECT_EQ(share_of(counted.classes.at(0), 14)->text(), "1/4") << "all of the bloc";
}

class FrozenRolls : public test::RollsTest {
 protected:
  FrozenRolls() {
    member("M0001", "2025-01-01");
    member("M0002", "2025-01-01");
    run("2025-01");
    pay("M0001", "20.00", "2025-01-10");
  }
  std::string lines_of(const FrozenRoll& frozen) {
    Roll as_roll{frozen.as_of, frozen.known_at, frozen.classes, {}};
    for (const PlacedLine& one :
         db().in_snapshot([&](Tx& tx) { return read_roll_lines(tx, node(), frozen.number, {}, 0, 100); }))
      as_roll.lines.push_back(one.line);
    return told(as_roll);
  }
  std::string text_of_roll(RollNumber number) {
    return db().in_snapshot([&](Tx& tx) { return read_canonical_text(tx, node(), number); });
  }
  VoteDraft budget(RollNumber number) {
    return {.roll = number,
            .title = "Budget",
            .held_on = Day::parse("2025-07-01"),
            .tallies = {{"user", 1, 0, 0}}};
  }
};

TEST_F(FrozenRolls, StayAsTheyWereWhateverIsRecordedLater) {
  const std::string before = told_on("2025-06-30");
  const FrozenRoll frozen = freeze("2025-06-30");
  EXPECT_EQ(frozen.number, RollNumber{1});
  EXPECT_EQ(sum_of(frozen.classes).eligible, 1);
  now += std::chrono::hours{1};
  pay("M0002", "20.00", "2025-01-11");
  EXPECT_EQ(told_on("2025-06-30"), "M0001 1, M0002 1");
  EXPECT_EQ(lines_of(frozen), before);
  EXPECT_EQ(told_on("2025-06-30", frozen.known_at), before) << "known then, it comes out the same again";
  EXPECT_EQ(sum_of(freeze("2025-06-30").classes).eligible, 2) << "roll 2 knows more";
  EXPECT_EQ(freeze("2025-06-30", "As it was", frozen.known_at).hash.size(), 32u);
}

TEST_F(FrozenRolls, HaveTheHashOfTheirText) {
  const FrozenRoll frozen = freeze("2025-06-30", "Annual \"assembly\"\\2025");
  const std::string text = text_of_roll(frozen.number);
  EXPECT_EQ(sha256_of(text), frozen.hash);
  EXPECT_EQ(
      text.substr(0, text.find("class")),
      "coopledger-roll-1\nnode bcn\nnumber 1\ntitle \"Annual \\\"assembly\\\"\\\\2025\"\nas_of 2025-06-30\n"
      "known_at 2026-01-31T12:00:00.000000Z\n");
  EXPECT_NE(text.find("\nmember M0001 class=user membership=1 standing=active registered=yes paid_up=yes "
                      "waived=no votes=1 excluded=\"\"\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("Person"), std::string::npos) << "nobody's name is in it";
  EXPECT_EQ(superuser_value("SELECT body ->> 'hash' FROM event WHERE kind = 'roll_frozen'"),
            hex_of(frozen.hash));
}

TEST_F(FrozenRolls, AreRefusedWithoutATitleOrWithKnowledgeOfTheFuture) {
  EXPECT_EQ(refusal_of([&] { freeze("2025-06-30", ""); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { freeze("2025-06-30", "x", now + std::chrono::hours{1}); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { text_of_roll(RollNumber{1}); }), "roll_unknown");
}

TEST_F(FrozenRolls, TakeResultsThatLaterOnesSupersede) {
  const FrozenRoll frozen = freeze("2025-06-30");
  const Vote first = vote(budget(frozen.number));
  VoteDraft again = budget(frozen.number);
  again.tallies = {{"user", 0, 1, 0}};
  again.supersedes = first.number;
  again.reason = "counted again";
  const Vote second = vote(again);
  const Vote superseded =
      db().in_snapshot([&](Tx& tx) { return list_votes(tx, node(), {.number = first.number}, 1).at(0); });
  EXPECT_EQ(superseded.superseded_by, second.number);
  EXPECT_EQ(refusal_of([&] { vote(again); }), "field_invalid") << "vote 1 is superseded already";
  again.supersedes = VoteNumber{9};
  EXPECT_EQ(refusal_of([&] { vote(again); }), "vote_unknown");
  EXPECT_EQ(refusal_of([&] { vote(budget(RollNumber{9})); }), "roll_unknown");
  VoteDraft to_come = budget(frozen.number);
  to_come.held_on = Day::parse("2026-02-01");
  EXPECT_EQ(refusal_of([&] { vote(to_come); }), "field_invalid") << "nobody counted it on 31 January";
  again.tallies = {{"user", 1, 1, 0}};
  EXPECT_EQ(refusal_of([&] { vote(again); }), "tally_impossible");
  const Outcome outcome = outcome_of(second.recorded.tallies, second.recorded.quorum, frozen.classes);
  EXPECT_EQ(outcome.weighted_against.text(), "1/2");
}

TEST_F(FrozenRolls, AreKeptByTheSchemaItself) {
  const FrozenRoll frozen = freeze("2025-06-30");
  const Vote held = vote(budget(frozen.number));
  for (const char* change :
       {"UPDATE roll SET title = 'x'", "DELETE FROM roll_line", "TRUNCATE roll_line",
        "UPDATE roll_line SET excluded = '', votes = 1", "UPDATE roll_class SET votes = 2",
        "UPDATE vote SET title = 'x'", "UPDATE vote_tally SET votes_for = 0", "DELETE FROM vote_tally"})
    EXPECT_EQ(state_of(change), restricted) << change;
  const std::string node_text = std::to_string(node().number());
  const auto line = [&](const char* roll, const char* place, const char* membership, const char* rest) {
    return state_of(
        "INSERT INTO roll_line (node_id, roll_number, line, membership_id, member, class_id, standing, "
        "is_registered, is_paid_up, is_waived, votes, excluded) VALUES (" +
        node_text + ", " + roll + ", " + place + ", " + membership + ", 'M0001', 1, 'active', " + rest + ")");
  };
  EXPECT_EQ(line("1", "3", "1", "true, true, false, 1, ''"), unique_violated);
  add_person("Late", "M0003");
  join("M0003", "user", "2025-01-01");
  EXPECT_EQ(line("1", "3", "3", "true, true, false, 1, ''"), restricted)
      << "a frozen roll takes no more lines";
  EXPECT_EQ(line("2", "1", "3", "true, true, false, 1, 'left: x'"), check_violated);
  EXPECT_EQ(line("2", "1", "3", "true, true, false, 0, ''"), check_violated);
  EXPECT_EQ(line("2", "1", "3", "true, true, false, 1, ''"), foreign_key_violated) << "there is no roll 2";
  EXPECT_EQ(state_of("INSERT INTO roll VALUES (" + node_text +
                     ", 2, 'x', '2025-01-01', now(), 1, sha256('x'), now(), NULL)"),
            integrity_violated)
      << "a roll comes whole";
  EXPECT_EQ(state_of("INSERT INTO roll VALUES (" + node_text +
                     ", 3, 'x', '2025-01-01', now(), 0, sha256('x'), now(), NULL)"),
            integrity_violated)
      << "rolls are numbered without a gap";
  const auto tally = [&](const char* votes) {
    return state_of(
        "BEGIN; INSERT INTO vote (node_id, number, roll_number, title, held_on, decision, reason, "
        "recorded_at) VALUES (" +
        node_text + ", 2, 1, 'x', '2025-07-01', '', '', now()); INSERT INTO vote_tally VALUES (" + node_text +
        ", 2, 1, 1, " + votes + "); COMMIT");
  };
  EXPECT_EQ(tally("1, 1, 0"), integrity_violated) << "the roll has one vote";
  superuser_sql("ROLLBACK");
  for (const char* table : {"roll", "roll_class", "roll_line", "vote", "vote_tally"}) {
    EXPECT_FALSE(service_may("DELETE FROM " + std::string{table})) << table;
    EXPECT_FALSE(service_may("UPDATE " + std::string{table} + " SET node_id = node_id")) << table;
  }
}

}  // namespace
}  // namespace coop::rolls
