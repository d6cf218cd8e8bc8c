#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace coop::journals {

/// A posting: the id of its account, and its amount in the account's minor units.
struct Posted {
  int account;
  std::int64_t amount_minor;
};

/// What the postings of a complete export move, twelve bytes each: matches of the bank, at the end of the
/// file, say which of them they clear.
class PostedAmounts {
 public:
  /// The next entry; the postings that follow are its.
  void begin_entry() { first_.push_back(amounts_.size()); }
  /// The next line of the entry.
  void add(int account, std::int64_t amount_minor) {
    accounts_.push_back(account);
    amounts_.push_back(amount_minor);
  }
  /// The posting of this line of this entry, both counted from 1; nothing if there is none.
  std::optional<Posted> find(std::int64_t entry, std::int64_t line) const;

 private:
  std::vector<std::size_t> first_;  ///< of each entry, its first posting
  std::vector<std::int32_t> accounts_;
  std::vector<std::int64_t> amounts_;
};

}  // namespace coop::journals
