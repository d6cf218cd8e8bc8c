// Funds and spending mandates changed in raw SQL by the service's role, by the owner, and with the guards
// off. What became of each attempt stands in docs/concepts/promises.md.
#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/members/party_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;

/// Full books with terms of the fund media, and mandates 1 of 5.00, drawn on once, and 2 of hours, recalled.
class AttacksOnFunds : public test::AttackedBooks {
 protected:
  AttacksOnFunds() {
    use(NodeId{1});
    const Day today = Day::parse("2026-01-31");
    const funds::FundTermDraft terms{.from_on = Day::parse("2020-01-01"),
                                     .purpose = funds::FundPurpose::media,
                                     .unit = money("0").unit(),
                                     .buffers = {{"a quarter", 0}},
                                     .decision = "d/1"};
    open("expenses:films");
    record("2026-01-31", {{"expenses:films", "-100.00", {"media", {}, {}, {}}}, {"assets:bank", "100.00"}});
    db().in_tx([&](Tx& tx) {
      const std::vector<members::PartyDraft> people{
          {"P1", members::PartyKind::person, members::Profile{"Somebody"}}};
      members::add_parties(tx, node(), people, author());
      funds::adopt_fund_terms(tx, node(), "media", terms, author());
      funds::SpendingMandateDraft draft{.body = "Circle",
                                        .purpose = "Films",
                                        .fund = "media",
                                        .unit = money("0").unit(),
                                        .minor = 500,
                                        .from_on = Day::parse("2026-01-01"),
                                        .until_on = Day::parse("2026-12-31"),
                                        .decision = "d/2"};
      const auto one = funds::grant(tx, node(), draft, today, author()).number;
      funds::draw(tx, node(), one, {.on_day = today, .minor = 300}, today, author());
      draft.minor.reset();
      draft.hours = funds::HoursGrant{60, 600, 1};
      const auto two = funds::grant(tx, node(), draft, today, author()).number;
      funds::recall(tx, node(), two, "off", today, author());
    });
  }
};

std::string mandate_step(int mandate, int number, const std::string& values) {
  return "INSERT INTO spending_step (node_id, mandate_number, number, recorded_at, kind, on_day, "
         "amount_minor, "
         "minutes, words) SELECT 1, " +
         std::to_string(mandate) + ", " + std::to_string(number) + ", last_recorded_at, " + values +
         " FROM book_head WHERE node_id = 1";
}

Attack unnoticed_fund(std::string what, std::string sql) {
  return {.what = std::move(what), .sql = std::move(sql), .unnoticed = "the chain does not cover it"};
}

TEST_F(AttacksOnFunds, AreRefusedOrFound) {
  const auto promised = [](const std::string& amount) {
    return "INSERT INTO spending_mandate (node_id, number, body, level, purpose, fund_id, unit_id, "
           "amount_minor, from_on, until_on, decision, recorded_at) SELECT node_id, 3, body, level, purpose, "
           "fund_id, unit_id, " +
           amount + ", from_on, until_on, decision, recorded_at FROM spending_mandate WHERE number = 1";
  };
  const std::string round =
      "BEGIN; INSERT INTO allocation_round (node_id, number, title, body, level, fund_id, unit_id, "
      "pot_minor, "
      "participants, from_on, until_on, decision, recorded_at) SELECT node_id, 1, 'x', body, level, fund_id, "
      "unit_id, 100000, 1, from_on, until_on, decision, recorded_at FROM spending_mandate WHERE number = 1; "
      "INSERT INTO allocation_share (node_id, round, line, party_id, amount_minor) SELECT 1, 1, 1, min(id), "
      "100000 FROM party WHERE node_id = 1; COMMIT";
  const std::vector<Attack> attacks{
      unnoticed_fund("what a fund is for changed", "UPDATE fund_term SET purpose = 'venue'"),
      {"a measure of the buffer taken out", "DELETE FROM fund_buffer"},
      {"a measure of the buffer added",
       "INSERT INTO fund_buffer (node_id, fund_id, term, line, measure, amount_minor) SELECT node_id, "
       "fund_id, "
       "term, 2, 'x', 1 FROM fund_buffer"},
      unnoticed_fund("more granted than was decided",
                     "UPDATE spending_mandate SET amount_minor = 50000 WHERE number = 1"),
      {"hours that do not make the amount", "UPDATE spending_mandate SET months = 12 WHERE number = 2"},
      {.what = "more granted than is free above the buffer",
       .sql = promised("100000"),
       .unnoticed = "what is granted stays so, whatever the fund has later"},
      {.what = "more allocated than is free above the buffer",
       .sql = round,
       .unnoticed = "what is granted stays so, whatever the fund has later"},
      {"a measure that is set and worked out",
       "UPDATE fund_buffer SET flow = 'expense', whose = 'node', over_months = 12, keep_months = 1"},
      {"drawn beyond the mandate", mandate_step(1, 2, "'drawn', '2026-01-31'::date, 201, NULL::int, NULL")},
      {"drawn out of its time", mandate_step(1, 2, "'drawn', '2027-01-31'::date, 1, NULL::int, NULL")},
      {"drawn after the recall", mandate_step(2, 2, "'drawn', '2026-01-31'::date, 10, 1, NULL")},
      {"a recall moved to an earlier day",
       "UPDATE spending_step SET on_day = on_day - 9 WHERE kind = 'recalled'"},
      unnoticed_fund("a draw moved within its mandate's days",
                     "UPDATE spending_step SET on_day = on_day - 9 WHERE kind = 'drawn'"),
      unnoticed_fund("a fund called indivisible", "UPDATE fund_term SET indivisible = true"),
      unnoticed_fund("the amount of a buffer changed",
                     "UPDATE fund_buffer SET amount_minor = amount_minor + 100"),
      {"recalled twice", mandate_step(2, 2, "'recalled', '2026-01-31'::date, NULL::bigint, NULL::int, 'x'")},
      {"a draw deleted",
       "DELETE FROM spending_step WHERE mandate_number = 1; " +
           mandate_step(1, 2, "'recalled', '2026-01-31'::date, NULL::bigint, NULL::int, 'x'")},
      {"a draw by an entry that spends nothing of the fund",
       "UPDATE spending_step SET entry_number = 1 WHERE mandate_number = 1"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on funds", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof
