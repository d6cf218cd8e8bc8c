#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/bank_import.hpp"

namespace coop::bank {

/// A signature under a reconciliation, of one node; counted from 1.
using SignoffNumber = Id<struct SignoffKindTag, std::int32_t>;

/// What is signed: the reconciliation of an account as of a day. Minor units of the account.
struct SignedFigures {
  std::int64_t books_minor;
  std::int64_t uncleared_count;
  std::int64_t uncleared_minor;
  std::int64_t unbooked_count;
  std::int64_t unbooked_minor;
  std::int64_t beginning_minor;
  std::optional<std::int64_t> bank_minor;  ///< nothing: no statement says a balance
  std::int64_t difference_minor;
  std::optional<BankImportNumber> import;  ///< of the last statement that says a balance
  std::optional<int> statement;            ///< its position in that file
  std::string text;                        ///< all of it, as a person reads it; names nobody
};

/// Somebody who agreed to what another one signed.
struct Countersignature {
  std::string user;
  Instant recorded_at;
};

/// A signature under a reconciliation.
struct Signoff {
  SignoffNumber number;
  BankAccountNumber account;
  std::string path;  ///< of the account in the books
  UnitId unit;
  Day as_of;
  SignedFigures figures;
  std::string explanation;  ///< of the difference, if there is one
  std::string hash;         ///< SHA-256 of the text, in hexadecimal
  std::int64_t last_entry;  ///< the last of the books when it was signed
  std::int64_t last_event;  ///< the last that the outbox told by then
  bool is_live;
  std::string end_reason;  ///< why it was withdrawn
  Instant recorded_at;
  std::string signer;  ///< the user's name
  UserId signed_by;
  std::vector<Countersignature> countersignatures;
};

/// What changed in the time that was signed, since it was: an entry, a match, a file, a count of cash.
enum class ChangeKind { entry, match, file, count };
/// "entry" …
std::string_view text_of(ChangeKind kind);
/// One of them.
struct SignedChange {
  ChangeKind kind;
  std::int64_t number;
};
/// "entry 4711, match 12"; of many the first ten and how many more there are.
std::string words_of(const std::vector<SignedChange>& changes);

}  // namespace coop::bank
