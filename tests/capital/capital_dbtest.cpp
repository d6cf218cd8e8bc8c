// Shares and surplus in the database: random histories keep capital accounts and net book value together, the
// complete export carries everything, the schema refuses what the code would, verification finds the rest.
#include <rapidcheck.h>

#include <fstream>

#include "ledger/access/user_store.hpp"
#include "ledger/capital/share_class_service.hpp"
#include "ledger/capital/share_service.hpp"
#include "ledger/capital/share_store.hpp"
#include "ledger/capital/surplus_service.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/proof/verify_service.hpp"
#include "reports/capital_reports.hpp"
#include "tests/support/damaged_books.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/test_members.hpp"

namespace coop::capital {
namespace {

class CapitalBooks : public test::MembersTest {
 protected:
  CapitalBooks() {
    for (const char* path : {"assets:bank", "assets:shares-due", "equity:members", "equity:reserve",
                             "equity:result", "liabilities:shares", "income:dues", "expenses:rent"})
      open(path);
    for (const char* number : {"M0001", "M0002", "M0003"}) add_person("Somebody", number);
    superuser_sql(
        "INSERT INTO user_account (name, title, created_at) VALUES ('tom', '', now()), ('ann', '', now()), "
        "('ben', '', now())");
    db().in_tx([&](Tx& tx) {
      ShareClass of{"member",
                    0,
                    Day::parse("2020-01-01"),
                    "Shares",
                    1,
                    0,
                    10'000'000,
                    Withdrawable::yes,
                    0,
                    true,
                    250'000,
                    "EUR",
                    "equity:members",
                    "equity:reserve",
                    "assets:shares-due",
                    "liabilities:shares",
                    {},
                    "Assembly",
                    UnitId{1},
                    {}};
      adopt_share_class(tx, node(), of, author());
      adopt_surplus_rule(tx, node(),
                         {0,
                          Day::parse("2020-01-01"),
                          "Halves",
                          "Assembly",
                          "EUR",
                          UnitId{1},
                          1,
                          1,
                          0,
                          1,
                          1,
                          Patronage::hours,
                          30'000,
                          500'000,
                          200'000,
                          true,
                          "equity:result",
                          "equity:reserve",
                          "equity:members",
                          "liabilities:shares",
                          "",
                          {}},
                         author());
      return 0;
    });
  }
  books::Author by(const std::string& name) const {
    return {UserId{std::stoi(superuser_value("SELECT id FROM user_account WHERE name = '" + name + "'"))},
            now};
  }
  UnitId euro() const { return money("0").unit(); }
  std::vector<Movement> move(MovementKind kind, const std::string& member, std::int64_t minor,
                             const std::string& to = {}) {
    return db().in_tx([&](Tx& tx) {
      return move_shares(tx, node(),
                         {.kind = kind,
                          .class_code = "member",
                          .member = member,
                          .minor = minor,
                          .unit = euro(),
                          .on = Day::parse("2026-01-05"),
                          .reason = "Board",
                          .paid_into = "assets:bank",
                          .to = to},
                         author());
    });
  }
  WithdrawalRun withdraw(std::int64_t surplus_minor) {
    return db().in_tx([&](Tx& tx) {
      return withdraw_in_order(tx, node(),
                               {.class_code = "member",
                                .on = Day::parse("2026-01-06"),
                                .year_from = Day::parse("2026-01-01"),
                                .surplus_minor = surplus_minor,
                                .unit = euro(),
                                .reason = "Board"},
                               author());
    });
  }
  SurplusRun divide(std::int64_t minor, std::vector<MeasuredMember> members, bool is_booked = true) {
    const SurplusRun run = db().in_tx([&](Tx& tx) {
      return propose_surplus_run(tx, node(),
                                 {.unit = euro(),
                                  .scale = 2,
                                  .source = SurplusSource::result,
                                  .from_on = Day::parse("2026-01-01"),
                                  .to_on = Day::parse("2026-01-31"),
                                  .booked_on = Day::parse("2026-01-31"),
                                  .amount_minor = minor,
                                  .decision = "Assembly",
                                  .members = std::move(members)},
                                 by("tom"));
    });
    for (const char* name : {"ann", "ben"})
      if (is_booked)
        db().in_tx([&](Tx& tx) { return approve_surplus_run(tx, node(), run.number, by(name)); });
    return run;
  }
  // The result of the books becomes something else.
  void earn(const std::string& amount) {
    record("2026-01-10", {{"assets:bank", amount}, {"income:dues", "-" + amount}});
  }
  // What the report proves: the amount of a row that says `part` and stands for all of it.
  std::int64_t amount_of(const std::string& part) {
    const reports::Table table = db().in_snapshot(
        [&](Tx& tx) { return reports::read_capital_accounts(tx, node(), {euro(), "EUR", 2}, {}); });
    for (const reports::TableRow& row : table.rows)
      if (row.kind != reports::RowKind::line && std::get<std::string>(row.cells[0]) == part)
        return std::get<reports::Amount>(row.cells[3]).minor;
    ADD_FAILURE() << "no row says " << part;
    return 0;
  }
  std::string first_flaw() {
    const proof::Verified verified = proof::verify(DatabaseSettings{.address = address(), .role = {}});
    for (const proof::VerifiedNode& one : verified.nodes)
      for (const proof::Flaw& flaw : one.flaws) test::provoked_findings().insert(flaw.finding);
    return verified.first_flaw();
  }
  void happen(int what, const std::string& member, std::int64_t minor, const std::string& other) {
    if (what == 0) move(MovementKind::subscribe, member, minor);
    if (what == 1) move(MovementKind::pay_in, member, minor);
    if (what == 2) move(MovementKind::cancel, member, minor);
    if (what == 3) move(MovementKind::give, member, minor, other);
    if (what == 4) move(MovementKind::ask, member, minor);
    if (what == 5) withdraw(minor);
    if (what == 6) earn(text_from_minor(minor, 2));
    if (what == 7) divide(minor, {{member, minor}, {member == "M0001" ? "M0002" : "M0001", 3}});
  }
  // Some of everything: movements 1 to 9, runs booked, undone, cancelled and proposed.
  void fill() {
    move(MovementKind::subscribe, "M0001", 100'000);
    move(MovementKind::pay_in, "M0001", 90'000);
    move(MovementKind::cancel, "M0001", 10'000);
    move(MovementKind::give, "M0001", 20'000, "M0002");
    move(MovementKind::ask, "M0002", 15'000);
    earn("1000.00");
    withdraw(10'000);
    divide(50'000, {{"M0001", 2'000'000}, {"M0002", 1'000'000}});
    const SurplusRun undone = divide(10'000, {{"M0003", 1'000'000}});
    db().in_tx([&](Tx& tx) { return undo_surplus_run(tx, node(), undone.number, "a mistake", by("tom")); });
    const SurplusRun given_up = divide(10'000, {{"M0003", 1'000'000}}, false);
    db().in_tx(
        [&](Tx& tx) { return cancel_surplus_run(tx, node(), given_up.number, "a mistake", by("tom")); });
    divide(10'000, {{"M0003", 1'000'000}}, false);
  }
  static const std::vector<std::string>& tables() {
    static const std::vector<std::string> all{"share_class", "share_movement", "surplus_rule",
                                              "surplus_run", "surplus_share",  "surplus_step"};
    return all;
  }
};

TEST_F(CapitalBooks, KeepCapitalAndNetBookValueTogetherWhateverHappens) {
  const std::vector<std::string> members{"M0001", "M0002", "M0003"};
  EXPECT_TRUE(rc::check("capital accounts, reserve and result are the net book value", [&] {
    const int steps = *rc::gen::inRange(1, 8);
    for (int i = 0; i < steps; ++i) {
      const auto member = *rc::gen::elementOf(members);
      const auto minor = *rc::gen::inRange<std::int64_t>(1, 50'000);
      const int what = *rc::gen::inRange(0, 8);
      const auto other = *rc::gen::elementOf(members);
      // Refusals are right as well: nothing may have happened then. What PostgreSQL refuses is not.
      EXPECT_NO_THROW(test::refusal_code([&] { happen(what, member, minor, other); })) << what;
    }
    RC_ASSERT(amount_of("Difference") == 0);
    RC_ASSERT(amount_of("Members' capital accounts") + amount_of("Collective reserve") +
                  amount_of("Result not divided yet") ==
              amount_of("Net book value"));
  }));
  EXPECT_EQ(first_flaw(), "");
}

TEST_F(CapitalBooks, RestoreIntoAnEmptyServerAsTheyWere) {
  fill();
  EXPECT_EQ(first_flaw(), "");
  const auto exported = [](Database& database) {
    std::string text;
    EXPECT_TRUE(journals::export_native(database, "bcn", instant_from_text("2026-03-01T12:00:00Z"),
                                        [&](std::string_view piece) { text += piece; })
                    .complete);
    return text;
  };
  const std::string original = exported(db());
  const test::FreshDatabase other;
  Database empty{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  const journals::TemporaryFile file;
  std::ofstream{file.path(), std::ios::binary} << original;
  EXPECT_TRUE(journals::restore_native(empty, file.path(), now).complete);
  EXPECT_EQ(exported(empty), original);
  for (const std::string& table : tables()) {
    const std::string sql = "SELECT count(*) FROM " + table;
    EXPECT_NE(superuser_value(sql), "0") << table << " is not tried";
    EXPECT_EQ(other.superuser_value(sql), superuser_value(sql)) << table;
  }
  const std::vector<std::pair<std::string, std::string>> contradictions{
      {R"("kind":"share_movement","number":2)", R"("kind":"share_movement","number":3)"},
      {R"("movement":"withdraw")", R"("movement":"give")"},
      {R"("amount_minor":15000)", R"("amount_minor":1500)"},
      {R"("kind":"surplus_share","run":1,"number":2)", R"("kind":"surplus_share","run":1,"number":3)"},
      {R"("patronage_minor":)", R"("patronage_minor":1)"},
      {R"("step":"booked")", R"("step":"undone")"},
      {R"("capital":"equity:members")", R"("capital":"equity:nobody")"},
  };
  for (const auto& [before, after] : contradictions) {
    std::string changed = original;
    const std::size_t at = changed.find(before);
    EXPECT_NE(at, std::string::npos) << before;
    if (at == std::string::npos) continue;
    changed.replace(at, before.size(), after);
    std::ofstream{file.path(), std::ios::binary} << changed;
    const auto refused = test::refusal_code([&] { journals::check_native(file.path()); });
    EXPECT_TRUE(refused == "import_contradicts" || refused == "import_unreadable")
        << before << ": " << refused;
  }
}

TEST_F(CapitalBooks, AreKeptByTheSchemaAndFoundByVerification) {
  fill();
  for (const std::string& table : tables()) {
    EXPECT_FALSE(service_may("UPDATE " + table + " SET node_id = node_id")) << table;
    EXPECT_FALSE(service_may("DELETE FROM " + table)) << table;
    EXPECT_NE(state_of("DELETE FROM " + table), "accepted") << table;
  }
  const std::string copy =
      "INSERT INTO share_movement SELECT node_id, 9, movement, class_code, class_version, party_id, "
      "amount_minor, reserve_minor, moved_on, follows, entry_number, reason, recorded_at, recorded_by FROM "
      "share_movement WHERE number = ";
  EXPECT_NE(state_of(copy + "1"), "accepted") << "an entry moves once";
  EXPECT_NE(
      state_of("INSERT INTO share_movement SELECT node_id, 99, 'ask', class_code, class_version, party_id, "
               "1, 0, moved_on, NULL, NULL, reason, recorded_at, recorded_by FROM share_movement WHERE "
               "number = 1"),
      "accepted")
      << "a gap";
  EXPECT_NE(state_of("INSERT INTO surplus_step SELECT node_id, 4, 1, 'approved', NULL, NULL, recorded_at, "
                     "recorded_by FROM surplus_run WHERE number = 4"),
            "accepted")
      << "nobody approves what they wrote";
  EXPECT_NE(state_of("INSERT INTO surplus_step SELECT node_id, 4, 1, 'booked', entry_number, NULL, "
                     "recorded_at, recorded_by FROM surplus_step WHERE run_number = 1 AND step = 'booked'"),
            "accepted")
      << "two people approve";
  const std::vector<std::pair<std::string, std::string>> damages{
      {"UPDATE share_movement SET amount_minor = amount_minor + 1 WHERE number = 2",
       "movement 2 of shares: its entry says otherwise"},
      {"UPDATE share_movement SET party_id = 3 WHERE number = 5",
       "movement 5 of shares: its entry says otherwise"},
      {"UPDATE surplus_share SET cash_minor = 0 WHERE run_number = 1 AND number = 1",
       "run 1 of a surplus: the shares of its members do not add up to their part"},
      {"UPDATE surplus_step SET recorded_by = (SELECT recorded_by FROM surplus_run WHERE number = 1) WHERE "
       "run_number = 1 AND number = 1",
       "run 1 of a surplus: nobody approves what they wrote"},
  };
  std::string keep, mend = "SET session_replication_role = replica; ";
  for (const std::string& table : tables()) {
    keep += "CREATE TABLE kept_" + table + " AS TABLE " + table + "; ";
    mend +=
        "DELETE FROM " + table + "; INSERT INTO " + table + " SELECT * FROM kept." + "kept_" + table + "; ";
  }
  superuser_sql("CREATE SCHEMA kept; SET search_path = kept, public; " + keep);
  for (const auto& [sql, words] : damages) {
    superuser_sql("SET session_replication_role = replica; " + sql);
    EXPECT_NE(first_flaw().find(words), std::string::npos) << sql << ": " << first_flaw();
    superuser_sql(mend);
  }
  superuser_sql("DROP SCHEMA kept CASCADE");
  EXPECT_EQ(first_flaw(), "");
}

}  // namespace
}  // namespace coop::capital
