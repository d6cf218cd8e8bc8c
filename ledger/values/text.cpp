#include "ledger/values/text.hpp"

#include <cstdint>
#include <cstring>

namespace coop {

namespace {

// How many of the first bytes are neither NUL nor part of a character of several bytes, eight at a time.
std::size_t plain_bytes(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t highest = 0x8080808080808080;
  std::size_t at = 0;
  for (std::uint64_t eight = 0; text.size() - at >= sizeof eight; at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    // A byte that is 0 borrows from the highest bit of its own place, or there is such a byte below it.
    if (((eight | (eight - ones)) & highest) != 0) break;
  }
  return at;
}

// The smallest code point that needs so many continuation bytes.
constexpr std::uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};

}  // namespace

bool is_storable_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead == 0) return false;
    if (lead < 0x80) {
      at += plain_bytes(text.substr(at));
      continue;
    }
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - at < more) return false;
    std::uint32_t code = lead & (0x3Fu >> more);
    for (std::size_t i = 0; i < more; ++i) {
      const auto byte = static_cast<unsigned char>(text[at++]);
      if ((byte & 0xC0u) != 0x80u) return false;
      code = code << 6 | (byte & 0x3Fu);
    }
    if (code < smallest[more] || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return false;
  }
  return true;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace coop
