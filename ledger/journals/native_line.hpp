#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ledger/books/account.hpp"
#include "ledger/books/entry.hpp"
#include "ledger/books/period_lock.hpp"
#include "ledger/journals/native_row.hpp"

namespace coop::journals {

/// The version of the native form that this program writes and reads (docs/formats/native.md).
inline constexpr int native_version = 1;

/// The first line: whose books these are, and where they stand.
struct NativeHead {
  int version;
  std::string node;
  std::string title;
  std::string base_unit;
  std::string country;
  std::string time_zone;
  int fiscal_month;
  int fiscal_day;
  Instant recorded_at;  ///< when the node was made
  Instant exported_at;
  std::int64_t entries;
  std::int64_t holds;
  Hash last_hash;
};

/// A unit that the books use.
struct NativeUnit {
  std::string code;
  std::string name;
  int scale;
  std::string origin;  ///< "currency", "local" or "hours"
};

/// A fund, member, cost object or tax code.
struct NativeDimension {
  int id;
  books::DimensionKind dimension;
  std::string code;
  std::string name;
  Instant recorded_at;
};

/// An account.
struct NativeAccount {
  int id;
  std::string path;
  std::string unit;
  books::AccountType type;
  std::string title;
  std::vector<books::DimensionKind> required;
  books::Limits limits;
  Day opened_on;
  std::optional<Day> closed_on;
  Instant recorded_at;
};

/// A hold, as it was made.
struct NativeHold {
  std::int64_t number;
  Instant made_at;
  std::optional<std::string> made_by;
  std::optional<Instant> expires_at;
  std::string description;
  std::string reference;
  std::string request_key;   ///< a uuid
  std::string content_hash;  ///< a uuid
  std::vector<books::Posting> postings;
};

/// A recorded entry with the fingerprints of the request it came from. `reversed_by` is not part of its line.
struct NativeEntry {
  books::Entry entry;
  std::string request_key;   ///< a uuid
  std::string content_hash;  ///< a uuid
};

/// A signature over the chain's hash at the entry before it in the file.
struct NativeCheckpoint {
  std::int64_t entry;
  Hash hash;
  Instant made_at;
  std::string key_id;
  std::string public_key;  ///< 32 bytes in hexadecimal
  std::string signature;   ///< 64 bytes in hexadecimal
};

/// How a hold ended.
struct NativeHoldEnd {
  std::int64_t hold;
  std::string end;  ///< "posted", "voided" or "expired"
  Instant ended_at;
  std::optional<std::string> ended_by;
  std::optional<std::int64_t> entry;
};

/// A period lock.
struct NativeLock {
  int number;
  books::LockKind lock;
  Day through_on;
  std::string reason;
  std::optional<std::string> locked_by;
  Instant locked_at;
};

/// How a soft lock was lifted.
struct NativeUnlock {
  int lock;
  std::string reason;
  std::optional<std::string> lifted_by;
  Instant lifted_at;
};

/// A row of the outbox.
struct NativeEvent {
  std::int64_t number;
  Instant recorded_at;
  std::string event;
  std::optional<std::int64_t> first_entry;
  std::optional<std::int64_t> last_entry;
  std::optional<std::string> body;  ///< JSON as text
};

/// The first answer to a write that was not an entry, by its request key.
struct NativeAnswer {
  std::string request_key;   ///< a uuid
  std::string content_hash;  ///< a uuid
  int status;
  std::string body;
  Instant recorded_at;
};

/// The last line: how many lines of each kind stand before it, the chain's last hash, and SHA-256 of every
/// byte before.
struct NativeEnd {
  std::map<std::string, std::int64_t> lines;
  Hash last_hash;
  Hash file_hash;
};

/// A line of the native form.
using NativeLine = std::variant<NativeHead, NativeUnit, NativeDimension, NativeAccount, NativeHold,
                                NativeEntry, NativeCheckpoint, NativeHoldEnd, NativeLock, NativeUnlock,
                                NativeEvent, NativeAnswer, NativeRow, NativeEnd>;

/// The word in a line's first field: "books", "unit", "dimension", "account", "hold", "entry", "checkpoint",
/// "hold_end", "lock", "unlock", "event", "answer", "end", or that of a kind of row.
std::string_view kind_of(const NativeLine& line);

/// Appends the line as one JSON object and a line feed. Accounts' limits are written with the decimals of
/// `scales`.
void append_native_line(std::string& out, const NativeLine& line, const Scales& scales);

/// Reads a line without its line feed; amounts have the decimals of `scales`.
/// Throws Refused: import_unreadable (not such a line), import_contradicts (an unknown unit), and what the
/// values refuse.
NativeLine native_line_from(std::string_view json, const Scales& scales);

}  // namespace coop::journals
