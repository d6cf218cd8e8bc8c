#include "tests/support/temporary_folder.hpp"

#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdint>
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

std::filesystem::path usual_place() { return fs::temp_directory_path(); }

std::filesystem::path place_in_memory() {
  constexpr const char* place = "/dev/shm";
  constexpr std::uint64_t wanted_bytes = 4ULL << 30U;
  struct statfs room{};
  const bool in_memory =
      statfs(place, &room) == 0 && room.f_type == TMPFS_MAGIC && ::access(place, W_OK) == 0;
  return in_memory && room.f_bavail * static_cast<std::uint64_t>(room.f_bsize) >= wanted_bytes
             ? fs::path{place}
             : usual_place();
}

TemporaryFolder::TemporaryFolder(const fs::path& place) {
  remove_left_behind(place);
  std::string name = (place / (prefix + std::to_string(getpid()) + "-XXXXXX")).string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"cannot make " + name};
  path_ = name;
  fs::permissions(path_, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

}  // namespace coop::test
