#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/books/entry.hpp"
#include "reports/account_reading.hpp"

namespace coop::reports {

/// Amounts of postings in one unit, their sign left aside; both ends included.
struct AmountRange {
  std::string unit;  ///< a unit's code
  std::optional<std::int64_t> from_minor;
  std::optional<std::int64_t> to_minor;
};

/// Which entries; every condition that is given must hold. The conditions on postings (account, about,
/// amount) must all hold for one and the same posting of the entry; the entry is then shown complete.
struct EntryFilter {
  std::optional<EntryNumber> from_number = std::nullopt;
  std::optional<EntryNumber> to_number = std::nullopt;
  std::optional<Day> from_on = std::nullopt;
  std::optional<Day> to_on = std::nullopt;
  std::optional<Instant> known_at = std::nullopt;
  std::optional<std::string> text =
      std::nullopt;  ///< part of the description or the reference, upper and lower case alike
  std::optional<std::string> reference = std::nullopt;  ///< the whole reference
  std::optional<std::string> source = std::nullopt;     ///< how the source begins
  std::optional<UserId> recorded_by = std::nullopt;
  std::optional<std::string> account =
      std::nullopt;  ///< a path: this account and what lies below it, in every unit
  AboutCodes about = {};
  std::optional<AmountRange> amount = std::nullopt;
};

/// In which order entries are listed. Entries booked on the same day come in the order of recording.
enum class EntryOrder { recorded, recorded_newest_first, booked, booked_newest_first };
/// "recorded", "-recorded", "booked", "-booked".
std::string_view text_of(EntryOrder order);
/// Throws Refused: field_invalid.
EntryOrder entry_order_from(std::string_view text);

/// A page of entries, complete with their postings.
struct EntryPage {
  std::vector<books::Entry> entries;
  std::optional<std::string> next;  ///< cursor of the next page
};

/// The entries in their order, page by page. All pages of a list show the books as they were when the first
/// was read: entries recorded since then are left out. Flat: a later page costs what the first does. Throws
/// Refused: cursor_invalid, field_invalid (limit, amounts, numbers), day_malformed (last day before the
/// first), path_malformed, unit_unknown, dimension_unknown.
EntryPage read_entries(Tx& tx, NodeId node, const EntryFilter& filter, EntryOrder order, int limit,
                       const std::optional<std::string>& cursor);

/// One entry. Throws Refused: entry_unknown.
books::Entry read_entry(Tx& tx, NodeId node, EntryNumber number);

/// The entries with these numbers, in the order of the numbers given; those that do not exist are left out.
/// `last` leaves reversals recorded after it unmentioned.
std::vector<books::Entry> read_entries_by_number(Tx& tx, NodeId node, const std::vector<EntryNumber>& numbers,
                                                 std::optional<EntryNumber> last = std::nullopt);

}  // namespace coop::reports
