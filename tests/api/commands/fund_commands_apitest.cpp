// Mandates, rules of spending, budgets, rounds of allocation, obligations and a surplus on the command line.
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

/// The fund media has 5,000.00; ann and ben approve, tom keeps the books, eva is treasurer.
class FundCommands : public CommandTest {
 protected:
  FundCommands() {
    open("expenses:media", "expense");
    for (const char* number : {"M1", "M2", "M3"})
      make("members",
           R"({"kind":"person","number":")" + std::string{number} + R"(","profile":{"name":"P"}})");
    EXPECT_EQ(post(at("dimensions/fund"), R"({"items":[{"code":"media","name":"Media"}]})").status, 200);
    make("funds/media/terms", R"({"from_on":"2020-01-01","purpose":"media","unit":"EUR","decision":"d/1"})");
    make("entries", R"({"booked_on":"2026-01-05","description":"x","postings":[)"
                    R"({"account":"assets:bank","amount":"5000.00","unit":"EUR"},)"
                    R"({"account":"income:dues","amount":"-5000.00","unit":"EUR","fund":"media"}]})");
    for (const char* name : {"ann", "ben"}) add_user(name, {access::Role::approver}, command_password);
    add_user("tom", {access::Role::bookkeeper}, command_password);
    add_user("eva", {access::Role::treasurer}, command_password);
  }
  Ran run(const std::string& words) { return run_signed(words); }
};

TEST_F(FundCommands, GrantHoursAndDrawThemAndAdoptRules) {
  const std::string grant =
      "mandate grant bcn --fund media --body Assembly --purpose Editing --from 2020-01-01 --to 2099-12-31 "
      "--decision d/2 --user eva --csv ";
  expect(grant + "--hours 12 --rate 20.00 --months 12", ",2880.00,0.00,0.00,2880.00,");
  expect_refused(grant + "--hours 12 --rate 20.00", "field_missing");
  expect_refused(grant + "--hours 0.001 --rate 20.00 --months 1", "comes to whole minutes");
  expect_refused(grant + "--amount 5.00 --hours 1 --rate 5.00 --months 1", "an amount, or hours");
  expect_refused(grant + "--amount 2120.01", "fund_below_buffer");
  expect("mandate draw bcn 1 --minutes 720 --on 2026-01-31 --user tom --csv",
         ",2880.00,240.00,0.00,2640.00,");
  expect_refused("mandate draw bcn 1 --amount 5.00 --on 2026-01-31 --user tom", "draw minutes");
  const std::string rule = file(
      R"({"rule":"approvals","from_on":"2020-01-01","unit":"EUR","one_from":"100.00","decision":"d/3"})");
  expect("mandate adopt-rule bcn --user eva --csv --file " + rule, "approvals");
  expect("mandate rules bcn --csv", "100.00");
  expect(grant + "--amount 100.00", "pending");
  expect_refused("mandate approve bcn 2 --user tom", "role_missing");
  expect("mandate approve bcn 2 --user ann --csv", "open");
  expect_refused("mandate recall bcn 2 --reason 'it is off' --user tom", "it takes the role treasurer");
  expect("mandate recall bcn 2 --reason 'it is off' --user eva --csv", "recalled");
  EXPECT_EQ(run("mandate draw bcn").code, 2);
}

TEST_F(FundCommands, AdoptAndReviseBudgets) {
  const std::string lines = R"("lines":[{"title":"Films","fund":"media","amount":")";
  expect("budget adopt bcn --user eva --csv --file " +
             file(R"({"title":"2026","unit":"EUR","from_on":"2026-01-01","until_on":"2026-12-31",)"
                  R"("beyond":"refuses","decision":"d/4",)" +
                  lines + R"(3000.00"}]})"),
         "Films,media,,EUR,3000.00,0.00,0.00,3000.00");
  expect("budget revise bcn 1 --user eva --csv --file " +
             file(R"({"from_on":"2026-01-01","decision":"d/5",)" + lines + R"(2500.00"}]})"),
         "Films,media,,EUR,2500.00,0.00,0.00,2500.00");
  expect("budget show bcn 1 --to 2026-06-30 --csv", "2500.00");
  expect("budget list bcn --csv", "2500.00");
  expect_refused("budget revise bcn 9 --user eva --file " + file("{}"), "budget_unknown");
  expect_refused("budget adopt bcn --user eva --file " + file(R"({"title":"x"})"), "field_missing");
}

