#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/statements/camt_document.hpp"
#include "ledger/statements/camt_elements.hpp"
#include "ledger/statements/statement.hpp"

namespace coop::statements {

/// The most notes that are kept of one file.
inline constexpr std::size_t most_notes = 200;

/// What is known while a camt file is read: where the reader stands, whose account it is, what it has to say.
struct CamtReading {
  FileKind kind;
  CamtDocument& document;       ///< the file
  std::string word = {};        ///< "Stmt", "Rpt" or "Ntfctn": what the file calls a statement
  std::string place = {};       ///< "Stmt 1, Ntry 3": what is read now
  std::string account = {};     ///< the statement's
  std::string currency = {};    ///< the statement's
  std::string owner = {};       ///< the name of the account's owner, if the file has it
  std::optional<Day> day = {};  ///< the statement's day, for lines that have none
  std::vector<Note> notes = {};
  Elements entry = {};    ///< the line that is read now
  Elements payment = {};  ///< the payment of it that is read now

  /// Adds a note about `place`; at most most_notes are kept.
  void note(std::string_view code, std::string text);
  /// Throws Refused: statement_unreadable, with `place`.
  [[noreturn]] void refuse(const std::string& fault) const;
};

/// An amount with its currency.
struct CamtAmount {
  Decimal amount;
  std::string currency;
};

/// Reads an amount without its sign. Exact: decimals and leading zeros as they are written. More decimals
/// than the schemas allow, and no currency, are noted. Throws Refused: statement_unreadable (no amount, too
/// long), statement_undecided (it has a sign of its own, beside the one that CdtDbtInd says).
CamtAmount amount_of(Element amount, CamtReading& reading);
/// +1 if the element's CdtDbtInd says CRDT, -1 for DBIT, in capitals or, with a note, not; nothing if it says
/// neither.
std::optional<int> sign_of(Element parent, CamtReading& reading);
/// The amount with that sign.
Decimal signed_amount(Decimal amount, int sign);
/// The day in a choice of Dt and DtTm, as it is written, no zone shifted; nothing if there is no such
/// element. A day that its month does not have (30 February of banks that count so) is the month's last, with
/// a note. Throws Refused: statement_unreadable.
std::optional<Day> day_of(Element choice, CamtReading& reading);
/// The first day of a text that begins with one: "2026-01-31", "2026-01-31T23:59:00+01:00". See day_of.
std::optional<Day> day_from(const std::string& text, CamtReading& reading);
/// A text of the file as a message can show it, cut short.
std::string shown(std::string_view text);

}  // namespace coop::statements
