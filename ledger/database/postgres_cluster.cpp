#include "ledger/database/postgres_cluster.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include "ledger/database/child_process.hpp"
#include "ledger/database/postgres_configuration.hpp"
#include "ledger/database/socket_folder.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::uintmax_t longest_log = 16U * 1024 * 1024;

void write_file(const fs::path& path, const std::string& text) {
  const fs::path fresh = path.string() + ".new";
  {
    std::ofstream file{fresh, std::ios::trunc | std::ios::binary};
    file << text;
    if (!file.flush()) throw Unavailable{"cannot write " + fresh.string() + ": is the disk full?"};
  }
  fs::rename(fresh, path);
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  std::ifstream file{path};
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

pid_t number_of(const std::string& text) {
  pid_t number = 0;
  const auto answer = std::from_chars(text.data(), text.data() + text.size(), number);
  return answer.ec == std::errc{} ? number : 0;
}

/// The major version that made the cluster at `data`, if there is one.
std::optional<int> version_of(const fs::path& data) {
  const std::vector<std::string> lines = lines_of(data / "PG_VERSION");
  return lines.empty() ? std::nullopt : std::optional<int>{number_of(lines.front())};
}

// So that a new name in a folder survives a power cut.
void sync_folder(const fs::path& folder) {
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

}  // namespace

PostgresCluster::PostgresCluster(const fs::path& folder, const PrivatePostgresSettings& settings)
    : settings_{settings}, user_{server_user()} {
  require_own_folder(folder, user_);
  folder_ = fs::canonical(folder);
  data_ = folder_ / "cluster";
  log_ = folder_ / "postgresql.log";
  socket_ = require_socket_folder(folder_, user_);
}

void PostgresCluster::require_made() {
  const FilesAs rights{user_};
  if (fs::exists(data_)) return;
  const fs::path half_made = folder_ / "cluster.new";
  fs::remove_all(half_made);
  const PostgresBinaries binaries = find_postgres_binaries({});
  std::vector<std::string> arguments{"--pgdata=" + half_made.string(),
                                     "--username=" + std::string{private_superuser},
                                     "--encoding=UTF8",
                                     "--locale=C.UTF-8",
                                     "--data-checksums",
                                     "--auth=peer",
                                     "--no-instructions"};
  // From version 17 on PostgreSQL sorts by itself, so that a new C library never changes the order of an
  // index.
  if (binaries.major >= 17)
    arguments.insert(arguments.end(), {"--locale-provider=builtin", "--builtin-locale=C.UTF-8"});
  if (!settings_.durable) arguments.emplace_back("--no-sync");
  const std::uintmax_t before = log_size();
  if (run_child({binaries.folder / "initdb", arguments, log_}, user_) != 0)
    throw Unavailable{"PostgreSQL could not make its cluster in " + folder_.string() + ":\n" +
                      log_since(before)};
  fs::rename(half_made, data_);
  if (settings_.durable) sync_folder(folder_);
}

void PostgresCluster::write_configuration() const {
  const FilesAs rights{user_};
  write_file(data_ / "postgresql.conf", configuration_text(settings_, shared_memory_type()));
  write_file(data_ / "pg_hba.conf", host_based_access_text());
  write_file(data_ / "pg_ident.conf", identity_text(user_));
  const fs::path own = data_ / "operator.conf";
  if (!fs::exists(own))
    write_file(own, "# PostgreSQL settings of your own; coopledger never changes this file.\n");
}

std::vector<std::string> PostgresCluster::start_arguments() const {
  std::vector<std::string> arguments{"-D", data_.string()};
  for (const std::string& setting : durable_settings(settings_)) {
    arguments.emplace_back("-c");
    arguments.push_back(setting);
  }
  arguments.insert(arguments.end(),
                   {"-c", "listen_addresses=", "-c", "port=5432", "-c",
                    "unix_socket_directories=" + socket_.string(), "-c", "unix_socket_permissions=0700"});
  return arguments;
}

pid_t PostgresCluster::start() const {
  const PostgresBinaries binaries = find_postgres_binaries(version_of(data_));
  return start_child({binaries.folder / "postgres", start_arguments(), log_}, user_);
}

// The postmaster writes its state into the eighth line of its lock file; pg_ctl reads it there too.
bool PostgresCluster::is_ready(pid_t process) const {
  const std::vector<std::string> lines = lines_of(data_ / "postmaster.pid");
  return lines.size() >= 8 && number_of(lines[0]) == process && lines[7].starts_with("ready");
}

// Every process of a PostgreSQL server has its data folder as its working directory.
std::vector<pid_t> PostgresCluster::processes() const {
  std::vector<pid_t> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{"/proc", error}) {
    const pid_t process = number_of(entry.path().filename().string());
    if (process <= 0 || process == getpid()) continue;
    const fs::path where = fs::read_symlink(entry.path() / "cwd", error);
    const fs::path program = fs::read_symlink(entry.path() / "exe", error);
    if (where == data_ && program.filename().string().starts_with("postgres")) found.push_back(process);
  }
  return found;
}

bool PostgresCluster::gone_within(std::chrono::milliseconds patience) const {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!processes().empty()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(10ms);
  }
  return true;
}

void PostgresCluster::stop_leftovers() const {
  const fs::path lock = data_ / "postmaster.pid";
  const std::vector<std::string> lines = lines_of(lock);
  const pid_t postmaster = lines.empty() ? 0 : number_of(lines.front());
  const auto signal_all = [](const std::vector<pid_t>& all, int number) {
    for (const pid_t process : all) kill(process, number);
  };
  const std::vector<pid_t> left = processes();
  // SIGINT is a fast shutdown, SIGQUIT an immediate one; the cluster recovers by itself after any of the
  // three.
  const bool leads = std::find(left.begin(), left.end(), postmaster) != left.end();
  if (leads) signal_all({postmaster}, SIGINT);
  bool gone = left.empty() || (leads && gone_within(20s));
  for (const int severity : {SIGQUIT, SIGKILL}) {
    if (gone) break;
    signal_all(processes(), severity);
    gone = gone_within(5s);
  }
  if (!gone) throw Unavailable{"another PostgreSQL works in " + data_.string() + " and does not end"};
  // Nobody works on the cluster, and we hold its folder's lock: a lock file is stale, even if its number
  // belongs to some other process by now, or to a postmaster that was killed and whose end nobody has asked
  // for yet. So is that of the socket, which lies in a folder of this cluster alone.
  const FilesAs rights{user_};
  fs::remove(lock);
  std::error_code unseen;
  for (const char* stale : {".s.PGSQL.5432.lock", ".s.PGSQL.5432"}) fs::remove(socket_ / stale, unseen);
}

std::uintmax_t PostgresCluster::log_size() const {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(log_, error);
  return error ? 0 : size;
}

void PostgresCluster::rotate_log() const {
  if (log_size() <= longest_log) return;
  const FilesAs rights{user_};
  std::error_code error;
  fs::copy_file(log_, log_.string() + ".1", fs::copy_options::overwrite_existing, error);
  if (!error) fs::resize_file(log_, 0, error);
}

std::string PostgresCluster::log_since(std::uintmax_t offset) const {
  constexpr std::size_t most = 2'000;
  std::ifstream file{log_, std::ios::binary};
  file.seekg(static_cast<std::streamoff>(offset));
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  return text.size() <= most ? text : "…" + text.substr(text.size() - most);
}

}  // namespace coop
