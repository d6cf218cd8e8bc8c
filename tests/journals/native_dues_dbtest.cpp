// The complete export carries dues whole: prices, who pays what, charges, payments, and how everybody stands.
#include "ledger/dues/payee_service.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::journals {
namespace {

class NativeDues : public test::DuesTest {
 protected:
  void fill() {
    open("assets:receivable:dues", "GBP");
    open("liabilities:deferred:dues", "GBP");
    db().in_tx([&](Tx& tx) {
      dues::set_dues_accounts(tx, node(), {}, author());
      dues::set_payee(tx, node(),
                      {dues::PayeeAccount{"Rivers Co-op", Iban::parse("BE68539007547034"), {}},
                       ReferenceKind::belgian, "Here 1\nBarcelona", "Write to us."},
                      author());
      dues::add_rate(tx, node(),
                     {.from = money("0").unit(),
                      .to = money("0 GBP").unit(),
                      .from_on = Day::parse("2025-01-01"),
                      .number = 0,
                      .rate = Ratio{9, 10},
                      .decision = "Assembly"},
                     author());
    });
    for (const char* number : {"M0001", "M0002", "M0003"}) member(number, "2025-11-01");
    db().in_tx([&](Tx& tx) {
      dues::add_price(tx, node(), "standard",
                      {.number = 0,
                       .from_on = Day::parse("2026-01-01"),
                       .minimum_minor = 500,
                       .suggested_minor = 2'200,
                       .joining_minor = 700,
                       .local = dues::LocalPart{money("0 GBP").unit(), Ratio{3, 10}},
                       .decision = "Circle"},
                      author());
      dues::end_concession(
          tx, node(),
          [&] {
            const MembershipId id = members::read_memberships(tx, node(), {}).front().id;
            dues::grant_concession(tx, node(), id,
                                   {.number = 0,
                                    .from_on = Day::parse("2025-11-01"),
                                    .until_on = {},
                                    .share = Ratio{1, 2},
                                    .reason = "student",
                                    .review_on = {}},
                                   author());
            return id;
          }(),
          1, Day::parse("2025-12-31"), "found work", author());
    });
    run("2025-11");
    run("2026-01");
    end_membership("M0003", "2025-12-15");
    run("2026-01");
    const dues::Payment returned = pay("M0002", "50.00", "2025-11-10");
    pay("M0001", "90.00", "2025-11-12",
        {{"M0001", 8'000}, {"M0002", 1'000, charges_of("M0002").front().number}});
    return_payment(returned, "2025-11-20");
    pay("M0001", "5.00", "2026-01-20", {}, dues::PaymentKind::refund);
  }
};

TEST_F(NativeDues, RestoreIntoAnEmptyServerAsTheyWere) {
  fill();
  const std::vector<std::string> tables{
      "dues_accounts", "dues_payee",      "tier",
      "tier_price",    "unit_rate",       "subscription",
      "concession",    "concession_end",  "charge_run",
      "charge",        "charge_reversal", "payment",
      "payment_share", "payment_return",  "(SELECT * FROM debtor WHERE owed_minor <> 0)"};
  test::expect_native_restores(db(), fresh(), tables, now);
}

// The entries stand in the file too: rows beside the chain say of them what they say themselves.
TEST_F(NativeDues, ThatSayOtherwiseThanTheirEntriesAreRefused) {
  fill();
  const auto charge_of = [&](const std::string& number) {
    return R"("charge":)" + std::to_string(charges_of(number).front().number.number()) + "}";
  };
  const std::vector<std::pair<std::string, std::string>> contradictions{
      {R"("received_on":"2025-11-12")", R"("received_on":"2025-11-11")"},
      {R"("account":"assets:bank:main","entry")", R"("account":"income:dues","entry")"},
      {R"("payment":"money","payer":"M0001")", R"("payment":"money","payer":"M0002")"},
      {R"("payment":"refund")", R"("payment":"money")"},
      {R"("payment":2,"line":1,"debtor":"M0001")", R"("payment":2,"line":1,"debtor":"M0003")"},
      {charge_of("M0002"), charge_of("M0001")},
      {R"("returned_on":"2025-11-20")", R"("returned_on":"2025-11-21")"},
      {R"("first":"2025-11-01","last":"2025-11-30","due_on":"2025-11-01")",
       R"("first":"2025-11-01","last":"2025-11-30","due_on":"2026-11-01")"},
      {R"("first":"2025-11-01","last":"2025-11-30","due_on":"2025-11-01")",
       R"("first":"2025-11-02","last":"2025-11-30","due_on":"2025-11-02")"},
      {R"("charge":"dues","membership":1,"member":"M0001","debtor":"M0001")",
       R"("charge":"dues","membership":1,"member":"M0001","debtor":"M0003")"},
      {R"("number":1,"run":1,)", R"("number":1,)"},
  };
  test::expect_each_contradicts(test::native_export(db()), contradictions);
}

}  // namespace
}  // namespace coop::journals
