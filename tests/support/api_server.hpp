#pragma once
#include <boost/json.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/configuration.hpp"
#include "ledger/access/role.hpp"
#include "ledger/values/day.hpp"
#include "tests/support/test_database.hpp"

namespace coop::api {
class Server;
}

namespace coop::test {

/// An answer of the API. Header names are lower case.
struct ApiAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;
  std::string body;

  /// The body as JSON. Throws if it is none.
  boost::json::value json() const;
  /// The text of a top-level member of the body, numbers as digits; "" if it is not there.
  std::string text(std::string_view member) const;
  /// The problem's code, or "".
  std::string code() const { return text("code"); }
};

/// What is sent beside method and path.
struct ApiRequest {
  std::string body = {};
  std::string key = {};    ///< Idempotency-Key; "" makes a fresh one for methods other than GET
  std::string token = {};  ///< "" uses the fixture's token, "-" sends none
  std::vector<std::pair<std::string, std::string>> headers =
      {};  ///< a Content-Type here replaces the usual one
  bool without_key = false;
  std::uint16_t port = 0;  ///< of another server than the fixture's own
};

/// A clock that stands still at the instant that `text` writes.
Clock clock_at(std::string_view text);

/// A test against a real server in this process, over HTTP, with a fresh database. The books begin with the
/// node "bcn" (EUR) of which the fixture's user "tess" is treasurer, the accounts assets:bank, assets:cash,
/// income:dues and expense:rent in EUR, open since 2020-01-01, and the operator's token. Every answer is
/// compared with the OpenAPI document.
class ApiTest : public DatabaseTest {
 protected:
  /// `settings` may change what the server starts with, and `clock` is its clock.
  explicit ApiTest(const std::function<void(api::Settings&)>& settings = {}, Clock clock = system_clock());
  ~ApiTest() override;

  ApiAnswer send(const std::string& method, const std::string& path, const ApiRequest& request = {});
  ApiAnswer get(const std::string& path) { return send("GET", path); }
  ApiAnswer post(const std::string& path, const std::string& body) {
    return send("POST", path, {.body = body});
  }
  /// Sends as the operator.
  ApiAnswer operate(const std::string& method, const std::string& path, const std::string& body = {});

  /// Where something of "bcn" is: "/v1/nodes/bcn/members" of "members".
  static std::string at(const std::string& path) { return "/v1/nodes/bcn/" + path; }
  /// Posts to "bcn" what makes something, and answers what came. Fails the test at another status.
  ApiAnswer make(const std::string& path, const std::string& body, int status = 201,
                 const std::string& token = {});
  /// The same of what does something to what is there.
  ApiAnswer done(const std::string& path, const std::string& body, int status = 200,
                 const std::string& token = {}) {
    return make(path, body, status, token);
  }
  /// Posts to "bcn" and answers the code of the refusal; "" if it is not refused.
  std::string refused(const std::string& path, const std::string& body, const std::string& token = {});
  /// Waits until the job of "bcn" has ended that was begun by this answer (202), and answers the job, which
  /// is done or failed.
  ApiAnswer ended(const ApiAnswer& begun);

  /// Makes a user with these roles in "bcn"; "" is no password.
  void add_user(const std::string& name, const std::vector<access::Role>& roles,
                const std::string& password = {});
  /// Makes a user with these roles in "bcn" and answers a token of theirs.
  std::string token_of_new_user(const std::string& name, const std::vector<access::Role>& roles);
  /// Opens an account in "bcn" from 2020-01-01 on.
  void open(const std::string& path, const std::string& type, const std::string& unit = "EUR");
  /// The body of an entry that moves `amount` EUR.
  static std::string entry(const std::string& debit, const std::string& credit, const std::string& amount,
                           const std::string& day = "2026-01-05");
  /// Records such an entry and answers its number. Fails the test if it is refused.
  std::int64_t record(const std::string& debit, const std::string& credit, const std::string& amount,
                      const std::string& day = "2026-01-05");

  const std::string& operator_token() const noexcept { return operator_token_; }
  const std::string& token() const noexcept { return token_; }
  std::uint16_t port() const;
  /// Another server on the same database, with a clock of its own.
  std::unique_ptr<api::Server> another_server(Clock clock) const;
  /// Stops the server and starts another one on the same database.
  void restart();

 private:
  void start();
  api::Settings settings_;
  Clock clock_;
  std::unique_ptr<api::Server> server_;
  std::string operator_token_;
  std::string token_;
  int keys_ = 0;
};

}  // namespace coop::test
