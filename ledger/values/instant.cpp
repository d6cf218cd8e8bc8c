#include <date/tz.h>

#include <algorithm>
#include <array>
#include <optional>

#include "ledger/values/code_text.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

using std::chrono::microseconds;

constexpr std::size_t shortest = 20;  // 2026-01-31T09:05:00Z
constexpr Instant first_instant = date::sys_days{date::year{1} / 1 / 1};
constexpr Instant end_of_instants = date::sys_days{date::year{10000} / 1 / 1};

/// A number of exactly two digits up to `most`, or nothing.
std::optional<int> two_digits(std::string_view text, int most) {
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return {};
  const int number = (text[0] - '0') * 10 + (text[1] - '0');
  return number <= most ? std::optional{number} : std::nullopt;
}

/// Takes ".123456" off the front of `rest`; no dot is no microseconds.
std::optional<microseconds> take_decimals(std::string_view& rest) {
  if (rest.empty() || rest.front() != '.') return microseconds{0};
  rest.remove_prefix(1);
  std::int64_t count = 0;
  int read = 0;
  for (; !rest.empty() && is_digit(rest.front()); rest.remove_prefix(1), ++read)
    count = count * 10 + (rest[0] - '0');
  if (read < 1 || read > 6) return {};
  for (; read < 6; ++read) count *= 10;
  return microseconds{count};
}

/// "Z" or "+05:30": how far local time is ahead of UTC.
std::optional<std::chrono::minutes> offset_of(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::minutes{0};
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return {};
  const std::optional<int> hours = two_digits(text.substr(1), 23);
  const std::optional<int> minutes = two_digits(text.substr(4), 59);
  if (!hours || !minutes) return {};
  const std::chrono::minutes offset{*hours * 60 + *minutes};
  return text[0] == '-' ? -offset : offset;
}

/// "09:05:00.5+01:00" on a day that starts at midnight `day`.
std::optional<Instant> instant_on(date::sys_days day, std::string_view time) {
  const std::optional<int> hour = two_digits(time, 23);
  const std::optional<int> minute = two_digits(time.substr(3), 59);
  // A leap second (":60") is taken as the first moment of the next minute, as PostgreSQL does.
  const std::optional<int> second = two_digits(time.substr(6), 60);
  if (!hour || !minute || !second || time[2] != ':' || time[5] != ':') return {};
  std::string_view rest = time.substr(8);
  const std::optional<microseconds> decimals = take_decimals(rest);
  const std::optional<std::chrono::minutes> offset = offset_of(rest);
  if (!decimals || !offset) return {};
  return Instant{day} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second} + *decimals - *offset;
}

std::optional<Instant> read_instant(std::string_view text) {
  constexpr std::size_t longest = 32;
  if (text.size() < shortest || text.size() > longest || (text[10] != 'T' && text[10] != 't')) return {};
  const std::optional<date::sys_days> day = find_day(text.substr(0, 10));
  if (!day) return {};
  const std::optional<Instant> instant = instant_on(*day, text.substr(11));
  if (!instant || *instant < first_instant || *instant >= end_of_instants) return {};
  return instant;
}

char* write_two(char* out, std::int64_t number) {
  out[0] = static_cast<char>('0' + number / 10);
  out[1] = static_cast<char>('0' + number % 10);
  return out + 2;
}

}  // namespace

Instant instant_from_text(std::string_view text) {
  if (const std::optional<Instant> instant = read_instant(text)) return *instant;
  throw Refused{Refusal::instant_malformed,
                "\"" + std::string{text.substr(0, 40)} + "\" is not an instant such as 2026-01-31T09:05:00Z"};
}

void append_instant(std::string& out, Instant instant) {
  const date::sys_days day = date::floor<date::days>(instant);
  Day::of_count(day.time_since_epoch().count()).append_to(out);
  std::int64_t left = (instant - day).count();
  std::array<char, 17> text{"T00:00:00.000000"};
  for (std::size_t at = 15; at >= 10; --at, left /= 10) text[at] = static_cast<char>('0' + left % 10);
  write_two(&text[7], left % 60);
  write_two(&text[4], left / 60 % 60);
  write_two(&text[1], left / 3600);
  text[16] = 'Z';
  out.append(text.data(), text.size());
}

std::string text_of(Instant instant) {
  std::string text;
  append_instant(text, instant);
  return text;
}

Day day_in_zone(Instant instant, const std::string& zone) {
  const auto& zones = date::get_tzdb().zones;
  const auto found =
      std::lower_bound(zones.begin(), zones.end(), zone,
                       [](const date::time_zone& one, const std::string& name) { return one.name() < name; });
  if (found == zones.end() || found->name() != zone)
    throw Refused{Refusal::name_malformed,
                  "\"" + zone.substr(0, 60) + "\" is not a time zone such as Europe/Madrid"};
  const date::local_days local = date::floor<date::days>(found->to_local(instant));
  return Day::of_count(local.time_since_epoch().count());
}

Clock system_clock() {
  return [] { return date::floor<microseconds>(std::chrono::system_clock::now()); };
}

}  // namespace coop
