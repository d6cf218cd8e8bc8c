#include "ledger/journals/account_names.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/journals/percent_text.hpp"

namespace coop::journals {
namespace {

using books::AccountType;

TEST(PlainName, LeavesWhatHledgerAndLedgerReadAlike) {
  for (const char* path : {"assets:bank:main", "Crédit Coopératif (Lyon)", "Smith, John", "1234", "日本"}) {
    const std::string name = plain_name_of(path);
    EXPECT_EQ(name, path);
    EXPECT_EQ(path_from_plain_name(name), path);
  }
}

TEST(PlainName, EncodesWhatTheyWouldReadAsSomethingElse) {
  const std::pair<const char*, const char*> names[] = {{"a;b", "a%3Bb"},
                                                       {"[x]", "%5Bx]"},
                                                       {"assets:(whole)", "assets:%28whole)"},
                                                       {"*star", "%2Astar"},
                                                       {"a\"b", "a%22b"},
                                                       {"x  y", "x %20y"},
                                                       {" lead", "%20lead"},
                                                       {"trail ", "trail%20"},
                                                       {"a\tb", "a%09b"},
                                                       {"a\u00A0b", "a%C2%A0b"},
                                                       {"a%3Bb", "a%253Bb"},
                                                       {"50%", "50%25"},
                                                       {"= 5 EUR", "%3D 5 EUR"},
                                                       {"assets:@x", "assets:%40x"}};
  for (const auto& [path, name] : names) {
    EXPECT_EQ(plain_name_of(path), name);
    EXPECT_EQ(path_from_plain_name(name), path);
  }
}

TEST(PlainName, OfAJournalThatIsNotOursStaysAsItIs) {
  for (const char* name : {"50%", "a%", "a%4", "a%41", "a%zz"}) {
    EXPECT_EQ(path_from_plain_name(name), name);
  }
}

TEST(PlainName, IsNeverTheSameForTwoPaths) {
  const auto part =
      rc::gen::container<std::string>(rc::gen::element('a', '%', '2', '5', ';', ' ', '(', ':', '\t'));
  EXPECT_TRUE(rc::check([&] {
    const std::string one = *part;
    RC_ASSERT(path_from_plain_name(plain_name_of(one)) == one);
  }));
}

TEST(BeancountName, HasARootByTypeAndSafeParts) {
  BeancountNames names;
  EXPECT_EQ(names.name_of("assets:bank:main", AccountType::asset), "Assets:Bank:Main");
  EXPECT_EQ(names.name_of("Crédit Coopératif (Lyon)", AccountType::asset),
            "Assets:Crédit-Coopératif-C28LyonC29");
  EXPECT_EQ(names.name_of("revenues:dues_2026", AccountType::income), "Income:DuesC5F2026");
  EXPECT_EQ(names.name_of("écu", AccountType::liability), "Liabilities:Écu");
  EXPECT_EQ(names.name_of("日本:-x", AccountType::expense), "Expenses:C65E5C672C:C2Dx");
  EXPECT_EQ(names.name_of("equity", AccountType::equity), "Equity:Equity");
}

TEST(BeancountName, IsToldApartWhereTwoWouldBeTheSame) {
  BeancountNames names;
  EXPECT_EQ(names.name_of("assets:bank", AccountType::asset), "Assets:Bank");
  EXPECT_EQ(names.name_of("bank", AccountType::asset), "Assets:Bank-2");
  EXPECT_EQ(names.name_of("Bank", AccountType::asset), "Assets:Bank-3");
  EXPECT_EQ(names.name_of("bank", AccountType::asset), "Assets:Bank-2");
  EXPECT_EQ(names.name_of("bank", AccountType::liability), "Liabilities:Bank");
}

TEST(Commodity, IsQuotedOrChangedWhereTheProgramNeedsIt) {
  EXPECT_EQ(plain_commodity_of("EUR"), "EUR");
  EXPECT_EQ(plain_commodity_of("H2.X-Y"), "\"H2.X-Y\"");
  EXPECT_EQ(beancount_commodity_of("H2.X-Y"), "H2.X-Y");
  EXPECT_EQ(beancount_commodity_of("TRUE"), "TRUE'U");
}

TEST(PercentText, LeavesNothingThatEndsALineOrATag) {
  EXPECT_EQ(percent_encoded("Smith, John; [2026-01-01]\nx", ",;[]"), "Smith%2C John%3B %5B2026-01-01%5D%0Ax");
  EXPECT_EQ(percent_decoded("Smith%2C John%0Ax %zz"), "Smith, John\nx %zz");
}

}  // namespace
}  // namespace coop::journals
