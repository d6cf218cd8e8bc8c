#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "ledger/database/server_user.hpp"

namespace coop {

/// What to start: a program by its full path, its arguments (without the program's name), and where it
/// writes.
struct Command {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  std::filesystem::path log;  ///< standard output and error are appended to this file
};

/// Starts `command` as `user`, in a session of its own (a Ctrl-C at the terminal does not reach it), with a
/// bare environment and none of our files open. If the calling *thread* ends, the child gets SIGINT:
/// PostgreSQL then stops by itself even when this program was killed. Returns its process id; the caller
/// waits for it. Throws Unavailable, if no process can be made. A program that cannot be run ends with status
/// 127.
pid_t start_child(const Command& command, const ServerUser& user);

/// Starts `command` and waits for its end. Returns its exit status, or 128 + the signal that ended it.
int run_child(const Command& command, const ServerUser& user);

/// What `program` prints when run with `argument` by ourselves, or nothing if it fails.
std::string output_of(const std::filesystem::path& program, const std::string& argument);

}  // namespace coop
