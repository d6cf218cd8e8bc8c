#include "ledger/statements/camt_reading.hpp"

#include <algorithm>
#include <utility>

#include "ledger/values/refusal.hpp"

namespace coop::statements {

namespace {

constexpr std::size_t most_digits_of_schema = 18;
constexpr int most_decimals_of_schema = 5;
constexpr std::size_t shown_bytes = 40;

bool is_in_capitals(std::string_view text, std::string_view capitals) {
  return std::ranges::equal(text, capitals,
                            [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b; });
}

std::string currency_of(Element amount) {
  for (const pugi::xml_attribute attribute : amount.written().attributes()) {
    std::string_view name = attribute.name();
    name.remove_prefix(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
    if (is_in_capitals(name, "CCY")) return attribute.value();
  }
  return {};
}

std::optional<Day> clamped_day(std::string_view written, CamtReading& reading) {
  if (written.size() < 10 || written.substr(8) < "29" || written.substr(8) > "31") return std::nullopt;
  const auto first = find_day(std::string{written.substr(0, 8)} + "01");
  if (!first) return std::nullopt;
  const Day day = Day{date::year_month_day{*first}}.last_of_month();
  reading.note("day_clamped", shown(written) + " is no day: read as " + day.text());
  return day;
}

}  // namespace

void CamtReading::note(std::string_view code, std::string text) {
  if (notes.size() < most_notes) notes.push_back({std::string{code}, place, std::move(text)});
}

void CamtReading::refuse(const std::string& fault) const {
  throw Refused{Refusal::statement_unreadable, place.empty() ? fault : place + ": " + fault};
}

std::string shown(std::string_view text) {
  if (text.size() <= shown_bytes) return "“" + std::string{text} + "”";
  std::size_t end = shown_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return "“" + std::string{text.substr(0, end)} + "…”";
}

CamtAmount amount_of(Element amount, CamtReading& reading) {
  const std::string text = text_of(amount);
  auto number = find_decimal(text);
  if (!number) reading.refuse(std::string{amount.name()} + " " + shown(text) + " is no amount");
  if (number->mantissa < 0)
    throw Refused{Refusal::statement_undecided, reading.place + ": " + std::string{amount.name()} + " " +
                                                    shown(text) + " has a sign of its own beside CdtDbtInd"};
  const std::size_t leading = std::min(text.find_first_not_of("+0."), text.size());
  if (text.size() - leading > most_digits_of_schema + 1)
    reading.refuse(std::string{amount.name()} + " " + shown(text) + " has too many digits");
  if (number->places > most_decimals_of_schema)
    reading.note("schema_broken", shown(text) + " has more than five decimals");
  std::string currency = currency_of(amount);
  if (currency.empty())
    reading.note("schema_broken", std::string{amount.name()} + " " + shown(text) + " has no currency");
  return {*std::move(number), std::move(currency)};
}

std::optional<int> sign_of(Element parent, CamtReading& reading) {
  const Element indicator = child(parent, "CdtDbtInd");
  if (says(indicator, "CRDT")) return 1;
  if (says(indicator, "DBIT")) return -1;
  const std::string word = text_of(indicator);
  const bool is_credit = is_in_capitals(word, "CRDT");
  if (!is_credit && !is_in_capitals(word, "DBIT")) return std::nullopt;
  reading.note("schema_broken", "CdtDbtInd says " + shown(word) + ", not in capitals");
  return is_credit ? 1 : -1;
}

Decimal signed_amount(Decimal amount, int sign) {
  if (sign < 0) amount.mantissa = -amount.mantissa;
  return amount;
}

std::optional<Day> day_from(const std::string& text, CamtReading& reading) {
  if (text.empty()) return std::nullopt;
  const std::string_view written = std::string_view{text}.substr(0, 10);
  // What follows the day is a time, a zone, or both.
  const bool is_whole = text.size() == 10 || (text.size() > 10 && std::string_view{"T Z+-"}.find(text[10]) !=
                                                                      std::string_view::npos);
  const auto found = is_whole ? find_day(written) : std::nullopt;
  if (found) return Day::of_count(found->time_since_epoch().count());
  if (is_whole)
    if (const auto clamped = clamped_day(written, reading)) return clamped;
  reading.refuse(shown(text) + " is no day");
}

std::optional<Day> day_of(Element choice, CamtReading& reading) {
  if (!choice) return std::nullopt;
  const Element written = child(choice, {"Dt", "DtTm"});
  return day_from(text_of(written ? written : choice), reading);
}

}  // namespace coop::statements
