#include "ledger/database/bulk_reader.hpp"

#include "ledger/values/refusal.hpp"
#include "tests/support/test_database.hpp"

namespace coop {
namespace {

class BulkReading : public test::DatabaseTest {
 protected:
  BulkReading() {
    superuser_sql(
        "CREATE TABLE kept (number bigint, small smallint, middle int, day date, moment timestamptz, text "
        "text);"
        "INSERT INTO kept VALUES"
        " (1, -2, 3, '2000-01-02', '1970-01-01 00:00:01Z', 'one'),"
        " (9223372036854775807, NULL, NULL, 'infinity', NULL, ''),"
        " (-5, 7, -8, '1969-12-31', 'infinity', NULL)");
  }
  BulkReader reader_{DatabaseSettings{.address = address(), .role = {}}};
};

constexpr const char* all_sql = R"sql(
  -- test.copy_all
  SELECT number, small, middle, day, moment, text FROM kept
   WHERE number >= $1::bigint AND number <= $2::bigint
   ORDER BY middle DESC NULLS LAST
)sql";

constexpr const char* some_sql = R"sql(
  -- test.copy_some
  SELECT number FROM kept WHERE $1 = 1 AND number = ANY ($2::bigint[]) ORDER BY number
)sql";

TEST_F(BulkReading, CopiesEachKindOfColumnAsItIs) {
  using Whole = std::optional<std::int64_t>;
  std::vector<std::array<Whole, 5>> seen;
  std::vector<std::string> texts;
  reader_.copy(
      all_sql,
      [&](CopiedRow& row) {
        const Whole number = row.maybe_number(), small = row.maybe_number(), middle = row.maybe_number();
        const Whole day = row.days(), moment = row.microseconds();
        seen.push_back({number, small, middle, day, moment});
        texts.emplace_back(row.bytes());
        return false;
      },
      std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const Whole never = std::int64_t{std::numeric_limits<std::int32_t>::max()} + 10'957;
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[0], (std::array<Whole, 5>{1, -2, 3, 10'958, 1'000'000}));
  EXPECT_EQ(seen[1], (std::array<Whole, 5>{-5, 7, -8, -1, most}));
  EXPECT_EQ(seen[2], (std::array<Whole, 5>{most, std::nullopt, std::nullopt, never, std::nullopt}));
  EXPECT_EQ(texts, (std::vector<std::string>{"one", "", ""}));
}

TEST_F(BulkReading, CopiesTheRowsOfAListAndNoneOfAnEmptyOne) {
  const auto numbers = [&](std::vector<std::int64_t> asked) {
    std::vector<std::int64_t> found;
    reader_.copy_any(
        some_sql, [&](CopiedRow& row) { return found.push_back(row.number()), false; }, 1, asked);
    return found;
  };
  EXPECT_EQ(numbers({1, -5, 4}), (std::vector<std::int64_t>{-5, 1}));
  EXPECT_EQ(numbers({}), (std::vector<std::int64_t>{}));
}

TEST_F(BulkReading, KeepsTheBytesOfTheRowsThatAreStillLookedAt) {
  std::string_view text;
  const KeptBytes kept = reader_.copy(
      all_sql,
      [&](CopiedRow& row) {
        row.number(), row.number(), row.number(), row.days(), row.microseconds();
        text = row.bytes();
        return true;
      },
      1, 1);
  EXPECT_EQ(text, "one");
}

TEST_F(BulkReading, RefusesAColumnThatIsNotThereOrOfAnotherType) {
  const auto read = [&](const TakeRow& take) {
    reader_.copy_any(some_sql, take, 1, std::vector<std::int64_t>{1});
  };
  EXPECT_THROW(read([](CopiedRow& row) { return row.days().has_value(); }), InvariantBroken);
  BulkReader other{DatabaseSettings{.address = address(), .role = {}}};
  const auto two = [](CopiedRow& row) { return row.number() == row.number(); };
  EXPECT_THROW(other.copy_any(some_sql, two, 1, std::vector<std::int64_t>{1}), InvariantBroken);
}

TEST_F(BulkReading, TellsAWrongStatementAndReadsOn) {
  constexpr const char* wrong_sql = "SELECT number FROM nowhere WHERE number = $1";
  EXPECT_THROW(reader_.copy(wrong_sql, [](CopiedRow&) { return false; }, 1), InvariantBroken);
  EXPECT_EQ(reader_.read("SELECT 7").number(0, 0), 7);
}

}  // namespace
}  // namespace coop
