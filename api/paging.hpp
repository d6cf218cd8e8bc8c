#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace coop::api {

/// Where a list goes on: the sort key of the last item seen, as texts.
using CursorKey = std::vector<std::string>;

/// Makes the opaque text of a cursor (base64url). `list` names the list and its filters; a cursor works in
/// that list only.
std::string cursor_text(std::string_view list, const CursorKey& key);

/// As `parts`: any number of them.
inline constexpr std::size_t any_parts = 0;
/// Reads it again. Throws Refused: cursor_invalid, if it is damaged, of another list or does not have `parts`
/// parts.
CursorKey cursor_key(std::string_view list, std::string_view text, std::size_t parts);

/// A part of a cursor as a number. Throws Refused: cursor_invalid.
std::int64_t cursor_number(const std::string& part);

}  // namespace coop::api
