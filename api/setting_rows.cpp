#include <charconv>
#include <limits>

#include "api/configuration.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

using Set = std::function<void(Settings&, std::string_view)>;

[[noreturn]] void refuse(std::string_view name, std::string_view text, const std::string& wanted) {
  throw Refused{Refusal::field_invalid, std::string{name} + " is \"" + std::string{text} + "\": " + wanted};
}

/// A whole number from `least` to what its member can hold.
template <class Number, class Member>
SettingRow number(std::string_view name, SettingGroup group, Member member, Number least,
                  std::string_view meaning) {
  const Set set = [=](Settings& settings, std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least) {
      refuse(name, text, "a whole number of at least " + std::to_string(least));
    }
    member(settings) = value;
  };
  const auto shown = [=](const Settings& settings) { return std::to_string(member(settings)); };
  return {name, group, meaning, false, set, shown, true};
}

/// Text; `choices` are the allowed ones, or none if any will do.
template <class Member>
SettingRow text(std::string_view name, SettingGroup group, Member member, std::string_view meaning,
                std::vector<std::string> choices = {}, bool secret = false) {
  const Set set = [=](Settings& settings, std::string_view value) {
    if (!choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end()) {
      std::string wanted = "one of";
      for (const std::string& choice : choices) wanted += " " + choice;
      refuse(name, value, wanted);
    }
    member(settings) = std::string{value};
  };
  const auto shown = [=](const Settings& settings) { return member(settings); };
  return {name, group, meaning, secret, set, shown, false};
}

template <class Member>
SettingRow truth(std::string_view name, SettingGroup group, Member member, std::string_view meaning) {
  const Set set = [=](Settings& settings, std::string_view value) {
    if (value != "true" && value != "false") refuse(name, value, "true or false");
    member(settings) = value == "true";
  };
  const auto shown = [=](const Settings& settings) {
    return std::string{member(settings) ? "true" : "false"};
  };
  return {name, group, meaning, false, set, shown, true};
}

template <class Member>
SettingRow list(std::string_view name, SettingGroup group, Member member, std::string_view meaning) {
  const Set set = [=](Settings& settings, std::string_view value) {
    member(settings).clear();
    while (!value.empty()) {
      const std::size_t end = std::min(value.size(), value.find(','));
      if (end > 0) member(settings).emplace_back(value.substr(0, end));
      value.remove_prefix(std::min(value.size(), end + 1));
    }
  };
  const auto shown = [=](const Settings& settings) {
    std::string joined;
    for (const std::string& item : member(settings)) joined += (joined.empty() ? "" : ",") + item;
    return joined;
  };
  return {name, group, meaning, false, set, shown, false};
}

// Names a member of Settings for both reading and writing.
#define COOP_MEMBER(path) [](auto& settings) -> auto& { return settings.path; }

std::vector<SettingRow> books_rows() {
  constexpr SettingGroup group = SettingGroup::books;
  return {
      text("data", group, COOP_MEMBER(data),
           "folder of the private PostgreSQL, the signing key and spooled files"),
      text("database", group, COOP_MEMBER(database),
           "libpq address of your own PostgreSQL; empty: a private one under `data`", {}, true),
      text("owner_database", group, COOP_MEMBER(owner_database),
           "the same with the rights to change the schema, for `migrate`; empty: `database`", {}, true),
      number<int>("database_connections", group, COOP_MEMBER(database_connections), 2,
                  "connections to PostgreSQL, made when first needed"),
      number<int>("database_wait_ms", group, COOP_MEMBER(database_wait_ms), 1,
                  "how long a request waits for a free connection before it is answered 503"),
      number<int>("statement_timeout_ms", group, COOP_MEMBER(statement_timeout_ms), 0,
                  "how long one statement may run; 0: as long as it likes"),
      truth("migrate_at_start", group, COOP_MEMBER(migrate_at_start),
            "`serve` brings the schema up to date; false: it refuses to start on an older one"),
      text("signing_key_file", group, COOP_MEMBER(signing_key_file),
           "Ed25519 key that signs checkpoints, in PEM; empty: `data`/signing_key.pem, made at the first "
           "start"),
  };
}

