// Shared costs changed in raw SQL by the service's role, by the owner, and with the guards off. What became
// of each attempt stands in docs/concepts/promises.md.
#include "ledger/costs/cost_allocation_service.hpp"
#include "ledger/costs/cost_bill_service.hpp"
#include "ledger/costs/cost_pool_service.hpp"
#include "ledger/costs/cost_usage_service.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using costs::CostPartyKind;
using test::Attack;

/// Full books in which M0001 and the node itself share a server by minutes. Bills: 1 paid by M0001, 2 by the
/// node, both divided (division 1, posted by ann); 3 and 4 of M0001, 3 in division 2, which tom proposed.
class AttacksOnCosts : public test::AttackedBooks {
 protected:
  AttacksOnCosts() {
    use(NodeId{1});
    for (const char* path : {"assets:claims", "expenses:servers"}) open(path);
    const auto paid = record("2026-01-20", {{"expenses:servers", "5.00"}, {"assets:bank", "-5.00"}});
    superuser_sql(
        "INSERT INTO user_account (name, title, created_at) VALUES ('ann', '', now()), ('tom', '', now())");
    const std::string own = superuser_value("SELECT name FROM node WHERE id = 1");
    db().in_tx([&](Tx& tx) {
      members::add_party(tx, node(), {"M0001", members::PartyKind::person}, author());
      adopt(tx, own);
      bill(tx, {CostPartyKind::member, "M0001"}, 1'200, {});
      bill(tx, {CostPartyKind::node, own}, 500, paid.number);
      use_of(tx, "M0001", 100);
      use_of(tx, own, 50);
    });
    propose();
    db().in_tx([&](Tx& tx) {
      costs::approve_cost_allocation(tx, node(), costs::CostAllocationNumber{1}, user("ann"));
      bill(tx, {CostPartyKind::member, "M0001"}, 300, {});
      for (const std::string& who : {std::string{"M0001"}, own}) use_of(tx, who, 10, 2);
    });
    propose();
    db().in_tx([&](Tx& tx) { bill(tx, {CostPartyKind::member, "M0001"}, 200, {}); });
  }

 private:
  static Day day(int month, int number) {
    return Day::parse("2026-0" + std::to_string(month) + (number < 10 ? "-0" : "-") + std::to_string(number));
  }
  void adopt(Tx& tx, const std::string& own) {
    sharing::adopt_version(
        tx, node(),
        {.code = "by_minutes",
         .title = "By minutes",
         .valid_from = day(1, 1),
         .rule = sharing::sharing_rule_from_text(
             R"({"steps":[{"step":"weight","factors":["minutes"]},{"step":"pro_rata","to":"weights"}]})"),
         .decision = "Assembly",
         .adopted_on = day(1, 1)},
        author());
    costs::adopt_cost_pool(
        tx, node(),
        {.code = "server",
         .unit = "EUR",
         .expense = "expenses:servers",
         .claims = "assets:claims",
         .from_on = day(1, 1),
         .title = "The server",
         .rule = "by_minutes",
         .decision = "Assembly",
         .participants = {{{CostPartyKind::node, own}}, {{CostPartyKind::member, "M0001"}}}},
        author());
  }
  void bill(Tx& tx, const costs::CostParty& payer, std::int64_t minor, std::optional<EntryNumber> entry) {
    costs::record_cost_bill(tx, node(),
                            {.pool = "server",
                             .billed_on = day(1, 20),
                             .minor = minor,
                             .unit = money("0").unit(),
                             .payer = payer,
                             .title = "Server",
                             .entry = entry},
                            author());
  }
  void use_of(Tx& tx, const std::string& who, int minutes, int first = 1) {
    costs::record_cost_usage(tx, node(),
                             {.pool = "server",
                              .participant = who,
                              .measure = "minutes",
                              .from_on = day(1, first == 1 ? 1 : 16),
                              .until_on = day(1, first == 1 ? 15 : 31),
                              .millionths = minutes * std::int64_t{1'000'000}},
                             author());
  }
  void propose() {
    db().in_tx([&](Tx& tx) {
      costs::propose_cost_allocation(tx, node(), {"server", day(1, 1), day(1, 31), day(1, 31)}, user("tom"));
    });
  }
  books::Author user(const std::string& name) const {
    const std::string id = superuser_value("SELECT id FROM user_account WHERE name = '" + name + "'");
    return {UserId{std::stoi(id)}, now};
  }
};

TEST_F(AttacksOnCosts, AreRefusedOrFound) {
  const std::string user = "(SELECT id FROM user_account WHERE name = '";
  const std::string billed =
      "INSERT INTO cost_bill (node_id, number, pool_number, kind, billed_on, amount_minor, payer_kind, "
      "payer_code, title, entry_number, recorded_at) SELECT node_id, 5, pool_number, kind, billed_on, ";
  const std::string stepped =
      "INSERT INTO cost_step (node_id, allocation_number, number, kind, entry_number, reason, recorded_at, "
      "recorded_by) VALUES (1, ";
  const std::vector<Attack> attacks{
      {"a bill raised", "UPDATE cost_bill SET amount_minor = 2000 WHERE number = 1"},
      {"a bill given to another payer",
       "UPDATE cost_bill SET payer_code = 'mcr', payer_kind = 'node' WHERE number = 1"},
      {"an entry that pays two bills",
       billed + "amount_minor, payer_kind, payer_code, title, entry_number, recorded_at FROM cost_bill WHERE "
                "number = 2"},
      {"a bill of the node without an entry",
       billed +
           "amount_minor, payer_kind, payer_code, title, NULL, recorded_at FROM cost_bill WHERE number = 2"},
      {"a bill of a neighbour whom no term names",
       billed +
           "7, 'neighbour', 'meet.example/mtl', title, NULL, recorded_at FROM cost_bill WHERE number = 2"},
      {"a bill deleted that was divided", "DELETE FROM cost_bill WHERE number = 1"},
      {"a bill withdrawn that was divided",
       "INSERT INTO cost_bill_end (node_id, bill_number, reason, recorded_at) VALUES (1, 1, 'x', now())"},
      {"a bill divided twice",
       "INSERT INTO cost_allocation_bill (node_id, allocation_number, bill_number) VALUES (1, 2, 1)"},
      {"minutes raised",
       "UPDATE cost_usage SET value_millionths = value_millionths + 1000000 WHERE number = 1"},
      {"the same days measured twice",
       "INSERT INTO cost_usage (node_id, number, pool_number, participant, measure, from_on, until_on, "
       "value_millionths, recorded_at) SELECT node_id, 5, pool_number, participant, measure, from_on, "
       "until_on, 1, recorded_at FROM cost_usage WHERE number = 1"},
      {"usage of somebody who does not share",
       "INSERT INTO cost_usage (node_id, number, pool_number, participant, measure, from_on, until_on, "
       "value_millionths, recorded_at) SELECT node_id, 5, pool_number, 'xyz', measure, from_on, until_on, 1, "
       "recorded_at FROM cost_usage WHERE number = 1"},
      {"a share moved from one to another",
       "UPDATE cost_share SET share_minor = share_minor + 2 * place - 3 WHERE allocation_number = 2"},
      {"somebody who shares taken out", "DELETE FROM cost_participant WHERE place = 2"},
      {"somebody who shares put in",
       "INSERT INTO cost_participant (node_id, pool_number, term, place, kind, code) VALUES (1, 1, 1, 3, "
       "'member', 'M0001x')"},
      {"the accounts of a pool exchanged", "UPDATE cost_pool SET expense_account_id = claims_account_id"},
      {"approved by whoever wrote it", stepped + "2, 1, 'posted', NULL, NULL, now(), " + user + "tom'))"},
      {"posted without its entry", stepped + "2, 1, 'posted', NULL, NULL, now(), " + user + "ann'))"},
      {"reversed without a reversal", stepped + "1, 2, 'reversed', 1, 'x', now(), " + user + "ann'))"},
      {"an approval taken for another's",
       "UPDATE cost_step SET recorded_by = " + user + "tom') WHERE allocation_number = 1"},
      {"a division moved to another day", "UPDATE cost_allocation SET booked_on = booked_on + 1"},
      {"a newer version of its rule put in before a division",
       "INSERT INTO sharing_version SELECT node_id, 2, code, 2, title, '2026-01-10', rule, rule_hash, "
       "decision, "
       "handbook_link, adopted_on, recorded_at - interval '1 day', recorded_by FROM sharing_version"},
      {"values of places known that there were not", "UPDATE cost_allocation SET values_known = 1"},
      {"divided by another rule than the pool's",
       "UPDATE sharing_version SET rule = replace(rule, 'minutes', 'hours'), rule_hash = "
       "encode(sha256(convert_to(replace(rule, 'minutes', 'hours'), 'UTF8')), 'hex')"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on shared costs", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof
