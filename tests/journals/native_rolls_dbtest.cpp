// The complete export carries frozen rolls with every line, and the votes under them.
#include "tests/support/native_file.hpp"
#include "tests/support/test_rolls.hpp"

namespace coop::journals {
namespace {

class NativeRolls : public test::RollsTest {
 protected:
  NativeRolls() {
    add_class("worker");
    adopt("worker", rule(Ratio{1, 1}));
    add_class("supporter");
    for (const char* number : {"M0001", "M0002", "M0003"}) member(number, "2025-01-01");
    run("2025-01");
    pay("M0001", "20.00", "2025-01-05");
    const auto frozen = freeze("2025-06-30", "Assembly \"2025\"");
    rolls::VoteDraft draft{.roll = frozen.number,
                           .title = "Budget",
                           .link = "https://vote.example/1",
                           .held_on = Day::parse("2025-07-01"),
                           .quorum = Ratio{1, 4},
                           .tallies = {{"user", 1, 0, 0}},
                           .decision = "Adopted"};
    const auto first = vote(draft);
    draft.supersedes = first.number;
    draft.reason = "counted again";
    draft.quorum.reset();
    draft.link.reset();
    vote(draft);
    freeze("2020-01-01", "Nobody yet");
  }
};

TEST_F(NativeRolls, RestoreIntoAnEmptyServerAsTheyWere) {
  const std::vector<std::string> tables{"roll", "roll_class", "roll_line", "vote", "vote_tally"};
  test::expect_native_restores(db(), fresh(), tables, now);
}

TEST_F(NativeRolls, AreRefusedWhereTheyContradictThemselves) {
  const std::string original = test::native_export(db());
  const auto code_of = [&](const std::string& before, const std::string& after) {
    std::string changed = original;
    const std::size_t at = changed.find(before);
    EXPECT_NE(at, std::string::npos) << before;
    if (at != std::string::npos) changed.replace(at, before.size(), after);
    return test::refusal_of_native(changed);
  };
  const std::vector<std::pair<std::string, std::string>> contradictions{
      {R"("title":"Assembly \"2025\"")", R"("title":"Assembly 2026")"},
      {R"("kind":"roll_line","roll":1,"line":2)", R"("kind":"roll_line","roll":1,"line":3)"},
      {R"("member":"M0002","class":"user","standing")", R"("member":"M0003","class":"user","standing")"},
      {R"("roll":1,"class":"worker")", R"("roll":1,"class":"king")"},
      {R"("kind":"vote","number":2)", R"("kind":"vote","number":3)"},
      {R"("supersedes":1)", R"("supersedes":2)"},
      {R"("quorum":"1/4")", R"("quorum":"5/4")"},
      {R"("vote":1,"class":"user","for":1)", R"("vote":1,"class":"user","for":2)"},
      {R"("vote":1,"class":"user")", R"("vote":1,"class":"supporter")"},
      {R"("kind":"roll","number":2)", R"("kind":"roll","number":3)"},
      {R"("kind":"vote","number":1,"roll":1)", R"("kind":"vote","number":1,"roll":7)"},
  };
  for (const auto& [before, after] : contradictions)
    EXPECT_EQ(code_of(before, after), "import_contradicts") << after;
}

}  // namespace
}  // namespace coop::journals
