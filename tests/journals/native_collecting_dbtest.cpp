// The complete export carries direct debits whole, without the account of anybody who was erased.
#include "ledger/members/party_service.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/test_collecting.hpp"

namespace coop::journals {
namespace {

class NativeCollecting : public test::CollectingTest {
 protected:
  void fill() {
    for (const char* number : {"M0001", "M0002", "M0003", "M0004", "M0005"}) member(number, "2026-01-01");
    run("2026-01");
    const auto first = sign("M0001");
    for (const char* number : {"M0002", "M0003"}) sign(number);
    cancel(propose("2026-02-02"));
    const auto collection = propose("2026-02-02");
    exclude(collection, 3);
    approve(collection, "ann");
    approve(collection, "ben");
    hand_in(collection, "2026-01-31");
    settle(collection, "2026-02-02");
    come_back(collection, 1, "2026-02-05", "AM04", 350);
    move(first, "2026-02-10", "BE68539007547034");
    db().in_tx([&](Tx& tx) {
      collecting::sign_mandate(tx, node(),
                               {.member = "M0004",
                                .reference = "Swiss/1",
                                .scheme = collecting::MandateScheme::b2b,
                                .signed_on = Day::parse("2025-01-01"),
                                .used_on = Day::parse("2025-06-01"),
                                .iban = Iban::parse("CH9300762011623852957"),
                                .bic = Bic::parse("POFICHBEXXX"),
                                .name = "Somebody",
                                .address = collecting::DebtorAddress{"Bern", "CH", {"Gasse 1", "3. Stock"}}},
                               author());
    });
    propose("2026-02-12");
    db().in_tx([&](Tx& tx) { members::erase_party(tx, node(), "M0002", "asked for it", author()); });
  }
};

TEST_F(NativeCollecting, RestoresIntoAnEmptyServerAsItWas) {
  fill();
  const std::string original = test::native_export(db());
  EXPECT_EQ(original.find("Person M0002"), std::string::npos) << "whoever was erased";
  EXPECT_NE(original.find("Person M0001"), std::string::npos);
  const std::vector<std::string> tables{
      "creditor",        "mandate",         "mandate_account",   "mandate_change",  "collection",
      "collection_skip", "collection_line", "collection_charge", "collection_step", "collection_payment"};
  test::expect_native_restores(db(), fresh(), tables, now);
}

}  // namespace
}  // namespace coop::journals