std::vector<SettingRow> service_rows() {
  constexpr SettingGroup group = SettingGroup::service;
  return {
      text("listen", group, COOP_MEMBER(http.listen),
           "where to answer: address:port, [address]:port, or unix:/path; port 0 picks a free one"),
      text("public_url", group, COOP_MEMBER(public_url),
           "the address others use, such as https://books.example.org; empty: what `listen` says"),
      truth("behind_proxy", group, COOP_MEMBER(behind_proxy),
            "the client's address is taken from X-Forwarded-For of a proxy on this machine"),
      list("cors_origins", group, COOP_MEMBER(cors_origins),
           "web origins whose pages may call the API, separated by commas; empty: none"),
      number<int>("threads", group, COOP_MEMBER(http.threads), 1, "reactor threads; they never wait"),
      number<int>("workers", group, COOP_MEMBER(workers), 1,
                  "threads that answer requests and may wait for PostgreSQL"),
      number<int>("stop_patience_ms", group, COOP_MEMBER(stop_patience_ms), 0,
                  "how long requests in flight may take to end when the server is told to stop"),
      truth("metrics", group, COOP_MEMBER(metrics), "Prometheus metrics at /metrics"),
      number<int>("requests_per_minute", group, COOP_MEMBER(requests_per_minute), 0,
                  "per token; beyond it 429; 0: no limit"),
      number<int>("sign_ins_per_minute", group, COOP_MEMBER(sign_ins_per_minute), 0,
                  "attempts per client address; beyond it 429; 0: no limit"),
      truth("webhooks_to_private", group, COOP_MEMBER(webhooks_to_private),
            "webhooks may lead to this machine and to private networks, there without encryption too"),
  };
}

std::vector<SettingRow> limit_rows() {
  constexpr SettingGroup group = SettingGroup::service;
  return {
      number<std::size_t>("max_connections", group, COOP_MEMBER(http.max_connections), 1,
                          "open connections; further ones are closed at once"),
      number<std::size_t>("max_header_bytes", group, COOP_MEMBER(http.max_header_bytes), 1024,
                          "beyond it 431"),
      number<std::uint64_t>("max_body_bytes", group, COOP_MEMBER(http.max_body_bytes), 1024, "beyond it 413"),
      number<std::size_t>("body_in_memory", group, COOP_MEMBER(http.body_in_memory), 0,
                          "larger bodies wait in a temporary file"),
      number<std::uint64_t>("bodies_in_memory", group, COOP_MEMBER(http.bodies_in_memory), 0,
                            "all connections together; beyond it bodies wait in files at once"),
      number<std::uint64_t>("bodies_in_files", group, COOP_MEMBER(http.bodies_in_files), 0,
                            "all connections together; beyond it 503"),
      number<std::size_t>("max_pipelined_bytes", group, COOP_MEMBER(http.max_pipelined_bytes), 1024,
                          "what a connection may send ahead of its answers"),
      number<int>("header_timeout_ms", group, COOP_MEMBER(http.header_timeout_ms), 1,
                  "from a request's first byte to the end of its headers"),
      number<int>("body_timeout_ms", group, COOP_MEMBER(http.body_timeout_ms), 1,
                  "without progress of the body"),
      number<int>("idle_timeout_ms", group, COOP_MEMBER(http.idle_timeout_ms), 1, "between two requests"),
      number<int>("write_stall_ms", group, COOP_MEMBER(http.write_stall_ms), 1,
                  "a client that takes nothing of its answer for so long is closed"),
  };
}

std::vector<SettingRow> log_rows() {
  constexpr SettingGroup group = SettingGroup::log;
  return {
      text("log_level", group, COOP_MEMBER(log_level), "the least important kind of line that is written",
           {"trace", "debug", "info", "warning", "error", "off"}),
      text("log_format", group, COOP_MEMBER(log_format), "how a line looks: for eyes, or one JSON object",
           {"text", "json"}),
      truth("access_log", group, COOP_MEMBER(access_log), "a line for each request"),
  };
}

#undef COOP_MEMBER

}  // namespace

std::span<const SettingRow> setting_rows() {
  static const std::vector<SettingRow> all = [] {
    std::vector<SettingRow> rows;
    for (auto part : {books_rows, service_rows, limit_rows, log_rows}) {
      for (SettingRow& row : part()) rows.push_back(std::move(row));
    }
    return rows;
  }();
  return all;
}

}  // namespace coop::api