TEST_F(FundCommands, GoThroughARoundOfAllocation) {
  expect(
      "round open bcn --title Spring --body Assembly --fund media --pot 100.00 --member M1 --member M2 "
      "--member M3 --from 2026-01-01 --to 2099-12-31 --decision d/6 --user eva --csv",
      "share,,M1,,EUR,33.34,0.00,33.34,");
  expect("round propose bcn 1 --user tom --title Subtitles --goal 60.00 --csv",
         "proposal,1,,Subtitles,EUR,60.00,0.00,60.00");
  expect("round propose bcn 1 --user tom --title Tent --goal 90.00", "Tent");
  expect("round give bcn 1 --user tom --proposal 1 --member M1 --amount 33.34", "26.66");
  expect_refused("round give bcn 1 --user tom --proposal 1 --member M2 --amount 33.34", "round_impossible");
  expect("round give bcn 1 --user tom --proposal 1 --member M2 --amount 26.66 --csv",
         "proposal,1,,Subtitles,EUR,60.00,60.00,0.00");
  expect("round give-back bcn 1 --user tom --proposal 1 --member M2 --amount 3.34 --csv", "56.66,3.34");
}

TEST_F(FundCommands, CloseARoundIntoMandates) {
  expect(
      "round open bcn --title Spring --body Assembly --fund media --pot 100.00 --member M1 --member M2 "
      "--from 2026-01-01 --to 2099-12-31 --decision d/6 --user eva",
      "Spring");
  expect("round propose bcn 1 --user tom --title Subtitles --goal 60.00", "Subtitles");
  expect("round give bcn 1 --user tom --proposal 1 --member M1 --amount 50.00", "10.00");
  expect("round give bcn 1 --user tom --proposal 1 --member M2 --amount 10.00", "Subtitles");
  expect("round close bcn 1 --user eva --csv", "proposal,1,,Subtitles,EUR,60.00,60.00,0.00,1");
  expect("round show bcn 1 --csv", "pot,,,,EUR,100.00,60.00,40.00,");
  expect("round list bcn --csv", "1,Spring,closed,media,1,Subtitles,EUR,60.00,60.00,0.00,1");
  expect("mandate list bcn --csv", "Subtitles");
  expect_refused("round close bcn 1 --user eva", "round_not_open");
  expect_refused("round show bcn 7", "round_unknown");
}

TEST_F(FundCommands, DeclareSettleAndWithdrawWhatIsOwedInWork) {
  expect("obligation declare bcn --user eva --csv --file " +
             file(R"({"title":"Contribution","from_on":"2026-01-01","until_on":"2026-12-31","minutes":2400,)"
                  R"("unit":"EUR","rate_an_hour":"25.00","payable_in":["hours","money","kind"],)"
                  R"("decision":"d/7","members":["M1"]})"),
         "Contribution");
  expect("obligation add bcn 1 --user eva --member M2 --member M3 --csv", ",3,d/7");
  expect("obligation standing bcn 1 --member M2 --csv", "M2");
  const std::string kind =
      "obligation settle bcn 1 --how kind --member M2 --amount 100.00 --on 2026-01-05 --words 'a printer' ";
  expect_refused(kind + "--user ann", "role_missing");
  EXPECT_EQ(operate("PUT", "/v1/nodes/bcn/roles/tom/treasurer").status, 200);
  expect(kind + "--user tom --csv", "1,M2,2026-01-05,kind,,EUR,100.00");
  expect(
      "obligation settle bcn 1 --how waived --member M1 --on 2026-01-05 --words 'parental leave' --user eva "
      "--csv",
      "waived");
  expect("obligation settlements bcn 1 --csv", "a printer");
  expect("obligation take-back bcn 1 1 --user eva --reason 'it broke' --csv", "reversed");
  expect("obligation list bcn --on 2026-03-01 --member M1", "Contribution");
  expect("obligation withdraw bcn 1 --user eva --reason 'the assembly dropped it' --csv",
         "the assembly dropped it");
  expect_refused("obligation withdraw bcn 1 --user eva --reason again", "obligation_withdrawn");
  expect_refused("obligation standing bcn --member M9", "party_unknown");
}

