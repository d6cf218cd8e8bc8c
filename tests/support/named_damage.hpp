#pragma once
#include <set>
#include <string>
#include <vector>

#include "ledger/proof/finding.hpp"
#include "tests/support/test_database.hpp"

namespace coop::test {

/// The findings that tests of this binary have provoked so far.
std::set<proof::Finding>& provoked_findings();

/// What verification of the whole database says first; "" if it finds nothing. What it finds in nodes counts
/// as provoked.
std::string first_flaw_of(const FreshDatabase& database);

/// Damage that somebody with every right does in SQL, and words of what verification then says first.
struct NamedDamage {
  std::string sql;
  std::string words;
};

/// Does each damage while no trigger and no foreign key is in the way, expects verification to name it, and
/// puts the rows of `tables` back. Before the first and after the last one verification says `undamaged`
/// first: nothing, or what the test itself took away that would have been in the way.
void expect_each_named(const FreshDatabase& database, const std::vector<std::string>& tables,
                       const std::vector<NamedDamage>& damages, const std::string& undamaged = {});

}  // namespace coop::test
