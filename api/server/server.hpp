#pragma once
#include <memory>
#include <optional>

#include "api/books_database.hpp"
#include "api/configuration.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/values/day.hpp"

namespace coop::api {

/// The program as a server: books, services and workers behind an HTTP door.
class Server {
 public:
  /// The database must be migrated and outlive the server.
  Server(const Settings& settings, const DatabaseSettings& database, Clock clock);
  /// Stops, if it was not stopped.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Opens the door; returns at once. Throws Unavailable, if the address cannot be bound or the database not
  /// reached.
  void start();
  /// The TCP port that it listens on; 0 for a Unix socket.
  std::uint16_t port() const;
  /// Lets the requests that are being served end, at most settings.stop_patience_ms, then closes the door.
  /// What was accepted is on disk before this returns.
  void stop();
  /// Makes an operator and a token that is shown once, if no open user has the operator's right.
  std::optional<access::FirstToken> first_operator_token();

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace coop::api
