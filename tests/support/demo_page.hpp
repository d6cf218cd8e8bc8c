#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_database.hpp"

namespace coop::api {
class Server;
}

namespace coop::test {

/// What guides type after the sign-in: BCN, the node's address, and `ask PATH`, which gets, `tell PATH BODY`,
/// which posts, `only 'FIELD\|FIELD'`, which leaves these of an answer.
inline constexpr const char* asking_and_telling = R"sh(BCN=http://127.0.0.1:8080/v1/nodes/bcn
ask() { curl -s -H "Authorization: Bearer $TOKEN" "$BCN/$1"; }
tell() { curl -s -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
  -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" "$BCN/$1" -d "$2"; }
only() { grep -o "\"\($1\)\":\(\"[^\"]*\"\|[^,}]*\)"; })sh";

/// A test of a documentation page whose commands a reader types into the demonstration, served as `./dev run`
/// does it. Commands say http://127.0.0.1:8080, which stands for the address of this test's server;
/// `coopledger` works on its books, and files are written in one folder of the test's own.
class DemoPage : public DatabaseTest {
 protected:
  DemoPage();
  ~DemoPage() override;

  /// Typed after every sign-in: functions for the commands that follow.
  void before_each(std::string helpers) { helpers_ = std::move(helpers); }
  /// What signs a user of the demonstration in, for a shell: sets TOKEN.
  static std::string sign_in_of(const std::string& user);
  /// What the shell prints for a command after that user signed in (once for all commands: sign-ins are
  /// limited), ending with a line break.
  std::string answer_of(const std::string& command, const std::string& user = "aina");
  /// A block of the page: each command, and what it prints.
  std::string typed(const std::vector<std::string>& commands, const std::string& user = "aina");

 private:
  /// What the shell prints for a script, whose address is that of this test's server.
  std::string printed_by(std::string script) const;

  std::string helpers_;
  std::map<std::string, std::string> tokens_;  ///< by user
  TemporaryFolder folder_;
  std::unique_ptr<api::Server> server_;
};

/// A fenced block of text in this language.
std::string fenced(const std::string& language, const std::string& text);

}  // namespace coop::test
