// Links of sign-ins with members end and stay known: nobody steps aside for the moment of an approval. And
// nobody links or unlinks themselves.
#include "ledger/costs/cost_allocation_service.hpp"
#include "ledger/disbursements/approving_service.hpp"
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_service.hpp"
#include "ledger/members/party_store.hpp"
#include "tests/support/test_costs.hpp"
#include "tests/support/test_disbursements.hpp"
#include "tests/support/test_obligations.hpp"
#include "tests/support/test_pay.hpp"

namespace coop::members {
namespace {

using test::refusal_of;

constexpr const char* set_aside = "SET session_replication_role = replica; ";

/// Links of the members of a room's books, as somebody may change them who is not among those of the test.
template <class Books>
class LinksIn : public Books {
 protected:
  LinksIn() {
    this->superuser_sql(
        "INSERT INTO user_account (name, title, created_at) VALUES ('root', '', now()) ON CONFLICT DO "
        "NOTHING");
  }
  books::Author someone(const std::string& name = "root") {
    const std::string id = this->superuser_value("SELECT id FROM user_account WHERE name = '" + name + "'");
    return {UserId{std::stoi(id)}, this->now};
  }
  void link(const std::string& member, const std::string& user, const std::string& by = "root") {
    const books::Author author = someone(by);
    this->db().in_tx([&](Tx& tx) { link_user(tx, this->node(), member, user, author); });
  }
  void unlink(const std::string& member, const std::string& user, const std::string& by = "root") {
    const books::Author author = someone(by);
    this->db().in_tx([&](Tx& tx) { unlink_user(tx, this->node(), member, user, author); });
  }
  std::string id_of(const std::string& user) {
    return this->superuser_value("SELECT id FROM user_account WHERE name = '" + user + "'");
  }
  // As the schema answers: the rule's own words, or "accepted".
  std::string answer(const std::string& sql) {
    const std::string state = this->state_of(sql);
    return state == "23000" || state == "23514" || state == "23001" ? "refused" : state;
  }
};

using LinksOfMembers = LinksIn<test::WorkTest>;

TEST_F(LinksOfMembers, EndAndStayKnown) {
  unlink("M1", "ann");
  EXPECT_EQ(refusal_of([&] { unlink("M1", "ann"); }), "user_unknown");
  link("M1", "ann");
  link("M1", "ann");
  unlink("M1", "ann");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM party_user WHERE user_id = " + id_of("ann")), "2");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM party_user_end"), "2");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM event WHERE kind = 'member_user_linked'"), "1");
  const auto ann = someone("ann");
  db().in_snapshot([&](Tx& tx) {
    EXPECT_TRUE(read_parties_of_user(tx, node(), *ann.user).empty());
    EXPECT_TRUE(read_linked_users(tx, node(), PartyId{1}).empty());
    const auto links = read_links_of_user(tx, node(), *ann.user);
    ASSERT_EQ(links.size(), 1u);
    EXPECT_TRUE(links[0].unlinked_at);
  });
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(LinksOfMembers, AreMadeAndEndedBySomebodyElse) {
  EXPECT_EQ(refusal_of([&] { unlink("M1", "ann", "ann"); }), "approval_of_own");
  EXPECT_EQ(refusal_of([&] { link("M2", "ann", "ann"); }), "approval_of_own");
  EXPECT_EQ(refusal_of([&] { unlink("M9", "ann", "ann"); }), "party_unknown");
  EXPECT_EQ(refusal_of([&] { unlink("M1", "nobody", "ann"); }), "user_unknown");
  const auto erase = [&](const std::string& by) {
    const books::Author author = someone(by);
    db().in_tx([&](Tx& tx) { erase_party(tx, node(), "M1", "asked for it", author); });
  };
  EXPECT_EQ(refusal_of([&] { erase("ann"); }), "approval_of_own");
  erase("ben");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM party_user_end"), "1");
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(LinksOfMembers, AreKeptByTheSchema) {
  const std::string own = id_of("ann");
  const std::string linked = "INSERT INTO party_user (node_id, party_id, user_id, linked_at, linked_by) ";
  EXPECT_EQ(answer(linked + "SELECT node_id, 2, " + own + ", now(), " + own + " FROM party WHERE id = 2"),
            "refused");
  EXPECT_EQ(answer(linked + "SELECT node_id, 1, " + own + ", now(), NULL FROM party WHERE id = 1"), "refused")
      << "they are linked";
  const std::string ended =
      "INSERT INTO party_user_end SELECT node_id, party_id, user_id, linked_at, linked_at, ";
  EXPECT_EQ(answer(ended + "user_id FROM party_user WHERE user_id = " + own), "refused");
  EXPECT_NE(answer("DELETE FROM party_user WHERE user_id = " + own), "accepted");
  EXPECT_EQ(answer(ended + "NULL FROM party_user WHERE user_id = " + own), "accepted");
  EXPECT_NE(answer("DELETE FROM party_user_end"), "accepted");
  EXPECT_FALSE(service_may("DELETE FROM party_user"));
  EXPECT_FALSE(service_may("DELETE FROM party_user_end"));
}

TEST_F(LinksOfMembers, LetNobodyDecideOnHoursThatWereTheirs) {
  const work::HoursNumber hours = record(hour());
  unlink("M1", "ann");
  link("M3", "ann");
  const auto code = [&] { return code_of(approve({hours}, "ann").at(0)); };
  EXPECT_EQ(code(), "approval_of_own");
  EXPECT_EQ(answer("INSERT INTO work_hours_step (node_id, hours_number, number, kind, party_id, on_day, "
                   "recorded_at, recorded_by) SELECT node_id, number, 1, 'approved', 3, '2026-01-31', "
                   "recorded_at + interval '1 s', " +
                   id_of("ann") + " FROM work_hours"),
            "refused");
  // Whoever left before that decides as anybody does.
  const work::HoursNumber later = record(hour());
  EXPECT_EQ(code_of(approve({later}, "ann").at(0)), "approved");
  EXPECT_EQ(first_flaw(), "");
  superuser_sql(std::string{set_aside} + "UPDATE work_hours_step SET hours_number = 1");
  EXPECT_NE(first_flaw().find("step 1 of hours 1 is by whom or when it may not be"), std::string::npos)
      << first_flaw();
  superuser_sql(std::string{set_aside} + "UPDATE work_hours_step SET hours_number = 2");
}

using LinksAndPay = LinksIn<test::PayTest>;

TEST_F(LinksAndPay, LetNobodyApprovePayThatWasTheirs) {
  worked("M1", "2026-01-10", 60);
  const pay::PayRun run = propose(wages("10.00"));
  unlink("M1", "ann");
  EXPECT_EQ(refusal_of([&] { approve_run(run.number, "ann"); }), "approval_of_own");
  EXPECT_EQ(
      answer("INSERT INTO pay_run_step SELECT node_id, 1, 1, 'approved', NULL, NULL, NULL, recorded_at + "
             "interval '1 s', " +
             id_of("ann") + " FROM pay_run"),
      "refused");
  cancel_run(run.number);
  now += std::chrono::minutes{1};
  EXPECT_EQ(approve_run(propose(wages("10.00")).number, "ann").steps.size(), 1u)
      << "not since it was proposed";
  EXPECT_EQ(first_flaw(), "");
}

using LinksAndCosts = LinksIn<test::CostTest>;

TEST_F(LinksAndCosts, LetNobodyApproveCostsThatCreditThem) {
  adopt_rule("equal_parts");
  auto next = server();
  next.from_on = Day::parse("2026-01-02");
  next.rule = "equal_parts";
  next.participants.push_back({{costs::CostPartyKind::member, "M1"}});
  adopt(next);
  auto paid = bill("M1", "60.00");
  paid.payer.kind = costs::CostPartyKind::member;
  record(paid);
  const auto proposed = divide();
  unlink("M1", "ann");
  EXPECT_EQ(refusal_of([&] { approve(proposed, "ann"); }), "approval_of_own");
  approve(proposed);
  superuser_sql(std::string{set_aside} + "UPDATE cost_step SET recorded_by = " + id_of("ann"));
  EXPECT_NE(first_flaw().find("nobody approves what is credited to them"), std::string::npos) << first_flaw();
  superuser_sql(std::string{set_aside} + "UPDATE cost_step SET recorded_by = " + id_of("tess"));
}

using LinksAndPayments = LinksIn<test::DisbursementTest>;

TEST_F(LinksAndPayments, LetNobodyApproveWhatPaysThem) {
  add_person("Ann Own", "M0009");
  link("M0009", "ann");
  auto order = bill("10.00", "bill 1");
  order.member = "M0009";
  const auto proposed = propose({order});
  unlink("M0009", "ann");
  EXPECT_EQ(refusal_of([&] { approve(proposed, "ann"); }), "approval_of_own");
  EXPECT_EQ(answer("INSERT INTO disbursement_step (node_id, disbursement_number, number, kind, recorded_at, "
                   "recorded_by) SELECT node_id, number, 1, 'approved', recorded_at + interval '1 s', " +
                   id_of("ann") + " FROM disbursement"),
            "refused");
  approve(proposed, "ben");
  EXPECT_EQ(first_flaw(), "");
  superuser_sql(std::string{set_aside} +
                "UPDATE disbursement_step SET recorded_at = recorded_at + interval '1 s', recorded_by = " +
                id_of("ann"));
  EXPECT_NE(first_flaw().find("step 1 of disbursement 1 is by whom or when it may not be"), std::string::npos)
      << first_flaw();
  superuser_sql(std::string{set_aside} + "UPDATE disbursement_step SET recorded_by = " + id_of("ben"));
}

using LinksAndObligations = LinksIn<test::ObligationTest>;

TEST_F(LinksAndObligations, LetNobodySettleOrWithdrawWhatTheyOwe) {
  owe(contribution(), {"M1", "M2"});
  const auto withdrawn = [&](const std::string& by) {
    const books::Author author = someone(by);
    db().in_tx([&](Tx& tx) {
      work::withdraw_obligation(tx, books::read_node(tx, "bcn"), work::ObligationNumber{1}, "a mistake",
                                author);
    });
  };
  EXPECT_EQ(refusal_of([&] { withdrawn("ann"); }), "approval_of_own");
  unlink("M1", "ann");
  EXPECT_EQ(refusal_of([&] { withdrawn("ann"); }), "approval_of_own");
  const work::SettlementDraft chairs{.how = work::SettlementKind::kind,
                                     .member = "M1",
                                     .on = Day::parse("2026-01-30"),
                                     .minor = 100,
                                     .words = "chairs"};
  EXPECT_EQ(refusal_of([&] { settle(1, chairs, "ann"); }), "approval_of_own");
  const std::string withdrawal =
      "INSERT INTO obligation_withdrawal SELECT node_id, number, 'x', recorded_at + interval '1 s', ";
  EXPECT_EQ(answer(withdrawal + id_of("ann") + " FROM obligation"), "refused");
  withdrawn("cas");
  EXPECT_EQ(first_flaw(), "");
  superuser_sql(std::string{set_aside} + "UPDATE obligation_withdrawal SET recorded_by = " + id_of("ben"));
  EXPECT_NE(first_flaw().find("obligation 1 was withdrawn by somebody who owes it"), std::string::npos)
      << first_flaw();
  superuser_sql(std::string{set_aside} + "UPDATE obligation_withdrawal SET recorded_by = " + id_of("cas"));
}

}  // namespace
}  // namespace coop::members
