#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/journals/native_row.hpp"
#include "ledger/journals/running_hash.hpp"

namespace coop::journals {

/// Follows the rows of the bank in a complete export, up to the lines that count and those that were set
/// aside, and refuses the first that contradicts the lines before it: unknown accounts, files, statements and
/// lines, numbers that have a gap, bytes that are not those of the hash, steps out of order, statements that
/// do not add up, lines that count twice or of files that were not taken in. Keeps of each line some sixty
/// bytes.
class BankChecks {
 public:
  /// The ids of the books' accounts, by path and unit.
  using Accounts = std::map<std::pair<std::string, std::string>, int>;
  /// What is known of a line.
  struct KnownLine {
    std::int64_t amount_minor;
    int account;          ///< the id of the books' account; 0: of none
    std::int32_t import;  ///< which file it stands in
    std::string key;      ///< account, key and occurrence; empty: it is not booked, or of no account
    bool is_countable;    ///< booked, in a statement of what was booked, of an account
    bool is_proved;       ///< its statement adds up
    bool is_live = false;
    bool is_ignored = false;
  };
  /// True if the row is one of these. Throws Refused: import_contradicts, and what a value refuses.
  bool take(const NativeRow& row, const Accounts& accounts);
  /// True if there is an account with statements of this number.
  bool knows_account(std::int64_t number) const {
    return number > 0 && number <= static_cast<std::int64_t>(accounts_.size());
  }
  /// True if it is one of cash. It must be known.
  bool is_cash(std::int64_t number) const { return cash_.contains(number); }
  /// The id of its account in the books. It must be known.
  int account_of(std::int64_t number) const { return accounts_.at(static_cast<std::size_t>(number - 1)); }
  /// True if a file has a statement at this position.
  bool knows_statement(std::int64_t import, std::int64_t position) const {
    return statements_.contains({import, position});
  }
  /// The line of this number. Throws Refused: import_contradicts.
  const KnownLine& line(std::int64_t number) const;
  /// At the end of the file; `matched` are the lines that are or were matched. Throws Refused:
  /// import_contradicts.
  void finish(const std::set<std::int64_t>& matched) const;

 private:
  using Take = void (BankChecks::*)(JsonFields& row, const Accounts& accounts);
  struct KnownFile {
    Hash hash;
    std::int64_t size;
  };
  struct KnownImport {
    std::int64_t steps = 0;
    std::string state = {};  ///< the last step
    bool was_taken_in = false;
    std::int64_t last_statement = 0;
    std::int64_t notes = 0;
  };
  struct KnownStatement {
    std::int64_t account;  ///< 0: of none
    bool is_booked;        ///< tells what was booked, not what is coming
    std::int64_t booked_said;
    std::int64_t sum_minor_said;
    bool is_proved;
    std::int64_t booked = 0;
    std::int64_t sum_minor = 0;
    std::int64_t lines = 0;
  };
  static Take taker_of(std::string_view kind);
  void take_account(JsonFields& row, const Accounts& accounts);
  void take_trait(JsonFields& row, const Accounts& accounts);
  void take_file_part(JsonFields& row, const Accounts& accounts);
  void take_import(JsonFields& row, const Accounts& accounts);
  void take_import_step(JsonFields& row, const Accounts& accounts);
  void take_statement(JsonFields& row, const Accounts& accounts);
  void take_note(JsonFields& row, const Accounts& accounts);
  void take_line(JsonFields& row, const Accounts& accounts);
  void take_detail(JsonFields& row, const Accounts& accounts);
  void take_live_line(JsonFields& row, const Accounts& accounts);
  void take_line_step(JsonFields& row, const Accounts& accounts);
  void end_file();
  std::int64_t maybe_account(JsonFields& row) const;
  KnownImport& import_of(JsonFields& row);
  KnownLine& line_of(JsonFields& row);
  bool is_active(const KnownLine& line) const;

  std::vector<int> accounts_;  ///< the ids of the books' accounts
  std::set<int> used_accounts_;
  std::set<std::int64_t> cash_;  ///< the numbers of those of cash
  std::map<std::int64_t, std::int64_t> traits_;
  std::map<std::int64_t, KnownFile> files_;
  std::optional<RunningHash> file_;  ///< the one whose parts come now
  std::int64_t file_number_ = 0;
  std::int64_t file_parts_ = 0;
  std::int64_t file_size_ = 0;
  std::vector<KnownImport> imports_;
  std::map<std::pair<std::int64_t, std::int64_t>, KnownStatement> statements_;  ///< by file and position
  std::vector<KnownLine> lines_;
  std::int64_t detailed_line_ = 0;
  std::int64_t details_ = 0;
  std::set<std::string> live_keys_;
  std::map<std::int64_t, std::int64_t> line_steps_;
};

}  // namespace coop::journals
