#include "ledger/access/user.hpp"

#include <gtest/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop::access {
namespace {

using test::refusal_code;

TEST(UserName, IsShortLowerCaseAndPlain) {
  for (const std::string_view name :
       {"maria", "ma", "import-bot", "j.r_2", "a23456789012345678901234567890123456789z"})
    EXPECT_EQ(refusal_code([&] { require_user_name(name); }), "accepted") << name;
  for (const std::string_view name : {"", "m", "Maria", "1maria", "maria.", "-maria", "ma ria", "maría",
                                      "maria\n", "a234567890123456789012345678901234567890z"})
    EXPECT_EQ(refusal_code([&] { require_user_name(name); }), "name_malformed") << name;
}

TEST(UserTitle, IsAnyShortText) {
  EXPECT_EQ(refusal_code([] { require_user_title(""); }), "accepted");
  EXPECT_EQ(refusal_code([] { require_user_title("María Núñez (treasurer)"); }), "accepted");
  EXPECT_EQ(refusal_code([] { require_user_title("two\nlines"); }), "field_invalid");
  EXPECT_EQ(refusal_code([] { require_user_title(std::string(201, 'x')); }), "field_invalid");
}

}  // namespace
}  // namespace coop::access
