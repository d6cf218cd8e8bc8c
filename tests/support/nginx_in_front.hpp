#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>

#include "api/configuration.hpp"
#include "tests/support/raw_http_client.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {

/// nginx with the configuration that `coopledger nginx` prints, without any rights: the site listens on free
/// ports of this machine, with TLS and without, instead of 443 and 80; all else is as printed.
class NginxInFront {
 public:
  /// False if the program is not here.
  static bool is_installed();
  /// In front of a server that listens where `settings` say. Throws std::runtime_error, if nginx does not
  /// start.
  explicit NginxInFront(const api::Settings& settings);
  ~NginxInFront();
  NginxInFront(const NginxInFront&) = delete;
  NginxInFront& operator=(const NginxInFront&) = delete;

  /// Where it speaks without TLS.
  std::uint16_t port() const noexcept { return port_; }
  std::uint16_t tls_port() const noexcept { return tls_port_; }
  testing::RawHttpClient client() const { return testing::RawHttpClient{port_}; }
  /// Sends `bytes` over a connection of its own and reads one answer.
  testing::RawAnswer ask(std::string_view bytes) const;
  /// What nginx complains about.
  std::string complaints() const;

 private:
  std::string configuration(const api::Settings& settings) const;
  void start();
  bool listens();
  void stop();

  TemporaryFolder folder_;
  std::uint16_t port_ = 0;
  std::uint16_t tls_port_ = 0;
  std::uint16_t redirect_port_ = 0;
  pid_t process_ = -1;
};

}  // namespace coop::test
