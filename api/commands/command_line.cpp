#include "api/commands/command_line.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "api/log.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

constexpr const char* usual_file = "/etc/coopledger/coopledger.toml";

int number_of(ExitCode code) { return static_cast<int>(code); }

std::string footer_of(const CommandText& text) {
  std::string footer;
  for (const std::string& example : text.examples) {
    footer += (footer.empty() ? "Examples:\n  " : "\n  ") + example;
  }
  return footer;
}

/// The flag's variable in the environment, if the caller has set it.
std::string variable_in(const char* const* environment, std::string_view name) {
  for (; *environment != nullptr; ++environment) {
    const std::string_view variable{*environment};
    if (variable.starts_with(name) && variable.substr(name.size()).starts_with("=")) {
      return std::string{variable.substr(name.size() + 1)};
    }
  }
  return {};
}

/// What was wrong, and the cure; of a setting the detail says it all.
std::string words_of(const Refused& refused) {
  const RefusalText& text = text_of(refused.refusal());
  if (refused.refusal() == Refusal::field_invalid || refused.refusal() == Refusal::field_unknown) {
    return refused.detail();
  }
  return refused.detail() + " (" + std::string{text.code} + ")\n  " + std::string{text.cure};
}

int say(ExitCode code, const std::string& words) {
  std::cerr << "coopledger: " << words << "\n";
  return number_of(code);
}

}  // namespace

struct CommandLine::Held {
  CLI::App app{"CoopLedger keeps the books of federated co-operatives.", "coopledger"};
  std::string file;
  SettingTexts flags;
  RunCommand chosen;

  /// Takes the flags of the settings in `groups`.
  void add_settings(CLI::App& command, const std::vector<SettingGroup>& groups) {
    if (groups.empty()) return;
    command.add_option(
        "--config", file,
        "the file with the settings (COOPLEDGER_CONFIG; else " + std::string{usual_file} + " if it exists)");
    for (const SettingRow& row : setting_rows()) {
      if (std::find(groups.begin(), groups.end(), row.group) == groups.end()) continue;
      const std::string name{row.name};
      const Settings defaults;
      command
          .add_option_function<std::string>(
              flag_of(row), [this, name](const std::string& text) { flags[name] = text; },
              std::string{row.meaning})
          ->group("Settings")
          ->default_str(row.shown(defaults))
          ->type_name("");
    }
  }

  Configuration configuration(const char* const* environment) const {
    std::string path = file.empty() ? variable_in(environment, "COOPLEDGER_CONFIG") : file;
    if (path.empty() && std::filesystem::exists(usual_file)) path = usual_file;
    const SettingTexts texts = path.empty() ? SettingTexts{} : settings_from_file(path);
    Configuration found = configuration_from(flags, settings_from_environment(environment), texts);
    found.file = path;
    return found;
  }
};

CommandLine::CommandLine() : held_{std::make_unique<Held>()} {
  held_->app.require_subcommand(1);
  held_->app.footer("`coopledger COMMAND --help` explains a command. Settings: docs/operating/settings.md.");
}

CommandLine::~CommandLine() = default;

CLI::App& CommandLine::add(const CommandText& text, RunCommand run) {
  CLI::App& command = *held_->app.add_subcommand(text.name, text.meaning);
  command.footer(footer_of(text));
  command.callback([this, run = std::move(run)] { held_->chosen = run; });
  held_->add_settings(command, text.groups);
  return command;
}

int CommandLine::run(int count, const char* const* words, const char* const* environment) {
  try {
    held_->app.parse(count, words);
    const Configuration configuration = held_->configuration(environment);
    set_up_log(configuration.settings.log_level, configuration.settings.log_format);
    return held_->chosen(configuration);
  } catch (const CLI::Success& help) {
    return held_->app.exit(help);
  } catch (const CLI::ParseError& error) {
    held_->app.exit(error);
    return number_of(ExitCode::usage);
  } catch (const Refused& refused) {
    return say(ExitCode::refused, words_of(refused));
  } catch (const Unavailable& unavailable) {
    return say(ExitCode::unavailable, unavailable.what());
  } catch (const InvariantBroken& broken) {
    return say(ExitCode::bug,
               std::string{"a promise of the program is broken (please report it): "} + broken.what());
  } catch (const std::exception& unknown) {
    return say(ExitCode::bug, std::string{"unexpected (please report it): "} + unknown.what());
  }
}

}  // namespace coop::api
