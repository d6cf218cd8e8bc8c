#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/values/day.hpp"

namespace coop::journals {

/// A posting: the id of its account, and its amount in the account's minor units.
struct Posted {
  int account;
  std::int64_t amount_minor;
};

/// The days of the entries of a complete export, and what their postings move, sixteen bytes each: matches of
/// the bank, at the end of the file, say which of them they clear, and settlements of obligations what they
/// rest on.
class PostedAmounts {
 public:
  /// The next entry, booked on `day`; the postings that follow are its. `document` is the day of its
  /// document, if that was closed.
  void begin_entry(Day day, std::optional<Day> document = {});
  /// The next line of the entry; `member` is the id of the dimension row, 0 for none.
  void add(int account, std::int64_t amount_minor, int member = 0) {
    accounts_.push_back(account);
    amounts_.push_back(amount_minor);
    members_.push_back(member);
  }
  /// The day of the entry; nothing if there is no such entry.
  std::optional<Day> booked_on(std::int64_t entry) const;
  /// The day of its document if that was closed, else its own; nothing if there is no such entry.
  std::optional<Day> documented_on(std::int64_t entry) const;
  /// Whether a posting of the entry is of this amount about the member (the id of a dimension row), on this
  /// account or, if that is 0, on any.
  bool moves(std::int64_t entry, Posted wanted, int member) const;
  /// The posting of this line of this entry, both counted from 1; nothing if there is none.
  std::optional<Posted> find(std::int64_t entry, std::int64_t line) const;
  /// What the member gave by the entry: what it credits income with about them; what it takes off an asset
  /// about them, as far as assets came in; or what it charges them with, as far as it is income. Of accounts
  /// of which `type_of` says the type. Minor units; 0 if there is no such entry. Throws Refused:
  /// amount_overflow.
  std::int64_t given_by(std::int64_t entry, int member,
                        const std::function<std::optional<books::AccountType>(int)>& type_of) const;

 private:
  std::vector<std::size_t> first_;         ///< of each entry, its first posting
  std::vector<Day> days_;                  ///< of each entry
  std::map<std::int64_t, Day> documents_;  ///< by entry, where the document is of another day
  std::vector<std::int32_t> accounts_;
  std::vector<std::int64_t> amounts_;
  std::vector<std::int32_t> members_;
};

}  // namespace coop::journals
