// Pay runs on the command line.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

class PayrunCommands : public CommandTest {
 protected:
  PayrunCommands() : CommandTest{"payrun"} {
    open("expenses:wages", "expense");
    open("liabilities:payable:wages", "liability");
    open("liabilities:later", "liability");
    for (const char* number : {"M1", "M2"}) make("members", person(number));
    make("circles", R"({"circle":"tech","title":"Technology","from_on":"2020-01-01"})");
    for (const char* number : {"M1", "M2"})
      EXPECT_EQ(post(at("circles/tech/joining"),
                     R"({"member":")" + std::string{number} + R"(","from_on":"2020-01-01"})")
                    .status,
                200);
    const std::string mia = token_of_new_user("mia", {access::Role::member});
    EXPECT_EQ(send("PUT", at("members/M2/users/mia")).status, 200);
    EXPECT_EQ(post(at("hours"), R"({"mode":"atomic","hours":[{"member":"M1","circle":"tech",)"
                                R"("worked_on":"2026-01-10","minutes":600,"work":"livelihood",)"
                                R"("intent":"paid"}]})")
                  .status,
              200);
    EXPECT_EQ(send("POST", at("hours-approvals"), {.body = R"({"mode":"atomic","hours":[1]})", .token = mia})
                  .status,
              200);
    make("tariffs", R"({"work":"livelihood","from_on":"2020-01-01","amount":"25.00","unit":"EUR",)"
                    R"("decision":"Assembly"})");
    make("sharing-rules",
         R"({"code":"own_rates","title":"Own rates","valid_from":"2020-01-01","adopted_on":"2020-01-01",)"
         R"("decision":"Assembly","rule":{"steps":[{"step":"claim","amount":["hours","rate"]},)"
         R"({"step":"pro_rata","to":"claims"}]}})");
    for (const char* name : {"ann", "ben"}) add_user(name, {access::Role::approver}, command_password);
    add_user("tom", {access::Role::bookkeeper}, command_password);
  }
  static std::string person(const std::string& number) {
    return R"({"kind":"person","number":")" + number + R"(","profile":{"name":"Somebody"}})";
  }
  Ran run(const std::string& words) { return run_signed(words); }
  /// Run 1 pays 100.00 of the 250.00 that M1 claims, and is booked; 150.00 are deferred.
  void book_january() {
    run("propose bcn --from 2026-01-01 --to 2026-01-31 --amount 100.00 --rule own_rates --deferred "
        "liabilities:later --user tom");
    for (const char* name : {"ann", "ben"}) run("approve bcn 1 --user " + std::string{name});
    expect("post bcn 1 --user tom", "posted");
  }
};

TEST_F(PayrunCommands, GoFromAPreviewToTheBooks) {
  const std::string month =
      " bcn --from 2026-01-01 --to 2026-01-31 --amount 100.00 --rule own_rates --deferred liabilities:later";
  const Ran preview = run("preview" + month);
  EXPECT_NE(preview.out.find("250.00 × 100.00 / 250.00 = 100.00"), std::string::npos)
      << preview.out << preview.err;
  EXPECT_EQ(run("show bcn 1").code, 1) << "nothing was recorded";
  EXPECT_NE(run("propose" + month + " --user ann").err.find("may not do this"), std::string::npos);
  const Ran proposed = run("propose" + month + " --user tom --csv");
  EXPECT_NE(proposed.out.find("line,0,M1,10,250.00,100.00,150.00,0.00,EUR"), std::string::npos)
      << proposed.out << proposed.err;
  EXPECT_EQ(run("post bcn 1 --user tom").code, 1) << "nobody approved it";
  for (const char* name : {"ann", "ben"})
    EXPECT_EQ(run("approve bcn 1 --user " + std::string{name}).code, 0) << name;
  EXPECT_NE(run("post bcn 1 --user tom").out.find("posted"), std::string::npos);
  EXPECT_NE(run("list bcn --csv").out.find("line,0,1,wages,posted,2026-01-01,2026-01-31,1,100.00"),
            std::string::npos)
      << run("list bcn --csv").out;
  EXPECT_NE(run("show bcn 1").out.find("Approved by: ann\nApproved by: ben\n"), std::string::npos);
  EXPECT_NE(run("claims bcn --csv").out.find("debt"), std::string::npos) << run("claims bcn --csv").err;
  EXPECT_EQ(run("claims bcn --csv --as-of 2026-01-30").out.find("debt"), std::string::npos);
  EXPECT_EQ(run("claims bcn --csv --known-at 2026-01-01T00:00:00Z").out.find("debt"), std::string::npos);
  EXPECT_EQ(run("list bcn --circle tech --csv").out.find("wages,posted"), std::string::npos)
      << "it is of any";
  EXPECT_NE(run("list bcn --circle none").err.find("circle"), std::string::npos);
  EXPECT_NE(run("preview" + month + " --mandate 9").err.find("there is no spending mandate 9"),
            std::string::npos);
  EXPECT_EQ(run("show bcn 9").code, 1);
  EXPECT_EQ(run("show bcn").code, 2);
}

