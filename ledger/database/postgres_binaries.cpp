#include "ledger/database/postgres_binaries.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "ledger/database/child_process.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

namespace fs = std::filesystem;

constexpr int oldest_major = 15;

bool holds_server(const fs::path& folder) {
  return access((folder / "postgres").c_str(), X_OK) == 0 && access((folder / "initdb").c_str(), X_OK) == 0;
}

/// The number in "postgres (PostgreSQL) 15.20 (Debian …)", or 0.
int major_of(const fs::path& folder) {
  std::istringstream words{output_of(folder / "postgres", "--version")};
  std::string program;
  std::string name;
  int major = 0;
  words >> program >> name >> major;
  return major;
}

std::vector<fs::path> candidate_folders() {
  std::vector<fs::path> folders;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{"/usr/lib/postgresql", error})
    folders.push_back(entry.path() / "bin");
  for (const auto& entry : fs::directory_iterator{"/usr", error})
    if (entry.path().filename().string().starts_with("pgsql-")) folders.push_back(entry.path() / "bin");
  const char* path = std::getenv("PATH");
  std::istringstream parts{path == nullptr ? "" : path};
  for (std::string part; std::getline(parts, part, ':');)
    if (part.starts_with('/')) folders.emplace_back(part);
  return folders;
}

}  // namespace

PostgresBinaries find_postgres_binaries(std::optional<int> major) {
  std::optional<PostgresBinaries> best;
  for (const fs::path& folder : candidate_folders()) {
    if (!holds_server(folder)) continue;
    const int found = major_of(folder);
    const bool fits = major ? found == *major : found >= oldest_major;
    if (fits && (!best || found > best->major)) best = PostgresBinaries{found, folder};
  }
  if (best) return *best;
  if (major) {
    const std::string number = std::to_string(*major);
    throw Unavailable{"the books were made with PostgreSQL " + number +
                      ", which is not installed any more: install " + "postgresql-" + number +
                      ", or carry the books over with `coopledger backup` and `restore`"};
  }
  throw Unavailable{
      "no PostgreSQL (version 15 or newer) is installed: install the package postgresql, or name an "
      "operator's own server with --database"};
}

}  // namespace coop
