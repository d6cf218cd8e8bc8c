#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/bank/bank_import.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// A file as it came in.
struct ReceivedFile {
  std::string name;
  std::string_view bytes;
  std::optional<BankAccountNumber> account;  ///< which account it is of, where somebody says so
};

/// Which files are read; all, where nothing is said.
struct ImportFilter {
  std::optional<BankImportNumber> number = {};
  std::optional<std::string> file_hash = {};
  std::optional<ImportState> state = {};
  std::optional<BankImportNumber> before = {};
  int limit = 1'000;
};

/// Waits until nobody else keeps, takes in or gives up a file of this node, and holds others back until the
/// end. To be asked before the head, which long work with files asks for only at its end: so that entries are
/// recorded meanwhile.
void lock_imports(Tx& tx, NodeId node);

/// Keeps a file and returns its number. The head must be locked.
BankImportNumber insert_import(Tx& tx, NodeId node, const ReceivedFile& file, const std::string& hash,
                               const books::Author& author);
/// The files without their bytes, the newest first.
std::vector<BankImport> list_imports(Tx& tx, NodeId node, const ImportFilter& filter);
/// The bytes of a file. It must exist.
std::string read_import_bytes(Tx& tx, NodeId node, BankImportNumber number);

/// What became of a file.
struct ImportStep {
  ImportState state;  ///< not `received`
  std::string code = {};
  std::string words = {};
};
/// Writes it down. The head must be locked.
void insert_import_step(Tx& tx, NodeId node, BankImportNumber number, const ImportStep& step,
                        const books::Author& author);
/// How often anything became of any file of the node: where it is the same, no file came or went.
std::int64_t count_import_steps(Tx& tx, NodeId node);

/// Writes a statement of a file. The head must be locked.
void insert_statement(Tx& tx, NodeId node, BankImportNumber number, const BankStatement& statement);
/// The statements of a file, in its order.
std::vector<BankStatement> read_statements(Tx& tx, NodeId node, BankImportNumber number);
/// Writes the notes of a file.
void insert_notes(Tx& tx, NodeId node, BankImportNumber number, std::span<const statements::Note> notes);
/// The notes of a file, in its order.
std::vector<statements::Note> read_notes(Tx& tx, NodeId node, BankImportNumber number);
/// How the account stood before a statement's first line, by the files that were taken in: what the last
/// statement before it ended with, and the lines since. One of the same day, which ended with what this one
/// begins with, comes first.
std::optional<statements::Precedent> find_precedent(Tx& tx, NodeId node, BankImportNumber number,
                                                    const BankStatement& statement, int scale);

}  // namespace coop::bank
