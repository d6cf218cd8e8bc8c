#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace coop::api {

/// Where to listen: a Unix socket, or a host and a port.
struct ListenAddress {
  std::string unix_path;  ///< of a Unix socket; else empty
  std::string host;       ///< a name or an address without brackets; "": every address of this machine
  std::string port;       ///< "0" to "65535"
};

/// Takes "address:port", "[address]:port" or "unix:/path" apart; nothing if it is none of them. Whether there
/// is such an address only listening shows.
std::optional<ListenAddress> listen_address_from(std::string_view text);

}  // namespace coop::api
