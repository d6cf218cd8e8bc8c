#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/bank_account.hpp"
#include "ledger/statements/equation.hpp"
#include "ledger/statements/statement.hpp"

namespace coop::bank {

/// A file of a bank that came in, of one node; counted from 1.
using BankImportNumber = Id<struct BankImportKindTag, std::int32_t>;

/// How far a file has come.
enum class ImportState { received, read, unreadable, taken_in, dropped, undone };
/// "received" …
std::string_view text_of(ImportState state);
/// Throws Refused: field_invalid.
ImportState import_state_from(std::string_view text);

/// A file, without its bytes.
struct BankImport {
  BankImportNumber number;
  std::string file_name;
  std::string file_hash;  ///< SHA-256 of the bytes, in hexadecimal
  std::int64_t file_size;
  std::optional<BankAccountNumber> account;  ///< which account it is of, where somebody said so
  ImportState state;
  std::string code;   ///< of what made it unreadable
  std::string words;  ///< why it is unreadable, was dropped or undone
  Instant recorded_at;
  std::optional<UserId> recorded_by;
};

/// What a file's lines would do if it were taken in now, or did. Booked lines only.
struct LineCounts {
  std::int64_t lines = 0;  ///< in the file
  std::int64_t fresh = 0;  ///< not known of any other file
  std::int64_t known = 0;  ///< known already: of another file that was taken in
  std::int64_t live = 0;   ///< of this file, and counting
};

/// How the lines stand that count by a file, of one statement or all.
struct StandingCounts {
  std::int64_t known_members = 0;  ///< matched by a reference, an order of ours, a known payer or a name
  std::int64_t on_books = 0;       ///< matched with a posting that was there
  std::int64_t by_rule = 0;
  std::int64_t by_hand = 0;
  std::int64_t in_suspense = 0;  ///< matched, and nobody knows yet what it is
  std::int64_t set_aside = 0;
  std::int64_t open = 0;
};

/// A statement of a file, with its proof. Amounts are minor units of the account.
struct BankStatement {
  int position;                              ///< in the file, from 1
  std::optional<BankAccountNumber> account;  ///< nothing: no account of the node has this identifier
  statements::FileKind file_kind;
  statements::Purpose purpose;
  std::string identifier;  ///< of the account, as the file says it
  std::string currency;
  std::string bank_id;
  std::string sequence;
  std::optional<std::int64_t> opening_minor;
  std::optional<Day> opening_on;
  std::optional<std::int64_t> closing_minor;
  std::optional<Day> closing_on;
  std::optional<Day> first_day;
  std::optional<Day> last_day;
  int line_count;  ///< booked lines
  std::int64_t sum_minor;
  statements::Proof proof;
  std::int64_t difference_minor;
};

}  // namespace coop::bank
