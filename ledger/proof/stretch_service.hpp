#pragma once
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "ledger/database/bulk_reader.hpp"
#include "ledger/proof/entry_check.hpp"
#include "ledger/proof/recorded_books.hpp"

namespace coop::proof {

/// Connections that are made when first needed and used for one node after the other.
class Readers {
 public:
  /// `connections` read stretches at the same time; 0: as suits this machine.
  Readers(const DatabaseSettings& database, int connections);
  /// For small reads and the outbox. Throws Unavailable, as the next does.
  BulkReader& first();
  /// For the rooms beside the books, while stretches are read.
  BulkReader& of_rooms();
  /// How many connections read stretches.
  std::size_t count() const noexcept { return most_; }

  /// A connection for one stretch, waited for, and given back at the end of its life.
  class Lent {
   public:
    explicit Lent(Readers& from);
    ~Lent();
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    /// The connection, made if there was none yet. Throws Unavailable.
    BulkReader& reader();

   private:
    Readers& from_;
    std::unique_ptr<BulkReader> reader_;
  };

 private:
  BulkReader& made(std::unique_ptr<BulkReader>& reader);
  DatabaseSettings database_;
  std::size_t most_;
  std::unique_ptr<BulkReader> first_;
  std::unique_ptr<BulkReader> of_rooms_;
  std::mutex mutex_;
  std::condition_variable given_back_;
  std::size_t lent_ = 0;
  std::vector<std::unique_ptr<BulkReader>> free_;
};

/// All entries of a node up to a number, in stretches that are read and checked side by side and given in
/// order. While some are read, others are checked. Where nothing is for a whole stretch, it goes on at the
/// next number that is there: a head that was set far away costs no time.
class Stretches {
 public:
  /// Begins to read, unless `alone`: then everything happens in next(), on the first connection. `readers`
  /// and `facts` must live longer.
  Stretches(Readers& readers, const BookFacts& facts, std::int64_t last, std::size_t most_flaws, bool alone);
  /// The next stretch; nothing after the last. Throws Unavailable.
  std::optional<StretchChecked> next();

 private:
  void start_more();
  std::future<StretchChecked> start(std::int64_t first, std::int64_t last);
  std::optional<StretchChecked> skip_gap();
  Readers& readers_;
  const BookFacts& facts_;
  std::int64_t last_;
  std::size_t most_flaws_;
  bool alone_;
  bool nothing_ = false;  // was in the stretch that was given last
  std::int64_t next_ = 1;
  std::deque<std::future<StretchChecked>> running_;
};

}  // namespace coop::proof
