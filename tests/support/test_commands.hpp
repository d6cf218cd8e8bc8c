#pragma once
#include <functional>
#include <string>
#include <vector>

#include "tests/support/api_server.hpp"
#include "tests/support/ran_program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::test {

/// The password of the users of tests of commands.
inline constexpr const char* command_password = "correct horse battery";

/// A test of coopledger's commands on the books of ApiTest, whose server runs meanwhile.
class CommandTest : public ApiTest {
 protected:
  /// `first` stands before what run() is given; "" for nothing. `settings` are those of ApiTest.
  explicit CommandTest(std::string first = {}, const std::function<void(api::Settings&)>& settings = {})
      : ApiTest{settings}, first_{std::move(first)} {}

  /// Runs a command on the test's database.
  Ran run(std::vector<std::string> words) const;
  /// The same as somebody whose password, `command_password`, is the first line of standard input.
  Ran run_as(const std::string& user, std::vector<std::string> words) const;
  /// Runs a command as a shell reads it, with a line on standard input; `first` is not put before it.
  Ran run_with_line(const std::string& line, const std::string& command) const;
  /// The same for somebody whose password is `command_password`; `first` is put before the words.
  Ran run_signed(const std::string& words) const;
  /// Expects of run_signed that it is done and prints this.
  void expect(const std::string& words, const std::string& printed) const;
  /// Expects of run_signed that it is refused, saying this.
  void expect_refused(const std::string& words, const std::string& code) const;
  /// Writes a file, which replaces one of the same name, and answers where it is.
  std::string file(const std::string& bytes, const std::string& name = "request.json") const;

 private:
  std::string first_;
  TemporaryFolder folder_;
};

}  // namespace coop::test
