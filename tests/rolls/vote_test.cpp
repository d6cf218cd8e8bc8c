#include "ledger/rolls/vote.hpp"

#include <rapidcheck/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop::rolls {
namespace {

RollClass bloc(const char* code, const std::optional<Ratio>& weight, std::int64_t votes) {
  RollClass of{code, code, 1, weight, members::OneVote::member, "", votes, votes, votes, votes};
  if (!weight) of.votes = of.eligible = 0;
  return of;
}

/// The blocs of E10: 6 workers, 40 clients who are paid up, 5 investors.
const std::vector<RollClass> blocs{bloc("client", Ratio{1, 4}, 40), bloc("investor", Ratio{1, 4}, 5),
                                   bloc("supporter", std::nullopt, 0), bloc("worker", Ratio{1, 2}, 6)};

TEST(Vote, ComesToTheWeightedAndThePlainResultOfE10) {
  const std::vector<Tally> tallies{{"worker", 4, 1, 0}, {"client", 9, 9, 2}, {"investor", 3, 0, 0}};
  const Outcome outcome = outcome_of(tallies, Ratio{1, 4}, blocs);
  EXPECT_EQ(outcome.eligible, 51);
  EXPECT_EQ(outcome.cast, 28);
  EXPECT_EQ(outcome.abstained, 2);
  EXPECT_EQ(outcome.quorum_votes, 13);
  EXPECT_TRUE(outcome.quorum_met);
  EXPECT_EQ(outcome.weighted_for.text(), "31/40");
  EXPECT_EQ(outcome.weighted_against.text(), "9/40");
  EXPECT_EQ(outcome.weighted_silent.text(), "0");
  EXPECT_EQ(outcome.share_for->percent_text(1), "77.5");
  EXPECT_EQ(outcome.share_for_by_head->text(), "8/13");
  EXPECT_EQ(outcome.share_for_by_head->percent_text(1), "61.5");
}

TEST(Vote, TellsTheWeightOfBlocsThatWereSilent) {
  const std::vector<Tally> tallies{{"worker", 3, 1, 2}, {"client", 0, 0, 5}};
  const Outcome outcome = outcome_of(tallies, Ratio{1, 2}, blocs);
  EXPECT_EQ(outcome.weighted_silent.text(), "1/2") << "clients abstained, investors did not vote";
  EXPECT_EQ(outcome.weighted_for.text(), "3/8");
  EXPECT_EQ(outcome.share_for->text(), "3/4") << "of the weight that was cast";
  EXPECT_EQ(outcome.quorum_votes, 26);
  EXPECT_FALSE(outcome.quorum_met) << "11 of 51";
  const Outcome nobody = outcome_of(std::vector<Tally>{{"worker", 0, 0, 1}}, std::nullopt, blocs);
  EXPECT_FALSE(nobody.share_for);
  EXPECT_FALSE(nobody.share_for_by_head);
  EXPECT_FALSE(nobody.quorum_votes);
  EXPECT_TRUE(nobody.quorum_met) << "none was asked for";
}

struct Wrong {
  const char* what;
  std::function<void(VoteDraft&)> spoil;
  const char* code;
  const char* field;
};

TEST(Vote, IsRefusedNamingWhatIsWrong) {
  const std::vector<Wrong> wrongs{
      {"no title", [](VoteDraft& vote) { vote.title = ""; }, "field_invalid", "/title"},
      {"no address", [](VoteDraft& vote) { vote.link = "loomio.com/p/1"; }, "field_invalid", "/link"},
      {"a blank", [](VoteDraft& vote) { vote.link = "https://a.b/c d"; }, "field_invalid", "/link"},
      {"too much", [](VoteDraft& vote) { vote.quorum = Ratio{3, 2}; }, "field_invalid", "/quorum"},
      {"no reason", [](VoteDraft& vote) { vote.supersedes = VoteNumber{1}; }, "field_invalid", "/reason"},
      {"nothing", [](VoteDraft& vote) { vote.tallies.clear(); }, "tally_impossible", "/tally"},
      {"twice", [](VoteDraft& vote) { vote.tallies.push_back(vote.tallies[0]); }, "field_invalid",
       "/tally/1/class"},
      {"too many", [](VoteDraft& vote) { vote.tallies[0].abstained = 3; }, "tally_impossible", "/tally/0"},
      {"no vote", [](VoteDraft& vote) { vote.tallies[0] = {"supporter", 0, 0, 0}; }, "tally_impossible",
       "/tally/0"},
      {"unknown", [](VoteDraft& vote) { vote.tallies[0].class_code = "king"; }, "tally_impossible",
       "/tally/0"},
  };
  const VoteDraft right{.roll = RollNumber{1},
                        .title = "Budget",
                        .link = "https://www.loomio.com/p/Ab12",
                        .held_on = Day::parse("2026-03-31"),
                        .tallies = {{"worker", 3, 1, 2}}};
  require_vote(right, blocs);
  for (const Wrong& wrong : wrongs) {
    VoteDraft spoiled = right;
    wrong.spoil(spoiled);
    try {
      require_vote(spoiled, blocs);
      ADD_FAILURE() << wrong.what;
    } catch (const Refused& refused) {
      EXPECT_EQ(text_of(refused.refusal()).code, wrong.code) << wrong.what;
      EXPECT_EQ(refused.field(), std::string{wrong.field}) << wrong.what;
    }
  }
}

RC_GTEST_PROP(Vote, AddsUpToTheWeightOfAllBlocs, ()) {
  std::vector<RollClass> classes;
  std::vector<Tally> tallies;
  Fraction whole{0};
  const int count = *rc::gen::inRange(1, 12);
  for (int i = 0; i < count; ++i) {
    const std::string code = "c" + std::to_string(i);
    const Ratio weight{*rc::gen::inRange<std::int64_t>(1, 1'000),
                       *rc::gen::inRange<std::int64_t>(1'000, 100'000)};
    classes.push_back(bloc(code.c_str(), weight, 3'000));
    whole = whole + Fraction{weight};
    tallies.push_back(
        {code, *rc::gen::inRange(0, 1'000), *rc::gen::inRange(0, 1'000), *rc::gen::inRange(0, 1'000)});
  }
  const Outcome outcome = outcome_of(tallies, std::nullopt, classes);
  RC_ASSERT(outcome.weighted_for + outcome.weighted_against + outcome.weighted_silent == whole);
  RC_ASSERT(outcome.cast == outcome.votes_for + outcome.votes_against + outcome.abstained);
}

}  // namespace
}  // namespace coop::rolls
