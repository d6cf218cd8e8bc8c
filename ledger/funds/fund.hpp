#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/dimension.hpp"
#include "ledger/funds/fund_buffer.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::funds {

/// What a fund is for. `held` is money of others: it is owed to them, and no part of what the co-operative
/// has.
enum class FundPurpose { media, venue, community, civil_society, reserve, hardship, grant, held, other };
/// "media" …
std::string_view text_of(FundPurpose purpose);
/// Throws Refused: field_invalid.
FundPurpose fund_purpose_from(std::string_view text);

/// What is decided about a fund from a day on.
struct FundTermDraft {
  Day from_on;
  FundPurpose purpose;
  UnitId unit;
  bool is_indivisible = false;  ///< never paid out to members
  std::string funder = {};      ///< an organisation; "" none
  std::string conditions = {};
  std::vector<FundBuffer> buffers = {};    ///< the highest counts
  std::vector<std::string> accounts = {};  ///< paths of the assets in which its money lies
  std::string decision;
};

/// The same on record, counted from 1 within the fund.
struct FundTerm {
  int number;
  FundTermDraft terms;
  Instant recorded_at;
  std::optional<std::string> recorded_by_name;
};

/// A fund with everything that was decided about it, in the order of recording.
struct Fund {
  books::Dimension dimension;
  std::vector<FundTerm> terms;
};

/// The terms that count on a day: those with the latest first day, of one day the last recorded; null if
/// there are none yet. `terms` are in the order of their numbers.
const FundTerm* terms_on(const std::vector<FundTerm>& terms, Day day);

/// Refuses what would be paid out to members of a fund that nobody may divide. Throws Refused:
/// fund_indivisible, at `field`.
void require_divisible(const Fund& fund, Day day, const std::string& field);

/// Where a fund stands in one unit. Minor units.
struct FundFigures {
  DimensionId id;
  std::string code;
  std::string name;
  std::optional<FundPurpose> purpose;  ///< nothing: nobody said what it is for
  bool is_indivisible;
  UnitId unit;
  std::string unit_code;
  int scale;
  std::int64_t balance_minor;   ///< what it was given and has not spent
  std::int64_t buffer_minor;    ///< what must stay: the highest measure on that day
  std::int64_t mandates_minor;  ///< left of the mandates that are open, and pots of open rounds
  std::int64_t unbooked_minor;  ///< drawn on mandates, and in no entry yet
  std::int64_t orders_minor;    ///< ordered to be paid at its cost, and not paid yet
  bool is_held = false;         ///< money of others, also on days before its terms
};

/// What open mandates, draws and orders will still take out of the fund.
std::int64_t committed_minor(const FundFigures& figures);
/// What may still be promised: balance less buffer less what is committed. Negative where too much is.
std::int64_t free_minor(const FundFigures& figures);

}  // namespace coop::funds
