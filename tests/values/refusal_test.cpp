#include "ledger/values/refusal.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cctype>
#include <set>
#include <string>
#include <utility>

namespace coop {
namespace {

/// What the compiler calls a value of the enumeration: its name, or "(coop::Refusal)200" if it has none.
template <Refusal value>
constexpr std::string_view compiler_name() {
  const std::string_view function = __PRETTY_FUNCTION__;
  const std::size_t start = function.find("value = ") + 8;
  const std::string_view name = function.substr(start, function.find_first_of(";]", start) - start);
  const std::size_t scope = name.rfind("::");
  return name.front() == '(' || scope == std::string_view::npos ? name : name.substr(scope + 2);
}

constexpr std::size_t most_refusals = 400;

template <std::size_t... numbers>
constexpr std::array<std::string_view, sizeof...(numbers)> compiler_names(std::index_sequence<numbers...>) {
  return {compiler_name<static_cast<Refusal>(numbers)>()...};
}

const std::array<std::string_view, most_refusals> names =
    compiler_names(std::make_index_sequence<most_refusals>{});

TEST(RefusalCatalogue, DescribesEveryRefusalUnderItsOwnNameAndNothingElse) {
  const auto catalogue = refusal_catalogue();
  ASSERT_LT(catalogue.size(), most_refusals);
  for (std::size_t i = 0; i < catalogue.size(); ++i) EXPECT_EQ(catalogue[i].code, names[i]);
  EXPECT_EQ(names[catalogue.size()].front(), '(') << names[catalogue.size()] << " is not described";
}

TEST(RefusalCatalogue, IsFoundByItsRefusal) {
  for (const RefusalText& text : refusal_catalogue()) EXPECT_EQ(&text_of(text.refusal), &text);
}

TEST(RefusalCatalogue, TellsTitleCauseAndCureInWholeSentences) {
  std::set<std::string_view> titles;
  for (const RefusalText& text : refusal_catalogue()) {
    for (const std::string_view sentence : {text.title, text.cause, text.cure}) {
      ASSERT_FALSE(sentence.empty()) << text.code;
      EXPECT_TRUE(std::isupper(static_cast<unsigned char>(sentence.front())))
          << text.code << ": " << sentence;
      EXPECT_TRUE(sentence.ends_with('.') || sentence.ends_with('}')) << text.code << ": " << sentence;
      EXPECT_EQ(sentence.find("  "), std::string_view::npos) << text.code << ": " << sentence;
    }
    EXPECT_LE(text.title.size(), 72U) << text.code;
    EXPECT_TRUE(titles.insert(text.title).second) << text.code << " shares its title with another refusal";
  }
}

TEST(Refused, NamesCodeDetailAndField) {
  const Refused refused{Refusal::account_unknown, "assets:bnak", "/postings/1/account"};
  EXPECT_STREQ(refused.what(), "account_unknown: assets:bnak (/postings/1/account)");
  EXPECT_STREQ((Refused{Refusal::key_missing, ""}.what()), "key_missing");
}

TEST(Refused, MovesItsFieldBelowTheItemOfABatch) {
  const Refused refused = Refused{Refusal::amount_zero, "zero", "/postings/0/amount"}.below("/entries/3");
  EXPECT_EQ(refused.field(), "/entries/3/postings/0/amount");
  EXPECT_EQ(refused.detail(), "zero");
  EXPECT_EQ(refused.refusal(), Refusal::amount_zero);
}

TEST(Ensure, ThrowsThePromiseThatDoesNotHold) {
  EXPECT_NO_THROW(ensure(true, "holds"));
  EXPECT_THROW(ensure(false, "broken"), InvariantBroken);
}

}  // namespace
}  // namespace coop
