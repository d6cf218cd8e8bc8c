#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "ledger/database/database.hpp"
#include "ledger/database/private_postgres.hpp"

namespace coop::test {

/// What a test may lose when the machine dies under it.
enum class Durability {
  fast,    ///< fsync off: for every test that does not kill anything
  durable  ///< as in production: for tests of crashes
};

/// PostgreSQL refused a statement of superuser_sql or superuser_value.
struct SqlFailed : std::runtime_error {
  SqlFailed(const std::string& message, std::string state)
      : std::runtime_error{message}, sqlstate{std::move(state)} {}
  std::string sqlstate;
};

/// Runs a superuser's statement that wants a database for itself. PostgreSQL waits five seconds for those who
/// are about to leave it, which is too short on a slow machine. Throws SqlFailed.
void run_when_alone(const std::string& address, const std::string& statement);

/// A fresh, migrated database of its own in this binary's private PostgreSQL, which is started when first
/// needed, one per durability. Made by copying a migrated template; dropped with the object.
class FreshDatabase {
 public:
  explicit FreshDatabase(Durability durability = Durability::fast);
  ~FreshDatabase();
  FreshDatabase(const FreshDatabase&) = delete;
  FreshDatabase& operator=(const FreshDatabase&) = delete;

  /// How to reach it as the superuser.
  const std::string& address() const noexcept { return addresses_.owner; }
  /// How to reach it as the service's role.
  const std::string& service_address() const noexcept { return addresses_.service; }
  /// Runs statements behind the code's back, as the superuser. Throws SqlFailed.
  void superuser_sql(const std::string& statements) const;
  /// The first column of the first row as text; "" for NULL or no row. Throws SqlFailed.
  std::string superuser_value(const std::string& statement) const;

 private:
  Durability durability_;
  std::string name_;
  PrivateAddresses addresses_;
};

/// The private PostgreSQL of this test binary, started now if it was not.
PrivatePostgres& private_postgres(Durability durability = Durability::fast);

/// Looks at a whole database and says what is wrong with the books in it, a line each; nothing if they
/// verify.
using BooksCheck = std::function<std::vector<std::string>(Database&)>;
/// Sets the check that DatabaseTest runs after every test. Answers true, so that a static constant can set
/// it.
bool set_books_check(BooksCheck check);

/// A test with a fresh database. Afterwards the whole-books check runs: no test leaves books that do not
/// verify.
class DatabaseTest : public ::testing::Test {
 protected:
  explicit DatabaseTest(Durability durability = Durability::fast);
  void TearDown() override;

  /// The database under the service's role, as the server uses it.
  Database& db() { return database_; }
  const FreshDatabase& fresh() const noexcept { return fresh_; }
  /// How to reach it as the superuser.
  const std::string& address() const noexcept { return fresh_.address(); }
  void superuser_sql(const std::string& statements) const { fresh_.superuser_sql(statements); }
  std::string superuser_value(const std::string& statement) const {
    return fresh_.superuser_value(statement);
  }
  /// What verification says first, "" if nothing (first_flaw_of).
  std::string first_flaw() const;
  /// For tests that damage the books on purpose: they are not verified afterwards.
  void leave_books_damaged() { damaged_ = true; }

 private:
  FreshDatabase fresh_;
  Database database_;
  bool damaged_ = false;
};

/// The same with production's durable settings.
class DurableDatabaseTest : public DatabaseTest {
 protected:
  DurableDatabaseTest() : DatabaseTest{Durability::durable} {}
};

}  // namespace coop::test
