#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/books/dimension.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::journals {

/// The unit that a commodity of the file is.
struct CommodityMeaning {
  std::string code;
  int shift = 0;  ///< one of the commodity is 10^shift of the unit: 1 BTC is 100,000,000 SATOSHI
};

/// What becomes of postings that need not balance: "(budget:media)  100.00 EUR".
enum class VirtualPostings {
  refuse,
  skip,  ///< left out
  book,  ///< balanced by the virtual account
};
/// Reads "refuse", "skip" or "book". Throws Refused: field_invalid.
VirtualPostings virtual_postings_from(std::string_view word);

/// What an importer is told beside the file.
struct ImportOptions {
  std::map<std::string, CommodityMeaning> commodities;      ///< by commodity of the file: "$" -> "USD"
  std::map<std::string, books::AccountType> account_types;  ///< of an account of the file and those below it
  VirtualPostings virtual_postings = VirtualPostings::refuse;
  /// False: only JSON is read, since a journal may include other files of this machine.
  bool may_run_hledger = true;
  /// True: units that do not exist are made, for all nodes of the server. Only an operator may.
  bool may_make_units = false;
  bool ignore_assertions = false;                        ///< balance assertions that fail are notes
  std::vector<std::filesystem::path> more_files;         ///< journals that belong to the file, read after it
  std::string conversion_account = "equity:conversion";  ///< takes what is exchanged for another unit
  std::string clearing_account = "equity:clearing";      ///< joins the parts of an entry of several days
  std::string virtual_account = "equity:virtual";        ///< balances postings that need not balance
  /// Takes what is left when amounts are rounded to the unit's decimals; without it they are refused.
  std::optional<std::string> rounding_account;
};

/// Reads "$=USD", or "BTC=SATOSHI*100000000": one of the commodity is so many of the unit, a power of ten.
/// The left side may be empty: amounts without a commodity. Throws Refused: field_invalid, name_malformed.
void add_commodity(ImportOptions& options, const std::string& pair);
/// Reads "Liabilities=liability". Throws Refused: field_invalid.
void add_account_type(ImportOptions& options, const std::string& pair);

/// Something an importer should know, and where.
struct ImportDoubt {
  std::string place;  ///< "main.journal:12", or empty: the whole file
  std::string text;
};

/// A unit that the import makes.
struct ImportUnit {
  std::string commodity;
  std::string code;
  int scale;
  bool is_new;
  int shift = 0;  ///< see CommodityMeaning
};

/// An account of the import, in one unit.
struct ImportAccount {
  std::string name;  ///< in the file
  std::string path;
  std::string unit;
  books::AccountType type;
  Day first_day;
  Day last_day;
  bool is_new = true;
  std::int64_t sum_minor = 0;  ///< of all its postings in the file
  int scale = 0;
};

/// What an import would do, or did.
struct ImportReport {
  std::string file_hash;       ///< of what the file says, whatever its name; the same file is the same import
  std::int64_t entries = 0;    ///< in the file
  std::int64_t skipped = 0;    ///< of them nothing would be recorded
  std::int64_t split_off = 0;  ///< entries more than the file has, since some are recorded in parts
  std::int64_t on_record_before = 0;  ///< recorded by an earlier import of the same file
  std::int64_t recorded = 0;          ///< by this one
  std::vector<ImportUnit> units;
  std::vector<ImportAccount> accounts;
  std::map<std::pair<books::DimensionKind, std::string>, std::int64_t> dimensions;  ///< postings about each
  std::vector<ImportDoubt> notes;      ///< what was left out or changed
  std::vector<ImportDoubt> obstacles;  ///< what must be settled before anything is recorded
  bool complete = false;               ///< false: a dry run, or the caller stopped it
};

}  // namespace coop::journals
