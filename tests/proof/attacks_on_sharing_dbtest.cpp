// Rules by which sums are divided, and values of places, changed in raw SQL by the service's role, by the
// owner, and with the guards off. What became of each attempt stands in docs/concepts/promises.md.
#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/place_value_service.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "tests/support/attacked_books.hpp"
#include "tests/support/generated_page.hpp"

namespace coop::proof {
namespace {

using test::Attack;

/// Full books with two versions of the rule wages, the second from February on, and a living wage.
class AttacksOnSharing : public test::AttackedBooks {
 protected:
  AttacksOnSharing() {
    use(NodeId{1});
    db().in_tx([&](Tx& tx) {
      for (const char* from : {"2026-01-01", "2026-02-01"})
        sharing::adopt_version(tx, node(),
                               {.code = "wages",
                                .title = "Wages",
                                .valid_from = Day::parse(from),
                                .rule = sharing::example_rule("own_rates"),
                                .decision = "Assembly",
                                .adopted_on = Day::parse("2025-12-10")},
                               author());
      sharing::record_place_value(tx, node(),
                                  {.name = "living_wage",
                                   .place = "London",
                                   .valid_from = Day::parse("2026-01-01"),
                                   .value = Fraction{13},
                                   .unit = "EUR",
                                   .source = "published",
                                   .published_on = Day::parse("2025-12-01")},
                                  author());
    });
  }
};

TEST_F(AttacksOnSharing, AreRefusedOrFound) {
  const std::string anew =
      "INSERT INTO sharing_version SELECT node_id, 3, code, 3, title, valid_from + 59, rule, rule_hash, ";
  const std::string rest = ", handbook_link, adopted_on, recorded_at, recorded_by FROM sharing_version ";
  const std::vector<Attack> attacks{
      {"the steps of a rule changed", "UPDATE sharing_version SET rule = replace(rule, 'rate', 'need')"},
      {"the steps changed, and their hash with them",
       "UPDATE sharing_version SET rule = replace(rule, 'rate', 'need'), rule_hash = "
       "encode(sha256(convert_to(replace(rule, 'rate', 'need'), 'UTF8')), 'hex')",
       test::Forging::nothing,
       {},
       "what was divided by it keeps its steps, and proofs that were kept show the difference"},
      {"a version taken away", "DELETE FROM sharing_version WHERE number = 1"},
      {"a version that begins before the one before it",
       "UPDATE sharing_version SET valid_from = '2025-01-01' WHERE number = 2"},
      {"a version without a decision", anew + "' '" + rest + "WHERE number = 2"},
      {"a version that leaves a gap",
       "INSERT INTO sharing_version SELECT node_id, 9, code, 3, title, valid_from + 59, rule, rule_hash, "
       "decision" +
           rest + "WHERE number = 2"},
      {"a living wage below zero", "UPDATE place_value SET numerator = -1"},
      {"a value of a place taken away",
       "DELETE FROM place_value WHERE number = 1",
       test::Forging::nothing,
       {},
       "the last value of a list leaves no gap"},
  };
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "attacks on sharing rules", table_of(attacks)));
}

}  // namespace
}  // namespace coop::proof
