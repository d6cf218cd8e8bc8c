#include "ledger/database/socket_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <string>

#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_socket_path = 107;
constexpr std::size_t socket_name_length = sizeof("/.s.PGSQL.5432") - 1;

bool fits_socket(const fs::path& folder) {
  const std::string text = folder.string();
  return text.size() + socket_name_length <= longest_socket_path &&
         text.find_first_of(",\"") == std::string::npos;
}

/// FNV-1a: the same folder finds the same short name again.
std::string short_name_of(const fs::path& folder, const ServerUser& user) {
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  for (const char c : folder.string()) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
  char name[64];
  std::snprintf(name, sizeof name, "coopledger-%u-%016llx", user.uid, static_cast<unsigned long long>(hash));
  return name;
}

/// Makes `folder`, or accepts it if nobody else can have put it there or can enter it.
bool made_for(const fs::path& folder, const ServerUser& user) {
  struct stat found {};
  if (mkdir(folder.c_str(), 0700) == 0) return lchown(folder.c_str(), user.uid, user.gid) == 0;
  if (lstat(folder.c_str(), &found) != 0 || !S_ISDIR(found.st_mode)) return false;
  return found.st_uid == user.uid && (found.st_mode & 0077) == 0;
}

}  // namespace

fs::path require_socket_folder(const fs::path& folder, const ServerUser& user) {
  const fs::path usual = folder / "socket";
  if (fits_socket(usual)) {
    const FilesAs rights{user};
    std::error_code error;
    if (fs::is_symlink(usual, error)) fs::remove(usual, error);
    fs::create_directory(usual, error);
    fs::permissions(usual, fs::perms::owner_all, error);
    if (error) throw Unavailable{"cannot make the socket folder " + usual.string() + ": " + error.message()};
    return usual;
  }
  for (const char* parent : {"/run", "/tmp"}) {
    const fs::path brief = fs::path{parent} / short_name_of(folder, user);
    if (!made_for(brief, user)) continue;
    const FilesAs rights{user};
    std::error_code error;
    fs::remove_all(usual, error);
    fs::create_directory_symlink(brief, usual, error);
    return brief;
  }
  throw Unavailable{"no folder for PostgreSQL's socket: the path " + folder.string() +
                    " is too long, and neither /run nor /tmp can be used"};
}

}  // namespace coop
