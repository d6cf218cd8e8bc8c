#include "ledger/values/text.hpp"

namespace coop {
namespace {

TEST(StorableText, IsWellFormedUtf8) {
  for (const std::string_view text : {"", "Dues", "Montréal", "成田", "\xF0\x9F\x8C\xBB", "\x7F", "\n\t",
                                      "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_storable_text(text)) << text;
  }
}

TEST(StorableText, HasNoNulAndNoBrokenSequence) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {"a\0b"sv, "\x80"sv, "\xC3"sv, "\xC3("sv, "\xC0\xAF"sv, "\xC1\xBF"sv, "\xE0\x80\xAF"sv, "\xE2\x82"sv,
        "\xED\xA0\x80"sv, "\xED\xBF\xBF"sv, "\xF0\x80\x80\xAF"sv, "\xF0\x9F\x8C"sv, "\xF4\x90\x80\x80"sv,
        "\xF5\x80\x80\x80"sv, "\xFF"sv, "ok\xFE"sv}) {
    EXPECT_FALSE(is_storable_text(text));
  }
}

}  // namespace
}  // namespace coop
