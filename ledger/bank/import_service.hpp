#pragma once
#include <functional>
#include <string>
#include <vector>

#include "ledger/bank/import_store.hpp"
#include "ledger/bank/line_store.hpp"
#include "ledger/bank/reading_profile_service.hpp"
#include "ledger/database/database.hpp"

namespace coop::bank {

/// The largest file that is taken.
inline constexpr std::size_t most_file_bytes = 64U << 20U;

/// A file that was received.
struct Received {
  BankImport import;
  bool is_known;  ///< the same bytes came in before, and were neither unreadable nor dropped nor undone
};
/// Keeps a file of a bank; it is read by read_file(). Throws Refused: field_invalid (its name), too_large,
/// statement_unreadable (nothing in it), bank_account_unknown.
Received receive_file(Tx& tx, NodeId node, const ReceivedFile& file, const books::Author& author);

/// How somebody follows long work with a file: told what is done ("reading", "keeping", "taking in"), how
/// many lines are done and of how many (0: not known yet), and answers whether it goes on. May be empty.
using FileWatch = std::function<bool(std::string_view stage, std::int64_t done, std::int64_t total)>;

/// Reads a file that was received, however it is made, and keeps what it says, so that anybody can look at it
/// before it is taken in. A file that cannot be read is kept with the reason. Done again it does nothing;
/// stopped by `watch` it has done nothing. Throws Refused: bank_import_unknown.
BankImport read_file(Database& database, NodeId node, BankImportNumber number, const books::Author& author,
                     const FileWatch& watch = {});

/// Reads a file once more that could not be read: by what is remembered of its account by now, and by
/// `given`, where somebody says how this one file is read. Throws Refused: bank_import_unknown.
BankImport read_file_again(Database& database, NodeId node, BankImportNumber number,
                           const std::optional<ReadingProfile>& given, const books::Author& author,
                           const FileWatch& watch = {});

/// Throws Refused: bank_import_not_open, unless the file could not be read.
void require_unreadable(const BankImport& import);

/// The file. Throws Refused: bank_import_unknown.
BankImport read_import(Tx& tx, NodeId node, BankImportNumber number);

/// A statement of a file as it can be looked at.
struct StatementPreview {
  BankStatement statement;
  LineCounts counts;
  statements::Continuity continuity;
  std::string words;  ///< the one sentence: period, balances, lines, whether it adds up and follows on
};
/// What a file says, and what taking it in would do.
struct ImportPreview {
  BankImport import;
  std::vector<StatementPreview> statements;
  std::vector<statements::Note> notes;
  std::optional<statements::FileSurvey> survey;  ///< what has to be answered before it can be read
};
/// Looks at a file. Throws Refused: bank_import_unknown.
ImportPreview preview_import(Tx& tx, NodeId node, BankImportNumber number);

/// Lets the lines of a file count that no other file brought, and remembers what its equation told of the
/// bank. Statements of what is coming (camt.052, MT942) and of details (camt.054) bring none. Returns how
/// many lines began to count. Throws Refused: bank_import_unknown, bank_import_not_open,
/// statement_contradicts (unless `although_it_contradicts`).
std::int64_t take_in(Tx& tx, NodeId node, BankImportNumber number, bool although_it_contradicts,
                     const books::Author& author);
/// The same as a use case of its own, lines by lines; stopped by `watch` nothing is taken in, and nothing is
/// returned.
std::optional<std::int64_t> take_in_watched(Database& database, NodeId node, BankImportNumber number,
                                            bool although_it_contradicts, const books::Author& author,
                                            const FileWatch& watch);
/// Throws Refused, as take_in() would.
void require_can_be_taken_in(Tx& tx, NodeId node, BankImportNumber number, bool although_it_contradicts);
/// Gives a file up that was read. Throws Refused: bank_import_unknown, bank_import_not_open, field_invalid
/// (reason).
BankImport drop_import(Tx& tx, NodeId node, BankImportNumber number, const std::string& reason,
                       const books::Author& author);

}  // namespace coop::bank
