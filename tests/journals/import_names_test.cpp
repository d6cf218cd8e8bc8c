#include "ledger/journals/import_names.hpp"

#include <gtest/gtest.h>

#include "ledger/books/account.hpp"
#include "ledger/journals/import_comments.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::journals {
namespace {

using books::AccountType;

TEST(ImportedPath, IsTheNameWhereverWeReadIt) {
  const std::pair<const char*, const char*> paths[] = {
      {"Assets:Chase:Checking", "Assets:Chase:Checking"},
      {"Crédit Coopératif (Lyon)", "Crédit Coopératif (Lyon)"},
      {"assets:(old)", "assets:%28old)"},
      {"assets:*x", "assets:%2Ax"},
      {"a::b", "a:_:b"},
      {"a%3Bb", "a;b"},
      {"%28whole)", "%28whole)"},
      {"growth %20 fund", "growth %20 fund"},
      {"50%", "50%"}};
  for (const auto& [name, path] : paths) {
    EXPECT_EQ(path_of_imported(name), path);
    EXPECT_NO_THROW(books::require_path(path_of_imported(name))) << name;
  }
}

TEST(ImportedCommodity, IsAUnitWhereItsCodeFollows) {
  ImportOptions options;
  add_commodity(options, "$=USD");
  add_commodity(options, "=EUR");
  add_commodity(options, "BTC=SATOSHI*100000000");
  EXPECT_EQ(code_of_commodity("BTC", options), "SATOSHI");
  EXPECT_EQ(options.commodities.at("BTC").shift, 8);
  EXPECT_EQ(code_of_commodity("$", options), "USD");
  EXPECT_EQ(code_of_commodity("", options), "EUR");
  EXPECT_EQ(code_of_commodity("€", options), "EUR");
  EXPECT_EQ(code_of_commodity("JPY", options), "JPY");
  EXPECT_EQ(code_of_commodity("hours", options), "HOURS");
  EXPECT_EQ(code_of_commodity("£", options), "GBP");
  EXPECT_EQ(code_of_commodity("¥", options), std::nullopt);
  EXPECT_EQ(code_of_commodity("h", options), std::nullopt);
  EXPECT_EQ(test::refusal_code([&] { add_commodity(options, "USD"); }), "field_invalid");
  EXPECT_EQ(test::refusal_code([&] { add_commodity(options, "BTC=SATOSHI*12"); }), "field_invalid");
  EXPECT_EQ(test::refusal_code([&] { add_commodity(options, "BTC=SATOSHI*"); }), "field_invalid");
  EXPECT_EQ(test::refusal_code([&] { add_commodity(options, "$=usd"); }), "name_malformed");
}

TEST(ImportedType, FollowsTheOptionsThenTheFileThenTheFirstPart) {
  ImportOptions options;
  add_account_type(options, "Loans=liability");
  add_account_type(options, "Loans:given=asset");
  EXPECT_EQ(type_of_imported("Loans:bank", {}, options), AccountType::liability);
  EXPECT_EQ(type_of_imported("Loans:given:ana", {}, options), AccountType::asset);
  EXPECT_EQ(type_of_imported("bank", "C", options), AccountType::asset);
  EXPECT_EQ(type_of_imported("bank", "Revenue", options), AccountType::income);
  EXPECT_EQ(type_of_imported("Expenses:Food", {}, options), AccountType::expense);
  EXPECT_EQ(type_of_imported("debts:x", {}, options), AccountType::liability);
  EXPECT_EQ(type_of_imported("bank", {}, options), std::nullopt);
  EXPECT_EQ(test::refusal_code([&] { add_account_type(options, "x=money"); }), "field_invalid");
}

HledgerEntry commented(std::string comment) {
  return {.day = Day::parse("2026-01-31"),
          .second_day = {},
          .mark = HledgerMark::none,
          .code = "c1",
          .description = "Shop",
          .comment = std::move(comment),
          .file = "/x/a.journal",
          .line = 8,
          .postings = {}};
}

TEST(ImportedTexts, OfAnyJournalKeepCodePlaceAndComment) {
  const ImportedTexts texts = texts_of(commented("Receipt: ed8.png\n second line \n"));
  EXPECT_EQ(texts.description, "Shop");
  EXPECT_EQ(texts.reference, "c1");
  EXPECT_EQ(texts.source, "a.journal:8");
  EXPECT_EQ(texts.note, "Receipt: ed8.png; second line");
}

TEST(ImportedTexts, OfOurOwnJournalAreWhatTheyWere) {
  const std::string hash(64, 'a');
  const ImportedTexts texts = texts_of(commented("\nentry: 12\nhash: " + hash +
                                                 "\nrecorded_at: 2026-01-01T00:00:00Z\nreference: a, b\n"
                                                 "source: bank:7\ndescription: Dues%3B January\n"));
  EXPECT_EQ(texts.description, "Dues; January");
  EXPECT_EQ(texts.reference, "a, b");
  EXPECT_EQ(texts.source, "bank:7");
  EXPECT_EQ(texts.note, "");
}

TEST(ImportedComment, GivesDimensionsAndANote) {
  HledgerPosting posting{"a",
                         HledgerPostingKind::regular,
                         HledgerMark::none,
                         {},
                         {},
                         "member: M0042\nfund: Two Words\nnote: late%2C paid\n",
                         {},
                         {},
                         {{"member", "M0042"}, {"fund", "Two Words"}, {"note", "late%2C paid"}}};
  const ImportedComment comment = comment_of(posting);
  EXPECT_EQ(comment.about[static_cast<std::size_t>(books::DimensionKind::member)], "M0042");
  EXPECT_FALSE(comment.about[static_cast<std::size_t>(books::DimensionKind::fund)]);
  EXPECT_EQ(comment.note, "fund: Two Words; late, paid");
  EXPECT_EQ(shortened("né", 2), "n");
}

}  // namespace
}  // namespace coop::journals
