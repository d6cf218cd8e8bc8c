#include "ledger/dues/epc_code.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "ledger/dues/creditor_reference.hpp"
#include "ledger/dues/qr_code.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::dues {
namespace {

using test::refusal_code;

const Iban belgian = Iban::parse("BE68539007547034");
const Iban swiss = Iban::parse("CH9300762011623852957");

EpcPayment dues_of_m0042() {
  return {"Rivers' Co-op",
          belgian,
          {},
          "EUR",
          1234,
          {},
          reference_of_member(ReferenceKind::creditor, "M0042"),
          {},
          {}};
}

/// A payment without any field that need not be there.
EpcPayment bare() { return {"A", belgian, {}, "EUR", {}, {}, {}, {}, {}}; }

template <class Change>
std::string fault_after(Change&& change) {
  EpcPayment payment = bare();
  change(payment);
  return epc_fault(payment);
}

std::string times(std::size_t count, std::string_view text) {
  std::string out;
  while (count-- > 0) out += text;
  return out;
}

std::vector<std::string> payload_lines(const std::string& payload) {
  std::vector<std::string> lines(1);
  for (const char letter : payload) {
    if (letter == '\n') lines.emplace_back();
    else lines.back() += letter;
  }
  return lines;
}

TEST(EpcCode, SaysWhatATelephoneShouldPropose) {
  EXPECT_EQ(epc_payload(dues_of_m0042()),
            "BCD\n002\n1\nSCT\n\nRivers' Co-op\nBE68539007547034\nEUR12.34\n\nRF23M0042");
}

TEST(EpcCode, HasEveryFieldInItsLine) {
  EpcPayment payment{"Aimée & Co", swiss,      Bic::parse("POFICHBE"), "EUR", 99'999'999'999, "CHAR", {},
                     "Dues 2026",  "Thank you"};
  EXPECT_EQ(
      epc_payload(payment),
      "BCD\n002\n1\nSCT\nPOFICHBE\nAimée & Co\nCH9300762011623852957\nEUR999999999.99\nCHAR\n\nDues 2026\n"
      "Thank you");
}

TEST(EpcCode, EndsWithTheLastLineUsed) {
  EXPECT_EQ(epc_payload(bare()), "BCD\n002\n1\nSCT\n\nA\nBE68539007547034");
  EpcPayment payment = bare();
  payment.amount_minor = 1;
  EXPECT_EQ(epc_payload(payment), "BCD\n002\n1\nSCT\n\nA\nBE68539007547034\nEUR0.01");
  payment.purpose = "CHAR";
  EXPECT_EQ(epc_payload(payment), "BCD\n002\n1\nSCT\n\nA\nBE68539007547034\nEUR0.01\nCHAR");
  payment.note = "n";
  EXPECT_EQ(epc_payload(payment), "BCD\n002\n1\nSCT\n\nA\nBE68539007547034\nEUR0.01\nCHAR\n\n\nn");
}

TEST(EpcCode, WritesNationalReferencesAsTheTextThatBanksThereRecognise) {
  EpcPayment payment = bare();
  payment.reference = reference_of_member(ReferenceKind::belgian, "M0042");
  const auto lines = payload_lines(epc_payload(payment));
  ASSERT_EQ(lines.size(), 11u);
  EXPECT_EQ(lines[9], "");
  EXPECT_EQ(lines[10], "+++000/0000/04242+++");
}

TEST(EpcCode, SaysWhyAPaymentIsNotPossible) {
  const auto none = [](EpcPayment&) {};
  EXPECT_EQ(fault_after(none), "");
  EXPECT_EQ(fault_after([](auto& p) { p.name = " "; }), "the payee has no name");
  EXPECT_EQ(fault_after([](auto& p) { p.name = times(70, "é"); }), "");
  EXPECT_EQ(fault_after([](auto& p) { p.name = times(71, "e"); }),
            "the payee's name has more than 70 characters");
  EXPECT_EQ(fault_after([](auto& p) { p.name = "A\nB"; }),
            "the payee's name has a line break or another control character");
  EXPECT_EQ(fault_after([](auto& p) { p.name = "\xC3"; }), "the payee's name is not well-formed text");
  EXPECT_EQ(fault_after([](auto& p) { p.text = times(140, "e"); }), "");
  EXPECT_EQ(fault_after([](auto& p) { p.text = times(141, "e"); }), "the text has more than 140 characters");
  EXPECT_EQ(fault_after([](auto& p) { p.note = times(71, "e"); }),
            "the note to the payer has more than 70 characters");
  EXPECT_EQ(fault_after([](auto& p) { p.unit_code = "GBP"; }), "a code asks for EUR, not for GBP");
  const std::string range = "the amount is not between EUR 0.01 and EUR 999999999.99";
  for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{100'000'000'000}})
    EXPECT_EQ(fault_after([&](auto& p) { p.amount_minor = amount; }), range);
  EXPECT_EQ(fault_after([](auto& p) { p.iban = swiss; }),
            "an account of CH needs its BIC: it is outside the EEA");
  EXPECT_EQ(fault_after([](auto& p) { p.iban = Iban::parse("MU17BOMM0101101030300200000MUR"); }),
            "accounts of MU are not within SEPA");
  for (const std::string purpose : {"CHARI", "char", "C-1"})
    EXPECT_EQ(fault_after([&](auto& p) { p.purpose = purpose; }), "a purpose has up to four capital letters");
  EXPECT_EQ(fault_after([](auto& p) {
              p.reference = reference_of_member(ReferenceKind::creditor, "M1");
              p.text = "Dues";
            }),
            "a payment has a reference or a text, not both");
  EXPECT_EQ(fault_after([](auto& p) {
              p.name = times(70, "é");
              p.text = times(140, "é");
            }),
            "it would take 456 bytes, and a code has 331");
}

TEST(EpcCode, IsRefusedWithItsReason) {
  EpcPayment payment = bare();
  payment.unit_code = "CHF";
  EXPECT_EQ(refusal_code([&] { epc_payload(payment); }), "payment_code_impossible");
}

RC_GTEST_PROP(EpcCode, KeepsToTheStandardWhateverIsAsked, ()) {
  const auto some_text = rc::gen::container<std::string>(rc::gen::element('a', 'Z', ' ', '+', '\n', '9'));
  EpcPayment payment = bare();
  payment.name = *some_text;
  payment.text = *some_text;
  payment.note = *some_text;
  payment.purpose = *rc::gen::container<std::string>(rc::gen::element('A', 'B', '9'));
  if (*rc::gen::arbitrary<bool>()) payment.amount_minor = *rc::gen::inRange<std::int64_t>(-5, 100'000);
  if (*rc::gen::arbitrary<bool>()) payment.reference = reference_of_member(ReferenceKind::creditor, "M1");
  if (!epc_fault(payment).empty()) {
    RC_ASSERT(refusal_code([&] { epc_payload(payment); }) == "payment_code_impossible");
    return;
  }
  const std::string payload = epc_payload(payment);
  const auto lines = payload_lines(payload);
  RC_ASSERT(payload.size() <= QrCode::most_bytes);
  RC_ASSERT(lines.size() >= 7u && lines.size() <= 12u);
  RC_ASSERT(!lines.back().empty());
  RC_ASSERT(lines.size() < 11u || lines[9].empty() || lines[10].empty());
  RC_ASSERT(QrCode::of(payload).version() <= 13);
}

}  // namespace
}  // namespace coop::dues
