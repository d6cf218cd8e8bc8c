#include "api/http/request_target.hpp"

#include <cstdint>

namespace coop::api {

namespace {

int hex_value(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

/// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) continue;
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - at < more) return false;
    std::uint32_t code = lead & (0x3Fu >> more);
    for (std::size_t i = 0; i < more; ++i) {
      const auto next = static_cast<unsigned char>(text[at++]);
      if ((next & 0xC0) != 0x80) return false;
      code = (code << 6) | (next & 0x3F);
    }
    if ((more == 2 && code < 0x800) || (more == 3 && code < 0x10000)) return false;
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
  }
  return true;
}

/// Removes "http://host" or "https://host" from an absolute form.
std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {std::string_view{"http://"}, std::string_view{"https://"}}) {
    if (!target.starts_with(scheme)) continue;
    const std::size_t path = target.find_first_of("/?", scheme.size());
    if (path == std::string_view::npos) return "/";
    return target.substr(path);
  }
  return target;
}

std::string_view read_segments(std::string_view path, HttpRequest& request) {
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  path.remove_prefix(1);
  while (true) {
    const std::size_t slash = path.find('/');
    auto segment = percent_decoded(path.substr(0, slash), false);
    if (!segment) return "The path holds a broken percent-encoding, a NUL or bytes that are not UTF-8.";
    if (*segment == "." || *segment == "..") return "The path holds a `.` or `..` segment.";
    request.segments.push_back(std::move(*segment));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  if (request.segments.size() == 1 && request.segments.front().empty()) request.segments.clear();
  return {};
}

std::string_view read_query(std::string_view query, HttpRequest& request) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = percent_decoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1), true);
    if (!name || !value)
      return "The query holds a broken percent-encoding, a NUL or bytes that are not UTF-8.";
    request.query.emplace_back(std::move(*name), std::move(*value));
  }
  return {};
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  bool ascii = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char letter = text[i];
    if (letter == '+' && plus_is_space) {
      letter = ' ';
    } else if (letter == '%') {
      if (text.size() - i < 3) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      letter = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (letter == '\0') return std::nullopt;
    if (static_cast<unsigned char>(letter) >= 0x80) ascii = false;
    decoded += letter;
  }
  if (!ascii && !is_utf8(decoded)) return std::nullopt;
  return decoded;
}

std::string_view read_target(std::string_view target, HttpRequest& request) {
  if (target == "*") {
    request.path = target;
    return {};
  }
  if (target.find('#') != std::string_view::npos) return "The target holds a fragment (`#`).";
  target = without_authority(target);
  if (target.starts_with('?')) return "The target has no path.";
  if (!target.starts_with('/')) return "The target is neither a path nor a http address.";
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (const std::string_view fault = read_segments(request.path, request); !fault.empty()) return fault;
  return mark == std::string_view::npos ? std::string_view{} : read_query(target.substr(mark + 1), request);
}

}  // namespace coop::api
