#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "ledger/journals/doubts.hpp"
#include "ledger/journals/hledger_entry.hpp"
#include "ledger/journals/running_hash.hpp"

namespace coop::journals {

/// Reads a journal once before anything is planned: which commodities and accounts it has, whether its
/// balance assertions hold at their place, and a hash of what it says. Keeps a running balance per account
/// and commodity, not the entries.
class ImportSurvey {
 public:
  /// Entries come in the order of their days, as hledger prints them.
  void take(const HledgerEntry& entry, Doubts& doubts);

  /// The decimals that a commodity's amounts need.
  struct Commodity {
    int written_places = 0;  ///< the most that were written
    int needed_places = 0;   ///< trailing zeros left out
  };
  const std::map<std::string, Commodity>& commodities() const noexcept { return commodities_; }
  /// What the file says of an account.
  struct Account {
    std::optional<std::string> declared_type;
    bool is_used = false;  ///< by an amount that books can hold
  };
  /// By name.
  const std::map<std::string, Account>& accounts() const noexcept { return accounts_; }
  std::int64_t entries() const noexcept { return entries_; }
  /// 64 hexadecimal digits: of days, texts, accounts and amounts in their order, of neither file names nor
  /// lines.
  std::string file_hash() const;

 private:
  void hash(const HledgerEntry& entry);
  void check(const HledgerEntry& entry, const HledgerPosting& posting, Doubts& doubts) const;
  Decimal balance_of(const std::string& account, const std::string& commodity, bool is_inclusive) const;

  std::map<std::string, Commodity> commodities_;
  std::map<std::string, Account> accounts_;
  std::map<std::pair<std::string, std::string>, Decimal> balances_;  ///< by account and commodity
  std::set<std::string> dated_apart_;  ///< accounts with a posting on another day than its entry's
  RunningHash hash_;
  std::optional<Day> last_day_;
  std::int64_t entries_ = 0;
};

}  // namespace coop::journals
