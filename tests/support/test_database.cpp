#include "tests/support/test_database.hpp"

#include <atomic>
#include <pqxx/pqxx>

#include "ledger/database/migrations.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/named_damage.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {

namespace {

constexpr const char* migrated_template = "migrated";

std::string run_as_superuser(const std::string& address, const std::string& statements) {
  try {
    pqxx::connection connection{address};
    pqxx::nontransaction work{connection};
    const pqxx::result answer = work.exec(statements);
    return answer.empty() || answer[0][0].is_null() ? std::string{} : answer[0][0].c_str();
  } catch (const pqxx::sql_error& error) {
    throw SqlFailed{error.what(), error.sqlstate()};
  }
}

/// A private PostgreSQL in a temporary folder, with a migrated database to copy from. Where nothing waits for
/// the disk there is no need of one.
class Cluster {
 public:
  explicit Cluster(Durability durability)
      : folder_{durability == Durability::fast ? place_in_memory() : usual_place()},
        postgres_{
            folder_.path() / "postgresql",
            {.shared_buffers_mb = 64, .connections = 200, .durable = durability == Durability::durable}} {
    postgres_.require_database(migrated_template);
    Database database{{.address = postgres_.address(migrated_template), .connections = 1, .role = {}}};
    migrate(database);
    // Every copy begins with the same catalogs, and every test reads them: they are tidied once.
    run_as_superuser(postgres_.address(migrated_template),
                     "VACUUM (FREEZE, ANALYZE) pg_class, pg_attribute, pg_index, pg_type, pg_proc, "
                     "pg_trigger, pg_constraint, pg_attrdef, pg_depend, pg_description");
  }

  PrivatePostgres& postgres() { return postgres_; }

 private:
  TemporaryFolder folder_;
  PrivatePostgres postgres_;
};

Cluster& cluster(Durability durability) {
  if (durability == Durability::durable) {
    static Cluster durable{Durability::durable};
    return durable;
  }
  static Cluster fast{Durability::fast};
  return fast;
}

BooksCheck& books_check() {
  static BooksCheck check;
  return check;
}

}  // namespace

void run_when_alone(const std::string& address, const std::string& statement) {
  constexpr const char* object_in_use = "55006";
  std::string refusal;
  const bool done = comes_true([&] {
    try {
      run_as_superuser(address, statement);
      return true;
    } catch (const SqlFailed& failed) {
      if (failed.sqlstate != object_in_use) throw;
      refusal = failed.what();
      return false;
    }
  });
  if (!done) throw SqlFailed{refusal, object_in_use};
}

PrivatePostgres& private_postgres(Durability durability) { return cluster(durability).postgres(); }

FreshDatabase::FreshDatabase(Durability durability) : durability_{durability} {
  static std::atomic<int> made{0};
  name_ = "test_" + std::to_string(++made);
  PrivatePostgres& postgres = private_postgres(durability);
  // Copying files is faster than logging every block, as long as nothing waits for the disk.
  const char* strategy = durability == Durability::fast ? " STRATEGY FILE_COPY" : "";
  run_when_alone(postgres.address("postgres"),
                 "CREATE DATABASE " + name_ + " TEMPLATE " + migrated_template + strategy);
  addresses_ = postgres.addresses(name_);
}

FreshDatabase::~FreshDatabase() {
  try {
    run_when_alone(private_postgres(durability_).address("postgres"),
                   "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  } catch (const std::exception& error) {
    ADD_FAILURE() << "the test's database could not be dropped: " << error.what();
  }
}

void FreshDatabase::superuser_sql(const std::string& statements) const {
  run_as_superuser(address(), statements);
}

std::string FreshDatabase::superuser_value(const std::string& statement) const {
  return run_as_superuser(address(), statement);
}

bool set_books_check(BooksCheck check) {
  books_check() = std::move(check);
  return true;
}

DatabaseTest::DatabaseTest(Durability durability)
    : fresh_{durability}, database_{{.address = fresh_.service_address(), .role = service_role}} {}

std::string DatabaseTest::first_flaw() const { return first_flaw_of(fresh_); }

void DatabaseTest::TearDown() {
  if (damaged_ || !books_check()) return;
  Database as_owner{{.address = address(), .connections = 2, .role = {}}};
  for (const std::string& fault : books_check()(as_owner))
    ADD_FAILURE() << "the books do not verify: " << fault;
}

}  // namespace coop::test
