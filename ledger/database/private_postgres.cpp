#include "ledger/database/private_postgres.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <optional>
#include <thread>

#include "ledger/database/postgres_cluster.hpp"
#include "ledger/database/session.hpp"
#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// An open file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const noexcept { return number_; }

 private:
  int number_;
};

/// " (process 4711)": who wrote their number into the lock file, as `locked_file` does.
std::string holder_in(int file) {
  char text[16] = {};
  const bool is_read = pread(file, text, sizeof text - 1, 0) > 0;
  const int process = is_read ? std::atoi(text) : 0;
  return process > 0 ? " (process " + std::to_string(process) + ")" : "";
}

/// Opens and locks `folder`/lock, so that no two programs run one cluster, and writes our process into it.
/// The lock ends with the process. It is waited for a second: a program that was killed may still be ending,
/// and whoever only looks (`running_private_postgres`) holds it for a moment.
int locked_file(const PostgresCluster& cluster) {
  const FilesAs rights{cluster.user()};
  const fs::path path = cluster.folder() / "lock";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) throw Unavailable{"cannot make the lock file " + path.string()};
  for (auto waited = 0ms; flock(file, LOCK_EX | LOCK_NB) != 0; waited += 20ms) {
    if (waited >= 1s) {
      const std::string holder = holder_in(file);
      close(file);
      throw Unavailable{"the books in " + cluster.folder().string() + " are in use by another coopledger" +
                        holder + ": give this one a --data of its own, or both a --database"};
    }
    std::this_thread::sleep_for(20ms);
  }
  if (ftruncate(file, 0) == 0) dprintf(file, "%d\n", getpid());
  return file;
}

std::string quoted(const std::string& value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text + "'";
}

PrivateAddresses addresses_at(const fs::path& socket_folder, const std::string& database) {
  const auto as = [&](const char* user) {
    return "host=" + quoted(socket_folder.string()) + " port=5432 user=" + user +
           " dbname=" + quoted(database);
  };
  return {as(private_superuser), as(service_role)};
}

}  // namespace

/// The cluster and the thread that starts its postmaster, waits for its death, and starts it again. One
/// thread does all starting, because a child is told of its parent thread's end, not of its process's.
struct PrivatePostgres::Held {
  Held(const fs::path& folder, const PrivatePostgresSettings& settings)
      : cluster{folder, settings}, lock{locked_file(cluster)}, stop{eventfd(0, EFD_CLOEXEC)} {}

  ~Held() {
    if (!watcher.joinable()) return;
    eventfd_write(stop.number(), 1);
    watcher.join();
  }

  void start() {
    std::promise<void> first_start;
    std::future<void> started = first_start.get_future();
    watcher = std::thread{[this, promise = std::move(first_start)]() mutable { watch(promise); }};
    started.get();
  }

  void watch(std::promise<void>& first_start) {
    try {
      cluster.require_made();
      start_postmaster();
    } catch (...) {
      first_start.set_exception(std::current_exception());
      return;
    }
    first_start.set_value();
    while (waits_for_death()) restart();
    end_postmaster();
  }

  /// Starts a postmaster and waits until it is ready. Throws Unavailable with its own words if it ends
  /// instead.
  void start_postmaster() {
    cluster.stop_leftovers();
    cluster.write_configuration();
    cluster.rotate_log();
    const std::uintmax_t before = cluster.log_size();
    const pid_t child = cluster.start();
    while (!cluster.is_ready(child)) {
      if (has_ended(child))
        throw Unavailable{"PostgreSQL did not start; it says:\n" + cluster.log_since(before)};
      if (asked_to_stop(10ms)) break;
    }
    process = child;
  }

  /// After a death, tries until PostgreSQL is back or we are asked to stop.
  void restart() {
    spdlog::error("PostgreSQL ended unexpectedly and is started again");
    for (auto pause = 100ms; process == 0; pause = std::min<std::chrono::milliseconds>(2 * pause, 5s)) {
      try {
        start_postmaster();
      } catch (const std::exception& error) {
        spdlog::error("PostgreSQL does not come back: {}", error.what());
        if (asked_to_stop(pause)) return;
      }
    }
  }