TEST_F(FundCommands, ApproveCancelAndUndoASurplus) {
  for (const char* path : {"equity:members", "equity:reserve", "equity:result"}) open(path, "equity");
  open("liabilities:dividends", "liability");
  open("liabilities:social", "liability");
  make("surplus-rules",
       R"({"from_on":"2025-01-01","title":"45/45/10","decision":"Assembly","unit":"EUR","reserve_weight":45,)"
       R"("members_weight":45,"other_weight":10,"loss_reserve_weight":1,"loss_members_weight":1,)"
       R"("patronage":"hours","cash_part":"20%","result":"equity:result","reserve":"equity:reserve",)"
       R"("capital":"equity:members","payable":"liabilities:dividends","other":"liabilities:social"})");
  const std::string proposed =
      "capital propose bcn --user tom --file " +
      file(R"({"from_on":"2026-01-01","to_on":"2026-01-31","booked_on":"2026-02-01","amount":"100.00",)"
           R"("unit":"EUR","decision":"Assembly","members":[{"member":"M1","measure":"3"},)"
           R"({"member":"M2","measure":"1"}]})");
  expect(proposed, "33.75");
  expect_refused("capital approve bcn 1 --user tom", "role_missing");
  expect("capital approve bcn 1 --user ann", "33.75");
  expect_refused("capital approve bcn 1 --user ann", "approval_repeated");
  expect("capital approve bcn 1 --user ben", "33.75");
  expect_refused("capital cancel bcn 1 --reason late --user tom", "surplus_run_not_open");
  expect("capital undo-surplus bcn 1 --reason 'hours were missing' --user tom", "undone");
  expect(proposed, "33.75");
  expect("capital cancel bcn 2 --reason 'hours were missing' --user tom", "cancelled");
}

TEST_F(FundCommands, AdoptTheTermsOfAFundByAFile) {
  const std::string terms = "fund terms bcn media --user eva --csv --file ";
  expect(terms + file(R"({"from_on":"2026-07-01","purpose":"media","unit":"EUR","decision":"d/2",)"
                      R"("buffers":[{"measure":"a quarter","amount":"500.00"}]})"),
         "line,0,2,2026-07-01,media,no,500.00,EUR,1,d/2");
  expect_refused(terms + file(R"({"from_on":"2026-07-01","purpose":"media","unit":"GBP","decision":"d/3"})"),
                 "unit_");
  expect_refused("fund terms bcn nothing --user eva --file " +
                     file(R"({"from_on":"2026-07-01","purpose":"media","unit":"EUR","decision":"d/4"})"),
                 "dimension_unknown");
  // Standard input has the password first, and then the file.
  EXPECT_EQ(run("fund terms bcn media --file -").code, 2) << "nobody says who records it";
  const std::string third = R"({"from_on":"2026-08-01","purpose":"media","unit":"EUR","decision":"d/5"})";
  const Ran typed = run_with_line(std::string{command_password} + "\n" + third,
                                  "fund terms bcn media --user eva --csv --file -");
  EXPECT_NE(typed.out.find("line,0,3,2026-08-01,media"), std::string::npos) << typed.out << typed.err;
  expect_refused("fund terms bcn media --user tom --file " + file(third), "it takes the role treasurer");
}

}  // namespace
}  // namespace coop::test
