#include "api/configuration.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <fstream>

#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

constexpr std::string_view environment_prefix = "COOPLEDGER_";

/// Variables with our prefix that are no settings: where the file is, and the command line's token.
bool is_other_variable(std::string_view name) {
  return name == "COOPLEDGER_CONFIG" || name == "COOPLEDGER_TOKEN" || name == "COOPLEDGER_URL";
}

const SettingRow* find_row(std::string_view name) {
  for (const SettingRow& row : setting_rows()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

toml::table parsed_file(const std::filesystem::path& path) {
  try {
    return toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    throw Refused{Refusal::field_invalid, path.string() + ", line " +
                                              std::to_string(error.source().begin.line) + ": " +
                                              std::string{error.description()}};
  }
}

std::string text_of_node(const toml::node& node, const std::string& name) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  if (const auto truth = node.value_exact<bool>()) return *truth ? "true" : "false";
  if (const toml::array* list = node.as_array()) {
    std::string joined;
    for (const toml::node& item : *list) joined += (joined.empty() ? "" : ",") + text_of_node(item, name);
    return joined;
  }
  throw Refused{Refusal::field_invalid,
                name + " must be text, a whole number, true or false, or a list of texts"};
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') out += '\\';
    out += letter;
  }
  return out + "\"";
}

// Passwords do not show: within an address, or as a setting of their own.
std::string shown_text(const SettingRow& row, const std::string& text) {
  if (!row.secret) return text;
  if (row.name.ends_with("password")) return text.empty() ? "" : "***";
  return masked(text);
}

/// How a value is written in a file.
std::string toml_of(const SettingRow& row, const Settings& settings) {
  const std::string text = shown_text(row, row.shown(settings));
  return row.bare ? text : quoted(text);
}

/// Reads a value; where it is wrong, the refusal begins with `place`: who gave it, and the setting's name.
void set_from(const SettingRow& row, Settings& settings, const std::string& text, const std::string& place) {
  const auto wanted = row.set(settings, text);
  if (!wanted) return;
  throw Refused{Refusal::field_invalid,
                place + " is \"" + shown_text(row, text) + "\": " + *wanted + " is expected"};
}

void apply(const SettingTexts& texts, Origin origin, Configuration& configuration) {
  for (const auto& [name, text] : texts) {
    const SettingRow* row = find_row(name);
    if (row == nullptr) throw Refused{Refusal::field_unknown, "there is no setting " + name};
    const std::string place = origin == Origin::flag ? "the flag " + flag_of(*row) : name;
    set_from(*row, configuration.settings, text, place);
    configuration.origins[name] = origin;
  }
}

}  // namespace

std::string_view text_of(Origin origin) {
  switch (origin) {
    case Origin::standard:
      return "default";
    case Origin::file:
      return "file";
    case Origin::environment:
      return "environment";
    case Origin::flag:
      return "flag";
  }
  throw InvariantBroken{"an origin is one of four"};
}

