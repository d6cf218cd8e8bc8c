// Tariffs and pay runs changed in raw SQL by the service's role, by the owner, and with the guards off. What
// became of each attempt stands in docs/concepts/promises.md.
#include <algorithm>
#include <iterator>

#include "ledger/dues/tier_service.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/pay/old_claim_service.hpp"
#include "ledger/pay/pay_approving_service.hpp"
#include "ledger/pay/pay_run_service.hpp"
#include "ledger/pay/tariff_service.hpp"
#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/work/circle_service.hpp"
#include "ledger/work/hours_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;

/// Full books in which tom proposed to pay the hours of P1 and P2: run 1 of January, which pia and quinn
/// approved, was posted, a fifth of it in GBP, the hours of P1 for a cost object; run 2 of another day, on a
/// mandate, waits;
/// run 3 of claims from before waits as well. ann is P1, ben is P2.
class AttacksOnPay : public test::AttackedBooks {
 protected:
  AttacksOnPay() {
    use(NodeId{1});
    for (const char* path : {"expenses:wages", "liabilities:wages", "liabilities:deferred-wages",
                             "equity:conversion", "equity:before"})
      open(path);
    for (const char* path : {"liabilities:wages", "equity:conversion"}) open(path, "GBP");
    add(books::DimensionKind::cost_object, {"hosting", "web"});
    add(books::DimensionKind::fund, {"wages"});
    superuser_sql(
        "INSERT INTO user_account (name, title, created_at) SELECT n, '', now() FROM unnest(ARRAY['ann', "
        "'ben', 'pia', 'quinn', 'tom']) AS u (n)");
    db().in_tx([&](Tx& tx) { work_and_rules(tx); });
    record("2026-01-02", {{"assets:bank", "100.00"}, {"income:dues", "-100.00", {"wages", {}, {}, {}}}});
    db().in_tx([&](Tx& tx) { grant_mandate(tx); });
    propose(1, "2026-01-10", "2026-01-11");
    propose(2, "2026-01-20", "2026-01-20");
  }

