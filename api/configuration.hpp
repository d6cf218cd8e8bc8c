#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/http_server.hpp"

namespace coop::api {

/// Everything that can be set. One row of `setting_rows` describes each member; the values here are the
/// defaults.
struct Settings {
  std::string data = "data";   ///< folder of what the program keeps itself
  std::string database;        ///< libpq address of an operator's own PostgreSQL; empty: the private one
  std::string owner_database;  ///< the same as the owner of the schema, for `migrate`; empty: `database`
  int database_connections = 16;
  int database_wait_ms = 10'000;
  int statement_timeout_ms = 60'000;
  bool migrate_at_start = true;
  bool accept_undurable_database = false;

  HttpSettings http;
  int workers = 16;  ///< threads that answer requests; each may wait for the database
  int stop_patience_ms = 20'000;
  std::string public_url;
  bool behind_proxy = false;
  std::vector<std::string> cors_origins;

  int requests_per_minute = 6'000;
  int sign_ins_per_minute = 20;
  bool webhooks_to_private = false;
  std::string message_delivery = "off";  ///< "off", "files" or "smtp"
  std::string message_folder;            ///< of the files; empty: `data`/messages
  std::string message_from;              ///< the address that mail comes from
  std::string smtp_url;
  std::string smtp_user;
  std::string smtp_password;
  bool smtp_tls_required = true;

  std::string log_level = "info";
  std::string log_format = "text";
  bool access_log = true;
  bool metrics = true;
  std::string signing_key_file;
};

/// Which commands a setting concerns.
enum class SettingGroup { books, service, log };

/// Where a value comes from, the weakest first.
enum class Origin { standard, file, environment, flag };
/// "default", "file", "environment", "flag"
std::string_view text_of(Origin origin);

/// One setting: `name` is its key in the file; --log-level and COOPLEDGER_LOG_LEVEL are made from it.
struct SettingRow {
  std::string_view name;
  SettingGroup group;
  std::string_view meaning;
  bool secret;  ///< may hold a password, which is never shown
  /// Reads text into the member; if it cannot be read, answers what would be right, the member unchanged.
  std::function<std::optional<std::string>(Settings&, std::string_view)> set;
  /// The member's text, such that `set` reads it again.
  std::function<std::string(const Settings&)> shown;
  bool bare;  ///< a number or truth value: written without quotes in the file
};

/// Every setting once, in the order in which they are explained.
std::span<const SettingRow> setting_rows();
/// "--log-level"
std::string flag_of(const SettingRow& row);
/// "COOPLEDGER_LOG_LEVEL"
std::string environment_name_of(const SettingRow& row);

/// Texts of settings by name, from one source.
using SettingTexts = std::map<std::string, std::string, std::less<>>;

/// Reads a TOML file. Throws Refused: field_unknown, field_invalid, with the file's line, the value and what
/// would be right.
SettingTexts settings_from_file(const std::filesystem::path& path);
/// Reads the variables that begin with COOPLEDGER_ of an environment such as `environ`; a null pointer ends
/// it. Throws Refused: field_unknown, field_invalid, with the variable, its value and what would be right.
SettingTexts settings_from_environment(const char* const* environment);

/// The settings in force, and where each comes from.
struct Configuration {
  Settings settings;
  std::map<std::string, Origin, std::less<>> origins;
  std::string file;  ///< the file that was read, or empty
};

/// What the three sources say together: flag before environment before file before default.
/// Throws Refused: field_unknown, field_invalid, also where two settings contradict each other.
Configuration configuration_from(const SettingTexts& flags, const SettingTexts& environment,
                                 const SettingTexts& file);

/// The configuration as a TOML file that has the same effect, each line with its origin; passwords are
/// masked.
std::string text_of(const Configuration& configuration);
/// The table of settings as a page of the documentation.
std::string settings_page();
/// The text with passwords of libpq addresses replaced by "***".
std::string masked(const std::string& address);

}  // namespace coop::api
