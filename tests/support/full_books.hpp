#pragma once
#include <string>

#include "ledger/proof/signing_key.hpp"
#include "ledger/proof/verify_service.hpp"
#include "tests/support/test_books.hpp"

namespace coop::test {

/// Books in which everything has happened that can happen. The node "bcn" is row 1 and has, of entries:
/// 1 opening · 2 dues with dimensions, note, reference and source · 3 two units at once · 4 rent · 5 its
/// reversal · 6 hours · 7 dues · 8, 9 an account that was closed then · 10 a hold posted in part · 11 in a
/// period whose lock was lifted · 12 a late document · 13 to 15 recorded together, a thousand postings each
/// (the bank gets a mark after 15) · 16 to 40 rent, one by one · 41 to 45 after the checkpoint of entry 40.
/// Holds: 1 posted, 2 voided, 3 expired, 4 open. Locks: 1 soft and lifted, 2 hard. The node "mad" is row 2
/// and has two entries.
class FullBooks : public BooksTest {
 protected:
  FullBooks();
  static constexpr std::int64_t last_entry = 45;
  static constexpr std::int64_t checkpoint_entry = 40;
  const proof::SigningKey& key() const noexcept { return key_; }

 private:
  void open_everything();
  void record_first();
  void hold_and_lock();
  void record_rest();
  void tick() { now += std::chrono::minutes{1}; }

  proof::SigningKey key_ = proof::SigningKey::make();
};

/// A copy of a database, to be damaged.
class DatabaseCopy {
 public:
  /// Ends every other connection to `original` first, since PostgreSQL copies only what nobody uses.
  explicit DatabaseCopy(const FreshDatabase& original);
  ~DatabaseCopy();
  DatabaseCopy(const DatabaseCopy&) = delete;
  DatabaseCopy& operator=(const DatabaseCopy&) = delete;

  /// Runs statements as a superuser for whom no trigger and no foreign key is in the way.
  void damage(const std::string& statements) const;
  proof::Verified verified(const proof::VerifyOptions& options = {}) const;
  const std::string& address() const noexcept { return addresses_.owner; }
  /// How to reach it as the service's role.
  const std::string& service_address() const noexcept { return addresses_.service; }

 private:
  std::string name_;
  PrivateAddresses addresses_;
};

/// Recomputes the hashes of entries `first` to `last` of node 1, as a forger would who knows how.
void forge_hashes(const std::string& address, std::int64_t first, std::int64_t last);
/// Makes balances, totals, marks and head of node 1 fit its entries up to `last`, as a forger would.
std::string forged_figures_sql(std::int64_t last);

}  // namespace coop::test
