#include "api/upload.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "ledger/journals/running_hash.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

constexpr std::size_t piece_bytes = 1u << 20;

/// A new file, deleted again unless it is kept.
class NewFile {
 public:
  explicit NewFile(const std::filesystem::path& folder) : name_{(folder / "upload-XXXXXX").string()} {
    descriptor_ = ::mkostemp(name_.data(), O_CLOEXEC);
    if (descriptor_ < 0) throw Unavailable{"the upload cannot be kept in " + folder.string()};
  }
  ~NewFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!kept_) ::unlink(name_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0) throw Unavailable{"the upload cannot be written: the disk may be full"};
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  std::filesystem::path kept() {
    ensure(::fsync(descriptor_) == 0, "an upload reaches the disk");
    kept_ = true;
    return name_;
  }

 private:
  std::string name_;
  int descriptor_ = -1;
  bool kept_ = false;
};

}  // namespace

Uploads::Uploads(std::filesystem::path folder) : folder_{std::move(folder)} {
  std::filesystem::create_directories(folder_);
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
}

Upload Uploads::keep(const HttpRequest& request) const {
  NewFile file{folder_};
  journals::RunningHash hash;
  const auto take = [&](std::string_view piece) {
    hash.add(piece);
    file.write(piece);
  };
  if (!request.body_file) take(request.body);
  for (std::uint64_t at = 0; request.body_file && at < request.body_file->size();) {
    const std::string piece = request.body_file->read(at, piece_bytes);
    ensure(!piece.empty(), "a spooled body is as long as it says");
    take(piece);
    at += piece.size();
  }
  return {file.kept(), hex_of(hash.value())};
}

void Uploads::forget(const std::filesystem::path& file) noexcept {
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
}

}  // namespace coop::api
