// Requests are repeated against books that were restored on another server, where units, users and nodes are
// other rows: they are known by what they say.
#include <fstream>

#include "ledger/books/hold_service.hpp"
#include "ledger/journals/import_service.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "tests/support/judged_exports.hpp"
#include "tests/support/judges.hpp"
#include "tests/support/test_books.hpp"

namespace coop::journals {
namespace {

using books::Draft;
using books::HoldDraft;
using books::Recorded;

/// The books "bcn", and a server on which everything has other ids.
class RepeatsAfterARestore : public test::BooksTest {
 protected:
  RepeatsAfterARestore()
      : elsewhere_{DatabaseSettings{.address = other_.address(), .role = "coopledger_service"}} {
    for (const char* path : {"assets:bank", "income:dues"}) {
      open(path);
      open(path, "JPY");
    }
    elsewhere_.in_tx([&](Tx& tx) {
      for (const auto& [code, scale] : {std::pair{"XAA", 2}, std::pair{"JPY", 0}, std::pair{"EUR", 2}}) {
        if (!books::find_unit(tx, code))
          books::insert_unit(tx, code, code, scale, UnitOrigin::currency);
      }
      books::make_node(tx, {"first", "First", "EUR", "ES", "Europe/Madrid", {1, 1}}, author());
    });
  }

  void restore() {
    TemporaryFile file;
    std::ofstream out{file.path(), std::ios::binary};
    export_native(db(), "bcn", now, [&](std::string_view piece) { out << piece; });
    out.close();
    restore_native(elsewhere_, file.path(), now);
    const auto id_in = [](Database& database, const char* code) {
      return database.in_snapshot([&](Tx& tx) { return books::find_unit(tx, code)->id; });
    };
    ASSERT_NE(id_in(elsewhere_, "EUR"), id_in(db(), "EUR")) << "the test proves nothing";
  }

  static Draft dues(Tx& tx, std::string_view user, std::int64_t yen) {
    const auto in = [&](std::int64_t minor, const char* code) {
      return Money::of_minor(minor, books::find_unit(tx, code)->id);
    };
    return {books::request_key_of(user, "dues-7"),
            std::nullopt,
            Day::parse("2026-01-15"),
            books::LateEntry::refuse,
            "Dues",
            "",
            "",
            std::nullopt,
            std::nullopt,
            {{"assets:bank", in(1'200, "EUR"), {}, ""},
             {"income:dues", in(-1'200, "EUR"), {}, ""},
             {"assets:bank", in(yen, "JPY"), {}, "in cash"},
             {"income:dues", in(-yen, "JPY"), {}, ""}}};
  }
  Recorded post_dues(Database& database, std::string_view user, std::int64_t yen) {
    return database.in_tx([&](Tx& tx) {
      const std::array<Draft, 1> one{dues(tx, user, yen)};
      const NodeId bcn = books::read_node(tx, "bcn").id;
      return books::recorded_or_throw(books::post(tx, bcn, one, books::Together::each_alone, now).front());
    });
  }
  books::MadeHold hold_dues(Database& database, std::int64_t yen) {
    return database.in_tx([&](Tx& tx) {
      Draft draft = dues(tx, "ann", yen);
      const HoldDraft hold{draft.request_key,        std::nullopt, now + std::chrono::hours{1}, "Dues", "",
                           std::move(draft.postings)};
      return books::make_hold(tx, books::read_node(tx, "bcn").id, hold, author());
    });
  }

  Database& elsewhere() { return elsewhere_; }

 private:
  test::FreshDatabase other_;
  Database elsewhere_;
};

TEST_F(RepeatsAfterARestore, OfAnEntryGetTheFirstAnswerAgain) {
  const Recorded first = post_dues(db(), "ann", 500);
  restore();
  const Recorded again = post_dues(elsewhere(), "ann", 500);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.number, first.number);
  EXPECT_EQ(again.hash, first.hash);
  EXPECT_EQ(test::refusal_of([&] { post_dues(elsewhere(), "ann", 501); }), "key_reused");
  EXPECT_FALSE(post_dues(elsewhere(), "ben", 500).repeated) << "another user's key is another request";
}

TEST_F(RepeatsAfterARestore, OfAHoldGetTheFirstAnswerAgain) {
  const books::MadeHold first = hold_dues(db(), 500);
  restore();
  const books::MadeHold again = hold_dues(elsewhere(), 500);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.number, first.number);
  EXPECT_EQ(test::refusal_of([&] { hold_dues(elsewhere(), 501); }), "key_reused");
}

TEST_F(RepeatsAfterARestore, OfAnImportRecordNothingTwice) {
  if (!test::is_judge_installed(Dialect::hledger)) GTEST_SKIP() << "hledger is not installed";
  const TemporaryFile journal;
  std::ofstream{journal.path()} << "2026-01-20 Dues\n  assets:bank  12.00 EUR\n  assets:bank  500 JPY\n"
                                   "  income:dues  -12.00 EUR\n  income:dues  -500 JPY\n";
  const auto import_into = [&](Database& database) {
    return import_journal(database, "bcn", journal.path(), ImportOptions{}, author());
  };
  EXPECT_EQ(import_into(db()).recorded, 1);
  restore();
  const ImportReport again = import_into(elsewhere());
  EXPECT_EQ(again.recorded, 0);
  EXPECT_EQ(again.on_record_before, 1);
}

}  // namespace
}  // namespace coop::journals
