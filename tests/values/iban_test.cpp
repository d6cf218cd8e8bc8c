#include "ledger/values/iban.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/values/bic.hpp"
#include "ledger/values/mod97.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

using test::refusal_code;

static_assert(!std::is_default_constructible_v<Iban>, "there is no empty IBAN");
static_assert(!std::is_convertible_v<std::string, Iban>, "an IBAN is checked when it is made");

// Examples that the registry or the countries' banks publish.
constexpr std::string_view published[] = {
    "AD1200012030200359100100",
    "AT611904300234573201",
    "BE68539007547034",
    "BR1800360305000010009795493C1",
    "CH9300762011623852957",
    "DE89370400440532013000",
    "DK5000400440116243",
    "EE382200221020145685",
    "ES9121000418450200051332",
    "FI2112345600000785",
    "FR1420041010050500013M02606",
    "GB29NWBK60161331926819",
    "GR1601101250000000012300695",
    "HU42117730161111101800000000",
    "IE29AIBK93115212345678",
    "IT60X0542811101000000123456",
    "LI21088100002324013AA",
    "LU280019400644750000",
    "MT84MALT011000012345MTLCAST001S",
    "MU17BOMM0101101030300200000MUR",
    "NL91ABNA0417164300",
    "NO9386011117947",
    "PL61109010140000071219812874",
    "PT50000201231234567890154",
    "RO49AAAA1B31007593840000",
    "RS35260005601001611379",
    "SE4550000000058398257466",
    "SI56263300012039086",
    "SK3112000000198742637541",
    "SM86U0322509800000000270100",
};

/// A random valid IBAN of a random country.
rc::Gen<std::string> some_iban() {
  return rc::gen::exec([] {
    const auto countries = iban_countries();
    const IbanCountry& country = countries[*rc::gen::inRange<std::size_t>(0, countries.size())];
    std::string account;
    for (std::string_view structure = country.structure; !structure.empty();) {
      const std::size_t next = structure.find_first_of("nac", 1);
      const int length = std::stoi(std::string{structure.substr(1, next - 1)});
      for (int i = 0; i < length; ++i) {
        const std::string digits = "0123456789";
        const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        account += *rc::gen::elementOf(structure[0] == 'n'   ? digits
                                       : structure[0] == 'a' ? letters
                                                             : digits + letters);
      }
      structure = next == std::string_view::npos ? std::string_view{} : structure.substr(next);
    }
    const std::string code{country.code};
    return code + check_digits_97(account + code) + account;
  });
}

std::string detail_of(std::string_view text) {
  try {
    Iban::parse(text);
  } catch (const Refused& refused) {
    return refused.detail();
  }
  return "accepted";
}

TEST(Iban, AcceptsWhatTheRegistryPublishes) {
  for (const std::string_view text : published) EXPECT_EQ(Iban::parse(text).text(), text);
}

TEST(Iban, HasACountryTableInOrder) {
  const auto countries = iban_countries();
  EXPECT_EQ(countries.size(), 89u);
  EXPECT_TRUE(std::is_sorted(countries.begin(), countries.end(),
                             [](const auto& a, const auto& b) { return a.code < b.code; }));
  EXPECT_EQ(std::count_if(countries.begin(), countries.end(),
                          [](const auto& row) { return row.zone == PaymentZone::eea; }),
            30);
  for (const IbanCountry& row : countries) {
    EXPECT_GE(iban_length(row), 15) << row.code;
    EXPECT_LE(iban_length(row), 33) << row.code;
  }
}

TEST(Iban, IsReadAsPeopleTypeIt) {
  for (const std::string_view text : {"BE68 5390 0754 7034", "be68539007547034", " BE68 539 007547034\t",
                                      "BE68\u00A05390\u202F0754\u20077034", "bE 68 53 90 07 54 70 34"})
    EXPECT_EQ(Iban::parse(text).text(), "BE68539007547034") << text;
}

TEST(Iban, IsPrintedInBlocksAndMasked) {
  const Iban belgian = Iban::parse("BE68539007547034");
  EXPECT_EQ(belgian.printed(), "BE68 5390 0754 7034");
  EXPECT_EQ(belgian.masked(), "BE•• •••• •••• 7034");
  const Iban german = Iban::parse("DE89370400440532013000");
  EXPECT_EQ(german.printed(), "DE89 3704 0044 0532 0130 00");
  EXPECT_EQ(german.masked(), "DE•• •••• •••• •••• ••30 00");
}

