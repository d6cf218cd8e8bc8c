#include "ledger/access/token.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/refusal_code.hpp"

namespace coop::access {
namespace {

using test::refusal_code;

const Instant noon = instant_from_text("2026-03-01T12:00:00Z");

TokenDraft draft() { return {"spreadsheet", {Scope::read}, {}, noon + date::days{30}}; }

TEST(Token, IsFortyEightLettersThatNeverRepeat) {
  std::set<std::string> seen;
  std::set<char> letters;
  for (int i = 0; i < 1'000; ++i) {
    const std::string text = make_token_text();
    EXPECT_EQ(text.size(), 48U);
    EXPECT_TRUE(text.starts_with("coop_"));
    EXPECT_TRUE(hash_of_token(text).has_value()) << text;
    EXPECT_TRUE(seen.insert(text).second);
    letters.insert(text.begin() + 5, text.end());
  }
  EXPECT_EQ(letters.size(), 64U) << "every letter of base64url is used";
}

TEST(Token, IsKnownByItsSha256Only) {
  const std::string text = "coop_" + std::string(43, 'A');
  const std::optional<TokenHash> hash = hash_of_token(text);
  ASSERT_TRUE(hash);
  constexpr unsigned char first_bytes[] = {0x0a, 0x9e, 0xeb, 0x34};
  EXPECT_TRUE(std::equal(std::begin(first_bytes), std::end(first_bytes), hash->bytes.begin()))
      << "printf 'coop_AAA…' | sha256sum";
  EXPECT_NE(hash, hash_of_token("coop_" + std::string(42, 'A') + "B"));
}

TEST(Token, IsNotLookedUpIfItDoesNotHaveATokensForm) {
  const std::string good = make_token_text();
  for (const std::string& text :
       {std::string{}, std::string{"coop_"}, good.substr(1), good + "A", "COOP_" + good.substr(5),
        "coop_" + std::string(42, 'A') + "=", "coop_" + std::string(42, 'A') + "+", std::string(48, 'A'),
        std::string(1'000'000, 'A')})
    EXPECT_FALSE(hash_of_token(text).has_value()) << text.substr(0, 60);
}

TEST(Token, IsIssuedWithAScopeALifeAndAShortLabel) {
  EXPECT_EQ(refusal_code([] { checked(draft(), noon); }), "accepted");
  TokenDraft without_scope = draft();
  without_scope.scopes.clear();
  EXPECT_EQ(refusal_code([&] { checked(without_scope, noon); }), "field_invalid");
  TokenDraft past = draft();
  past.expires_at = noon;
  EXPECT_EQ(refusal_code([&] { checked(past, noon); }), "field_invalid");
  TokenDraft for_ever = draft();
  for_ever.expires_at = noon + date::days{800};
  EXPECT_EQ(refusal_code([&] { checked(for_ever, noon); }), "field_invalid");
  TokenDraft wordy = draft();
  wordy.label = std::string(201, 'x');
  EXPECT_EQ(refusal_code([&] { checked(wordy, noon); }), "field_invalid");
  TokenDraft twice = draft();
  twice.scopes = {Scope::write, Scope::read, Scope::write};
  EXPECT_EQ(checked(twice, noon).scopes, (std::vector<Scope>{Scope::read, Scope::write}));
}

TEST(Token, OpensNoMoreThanTheOneItWasAskedForWith) {
  const Access reader{UserId{1}, "maria", false, {}, {Scope::read}, {}, noon + date::days{1}};
  EXPECT_EQ(refusal_code([&] { require_no_wider(draft(), reader); }), "accepted");
  TokenDraft writing = draft();
  writing.scopes = {Scope::read, Scope::write};
  EXPECT_EQ(refusal_code([&] { require_no_wider(writing, reader); }), "scope_missing");
  Access of_one_node = reader;
  of_one_node.only_node = NodeId{3};
  EXPECT_EQ(refusal_code([&] { require_no_wider(draft(), of_one_node); }), "scope_missing");
  TokenDraft same_node = draft();
  same_node.only_node = NodeId{3};
  EXPECT_EQ(refusal_code([&] { require_no_wider(same_node, of_one_node); }), "accepted");
}

}  // namespace
}  // namespace coop::access
