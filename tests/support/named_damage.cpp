#include "tests/support/named_damage.hpp"

#include <gtest/gtest.h>

#include "ledger/proof/verify_service.hpp"

namespace coop::test {

namespace {

// What can be copied: all columns but those that are generated.
std::string columns_of(const FreshDatabase& database, const std::string& table) {
  return database.superuser_value(
      "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM "
      "information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER' AND table_name = "
      "'" +
      table + "'");
}

}  // namespace

std::set<proof::Finding>& provoked_findings() {
  static std::set<proof::Finding> findings;
  return findings;
}

std::string first_flaw_of(const FreshDatabase& database) {
  const proof::Verified verified = proof::verify(DatabaseSettings{.address = database.address(), .role = {}});
  for (const proof::VerifiedNode& node : verified.nodes)
    for (const proof::Flaw& flaw : node.flaws) provoked_findings().insert(flaw.finding);
  return verified.first_flaw();
}

void expect_each_named(const FreshDatabase& database, const std::vector<std::string>& tables,
                       const std::vector<NamedDamage>& damages, const std::string& undamaged) {
  const std::string unguarded = "SET session_replication_role = replica; ";
  std::string keep = "CREATE SCHEMA kept; ";
  std::string mend = unguarded;
  for (const std::string& table : tables) {
    const std::string columns = columns_of(database, table);
    keep += "CREATE TABLE kept." + table + " AS SELECT " + columns + " FROM public." + table + "; ";
    mend += "DELETE FROM " + table + "; INSERT INTO " + table + " (" + columns + ") SELECT " + columns +
            " FROM kept." + table + "; ";
  }
  EXPECT_EQ(first_flaw_of(database), undamaged);
  database.superuser_sql(keep);
  for (const NamedDamage& damage : damages) {
    database.superuser_sql(unguarded + damage.sql);
    const std::string flaw = first_flaw_of(database);
    EXPECT_NE(flaw.find(damage.words), std::string::npos) << damage.sql << ": " << flaw;
    database.superuser_sql(mend);
  }
  database.superuser_sql("DROP SCHEMA kept CASCADE");
  EXPECT_EQ(first_flaw_of(database), undamaged);
}

}  // namespace coop::test
