#include "ledger/journals/native_row_rules.hpp"

#include <algorithm>
#include <limits>

#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

std::string field(std::string_view name) { return "the field `" + std::string{name} + "`"; }

}  // namespace

void require_consistent(bool holds, const std::string& otherwise) {
  if (!holds) throw Refused{Refusal::import_contradicts, otherwise};
}

std::string require_text(JsonFields& row, std::string_view name, std::size_t least, std::size_t most) {
  std::string text = row.text(name);
  const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; };
  const auto letters = static_cast<std::size_t>(std::ranges::count_if(text, is_first_byte));
  require_consistent(letters >= least && letters <= most,
                     field(name) + " has " + std::to_string(letters) + " letters");
  return text;
}

std::string require_word(JsonFields& row, std::string_view name,
                         std::initializer_list<std::string_view> words) {
  std::string text = row.text(name);
  require_consistent(std::ranges::find(words, text) != words.end(),
                     field(name) + " is none of the words for it: " + text);
  return text;
}

std::string require_letters(JsonFields& row, std::string_view name, std::string_view letters,
                            std::size_t most) {
  std::string text = row.text(name);
  require_consistent(
      !text.empty() && text.size() <= most && text.find_first_not_of(letters) == std::string::npos,
      field(name) + " is too long, or has letters that it cannot have: " + text);
  return text;
}

std::string require_hash(JsonFields& row, std::string_view name) {
  std::string text = require_letters(row, name, "0123456789abcdef", 64);
  require_consistent(text.size() == 64, field(name) + " is no hash");
  return text;
}

std::int64_t require_count(JsonFields& row, std::string_view name, std::int64_t least) {
  const std::int64_t number = row.number(name);
  require_consistent(number >= least && number <= std::numeric_limits<std::int32_t>::max(),
                     field(name) + " is too small or too large");
  return number;
}

Day require_ruled_on(JsonFields& row, Instant recorded_at, std::int64_t rules) {
  const Day recorded_on = day_in_zone(recorded_at, "UTC");
  const Day ruled_on = row.maybe_day("ruled_on").value_or(recorded_on);
  require_consistent((row.has("ruled_on") || rules == 0) && ruled_on >= recorded_on.plus_days(-1) &&
                         ruled_on <= recorded_on.plus_days(1),
                     "something is judged by the rules of another day than its own");
  return ruled_on;
}

}  // namespace coop::journals