// Where nothing is said of the accounts, they are those of the charts.
TEST_F(PayrunCommands, SayWhatAnHourIsWorthAndTakeTheAccountsOfTheCharts) {
  add_user("eva", {access::Role::treasurer}, command_password);
  const std::string tariff = "tariff bcn --csv --from 2026-01-01 --decision 'Assembly of May' ";
  expect_refused(tariff + "--amount 30.00 --user tom", "it takes the role treasurer");
  expect(tariff + "--amount 30.00 --member M1 --user eva",
         "livelihood,,M1,2026-01-01,30.00,EUR,Assembly of May");
  expect_refused(tariff + "--amount 30.00 --work sleep --user eva", "work_kind_unknown");
  expect(tariff + "--member M1 --user eva", "livelihood,,M1,2026-01-01,,,Assembly of May");
  expect("tariffs bcn --csv", "line,0,2,livelihood,,M1,2026-01-01,30.00,EUR");
  const std::string month = "preview bcn --from 2026-01-01 --to 2026-01-31 --amount 100.00 --rule own_rates";
  expect_refused(month, "liabilities:deferred:wages");
  open("liabilities:deferred:wages", "liability");
  expect(month, "250.00 × 100.00 / 250.00 = 100.00");
}

TEST_F(PayrunCommands, GiveTheRuleFiguresMembersAndPots) {
  make(
      "sharing-rules",
      R"({"code":"rent_first","title":"Rent","valid_from":"2020-01-01","adopted_on":"2020-01-01",)"
      R"("decision":"Assembly","rule":{"steps":[{"step":"first","amount":["figure:servers"],"to":"servers"},)"
      R"({"step":"first","amount":["rent"]},{"step":"equal"}]}})");
  const std::string terms = file(R"({"figures":[{"name":"servers","value":"30"}],"members":[{"member":"M1",)"
                                 R"("measures":[{"name":"rent","value":"20"}]},{"member":"M2","place":"bcn",)"
                                 R"("measures":[{"name":"rent","value":"0"}]}],"pots":[{"name":"servers",)"
                                 R"("from":"expenses:wages","to":"liabilities:later"}]})");
  const Ran preview =
      run("preview bcn --from 2026-01-01 --to 2026-01-31 --amount 100.00 --rule rent_first --deferred "
          "liabilities:later --csv --file " +
          terms);
  EXPECT_NE(preview.out.find("line,0,M1,10,250.00,45.00,0.00,0.00,EUR"), std::string::npos)
      << preview.out << preview.err;
  EXPECT_NE(preview.out.find("line,0,M2,0,0.00,25.00,0.00,0.00,EUR"), std::string::npos) << preview.out;
}

TEST_F(PayrunCommands, ShowASlipAndTheRegisterSettleAndLetLapse) {
  book_january();
  expect("payslip bcn 1 M1", "250.00 × 100.00 / 250.00 = 100.00");
  expect_refused("payslip bcn 1 M2", "party_unknown");
  expect("claims bcn --open --csv", "150.00,0.00,0.00,150.00,EUR,liabilities:later");
  expect("claims bcn --member M1 --as debt", "liabilities:later");
  EXPECT_EQ(run("claims bcn --member M2 --csv").out.find("liabilities:later"), std::string::npos);
  expect_refused("claims bcn --as nothing", "allowed are debt");
  make("sharing-rules",
       R"({"code":"alike","title":"Alike","valid_from":"2020-01-01","adopted_on":"2020-01-01",)"
       R"("decision":"Assembly","rule":{"steps":[{"step":"claim","of":"lots"},)"
       R"({"step":"pro_rata","to":"claims"}]}})");
  const std::string settle =
      "settle bcn --csv --user tom --file " +
      file(R"({"booked_on":"2026-02-28","amount":"60.00","unit":"EUR","rule":"alike",)"
           R"("deferred_as":"debt","wages":"expenses:wages","payable":"liabilities:payable:wages"})",
           "settle.json");
  expect(settle + " --dry-run", "line,0,M1,0,0.00,60.00,0.00,60.00,EUR");
  expect_refused("show bcn 2", "pay_run_unknown");
  expect(settle, "line,0,M1,0,0.00,60.00,0.00,60.00,EUR");
  expect("cancel bcn 2 --reason wrong --user tom --dry-run", "cancelled");
  expect("show bcn 2", "proposed");
  expect("cancel bcn 2 --reason wrong --user tom", "cancelled");
  expect_refused("cancel bcn 2 --reason wrong --user tom", "pay_run_not_open");
  const std::string lapse =
      R"({"booked_on":"2026-02-28","unit":"EUR","deferred_as":"debt","wages":"expenses:wages")";
  expect_refused("lapse bcn --user tom --file " + file(lapse + "}"), "decision_missing");
  const std::string decided = file(lapse + R"(,"decision":"Assembly of May"})");
  expect_refused("lapse bcn --user ann --file " + decided, "role_missing");
  expect("lapse bcn --csv --user tom --dry-run --file " + decided, "150.00,EUR");
  expect("lapse bcn --user tom --file " + decided, "Assembly of May");
  expect("list bcn --csv", "line,0,3,lapse,proposed");
}

TEST_F(PayrunCommands, ProposeThePaymentAndTakeARunBack) {
  book_january();
  make("bank/accounts", R"({"account":"assets:bank","unit":"EUR","identifier":"DE89370400440532013000",)"
                        R"("title":"Current"})");
  const std::string pay =
      "pay bcn 1 --csv --user tom --file " + file(R"({"bank_account":1,"requested_on":"2099-01-05"})");
  expect_refused(pay, "field_missing");
  EXPECT_EQ(send("PATCH", at("members/M1"), {.body = R"({"iban":"BE68539007547034"})"}).status, 200);
  expect(pay + " --dry-run", "line,0,M1,100.00,EUR,yes,1");
  expect("undo bcn 1 --reason wrong --user tom --dry-run", "undone");
  expect(pay, "line,0,M1,100.00,EUR,yes,1");
  expect_refused(pay, "pay_run_not_open");
  expect_refused("undo bcn 1 --reason wrong --user tom", "pay_run_not_open");
  EXPECT_EQ(run("pay bcn 1 --user tom").code, 2) << "it needs the file";
}

}  // namespace
}  // namespace coop::test
