#pragma once
#include <optional>
#include <string_view>

#include "ledger/books/node_service.hpp"
#include "ledger/intake/hours_mapping.hpp"
#include "ledger/intake/intake.hpp"

namespace coop::intake {

/// What became of a table of hours.
struct HoursIntake {
  IntakeReport report;
  std::optional<int> number;   ///< of the import; nothing: it recorded none
  std::optional<int> same_as;  ///< the import that recorded all of this very file before
};

/// Submits hours from a table, as a time tracker exports it or as our own exports write it. A member is named
/// by number, or by the name of a sign-in that is linked with one member. A row that says the same as one
/// that recorded hours is known; so are all rows of a file that came in whole before. A doubtful row is told
/// with its line and column, and stops everything or is left out. Always the same number of statements for a
/// thousand rows. Throws Refused: statement_format_unknown, statement_undecided, statement_unreadable,
/// import_unreadable (too many rows, or none).
HoursIntake import_hours(Tx& tx, const books::Node& node, std::string_view bytes, const HoursMapping& mapping,
                         Doubtful doubtful, const books::Author& author);

}  // namespace coop::intake
