#include "api/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>

#include "ledger/values/day.hpp"

namespace coop::api {

namespace {

// Fields travel through spdlog inside the message: event, then for each field a mark, its name, a mark that
// tells bare from quoted, and its value. Lines written with spdlog directly have no marks and no fields.
constexpr char field_mark = '\x1f';
constexpr char bare_mark = '\x1e';
constexpr char text_mark = '\x1d';

bool is_mark(char letter) { return letter == field_mark || letter == bare_mark || letter == text_mark; }

std::string without_marks(std::string_view text) {
  std::string out{text};
  std::replace_if(out.begin(), out.end(), is_mark, ' ');
  return out;
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      out += '\\';
      out += letter;
    } else if (letter == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", byte);
      out += escape;
    } else {
      out += letter;
    }
  }
  out += '"';
}

/// A value in a text line: as it is if it is one plain word.
void append_text_value(std::string& out, std::string_view value) {
  const bool plain = !value.empty() && std::all_of(value.begin(), value.end(), [](char letter) {
    return static_cast<unsigned char>(letter) > ' ' && letter != '"' && letter != '=' && letter != '\\';
  });
  if (plain) out += value;
  else append_json_string(out, value);
}

/// The event without line breaks, for text lines.
void append_event(std::string& out, std::string_view event) {
  for (const char letter : event) {
    if (letter == '\n') out += " | ";
    else out += static_cast<unsigned char>(letter) < 0x20 ? ' ' : letter;
  }
}

void append_field(std::string& out, bool json, std::string_view field) {
  const std::size_t split = std::min(field.size(), field.find_first_of(std::string{bare_mark, text_mark}));
  const bool bare = split < field.size() && field[split] == bare_mark;
  const std::string_view value = field.substr(std::min(field.size(), split + 1));
  if (json) {
    out += ',';
    append_json_string(out, field.substr(0, split));
    out += ':';
    if (bare) out += value;
    else append_json_string(out, value);
  } else {
    out += ' ';
    out += field.substr(0, split);
    out += '=';
    append_text_value(out, value);
  }
}

/// spdlog's view of `log_line`.
class LineFormatter : public spdlog::formatter {
 public:
  explicit LineFormatter(std::string format) : format_{std::move(format)} {}

  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    const Instant instant{
        std::chrono::duration_cast<std::chrono::microseconds>(message.time.time_since_epoch())};
    const auto level = spdlog::level::to_string_view(message.level);
    const std::string line =
        log_line(format_, coop::text_of(instant), std::string_view{level.data(), level.size()},
                 std::string_view{message.payload.data(), message.payload.size()});
    out.append(line.data(), line.data() + line.size());
  }
  std::unique_ptr<spdlog::formatter> clone() const override {
    return std::make_unique<LineFormatter>(format_);
  }

 private:
  std::string format_;
};

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::trace:
      return spdlog::level::trace;
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

}  // namespace

void set_up_log(const std::string& level, const std::string& format) {
  auto logger =
      std::make_shared<spdlog::logger>("coopledger", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_formatter(std::make_unique<LineFormatter>(format));
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::trace);
  spdlog::set_default_logger(std::move(logger));
}

void log_event(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (!spdlog::should_log(spdlog_level(level))) return;
  std::string payload = without_marks(event);
  for (const LogField& field : fields) {
    payload += field_mark;
    payload += without_marks(field.name);
    payload += field.bare ? bare_mark : text_mark;
    payload += without_marks(field.value);
  }
  spdlog::log(spdlog_level(level), "{}", payload);
}

std::string log_line(std::string_view format, std::string_view instant, std::string_view level,
                     std::string_view payload) {
  const bool json = format == "json";
  std::string_view rest = payload;
  const auto next_part = [&rest] {
    const std::string_view part = rest.substr(0, rest.find(field_mark));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    return part;
  };
  std::string line = json ? "{\"at\":\"" : "";
  line += instant;
  line += json ? "\",\"level\":\"" : " ";
  line += level;
  line += json ? "\",\"event\":" : " ";
  if (json) append_json_string(line, next_part());
  else append_event(line, next_part());
  while (!rest.empty()) append_field(line, json, next_part());
  line += json ? "}\n" : "\n";
  return line;
}

}  // namespace coop::api
