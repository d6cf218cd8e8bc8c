#include <CLI/CLI.hpp>

#include <csignal>
#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/commands.hpp"
#include "api/commands/demo_loading.hpp"
#include "api/log.hpp"
#include "api/server/server.hpp"
#include "ledger/database/migrations.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

/// SIGTERM and SIGINT, kept from every thread that is started later, so that only wait() takes them.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  void wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
    log_event(LogLevel::info, "stopping", {{"signal", signal}});
  }

 private:
  sigset_t signals_{};
};

void bring_up_schema(const BooksDatabase& books, const Settings& settings) {
  if (!settings.migrate_at_start) return books.require_schema();
  Database owner{books.owner_settings()};
  migrate(owner);
}

void say_first_token(const std::optional<access::FirstToken>& token) {
  if (!token) return;
  std::cout << "There was no operator yet. The token of the new user \"" << token->user
            << "\", shown once and good for seven days:\n\n  " << token->text << "\n\n"
            << "Use it as `Authorization: Bearer " << token->text.substr(0, 9)
            << "…` to make users and nodes.\n"
            << std::flush;
}

/// What a browser takes: "http://127.0.0.1:8080". A Unix socket is named as it is.
std::string address_of(const std::string& listen, int port) {
  if (listen.starts_with("unix:")) return listen;
  return "http://" + listen.substr(0, listen.rfind(':')) + ':' + std::to_string(port);
}

int run_serve(const Settings& settings, bool with_demo) {
  const StopSignals signals;
  const BooksDatabase books{settings, BooksUse::serve};
  books.require_durable();
  bring_up_schema(books, settings);
  Server server{settings, books.service_settings(), system_clock()};
  say_first_token(server.first_operator_token());
  if (with_demo) {
    Database database{books.service_settings()};
    load_demo_aloud(database);
  }
  server.start();
  log_event(LogLevel::info, "serving",
            {{"listen", settings.http.listen}, {"port", static_cast<int>(server.port())}});
  std::cout << "CoopLedger serves at " << address_of(settings.http.listen, server.port())
            << (settings.public_url.empty() ? "" : ", to others at " + settings.public_url)
            << " (Ctrl-C stops it)." << std::endl;
  signals.wait();
  server.stop();
  return static_cast<int>(ExitCode::success);
}

}  // namespace

void add_serve(CommandLine& line) {
  const auto with_demo = std::make_shared<bool>(false);
  CLI::App& command = line.add(
      {"serve",
       "Serves the books: the REST API over PostgreSQL, its own private one unless --database names another",
       {SettingGroup::books, SettingGroup::service, SettingGroup::log},
       {"coopledger serve", "coopledger serve --data /var/lib/coopledger --listen 127.0.0.1:8080",
        "coopledger serve --demo   # with the books of five demonstration co-operatives",
        "coopledger serve --database postgresql://coopledger@db/books --listen unix:/run/coopledger/http"}},
      [with_demo](const Configuration& configuration) {
        return run_serve(configuration.settings, *with_demo);
      });
  command.add_flag("--demo", *with_demo, "loads the demonstration first; doing it again adds nothing");
}

}  // namespace coop::api
