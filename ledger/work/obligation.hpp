#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"
#include "ledger/work/circle.hpp"

namespace coop::work {

/// An obligation of a node, counted from 1 within the node.
using ObligationNumber = Id<struct ObligationKindTag, std::int32_t>;

/// How many members one request may name.
constexpr std::size_t most_members_at_once = 1'000;

/// What each of some members owes in a time, and in what it may be met: minutes, or an amount.
struct ObligationTerms {
  std::string title;
  std::string circle = {};  ///< the code of the circle to which it is owed; empty: to the node
  Day from_on;
  Day until_on;
  std::optional<int> minutes = {};
  std::optional<std::int64_t> minor = {};       ///< minor units of `unit`
  std::optional<UnitId> unit = {};              ///< of what is said in money
  std::optional<std::int64_t> rate_minor = {};  ///< what an hour is worth, in minor units
  bool by_hours;
  bool by_money;
  bool by_kind;
  std::string decision;
};
/// Throws Refused, the first of: field_invalid (title), day_malformed (its last day is before its first),
/// field_missing and field_invalid (minutes or an amount, one of them), field_invalid (payable_in nothing),
/// field_missing (rate_an_hour, where hours and amounts are to be compared), field_invalid (rate_an_hour),
/// decision_missing, field_invalid (decision).
void require_obligation(const ObligationTerms& terms);

/// An obligation on record.
struct Obligation {
  ObligationNumber number;
  ObligationTerms terms;
  std::optional<CircleId> circle_id;
  int members;  ///< how many owe it
  Instant recorded_at;
  std::optional<std::string> recorded_by;  ///< a user's name
  std::optional<Instant> withdrawn_at = {};
  std::string withdrawn_for = {};  ///< why
};

/// How an obligation is settled otherwise than by hours; `reversed` takes such a settlement back.
enum class SettlementKind { money, kind, waived, reversed };
/// "money" …
std::string_view text_of(SettlementKind kind);
/// Throws Refused: field_invalid.
SettlementKind settlement_kind_from(std::string_view text);

/// A settlement on record; what its kind does not use is empty.
struct ObligationSettlement {
  int number;  ///< counts those of the obligation from 1
  SettlementKind kind;
  std::string member;
  Day on;
  std::optional<std::int64_t> minor;
  std::optional<int> minutes;
  std::optional<EntryNumber> entry;
  std::optional<int> reverses;
  std::string words;
  bool counts;  ///< false: it was taken back, takes one back, or its entry was reversed
  Instant recorded_at;
  std::optional<std::string> recorded_by;
};

/// What a member did of an obligation, in sums.
struct ObligationDone {
  std::int64_t approved_minutes = 0;
  std::int64_t waiting_minutes = 0;  ///< wait for somebody's decision
  std::int64_t money_minor = 0;
  std::int64_t kind_minor = 0;
  std::int64_t waived_minor = 0;
  std::int64_t waived_minutes = 0;
};

/// The same thing as minutes and as an amount, each where the obligation can be said so.
struct HoursOrMoney {
  std::optional<std::int64_t> minutes = {};
  std::optional<std::int64_t> minor = {};
};

/// How a member stands.
struct ObligationStanding {
  HoursOrMoney owed;
  HoursOrMoney done;    ///< by approved hours; as an amount, by what they made less open or more beyond
  HoursOrMoney open;    ///< rounded up: so much completes it
  HoursOrMoney beyond;  ///< rounded down: what was done and settled beyond it
  bool is_complete;
};
/// Works it out, exactly: what is done and settled is compared in sixtieths of minor units, an hour at its
/// worth. Amounts add up: what is owed, less what was done, settled and waived, is what is open less what is
/// beyond. What waits does not count. Throws Refused:
/// amount_overflow.
ObligationStanding standing_of(const ObligationTerms& terms, const ObligationDone& done);

/// Minutes of work in two parts. Their amounts are what approving them changes: of the first what is open
/// gets less, of both what is beyond gets more, to the minor unit.
struct HoursSplit {
  int toward;  ///< complete the obligation, or what they do of it
  int rest;    ///< are beyond it
  std::optional<std::int64_t> toward_minor;
  std::optional<std::int64_t> rest_minor;
};
/// How many of `minutes` more an obligation takes, where what waits is approved. Throws Refused:
/// amount_overflow.
HoursSplit split_hours(const ObligationTerms& terms, const ObligationDone& done, int minutes);

}  // namespace coop::work
