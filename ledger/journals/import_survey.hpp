#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/journals/doubts.hpp"
#include "ledger/journals/hledger_entry.hpp"
#include "ledger/journals/import_tags.hpp"
#include "ledger/journals/running_hash.hpp"

namespace coop::journals {

/// Reads a journal once before anything is planned: which commodities and accounts it has, whether its
/// balance assertions hold at their place, and a hash of what it says. Keeps a running balance per account
/// and commodity, not the entries.
class ImportSurvey {
 public:
  /// Entries come in the order of their days, as hledger prints them.
  void take(const HledgerEntry& entry, Doubts& doubts);
  /// After the last: balance assertions that fail are obstacles, or notes if the options ignore them. An
  /// account with postings of other days is asserted by those days, out of the file's order: its are notes.
  void tell_assertions(const ImportOptions& options, Doubts& doubts) const;

  /// By which postings of an amount other than zero a name is used.
  struct Use {
    bool is_regular = false;
    bool is_virtual = false;  ///< by postings that need not balance
  };
  /// The digits that a commodity's amounts need.
  struct Commodity {
    Use use;
    int written_places = 0;  ///< the most that were written
    int needed_places = 0;   ///< trailing zeros left out
    int whole_digits = 0;    ///< before the decimal mark
  };
  const std::map<std::string, Commodity>& commodities() const noexcept { return commodities_; }
  /// What the file says of an account.
  struct Account {
    std::optional<std::string> declared_type;
    Use use;
  };
  /// By name.
  const std::map<std::string, Account>& accounts() const noexcept { return accounts_; }
  /// What the file's postings are about by tags of their own or of their accounts.
  const Dimensions& dimensions() const noexcept { return dimensions_; }
  std::int64_t entries() const noexcept { return entries_; }
  /// The paths of the files in which the entries stand.
  const std::set<std::string>& files() const noexcept { return files_; }
  /// 64 hexadecimal digits: of days, texts, accounts and amounts in their order, of neither file names nor
  /// lines.
  std::string file_hash() const;

 private:
  struct Failure {
    std::string place;
    std::string account;
    std::string text;
  };
  void hash(const HledgerEntry& entry);
  void take(const HledgerPosting& posting);
  void check(const HledgerEntry& entry, const HledgerPosting& posting);
  Decimal balance_of(const std::string& account, const std::string& commodity, bool is_inclusive) const;
  bool is_dated_apart(const std::string& account) const;

  std::map<std::string, Commodity> commodities_;
  std::map<std::string, Account> accounts_;
  Dimensions dimensions_;
  std::map<std::pair<std::string, std::string>, Decimal> balances_;  ///< by account and commodity
  std::set<std::string> dated_apart_;  ///< accounts with a posting on another day than its entry's
  std::vector<Failure> failures_;
  std::set<std::string> files_;
  RunningHash hash_;
  std::optional<Day> last_day_;
  std::int64_t entries_ = 0;
};

}  // namespace coop::journals
