#include "ledger/proof/recorded_books.hpp"

namespace coop::proof {

namespace {

constexpr FoundDay first_day = -719'162;  // 0001-01-01
constexpr FoundDay last_day = 2'932'896;  // 9999-12-31
constexpr std::int64_t microseconds_a_day = 86'400'000'000;

}  // namespace

std::optional<Day> day_from(FoundDay day) {
  if (day < first_day || day > last_day) return std::nullopt;
  return Day::of_count(static_cast<std::int32_t>(day));
}

std::optional<Instant> instant_from(FoundInstant instant) {
  if (instant < first_day * microseconds_a_day || instant >= (last_day + 1) * microseconds_a_day) {
    return std::nullopt;
  }
  return Instant{std::chrono::microseconds{instant}};
}

std::string day_text(FoundDay day) {
  const auto known = day_from(day);
  return known ? known->text() : "a day that does not exist";
}

std::string instant_text(FoundInstant instant) {
  const auto known = instant_from(instant);
  return known ? coop::text_of(*known) : "a moment that does not exist";
}

}  // namespace coop::proof
