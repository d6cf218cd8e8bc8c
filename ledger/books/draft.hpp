#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/values/money.hpp"

namespace coop::books {

/// Sixteen bytes of SHA-256: names a request (who asked and the key) or its content.
using Fingerprint = std::array<unsigned char, 16>;
/// The first sixteen bytes of SHA-256 of `text`.
Fingerprint fingerprint_of(std::string_view text);
/// The name of a request: the user of the same name with the same key on the same node makes the same
/// request, for ever and wherever the books are restored. Of "request ", the length and letters of the user's
/// name ("3:ann"; "-" for nobody), a blank and the key.
Fingerprint request_key_of(std::optional<std::string_view> user, std::string_view key);
/// The name of item `index` of a request of many.
Fingerprint item_key_of(const Fingerprint& request, std::size_t index);
/// As PostgreSQL writes a uuid.
std::string uuid_text_of(const Fingerprint& fingerprint);
/// Throws InvariantBroken unless it is a uuid as PostgreSQL writes it.
Fingerprint fingerprint_from_uuid(std::string_view text);

/// One line that is asked for. The account is named by its path and the amount's unit.
struct DraftPosting {
  std::string account;
  Money amount;
  DimensionCodes about;
  std::string note;  ///< or empty
};

/// What to do with an entry whose day lies in a closed period.
enum class LateEntry { refuse, first_open_day };

/// An entry that is asked for.
struct Draft {
  Fingerprint request_key;
  std::optional<UserId> asked_by;
  Day booked_on;
  LateEntry late = LateEntry::refuse;
  std::string description;
  std::string reference;                ///< or empty
  std::string source;                   ///< a link to what it rests on, or empty
  std::optional<EntryNumber> reverses;  ///< whose opposite the postings are, line by line
  std::optional<HoldNumber> uses_hold;
  std::vector<DraftPosting> postings;
};

/// What the draft asks for, without who asks and with which key: repeated with the same key it must be the
/// same. `units` are the codes of the postings' units, in the order of the postings: like everything else in
/// it they are the same wherever the books are restored. docs/formats/native.md says of what text it is.
Fingerprint content_hash_of(const Draft& draft, std::span<const std::string_view> units);

/// The most that one posting moves, either way, in minor units: ten thousand million million euros. Balances
/// and totals are kept in 64 bits, where there is room for nine such postings: one slip of the keyboard fills
/// none.
inline constexpr std::int64_t most_posting_minor = 1'000'000'000'000'000'000;
/// Whether one posting may move as much.
constexpr bool is_within_one_posting(std::int64_t minor) noexcept {
  return minor >= -most_posting_minor && minor <= most_posting_minor;
}
/// The most postings in one entry.
inline constexpr std::size_t most_postings = 1'000;
/// The most entries in one batch.
inline constexpr std::size_t most_drafts = 10'000;

}  // namespace coop::books
