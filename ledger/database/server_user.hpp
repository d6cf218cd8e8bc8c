#pragma once
#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace coop {

/// The operating-system user PostgreSQL runs as: ourselves, or `postgres` when we are root (PostgreSQL
/// refuses to run as root).
struct ServerUser {
  uid_t uid;
  gid_t gid;
  std::string name;
  std::string own_name;       ///< the user this program runs as
  std::vector<gid_t> groups;  ///< supplementary groups, set only when `differs`
  bool differs;               ///< true if a started program must change to this user
};

/// Throws Unavailable, if we are root and there is no user `postgres`.
ServerUser server_user();

/// While it lives, this thread touches files with the rights of `user`, and files it makes belong to that
/// user. So neither a folder of that user nor a link planted in it can lead root astray.
class FilesAs {
 public:
  explicit FilesAs(const ServerUser& user);
  ~FilesAs();
  FilesAs(const FilesAs&) = delete;
  FilesAs& operator=(const FilesAs&) = delete;

 private:
  bool changed_;
};

/// Makes `folder` (and its parents) so that only `user` and root can enter it. A folder that exists already
/// must be empty or belong to `user`: somebody else's is never taken over. Throws Unavailable: folder of
/// somebody else, or `user` may not enter a parent of it.
void require_own_folder(const std::filesystem::path& folder, const ServerUser& user);

}  // namespace coop
