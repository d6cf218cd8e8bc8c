#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>

#include "ledger/books/unit_store.hpp"
#include "ledger/database/database.hpp"
#include "ledger/database/migrations.hpp"
#include "ledger/database/private_postgres.hpp"
#include "ledger/proof/verify_service.hpp"

namespace coop::bench {

/// Verifies all books in the database. Throws std::runtime_error with what is found first.
inline void require_verified(const std::string& address) {
  const proof::Verified verified = proof::verify(DatabaseSettings{address, 4, 1000, 0, ""});
  if (!verified.is_clean()) throw std::runtime_error{verified.first_flaw()};
}

/// A PostgreSQL of a benchmark's own with the schema and the units of ISO 4217, and no books yet.
class BenchDatabase {
 public:
  /// `name` is the benchmark's. Its cluster replaces the one that an earlier run left among the temporary
  /// files.
  explicit BenchDatabase(const std::string& name)
      : folder_{emptied(std::filesystem::temp_directory_path() / ("coopledger-" + name + "-bench"))},
        postgres_{folder_},
        address_{made(postgres_)},
        owner_{DatabaseSettings{address_, 2, 1000, 0, ""}} {
    migrate(owner_);
    owner_.in_tx([](Tx& tx) { books::insert_iso4217(tx); });
  }

  const std::filesystem::path& folder() const noexcept { return folder_; }
  /// How to reach the database as its owner.
  const std::string& address() const noexcept { return address_; }
  Database& owner() noexcept { return owner_; }

 private:
  static std::filesystem::path emptied(std::filesystem::path folder) {
    std::filesystem::remove_all(folder);
    return folder;
  }
  static std::string made(PrivatePostgres& postgres) {
    postgres.require_database("coopledger");
    return postgres.address();
  }

  std::filesystem::path folder_;
  PrivatePostgres postgres_;
  std::string address_;
  Database owner_;
};

}  // namespace coop::bench