std::string flag_of(const SettingRow& row) {
  std::string flag = "--" + std::string{row.name};
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

std::string environment_name_of(const SettingRow& row) {
  std::string name{environment_prefix};
  for (const char letter : row.name)
    name += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return name;
}

SettingTexts settings_from_file(const std::filesystem::path& path) {
  if (!std::ifstream{path})
    throw Refused{Refusal::field_invalid, "the settings' file " + path.string() + " cannot be read"};
  const toml::table table = parsed_file(path);
  SettingTexts texts;
  Settings tried;
  for (const auto& [key, node] : table) {
    const std::string name{key.str()};
    const std::string line = path.string() + ", line " + std::to_string(node.source().begin.line) + ": ";
    const SettingRow* row = find_row(name);
    if (row == nullptr) {
      throw Refused{Refusal::field_unknown,
                    line + "there is no setting " + name + " (coopledger config shows all)"};
    }
    texts[name] = text_of_node(node, line + name);
    set_from(*row, tried, texts[name], line + name);
  }
  return texts;
}

SettingTexts settings_from_environment(const char* const* environment) {
  SettingTexts texts;
  Settings tried;
  for (; *environment != nullptr; ++environment) {
    const std::string_view variable{*environment};
    if (!variable.starts_with(environment_prefix)) continue;
    const std::string_view variable_name = variable.substr(0, variable.find('='));
    if (is_other_variable(variable_name)) continue;
    std::string name;
    for (const char letter : variable_name.substr(environment_prefix.size())) {
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    const std::string place = "the environment's " + std::string{variable_name};
    const SettingRow* row = find_row(name);
    if (row == nullptr) {
      throw Refused{Refusal::field_unknown, place + " is no setting (coopledger config shows all)"};
    }
    texts[name] = std::string{variable.substr(std::min(variable.size(), variable_name.size() + 1))};
    set_from(*row, tried, texts[name], place);
  }
  return texts;
}

Configuration configuration_from(const SettingTexts& flags, const SettingTexts& environment,
                                 const SettingTexts& file) {
  Configuration configuration;
  for (const SettingRow& row : setting_rows())
    configuration.origins[std::string{row.name}] = Origin::standard;
  apply(file, Origin::file, configuration);
  apply(environment, Origin::environment, configuration);
  apply(flags, Origin::flag, configuration);
  const Settings& settings = configuration.settings;
  if (settings.database.empty() && !settings.owner_database.empty()) {
    throw Refused{Refusal::field_invalid, "owner_database is given without database"};
  }
  if (settings.database.empty() && settings.data.empty()) {
    throw Refused{Refusal::field_invalid, "name a database, or a data folder for the private one"};
  }
  if (settings.message_delivery != "off" && settings.message_from.empty())
    throw Refused{Refusal::field_invalid, "message_delivery needs message_from, the address of the sender"};
  if (settings.message_delivery == "smtp" && settings.smtp_url.empty())
    throw Refused{Refusal::field_invalid, "message_delivery is smtp, and smtp_url names no mail server"};
  return configuration;
}

std::string text_of(const Configuration& configuration) {
  std::vector<std::pair<std::string, std::string>> lines;
  std::size_t width = 0;
  for (const SettingRow& row : setting_rows()) {
    std::string line = std::string{row.name} + " = " + toml_of(row, configuration.settings);
    const Origin origin = configuration.origins.find(row.name)->second;
    std::string comment{text_of(origin)};
    if (origin == Origin::file) comment += " " + configuration.file;
    if (origin == Origin::environment) comment += " " + environment_name_of(row);
    if (origin == Origin::flag) comment += " " + flag_of(row);
    width = std::max(width, std::min<std::size_t>(line.size(), 60));
    lines.emplace_back(std::move(line), std::move(comment));
  }
  std::string text;
  for (auto& [line, comment] : lines) {
    if (line.size() < width) line.resize(width, ' ');
    text += line + "  # " + comment + "\n";
  }
  return text;
}

std::string settings_page() {
  std::string page =
      "# Settings\n\n"
      "Each setting can stand in the file (`--config`, else `COOPLEDGER_CONFIG`, else\n"
      "`/etc/coopledger/coopledger.toml` if it exists), in the environment, or on the command line: a flag "
      "goes before\n"
      "the environment, the environment before the file. `log_level` is the key in the file, "
      "`COOPLEDGER_LOG_LEVEL`\n"
      "the variable, `--log-level` the flag. `coopledger config` prints what is in force and where it comes "
      "from.\n"
      "This page is made from `api/setting_rows.cpp` by `./dev docs`.\n\n"
      "| setting | default | meaning |\n|---|---|---|\n";
  const Settings defaults;
  for (const SettingRow& row : setting_rows()) {
    page += "| `" + std::string{row.name} + "` | `" + toml_of(row, defaults) + "` | " +
            std::string{row.meaning} + " |\n";
  }
  return page;
}

std::string masked(const std::string& address) {
  std::string text = address;
  const std::size_t scheme = text.find("://");
  const std::size_t host = scheme == std::string::npos ? std::string::npos : text.find('@', scheme);
  if (host != std::string::npos) {
    const std::size_t colon = text.find(':', scheme + 3);
    if (colon < host) text.replace(colon + 1, host - colon - 1, "***");
  }
  constexpr std::string_view key = "password";
  for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + key.size())) {
    std::size_t begin = text.find_first_not_of(" ", at + key.size());
    if (begin == std::string::npos || text[begin] != '=') continue;
    begin = std::min(text.size(), text.find_first_not_of(" ", begin + 1));
    std::size_t end = begin;
    if (begin < text.size() && text[begin] == '\'') {
      for (++end; end < text.size() && text[end] != '\''; ++end) end += text[end] == '\\' ? 1 : 0;
      end = std::min(text.size(), end + 1);
    } else {
      end = std::min(text.size(), text.find_first_of(" &", begin));
    }
    text.replace(begin, end - begin, "***");
  }
  return text;
}

}  // namespace coop::api
