// Shares, and rules by which sums are divided, on the command line: what is written is what the API takes.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class CapitalCommands : public CommandTest {
 protected:
  CapitalCommands() {
    add_user("eva", {access::Role::treasurer}, command_password);
    for (const char* path : {"equity:members", "equity:reserve", "equity:result"}) open(path, "equity");
    open("liabilities:shares", "liability");
    open("assets:shares-due", "asset");
    make("members", R"({"kind":"person","number":"M1","profile":{"name":"Ana"}})");
    make("share-classes",
         R"({"code":"member","from_on":"2025-01-01","title":"Member shares","unit":"EUR","nominal":"1.00",)"
         R"("withdrawable":"yes","capital":"equity:members","reserve":"equity:reserve",)"
         R"("receivable":"assets:shares-due","payable":"liabilities:shares","decision":"Assembly"})");
  }
  /// The treasurer's password is a line of standard input.
  Ran run_as_eva(const std::string& words) { return run_with_line(command_password, words); }
  static std::string movement(const std::string& kind, const std::string& more = {}) {
    return R"({"movement":")" + kind + R"(","share_class":"member","member":"M1","amount":"50.00",)" +
           R"("unit":"EUR","on":"2025-02-01","reason":"Board")" + more + "}";
  }
};

TEST_F(CapitalCommands, MoveTakeBackUndoAndCertify) {
  const Ran subscribed = run_as_eva("capital move bcn --user eva --file " + file(movement("subscribe")));
  EXPECT_EQ(subscribed.code, 0) << subscribed.err;
  EXPECT_NE(subscribed.out.find("subscribe"), std::string::npos) << subscribed.out;
  EXPECT_EQ(run_as_eva("capital move bcn --user eva --file " +
                       file(movement("pay_in", R"(,"account":"assets:bank")")))
                .code,
            0);
  EXPECT_EQ(run_as_eva("capital move bcn --user eva --file " + file(movement("ask"))).code, 0);
  const Ran asked = run({"capital", "asked-back", "bcn", "--csv"});
  EXPECT_NE(asked.out.find("3,member,M1,2025-02-01,2025-02-01,50.00,0.00,0.00,50.00,EUR"), std::string::npos)
      << asked.out;
  EXPECT_EQ(run_as_eva("capital take-back bcn 3 --on 2025-02-02 --reason stays --user eva").code, 0);
  EXPECT_EQ(run_as_eva("capital take-back bcn 3 --on 2025-02-02 --reason stays --user eva").code, 1);
  const Ran certificate = run({"capital", "certificate", "bcn", "M1", "member", "--csv"});
  EXPECT_NE(certificate.out.find(",50,1.00,50.00,0.00,0.00,EUR"), std::string::npos) << certificate.out;
  EXPECT_EQ(run_as_eva("capital undo bcn 2 --reason 'of somebody else' --user eva").code, 0);
  const Ran refused = run_as_eva("capital undo bcn 2 --reason again --user eva");
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("share_movement_impossible"), std::string::npos) << refused.err;
  EXPECT_EQ(run_as_eva("capital move bcn --user eva --file " + std::string{"/nowhere.json"}).code, 1);
  EXPECT_EQ(run({"capital"}).code, 2);
}

TEST_F(CapitalCommands, AdoptListShowAndTryRules) {
  const std::string steps =
      R"({"steps":[{"step":"weight","factors":["hours"]},{"step":"pro_rata","to":"weights"}]})";
  const std::string sum = R"("amount":"50.00","unit":"EUR","on":"2026-02-28","participants":[)"
                          R"({"id":"A","measures":[{"name":"hours","value":"2"}]},)"
                          R"({"id":"B","measures":[{"name":"hours","value":"1"}]}])";
  // Tried before anybody adopted it.
  const Ran tried =
      run({"rules", "try", "bcn", "--csv", "--file", file("{\"rule\":" + steps + "," + sum + "}")});
  EXPECT_EQ(tried.code, 0) << tried.err;
  EXPECT_NE(tried.out.find("participant,A,33.33"), std::string::npos) << tried.out;
  EXPECT_EQ(run({"rules", "try", "bcn", "wages", "--file", file("{" + sum + "}")}).code, 1);

  const std::string version = R"({"code":"wages","title":"By hours","valid_from":"2026-01-01",)"
                              R"("adopted_on":"2025-12-01","rule":)" +
                              steps;
  const std::string adopt = "rules adopt bcn --user eva ";
  const auto adopted_by = [&](const std::string& decision) {
    return run_as_eva(adopt + "--file " + file(version + R"(,"decision":")" + decision + "\"}"));
  };
  const Ran adopted = adopted_by("Assembly");
  EXPECT_EQ(adopted.code, 0) << adopted.err;
  EXPECT_NE(adopted.out.find("wages (By hours), version 1"), std::string::npos) << adopted.out;
  const Ran without = adopted_by(" ");
  EXPECT_NE(without.err.find("decision_missing"), std::string::npos) << without.err;
  const Ran overlapping = adopted_by("x");
  EXPECT_NE(overlapping.err.find("sharing_versions_overlap"), std::string::npos) << overlapping.err;
  EXPECT_EQ(run({"rules", "adopt", "bcn", "--file", "x"}).code, 2) << "nobody says who adopts it";
  EXPECT_NE(run_as_eva(adopt).err.find("--example or --file"), std::string::npos);
  const std::string decided = " --from 2026-01-01 --adopted-on 2025-12-10 --decision Assembly";
  EXPECT_NE(
      run_as_eva(adopt + "--example own_rates" + decided)
          .out.find("own_rates (Each at their own rate; what the pot does not cover stays open), version "
                    "1, from 2026-01-01: adopted on 2025-12-10, Assembly"),
      std::string::npos);
  EXPECT_EQ(run_as_eva(adopt + "--example own_rates").code, 2) << "nothing is adopted without a decision";
  EXPECT_NE(run_as_eva(adopt + "--example nothing" + decided).err.find("template_unknown"),
            std::string::npos);
  EXPECT_NE(run({"rules", "list", "bcn"}).out.find("wages"), std::string::npos);
  EXPECT_NE(run({"rules", "show", "bcn", "wages"}).out.find("Assembly"), std::string::npos);
  const Ran again = run({"rules", "try", "bcn", "wages", "--file", file("{" + sum + "}")});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_NE(again.out.find("16.67"), std::string::npos) << again.out;
}

}  // namespace
}  // namespace coop::test
