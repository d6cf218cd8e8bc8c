// What a line carries: payments, references, ids.
#include "ledger/bank/candidates.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace coop::bank {
namespace {

BankLine line_of(std::int64_t minor, std::vector<BankDetail> details = {}) {
  return {BankLineNumber{1},
          BankImportNumber{1},
          1,
          1,
          BankAccountNumber{1},
          statements::LineStatus::booked,
          Day::parse("2026-02-03"),
          {},
          minor,
          0,
          false,
          "",
          1,
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          LineState::open,
          std::move(details)};
}

std::string found_in(std::string_view text) {
  std::string all;
  for (const StructuredReference& reference : references_in(text)) all += reference.text() + " ";
  return all;
}

TEST(ReferencesInText, AreFoundWhateverStandsBetweenTheirSigns) {
  EXPECT_EQ(found_in("RF18 5390 0754 7034"), "RF18539007547034 ");
  EXPECT_NE(found_in("dues rf18-5390.0754/7034 of January").find("RF18539007547034"), std::string::npos);
  EXPECT_EQ(found_in("RF19 5390 0754 7034").find("RF"), std::string::npos) << "a check digit is wrong";
  EXPECT_EQ(found_in("+++000/0000/00101+++"), "000000000101 ");
  EXPECT_EQ(found_in("communication 000 0000 00101, thank you"), "000000000101 ");
  EXPECT_EQ(found_in("210000000003139471430009017"), "210000000003139471430009017 ");
  EXPECT_EQ(found_in("no reference at all, 12 euros"), "");
}

RC_GTEST_PROP(ReferencesInText, FindEveryReferenceInNoise, ()) {
  std::string body = "M";
  for (int i = *rc::gen::inRange(1, 9); i > 0; --i) body += static_cast<char>('0' + *rc::gen::inRange(0, 10));
  const auto reference = StructuredReference::of(ReferenceKind::creditor, body);
  std::string text = "pago ";
  for (const char sign : reference.text()) {
    text += sign;
    text +=
        std::string(static_cast<std::size_t>(*rc::gen::inRange(0, 2)), *rc::gen::element(' ', '-', '.', '/'));
  }
  text += " gracias";
  const auto found = references_in(text);
  RC_ASSERT(std::find(found.begin(), found.end(), reference) != found.end());
}

TEST(Pieces, AreTheLineWhereItHasOnePayment) {
  BankLine line = line_of(-2'300);
  line.charges_minor = 300;
  const Pieces whole = pieces_of(line);
  ASSERT_EQ(whole.pieces.size(), 1u);
  EXPECT_EQ(whole.pieces.front().minor, -2'000) << "what was collected, before the bank took its fee";
  EXPECT_EQ(whole.charges_minor, -300);
  EXPECT_EQ(whole.rest_minor, 0);
}

TEST(Pieces, AreThePaymentsOfABatch) {
  BankDetail one, two;
  one.amount_minor = 1'526;
  two.amount_minor = 500;
  BankLine line = line_of(2'000, {one, two});
  line.charges_minor = 26;
  const Pieces batch = pieces_of(line);
  EXPECT_EQ(batch.pieces.size(), 2u);
  EXPECT_EQ(batch.charges_minor, -26) << "charges are never dropped";
  line.charges_minor = 0;
  EXPECT_EQ(pieces_of(line).rest_minor, -26) << "nor is what nobody explains";
  line.details.front().amount_minor.reset();
  EXPECT_EQ(pieces_of(line).pieces.size(), 1u) << "payments without amounts tell nothing";
}

TEST(IdsOfOurs, AreFoundInFieldsAndText) {
  BankDetail detail;
  detail.references.message = "bcn-C7";
  detail.words = "EREF+bcn-C12-3 returned";
  const BankLine line = line_of(-100, {detail});
  const auto ids = ids_of(line, pieces_of(line).pieces.front());
  EXPECT_NE(std::find(ids.begin(), ids.end(), "bcn-C7"), ids.end());
  EXPECT_NE(std::find(ids.begin(), ids.end(), "bcn-C12-3"), ids.end());
}

}  // namespace
}  // namespace coop::bank
