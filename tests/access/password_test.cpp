#include "ledger/access/password.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "tests/support/refusal_code.hpp"

namespace coop::access {
namespace {

using test::refusal_code;

TEST(Password, MatchesItsOwnHashOnly) {
  const PasswordHash hash = hash_of_password("correct horse");
  EXPECT_TRUE(password_matches(hash, "correct horse"));
  EXPECT_FALSE(password_matches(hash, "correct horsf"));
  EXPECT_FALSE(password_matches(hash, "correct horse "));
  EXPECT_FALSE(password_matches(hash, ""));
  EXPECT_FALSE(password_matches(hash, hash.encoded));
}

TEST(Password, IsSaltedAndKeepsItsCostInItsHash) {
  const PasswordHash first = hash_of_password("the same password");
  const PasswordHash second = hash_of_password("the same password");
  EXPECT_NE(first.encoded, second.encoded);
  EXPECT_TRUE(first.encoded.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << first.encoded;
  EXPECT_FALSE(is_outdated(first));
}

TEST(Password, OfAnOlderCostStillMatchesAndIsRenewed) {
  // printf '%s' 'correct horse' | argon2 somesalt -id -t 1 -m 10 -p 1 -l 32 -e
  const PasswordHash older{
      "$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHQ$PAArZvJcLI1we2P9iopEhaGJWQ3H6FiI+Ec7nAZw0iU"};
  EXPECT_TRUE(password_matches(older, "correct horse"));
  EXPECT_FALSE(password_matches(older, "wrong horse"));
  EXPECT_TRUE(is_outdated(older));
}

TEST(Password, OfNobodyNeverMatchesAndTakesItsTime) {
  password_matches({}, "warm up");
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(password_matches({}, "anything at all"));
  EXPECT_FALSE(password_matches({}, "nobody has this password"));
  EXPECT_GT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds{4})
      << "two real hashes were computed";
}

TEST(Password, IsNeitherShortNorEndless) {
  EXPECT_EQ(refusal_code([] { hash_of_password("123456789"); }), "field_invalid");
  EXPECT_EQ(refusal_code([] { hash_of_password(std::string(1'001, 'x')); }), "field_invalid");
  const PasswordHash hash = hash_of_password(std::string(1'000, 'x'));
  EXPECT_TRUE(password_matches(hash, std::string(1'000, 'x')));
  EXPECT_FALSE(password_matches(hash, std::string(10'000'000, 'x')));
}

TEST(Password, MayHoldAnyBytes) {
  const std::string bytes{"zero\0inside", 11};
  const PasswordHash hash = hash_of_password(bytes);
  EXPECT_TRUE(password_matches(hash, bytes));
  EXPECT_FALSE(password_matches(hash, std::string{"zero\0outside", 12}));
}

}  // namespace
}  // namespace coop::access