 private:
  books::Author user(const std::string& name) const {
    const std::string id = superuser_value("SELECT id FROM user_account WHERE name = '" + name + "'");
    return {UserId{std::stoi(id)}, now};
  }
  void work_and_rules(Tx& tx) {
    std::vector<members::PartyDraft> people;
    for (const char* number : {"P1", "P2"})
      people.push_back({number, members::PartyKind::person, members::Profile{"Somebody"}});
    members::add_parties(tx, node(), people, author());
    work::found_circle(tx, node(), {"tech", "Technology", Day::parse("2020-01-01")}, author());
    work::found_circle(tx, node(), {"garden", "Garden", Day::parse("2020-01-01")}, author());
    for (const char* number : {"P1", "P2"})
      work::join_circle(tx, node(), "tech", number, Day::parse("2020-01-01"), author());
    members::insert_party_user(tx, node(), PartyId{1}, *user("ann").user, now, {});
    members::insert_party_user(tx, node(), PartyId{2}, *user("ben").user, now, {});
    const books::Node of_books = books::read_node(tx, "bcn");
    std::vector<work::HoursDraft> drafts;
    for (const char* day : {"2026-01-10", "2026-01-11", "2026-01-20", "2026-01-21"})
      drafts.push_back({.member = std::string_view{day} == "2026-01-11" ? "P2" : "P1",
                        .circle = "tech",
                        .worked_on = Day::parse(day),
                        .minutes = 60,
                        .kind = "livelihood",
                        .intent = work::Intent::paid,
                        .cost_object = std::string_view{day} == "2026-01-10"
                                           ? std::optional<std::string>{"hosting"}
                                           : std::nullopt});
    work::submit_hours(tx, of_books, drafts, {author(), true});
    const std::vector<work::HoursNumber> of_ann{work::HoursNumber{1}, work::HoursNumber{3},
                                                work::HoursNumber{4}};
    const std::vector<work::HoursNumber> of_ben{work::HoursNumber{2}};
    work::approve_hours(tx, of_books, of_ann, user("ben"));
    work::approve_hours(tx, of_books, of_ben, user("ann"));
    for (const char* rule : {"own_rates", "equal_hour"})
      sharing::adopt_version(tx, node(),
                             {.code = rule,
                              .title = rule,
                              .valid_from = Day::parse("2020-01-01"),
                              .rule = sharing::example_rule(rule),
                              .decision = "Assembly",
                              .adopted_on = Day::parse("2020-01-01")},
                             author());
    pay::adopt_tariff(tx, node(),
                      {.work = "livelihood",
                       .from_on = Day::parse("2020-01-01"),
                       .minor = 2'500,
                       .unit = "EUR",
                       .decision = "Assembly"},
                      author());
    dues::add_rate(tx, node(),
                   {.from = units().find("EUR")->second.id,
                    .to = units().find("GBP")->second.id,
                    .from_on = Day::parse("2026-01-01"),
                    .number = 0,
                    .rate = Ratio{17, 20},
                    .decision = "Assembly"},
                   author());
  }
  void grant_mandate(Tx& tx) {
    const UnitId euro = units().find("EUR")->second.id;
    funds::adopt_fund_terms(tx, node(), "wages",
                            {.from_on = Day::parse("2026-01-01"),
                             .purpose = funds::FundPurpose::other,
                             .unit = euro,
                             .decision = "Assembly"},
                            author());
    funds::grant(tx, node(),
                 {.body = "Assembly",
                  .purpose = "Pay",
                  .fund = "wages",
                  .unit = euro,
                  .minor = 5'000,
                  .from_on = Day::parse("2026-01-01"),
                  .until_on = Day::parse("2026-12-31"),
                  .decision = "Assembly"},
                 Day::parse("2026-01-31"), author());
  }
  void propose(int number, const char* from, const char* to) {
    const books::Author tom = user("tom");
    db().in_tx([&](Tx& tx) {
      pay::propose_wages(
          tx, node(),
          {.from_on = Day::parse(from),
           .to_on = Day::parse(to),
           .booked_on = Day::parse("2026-01-31"),
           .unit = units().find("EUR")->second,
           .amount_minor = 1'000,
           .rule = "own_rates",
           .deferred_as = pay::DeferredAs::debt,
           .accounts = {"expenses:wages", "liabilities:wages", "liabilities:deferred-wages"},
           .fund = number == 1 ? "wages" : "",
           .local = number == 1 ? std::optional{pay::LocalDraft{.unit = units().find("GBP")->second,
                                                                .share = Ratio{1, 5},
                                                                .payable = "liabilities:wages"}}
                                : std::nullopt,
           .mandate = number == 2 ? std::optional{funds::SpendingMandateNumber{1}} : std::nullopt},
          tom);
    });
    if (number == 2) return propose_old_claims();
    for (const char* name : {"pia", "quinn"}) {
      const books::Author by = user(name);
      db().in_tx([&](Tx& tx) { pay::approve_pay_run(tx, node(), pay::PayRunNumber{1}, by); });
    }
    db().in_tx([&](Tx& tx) { pay::post_pay_run(tx, node(), pay::PayRunNumber{1}, tom); });
  }
  void propose_old_claims() {
    const books::Author tom = user("tom");
    db().in_tx([&](Tx& tx) {
      pay::propose_old_claims(tx, node(),
                              {.booked_on = Day::parse("2026-01-31"),
                               .unit = units().find("EUR")->second,
                               .deferred_as = pay::DeferredAs::debt,
                               .against = "equity:before",
                               .deferred = "liabilities:deferred-wages",
                               .claims = {{"P1", Day::parse("2025-03-31"), 5'000}},
                               .decision = "Assembly"},
                              tom);
    });
  }
};

std::string pay_step(int run, int number, const std::string& step, const std::string& by,
                     const std::string& entries = "NULL, NULL", const std::string& reason = "NULL") {
  return "INSERT INTO pay_run_step SELECT 1, " + std::to_string(run) + ", " + std::to_string(number) + ", '" +
         step + "', " + entries + ", " + reason +
         ", last_recorded_at, (SELECT id FROM user_account WHERE name = '" + by +
         "') FROM book_head WHERE node_id = 1";
}

std::vector<Attack> attacks_on_old_claims_and_pots() {
  return {
      {"a claim from before raised",
       "UPDATE pay_run_share SET deferred_minor = deferred_minor + 1 WHERE run_number "
       "= 3"},
      {"a claim from before approved by whoever wrote it", pay_step(3, 1, "approved", "tom")},
      {"what stays in a pot raised",
       "UPDATE pay_run_pot SET received_minor = received_minor + 1, amount_minor = amount_minor + 1 WHERE "
       "run_number = 1"},
      {"less of a mandate drawn than a run takes", "UPDATE pay_run SET mandate_minor = 1 WHERE number = 2"},
      {"a mandate ended before a run that drew it", "UPDATE spending_mandate SET until_on = '2026-01-15'"},
      {"a pot added to a run",
       "INSERT INTO pay_run_pot SELECT node_id, 2, 2, 'reserve', 0, 0, 0, from_account_id, to_account_id, "
       "fund_id FROM pay_run_pot WHERE run_number = 2"}};
}

TEST_F(AttacksOnPay, AreRefusedOrFound) {
  const std::string run_from_first =
      "INSERT INTO pay_run SELECT node_id, 4, kind, from_on, to_on, booked_on, unit_id, amount_minor, "
      "rule_code, "
      "rule_version, rule_hash, figures, values_known, tariffs_known, deferred_as, wages_account_id, "
      "payable_account_id, deferred_account_id, decision, members, lots, paid_minor, deferred_minor, "
      "recorded_at, "
      "recorded_by FROM pay_run WHERE number = 1; ";
  std::vector<Attack> attacks{
      {"a tariff raised", "UPDATE pay_tariff SET amount_minor = 9900"},
      {"what a member is paid raised",
       "UPDATE pay_run_share SET paid_minor = paid_minor + 1 WHERE run_number = 1 "
       "AND number = 1"},
      {"pay moved from one member to another",
       "UPDATE pay_run_share SET paid_minor = paid_minor + 3 - 2 * number WHERE run_number = 1"},
      {"a claim taken for another rule's",
       "UPDATE pay_run SET rule_code = 'equal_hour', rule_hash = (SELECT rule_hash FROM sharing_version "
       "WHERE code "
       "= 'equal_hour') WHERE number = 1"},
      {"a pot made larger afterwards", "UPDATE pay_run SET amount_minor = amount_minor + 1 WHERE number = 1"},
      {"hours of a run taken back",
       "INSERT INTO work_hours_step SELECT 1, 1, 2, 'reversed', NULL, '2026-01-31', "
       "'x', last_recorded_at, NULL FROM book_head WHERE node_id = 1"},
      {"hours put into a second run",
       run_from_first +
           "INSERT INTO pay_run_share SELECT node_id, 4, number, party_id, place, measures, minutes, "
           "hours, claim_minor, rate_minor, paid_minor, deferred_minor FROM pay_run_share WHERE "
           "run_number = 1"},
      {"a member added to a run",
       "INSERT INTO pay_run_share SELECT node_id, 2, 2, 2, place, measures, 0, '{}', 0, NULL, 0, 0 FROM "
       "pay_run_share WHERE run_number = 2"},
      {"approved by whoever wrote it", pay_step(2, 1, "approved", "tom")},
      {"approved by whom it pays", pay_step(2, 1, "approved", "ann")},
      {"approved by whom it pays, who left the member for that moment",
       "INSERT INTO party_user_end SELECT u.node_id, u.party_id, u.user_id, u.linked_at, h.last_recorded_at "
       "+ "
       "interval '1 s', NULL FROM party_user u JOIN book_head h ON h.node_id = u.node_id WHERE u.party_id = "
       "1; " +
           pay_step(2, 1, "approved", "ann")},
      {"posted without approval", pay_step(2, 1, "posted", "tom", "1, 1")},
      {"an approval taken for another's",
       "UPDATE pay_run_step SET recorded_by = (SELECT id FROM user_account "
       "WHERE name = 'ann') WHERE run_number = 1 AND number = 1"},
      {"undone without a reversal", pay_step(1, 4, "undone", "tom", "1, 1", "'x'")},
      {"a run moved to another day", "UPDATE pay_run SET booked_on = booked_on + 1"},
      {"a run deleted", "DELETE FROM pay_run WHERE number = 2"},
      {"claims settled that are not open",
       "INSERT INTO pay_run_lot SELECT node_id, 2, 1, party_id, 1, 1, 1 FROM pay_run_share WHERE run_number "
       "= 2"},
      {"an expense moved to another cost object",
       "UPDATE pay_run_cost SET cost_object_id = (SELECT id FROM dimension WHERE code = 'web')"},
      {"a cost object added to a run",
       "INSERT INTO pay_run_cost SELECT 1, 2, 1, party_id, (SELECT id FROM dimension WHERE code = 'web'), 1 "
       "FROM "
       "pay_run_share WHERE run_number = 2"},
      {"a run made one of a circle that did not do the work",
       "UPDATE pay_run SET circle_id = (SELECT id FROM circle WHERE code = 'garden') WHERE number = 2"},
      {"a run charged to no fund", "UPDATE pay_run SET fund_id = NULL WHERE number = 1"},
      {"more paid in the local unit",
       "UPDATE pay_run_local_share SET local_minor = local_minor + 1 WHERE number = 1"},
      {"a better rate for the local part", "UPDATE unit_rate SET numerator = 18"},
      {"a larger share in the local unit", "UPDATE pay_run_local SET numerator = 2"},
      {"a local part added to a run",
       "INSERT INTO pay_run_local SELECT node_id, 2, unit_id, rates_known, rate_number, numerator, "
       "denominator, "
       "most_minor, payable_account_id, conversion_account_id, local_conversion_account_id FROM "
       "pay_run_local"},
  };
  std::ranges::copy(attacks_on_old_claims_and_pots(), std::back_inserter(attacks));
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on pay", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof
