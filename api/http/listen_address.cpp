#include "api/http/listen_address.hpp"

#include <sys/un.h>

#include <algorithm>
#include <charconv>

namespace coop::api {

namespace {

constexpr std::string_view unix_prefix = "unix:";

bool is_port(std::string_view text) {
  int port = -1;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
  return failed == std::errc{} && end == text.data() + text.size() && port >= 0 && port <= 65'535;
}

/// Letters, digits and the marks of names and numeric addresses.
bool is_host(std::string_view text, std::string_view marks) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != std::string_view::npos;
  });
}

}  // namespace

std::optional<ListenAddress> listen_address_from(std::string_view text) {
  if (text.starts_with(unix_prefix)) {
    const std::string_view path = text.substr(unix_prefix.size());
    if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path)) return std::nullopt;
    return ListenAddress{std::string{path}, {}, {}};
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || !is_port(text.substr(colon + 1))) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const bool in_brackets = host.size() > 2 && host.starts_with('[') && host.ends_with(']');
  if (in_brackets) host = host.substr(1, host.size() - 2);
  if (!is_host(host, in_brackets ? ":.%" : ".-_")) return std::nullopt;
  return ListenAddress{{}, std::string{host}, std::string{text.substr(colon + 1)}};
}

}  // namespace coop::api
