// Files whose hashes are right and whose reversals are not: nothing but the check of each line could tell.
#include "ledger/journals/native_checks.hpp"

#include <gtest/gtest.h>

#include "ledger/books/chain.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::journals {
namespace {

const Instant entered_at = instant_from_text("2026-02-01T09:00:00Z");

struct Line {
  const char* account;
  std::int64_t minor;
  const char* fund = nullptr;
};

/// A file up to its entries: two accounts, two funds.
class Chained {
 public:
  Chained() {
    checks_.take(NativeHead{native_version, "bcn", "Barcelona", "EUR", "ES", "Europe/Madrid", 1, 1,
                            entered_at, entered_at, 9, 0, Hash{}});
    checks_.take(NativeUnit{"EUR", "Euro", 2, "currency"});
    for (const auto& [id, code] : {std::pair{1, "media"}, std::pair{2, "other"}})
      checks_.take(NativeDimension{id, books::DimensionKind::fund, code, code, entered_at});
    for (const auto& [id, path] : {std::pair{1, "assets:bank"}, std::pair{2, "income:dues"}})
      checks_.take(NativeAccount{id,
                                 path,
                                 "EUR",
                                 books::AccountType::asset,
                                 "",
                                 {},
                                 {},
                                 Day::parse("2020-01-01"),
                                 std::nullopt,
                                 entered_at});
  }

  /// Takes an entry with the hash that follows.
  void take(const std::vector<Line>& lines, std::optional<EntryNumber> reverses = {}) {
    books::Entry entry{.number = EntryNumber{next_},
                       .booked_on = Day::parse("2026-01-31"),
                       .recorded_at = entered_at,
                       .recorded_by = {},
                       .document_on = {},
                       .description = "Dues",
                       .reference = {},
                       .source = {},
                       .reverses = reverses,
                       .reversed_by = {},
                       .hold = {},
                       .hash = {},
                       .postings = {}};
    for (const Line& line : lines) {
      books::Posting posting{
          static_cast<int>(entry.postings.size()) + 1, line.account, "EUR", 2, line.minor, {}, ""};
      if (line.fund) posting.about[0] = line.fund;
      entry.postings.push_back(posting);
    }
    std::string canonical;
    books::append_canonical(canonical, "bcn", entry);
    entry.hash = books::next_link(hash_, canonical);
    checks_.take(NativeEntry{entry, "a key", "content"});
    hash_ = entry.hash;
    ++next_;
  }

 private:
  NativeChecks checks_;
  Hash hash_ = books::first_link_of("bcn");
  std::int64_t next_ = 1;
};

const std::vector<Line> dues{{"assets:bank", 1'200, "media"}, {"income:dues", -1'200}};
const std::vector<Line> opposite{{"assets:bank", -1'200, "media"}, {"income:dues", 1'200}};

std::string taken_as_reversal(const std::vector<Line>& lines) {
  Chained file;
  file.take(dues);
  return test::refusal_code([&] { file.take(lines, EntryNumber{1}); });
}

TEST(NativeChecks, TakeTheOppositeOfAnEntryForItsReversal) {
  EXPECT_EQ(taken_as_reversal(opposite), "accepted");
}

TEST(NativeChecks, RefuseAReversalThatIsNotTheOppositeLineByLine) {
  const std::vector<std::vector<Line>> others{
      dues,
      {{"assets:bank", -1'100, "media"}, {"income:dues", 1'100}},
      {{"assets:bank", -1'200}, {"income:dues", 1'200}},
      {{"assets:bank", -1'200, "other"}, {"income:dues", 1'200}},
      {{"assets:bank", -1'200, "media"}, {"income:dues", 1'200, "media"}},
      {{"income:dues", 1'200}, {"assets:bank", -1'200, "media"}},
      {{"income:dues", -1'200, "media"}, {"assets:bank", 1'200}},
      {{"assets:bank", -1'200, "media"}, {"income:dues", 1'000}, {"income:dues", 200}},
  };
  for (std::size_t i = 0; i < others.size(); ++i)
    EXPECT_EQ(taken_as_reversal(others[i]), "import_contradicts") << "reversal " << i;
}

TEST(NativeChecks, RefuseToReverseTwiceOrAReversal) {
  Chained file;
  file.take(dues);
  file.take(opposite, EntryNumber{1});
  EXPECT_EQ(test::refusal_code([&] { file.take(opposite, EntryNumber{1}); }), "import_contradicts");
  EXPECT_EQ(test::refusal_code([&] { file.take(dues, EntryNumber{2}); }), "import_contradicts");
  EXPECT_EQ(test::refusal_code([&] { file.take(opposite, EntryNumber{3}); }), "import_contradicts");
  EXPECT_EQ(test::refusal_code([&] { file.take(dues); }), "accepted");
}

TEST(NativeChecks, RefuseAnAmountThatHasNoOpposite) {
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  Chained file;
  EXPECT_EQ(test::refusal_code([&] {
              file.take({{"assets:bank", least}, {"income:dues", -(least + 1)}, {"income:dues", 1}});
            }),
            "import_contradicts");
}

}  // namespace
}  // namespace coop::journals