TEST(Iban, KnowsWhatAPaymentToItsCountryNeeds) {
  EXPECT_EQ(Iban::parse("BE68539007547034").country().zone, PaymentZone::eea);
  EXPECT_EQ(Iban::parse("CH9300762011623852957").country().zone, PaymentZone::sepa);
  EXPECT_EQ(Iban::parse("MU17BOMM0101101030300200000MUR").country().zone, PaymentZone::elsewhere);
}

TEST(Iban, SaysWhatIsWrong) {
  struct Row {
    std::string_view text;
    std::string_view detail;
  };
  const Row table[] = {
      {"", "an IBAN has letters and digits only"},
      {"BE68-5390-0754-7034", "an IBAN has letters and digits only"},
      {"BE6", "an IBAN begins with its country's two letters and two check digits"},
      {"XX68539007547034", "no country of the IBAN registry begins with XX"},
      {"0068539007547034", "no country of the IBAN registry begins with 00"},
      {"BE6853900754703", "an IBAN of BE has 16 characters, and this one has 15"},
      {"BE685390075470345", "an IBAN of BE has 16 characters, and this one has 17"},
      {"BEX8539007547034", "an IBAN has two digits after the country's letters"},
      {"BE6853900754703O", "character 16 of an IBAN of BE is not a digit"},
      {"NL91A8NA0417164300", "character 6 of an IBAN of NL is not a letter"},
      {"BE68539007547043", "its check digits are wrong: a character is mistyped, or two are swapped"},
  };
  for (const Row& row : table) {
    EXPECT_EQ(refusal_code([&] { Iban::parse(row.text); }), "iban_malformed") << row.text;
    EXPECT_EQ(detail_of(row.text), row.detail) << row.text;
  }
}

TEST(Iban, RefusesCheckDigitsThatAreNeverGivenOut) {
  // Of one account number each, the check digits 97 below or above leave the same remainder.
  for (int account = 0; account < 97; ++account) {
    const std::string digits = std::string(10, '0') + (account < 10 ? "0" : "") + std::to_string(account);
    const std::string right = check_digits_97(digits + "BE");
    EXPECT_EQ(iban_fault("BE" + right + digits), "");
    const int check = std::stoi(right);
    if (check <= 2) {
      EXPECT_NE(iban_fault("BE" + std::to_string(check + 97) + digits), "");
    }
    if (check >= 97) {
      EXPECT_NE(iban_fault("BE0" + std::to_string(check - 97) + digits), "");
    }
  }
}

RC_GTEST_PROP(Iban, IsReadBackFromEveryText, ()) {
  const std::string text = *some_iban();
  const Iban iban = Iban::parse(text);
  RC_ASSERT(iban.text() == text);
  RC_ASSERT(Iban::parse(iban.printed()) == iban);
  RC_ASSERT(iban.masked().find(text.substr(4, text.size() - 8)) == std::string::npos);
}

RC_GTEST_PROP(Iban, FindsEverySwapOfNeighbours, ()) {
  std::string text = *some_iban();
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] != text[at + 1] && (text[at] <= '9') == (text[at + 1] <= '9')) places.push_back(at);
  }
  const std::size_t place = *rc::gen::elementOf(places);
  std::swap(text[place], text[place + 1]);
  RC_ASSERT(refusal_code([&] { Iban::parse(text); }) == "iban_malformed");
}

TEST(Bic, IsEightOrElevenLettersAndDigits) {
  EXPECT_EQ(Bic::parse("BPOTBEB1").text(), "BPOTBEB1");
  EXPECT_EQ(Bic::parse(" bfsw de33 ber ").text(), "BFSWDE33BER");
  for (const std::string_view text :
       {"", "BPOTBEB", "BPOTBEB1X", "BPOTBEB1XX", "BPOTBEB1XXXX", "BPOT1EB1", "BPOTB3B1", "BPOTBE-1"})
    EXPECT_EQ(refusal_code([&] { Bic::parse(text); }), "bic_malformed") << text;
}

}  // namespace
}  // namespace coop
