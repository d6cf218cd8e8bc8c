#pragma once
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "ledger/books/entry.hpp"
#include "ledger/database/database.hpp"

namespace coop::test {

/// A node with a random history, recorded through the posting engine: accounts in three units (scale 0, 2 and
/// 4), entries of two to five postings in one or two units, dimensions, late entries, reversals, batches of
/// many sizes, and instants that move on between them. Two objects made with the same seed record the same.
class RandomBooks {
 public:
  /// Makes the node `name` with its accounts and dimensions, no entries yet.
  RandomBooks(Database& database, const std::string& name, std::uint64_t seed);

  /// Records about `count` more entries.
  void record(int count);
  /// Records entries of about `lines` postings each on the first account's EUR, on any of the days, and
  /// reverses some: so many postings make an account busy.
  void record_crowded(int entries, int lines);
  /// A day around those on which entries are booked.
  Day some_day();
  /// An instant around those at which entries are recorded.
  Instant some_instant();
  /// A number below `end`.
  int some_number(int end);
  bool chance(int one_in);

  NodeId node() const { return *node_; }
  const std::vector<std::string>& paths() const { return paths_; }
  EntryNumber last() const { return EntryNumber{last_}; }

 private:
  void record_batch(int count);
  void reverse_one();
  void reverse(EntryNumber target);

  Database& database_;
  std::mt19937_64 dice_;
  std::optional<NodeId> node_;
  std::string name_;
  std::vector<std::string> paths_;
  std::vector<std::pair<std::string, UnitId>> accounts_;
  Instant now_;
  std::int64_t last_ = 0;
  int asked_ = 0;
};

}  // namespace coop::test
