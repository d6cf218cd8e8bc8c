#include "ledger/database/binary_array.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "ledger/values/refusal.hpp"
#include "tests/support/test_database.hpp"

namespace coop {
namespace {

using Of = BinaryArray::Of;

class BinaryArrays : public test::DatabaseTest {
 protected:
  /// What PostgreSQL says it was sent, behind a value as text. `sql` answers one row of one column.
  std::string told(const char* sql, const BinaryArray& array) {
    return db().in_tx([&](Tx& tx) {
      const std::array<SqlValue, 1> values{"sent: "};
      const std::array columns{array.value()};
      return only_row(tx.run(sql, values, columns)).string(0);
    });
  }
};

TEST_F(BinaryArrays, ArriveAsNumbersOfTheirWidth) {
  BinaryArray small{Of::int2}, plain{Of::int4}, large{Of::int8};
  for (const int number : {-32'768, 0, 32'767}) small.add(number);
  for (const std::int64_t number : {-2'147'483'648L, 1L, 2'147'483'647L}) plain.add(number);
  large.add(std::numeric_limits<std::int64_t>::min());
  large.add(std::numeric_limits<std::int64_t>::max());
  large.add(HoldNumber{-1});
  EXPECT_EQ(told("SELECT $1 || ($2::smallint[])::text", small), "sent: {-32768,0,32767}");
  EXPECT_EQ(told("SELECT $1 || ($2::int[])::text", plain), "sent: {-2147483648,1,2147483647}");
  EXPECT_EQ(told("SELECT $1 || ($2::bigint[])::text", large),
            "sent: {-9223372036854775808,9223372036854775807,-1}");
}

TEST_F(BinaryArrays, ArriveAsDaysTextBytesAndUuids) {
  BinaryArray days{Of::date}, texts{Of::text}, bytes{Of::bytea}, uuids{Of::uuid};
  for (const char* day : {"0001-01-01", "1999-12-31", "2000-01-01", "2026-02-28", "9999-12-31"})
    days.add(Day::parse(day));
  for (const char* text : {"", "NULL", "a \"b\\,{}", "d\u00f3na"}) texts.add(std::string_view{text});
  bytes.add(Bytes{std::string_view{"\0\x7f\xff", 3}});
  uuids.add_uuid(std::array<unsigned char, 16>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 255});
  EXPECT_EQ(told("SELECT $1 || ($2::date[])::text", days),
            "sent: {0001-01-01,1999-12-31,2000-01-01,2026-02-28,9999-12-31}");
  EXPECT_EQ(told("SELECT $1 || array_to_string($2::text[], '|')", texts), "sent: |NULL|a \"b\\,{}|d\u00f3na");
  EXPECT_EQ(told("SELECT $1 || encode(($2::bytea[])[1], 'hex')", bytes), "sent: 007fff");
  EXPECT_EQ(told("SELECT $1 || ($2::uuid[])::text", uuids), "sent: {01020304-0506-0708-090a-0b0c0d0e0fff}");
}

TEST_F(BinaryArrays, ArriveAsTruths) {
  BinaryArray truths{Of::boolean}, texts{Of::text};
  truths.add(true);
  truths.add(false);
  truths.add_null();
  texts.add("a literal is text, not a truth");
  EXPECT_EQ(told("SELECT $1 || ($2::bool[])::text", truths), "sent: {t,f,NULL}");
  EXPECT_EQ(told("SELECT $1 || ($2::text[])[1]", texts), "sent: a literal is text, not a truth");
  EXPECT_THROW(truths.add(1), InvariantBroken);
  EXPECT_THROW(texts.add(true), InvariantBroken);
}

TEST_F(BinaryArrays, HoldNothingAndSayNothingOfNullsBeforeTheFirstValue) {
  BinaryArray none{Of::int4}, sparse{Of::int4}, texts{Of::text};
  for (int i = 0; i < 3; ++i) none.add_sparse(std::optional<int>{});
  for (const std::optional<int> one : {std::optional<int>{}, std::optional{7}, std::optional<int>{}})
    sparse.add_sparse(one);
  texts.add_null();
  texts.add(std::string_view{"x"});
  EXPECT_EQ(told("SELECT $1 || ($2::int[])::text", none), "sent: {}");
  EXPECT_EQ(told("SELECT $1 || ($2::int[])::text", sparse), "sent: {NULL,7,NULL}");
  EXPECT_EQ(told("SELECT $1 || ($2::text[])::text", texts), "sent: {NULL,x}");
}

TEST_F(BinaryArrays, TakeNothingThatDoesNotFit) {
  BinaryArray small{Of::int2}, plain{Of::int4}, days{Of::date}, texts{Of::text};
  EXPECT_THROW(small.add(32'768), InvariantBroken);
  EXPECT_THROW(plain.add(std::int64_t{-2'147'483'649}), InvariantBroken);
  EXPECT_THROW(plain.add(Day::parse("2026-01-01")), InvariantBroken);
  EXPECT_THROW(plain.add(std::string_view{"1"}), InvariantBroken);
  EXPECT_THROW(days.add(1), InvariantBroken);
  EXPECT_THROW(texts.add(1), InvariantBroken);
}

}  // namespace
}  // namespace coop
