// Shared costs on the command line.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class CostCommands : public CommandTest {
 protected:
  CostCommands() : CommandTest{"costs"} {
    open("expenses:servers", "expense");
    open("assets:claims", "asset");
    EXPECT_EQ(operate("POST", "/v1/nodes",
                      R"({"name":"mcr","title":"Manchester","base_unit":"EUR","country":"GB",)"
                      R"("time_zone":"Europe/London"})")
                  .status,
              201);
    make("sharing-rules", R"({"code":"by_minutes","title":"By minutes","valid_from":"2026-01-01",)"
                          R"("decision":"Assembly","adopted_on":"2026-01-01","rule":{"steps":[)"
                          R"({"step":"weight","factors":["minutes"]},{"step":"pro_rata","to":"weights"}]}})");
    make("cost-pools",
         R"({"code":"server","unit":"EUR","expense":"expenses:servers","claims":"assets:claims",)"
         R"("from_on":"2026-01-01","title":"The server","rule":"by_minutes","decision":"Assembly",)"
         R"("participants":[{"kind":"node","code":"bcn"},{"kind":"node","code":"mcr"}]})");
    make("cost-bills", R"({"pool":"server","billed_on":"2026-01-20","amount":"30.00","unit":"EUR",)"
                       R"("payer":{"kind":"node","code":"mcr"},"title":"Server of January"})");
  }
  std::string file(const std::string& rows) const {
    return CommandTest::file("participant,measure,from_on,until_on,value\n" + rows, "usage.csv");
  }
};

TEST_F(CostCommands, RecordUsageAndShowWhatItComesTo) {
  EXPECT_NE(run({"bills", "bcn", "--csv"}).out.find("Server of January"), std::string::npos);
  const std::string rows = "bcn,minutes,2026-01-01,2026-01-31,100\nmcr,minutes,2026-01-01,2026-01-31,50\n";
  const Ran wrong = run({"usage", "bcn", "server", file(rows + "xyz,minutes,2026-01-01,2026-01-31,1\n")});
  EXPECT_EQ(wrong.code, 1);
  EXPECT_NE(wrong.out.find("line 4, participant: nobody called 'xyz'"), std::string::npos) << wrong.out;
  EXPECT_NE(run({"usage", "bcn", "server", file(rows), "--dry-run"}).out.find("2 would be recorded"),
            std::string::npos);
  EXPECT_NE(run({"usage", "bcn", "server", file(rows)}).out.find("2 recorded"), std::string::npos);
  EXPECT_NE(run({"usage", "bcn", "server", file(rows)}).out.find("2 on record before"), std::string::npos);
  make("cost-allocations", R"({"pool":"server","from_on":"2026-01-01","to_on":"2026-01-31"})");
  const Ran division = run({"division", "bcn", "1", "--csv"});
  EXPECT_NE(division.out.find("bcn,node,20.00,0.00,0.00,20.00,EUR"), std::string::npos) << division.out;
  const Ran statement = run({"statement", "bcn", "server"});
  EXPECT_NE(statement.out.find("Who bears what"), std::string::npos) << statement.out << statement.err;
  EXPECT_EQ(run({"claims", "bcn"}).code, 0);
  const Ran evidence = run({"evidence", "bcn", "1", "mcr"});
  EXPECT_NE(evidence.out.find("How the share of mcr is worked out"), std::string::npos)
      << evidence.out << evidence.err;
  EXPECT_NE(run({"account", "bcn", "mcr", "--csv"}).out.find("entry,day,what"), std::string::npos);
  EXPECT_EQ(run({"evidence", "bcn", "1", "nobody"}).code, 1);
  EXPECT_EQ(run({"statement", "bcn", "nothing"}).code, 1);
  EXPECT_EQ(run({"statement", "bcn"}).code, 2);
}

}  // namespace
}  // namespace coop::test
