#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/books/node.hpp"
#include "ledger/database/database.hpp"

namespace coop::test {

/// Books of random entries, recorded through the posting engine: accounts with names and texts that other
/// programs stumble over, each in three units with 2, 0 and 4 decimals; several units in one entry;
/// dimensions, late days, reversals, holds (posted, voided, open), a lifted and a standing lock. The same for
/// the same seed.
class AwkwardBooks {
 public:
  /// Makes the node `name` in `database` and records `entries` entries (a few more by reversals and holds).
  AwkwardBooks(Database& database, std::string name, std::uint32_t seed, int entries);

  const books::Node& node() const noexcept { return *node_; }

 private:
  void make_accounts(Tx& tx);
  void record(Tx& tx, int entries);
  void record_holds(Tx& tx);
  void lock(Tx& tx);
  books::Draft draft(int number);
  std::vector<books::DraftPosting> postings();
  std::string text();
  std::size_t draw(std::size_t below) { return random_() % below; }

  std::string name_;
  std::mt19937 random_;
  std::optional<books::Node> node_;
  std::vector<UnitId> units_;
};

/// The paths of the accounts of awkward books.
const std::vector<std::string>& awkward_paths();

}  // namespace coop::test
