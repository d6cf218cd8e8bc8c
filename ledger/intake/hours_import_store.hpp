#pragma once
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/work/hours.hpp"

namespace coop::intake {

/// A table of hours that came in and recorded some.
struct HoursImport {
  int number;
  std::string file_hash;  ///< SHA-256, in hexadecimal
  int rows;
  int recorded;
  int known;
  Instant recorded_at;
  std::optional<std::string> recorded_by;
};
/// The tables before this one, the newest first.
std::vector<HoursImport> list_imports(Tx& tx, NodeId node, std::optional<int> before, int limit);
/// The latest table with this hash, if there is one.
std::optional<HoursImport> find_import(Tx& tx, NodeId node, const std::string& file_hash);
/// Writes a table with the next number. The head must be locked. Returns its number.
int insert_import(Tx& tx, NodeId node, const HoursImport& import, const books::Author& author);

/// Those of the keys whose rows recorded hours before.
std::set<books::Fingerprint> read_known_rows(Tx& tx, NodeId node, std::span<const books::Fingerprint> keys);
/// A row that recorded hours.
struct ImportedRow {
  int line;
  books::Fingerprint key;
  work::HoursNumber hours;
};
/// Writes the rows of a table, in one statement. The head must be locked.
void insert_imported_rows(Tx& tx, NodeId node, int import, std::span<const ImportedRow> rows);

/// The member numbers of users who are linked with one member each, by the user's name.
std::map<std::string, std::string> read_members_of_users(Tx& tx, NodeId node);

}  // namespace coop::intake
