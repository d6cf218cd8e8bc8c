// Circles, who is in them from when until when, and kinds of work.
#include "tests/support/test_work.hpp"

namespace coop::work {
namespace {

using test::refusal_of;

class Circles : public test::WorkTest {
 protected:
  std::string found(const std::string& code, const std::string& title = "A circle") {
    return refusal_of([&] {
      db().in_tx(
          [&](Tx& tx) { found_circle(tx, node(), {code, title, Day::parse("2026-01-01")}, author()); });
    });
  }
  std::string join(const char* code, const char* member, const char* day) {
    return refusal_of([&] {
      db().in_tx([&](Tx& tx) { join_circle(tx, node(), code, member, Day::parse(day), author()); });
    });
  }
  std::string leave(const char* code, const char* member, const char* day, const char* reason = "moved") {
    return refusal_of([&] {
      db().in_tx([&](Tx& tx) { leave_circle(tx, node(), code, member, Day::parse(day), reason, author()); });
    });
  }
  std::string close(const char* code, const char* day, const char* reason = "done") {
    return refusal_of([&] {
      db().in_tx([&](Tx& tx) { close_circle(tx, node(), code, Day::parse(day), reason, author()); });
    });
  }
  std::string add_kind(const WorkKind& kind) {
    return refusal_of([&] { db().in_tx([&](Tx& tx) { add_work_kind(tx, node(), kind, author()); }); });
  }
  bool is_in(PartyId party, const char* day) {
    return belongs_on(db().in_snapshot([&](Tx& tx) { return read_circle(tx, node(), "tech"); }), party,
                      Day::parse(day));
  }
};

TEST_F(Circles, AreRefusedWithTheirFirstFault) {
  EXPECT_EQ(found("Tech", ""), "name_malformed");
  EXPECT_EQ(found("tech", ""), "field_invalid");
  EXPECT_EQ(found("tech"), "circle_exists");
  EXPECT_EQ(found("product"), "");
  EXPECT_EQ(join("nowhere", "M9", "2025-01-01"), "circle_unknown");
  EXPECT_EQ(join("tech", "M9", "2025-01-01"), "party_unknown");
  EXPECT_EQ(join("tech", "M4", "2025-12-31"), "circle_contradicts");
  EXPECT_EQ(join("tech", "M1", "2026-01-02"), "circle_contradicts") << "is in it already";
  EXPECT_EQ(leave("tech", "M4", "2026-01-02", ""), "field_invalid");
  EXPECT_EQ(leave("tech", "M4", "2026-01-02"), "circle_contradicts") << "is not in it";
  EXPECT_EQ(close("tech", "2025-12-31"), "circle_contradicts");
  EXPECT_EQ(close("tech", "2026-01-31"), "");
  EXPECT_EQ(close("tech", "2026-01-31"), "circle_contradicts");
  EXPECT_EQ(join("tech", "M4", "2026-01-02"), "circle_contradicts") << "it is closed";
}

TEST_F(Circles, KnowWhoIsInThemOnEachDay) {
  const PartyId first = db().in_snapshot([&](Tx& tx) { return members::read_party(tx, node(), "M1").id; });
  EXPECT_EQ(leave("tech", "M1", "2026-01-10"), "");
  EXPECT_EQ(join("tech", "M1", "2026-01-10"), "circle_contradicts") << "was in it that day";
  EXPECT_EQ(join("tech", "M1", "2026-01-20"), "");
  EXPECT_EQ(leave("tech", "M1", "2026-01-19"), "circle_contradicts");
  EXPECT_FALSE(is_in(first, "2025-12-31"));
  EXPECT_TRUE(is_in(first, "2026-01-10"));
  EXPECT_FALSE(is_in(first, "2026-01-11"));
  EXPECT_FALSE(is_in(first, "2026-01-19"));
  EXPECT_TRUE(is_in(first, "2026-01-20"));
}

TEST_F(Circles, BringTheUsualKindsOfWorkWithThem) {
  const auto kinds = db().in_snapshot([&](Tx& tx) { return read_work_kinds(tx, node()); });
  ASSERT_EQ(kinds.size(), 4u);
  EXPECT_EQ(kinds[0].code, "livelihood");
  EXPECT_EQ(kinds[2].code, "care");
  EXPECT_FALSE(kinds[2].has_price);
  EXPECT_EQ(add_kind({"care", "Again", true}), "work_kind_exists");
  EXPECT_EQ(add_kind({"Care", "", true}), "name_malformed");
  EXPECT_EQ(add_kind({"teaching", "", true}), "field_invalid");
  EXPECT_EQ(add_kind({"teaching", "Teaching", true}), "");
}

}  // namespace
}  // namespace coop::work
