#pragma once
#include <libpq-fe.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/bench/bench_support.hpp"
#include "tests/bench/posting_load.hpp"

namespace coop::bench {

/// A bare libpq connection: what a baseline is measured with.
class PlainConnection {
 public:
  explicit PlainConnection(const std::string& address) : connection_{PQconnectdb(address.c_str())} {
    if (PQstatus(connection_) != CONNECTION_OK) throw std::runtime_error{PQerrorMessage(connection_)};
  }
  ~PlainConnection() { PQfinish(connection_); }
  PlainConnection(const PlainConnection&) = delete;
  PlainConnection& operator=(const PlainConnection&) = delete;

  /// Runs SQL without parameters. Throws if PostgreSQL refuses it.
  void run(const std::string& sql) { require(PQexec(connection_, sql.c_str())); }
  /// Runs SQL that answers one value.
  std::string value(const std::string& sql) {
    PGresult* answer = PQexec(connection_, sql.c_str());
    if (PQresultStatus(answer) != PGRES_TUPLES_OK) require(answer);
    std::string text = PQntuples(answer) > 0 ? PQgetvalue(answer, 0, 0) : "";
    PQclear(answer);
    return text;
  }
  /// Prepares a statement.
  void prepare(const char* name, const char* sql) { require(PQprepare(connection_, name, sql, 0, nullptr)); }
  /// Runs a prepared statement.
  void execute(const char* name, const std::vector<std::string>& values) {
    std::vector<const char*> pointers;
    for (const std::string& value : values) pointers.push_back(value.c_str());
    require(PQexecPrepared(connection_, name, static_cast<int>(pointers.size()), pointers.data(), nullptr,
                           nullptr, 0));
  }
  /// Sends COPY data for `sql` ("COPY t (…) FROM STDIN").
  void copy(const std::string& sql, const std::string& lines) {
    PGresult* begun = PQexec(connection_, sql.c_str());
    if (PQresultStatus(begun) != PGRES_COPY_IN) require(begun);
    PQclear(begun);
    if (PQputCopyData(connection_, lines.data(), static_cast<int>(lines.size())) != 1 ||
        PQputCopyEnd(connection_, nullptr) != 1) {
      throw std::runtime_error{PQerrorMessage(connection_)};
    }
    require(PQgetResult(connection_));
    while (PGresult* rest = PQgetResult(connection_)) PQclear(rest);
  }
  /// Reads all that `sql` ("COPY t TO STDOUT") sends.
  void copy_out(const std::string& sql) {
    PGresult* begun = PQexec(connection_, sql.c_str());
    if (PQresultStatus(begun) != PGRES_COPY_OUT) require(begun);
    PQclear(begun);
    char* line = nullptr;
    while (PQgetCopyData(connection_, &line, 0) > 0) PQfreemem(line);
    while (PGresult* rest = PQgetResult(connection_)) PQclear(rest);
  }
  /// The libpq handle.
  PGconn* handle() const { return connection_; }

 private:
  void require(PGresult* answer) {
    const auto status = PQresultStatus(answer);
    const std::string message = PQresultErrorMessage(answer);
    PQclear(answer);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw std::runtime_error{message};
  }
  PGconn* connection_;
};

/// The baseline's tables: what a straightforward ledger has, row-wise foreign keys and all, and a deferred
/// check that each entry balances.
inline constexpr const char* naive_schema = R"sql(
  CREATE TABLE naive_account (id int PRIMARY KEY,
    balance bigint NOT NULL DEFAULT 0 CHECK (balance > -1000000000000000))
    WITH (fillfactor = 50);
  CREATE TABLE naive_entry (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, key uuid NOT NULL UNIQUE,
    booked_on date NOT NULL, description text NOT NULL, recorded_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE naive_posting (entry_id bigint NOT NULL REFERENCES naive_entry, line int NOT NULL,
    account_id int NOT NULL REFERENCES naive_account, amount bigint NOT NULL CHECK (amount <> 0),
      PRIMARY KEY (entry_id, line));
  CREATE INDEX naive_posting_account ON naive_posting (account_id, entry_id);
  CREATE FUNCTION naive_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (SELECT sum(amount) FROM naive_posting WHERE entry_id = NEW.id) IS DISTINCT FROM 0 THEN
      RAISE EXCEPTION 'entry % does not balance', NEW.id;
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON naive_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION naive_balanced();
  CREATE TABLE bare_commit (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, value int);
)sql";

/// The ceiling's tables: the same rows as bare as they can be looked up again.
inline constexpr const char* ceiling_schema = R"sql(
  CREATE TABLE bare_entry (id bigint PRIMARY KEY, key uuid NOT NULL UNIQUE, booked_on date NOT NULL,
    description text NOT NULL);
  CREATE TABLE bare_posting (entry_id bigint NOT NULL, line int NOT NULL, account_id int NOT NULL,
    amount bigint NOT NULL,
    PRIMARY KEY (entry_id, line));
  CREATE INDEX bare_posting_account ON bare_posting (account_id, entry_id);
)sql";

