#include "ledger/values/text.hpp"

#include <cstdint>

namespace coop {

namespace {

// The smallest code point that needs so many continuation bytes.
constexpr std::uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};

}  // namespace

bool is_storable_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead == 0) return false;
    if (lead < 0x80) continue;
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

}  // namespace coop
