#include "ledger/statements/camt_elements.hpp"

#include <gtest/gtest.h>

namespace coop::statements {
namespace {

class CamtElements : public testing::Test {
 protected:
  Element kept(const char* xml) {
    EXPECT_TRUE(document_.load_string(xml));
    return elements_.keep(document_.first_child());
  }

  pugi::xml_document document_;
  Elements elements_;
};

TEST_F(CamtElements, AreFoundByNameWhateverPrefixTheyHave) {
  const Element entry =
      kept("<n:Ntry><n:Amt Ccy='EUR'>7</n:Amt><Dt><n:DtTm>x</n:DtTm></Dt><Amt>8</Amt></n:Ntry>");
  EXPECT_EQ(entry.name(), "Ntry");
  EXPECT_EQ(text_of(child(entry, "Amt")), "7");
  EXPECT_EQ(child(entry, "Amt").attribute("Ccy"), "EUR");
  EXPECT_EQ(text_at(entry, {"Dt", "DtTm"}), "x");
  EXPECT_EQ(text_of(child(child(entry, "Dt"), {"Dt", "DtTm"})), "x");
  EXPECT_FALSE(child(entry, "DtTm")) << "it stands deeper";
}

TEST_F(CamtElements, SayWhatStandsInThemInOnePiece) {
  EXPECT_EQ(kept("<a>x<![CDATA[ & ]]>y<b>not this</b>z</a>").whole_text(), "x & yz");
  EXPECT_EQ(text_of(kept("<a>\r\n  two\n  lines \n</a>")), "two lines");
  EXPECT_EQ(text_of(kept("<a> <b>x</b> </a>")), "");
  EXPECT_TRUE(says(kept("<a>\n BOOK </a>"), "BOOK"));
}

TEST_F(CamtElements, OfNoneSayNothing) {
  const Element none = child(kept("<a/>"), "b");
  EXPECT_FALSE(none);
  EXPECT_FALSE(child(none, "c"));
  EXPECT_EQ(text_at(none, {"c", "d"}), "");
  EXPECT_EQ(none.attribute("Ccy"), "");
  EXPECT_EQ(none.begin(), none.end());
}

TEST_F(CamtElements, OfABatchAreKeptAPaymentAtATime) {
  const Element entry =
      kept("<Ntry><NtryDtls><TxDtls><Nm>x</Nm></TxDtls><TxDtls/></NtryDtls><Sts>BOOK</Sts></Ntry>");
  const Element payment = inner(entry, {"NtryDtls", "TxDtls"});
  EXPECT_TRUE(payment);
  EXPECT_EQ(payment.begin(), payment.end());
  EXPECT_EQ(text_of(child(entry, "Sts")), "BOOK");
  Elements apart;
  EXPECT_EQ(text_at(apart.keep(payment.written()), {"Nm"}), "x");
}

}  // namespace
}  // namespace coop::statements
