#include <algorithm>
#include <charconv>
#include <limits>

#include "api/configuration.hpp"
#include "api/http/listen_address.hpp"
#include "ledger/database/session_address.hpp"
#include "ledger/reminders/mail.hpp"

namespace coop::api {

namespace {

using Set = std::function<std::optional<std::string>(Settings&, std::string_view)>;
/// What would be right, if a text is not.
using Judge = std::function<std::optional<std::string>(const std::string&)>;

/// A whole number from `least` to `most`, or to what its member can hold.
template <class Number, class Member>
SettingRow number(std::string_view name, SettingGroup group, Member member, Number least,
                  std::string_view meaning, Number most = std::numeric_limits<Number>::max()) {
  const Set set = [=](Settings& settings, std::string_view text) -> std::optional<std::string> {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
      return "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    member(settings) = value;
    return std::nullopt;
  };
  const auto shown = [=](const Settings& settings) { return std::to_string(member(settings)); };
  return {name, group, meaning, false, set, shown, true};
}

/// Text that `judge` finds right.
template <class Member>
SettingRow text(std::string_view name, SettingGroup group, Member member, std::string_view meaning,
                const Judge& judge, bool secret = false) {
  const Set set = [=](Settings& settings, std::string_view value) {
    auto wanted = judge(std::string{value});
    if (!wanted) member(settings) = std::string{value};
    return wanted;
  };
  const auto shown = [=](const Settings& settings) { return member(settings); };
  return {name, group, meaning, secret, set, shown, false};
}

template <class Member>
SettingRow truth(std::string_view name, SettingGroup group, Member member, std::string_view meaning) {
  const Set set = [=](Settings& settings, std::string_view value) -> std::optional<std::string> {
    if (value != "true" && value != "false") return "true or false";
    member(settings) = value == "true";
    return std::nullopt;
  };
  const auto shown = [=](const Settings& settings) {
    return std::string{member(settings) ? "true" : "false"};
  };
  return {name, group, meaning, false, set, shown, true};
}

/// Texts with commas between, each of which `judge` finds right.
template <class Member>
SettingRow list(std::string_view name, SettingGroup group, Member member, std::string_view meaning,
                const Judge& judge) {
  const Set set = [=](Settings& settings, std::string_view value) -> std::optional<std::string> {
    std::vector<std::string> items;
    while (!value.empty()) {
      const std::size_t end = std::min(value.size(), value.find(','));
      if (end > 0) {
        if (auto wanted = judge(std::string{value.substr(0, end)})) return wanted;
        items.emplace_back(value.substr(0, end));
      }
      value.remove_prefix(std::min(value.size(), end + 1));
    }
    member(settings) = std::move(items);
    return std::nullopt;
  };
  const auto shown = [=](const Settings& settings) {
    std::string joined;
    for (const std::string& item : member(settings)) joined += (joined.empty() ? "" : ",") + item;
    return joined;
  };
  return {name, group, meaning, false, set, shown, false};
}

Judge one_of(const std::vector<std::string>& choices) {
  return [=](const std::string& text) -> std::optional<std::string> {
    if (std::find(choices.begin(), choices.end(), text) != choices.end()) return std::nullopt;
    std::string wanted = "one of";
    for (const std::string& choice : choices) wanted += " " + choice;
    return wanted;
  };
}

std::optional<std::string> judge_database(const std::string& text) {
  if (text.empty() || is_database_address(text)) return std::nullopt;
  return "postgresql://user@host/name or host=... dbname=...";
}

std::optional<std::string> judge_listen(const std::string& text) {
  if (listen_address_from(text)) return std::nullopt;
  return "address:port, [address]:port or unix:/path";
}

/// What is there already must be a folder.
std::optional<std::string> judge_folder(const std::string& text) {
  std::error_code unknown;
  if (!std::filesystem::exists(text, unknown) || std::filesystem::is_directory(text, unknown))
    return std::nullopt;
  return "a folder";
}

/// What is there already must be no folder.
std::optional<std::string> judge_file(const std::string& text) {
  std::error_code unknown;
  if (!text.ends_with('/') && !std::filesystem::is_directory(text, unknown)) return std::nullopt;
  return "a file";
}

/// What follows "https://" or "http://", or nothing.
std::string_view after_scheme(std::string_view address) {
  for (const std::string_view scheme : {"https://", "http://"})
    if (address.starts_with(scheme)) return address.substr(scheme.size());
  return {};
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c < '\x7f' && c != '"' && c != '\\'; });
}

std::optional<std::string> judge_url(const std::string& text) {
  const std::string_view rest = after_scheme(text);
  if (text.empty() || (!rest.empty() && !rest.starts_with('/') && is_plain(rest))) return std::nullopt;
  return "an address such as https://books.example.org";
}

/// As browsers write it: without a path, in lower case.
std::optional<std::string> judge_origin(const std::string& text) {
  const std::string_view rest = after_scheme(text);
  const bool is_origin =
      !rest.empty() && is_plain(rest) &&
      std::none_of(rest.begin(), rest.end(), [](char c) { return c == '/' || (c >= 'A' && c <= 'Z'); });
  if (is_origin) return std::nullopt;
  return "origins such as https://app.example.org, without a path";
}

// Names a member of Settings for both reading and writing.
#define COOP_MEMBER(path) [](auto& settings) -> auto& { return settings.path; }

