#include "api/http/body_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

constexpr std::uint64_t believed_bytes = 256 * 1024;

/// An open file without a name, or -1.
int open_unnamed_file() {
  std::error_code failed;
  std::string folder = std::filesystem::temp_directory_path(failed).string();
  if (failed) folder = "/tmp";
  const int unnamed = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (unnamed >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return unnamed;
  std::string path = folder + "/coopledger-body-XXXXXX";
  const int named = ::mkostemp(path.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(path.c_str());
  return named;
}

}  // namespace

BodyFile::BodyFile(int descriptor, std::shared_ptr<std::atomic<std::uint64_t>> room)
    : descriptor_{descriptor}, room_{std::move(room)} {}

BodyFile::~BodyFile() {
  ::close(descriptor_);
  *room_ -= size_;
}

std::string BodyFile::read(std::uint64_t offset, std::size_t count) const {
  if (offset >= size_) return {};
  std::string bytes(std::min<std::uint64_t>(count, size_ - offset), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got =
        ::pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      throw Unavailable{std::string{"a body's temporary file cannot be read: "} + std::strerror(errno)};
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

bool BodyFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    size_ += static_cast<std::uint64_t>(written);
    *room_ += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

BodyStore::BodyStore(const HttpSettings& settings, std::shared_ptr<BodyRoom> room)
    : settings_{settings}, room_{std::move(room)} {}

void BodyStore::expect(std::uint64_t bytes) {
  if (bytes <= settings_.body_in_memory) text_.reserve(std::min(bytes, believed_bytes));
}

bool BodyStore::append(std::string_view bytes) {
  if (file_ == nullptr) {
    const std::uint64_t others = room_->in_memory.fetch_add(bytes.size());
    if (text_.size() + bytes.size() <= settings_.body_in_memory &&
        others + bytes.size() <= settings_.bodies_in_memory) {
      text_ += bytes;
      size_ += bytes.size();
      return true;
    }
    room_->in_memory -= bytes.size();
    if (!move_to_file()) return false;
  }
  return write_to_file(bytes);
}

bool BodyStore::move_to_file() {
  const int descriptor = open_unnamed_file();
  if (descriptor < 0) return false;
  file_ = std::make_shared<BodyFile>(descriptor,
                                     std::shared_ptr<std::atomic<std::uint64_t>>{room_, &room_->in_files});
  if (!text_.empty() && !file_->append(text_)) return false;
  room_->in_memory -= text_.size();
  text_ = {};
  return true;
}

bool BodyStore::write_to_file(std::string_view bytes) {
  if (room_->in_files + bytes.size() > settings_.bodies_in_files) return false;
  size_ += bytes.size();
  return file_->append(bytes);
}

void BodyStore::move_to(HttpRequest& request) {
  room_->in_memory -= text_.size();
  request.body = std::move(text_);
  request.body_file = std::move(file_);
  text_ = {};
  size_ = 0;
}

void BodyStore::clear() {
  room_->in_memory -= text_.size();
  text_ = {};
  file_.reset();
  size_ = 0;
}

}  // namespace coop::api
