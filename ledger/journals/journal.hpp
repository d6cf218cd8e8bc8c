#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/books/entry.hpp"

namespace coop::journals {

/// Takes a written journal piece by piece, in order.
using Sink = std::function<void(std::string_view)>;

/// The plain-text accounting programs whose journals we write.
enum class Dialect { hledger, ledger, beancount };
/// "hledger", "ledger" or "beancount".
std::string_view text_of(Dialect dialect);
/// Throws Refused: field_invalid.
Dialect dialect_from(std::string_view text);

/// The last posting of an account in the journal's order: by effective day, entry, line.
struct LastPosting {
  EntryNumber entry;
  int line;
  Day booked_on;
};

/// A unit as a journal declares it.
struct JournalUnit {
  std::string code;
  std::string name;
  int scale;
};

/// An account as a journal declares it: a path in one unit.
struct JournalAccount {
  std::string path;
  std::string unit;
  int scale;  ///< the unit's decimals
  books::AccountType type;
  std::string title;
  Day opened_on;
  std::optional<Day> closed_on;
  std::int64_t balance_minor;       ///< after all entries, debit positive
  std::optional<LastPosting> last;  ///< none: the account was never used
};

/// The accounts of one path, one a unit: in plain-text accounting they are one account.
using SamePath = std::vector<const JournalAccount*>;
/// The day on which the first of them was opened.
Day opened_on(const SamePath& accounts);
/// The last day on which one of them takes postings; nothing while one is open.
std::optional<Day> closed_on(const SamePath& accounts);

/// What stands before the entries of a journal.
struct JournalHead {
  std::string node;   ///< its name
  std::string title;  ///< what people call it
  std::string base_unit;
  std::vector<JournalUnit> units;
  std::vector<JournalAccount> accounts;  ///< in a stable order: names are made safe in this order
};

/// Writes one journal: begin once, each entry in the order of effective day and number, end once. Keeps the
/// accounts in memory, never the entries.
class JournalWriter {
 public:
  virtual ~JournalWriter() = default;
  virtual void begin(const JournalHead& head) = 0;
  /// Throws Refused: day_malformed, if the program cannot read so early a day.
  virtual void write(const books::Entry& entry) = 0;
  virtual void end() = 0;
};

/// The writer of a dialect. Each balance is asserted at the account's last posting, to the last minor unit.
std::unique_ptr<JournalWriter> journal_writer(Dialect dialect, Sink sink);

}  // namespace coop::journals
