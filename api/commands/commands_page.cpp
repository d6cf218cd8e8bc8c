#include "api/commands/commands_page.hpp"

#include <CLI/CLI.hpp>

#include <string_view>
#include <vector>

namespace coop::api {

namespace {

constexpr const char* page_head = R"(# Commands

Every command of `coopledger`, as the program itself says it (a test writes this page).
`coopledger COMMAND --help` explains each flag, and says which [settings](settings.md) the command takes:
`--database`, `--data` and the like.

- What stands in brackets may be left out. `--csv` prints for a spreadsheet; `--dry-run` shows what would
  happen and records nothing.
- `--user` names who does it: somebody with the role that the API wants for the same. The password is the
  first line of standard input, or is asked for. What has no `--user` is done by whoever is at the machine.
- `--file` takes the body of a request of the API ([OpenAPI](../api/openapi.yaml)); `-` is standard input,
  after the password.
- Exit codes: 0 done, 1 refused (the message says why), 2 the command line or a setting was wrong,
  3 unavailable, 4 a mistake of the program.
)";

std::vector<const CLI::App*> all_below(const CLI::App& command) {
  return command.get_subcommands([](const CLI::App*) { return true; });
}

// " node --file … [--csv]": what a command takes, the help aside.
std::string taken_by(const CLI::App& command) {
  std::string taken;
  const auto add = [&](bool wants_positional, bool wants_required) {
    for (const CLI::Option* option : command.get_options()) {
      const bool is_positional = option->get_positional();
      if (option == command.get_help_ptr() || is_positional != wants_positional ||
          option->get_required() != wants_required)
        continue;
      const std::string name =
          option->get_name(is_positional) + (is_positional || option->get_expected_max() == 0 ? "" : " …");
      taken += wants_required ? " " + name : " [" + name + "]";
    }
  };
  add(true, true);
  add(true, false);
  add(false, true);
  add(false, false);
  return taken;
}

// A row for each command below, and for each below that.
std::string rows_of(const std::string& path, const CLI::App& command) {
  const auto below = all_below(command);
  if (below.empty()) return "| `" + path + taken_by(command) + "` | " + command.get_description() + " |\n";
  std::string rows;
  for (const CLI::App* one : below) rows += rows_of(path + " " + one->get_name(), *one);
  return rows;
}

// The lines of "Examples:" at the end of a command's help.
std::string examples_in(const std::string& footer) {
  std::string examples;
  for (std::size_t begin = footer.find('\n'); begin != std::string::npos; begin = footer.find('\n', begin)) {
    const std::size_t end = footer.find('\n', ++begin);
    examples += footer.substr(begin + 2, end == std::string::npos ? end : end - begin - 2) + "\n";
  }
  return examples;
}

}  // namespace

std::string commands_page(const CLI::App& program) {
  std::string page = page_head;
  for (const CLI::App* command : all_below(program)) {
    const std::string name = command->get_name();
    page += "\n## " + name + "\n\n" + command->get_description() + ".\n\n";
    if (all_below(*command).empty()) page += "`" + name + taken_by(*command) + "`\n";
    else page += "| type | for |\n|---|---|\n" + rows_of(name, *command);
    page += "\n```\n" + examples_in(command->get_footer()) + "```\n";
  }
  return page;
}

}  // namespace coop::api
