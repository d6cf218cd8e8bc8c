// The complete export restores into an empty server as the same books, and no altered file is taken.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "ledger/books/chain.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/awkward_books.hpp"
#include "tests/support/test_database.hpp"

namespace coop::journals {
namespace {

const Instant now = instant_from_text("2026-03-01T12:00:00Z");

std::string exported(Database& database, const std::string& node) {
  std::string text;
  const auto done = export_native(database, node, now, [&](std::string_view piece) { text += piece; });
  EXPECT_TRUE(done.complete);
  return text;
}

void save(const std::string& text, const std::filesystem::path& file) {
  std::ofstream{file, std::ios::binary} << text;
}

class Native : public test::DatabaseTest {
 protected:
  NativeSummary restored_from(const std::string& text, Database& database) {
    save(text, file_.path());
    return restore_native(database, file_.path(), now);
  }
  TemporaryFile file_;
};

TEST_F(Native, RestoresIntoAnEmptyServerAsTheSameBooks) {
  const test::AwkwardBooks books{db(), "bcn", 1, 1'100};
  const std::string original = exported(db(), "bcn");
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  const NativeSummary summary = restored_from(original, empty);
  EXPECT_TRUE(summary.complete);
  EXPECT_GT(summary.entries, 1'100);
  EXPECT_EQ(exported(empty, "bcn"), original);
  const char* derived[] = {
      "SELECT md5(string_agg(b::text, ',' ORDER BY b.account_id)) FROM account_balance b",
      "SELECT md5(string_agg(t::text, ',' ORDER BY t.account_id, t.month)) FROM period_total t",
      "SELECT md5(string_agg(t::text, ',' ORDER BY t.account_id, t.year)) FROM year_total t",
      "SELECT concat_ws(' ', last_number, last_hash, last_recorded_at, last_hold, last_event) FROM "
      "book_head"};
  for (const char* sql : derived) EXPECT_EQ(other.superuser_value(sql), superuser_value(sql)) << sql;
}

TEST_F(Native, IsRefusedWhereTheNodeExists) {
  const test::AwkwardBooks books{db(), "bcn", 2, 10};
  try {
    restored_from(exported(db(), "bcn"), db());
    FAIL() << "the node exists";
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.refusal(), Refusal::node_exists);
  }
}

TEST_F(Native, IsRefusedWithTheLineThatWasAltered) {
  const test::AwkwardBooks books{db(), "bcn", 3, 40};
  const std::string original = exported(db(), "bcn");
  std::vector<std::string> lines;
  std::istringstream in{original};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  std::mt19937 random{5};
  for (int round = 0; round < 300; ++round) {
    auto altered = lines;
    const std::size_t place = random() % lines.size();
    std::string& line = altered[place];
    switch (random() % 4) {
      case 0:
        line.erase(random() % line.size(), 1);
        break;
      case 1:
        line[random() % line.size()] = static_cast<char>('0' + random() % 10);
        break;
      case 2:
        altered.erase(altered.begin() + static_cast<std::ptrdiff_t>(place));
        break;
      default:
        std::swap(altered[place], altered[random() % lines.size()]);
        break;
    }
    if (altered == lines) continue;
    std::string text;
    for (const auto& one : altered) text += one + '\n';
    try {
      restored_from(text, empty);
      FAIL() << "taken although altered in line " << place + 1;
    } catch (const Refused& refused) {
      EXPECT_TRUE(refused.refusal() == Refusal::import_contradicts ||
                  refused.refusal() == Refusal::import_unreadable);
      EXPECT_TRUE(refused.detail().starts_with("line ")) << refused.detail();
    }
  }
  EXPECT_EQ(other.superuser_value("SELECT count(*) FROM node"), "0");
}

TEST_F(Native, IsRolledBackWhenItIsStopped) {
  const test::AwkwardBooks books{db(), "bcn", 4, 1'100};
  save(exported(db(), "bcn"), file_.path());
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  Watch watch;
  std::string stage;
  watch.progress = [&](const Progress& progress) { stage = progress.stage; };
  watch.cancelled = [&] { return stage == "restoring"; };
  EXPECT_FALSE(restore_native(empty, file_.path(), now, watch).complete);
  EXPECT_EQ(other.superuser_value("SELECT count(*) FROM node"), "0");
}

TEST_F(Native, StopsBeingWrittenWhenTheCallerAsks) {
  const test::AwkwardBooks books{db(), "bcn", 5, 1'100};
  Watch watch;
  watch.cancelled = [] { return true; };
  EXPECT_FALSE(export_native(
                   db(), "bcn", now, [](std::string_view) {}, watch)
                   .complete);
}

}  // namespace
}  // namespace coop::journals
