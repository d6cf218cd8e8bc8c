#include "api/call.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "api/json_reader.hpp"
#include "api/route.hpp"

namespace coop::api {

namespace {

std::string field_of(std::string_view name) { return "?" + std::string{name}; }

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

const books::Node& Call::node() const {
  ensure(at_node != nullptr, "the route names a node");
  return *at_node;
}

const std::string& Call::path_value(std::string_view name) const {
  std::size_t index = 0;
  for (const std::string_view part : PatternParts{route->pattern}) {
    if (!is_place(part)) continue;
    if (part.substr(1, part.size() - 2) == name) return path_values.at(index);
    ++index;
  }
  throw InvariantBroken{"the route has the asked place"};
}

std::int64_t Call::path_number(std::string_view name, Refusal unknown) const {
  const std::string& text = path_value(name);
  const auto number = whole_number(text);
  if (!number || *number < 1 || text.front() == '0')
    throw Refused{unknown, "'" + text.substr(0, 60) + "' is not a number from 1"};
  return *number;
}

std::int32_t Call::path_int(std::string_view name, Refusal unknown) const {
  const std::int64_t number = path_number(name, unknown);
  if (number > std::numeric_limits<std::int32_t>::max()) throw Refused{unknown, "there is no such number"};
  return static_cast<std::int32_t>(number);
}

std::optional<std::string_view> Call::query(std::string_view name) const {
  std::optional<std::string_view> found;
  for (const auto& [key_of, value] : request.query) {
    if (key_of != name) continue;
    if (found) throw Refused{Refusal::field_invalid, "the parameter stands there twice", field_of(name)};
    found = value;
  }
  return found;
}

std::optional<std::string> Call::query_text(std::string_view name) const {
  const auto text = query(name);
  if (text && text->size() > 1'000)
    throw Refused{Refusal::field_invalid, "at most 1,000 bytes", field_of(name)};
  return text ? std::optional<std::string>{*text} : std::nullopt;
}

std::optional<Day> Call::query_day(std::string_view name) const {
  if (!query(name)) return std::nullopt;
  return query_parsed(name, Day::parse);
}

std::optional<Instant> Call::query_instant(std::string_view name) const {
  if (!query(name)) return std::nullopt;
  return query_parsed(name, instant_from_text);
}

std::optional<std::int64_t> Call::query_number(std::string_view name, std::int64_t least,
                                               std::int64_t most) const {
  const auto text = query(name);
  if (!text) return std::nullopt;
  const auto number = whole_number(*text);
  if (!number || *number < least || *number > most)
    throw Refused{
        Refusal::field_invalid,
        "a whole number from " + std::to_string(least) + " to " + std::to_string(most) + " is expected",
        field_of(name)};
  return number;
}

bool Call::query_truth(std::string_view name, bool otherwise) const {
  const auto text = query(name);
  if (!text) return otherwise;
  if (*text != "true" && *text != "false")
    throw Refused{Refusal::field_invalid, "true or false is expected", field_of(name)};
  return *text == "true";
}

std::optional<std::string_view> Call::query_word(std::string_view name,
                                                 std::initializer_list<std::string_view> words) const {
  const auto text = query(name);
  if (!text || std::find(words.begin(), words.end(), *text) != words.end()) return text;
  std::string detail{"one of these is expected:"};
  for (const std::string_view word : words) detail += " " + std::string{word};
  throw Refused{Refusal::field_invalid, detail, field_of(name)};
}

std::string Call::require_query(std::string_view name) const {
  auto text = query_text(name);
  if (!text)
    throw Refused{Refusal::field_missing, "the parameter '" + std::string{name} + "' is missing",
                  field_of(name)};
  return *text;
}

std::vector<std::string> Call::query_list(std::string_view name) const {
  std::vector<std::string> parts;
  std::string_view text = query(name).value_or(std::string_view{});
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return parts;
}

void Call::each_of(std::string_view name, const std::function<void(const std::string&)>& read) const {
  for (const std::string& part : query_list(name)) in_parameter(name, [&] { read(part); });
}

void Call::in_parameter(std::string_view name, const std::function<void()>& read) {
  try {
    read();
  } catch (const Refused& refused) {
    throw Refused{refused.refusal(), refused.detail(), field_of(name)};
  }
}

Moment Call::moment() const { return {query_day("as_of"), query_instant("known_at")}; }

Page Call::page(int usual, int most) const {
  return {query_text("cursor"), static_cast<int>(query_number("limit", 1, most).value_or(usual))};
}

std::string Call::list_name() const {
  std::string name = request.path;
  std::vector<std::string> filters;
  for (const auto& [key_of, value] : request.query)
    if (key_of != "cursor" && key_of != "limit" && key_of != "format")
      filters.push_back(key_of + "=" + value);
  std::sort(filters.begin(), filters.end());
  for (const std::string& filter : filters) name += '\n' + filter;
  return name;
}

std::string Call::content_type() const {
  const auto header = request.header("content-type");
  if (!header) return {};
  std::string type{header->substr(0, header->find(';'))};
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return type;
}

std::string_view Call::json_text(std::size_t most_bytes) const {
  if (!request.body_file && request.body.empty()) return {};
  const std::string type = content_type();
  if (!type.empty() && type != "application/json")
    throw Refused{Refusal::media_type_unsupported,
                  "'" + type.substr(0, 60) + "' was sent, application/json is read here"};
  const std::uint64_t size = request.body_file ? request.body_file->size() : request.body.size();
  if (size > most_bytes)
    throw Refused{Refusal::too_large, "the body has " + std::to_string(size) + " bytes, at most " +
                                          std::to_string(most_bytes) + " are read here"};
  if (!request.body_file) return request.body;
  if (spooled_.empty())
    spooled_ = request.body_file->read(0, static_cast<std::size_t>(request.body_file->size()));
  return spooled_;
}

void Call::require_no_fields() const {
  const std::string_view text = json_text(most_small_json_bytes);
  if (text.empty()) return;
  const JsonDocument body{text};
  const JsonObject fields{JsonValue{body}, {}};
}

}  // namespace coop::api
