#include "tests/support/test_commands.hpp"

#include <fstream>

namespace coop::test {

Ran CommandTest::run(std::vector<std::string> words) const {
  if (!first_.empty()) words.insert(words.begin(), first_);
  words.insert(words.end(), {"--database", address()});
  return ran_coopledger(std::move(words));
}

Ran CommandTest::run_as(const std::string& user, std::vector<std::string> words) const {
  if (!first_.empty()) words.insert(words.begin(), first_);
  words.insert(words.begin(), {"sh", "-c", "\"$@\" < \"$0\"",
                               file(std::string{command_password} + "\n", "line"), COOP_BINARY});
  words.insert(words.end(), {"--user", user, "--database", address()});
  return ran(words);
}

Ran CommandTest::run_with_line(const std::string& line, const std::string& command) const {
  const std::string script = "\"$0\" " + command + " --database \"$1\" < \"$2\"";
  return ran({"sh", "-c", script, COOP_BINARY, address(), file(line + "\n", "line")});
}

Ran CommandTest::run_signed(const std::string& words) const {
  return run_with_line(command_password, first_.empty() ? words : first_ + " " + words);
}

void CommandTest::expect(const std::string& words, const std::string& printed) const {
  const Ran done = run_signed(words);
  EXPECT_EQ(done.code, 0) << words << ": " << done.err;
  EXPECT_NE(done.out.find(printed), std::string::npos) << words << ": " << done.out;
}

void CommandTest::expect_refused(const std::string& words, const std::string& code) const {
  const Ran done = run_signed(words);
  EXPECT_EQ(done.code, 1) << words << ": " << done.out;
  EXPECT_NE(done.err.find(code), std::string::npos) << words << ": " << done.err;
}

std::string CommandTest::file(const std::string& bytes, const std::string& name) const {
  const std::string path = (folder_.path() / name).string();
  std::ofstream{path, std::ios::binary} << bytes;
  return path;
}

}  // namespace coop::test
