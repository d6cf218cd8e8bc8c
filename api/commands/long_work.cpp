#include "api/commands/long_work.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <memory>

#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

volatile std::sig_atomic_t stop_asked = 0;

void ask_to_stop(int) { stop_asked = 1; }

mode_t mode_of(Readers readers) { return readers == Readers::owner ? 0600 : 0666; }

/// A file that is being written; gone again unless it was kept.
class UnfinishedFile {
 public:
  UnfinishedFile(std::string name, Readers readers) : name_{std::move(name)} {
    std::error_code nothing_there;
    std::filesystem::remove(name_, nothing_there);
    const int made = open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_of(readers));
    require(made >= 0);
    close(made);
    out_.open(name_, std::ios::binary);
    require(static_cast<bool>(out_));
  }
  ~UnfinishedFile() {
    std::error_code ignored;
    if (!kept_) std::filesystem::remove(name_, ignored);
  }
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  void write(std::string_view piece) { require(static_cast<bool>(out_ << piece)); }
  void keep_as(const std::string& name) {
    out_.close();
    require(static_cast<bool>(out_));
    std::filesystem::rename(name_, name);
    kept_ = true;
  }

 private:
  void require(bool good) const {
    if (!good) throw Unavailable{"the file " + name_ + " cannot be written"};
  }

  std::string name_;
  std::ofstream out_;
  bool kept_ = false;
};

}  // namespace

journals::Watch watch_on_terminal() {
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  journals::Watch watch;
  watch.cancelled = [] { return stop_asked != 0; };
  if (isatty(STDERR_FILENO) == 0) return watch;
  watch.progress = [](const journals::Progress& progress) {
    std::cerr << '\r' << progress.stage << ' ' << progress.done;
    if (progress.total > 0) std::cerr << " of " << progress.total;
    std::cerr << (progress.total > 0 && progress.done >= progress.total ? "   \n" : "   ") << std::flush;
  };
  return watch;
}

bool write_whole_file(const std::string& file, Readers readers,
                      const std::function<bool(const std::function<void(std::string_view)>&)>& write) {
  if (file == "-") {
    const bool done = write([](std::string_view piece) { std::cout << piece; });
    std::cout.flush();
    if (!std::cout) throw Unavailable{"standard output cannot be written"};
    return done;
  }
  UnfinishedFile out{file + ".unfinished", readers};
  const bool done = write([&](std::string_view piece) { out.write(piece); });
  if (done) out.keep_as(file);
  return done;
}

InputFile::InputFile(const std::string& name) : path_{name} {
  if (name != "-") return;
  std::string copy = (std::filesystem::temp_directory_path() / "coopledger-XXXXXX").string();
  const int file = mkstemp(copy.data());
  if (file < 0) throw Unavailable{"no temporary file can be made for standard input"};
  close(file);
  path_ = copy;
  is_copy_ = true;
  std::ofstream out{path_, std::ios::binary};
  out << std::cin.rdbuf();
  if (!out.flush()) throw Unavailable{"standard input cannot be kept in a temporary file"};
}

InputFile::~InputFile() {
  std::error_code ignored;
  if (is_copy_) std::filesystem::remove(path_, ignored);
}

}  // namespace coop::api
