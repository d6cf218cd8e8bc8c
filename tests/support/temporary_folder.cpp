#include "tests/support/temporary_folder.hpp"

#include <unistd.h>

#include <charconv>
#include <csignal>
#include <stdexcept>
#include <string>

namespace coop::test {

namespace {

namespace fs = std::filesystem;

constexpr const char* prefix = "coopledger-tests-";

/// The process in "coopledger-tests-1234-AbCdEf", or 0.
pid_t maker_of(const std::string& name) {
  pid_t process = 0;
  if (name.starts_with(prefix))
    std::from_chars(name.data() + std::string{prefix}.size(), name.data() + name.size(), process);
  return process;
}

void remove_left_behind(const fs::path& parent) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{parent, error}) {
    const pid_t maker = maker_of(entry.path().filename().string());
    if (maker > 0 && kill(maker, 0) != 0 && errno == ESRCH) fs::remove_all(entry.path(), error);
  }
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  const fs::path parent = fs::temp_directory_path();
  remove_left_behind(parent);
  std::string name = (parent / (prefix + std::to_string(getpid()) + "-XXXXXX")).string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"cannot make " + name};
  path_ = name;
  fs::permissions(path_, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

}  // namespace coop::test
