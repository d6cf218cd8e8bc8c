// Versions of rules and values of places in the database: what is refused, what is kept whatever the program
// does, what leaves and comes back, and what verification finds.
#include "ledger/sharing/place_value_service.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/sharing/rule_store.hpp"
#include "tests/sharing/examples.hpp"
#include "tests/support/named_damage.hpp"
#include "tests/support/native_file.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_books.hpp"

namespace coop::sharing {
namespace {

constexpr const char* restricted = "23001";
constexpr const char* integrity_violated = "23000";
constexpr const char* check_violated = "23514";
constexpr const char* unique_violated = "23505";

class Sharing : public test::BooksTest {
 protected:
  VersionDraft draft(const char* from, const char* example = "own_rates", std::string code = "wages") const {
    VersionDraft draft{.code = std::move(code),
                       .title = "Wages",
                       .valid_from = Day::parse(from),
                       .rule = {},
                       .decision = "Assembly of 10 December 2025",
                       .handbook_link = "https://handbook.example/wages",
                       .adopted_on = Day::parse("2025-12-10")};
    if (*example != '\0') draft.rule = example_rule(example);
    return draft;
  }
  RuleVersion adopt(const VersionDraft& draft) {
    return db().in_tx([&](Tx& tx) { return adopt_version(tx, node(), draft, author()); });
  }
  std::string refused(const VersionDraft& draft) {
    return test::refusal_code([&] { adopt(draft); });
  }
  RecordedPlaceValue value(const char* number, const char* from, const char* unit = "GBP") {
    const PlaceValue value{.name = "living_wage",
                           .place = "London",
                           .valid_from = Day::parse(from),
                           .value = Fraction{Ratio::parse(number)},
                           .unit = unit,
                           .source = "Living Wage Foundation",
                           .published_on = Day::parse("2025-10-22")};
    return db().in_tx([&](Tx& tx) { return record_place_value(tx, node(), value, author()); });
  }
  std::string state_of_sql(const std::string& sql) const {
    try {
      superuser_sql(sql);
    } catch (const test::SqlFailed& failed) {
      return failed.sqlstate;
    }
    return "accepted";
  }
  void fill() {
    adopt(draft("2026-01-01", "equal_hour"));
    adopt(draft("2026-02-01", "place_wage_floor"));
    adopt(draft("2026-01-15", "surplus", "surplus"));
    adopt(draft("2026-03-01", "", "surplus"));
    value("13.85", "2026-01-01");
    value("2/3", "2026-02-01", "");
  }
};

TEST_F(Sharing, VersionsFollowOneAnotherAndAreRefusedInThisOrder) {
  VersionDraft wrong = draft("2026-01-01", "");
  wrong.code = "Wages";
  wrong.title = " ";
  wrong.decision = "";
  EXPECT_EQ(refused(wrong), "name_malformed");
  wrong.code = "wages";
  EXPECT_EQ(refused(wrong), "field_invalid");
  wrong.title = "Wages";
  EXPECT_EQ(refused(wrong), "decision_missing");
  wrong.decision = " \n";
  EXPECT_EQ(refused(wrong), "decision_missing");
  wrong.decision = "Assembly";
  wrong.handbook_link = "javascript:alert(1)";
  EXPECT_EQ(refused(wrong), "field_invalid");
  wrong.handbook_link = "";
  wrong.rule = SharingRule{};
  EXPECT_EQ(refused(wrong), "field_missing");
  wrong.rule = example_rule("equal_hour");
  wrong.rule->unit = "NOPE";
  EXPECT_EQ(refused(wrong), "unit_unknown");
  wrong.rule.reset();
  EXPECT_EQ(refused(wrong), "sharing_rule_unknown") << "what was never adopted is not withdrawn";

  EXPECT_EQ(adopt(draft("2026-01-01")).version, 1);
  EXPECT_EQ(refused(draft("2026-01-01")), "sharing_versions_overlap");
  EXPECT_EQ(refused(draft("2025-12-31")), "sharing_versions_overlap");
  EXPECT_EQ(adopt(draft("2026-02-01", "equal_hour")).version, 2);
  EXPECT_EQ(adopt(draft("2026-03-01", "")).version, 3);
  const auto on = [&](const char* day) {
    return test::refusal_code(
        [&] { db().in_tx([&](Tx& tx) { return read_version_on(tx, node(), "wages", Day::parse(day)); }); });
  };
  EXPECT_EQ(on("2025-12-31"), "sharing_rule_unknown");
  EXPECT_EQ(on("2026-01-31"), "accepted");
  EXPECT_EQ(on("2026-03-01"), "sharing_rule_unknown") << "it was withdrawn";
  const auto held =
      db().in_tx([&](Tx& tx) { return read_version_on(tx, node(), "wages", Day::parse("2026-02-28")); });
  EXPECT_EQ(held.version, 2);
  EXPECT_EQ(held.hash, hash_of(example_rule("equal_hour")));
  EXPECT_EQ(held.is.rule, example_rule("equal_hour"));
}

TEST_F(Sharing, RuleWithoutDecisionIsRefused) {
  VersionDraft without = draft("2026-01-01");
  for (const char* nothing : {"", " ", "\n\t"}) {
    without.decision = nothing;
    EXPECT_EQ(refused(without), "decision_missing");
  }
  EXPECT_EQ(state_of_sql("INSERT INTO sharing_version VALUES (1, 1, 'wages', 1, 'Wages', '2026-01-01', '{}', "
                         "encode(sha256('{}'), 'hex'), ' ', NULL, '2026-01-01', now(), NULL)"),
            check_violated);
}

TEST_F(Sharing, OverlappingVersionsAreRefused) {
  adopt(draft("2026-02-01"));
  for (const char* from : {"2026-02-01", "2026-01-31", "2020-01-01"}) {
    EXPECT_EQ(refused(draft(from)), "sharing_versions_overlap") << from;
    EXPECT_EQ(refused(draft(from, "")), "sharing_versions_overlap") << "to withdraw it " << from;
  }
  EXPECT_EQ(refused(draft("2020-01-01", "own_rates", "others")), "accepted") << "of another rule";
}

// A rule that nobody adopted yet, with the values of places of a past month and of this one.
TEST_F(Sharing, RuleIsTriedOnPastMonthsBeforeItIsAdopted) {
  value("13.85", "2026-01-01");
  value("14.80", "2026-02-01");
  const SharingRule idea = example_rule("place_wage_floor");
  const auto paid = [&](const char* day) {
    Participant one = test::one("a", {{"hours", "10"}, {"rate", "12"}});
    one.place = "London";
    const Pot pot{.minor = 13'850, .unit = units().at("GBP"), .on = Day::parse(day)};
    return db().in_snapshot([&](Tx& tx) { return try_rule(tx, node(), idea, pot, {one}); });
  };
  EXPECT_EQ(paid("2026-01-31").deferred, 0);
  EXPECT_EQ(paid("2026-02-28").deferred, 950);
  EXPECT_EQ(superuser_value("SELECT count(*) FROM sharing_version"), "0");
}

TEST_F(Sharing, IsTriedWithTheValuesOfPlacesThatHoldOnItsDay) {
  adopt(draft("2026-01-01", "place_wage_floor"));
  value("12.60", "2025-01-01");
  value("13.85", "2026-04-01");
  value("12.00", "2026-01-01");
  value("13.00", "2026-01-01");  // a correction: the later one holds
  const auto tried = [&](const char* day) {
    Pot pot = test::pot_of("20.00", "GBP");
    pot.on = Day::parse(day);
    Participant ana = test::one("Ana", {{"hours", "1"}, {"rate", "20"}});
    Participant bo = test::one("Bo", {{"hours", "1"}, {"rate", "10"}});
    ana.place = bo.place = "London";
    return db().in_tx([&](Tx& tx) {
      return test::amounts_of(try_version(tx, node(), read_version(tx, node(), "wages", 1), pot, {ana, bo}));
    });
  };
  EXPECT_EQ(tried("2026-01-31"), (std::vector<std::string>{"10.00", "10.00"}));
  superuser_sql("SELECT 1");
  EXPECT_EQ(test::refusal_code([&] { value("-1", "2026-01-01"); }), "field_invalid");
  EXPECT_EQ(test::refusal_code([&] { value("1", "2026-01-01", "NOPE"); }), "unit_unknown");
}

TEST_F(Sharing, IsKeptByTheSchemaWhateverTheProgramDoes) {
  fill();
  const std::string of_node = std::to_string(node().number());
  const auto version = [&](int number, const char* code, int nth, const char* from,
                           const char* decision = "x", const char* rule = "'{}'",
                           const char* hash = "encode(sha256('{}'), 'hex')") {
    return "INSERT INTO sharing_version (node_id, number, code, version, title, valid_from, rule, rule_hash, "
           "decision, adopted_on, recorded_at) VALUES (" +
           of_node + ", " + std::to_string(number) + ", '" + code + "', " + std::to_string(nth) + ", 'x', '" +
           from + "', " + rule + ", " + hash + ", '" + decision + "', '2026-01-01', now())";
  };
  EXPECT_EQ(state_of_sql("UPDATE sharing_version SET decision = 'another'"), restricted);
  EXPECT_EQ(state_of_sql("DELETE FROM sharing_version"), restricted);
  EXPECT_EQ(state_of_sql("UPDATE place_value SET numerator = 1"), restricted);
  EXPECT_EQ(state_of_sql(version(5, "wages", 3, "2026-01-20")), integrity_violated) << "overlaps";
  EXPECT_EQ(state_of_sql(version(5, "wages", 4, "2026-05-01")), integrity_violated) << "a gap";
  EXPECT_EQ(state_of_sql(version(6, "wages", 3, "2026-05-01")), integrity_violated) << "a gap";
  EXPECT_EQ(state_of_sql(version(5, "wages", 2, "2026-05-01")), unique_violated);
  EXPECT_EQ(state_of_sql(version(5, "wages", 3, "2026-05-01", "  ")), check_violated) << "no decision";
  EXPECT_EQ(state_of_sql(version(5, "wages", 3, "2026-05-01", "x", "'{ }'")), check_violated) << "the hash";
  EXPECT_EQ(state_of_sql(version(5, "rent", 1, "2026-05-01", "x", "NULL", "NULL")), integrity_violated);
}

TEST_F(Sharing, LeavesWithTheCompleteExportAndComesBack) {
  fill();
  EXPECT_NE(test::native_export(db()).find("\"kind\":\"sharing_version\""), std::string::npos);
  test::expect_native_restores(db(), fresh(), std::vector<std::string>{"sharing_version", "place_value"},
                               now);
}

using SharingDamages = Sharing;

TEST_F(SharingDamages, AreNamedOneByOne) {
  fill();
  test::expect_each_named(
      fresh(), {"sharing_version", "place_value"},
      {{"DELETE FROM sharing_version WHERE number = 1", "version 1 of rule surplus does not follow"},
       {"UPDATE sharing_version SET valid_from = '2026-05-01' WHERE number = 1",
        "version 2 of rule wages does not follow"},
       {"DELETE FROM place_value WHERE number = 1", "value 2 of a place is not numbered"}});
  EXPECT_EQ(state_of_sql("SET session_replication_role = replica; UPDATE sharing_version SET rule = '{}', "
                         "rule_hash = rule_hash WHERE number = 2"),
            check_violated);
}

}  // namespace
}  // namespace coop::sharing
