#include "ledger/database/child_process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>

#include "ledger/values/refusal.hpp"

namespace coop {

namespace {

constexpr int cannot_run = 127;

/// Everything the child needs between fork and exec, made beforehand: a forked child of a program with
/// threads may call only what is safe in a signal handler, which excludes allocating memory.
struct Prepared {
  std::string program;
  std::string log;
  std::vector<std::string> texts;
  std::vector<char*> arguments;
};

Prepared prepared(const Command& command) {
  Prepared ready{command.program.string(), command.log.string(), command.arguments, {}};
  ready.texts.insert(ready.texts.begin(), ready.program);
  for (std::string& text : ready.texts) ready.arguments.push_back(text.data());
  ready.arguments.push_back(nullptr);
  return ready;
}

bool become(const ServerUser& user) {
  if (!user.differs) return true;
  return setgroups(user.groups.size(), user.groups.data()) == 0 && setgid(user.gid) == 0 &&
         setuid(user.uid) == 0;
}

bool redirect_output(const char* log) {
  const int null = open("/dev/null", O_RDONLY);
  const int out = open(log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0600);
  if (null < 0 || out < 0) return false;
  return dup2(null, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 && dup2(out, STDERR_FILENO) >= 0;
}

void reset_signals() {
  sigset_t none{};
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGPIPE, SIGCHLD, SIGUSR1, SIGUSR2})
    signal(number, SIG_DFL);
}

[[noreturn]] void run_in_child(Prepared& ready, const ServerUser& user, pid_t parent) {
  static char path[] = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  static char language[] = "LC_ALL=C.UTF-8";
  static std::array<char*, 3> environment{path, language, nullptr};
  reset_signals();
  setsid();
  if (become(user)) {
    prctl(PR_SET_PDEATHSIG, SIGINT);
    if (getppid() == parent && chdir("/") == 0 && redirect_output(ready.log.c_str())) {
      close_range(STDERR_FILENO + 1, ~0U, 0);
      umask(0077);
      execve(ready.program.c_str(), ready.arguments.data(), environment.data());
    }
  }
  _exit(cannot_run);
}

}  // namespace

pid_t start_child(const Command& command, const ServerUser& user) {
  Prepared ready = prepared(command);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) run_in_child(ready, user, parent);
  if (child < 0) throw Unavailable{std::string{"no process can be started: "} + std::strerror(errno)};
  return child;
}

int run_child(const Command& command, const ServerUser& user) {
  const pid_t child = start_child(command, user);
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return cannot_run;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string output_of(const std::filesystem::path& program, const std::string& argument) {
  const std::string line = "'" + program.string() + "' " + argument + " 2>/dev/null";
  if (program.string().find('\'') != std::string::npos) return {};
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe{popen(line.c_str(), "re"), pclose};
  if (!pipe) return {};
  std::string output;
  std::array<char, 256> buffer{};
  while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe.get()) != nullptr)
    output += buffer.data();
  return output;
}

}  // namespace coop
