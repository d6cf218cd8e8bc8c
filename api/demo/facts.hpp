#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/day.hpp"

namespace coop::api::demo {

// Who the five nodes are. Figures of January 2026 are those of the worked example E1 (docs/guides/demo.md);
// everything about 2025, and every person, is invented.

/// Months are counted: 0 is January 2025, 12 is January 2026.
inline constexpr int last_month = 12;
/// The month's first day.
Day first_day_of(int month);
/// The month's last day.
Day last_day_of(int month);
/// "2025-03"
std::string month_text(int month);

/// Dues a month by tier, in cents of EUR.
inline constexpr std::array<std::int64_t, 4> tier_prices{1'000, 2'000, 4'500, 10'000};
/// What an hour is worth, in cents of EUR.
inline constexpr std::int64_t hour_price = 2'500;

/// A member organisation that does paid work.
struct Worker {
  std::string_view name;
  int quarters_claimed;      ///< quarter hours of January 2026 for which pay is asked
  int quarters_contributed;  ///< quarter hours of January 2026 that count as contribution
};

/// A bill that a node pays for all, each month.
struct ServerBill {
  std::string_view cost_object;
  std::string_view supplier;
  std::int64_t minor;  ///< cents of EUR
};

/// How a node lives beside the shared service, in its own currency.
struct NodeFacts {
  std::string_view name;
  std::string_view title;
  std::string_view country;
  std::string_view time_zone;
  std::string_view currency;
  std::string_view units_per_eur;  ///< the month's rate, as in E2
  int currency_scale;
  std::string_view local_unit;     ///< or empty
  std::string_view local_per_eur;  ///< or empty
  std::array<int, 4> members;      ///< by tier, in January 2026
  std::vector<Worker> workers;
  std::vector<ServerBill> bills;
  std::vector<std::string_view> given_names;
  std::string_view meeting_place;
};

/// bcn, mcr, got, mtl, nrt: always in this order.
std::span<const NodeFacts> nodes();
/// The node that holds the common fund for all: mcr.
inline constexpr std::size_t host = 1;

/// How a member pays.
enum class Habit { monthly, late, quarterly, struggling };

/// A member who pays dues, or a worker (who pays none).
struct Member {
  std::string code;  ///< "M0001"
  std::string name;
  int tier;    ///< position in tier_prices, -1 for workers
  int joined;  ///< the first month that is billed; 0: before the demonstration begins
  int left;    ///< the first month that is not billed any more; 13: still there
  Habit habit;
};

/// Members by code: those who pay dues, in the order in which they joined, then the workers.
std::vector<Member> members_of(const NodeFacts& node);
/// The member code of a node's worker.
std::string code_of_worker(const std::vector<Member>& members, std::string_view worker);

}  // namespace coop::api::demo
