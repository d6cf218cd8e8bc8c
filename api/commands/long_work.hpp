#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "ledger/journals/watch.hpp"

namespace coop::api {

/// Shows progress on the terminal ("recording 12000 of 50000"), nothing where stderr is no terminal. Ctrl-C
/// stops the work after the batch at hand.
journals::Watch watch_on_terminal();

/// Who may read a file that is written: whom the umask lets, or its owner alone (0600).
enum class Readers { usual, owner };

/// Writes a file that is either whole or not there: under another name first, renamed when `write` has
/// returned true. `file` "-" is standard output. Throws Unavailable, if it cannot be written.
bool write_whole_file(const std::string& file, Readers readers,
                      const std::function<bool(const std::function<void(std::string_view)>&)>& write);

/// A file to read: the one that is named, or a copy of standard input for "-".
class InputFile {
 public:
  /// Throws Unavailable, if standard input cannot be kept.
  explicit InputFile(const std::string& name);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
  bool is_copy_ = false;
};

}  // namespace coop::api
