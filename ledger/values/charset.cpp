#include "ledger/values/charset.hpp"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "ledger/values/text.hpp"

namespace coop {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr char substitute = '\x1A';
constexpr std::size_t longest_name = 40;
// Enough of a file to see how its characters lie.
constexpr std::size_t looked_at = 4096;

std::optional<std::string> converted(std::string_view bytes, const std::string& charset) {
  std::string text(bytes.size() * 3 + 16, '\0');
  for (int attempt = 0; attempt < 2; ++attempt) {
    UErrorCode failed = U_ZERO_ERROR;
    const auto length =
        ucnv_convert("UTF-8", charset.c_str(), text.data(), static_cast<std::int32_t>(text.size()),
                     bytes.data(), static_cast<std::int32_t>(bytes.size()), &failed);
    if (failed == U_BUFFER_OVERFLOW_ERROR) {
      text.resize(static_cast<std::size_t>(length) + 1);
      continue;
    }
    if (U_FAILURE(failed)) return std::nullopt;
    text.resize(static_cast<std::size_t>(length));
    return text;
  }
  return std::nullopt;
}

/// Where the zeros of the file's beginning lie: at even and at odd places.
std::string utf16_by_zeros(std::string_view bytes) {
  const std::string_view begin = bytes.substr(0, looked_at);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < begin.size(); ++i) zeros[i % 2] += begin[i] == '\0' ? 1 : 0;
  const std::size_t many = begin.size() / 4;
  if (begin.size() < 4) return {};
  if (zeros[1] > many && zeros[0] == 0) return "UTF-16LE";
  if (zeros[0] > many && zeros[1] == 0) return "UTF-16BE";
  return {};
}

std::string lowered(std::string_view text) {
  std::string small{text};
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
}

/// True if `name` may be asked of ICU: a plain name that can be, and that leaves ASCII alone.
bool is_worth_trying(std::string_view name) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == ':';
  };
  const std::string small = lowered(name);
  if (small.empty() || small.size() > longest_name || !std::ranges::all_of(small, is_plain)) return false;
  // Those were tried already.
  for (const char* part_of_windows_1252 :
       {"utf", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "us-ascii", "ascii"}) {
    const std::string_view other = part_of_windows_1252;
    if (small == other || (other == "utf" && small.starts_with(other))) return false;
  }
  constexpr std::string_view ascii = ":20:<A>-z,;\"\n";
  return converted(ascii, small) == std::string{ascii};
}

/// True if ICU put characters that mean "none" where the bytes have none.
bool has_more_gaps(std::string_view text, std::string_view bytes) {
  const bool has_substitute =
      bytes.find(substitute) == std::string_view::npos && text.find(substitute) != std::string_view::npos;
  return has_substitute || text.find(replacement) != std::string_view::npos;
}

std::string with_declared(std::string_view bytes, std::string_view declared, std::string& charset) {
  if (is_worth_trying(declared)) {
    const std::optional<std::string> text = converted(bytes, std::string{declared});
    if (text && !has_more_gaps(*text, bytes)) {
      charset = declared;
      return *text;
    }
  }
  charset = "windows-1252";
  return converted(bytes, charset).value_or(std::string{});
}

// Without a branch, as is the next, so that the compiler looks at many bytes at once.
bool is_c0(unsigned char c) { return ((c < 0x20) & (c != '\t') & (c != '\r') & (c != '\n')) | (c == 0x7F); }

/// True for a byte that is, or may begin, a control character.
bool may_begin_control(unsigned char c) { return is_c0(c) | (c == 0xC2); }

/// So many bytes at a time are looked at for control characters.
constexpr std::size_t block_bytes = 64;

bool is_plain_block(const char* bytes) {
  unsigned char found = 0;
  for (std::size_t i = 0; i < block_bytes; ++i)
    found |= static_cast<unsigned char>(may_begin_control(static_cast<unsigned char>(bytes[i])));
  return found == 0;
}

