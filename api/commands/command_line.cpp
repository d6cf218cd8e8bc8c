#include "api/commands/command_line.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <utility>

#include "api/commands/commands_page.hpp"
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

/// What can be done about it here; elsewhere the cure speaks to who uses the REST API.
std::string cure_of(const RefusalText& text) {
  if (text.refusal == Refusal::node_unknown) return "`coopledger node list` lists the nodes.";
  return std::string{text.cure};
}

/// Where in a request that came from a file, or which part of what was typed: "/orders/0/purpose: ", or "".
std::string place_of(const Refused& refused) { return refused.field().empty() ? "" : refused.field() + ": "; }

/// What was wrong, and the cure; of a field and of a setting the detail says it all.
std::string words_of_refused(const Refused& refused) {
  const RefusalText& text = text_of(refused.refusal());
  if (refused.refusal() == Refusal::field_invalid || refused.refusal() == Refusal::field_unknown) {
    return place_of(refused) + refused.detail();
  }
  if (refused.refusal() == Refusal::field_missing)
    return place_of(refused) + refused.detail() + " (" + std::string{text.code} + ")";
  return refused.detail() + " (" + std::string{text.code} + ")\n  " + cure_of(text);
}

/// `help [COMMAND…]` means `[COMMAND…] --help`, and `--version` means `version`.
std::vector<const char*> meant_words(int count, const char* const* words) {
  std::vector<const char*> meant{words, words + count};
  if (count > 1 && std::string_view{meant[1]} == "help") {
    meant.erase(meant.begin() + 1);
    meant.push_back("--help");
  } else if (count == 2 && std::string_view{meant[1]} == "--version") {
    meant[1] = "version";
  }
  return meant;
}

/// What to say where a command is missing or there is none of that name: the library only says that one is
/// required.
std::optional<std::string> mistake_in(const CLI::App& app, const std::vector<const char*>& words) {
  const CLI::App* above = &app;
  std::string path = "coopledger";
  std::string before;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string word{words[i]};
    const auto below = above->get_subcommands([](const CLI::App*) { return true; });
    if (below.empty() || word.starts_with('-')) return std::nullopt;
    const auto found = std::find_if(below.begin(), below.end(),
                                    [&](const CLI::App* each) { return each->check_name(word); });
    if (found == below.end()) {
      std::string known;
      for (const CLI::App* each : below) known += (known.empty() ? "" : ", ") + each->get_name();
      return path + ": there is no command '" + word + "'; there are " + known + ".\n";
    }
    above = *found;
    before = path;
    path += " " + word;
  }
  if (above->get_subcommands([](const CLI::App*) { return true; }).empty()) return std::nullopt;
  return above->help(before);
}

bool is_truth(std::string_view text) { return text == "true" || text == "false"; }

/// What the library found wrong, as everything else that is said, and where the help is.
std::string failure_text(const CLI::App*, const CLI::Error& error) {
  return std::string{"coopledger: "} + error.what() + "\n" + "Run with --help for more information.\n";
}

int say(ExitCode code, const std::string& words) {
  std::cerr << "coopledger: " << words << "\n";
  return number_of(code);
}

}  // namespace

// Help of a command with subcommands begins with these: its settings are many, and seldom what is looked for.
struct SubcommandsFirst : CLI::Formatter {
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
    if (mode != CLI::AppFormatMode::Normal || app->get_subcommands({}).empty())
      return Formatter::make_help(app, std::move(name), mode);
    return make_description(app) + make_usage(app, std::move(name)) + make_subcommands(app, mode) +
           make_positionals(app) + make_groups(app, mode) + "\n" + make_footer(app);
  }
};

struct CommandLine::Held {
  CLI::App app{"CoopLedger keeps the books of federated co-operatives.", "coopledger"};
  std::string file;
  SettingTexts flags;
  RunCommand chosen;
  std::vector<std::pair<CLI::App*, std::vector<SettingGroup>>> settings;

  /// Takes the flags of the settings in `groups`.
  void add_settings(CLI::App& command, const std::vector<SettingGroup>& groups) {
    if (groups.empty()) return;
    command
        .add_option("--config", file,
                    "the file with the settings (COOPLEDGER_CONFIG; else " + std::string{usual_file} +
                        " if it exists)")
        ->group("Settings")
        ->type_name("");
    for (const SettingRow& row : setting_rows()) {
      if (std::find(groups.begin(), groups.end(), row.group) == groups.end()) continue;
      const std::string name{row.name};
      const Settings defaults;
      const std::string standard = row.shown(defaults);
      CLI::Option* const flag = command.add_option_function<std::string>(
          flag_of(row), [this, name](const std::string& text) { flags[name] = text; },
          std::string{row.meaning});
      flag->group("Settings")->default_str(standard)->type_name("");
      // `--behind-proxy` alone means true: what the library puts where a value is missing. The help shows
      // the default all the same.
      if (is_truth(standard)) flag->expected(0, 1)->default_str("true")->option_text("[=" + standard + "]");
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
  held_->app.formatter(std::make_shared<SubcommandsFirst>());
  held_->app.require_subcommand(1);
  held_->app.failure_message(failure_text);
  held_->app.footer(
      "`coopledger COMMAND --help` explains a command. All on a page: docs/operating/commands.md. Settings: "
      "docs/operating/settings.md.");
}

CommandLine::~CommandLine() = default;

CLI::App& CommandLine::add(const CommandText& text, RunCommand run) {
  CLI::App& command = *held_->app.add_subcommand(text.name, text.meaning);
  command.footer(footer_of(text));
  command.callback([this, run = std::move(run)] { held_->chosen = run; });
  held_->settings.emplace_back(&command, text.groups);
  return command;
}

std::string CommandLine::page() const { return commands_page(held_->app); }

int CommandLine::run(int count, const char* const* words, const char* const* environment) {
  // A command's own flags stand before the settings in its help.
  for (const auto& [command, groups] : std::exchange(held_->settings, {}))
    held_->add_settings(*command, groups);
  const std::vector<const char*> meant = meant_words(count, words);
  if (const auto mistake = mistake_in(held_->app, meant)) {
    std::cerr << *mistake;
    return number_of(ExitCode::usage);
  }
  // Until the settings are read, what is refused is how the program was called.
  ExitCode when_refused = ExitCode::usage;
  try {
    held_->app.parse(static_cast<int>(meant.size()), meant.data());
    const Configuration configuration = held_->configuration(environment);
    set_up_log(configuration.settings.log_level, configuration.settings.log_format);
    when_refused = ExitCode::refused;
    return held_->chosen(configuration);
  } catch (const CLI::Success& help) {
    return held_->app.exit(help);
  } catch (const CLI::ParseError& error) {
    held_->app.exit(error);
    return number_of(ExitCode::usage);
  } catch (const Refused& refused) {
    return say(when_refused, words_of_refused(refused));
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
