#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "ledger/journals/json_fields.hpp"
#include "ledger/values/day.hpp"

namespace coop::journals {

/// Throws Refused: import_contradicts with these words, unless it holds.
void require_consistent(bool holds, const std::string& otherwise);
/// The field's text, of `least` to `most` letters. Throws Refused: import_contradicts.
std::string require_text(JsonFields& row, std::string_view name, std::size_t least, std::size_t most);
/// The field's text, which is one of these. Throws Refused: import_contradicts.
std::string require_word(JsonFields& row, std::string_view name,
                         std::initializer_list<std::string_view> words);
/// The field's text, of one to `most` of these characters. Throws Refused: import_contradicts.
std::string require_letters(JsonFields& row, std::string_view name, std::string_view letters,
                            std::size_t most);
/// The field's text, which is a hash: 64 hexadecimal digits. Throws Refused: import_contradicts.
std::string require_hash(JsonFields& row, std::string_view name);
/// The field's number, from `least` to what 31 bits hold. Throws Refused: import_contradicts.
std::int64_t require_count(JsonFields& row, std::string_view name, std::int64_t least);
/// The day by whose rules of spending the row is judged, which is that of its recording wherever the node
/// was; it may be missing where there were no rules. Throws Refused: import_contradicts.
Day require_ruled_on(JsonFields& row, Instant recorded_at, std::int64_t rules);

}  // namespace coop::journals
