#include "ledger/values/cursor.hpp"

#include <gtest/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop {
namespace {

TEST(Cursors, GiveBackWhatWasWritten) {
  const std::string text = Cursor{"entries"}
                               .add(Day::parse("2026-01-31"))
                               .add(std::int64_t{-42})
                               .add(std::string_view{"añ b"})
                               .add("")
                               .text();
  EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
  OpenedCursor opened{"entries", text};
  EXPECT_EQ(opened.day().text(), "2026-01-31");
  EXPECT_EQ(opened.number(), -42);
  EXPECT_EQ(opened.string(), "añ b");
  EXPECT_EQ(opened.string(), "");
}

TEST(Cursors, AreRefusedForAnotherQueryAndWhenAnyLetterIsChanged) {
  const std::string text = Cursor{"entries"}.add(std::int64_t{7}).text();
  EXPECT_EQ(test::refusal_code([&] { OpenedCursor("accounts", text); }), "cursor_invalid");
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(test::refusal_code([&] { OpenedCursor("entries", changed); }), "cursor_invalid") << i;
  }
  for (const char* junk : {"", "A", "====", "not a cursor"}) {
    EXPECT_EQ(test::refusal_code([&] { OpenedCursor("entries", junk); }), "cursor_invalid") << junk;
  }
  EXPECT_EQ(test::refusal_code([&] { OpenedCursor("entries", std::string(5000, 'A')); }), "cursor_invalid");
}

TEST(Cursors, RefuseFieldsOfAnotherKind) {
  const std::string text = Cursor{"q"}.add("word").text();
  EXPECT_EQ(test::refusal_code([&] { OpenedCursor("q", text).number(); }), "cursor_invalid");
  EXPECT_EQ(test::refusal_code([&] { OpenedCursor("q", text).day(); }), "cursor_invalid");
  OpenedCursor opened{"q", text};
  opened.string();
  EXPECT_EQ(test::refusal_code([&] { opened.string(); }), "cursor_invalid");
}

}  // namespace
}  // namespace coop
