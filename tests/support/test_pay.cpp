#include "tests/support/test_pay.hpp"

#include "ledger/pay/tariff_service.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/values/money.hpp"

namespace coop::test {

using pay::PayRun;
using pay::PayRunNumber;

PayTest::PayTest() {
  superuser_sql(
      "INSERT INTO user_account (name, title, created_at) VALUES ('pia', '', now()), ('quinn', '', now())");
  for (const char* path : {"assets:bank", "expenses:wages", "liabilities:wages", "liabilities:deferred-wages",
                           "equity:deferred-wages"})
    open(path);
  for (const char* rule : {"equal_hour", "own_rates", "oldest_first", "all_debts_alike"}) adopt_example(rule);
  adopt_tariff({.work = "livelihood",
                .from_on = Day::parse("2020-01-01"),
                .minor = 2'500,
                .unit = "EUR",
                .decision = "Assembly"});
}

void PayTest::adopt_example(const std::string& code) { adopt_rule(code, sharing::example_rule(code)); }

void PayTest::adopt_rule(const std::string& code, const sharing::SharingRule& rule) {
  db().in_tx([&](Tx& tx) {
    sharing::adopt_version(tx, node(),
                           {.code = code,
                            .title = code,
                            .valid_from = Day::parse("2020-01-01"),
                            .rule = rule,
                            .decision = "Assembly",
                            .adopted_on = Day::parse("2020-01-01")},
                           author());
  });
}

pay::Tariff PayTest::adopt_tariff(const pay::TariffDraft& draft) {
  return db().in_tx([&](Tx& tx) { return pay::adopt_tariff(tx, node(), draft, user("tess")); });
}

work::HoursNumber PayTest::worked(const std::string& member, const std::string& day, int minutes,
                                  const std::string& object) {
  work::HoursDraft draft = hour();
  draft.member = member;
  draft.worked_on = Day::parse(day);
  draft.minutes = minutes;
  if (!object.empty()) draft.cost_object = object;
  const work::HoursNumber number = record(draft);
  approve({number}, member == "M2" ? "ann" : "ben");
  return number;
}

pay::WagesDraft PayTest::wages(const std::string& amount, const std::string& rule) const {
  return {.from_on = Day::parse("2026-01-01"),
          .to_on = Day::parse("2026-01-31"),
          .booked_on = Day::parse("2026-01-31"),
          .unit = units().find("EUR")->second,
          .amount_minor = money(amount).minor(),
          .rule = rule,
          .deferred_as = pay::DeferredAs::debt,
          .accounts = {"expenses:wages", "liabilities:wages", "liabilities:deferred-wages"}};
}

pay::SettlementDraft PayTest::settlement(const std::string& amount, const std::string& rule) const {
  return {.booked_on = Day::parse("2026-01-31"),
          .unit = units().find("EUR")->second,
          .amount_minor = money(amount).minor(),
          .rule = rule,
          .deferred_as = pay::DeferredAs::debt,
          .accounts = {"expenses:wages", "liabilities:wages", {}}};
}

PayRun PayTest::propose(const pay::WagesDraft& draft, const std::string& by) {
  const books::Author who = user(by);
  return db().in_tx([&](Tx& tx) { return pay::propose_wages(tx, node(), draft, who); });
}

PayRun PayTest::propose(const pay::SettlementDraft& draft, const std::string& by) {
  const books::Author who = user(by);
  return db().in_tx([&](Tx& tx) { return pay::propose_settlement(tx, node(), draft, who); });
}

PayRun PayTest::propose(const pay::LapseDraft& draft, const std::string& by) {
  const books::Author who = user(by);
  return db().in_tx([&](Tx& tx) { return pay::propose_lapse(tx, node(), draft, who); });
}

PayRun PayTest::approve_run(PayRunNumber number, const std::string& by) {
  const books::Author who = user(by);
  return db().in_tx([&](Tx& tx) { return pay::approve_pay_run(tx, node(), number, who); });
}

PayRun PayTest::post_run(PayRunNumber number) {
  const books::Author who = user("tess");
  return db().in_tx([&](Tx& tx) { return pay::post_pay_run(tx, node(), number, who); });
}

PayRun PayTest::posted(const PayRun& run) {
  for (const char* name : {"pia", "quinn"}) approve_run(run.number, name);
  return post_run(run.number);
}

PayRun PayTest::cancel_run(PayRunNumber number) {
  const books::Author who = user("tess");
  return db().in_tx([&](Tx& tx) { return pay::cancel_pay_run(tx, node(), number, "a mistake", who); });
}

PayRun PayTest::undo_run(PayRunNumber number) {
  const books::Author who = user("tess");
  return db().in_tx([&](Tx& tx) { return pay::undo_pay_run(tx, node(), number, "a mistake", who); });
}

std::vector<pay::DeferredClaim> PayTest::claims(const pay::ClaimFilter& filter) {
  return db().in_snapshot([&](Tx& tx) { return pay::read_claims(tx, node(), filter); });
}

std::string PayTest::amounts_of(const PayRun& run) {
  std::string text;
  for (const pay::PayShare& share : run.shares)
    text += (text.empty() ? "" : ", ") + share.member + " " + text_from_minor(share.paid_minor, 2) + " " +
            text_from_minor(share.deferred_minor, 2);
  return text;
}

std::vector<std::string> PayTest::pay_tables() {
  return {"pay_tariff", "pay_run", "pay_run_share", "pay_run_lot", "pay_run_pot", "pay_run_step"};
}

void PayTest::fill_pay() {
  worked("M1", "2026-01-10", 600);
  worked("M2", "2026-01-11", 300);
  worked("M3", "2026-01-12", 90);
  cancel_run(propose(wages("100.00")).number);
  pay::WagesDraft equity = wages("100.00");
  equity.deferred_as = pay::DeferredAs::equity;
  equity.accounts.deferred = "equity:deferred-wages";
  undo_run(posted(propose(equity)).number);
  pay::WagesDraft given = wages("100.00");
  adopt_example("housing_first");
  for (const char* member : {"M1", "M2", "M3", "M4"})
    given.members.push_back({.member = member, .place = "bcn", .measures = {{"housing", Ratio{3, 4}}}});
  adopt_tariff({.work = "livelihood",
                .member = "M3",
                .from_on = Day::parse("2026-02-01"),
                .minor = 3'000,
                .unit = "EUR",
                .decision = "Board"});
  given.rule = "housing_first";
  cancel_run(propose(given).number);
  posted(propose(wages("100.00")));
  posted(propose(settlement("50.00", "oldest_first")));
  posted(propose(pay::LapseDraft{.booked_on = Day::parse("2026-01-31"),
                                 .unit = units().find("EUR")->second,
                                 .deferred_as = pay::DeferredAs::debt,
                                 .wages = "expenses:wages",
                                 .members = {"M3"},
                                 .decision = "Assembly of January, item 3"}));
  propose(settlement("10.00", "all_debts_alike"));
}

}  // namespace coop::test
