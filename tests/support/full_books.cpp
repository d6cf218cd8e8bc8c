#include "tests/support/full_books.hpp"

#include <pqxx/pqxx>

#include "ledger/books/period_lock_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/proof/canonical.hpp"
#include "ledger/proof/checkpoint_service.hpp"
#include "ledger/proof/recorded_store.hpp"

namespace coop::test {

using namespace books;

namespace {

void run_sql(const std::string& address, const std::string& statements) {
  pqxx::connection connection{address};
  pqxx::nontransaction{connection}.exec(statements);
}

}  // namespace

FullBooks::FullBooks() {
  open_everything();
  record_first();
  hold_and_lock();
  record_rest();
}

void FullBooks::open_everything() {
  for (const char* path :
       {"assets:bank", "equity:opening", "income:dues", "expenses:rent", "liabilities:old"})
    open(path);
  open("assets:cash", "EUR", "0", "500");
  open("assets:yen", "JPY");
  open("equity:exchange", "JPY");
  open("equity:exchange");
  open("assets:time", "HOUR");
  open("income:work", "HOUR");
  add(DimensionKind::fund, {"media"});
  add(DimensionKind::member, {"M0001", "M0002"});
  add(DimensionKind::cost_object, {"server"});
}

void FullBooks::record_first() {
  record("2025-11-03", {{"assets:bank", "1000.00"}, {"equity:opening", "-1000.00"}});
  tick();
  Draft dues = draft("2025-11-10", {{"assets:bank", "12.00", {"media", "M0001"}, "paid \"late\""},
                                    {"income:dues", "-12.00"}});
  dues.description = "Dues November";
  dues.reference = "RF18539007547034";
  dues.source = "bank:statement/7";
  record(dues);
  tick();
  record("2025-11-12", {{"assets:yen", "1500 JPY"},
                        {"equity:exchange", "-1500 JPY"},
                        {"assets:bank", "-10.00"},
                        {"equity:exchange", "10.00"}});
  tick();
  record("2025-12-01",
         {{"expenses:rent", "300.00", {std::nullopt, std::nullopt, "server"}}, {"assets:bank", "-300.00"}});
  tick();
  db().in_tx([&](Tx& tx) {
    reverse(tx, node(), {fingerprint_of("reversal"), EntryNumber{4}, std::nullopt, LateEntry::refuse, ""},
            author());
  });
  tick();
  record("2025-12-05", {{"assets:time", "7.50 HOUR"}, {"income:work", "-7.50 HOUR"}});
  tick();
  record("2025-12-20", {{"assets:bank", "24.00", {std::nullopt, "M0002"}}, {"income:dues", "-24.00"}});
  tick();
  record("2025-12-21", {{"assets:bank", "5.00"}, {"liabilities:old", "-5.00"}});
  record("2025-12-22", {{"assets:bank", "-5.00"}, {"liabilities:old", "5.00"}});
  db().in_tx([&](Tx& tx) {
    close_account(tx, node(), "liabilities:old", std::nullopt, Day::parse("2025-12-31"), author());
  });
}

void FullBooks::hold_and_lock() {
  const std::vector<Line> rent{{"expenses:rent", "50.00"}, {"assets:bank", "-50.00"}};
  reserve(rent);
  reserve(rent);
  reserve(rent, now + std::chrono::minutes{3});
  reserve({{"assets:cash", "20.00"}, {"assets:bank", "-20.00"}});
  tick();
  Draft part = draft("2026-01-05", {{"expenses:rent", "30.00"}, {"assets:bank", "-30.00"}});
  part.uses_hold = HoldNumber{1};
  record(part);
  db().in_tx([&](Tx& tx) { void_hold_of(tx, node(), HoldNumber{2}, author()); });
  const auto lock = [&](LockKind kind, const char* day) {
    tick();
    return db().in_tx([&](Tx& tx) {
      return lock_period(tx, node(), kind, Day::parse(day), "Closed by the assembly", author()).number;
    });
  };
  const int soft = lock(LockKind::soft, "2025-11-30");
  tick();
  db().in_tx([&](Tx& tx) { lift_lock(tx, node(), soft, "A bill was forgotten", author()); });
  tick();
  record("2025-11-15", {{"expenses:rent", "1.00"}, {"assets:bank", "-1.00"}});
  lock(LockKind::hard, "2025-12-31");
  tick();
  Draft late = draft("2025-12-15", {{"expenses:rent", "2.00"}, {"assets:bank", "-2.00"}});
  late.late = LateEntry::first_open_day;
  record(late);
}

void FullBooks::record_rest() {
  tick();
  std::vector<Draft> large;
  for (int i = 0; i < 3; ++i) {
    std::vector<Line> lines;
    for (int line = 0; line < 998; ++line) lines.push_back({"assets:bank", line % 2 == 0 ? "0.01" : "-0.01"});
    lines.push_back({"assets:bank", "1.00"});
    lines.push_back({"income:dues", "-1.00"});
    large.push_back(draft("2026-01-10", lines));
  }
  post(large);
  for (std::int64_t number = 16; number <= last_entry; ++number) {
    tick();
    record("2026-01-" + std::to_string(number % 15 + 15),
           {{"expenses:rent", "3.00"}, {"assets:bank", "-3.00"}});
    if (number != checkpoint_entry) continue;
    db().in_tx([&](Tx& tx) { proof::make_checkpoint(tx, node(), key_, now); });
  }
  const NodeId bcn = node();
  use_node("mad");
  open("assets:bank");
  open("income:dues");
  for (int i = 0; i < 2; ++i) record("2026-01-20", {{"assets:bank", "7.00"}, {"income:dues", "-7.00"}});
  use(bcn);
}

DatabaseCopy::DatabaseCopy(const FreshDatabase& original) {
  static int made = 0;
  name_ = "copy_" + std::to_string(++made);
  const std::string source = original.superuser_value("SELECT current_database()");
  const std::string elsewhere = private_postgres().address("postgres");
  run_sql(elsewhere,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + source + "'");
  run_when_alone(elsewhere, "CREATE DATABASE " + name_ + " TEMPLATE " + source + " STRATEGY file_copy");
  addresses_ = private_postgres().addresses(name_);
}

DatabaseCopy::~DatabaseCopy() {
  run_when_alone(private_postgres().address("postgres"),
                 "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
}

void DatabaseCopy::damage(const std::string& statements) const {
  run_sql(address(), "SET session_replication_role = replica; " + statements);
}

proof::Verified DatabaseCopy::verified(const proof::VerifyOptions& options) const {
  return proof::verify(DatabaseSettings{.address = address(), .role = {}}, options);
}

void forge_hashes(const std::string& address, std::int64_t first, std::int64_t last) {
  const DatabaseSettings settings{.address = address, .role = {}};
  BulkReader reader{settings};
  const proof::BookFacts facts = proof::read_book_facts(reader, {1, "bcn"}, 1);
  const proof::Stretch stretch = proof::read_stretch(reader, 1, first, last);
  Hash hash = stretch.previous ? stretch.previous->hash : first_link_of("bcn");
  std::string statements = "SET session_replication_role = replica;";
  for (const proof::RecordedEntry& entry : stretch.entries) {
    hash = next_link(hash, proof::canonical_text(facts, stretch, entry).value());
    statements += "UPDATE entry SET hash = '\\x" + hex_of(hash) +
                  "' WHERE node_id = 1 AND number = " + std::to_string(entry.number) + ";";
  }
  run_sql(address, statements);
}

std::string forged_figures_sql(std::int64_t last) {
  std::string sql = R"sql(
    UPDATE account_balance b SET (balance_minor, posting_count) =
      (SELECT coalesce(sum(p.amount_minor), 0), count(p.line) FROM posting p
        WHERE p.node_id = b.node_id AND p.account_id = b.account_id) WHERE node_id = 1;
    DELETE FROM period_total WHERE node_id = 1;
    INSERT INTO period_total
      SELECT 1, account_id, month_of(booked_on), sum(greatest(amount_minor, 0)),
             -sum(least(amount_minor, 0))
        FROM posting WHERE node_id = 1 GROUP BY 2, 3;
    UPDATE account_balance b
       SET newest_month = t.month, newest_debit_minor = t.debit_minor, newest_credit_minor = t.credit_minor
      FROM (SELECT DISTINCT ON (account_id) * FROM period_total WHERE node_id = 1
             ORDER BY account_id, month DESC) t
     WHERE b.node_id = 1 AND b.account_id = t.account_id;
    DELETE FROM period_total t USING account_balance b
     WHERE t.node_id = 1 AND b.node_id = 1 AND b.account_id = t.account_id AND b.newest_month = t.month;
    DELETE FROM year_total WHERE node_id = 1;
    INSERT INTO year_total
      SELECT 1, account_id, month / 12, sum(debit_minor), sum(credit_minor)
        FROM period_total WHERE node_id = 1 GROUP BY 2, 3;
    DELETE FROM account_mark WHERE node_id = 1;
    INSERT INTO account_mark
      SELECT 1, account_id, 15, month_of(booked_on), sum(greatest(amount_minor, 0)),
             -sum(least(amount_minor, 0))
        FROM posting WHERE node_id = 1 AND entry_number <= 15
         AND account_id = (SELECT id FROM account WHERE node_id = 1 AND path = 'assets:bank')
       GROUP BY 2, 4;
    DELETE FROM event WHERE node_id = 1 AND (first_entry > LAST OR number >
      (SELECT number FROM event WHERE node_id = 1 AND last_entry = LAST));
    UPDATE book_head SET last_number = LAST,
      last_hash = (SELECT hash FROM entry WHERE node_id = 1 AND number = LAST),
      last_event = (SELECT max(number) FROM event WHERE node_id = 1),
      last_recorded_at = (SELECT max(recorded_at) FROM event WHERE node_id = 1) WHERE node_id = 1;
  )sql";
  for (auto at = sql.find("LAST"); at != std::string::npos; at = sql.find("LAST", at))
    sql.replace(at, 4, std::to_string(last));
  return sql;
}

}  // namespace coop::test
