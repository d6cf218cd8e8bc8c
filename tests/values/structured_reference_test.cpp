#include "ledger/values/structured_reference.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

using test::refusal_code;

rc::Gen<StructuredReference> some_reference() {
  return rc::gen::exec([] {
    const auto forms = reference_forms();
    const ReferenceForm& form = forms[*rc::gen::inRange<std::size_t>(0, forms.size())];
    const std::string letters = form.digits_only ? "0123456789" : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::string body;
    const auto length = *rc::gen::inRange<std::size_t>(1, form.most_body + 1);
    while (body.size() < length) body += *rc::gen::elementOf(letters);
    if (form.kind == ReferenceKind::swiss && body.find_first_not_of('0') == std::string::npos) body[0] = '1';
    return StructuredReference::of(form.kind, body);
  });
}

TEST(StructuredReference, AgreesWithKnownVectors) {
  struct Row {
    ReferenceKind kind;
    std::string_view body;
    std::string_view text;
    std::string_view printed;
  };
  const Row table[] = {
      {ReferenceKind::creditor, "539007547034", "RF18539007547034", "RF18 5390 0754 7034"},
      {ReferenceKind::creditor, "2348231", "RF712348231", "RF71 2348 231"},
      {ReferenceKind::creditor, "M0042202601", "RF23M0042202601", "RF23 M004 2202 601"},
      {ReferenceKind::belgian, "1", "000000000101", "+++000/0000/00101+++"},
      {ReferenceKind::belgian, "97", "000000009797", "+++000/0000/09797+++"},
      {ReferenceKind::belgian, "0909337554", "090933755493", "+++090/9337/55493+++"},
      {ReferenceKind::swiss, "21000000000313947143000901", "210000000003139471430009017",
       "21 00000 00003 13947 14300 09017"},
  };
  for (const Row& row : table) {
    const StructuredReference reference = StructuredReference::of(row.kind, row.body);
    EXPECT_EQ(reference.text(), row.text);
    EXPECT_EQ(reference.printed(), row.printed);
    EXPECT_EQ(StructuredReference::parse(row.text), reference);
    EXPECT_EQ(StructuredReference::parse(row.printed), reference);
  }
}

TEST(StructuredReference, IsReadAsPeopleTypeIt) {
  for (const std::string_view text :
       {"rf18 5390 0754 7034", " RF 18539007547034", "RF18\u00A05390 0754 7034"})
    EXPECT_EQ(StructuredReference::parse(text).text(), "RF18539007547034") << text;
  for (const std::string_view text : {"000000000101", "***000/0000/00101***", "+++ 000 / 0000 / 00101 +++",
                                      "000/0000/00101", "0000 0000 0101"})
    EXPECT_EQ(StructuredReference::parse(text).text(), "000000000101") << text;
}

TEST(StructuredReference, IsRefusedIfItsCheckDigitsOrShapeAreWrong) {
  for (const std::string_view text :
       {"", "hello", "RF", "RF18", "RF19539007547034", "RF1853900754703O4", "RF18-5390", "RFAA539007547034",
        "RF18539007547034539007547034", "000000000102", "00000000010", "+++000/0000/0010+++",
        "+++000/0000/00A01+++", "000000000197", "210000000003139471430009018", "000000000000000000000000000",
        "21000000000313947143000901"})
    EXPECT_EQ(refusal_code([&] { StructuredReference::parse(text); }), "reference_malformed") << text;
}

TEST(StructuredReference, IsNotMadeOfWhatDoesNotFit) {
  const auto refused = [](ReferenceKind kind, std::string_view body) {
    return refusal_code([&] { StructuredReference::of(kind, body); });
  };
  EXPECT_EQ(refused(ReferenceKind::creditor, ""), "reference_malformed");
  EXPECT_EQ(refused(ReferenceKind::creditor, "m42"), "reference_malformed");
  EXPECT_EQ(refused(ReferenceKind::creditor, "M-42"), "reference_malformed");
  EXPECT_EQ(refused(ReferenceKind::creditor, std::string(21, 'X')), "accepted");
  EXPECT_EQ(refused(ReferenceKind::creditor, std::string(22, 'X')), "reference_malformed");
  EXPECT_EQ(refused(ReferenceKind::belgian, "M42"), "reference_malformed");
  EXPECT_EQ(refused(ReferenceKind::belgian, "12345678901"), "reference_malformed");
  EXPECT_EQ(refused(ReferenceKind::swiss, "0"), "reference_malformed");
  EXPECT_EQ(refused(ReferenceKind::swiss, std::string(27, '1')), "reference_malformed");
}

TEST(StructuredReference, NamesItsKindsByShortCodes) {
  for (const ReferenceForm& form : reference_forms()) EXPECT_EQ(reference_form(form.code).kind, form.kind);
  EXPECT_EQ(refusal_code([] { reference_form("viitenumero"); }), "reference_malformed");
}

RC_GTEST_PROP(StructuredReference, IsReadBackFromTextAndPrint, ()) {
  const StructuredReference reference = *some_reference();
  RC_ASSERT(StructuredReference::parse(reference.text()) == reference);
  RC_ASSERT(StructuredReference::parse(reference.printed()) == reference);
}

RC_GTEST_PROP(StructuredReference, IsNeverTakenForAnotherAfterOneMistypedDigit, ()) {
  const StructuredReference reference = *some_reference();
  std::string text = reference.text();
  std::vector<std::size_t> digits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] >= '0' && text[at] <= '9') digits.push_back(at);
  }
  const std::size_t place = *rc::gen::elementOf(digits);
  const char other = static_cast<char>('0' + (text[place] - '0' + *rc::gen::inRange(1, 10)) % 10);
  text[place] = other;
  RC_ASSERT(refusal_code([&] { StructuredReference::parse(text); }) == "reference_malformed");
}

}  // namespace
}  // namespace coop
