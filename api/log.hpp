#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace coop::api {

/// How important a line is.
enum class LogLevel { trace, debug, info, warning, error };

/// A named value of a line: {"status", 201}, {"path", "/v1/nodes"}. Numbers stay numbers in JSON.
struct LogField {
  LogField(std::string_view a_name, std::string_view text) : name{a_name}, value{text}, bare{false} {}
  LogField(std::string_view a_name, const char* text) : LogField{a_name, std::string_view{text}} {}
  LogField(std::string_view a_name, long long number)
      : name{a_name}, value{std::to_string(number)}, bare{true} {}
  LogField(std::string_view a_name, int number) : LogField{a_name, static_cast<long long>(number)} {}
  std::string_view name;
  std::string value;
  bool bare;
};

/// Sends every log line of the program (spdlog's default logger) to stderr, from `level` ("info" …, "off")
/// up, as text or as JSON ("text", "json"). A line always stays one line, whatever its values hold.
void set_up_log(const std::string& level, const std::string& format);

/// Writes one line: a short constant event ("request answered") and its values. Never a password, token or
/// key.
void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

/// One line as `set_up_log` would write it, for tests: `payload` is what reached the logger.
std::string log_line(std::string_view format, std::string_view instant, std::string_view level,
                     std::string_view payload);

}  // namespace coop::api