  /// True when the postmaster died, false when we are asked to stop.
  bool waits_for_death() {
    const Descriptor death{static_cast<int>(syscall(SYS_pidfd_open, process.load(), 0))};
    while (process != 0) {
      pollfd watched[] = {{stop.number(), POLLIN, 0}, {death.number(), POLLIN, 0}};
      // Without pidfd (sandboxes, Linux before 5.3) we look ourselves.
      const int timeout_ms = death.number() >= 0 ? 600'000 : 100;
      poll(watched, 2, timeout_ms);
      if (watched[0].revents != 0) return false;
      if (has_ended(process)) process = 0;
      else cluster.rotate_log();
    }
    return !asked_to_stop(0ms);
  }

  /// Stops the postmaster: fast, then at once, then by force.
  void end_postmaster() {
    const pid_t child = process.exchange(0);
    if (child == 0) return;
    for (const auto& [signal_number, patience] : {std::pair{SIGINT, 60s}, {SIGQUIT, 10s}, {SIGKILL, 10s}}) {
      kill(child, signal_number);
      const auto deadline = std::chrono::steady_clock::now() + patience;
      while (std::chrono::steady_clock::now() < deadline) {
        if (has_ended(child)) return;
        std::this_thread::sleep_for(5ms);
      }
    }
  }

  static bool has_ended(pid_t child) { return waitpid(child, nullptr, WNOHANG) != 0; }

  bool asked_to_stop(std::chrono::milliseconds patience) const {
    pollfd watched{stop.number(), POLLIN, 0};
    return poll(&watched, 1, static_cast<int>(patience.count())) > 0;
  }

  PostgresCluster cluster;
  Descriptor lock;
  Descriptor stop;
  std::atomic<pid_t> process{0};
  std::thread watcher;
};

PrivatePostgres::PrivatePostgres(const fs::path& folder, const PrivatePostgresSettings& settings)
    : held_{std::make_unique<Held>(folder, settings)} {
  held_->start();
}

PrivatePostgres::~PrivatePostgres() = default;

int PrivatePostgres::process() const noexcept { return held_->process; }

PrivateAddresses PrivatePostgres::addresses(const std::string& database) const {
  return addresses_at(held_->cluster.socket_folder(), database);
}

bool has_private_postgres(const fs::path& folder) {
  std::error_code unseen;
  return fs::exists(folder / "cluster", unseen) || unseen;
}

std::optional<PrivateAddresses> running_private_postgres(const fs::path& folder,
                                                         const std::string& database) {
  const Descriptor lock{open((folder / "lock").c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
  if (lock.number() < 0 || flock(lock.number(), LOCK_SH | LOCK_NB) == 0) return std::nullopt;
  std::error_code error;
  const fs::path socket = fs::canonical(folder / "socket", error);
  if (error) return std::nullopt;
  return addresses_at(socket, database);
}

namespace {

void require_service_role(pqxx::nontransaction& work) {
  const std::string role = service_role;
  if (work.exec("SELECT FROM pg_roles WHERE rolname = '" + role + "'").empty())
    work.exec("CREATE ROLE " + role);
  work.exec("ALTER ROLE " + role + " LOGIN");
}

}  // namespace

// CREATE DATABASE runs in no database transaction and takes no parameters: hence no Tx.
void PrivatePostgres::require_database(const std::string& name) {
  Tx::Session session{address("postgres")};
  pqxx::nontransaction work{session.connection};
  require_service_role(work);
  const std::string literal = session.connection.quote(name);
  if (!work.exec("SELECT FROM pg_database WHERE datname = " + literal).empty()) return;
  work.exec("CREATE DATABASE " + session.connection.quote_name(name));
}

}  // namespace coop
