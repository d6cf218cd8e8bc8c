#include "tests/support/test_commands.hpp"

#include <fstream>

namespace coop::test {

Ran CommandTest::run(std::vector<std::string> words) const {
  if (!first_.empty()) words.insert(words.begin(), first_);
  words.insert(words.end(), {"--database", address()});
  return ran_coopledger(std::move(words));
}

Ran CommandTest::run_with_line(const std::string& line, const std::string& command) const {
  const std::string script = "\"$0\" " + command + " --database \"$1\" < \"$2\"";
  return ran({"sh", "-c", script, COOP_BINARY, address(), file(line + "\n", "line")});
}

std::string CommandTest::file(const std::string& bytes, const std::string& name) const {
  const std::string path = (folder_.path() / name).string();
  std::ofstream{path, std::ios::binary} << bytes;
  return path;
}

}  // namespace coop::test
