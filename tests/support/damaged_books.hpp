#pragma once
#include <string>
#include <vector>

#include "tests/support/full_books.hpp"
#include "tests/support/named_damage.hpp"

namespace coop::test {

/// Damage that somebody with every right does in SQL, and the first thing that verification then says.
struct Damage {
  std::string sql;
  proof::Finding finding;
  std::string text;  ///< stands in what is said first
};

/// Full books whose copies are damaged.
class DamagedBooks : public FullBooks {
 protected:
  using Damage = test::Damage;
  /// Expects that verification of the copy first says what `damage` expects.
  static void expect_found(const DatabaseCopy& copy, const Damage& damage,
                           const proof::VerifyOptions& options = {});
  /// Does each damage to a copy of its own.
  void expect_each_found(const std::vector<Damage>& damages) const;
};

}  // namespace coop::test