/// Lets PostgreSQL have as many spare WAL segments as a server that has run for a while: a new cluster makes
/// each when it is needed, and everybody waits for it.
inline void keep_spare_wal(PlainConnection& plain) {
  for (int segment = 0; segment < 40; ++segment) {
    plain.run("SELECT pg_logical_emit_message(false, 'bench', '')");
    plain.run("SELECT pg_switch_wal()");
  }
  plain.run("CHECKPOINT");
}

/// Makes the baselines' tables, with enough rows for the planner to believe in the indexes: they are not to
/// suffer from being young. `plain` commits a bare row by "c".
inline void make_baselines(PlainConnection& plain) {
  plain.run(naive_schema);
  plain.run(ceiling_schema);
  plain.run("INSERT INTO naive_account (id) SELECT generate_series(1, 10000)");
  plain.run("BEGIN");
  plain.run(
      "INSERT INTO naive_entry (key, booked_on, description) "
      "SELECT gen_random_uuid(), '2026-02-05', 'A month''s dues' FROM generate_series(1, 20000)");
  plain.run(
      "INSERT INTO naive_posting SELECT id, line, id % 10000 + 1, 7 * (2 * line - 3) FROM naive_entry, "
      "generate_series(1, 2) line");
  plain.run("COMMIT");
  plain.prepare("c", "INSERT INTO bare_commit (value) VALUES ($1::int)");
}

/// One naive entry: a database transaction of its own, seven statements beside BEGIN and COMMIT.
class NaiveBooks {
 public:
  explicit NaiveBooks(const std::string& address) : connection_{address} {
    connection_.prepare(
        "e", "INSERT INTO naive_entry (key, booked_on, description) VALUES ($1::uuid, $2::date, $3)");
    connection_.prepare(
        "l",
        "SELECT balance FROM naive_account WHERE id IN ($1::int, $2::int) ORDER BY id FOR NO KEY UPDATE");
    connection_.prepare("p",
                        "INSERT INTO naive_posting (entry_id, line, account_id, amount) "
                        "VALUES (currval('naive_entry_id_seq'), $1::int, $2::int, $3::bigint)");
    connection_.prepare("u", "UPDATE naive_account SET balance = balance + $2::bigint WHERE id = $1::int");
  }

  /// Moves `amount` from one account to another.
  void post(const std::string& uuid, int from, int to, std::int64_t amount) {
    const std::string first = std::to_string(from), second = std::to_string(to);
    connection_.run("BEGIN");
    connection_.execute("e", {uuid, "2026-02-05", "A month's dues"});
    connection_.execute("l", {first, second});
    connection_.execute("p", {"1", first, std::to_string(-amount)});
    connection_.execute("p", {"2", second, std::to_string(amount)});
    connection_.execute("u", {first, std::to_string(-amount)});
    connection_.execute("u", {second, std::to_string(amount)});
    connection_.run("COMMIT");
  }
  /// The connection it works on.
  PlainConnection& connection() { return connection_; }

 private:
  PlainConnection connection_;
};

/// Entries a second of a COPY of 100,000 entries and their postings, keys and indexes only, in one database
/// transaction.
inline double ceiling_rate(PlainConnection& connection) {
  constexpr int entries = 100'000;
  static std::int64_t next_id = 1;
  auto random = fresh_random();
  std::string entry_lines, posting_lines;
  for (int i = 0; i < entries; ++i) {
    const auto id = std::to_string(next_id++);
    const auto [from, to] = two_accounts(random, false);
    entry_lines +=
        id + '\t' + books::uuid_text_of(books::fingerprint_of(id)) + "\t2026-02-05\tA month's dues\n";
    posting_lines +=
        id + "\t1\t" + std::to_string(from) + "\t-7\n" + id + "\t2\t" + std::to_string(to) + "\t7\n";
  }
  const double begun = now_s();
  connection.run("BEGIN");
  connection.copy("COPY bare_entry (id, key, booked_on, description) FROM STDIN", entry_lines);
  connection.copy("COPY bare_posting (entry_id, line, account_id, amount) FROM STDIN", posting_lines);
  connection.run("COMMIT");
  return entries / (now_s() - begun);
}

/// The median time of one bare row committed durably, over 500.
inline double bare_commit_ms(PlainConnection& connection) {
  std::vector<double> times;
  for (int i = 0; i < 500; ++i) {
    const double begun = now_s();
    connection.execute("c", {"7"});
    times.push_back((now_s() - begun) * 1000);
  }
  return median(times);
}

}  // namespace coop::bench