bool is_ascii_block(const char* bytes) {
  unsigned char found = 0;
  for (std::size_t i = 0; i < block_bytes; ++i) {
    const auto c = static_cast<signed char>(bytes[i]);  // negative beyond ASCII
    found |= static_cast<unsigned char>(((c < 0x20) & (c != '\t') & (c != '\r') & (c != '\n')) | (c == 0x7F));
  }
  return found == 0;
}

/// The text behind the blocks at its front that are ASCII without control characters, as most are.
std::string_view behind_plain_ascii(std::string_view text) {
  // What is far ahead is asked for in time: of a large file, memory is what takes longest here.
  constexpr std::size_t ahead = 16 * block_bytes;
  for (; text.size() >= block_bytes && is_ascii_block(text.data()); text.remove_prefix(block_bytes))
    if (text.size() > ahead) __builtin_prefetch(text.data() + ahead);
  return text;
}

/// The first byte that may be, or begin, a control character; the text's size if there is none.
std::size_t first_control(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); at += block_bytes) {
    const std::string_view block = text.substr(at, block_bytes);
    if (block.size() == block_bytes && is_plain_block(block.data())) continue;
    for (std::size_t i = 0; i < block.size(); ++i)
      if (may_begin_control(static_cast<unsigned char>(block[i]))) return at + i;
  }
  return text.size();
}

/// Blanks for control characters, in place: C0 and DEL take one byte, C1 two.
void blank_controls(DecodedText& decoded) {
  std::string& text = decoded.text;
  std::size_t end = first_control(text);
  for (std::size_t i = end; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool is_c1 = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    decoded.had_nul = decoded.had_nul || c == 0;
    text[end++] = is_c0(c) || is_c1 ? ' ' : text[i];
    if (is_c1) ++i;
  }
  text.resize(end);
}

}  // namespace

void append_character(std::string& text, char32_t character) {
  const auto byte = [&text](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
  const bool is_control = (character < 0x20 && character != '\t' && character != '\r' && character != '\n') ||
                          (character >= 0x7F && character < 0xA0);
  if (is_control || (character >= 0xD800 && character < 0xE000) || character > 0x10FFFF) {
    text += ' ';
  } else if (character < 0x80) {
    byte(character);
  } else if (character < 0x800) {
    byte(0xC0 | character >> 6), byte(0x80 | (character & 0x3F));
  } else if (character < 0x10000) {
    byte(0xE0 | character >> 12), byte(0x80 | (character >> 6 & 0x3F)), byte(0x80 | (character & 0x3F));
  } else {
    byte(0xF0 | character >> 18), byte(0x80 | (character >> 12 & 0x3F));
    byte(0x80 | (character >> 6 & 0x3F)), byte(0x80 | (character & 0x3F));
  }
}

std::string_view text_in(std::string_view bytes, std::string& space) {
  const std::string_view text = bytes.starts_with(utf8_mark) ? bytes.substr(utf8_mark.size()) : bytes;
  const std::string_view rest = behind_plain_ascii(text);
  if (is_storable_text(rest) && first_control(rest) == rest.size()) return text;
  space = text_from_bytes(bytes).text;
  return space;
}

DecodedText text_from_bytes(std::string_view bytes, std::string_view declared) {
  DecodedText decoded{};
  std::string utf16;
  bool is_plain = false;
  if (bytes.starts_with(utf8_mark)) {
    bytes.remove_prefix(utf8_mark.size());
    is_plain = is_storable_text(bytes);
  } else if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    utf16 = bytes.front() == '\xFF' ? "UTF-16LE" : "UTF-16BE";
    bytes.remove_prefix(2);
  } else if (is_plain = is_storable_text(bytes); !is_plain) {
    utf16 = utf16_by_zeros(bytes);
  }
  if (!utf16.empty()) {
    decoded.text = converted(bytes, utf16).value_or(std::string{});
    decoded.charset = utf16;
  } else if (is_plain) {
    decoded.text = bytes;
    decoded.charset = "UTF-8";
  } else {
    decoded.text = with_declared(bytes, declared, decoded.charset);
  }
  blank_controls(decoded);
  return decoded;
}

}  // namespace coop
