#pragma once
#include <filesystem>

namespace coop::test {

/// A folder of its own below $TMPDIR (or /tmp), removed with all that is in it. Anybody may enter it, so that
/// PostgreSQL can when the tests run as root. What an earlier run that crashed left behind is removed too.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace coop::test
