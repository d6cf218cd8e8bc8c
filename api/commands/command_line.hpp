#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/configuration.hpp"

namespace CLI {
class App;
}

namespace coop::api {

/// How a command ended, as the shell sees it.
enum class ExitCode { success = 0, refused = 1, usage = 2, unavailable = 3, bug = 4 };

/// What a command is told: the settings in force. Its own flags and arguments are variables of the function
/// that adds it.
using RunCommand = std::function<int(const Configuration&)>;

/// One command of the program.
struct CommandText {
  std::string name;
  std::string meaning;                ///< one line, shown in the list of commands
  std::vector<SettingGroup> groups;   ///< the settings whose flags it takes
  std::vector<std::string> examples;  ///< whole lines that can be typed
};

/// The program's commands, and the choice among them. Commands add themselves (`add_migrate(line)` …).
class CommandLine {
 public:
  CommandLine();
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// Adds a command; its own flags and arguments are added to the answer.
  CLI::App& add(const CommandText& text, RunCommand run);

  /// Reads the words, finds the settings, runs the command. Whatever escapes becomes a line on stderr and an
  /// exit code.
  int run(int count, const char* const* words, const char* const* environment);

  /// Every command with its subcommands, as Markdown: docs/operating/commands.md.
  std::string page() const;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

/// Adds every command of the program.
void add_commands(CommandLine& line);

}  // namespace coop::api
