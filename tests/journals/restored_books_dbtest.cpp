// Books in which everything has happened, restored elsewhere: the same rows, the same figures and reports at
// any day and instant, and they go on as if they had never moved.
#include <fstream>

#include "ledger/books/posting_store.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/proof/checkpoint_service.hpp"
#include "reports/balance_sheet.hpp"
#include "reports/dimension_statement.hpp"
#include "reports/general_ledger.hpp"
#include "reports/income_statement.hpp"
#include "reports/journal.hpp"
#include "reports/statement.hpp"
#include "reports/trial_balance.hpp"
#include "tests/support/full_books.hpp"

namespace coop::journals {
namespace {

using namespace reports;
using books::Draft;

/// The full books, and so many postings on their bank account that its days have totals; a copy restored from
/// their complete export.
class RestoredBooks : public test::FullBooks {
 protected:
  RestoredBooks() {
    for (std::int64_t posted = 0; posted < books::day_totals_from; posted += 10 * 1'000) post(much_dust());
    now += std::chrono::minutes{1};
    db().in_tx([&](Tx& tx) { proof::make_checkpoint(tx, node(), key(), now); });
    record("2026-01-21", {{"assets:bank", "1.00"}, {"income:dues", "-1.00"}});
    {
      std::ofstream out{file_.path(), std::ios::binary};
      export_native(db(), "bcn", now, [&](std::string_view piece) { out << piece; });
    }
    restore_native(copy_, file_.path(), now);
  }

  std::vector<Draft> much_dust() {
    std::vector<Draft> drafts;
    for (int i = 0; i < 10; ++i) {
      std::vector<test::Line> lines;
      for (int line = 0; line < 1'000; ++line)
        lines.push_back({"assets:bank", line % 2 == 0 ? "0.01" : "-0.01"});
      drafts.push_back(draft("2026-01-" + std::to_string(11 + i), lines));
    }
    return drafts;
  }

  /// The same statement of SQL on both sides.
  void expect_same(const std::string& sql) const {
    EXPECT_EQ(elsewhere_.superuser_value(sql), superuser_value(sql)) << sql;
  }
  /// How many rows of the node are in the table.
  std::int64_t rows_of(const std::string& table) const {
    return std::stoll(superuser_value("SELECT count(*) FROM " + table + " WHERE node_id = 1"));
  }

  /// Every report, as of these days and as known at that instant, as text.
  std::string reports_of(Database& database, Day from, Day to, std::optional<Instant> known_at) {
    return database.in_snapshot([&](Tx& tx) {
      const NodeId bcn = books::read_node(tx, "bcn").id;
      std::string text = plain_text(
          table_of(read_trial_balance(tx, bcn, {.days = {to}, .from_on = from, .known_at = known_at})));
      text += plain_text(table_of(read_balance_sheet(tx, bcn, {.days = {to, from}, .known_at = known_at})));
      text += plain_text(
          table_of(read_income_statement(tx, bcn, {.periods = {Period{from, to}}, .known_at = known_at})));
      GeneralLedger ledger{tx, bcn, {.from_on = from, .to_on = to, .known_at = known_at}};
      text += csv_text(table_of(ledger, ledger.next(tx, 500)));
      for (const char* path : {"assets:bank", "assets:cash"})
        text += csv_text(table_of(read_statement(tx, bcn,
                                                 {.account = path,
                                                  .unit = "EUR",
                                                  .from_on = from,
                                                  .to_on = to,
                                                  .known_at = known_at,
                                                  .newest_first = true})));
      text += plain_text(table_of(read_dimension_statement(
          tx, bcn,
          {books::DimensionKind::member, Period{from, to}, DimensionSide::balance, known_at, {}, {}})));
      return text;
    });
  }

  Database& copy() { return copy_; }
  const test::FreshDatabase& elsewhere() const { return elsewhere_; }

 private:
  test::FreshDatabase elsewhere_;
  Database copy_{DatabaseSettings{.address = elsewhere_.address(), .role = "coopledger_service"}};
  TemporaryFile file_;
};

TEST_F(RestoredBooks, AreTheSameRowByRow) {
  EXPECT_GT(rows_of("day_total"), 5) << "the bank is busy";
  EXPECT_EQ(superuser_value("SELECT string_agg(kind, ' ' ORDER BY hold_number) FROM hold_end"),
            "posted voided expired");
  for (const char* table : {"book_head", "dimension", "account_balance", "period_lock", "period_unlock",
                            "entry", "posting", "hold", "hold_posting", "hold_end", "period_total",
                            "year_total", "day_total", "event", "checkpoint"}) {
    EXPECT_GT(rows_of(table), 0) << table;
    expect_same("SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (SELECT t::text AS line FROM " +
                std::string{table} + " t WHERE node_id = 1) lines");
  }
  // Units have numbers of their own on each server.
  expect_same(
      "SELECT md5(string_agg((to_jsonb(a) - 'unit_id' || jsonb_build_object('unit', u.code))::text, E'\\n' "
      "ORDER BY a.id)) FROM account a JOIN unit u ON u.id = a.unit_id WHERE node_id = 1");
}

TEST_F(RestoredBooks, AnswerEveryQuestionAlike) {
  const Instant before_the_late_ones = instant_from_text("2026-01-31T12:12:00Z");
  for (const auto& known_at : {std::optional<Instant>{}, std::optional{before_the_late_ones}}) {
    for (const auto& [from, to] :
         {std::pair{"2025-11-01", "2025-12-31"}, std::pair{"2026-01-05", "2026-01-17"},
          std::pair{"2025-11-12", "2026-12-31"}}) {
      const std::string here = reports_of(db(), Day::parse(from), Day::parse(to), known_at);
      EXPECT_EQ(reports_of(copy(), Day::parse(from), Day::parse(to), known_at), here);
      EXPECT_NE(here.find("assets:bank"), std::string::npos);
    }
  }
}

TEST_F(RestoredBooks, VerifyAndGoOnAsIfTheyHadNeverMoved) {
  proof::VerifyOptions options;
  options.node = "bcn";
  const auto verified = [&](const std::string& address) {
    const proof::Verified found = proof::verify(DatabaseSettings{.address = address, .role = {}}, options);
    EXPECT_TRUE(found.is_clean()) << found.first_flaw();
    return found.nodes.at(0);
  };
  const proof::VerifiedNode before = verified(elsewhere().address());
  EXPECT_EQ(before.last_hash, verified(address()).last_hash);
  EXPECT_EQ(before.checkpoint_entry, before.entries - 1);
  now += std::chrono::minutes{1};
  Draft rest = draft("2026-01-22", {{"assets:cash", "20.00"}, {"assets:bank", "-20.00"}});
  rest.uses_hold = HoldNumber{4};
  const std::vector<Draft> drafts{rest,
                                  draft("2026-01-22", {{"assets:bank", "7.00"}, {"income:dues", "-7.00"}})};
  for (Database* each : {&db(), &copy()}) {
    const auto outcomes = each->in_tx([&](Tx& tx) {
      return books::post(tx, books::read_node(tx, "bcn").id, drafts, books::Together::all_or_none, now);
    });
    for (const auto& outcome : outcomes) EXPECT_EQ(test::code_of(outcome), "");
  }
  EXPECT_EQ(verified(elsewhere().address()).last_hash, verified(address()).last_hash);
  expect_same(
      "SELECT md5(string_agg(b::text, ',' ORDER BY account_id)) FROM account_balance b WHERE node_id = 1");
}

}  // namespace
}  // namespace coop::journals
