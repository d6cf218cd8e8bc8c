#include "ledger/dues/payee.hpp"

#include <gtest/gtest.h>

#include "ledger/dues/creditor_reference.hpp"
#include "ledger/dues/notice_words.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::dues {
namespace {

using test::refusal_code;

Payee payee_of(const std::string& holder) {
  return {.account = PayeeAccount{holder, Iban::parse("BE68539007547034"), {}}};
}

TEST(Payee, HasAHolderThatFitsIntoATransfer) {
  EXPECT_EQ(refusal_code([] { require_payee(payee_of("Rivers Co-op")); }), "accepted");
  EXPECT_EQ(refusal_code([] { require_payee(payee_of("")); }), "field_invalid");
  EXPECT_EQ(refusal_code([] { require_payee(payee_of(std::string(71, 'x'))); }), "field_invalid");
  EXPECT_EQ(refusal_code([] { require_payee(payee_of("two\nlines")); }), "field_invalid");
  Payee payee;
  payee.letterhead = "Here 1\nBarcelona";
  EXPECT_EQ(refusal_code([&] { require_payee(payee); }), "accepted");
  payee.letterhead = "a\tb";
  EXPECT_EQ(refusal_code([&] { require_payee(payee); }), "field_invalid");
}

TEST(Payee, ShowsANationalKindOnlyWhereItIsNotTheUsualOne) {
  EXPECT_EQ(national_kind_of({}), std::nullopt);
  EXPECT_EQ(national_kind_of({.kind = ReferenceKind::swiss}), ReferenceKind::swiss);
  EXPECT_EQ(lines_of("a\n\nb\n"), (std::vector<std::string>{"a", "b"}));
}

TEST(MaybeReference, IsThereWhereTheNumberFits) {
  EXPECT_EQ(maybe_reference_of_member(ReferenceKind::creditor, "M0042")->text(),
            reference_of_member(ReferenceKind::creditor, "M0042").text());
  EXPECT_EQ(maybe_reference_of_member(ReferenceKind::creditor, "M-42"), std::nullopt);
  EXPECT_EQ(maybe_reference_of_member(ReferenceKind::belgian, "MARIA"), std::nullopt);
  EXPECT_NE(maybe_reference_of_member(ReferenceKind::belgian, "M-42"), std::nullopt);
  EXPECT_EQ(maybe_reference_of_member(ReferenceKind::belgian, "M1234567890"), std::nullopt) << "ten digits";
  EXPECT_NE(maybe_reference_of_member(ReferenceKind::belgian, "M0000000000"), std::nullopt);
  const std::string longest(20, 'A');
  EXPECT_NE(maybe_reference_of_member(ReferenceKind::creditor, longest), std::nullopt);
  EXPECT_EQ(maybe_reference_of_charge(ReferenceKind::creditor, longest, ChargeNumber{1}), std::nullopt);
  EXPECT_NE(maybe_reference_of_charge(ReferenceKind::belgian, longest, ChargeNumber{1}), std::nullopt);
}

TEST(PeriodInWords, IsAMonthOrAYearWhereItIsOne) {
  EXPECT_EQ(period_in_words(Period::parse("2026-12")), "December 2026");
  EXPECT_EQ(period_in_words(Period::parse("2026")), "2026");
  EXPECT_EQ(period_in_words(Period::parse("2026-12-03..2026-12-31")), "3 December 2026 to 31 December 2026");
  EXPECT_EQ(period_in_words(Period::parse("2026-12-03..2026-12-03")), "3 December 2026");
}

}  // namespace
}  // namespace coop::dues
