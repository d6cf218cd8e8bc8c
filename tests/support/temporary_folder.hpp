#pragma once
#include <filesystem>

namespace coop::test {

/// Where folders are made that nobody names a place for: $TMPDIR, or /tmp.
std::filesystem::path usual_place();

/// A place whose files are kept in memory, where a thousand of them are made and removed in a tenth of the
/// time; the usual one if this machine has none with some gigabytes free.
std::filesystem::path place_in_memory();

/// A folder of its own in a place, removed with all that is in it. Anybody may enter it, so that
/// PostgreSQL can when the tests run as root. What an earlier run that crashed left behind is removed too.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::filesystem::path& place = usual_place());
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace coop::test
