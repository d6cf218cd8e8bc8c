#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "ledger/books/account.hpp"

namespace coop::journals {

/// A posting: the id of its account, and its amount in the account's minor units.
struct Posted {
  int account;
  std::int64_t amount_minor;
};

/// What the postings of a complete export move, sixteen bytes each: matches of the bank, at the end of the
/// file, say which of them they clear, and settlements of obligations what they rest on.
class PostedAmounts {
 public:
  /// The next entry; the postings that follow are its.
  void begin_entry() { first_.push_back(amounts_.size()); }
  /// The next line of the entry; `member` is the id of the dimension row, 0 for none.
  void add(int account, std::int64_t amount_minor, int member = 0) {
    accounts_.push_back(account);
    amounts_.push_back(amount_minor);
    members_.push_back(member);
  }
  /// The posting of this line of this entry, both counted from 1; nothing if there is none.
  std::optional<Posted> find(std::int64_t entry, std::int64_t line) const;
  /// What the member gave by the entry: what it credits income with about them; what it takes off an asset
  /// about them, as far as assets came in; or what it charges them with, as far as it is income. Of accounts
  /// of which `type_of` says the type. Minor units; 0 if there is no such entry. Throws Refused:
  /// amount_overflow.
  std::int64_t given_by(std::int64_t entry, int member,
                        const std::function<std::optional<books::AccountType>(int)>& type_of) const;

 private:
  std::vector<std::size_t> first_;  ///< of each entry, its first posting
  std::vector<std::int32_t> accounts_;
  std::vector<std::int64_t> amounts_;
  std::vector<std::int32_t> members_;
};

}  // namespace coop::journals
