// Shared costs on the command line.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class CostCommands : public CommandTest {
 protected:
  CostCommands() : CommandTest{"costs"} {
    for (const char* name : {"tom", "ann"})
      add_user(name, {access::Role::bookkeeper, access::Role::approver}, command_password);
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

// A pool is begun, a gift in kind and a bill are recorded, the period is divided by somebody, approved by
// somebody else, and taken back: all at the command line.
TEST_F(CostCommands, BeginAPoolDivideItsBillsAndTakeTheDivisionBack) {
  make("sharing-rules", R"({"code":"alike","title":"Alike","valid_from":"2026-01-01","decision":"Assembly",)"
                        R"("adopted_on":"2026-01-01","rule":{"steps":[{"step":"equal"}]}})");
  const auto pool = [](const std::string& from) {
    return R"({"code":"office","unit":"EUR","expense":"expenses:servers","claims":"assets:claims",)"
           R"("from_on":")" +
           from + R"(","title":"The office","rule":"alike","decision":"Assembly","participants":[)" +
           R"({"kind":"node","code":"bcn"},{"kind":"node","code":"mcr"}]})";
  };
  const auto request = [&](const std::string& json) {
    return " --user tom --file " + CommandTest::file(json);
  };
  EXPECT_EQ(run({"bill", "bcn", "--file", "x"}).code, 2) << "nobody says who records it";
  add_user("eva", {access::Role::approver}, command_password);
  expect_refused("adopt bcn --user eva --file " + CommandTest::file(pool("2026-01-01")),
                 "it takes the role treasurer or bookkeeper (role_missing)");
  expect("begin bcn --dry-run" + request(pool("2026-01-01")), "bcn, mcr");
  expect("begin bcn" + request(pool("2026-01-01")), "bcn, mcr");
  expect("adopt bcn --csv" + request(pool("2026-03-01")), "line,0,office,2,2026-03-01");
  expect("pools bcn --csv", "line,0,office,1,2026-01-01");
  const auto bill = [](const std::string& kind, const std::string& amount) {
    return R"({"pool":"office","bill":")" + kind + R"(","billed_on":"2026-01-20","amount":")" + amount +
           R"(","unit":"EUR","payer":{"kind":"node","code":"mcr"},"title":"Desks"})";
  };
  expect("bill bcn --csv" + request(bill("paid", "30.00")), "line,0,2,office,paid,open");
  expect("bill bcn --csv" + request(bill("gift", "12.00")), "line,0,3,office,gift,open");
  expect("bills bcn --pool office --csv", "mcr,Desks,12.00,EUR");
  expect_refused("bill bcn" + request(bill("payed", "1.00")), "coopledger: /bill: allowed are paid");
  expect("bill bcn" + request(bill("paid", "1.00")), "Desks");
  expect("withdraw bcn 4 --reason twice --user tom --csv", "withdrawn");
  const std::string period =
      " --file " + CommandTest::file(R"({"pool":"office","from_on":"2026-01-01","to_on":"2026-01-31"})");
  const std::string shares = "line,0,bcn,node,15.00,0.00,0.00,15.00,EUR";
  expect("preview bcn --csv" + period, shares);
  expect_refused("division bcn 1", "cost_allocation_unknown");
  expect("propose bcn --csv --user tom" + period, shares);
  expect_refused("approve bcn 1 --user tom", "approval_of_own");
  expect("cancel bcn 1 --reason wrong --user tom --dry-run", "cancelled");
  expect("approve bcn 1 --user ann", "posted");
  expect("division bcn 1 --csv", "line,0,mcr,node,15.00,30.00,12.00,-15.00,EUR");
  // The gift is shown with its value, and charged to nobody.
  expect("statement bcn office --csv", "12.00");
  expect("reverse bcn 1 --reason wrong --user tom", "reversed");
  expect_refused("cancel bcn 1 --reason wrong --user tom", "cost_allocation_not_open");
}

TEST_F(CostCommands, RecordUsageAndShowWhatItComesTo) {
  EXPECT_NE(run({"bills", "bcn", "--csv"}).out.find("Server of January"), std::string::npos);
  const std::string rows = "bcn,minutes,2026-01-01,2026-01-31,100\nmcr,minutes,2026-01-01,2026-01-31,50\n";
  const auto usage = [&](const std::string& table, const std::string& more = {}) {
    return run_with_line(command_password, "costs usage bcn server " + file(table) + " --user tom" + more);
  };
  const Ran wrong = usage(rows + "xyz,minutes,2026-01-01,2026-01-31,1\n");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_NE(wrong.out.find("line 4, participant: nobody called 'xyz'"), std::string::npos) << wrong.out;
  EXPECT_NE(usage(rows, " --dry-run").out.find("2 would be recorded"), std::string::npos);
  EXPECT_NE(usage(rows).out.find("2 recorded"), std::string::npos);
  EXPECT_NE(usage(rows).out.find("2 on record before"), std::string::npos);
  make("cost-allocations", R"({"pool":"server","from_on":"2026-01-01","to_on":"2026-01-31"})");
  const Ran division = run({"division", "bcn", "1", "--csv"});
  EXPECT_NE(division.out.find("bcn,node,20.00,0.00,0.00,20.00,EUR"), std::string::npos) << division.out;
  const Ran statement = run({"statement", "bcn", "server"});
  EXPECT_NE(statement.out.find("Who bears what"), std::string::npos) << statement.out << statement.err;
  EXPECT_EQ(run({"claims", "bcn"}).code, 0);
  for (const std::vector<std::string>& asked : {std::vector<std::string>{"statement", "bcn", "server"},
                                                std::vector<std::string>{"account", "bcn", "mcr"}}) {
    auto then = asked;
    then.insert(then.end(), {"--known-at", "2020-01-01T00:00:00Z"});
    EXPECT_EQ(run(then).code, 1) << "nobody knew of it";
    then.back() = "2999-01-01T00:00:00Z";
    EXPECT_EQ(run(then).code, 0);
  }
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
