#include "ledger/statements/camt_text.hpp"

#include <gtest/gtest.h>

#include "ledger/statements/german_keys.hpp"
#include "ledger/statements/placeholder.hpp"

namespace coop::statements {
namespace {

std::string text_of_remittance(const std::string& inside) {
  pugi::xml_document document;
  document.load_string(("<RmtInf>" + inside + "</RmtInf>").c_str());
  Elements kept;
  return remittance_text(kept.keep(document.first_child()));
}

TEST(CamtText, JoinsPiecesThatFillTheirFieldWithoutABlank) {
  const std::string full(140, 'a');
  EXPECT_EQ(joined_pieces({full, "b"}), full + "b");
  EXPECT_EQ(joined_pieces({full.substr(1), "b"}), full.substr(1) + " b");
  const std::string line = "Contribution of the first quarter, m";
  const std::string full_line = line.substr(0, 35);
  EXPECT_EQ(joined_pieces({full_line, "ember 7"}), full_line + "ember 7");
  EXPECT_EQ(joined_pieces({full_line, std::string(60, 'x')}), full_line + " " + std::string(60, 'x'));
  EXPECT_EQ(joined_pieces({full_line, "EREF+7"}), full_line + " EREF+7");
  std::string umlauts;
  for (int i = 0; i < 35; ++i) umlauts += "ü";
  EXPECT_EQ(joined_pieces({umlauts, "x"}), umlauts + "x");
  EXPECT_EQ(joined_pieces({}), "");
}

TEST(CamtText, TakesIndentationForNoText) {
  EXPECT_EQ(text_of_remittance("<Ustrd>\n   dues\n   2026\n  </Ustrd>"), "dues 2026");
  EXPECT_EQ(text_of_remittance("<Ustrd>dues  2026 </Ustrd>"), "dues  2026");
  EXPECT_EQ(text_of_remittance("<Ustrd>a<![CDATA[ & ]]>b</Ustrd>"), "a & b");
}

TEST(CamtText, AddsWhatTheStructuredPartSaysBesidesItsReference) {
  EXPECT_EQ(text_of_remittance(
                "<Ustrd>INV-1</Ustrd><Strd><RfrdDocInf><Nb>INV-1</Nb></RfrdDocInf><CdtrRefInf><Ref>RF1"
                "</Ref></CdtrRefInf></Strd><Strd><CdtrRefInf><Ref>RF2</Ref></CdtrRefInf></Strd>"),
            "INV-1 RF2");
  EXPECT_EQ(text_of_remittance("<Ustrd>NOTPROVIDED</Ustrd>"), "");
}

TEST(GermanKeys, AreReadWithPlusAndWithColon) {
  const GermanKeys plus =
      german_keys_in("EREF+INV-7MREF+M 42 CRED+DE98ZZZ09999999999 SVWZ+Dues May ABWA+Eva Klein");
  EXPECT_EQ(plus.end_to_end, "INV-7");
  EXPECT_EQ(plus.mandate, "M 42");
  EXPECT_EQ(plus.creditor, "DE98ZZZ09999999999");
  EXPECT_EQ(plus.text, "Dues May");
  EXPECT_EQ(plus.ultimate, "Eva Klein");
  const GermanKeys colon =
      german_keys_in("Dues of May EREF: INV-7 IBAN: DE89 3704 0044 0532 0130 00 BIC: COBADEFFXXX");
  EXPECT_EQ(colon.end_to_end, "INV-7");
  EXPECT_EQ(colon.account, "DE89370400440532013000");
  EXPECT_EQ(colon.bank, "COBADEFFXXX");
  EXPECT_EQ(colon.text, "Dues of May EREF: INV-7 IBAN: DE89 3704 0044 0532 0130 00 BIC: COBADEFFXXX");
}

TEST(GermanKeys, AreNotGuessed) {
  EXPECT_EQ(german_keys_in("EREF+NOTPROVIDED SVWZ+x").end_to_end, "");
  EXPECT_EQ(german_keys_in("IBAN: DE00370400440532013000").account, "");
  EXPECT_EQ(german_keys_in("IBAN: soon").account, "");
  EXPECT_EQ(german_keys_in("BIC: see below").bank, "");
  EXPECT_EQ(german_keys_in("BASICBIC:ABCDEFGH").bank, "");
  EXPECT_EQ(german_keys_in("EREF: 7 thank you all").end_to_end, "7");
  EXPECT_EQ(german_keys_in("").text, "");
}

TEST(Placeholder, IsReadAsNothing) {
  for (const char* text : {"NOTPROVIDED", "notprovided", "Not Provided", "NONREF",
                           "keine Information vorhanden", "-", "  ", "...", "N/A"})
    EXPECT_EQ(without_placeholder(text), "") << text;
  EXPECT_EQ(without_placeholder(" NONREF-1 "), "NONREF-1");
  EXPECT_EQ(account_text("de89 3704"), "DE893704");
}

}  // namespace
}  // namespace coop::statements
