#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/database/database.hpp"
#include "ledger/values/day.hpp"
#include "tests/support/test_database.hpp"

namespace coop::test {

/// The complete export of the node bcn.
std::string native_export(Database& database);
/// Its lines, without their ends.
std::vector<std::string> lines_of_native(const std::string& text);
/// Lines as one file, whose last line says the hash that it has now: as somebody would write it who changed
/// something and wants to go unnoticed.
std::string native_file_of(const std::vector<std::string>& lines);
/// The code with which the file is refused before anything is written; "" if it is not.
std::string refusal_of_native(const std::string& text);

/// Expects that the export of `database` restores into an empty server with the same rows in these tables,
/// recorded by users of the same names, that its export is the same again, that the derived figures fit, and
/// that verification finds nothing. A query in brackets counts as a table.
void expect_native_restores(Database& database, const FreshDatabase& of, std::span<const std::string> tables,
                            Instant now);

/// Expects that the file is refused as import_contradicts or import_unreadable when the second text of a pair
/// stands where the first stood first.
void expect_each_contradicts(const std::string& exported,
                             const std::vector<std::pair<std::string, std::string>>& changes);

/// What came of changing, one after another, every field of an export's lines of some kinds.
struct ChangedFields {
  std::size_t kinds = 0;  ///< of lines that were changed
  std::string free;       ///< fields whose change is not refused: "kind.field " of each, in order
  std::string harmless;   ///< the file with as many of these changes as go together
};
/// Changes each field of the lines that `is_tried` names to another value of its type. Expects that each
/// change that is refused is refused as import_contradicts or import_unreadable.
ChangedFields change_every_field(const std::string& exported,
                                 const std::function<bool(std::string_view line)>& is_tried);
/// Expects that the file restores into an empty server, and that verification finds nothing there.
void expect_harmless(const std::string& text, Instant now);

}  // namespace coop::test
