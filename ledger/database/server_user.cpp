#include "ledger/database/server_user.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

namespace fs = std::filesystem;

struct Account {
  uid_t uid;
  gid_t gid;
  std::string name;
};

std::optional<Account> account_from(int answer, const passwd* found) {
  if (answer != 0 || found == nullptr) return {};
  return Account{found->pw_uid, found->pw_gid, found->pw_name};
}

std::optional<Account> account_of(uid_t uid) {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 16'384> buffer{};
  const int answer = getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
  return account_from(answer, found);
}

std::optional<Account> account_named(const char* name) {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 16'384> buffer{};
  const int answer = getpwnam_r(name, &entry, buffer.data(), buffer.size(), &found);
  return account_from(answer, found);
}

std::vector<gid_t> groups_of(const Account& account) {
  std::vector<gid_t> groups(256);
  int count = static_cast<int>(groups.size());
  if (getgrouplist(account.name.c_str(), account.gid, groups.data(), &count) < 0) return {account.gid};
  groups.resize(static_cast<std::size_t>(count));
  return groups;
}

[[noreturn]] void fail(const std::string& what) {
  throw Unavailable{"the private PostgreSQL cannot start: " + what};
}

/// The outermost parent of `folder` that `user` may not enter.
std::optional<fs::path> closed_parent(const fs::path& folder, const ServerUser& user) {
  const FilesAs rights{user};
  fs::path walked;
  for (const fs::path& part : folder) {
    const fs::path parent = walked;
    walked /= part;
    struct stat found {};
    if (stat(walked.c_str(), &found) != 0) return parent;
  }
  return {};
}

}  // namespace

ServerUser server_user() {
  const std::optional<Account> own = account_of(geteuid());
  if (!own)
    fail("user " + std::to_string(geteuid()) + " has no name in /etc/passwd, and PostgreSQL needs one");
  if (own->uid != 0) return {own->uid, own->gid, own->name, own->name, {}, false};
  const std::optional<Account> postgres = account_named("postgres");
  if (!postgres) {
    fail(
        "it never runs as root, and there is no user `postgres`. Install the package postgresql, or start as "
        "another user.");
  }
  return {postgres->uid, postgres->gid, postgres->name, own->name, groups_of(*postgres), true};
}

FilesAs::FilesAs(const ServerUser& user) : changed_{user.differs} {
  if (!changed_) return;
  setfsgid(user.gid);
  setfsuid(user.uid);
}

FilesAs::~FilesAs() {
  if (!changed_) return;
  setfsuid(geteuid());
  setfsgid(getegid());
}

void require_own_folder(const fs::path& folder, const ServerUser& user) {
  std::error_code error;
  fs::create_directories(folder, error);
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail("the folder " + folder.string() + " cannot be used: " + std::strerror(errno));
  struct stat found {};
  bool ours = fstat(descriptor, &found) == 0 && found.st_uid == user.uid;
  if (!ours && user.differs && fs::is_empty(folder, error))
    ours = fchown(descriptor, user.uid, user.gid) == 0;
  if (ours) fchmod(descriptor, 0700);
  close(descriptor);
  if (!ours) {
    fail("the folder " + folder.string() + " belongs to somebody else, not to " + user.name +
         ". Name another folder, or give it to that user (chown).");
  }
  if (const std::optional<fs::path> closed = closed_parent(fs::absolute(folder), user)) {
    fail("PostgreSQL runs as the user " + user.name + ", who may not enter " + closed->string() +
         ". Name a data folder elsewhere, such as /var/lib/coopledger.");
  }
}

}  // namespace coop
