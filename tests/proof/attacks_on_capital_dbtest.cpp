// Shares and surplus changed in raw SQL by the service's role, by the owner, and with the guards off. What
// became of each attempt stands in docs/concepts/promises.md.
#include "ledger/capital/share_class_service.hpp"
#include "ledger/capital/share_service.hpp"
#include "ledger/capital/surplus_rule_service.hpp"
#include "ledger/capital/surplus_service.hpp"
#include "ledger/members/party_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"
#include "tests/support/test_capital.hpp"

namespace coop::proof {
namespace {

using test::Attack;

/// Full books with shares of M0001 (movements 1 to 3: subscribed, paid in, asked back), and surplus written
/// by tom: run 1 booked by ann and ben, 2 proposed.
class AttacksOnCapital : public test::AttackedBooks {
 protected:
  AttacksOnCapital() {
    use(NodeId{1});
    for (const char* path :
         {"equity:members", "equity:reserve", "equity:result", "assets:shares-due", "liabilities:shares"})
      open(path);
    record("2026-01-31", {{"assets:bank", "200.00"}, {"income:dues", "-200.00"}});
    superuser_sql(
        "INSERT INTO user_account (name, title, created_at) VALUES ('ann', '', now()), ('ben', '', now()), "
        "('tom', '', now())");
    db().in_tx([&](Tx& tx) {
      for (const char* number : {"M0001", "M0002"})
        members::add_party(tx, node(), {number, members::PartyKind::person}, author());
      adopt(tx);
      for (const capital::MovementKind kind :
           {capital::MovementKind::subscribe, capital::MovementKind::pay_in, capital::MovementKind::ask})
        capital::move_shares(tx, node(),
                             {.kind = kind,
                              .class_code = "member",
                              .member = "M0001",
                              .minor = 5'000,
                              .unit = money("0").unit(),
                              .on = Day::parse("2026-01-31"),
                              .reason = "Board",
                              .paid_into = "assets:bank"},
                             author());
    });
    for (int number = 1; number <= 2; ++number) divide(number);
  }

  // Rule 1 once more as rule 2, with other values.
  static std::string rule(const std::string& from_on, const std::string& indivisible, const std::string& at) {
    return "INSERT INTO surplus_rule SELECT node_id, 2, " + from_on +
           ", title, decision, unit_id, reserve_weight, members_weight, other_weight, loss_reserve_weight, "
           "loss_members_weight, patronage, interest_millionths, interest_most, cash_millionths, " +
           indivisible +
           ", result_account_id, reserve_account_id, capital_account_id, payable_account_id, "
           "other_account_id, " +
           at + ", recorded_by FROM surplus_rule WHERE number = 1";
  }

