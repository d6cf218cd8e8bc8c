#include "ledger/values/hmac.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/values/base64.hpp"

namespace coop {
namespace {

// RFC 4231, test case 2.
TEST(Hmac, IsThatOfTheStandard) {
  EXPECT_EQ(base64url_of(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM");
}

TEST(Hmac, SecretsAreRandomAndCompared) {
  const std::string secret = random_secret();
  EXPECT_EQ(secret.size(), 32u);
  EXPECT_NE(secret, random_secret());
  EXPECT_TRUE(is_same_secret(secret, secret));
  EXPECT_FALSE(is_same_secret(secret, secret.substr(1)));
  EXPECT_FALSE(is_same_secret(secret, random_secret()));
}

// RFC 4648, section 10, without padding.
TEST(Base64Url, IsThatOfTheStandard) {
  EXPECT_EQ(base64url_of(""), "");
  EXPECT_EQ(base64url_of("f"), "Zg");
  EXPECT_EQ(base64url_of("fo"), "Zm8");
  EXPECT_EQ(base64url_of("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64url_of("\xfb\xff"), "-_8");
  EXPECT_FALSE(bytes_from_base64url("Zm8="));
  EXPECT_FALSE(bytes_from_base64url("Zm9")) << "no bytes are written so";
}

RC_GTEST_PROP(Base64Url, ReadsWhatItWrote, (const std::string& bytes)) {
  RC_ASSERT(bytes_from_base64url(base64url_of(bytes)) == bytes);
}

TEST(Base64, ReadsOnlyWhatItWrites) {
  EXPECT_EQ(base64_of("\xfb\xff"), "+/8=");
  EXPECT_EQ(bytes_from_base64("+/8="), "\xfb\xff");
  EXPECT_EQ(bytes_from_base64("Zg=="), "f");
  EXPECT_EQ(bytes_from_base64(""), "");
  for (const char* text : {"Zg", "Zh==", "Zg==\n", " Zg=", "Zg==Zm8=", "====", "Z===", "Zm9v=", "-_8="})
    EXPECT_FALSE(bytes_from_base64(text)) << text;
}

RC_GTEST_PROP(Base64, ReadsWhatItWrote, (const std::string& bytes)) {
  RC_ASSERT(bytes_from_base64(base64_of(bytes)) == bytes);
}

}  // namespace
}  // namespace coop