std::vector<SettingRow> books_rows() {
  constexpr SettingGroup group = SettingGroup::books;
  return {
      text("data", group, COOP_MEMBER(data),
           "folder of the private PostgreSQL, the signing key and spooled files", judge_folder),
      text("database", group, COOP_MEMBER(database),
           "libpq address of your own PostgreSQL; empty: a private one under `data`", judge_database, true),
      text("owner_database", group, COOP_MEMBER(owner_database),
           "the same with the rights to change the schema, for `migrate`; empty: `database`", judge_database,
           true),
      number<int>("database_connections", group, COOP_MEMBER(database_connections), 2,
                  "connections to PostgreSQL, made when first needed", 10'000),
      number<int>("database_wait_ms", group, COOP_MEMBER(database_wait_ms), 1,
                  "how long a request waits for a free connection before it is answered 503"),
      number<int>("statement_timeout_ms", group, COOP_MEMBER(statement_timeout_ms), 0,
                  "how long one statement may run; 0: as long as it likes"),
      truth("migrate_at_start", group, COOP_MEMBER(migrate_at_start),
            "`serve` brings the schema up to date; false: it refuses to start on an older one"),
      truth("accept_undurable_database", group, COOP_MEMBER(accept_undurable_database),
            "`serve` starts although your own PostgreSQL may lose what was answered, since its `fsync`, "
            "`full_page_writes` or `synchronous_commit` is off; only for books that may be lost"),
      text("signing_key_file", group, COOP_MEMBER(signing_key_file),
           "Ed25519 key that signs checkpoints, in PEM; empty: `data`/signing_key.pem, made at the first "
           "start",
           judge_file),
  };
}

std::vector<SettingRow> service_rows() {
  constexpr SettingGroup group = SettingGroup::service;
  return {
      text("listen", group, COOP_MEMBER(http.listen),
           "where to answer: address:port, [address]:port, or unix:/path; port 0 picks a free one",
           judge_listen),
      text("public_url", group, COOP_MEMBER(public_url),
           "the address others use, such as https://books.example.org: `serve` prints it, `nginx` is set up "
           "for it",
           judge_url),
      truth("behind_proxy", group, COOP_MEMBER(behind_proxy),
            "the client's address is taken from X-Forwarded-For of a proxy on this machine"),
      list("cors_origins", group, COOP_MEMBER(cors_origins),
           "web origins whose pages may call the API, separated by commas; empty: none", judge_origin),
      number<int>("threads", group, COOP_MEMBER(http.threads), 1, "reactor threads; they never wait", 256),
      number<int>("workers", group, COOP_MEMBER(workers), 1,
                  "threads that answer requests and may wait for PostgreSQL", 4'096),
      number<int>("stop_patience_ms", group, COOP_MEMBER(stop_patience_ms), 0,
                  "how long requests in flight may take to end when the server is told to stop"),
      truth("metrics", group, COOP_MEMBER(metrics), "Prometheus metrics at /metrics"),
      number<int>("requests_per_minute", group, COOP_MEMBER(requests_per_minute), 0,
                  "per token; beyond it 429; 0: no limit", 60'000'000),
      number<int>("sign_ins_per_minute", group, COOP_MEMBER(sign_ins_per_minute), 0,
                  "attempts per client address; beyond it 429; 0: no limit", 60'000'000),
      truth("webhooks_to_private", group, COOP_MEMBER(webhooks_to_private),
            "webhooks may lead to this machine and to private networks, there without encryption too"),
  };
}

std::optional<std::string> judge_mail_address(const std::string& text) {
  if (text.empty() || reminders::is_mail_address(text)) return std::nullopt;
  return "an e-mail address such as books@example.org";
}

std::optional<std::string> judge_smtp_url(const std::string& text) {
  for (const std::string_view scheme : {"smtp://", "smtps://"})
    if (text.size() > scheme.size() && text.starts_with(scheme) && is_plain(text) &&
        text.find('@') == std::string::npos)
      return std::nullopt;
  if (text.empty()) return std::nullopt;
  return "an address such as smtp://mail.example.org:587 or smtps://mail.example.org, without a password";
}

std::vector<SettingRow> message_rows() {
  constexpr SettingGroup group = SettingGroup::service;
  return {
      text("message_delivery", group, COOP_MEMBER(message_delivery),
           "how reminders leave, of nodes that switched them on: off, files (into a folder) or smtp",
           one_of({"off", "files", "smtp"})),
      text("message_folder", group, COOP_MEMBER(message_folder),
           "folder of the files; empty: `data`/messages", judge_folder),
      text("message_from", group, COOP_MEMBER(message_from), "the address that mail comes from",
           judge_mail_address),
      text("smtp_url", group, COOP_MEMBER(smtp_url),
           "the mail server: smtp://mail.example.org:587, or smtps://mail.example.org", judge_smtp_url),
      text("smtp_user", group, COOP_MEMBER(smtp_user), "who signs in at the mail server; empty: nobody",
           [](const std::string&) { return std::optional<std::string>{}; }),
      text(
          "smtp_password", group, COOP_MEMBER(smtp_password), "with which password",
          [](const std::string&) { return std::optional<std::string>{}; }, true),
      truth("smtp_tls_required", group, COOP_MEMBER(smtp_tls_required),
            "nothing is said to a mail server that does not encrypt; false: only for one on this machine"),
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
           one_of({"trace", "debug", "info", "warning", "error", "off"})),
      text("log_format", group, COOP_MEMBER(log_format), "how a line looks: for eyes, or one JSON object",
           one_of({"text", "json"})),
      truth("access_log", group, COOP_MEMBER(access_log), "a line for each request"),
  };
}

#undef COOP_MEMBER

}  // namespace

std::span<const SettingRow> setting_rows() {
  static const std::vector<SettingRow> all = [] {
    std::vector<SettingRow> rows;
    for (auto part : {books_rows, service_rows, message_rows, limit_rows, log_rows}) {
      for (SettingRow& row : part()) rows.push_back(std::move(row));
    }
    return rows;
  }();
  return all;
}

}  // namespace coop::api
