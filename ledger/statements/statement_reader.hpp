#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/statements/csv_profile.hpp"
#include "ledger/statements/qif_reader.hpp"
#include "ledger/statements/statement.hpp"
#include "ledger/statements/statement_taker.hpp"

namespace coop::statements {

/// What files do not say, as far as the profile of the account knows it.
struct FileProfile {
  QifReading qif = {};
  std::vector<CsvProfile> csv = {};  ///< each for files of one kind
};

/// A form of files that banks give.
struct Form {
  std::string_view name;                   ///< as people call it: "camt.052, camt.053 or camt.054"
  bool (*claims)(std::string_view begin);  ///< true if the beginning of a file, in UTF-8, looks like it
  /// Gives the statements to the taker, all but finish, and returns the file without its lines. Throws
  /// Refused: statement_unreadable, statement_undecided.
  ReadFile (*read)(std::string_view bytes, const FileProfile& profile, StatementTaker& taker);
};

/// The form that the bytes look like, by what they hold, never by a name; nothing if they look like none.
const Form* find_form(std::string_view bytes);

/// What likeness_of says of bytes that look like nothing.
inline constexpr std::string_view nothing_known = "nothing that is known here";
/// What bytes that are no statement look like, in plain words for the treasurer who sent them: "a PDF
/// document", "a payment order (pain.001)", "an empty file", "nothing that is known here".
std::string likeness_of(std::string_view bytes);

/// Reads a file of a bank, or every file of a ZIP of these, in the order of their names. All or nothing: what
/// one of them is refused for, its name in front, refuses the whole; only PDF documents beside statements are
/// left out, with a note. Text with a header that a profile of `csv` knows is read by it, whatever else it
/// may look like. Throws Refused: statement_format_unknown, with what it looks like; statement_unreadable;
/// statement_undecided.
std::vector<ReadFile> read_statements(std::string_view bytes, const FileProfile& profile = {});

/// The same, given to a taker while it is read; a file that is refused throws after some of it was taken.
void read_statements(std::string_view bytes, const FileProfile& profile, StatementTaker& taker);

}  // namespace coop::statements
