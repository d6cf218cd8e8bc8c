#pragma once
#include <string>

#include "api/configuration.hpp"

namespace coop::api {

/// What nginx is known by.
struct NginxNames {
  std::string host;         ///< "books.example.org"
  std::string certificate;  ///< files; empty: where Let's Encrypt puts them for `host`
  std::string key;
};

/// The host in an address such as "https://books.example.org/x"; empty for an empty address.
std::string host_of(std::string_view url);

/// A file for nginx's http block: TLS for `names.host`, and a proxy to where the settings listen. It ends
/// slow and broken clients before they reach us, and passes on only complete, unambiguous requests. Throws
/// Refused: name_malformed, field_invalid (an address that nginx cannot be told).
std::string nginx_site(const Settings& settings, const NginxNames& names);

}  // namespace coop::api