 private:
  void adopt(Tx& tx) {
    capital::ShareClass of = test::share_class();
    of.highest_minor = 9'000;
    capital::adopt_share_class(tx, node(), of, author());
    capital::SurplusRule halves = test::surplus_rule();
    halves.cash_millionths = 200'000;
    capital::adopt_surplus_rule(tx, node(), halves, author());
  }
  books::Author user(const std::string& name) const {
    const std::string id = superuser_value("SELECT id FROM user_account WHERE name = '" + name + "'");
    return {UserId{std::stoi(id)}, now};
  }
  void divide(int number) {
    db().in_tx([&](Tx& tx) {
      capital::propose_surplus_run(tx, node(),
                                   {.unit = money("0").unit(),
                                    .scale = 2,
                                    .source = capital::SurplusSource::result,
                                    .from_on = Day::parse("2026-01-01"),
                                    .to_on = Day::parse("2026-01-31"),
                                    .booked_on = Day::parse("2026-01-31"),
                                    .amount_minor = 10,
                                    .decision = "Assembly",
                                    .members = {{"M0001", 1}, {"M0002", 1}}},
                                   user("tom"));
      if (number == 2) return;
      for (const char* name : {"ann", "ben"})
        capital::approve_surplus_run(tx, node(), capital::SurplusRunNumber{number}, user(name));
    });
  }
};

// What days and terms say.
std::vector<Attack> attacks_on_terms() {
  const std::string moved =
      "INSERT INTO share_movement SELECT node_id, 4, movement, class_code, class_version, party_id, ";
  return {
      {"shares held since an earlier day",
       "UPDATE share_movement SET moved_on = '2025-01-01' WHERE number = 1"},
      {"shares moved on another day than their entry",
       moved +
           "amount_minor, 0, '2025-01-01', follows, (SELECT max(number) FROM entry WHERE node_id = 1) - 9, "
           "'x', recorded_at, recorded_by FROM share_movement WHERE number = 1"},
      {"a surplus booked on another day",
       "UPDATE surplus_run SET booked_on = booked_on + 1 WHERE number = 1"},
      {"less of a subscription said to go to the reserve",
       "UPDATE share_class SET reserve_millionths = reserve_millionths / 2 + 1",
       test::Forging::nothing,
       {},
       "what was subscribed keeps what went to the reserve; the decision stands beside it"},
  };
}

TEST_F(AttacksOnCapital, AreRefusedOrFound) {
  const std::string moved =
      "INSERT INTO share_movement SELECT node_id, 4, movement, class_code, class_version, party_id, ";
  const std::string rest =
      ", 0, moved_on, follows, entry_number, 'x', recorded_at, recorded_by FROM share_movement ";
  const std::string user = "(SELECT id FROM user_account WHERE name = '";
  std::vector<Attack> attacks{
      {"a holding raised", "UPDATE share_movement SET amount_minor = 6000 WHERE number = 1"},
      {"shares given to another member", "UPDATE share_movement SET party_id = 2 WHERE number = 1"},
      {"shares without an entry of their own", moved + "5000" + rest + "WHERE number = 1"},
      {"more asked back than is held", moved + "1" + rest + "WHERE number = 3"},
      {"a movement deleted", "DELETE FROM share_movement WHERE number = 2"},
      {"the limit of a class raised",
       "UPDATE share_class SET highest_minor = 99999",
       test::Forging::nothing,
       {},
       "it binds what comes, and the decision stands beside it"},
      {"a member's share of a surplus raised",
       "UPDATE surplus_share SET patronage_minor = patronage_minor + 1 WHERE run_number = 1 AND number = 1"},
      {"a share moved from one member to another",
       "UPDATE surplus_share SET patronage_minor = patronage_minor + 2 * number - 3 WHERE run_number = 1"},
      {"the same before it is booked",
       "UPDATE surplus_share SET patronage_minor = patronage_minor + 2 * number - 3 WHERE run_number = 2"},
      {"approved by whoever wrote it",
       "INSERT INTO surplus_step VALUES (1, 2, 1, 'approved', NULL, NULL, now(), " + user + "tom'))"},
      {"booked without approval",
       "INSERT INTO surplus_step SELECT node_id, 2, 1, step, entry_number, NULL, recorded_at, recorded_by "
       "FROM surplus_step WHERE run_number = 1 AND step = 'booked'"},
      {"an approval taken for another's",
       "UPDATE surplus_step SET recorded_by = " + user + "tom') WHERE run_number = 1 AND number = 1"},
      {"undone without a reversal",
       "INSERT INTO surplus_step SELECT node_id, 1, 4, 'undone', 1, 'x', recorded_at, recorded_by FROM "
       "surplus_step WHERE run_number = 1 AND step = 'booked'"},
      {"an ask taken back twice",
       "INSERT INTO share_movement SELECT node_id, 3 + n, 'take_back', class_code, class_version, party_id, "
       "amount_minor, 0, moved_on, 3, NULL, 'x', recorded_at, recorded_by FROM share_movement, "
       "generate_series(1, 2) n WHERE number = 3"},
      {"shares asked back before they are held",
       "INSERT INTO share_movement SELECT node_id, 4, 'take_back', class_code, class_version, party_id, "
       "amount_minor, 0, moved_on, 3, NULL, 'x', recorded_at, recorded_by FROM share_movement WHERE number = "
       "3; INSERT INTO share_movement SELECT node_id, 5, 'ask', class_code, class_version, party_id, "
       "amount_minor, 0, date '2025-12-01', NULL, NULL, 'x', recorded_at, recorded_by FROM share_movement "
       "WHERE number = 3"},
      {"shares paid in before they were subscribed",
       "UPDATE share_movement SET moved_on = moved_on - 30 WHERE number = 2"},
      {"a payment undone without a reversal",
       "INSERT INTO share_movement SELECT node_id, 4, 'undo', class_code, class_version, party_id, "
       "amount_minor, 0, moved_on, 2, 1, 'x', recorded_at, recorded_by FROM share_movement WHERE number = 2"},
      {"a run said to stand in more entries",
       "UPDATE surplus_step SET entries = 2 WHERE run_number = 1 AND step = 'booked'"},
      {"the steps that divided a run written anew",
       "UPDATE surplus_run SET sharing_code = 'mine', sharing_version = 1 WHERE number = 1"},
      {"an indivisible reserve divided",
       "INSERT INTO surplus_run SELECT node_id, 3, rule_number, 'reserve', from_on, to_on, booked_on, "
       "decision, "
       "members_minor, 0, members_minor, 0, 0, 0, 0, recorded_at, recorded_by FROM surplus_run WHERE number "
       "= 1"},
      {"an indivisible reserve called divisible", rule("'2027-01-01'", "false", "recorded_at")},
      {"a surplus divided by a rule that another had followed",
       rule("'2026-01-15'", "true", "timestamptz '2026-01-01'") +
           "; INSERT INTO surplus_run SELECT node_id, 3, rule_number, source, from_on, to_on, booked_on, "
           "decision, amount_minor, amount_minor, 0, 0, 0, 0, 0, recorded_at, recorded_by, NULL, NULL, steps "
           "FROM surplus_run WHERE number = 1"},
  };
  for (const Attack& attack : attacks_on_terms()) attacks.push_back(attack);
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on shares and surplus", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof
