#include "ledger/statements/written_day.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "ledger/statements/source_text.hpp"

namespace coop::statements {

namespace {

/// A number of a day, as it is written.
struct DayNumber {
  int value = 0;
  std::size_t digits = 0;
};

std::optional<DayNumber> cut_number(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  DayNumber number;
  for (; !text.empty() && is_digit(text.front()) && number.digits < 4; text.remove_prefix(1), ++number.digits)
    number.value = number.value * 10 + (text.front() - '0');
  if (number.digits == 0) return std::nullopt;
  return number;
}

bool cut_mark(std::string_view& text, bool& is_apostrophe) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  constexpr std::string_view marks = "/-.'";
  if (text.empty() || marks.find(text.front()) == std::string_view::npos) return false;
  is_apostrophe = text.front() == '\'';
  text.remove_prefix(1);
  return true;
}

std::string_view without_time(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return text;
  const std::size_t before = text.find_last_of("T ", colon);
  return before == std::string_view::npos ? text : trimmed(text.substr(0, before));
}

bool is_possible(const WrittenDay& written) {
  return find_clamped_day(written.year, written.first, written.second) ||
         (!written.is_decided && find_clamped_day(written.year, written.second, written.first));
}

std::optional<WrittenDay> from_eight_digits(std::string_view text) {
  const auto number = [text](std::size_t at, std::size_t size) {
    return std::stoi(std::string{text.substr(at, size)});
  };
  const WrittenDay written{number(0, 4), number(4, 2), number(6, 2), true};
  if (!is_possible(written)) return std::nullopt;
  return written;
}

}  // namespace

std::optional<ClampedDay> find_clamped_day(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const date::day written{static_cast<unsigned>(day)};
  const auto last = date::year{year} / date::month{static_cast<unsigned>(month)} / date::last;
  const date::day found = std::min(written, last.day());
  const date::sys_days days{last.year() / last.month() / found};
  return ClampedDay{Day::of_count(days.time_since_epoch().count()), found != written};
}

int year_of_two_digits(int digits) { return digits >= 80 ? 1900 + digits : 2000 + digits; }

std::optional<WrittenDay> find_written_day(std::string_view text) {
  text = without_time(trimmed(text));
  if (text.size() == 8 && is_number(text)) return from_eight_digits(text);
  std::array<DayNumber, 3> numbers;
  bool is_apostrophe = false;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0 && !cut_mark(text, is_apostrophe)) return std::nullopt;
    const std::optional<DayNumber> number = cut_number(text);
    if (!number) return std::nullopt;
    numbers[i] = *number;
  }
  if (!text.empty()) return std::nullopt;
  WrittenDay written{numbers[2].value, numbers[0].value, numbers[1].value, false};
  if (numbers[0].digits == 4) {
    written = {numbers[0].value, numbers[1].value, numbers[2].value, true};
  } else if (numbers[2].digits <= 2) {
    written.year = is_apostrophe ? 2000 + written.year : year_of_two_digits(written.year);
  }
  const bool has_short_rest = numbers[1].digits <= 2 && std::min(numbers[0].digits, numbers[2].digits) <= 2;
  if (!has_short_rest || !is_possible(written)) return std::nullopt;
  return written;
}

void DayOrderFinding::add(const WrittenDay& written, std::size_t line, std::string_view field) {
  if (written.is_decided || written.first == written.second) return;
  if (written.first > 12) {
    needs_day_month = true;
    keep_first(day_month_at, line, field);
  } else if (written.second > 12) {
    needs_month_day = true;
    keep_first(month_day_at, line, field);
  } else {
    is_ambiguous = true;
  }
}

void DayOrderFinding::require_one_order() const {
  if (needs_day_month && needs_month_day)
    refuse_contradiction(day_month_at, month_day_at, "the order of day and month");
}

std::optional<ClampedDay> day_in_order(const WrittenDay& written, DayOrder order) {
  if (written.is_decided || order == DayOrder::month_day)
    return find_clamped_day(written.year, written.first, written.second);
  return find_clamped_day(written.year, written.second, written.first);
}

}  // namespace coop::statements
