#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coop::journals {

/// Where a program of this name is on the PATH, if it is installed.
std::optional<std::filesystem::path> find_program(std::string_view name);

/// How a program ended.
struct ProgramEnd {
  int status;             ///< its exit status, or 128 + the signal that ended it
  std::string complaint;  ///< the first 4 kB of its standard error
};

/// Runs `program` with `arguments` and waits for its end: standard input empty, standard output written to
/// the file `output`, texts read and written as UTF-8 whatever our own locale is. Throws Unavailable, if it
/// cannot be started.
ProgramEnd run_program(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                       const std::filesystem::path& output);

/// A file of our own in the folder for temporary files, removed at the end. Nobody else can read it.
class TemporaryFile {
 public:
  /// Throws Unavailable, if it cannot be made.
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace coop::journals
