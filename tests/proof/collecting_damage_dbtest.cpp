// Direct debits that somebody with every right changed in SQL: verification names what no longer fits.
#include "tests/support/named_damage.hpp"
#include "tests/support/test_collecting.hpp"

namespace coop::proof {
namespace {

class CollectingDamages : public test::CollectingTest {
 protected:
  CollectingDamages() {
    for (const char* number : {"M0001", "M0002"}) {
      member(number, "2026-01-01");
      sign(number);
    }
    run("2026-01");
    settle(at_the_bank("2026-02-02"), "2026-02-02");
  }
};

TEST_F(CollectingDamages, AreNamedOneByOne) {
  test::expect_each_named(
      fresh(),
      {"collection_payment", "collection_line", "collection_charge", "mandate_change", "collection_step"},
      {
          {"DELETE FROM collection_payment WHERE line = 1",
           "line 1 of collection 1 was settled without its payment"},
          {"UPDATE collection_line SET amount_minor = 1 WHERE line = 2",
           "line 2 of collection 1 became payment 2, which is not its own"},
          {"UPDATE collection_charge SET amount_minor = 1 WHERE line = 2",
           "the charges of line 2 of collection 1 do not add up"},
          {"DELETE FROM mandate_change WHERE mandate_id = 2",
           "line 2 of collection 1 went to the bank, but its mandate was not used"},
          {"DELETE FROM collection_step WHERE number = 2",
           "collection 1 went to the bank without two people's approval"},
      });
}

}  // namespace
}  // namespace coop::proof
