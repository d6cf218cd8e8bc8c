#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/http_server.hpp"
#include "ledger/access/role.hpp"
#include "ledger/books/draft.hpp"
#include "ledger/books/node.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

struct Route;

/// Who asks: nobody signed in, or the user behind a token.
struct Caller {
  std::shared_ptr<const access::Access> access;  ///< null: nobody signed in
  std::optional<UserId> user() const { return access ? std::optional{access->user} : std::nullopt; }
  std::optional<std::string_view> user_name() const {
    return access ? std::optional<std::string_view>{access->name} : std::nullopt;
  }
};

/// Which page of a list is asked for.
struct Page {
  std::optional<std::string> cursor;
  int limit;
};

/// At which effective day, and as known at which instant, figures are asked for.
struct Moment {
  std::optional<Day> as_of;
  std::optional<Instant> known_at;
};

/// One request, after its route was found and its caller is known. Handlers read everything they need from
/// here.
struct Call {
  HttpRequest request;
  const Route* route = nullptr;
  std::string id;                        ///< names this request in the log and in problem documents
  std::vector<std::string> path_values;  ///< what stands at the {…} of the route's pattern, in order
  Caller caller;
  std::shared_ptr<const books::Node> at_node;  ///< of routes with {node}
  std::string key;                             ///< the Idempotency-Key, or ""
  bool dry_run = false;
  bool at_reactor = false;  ///< on a reactor thread: nothing may wait
  Instant now{};

  /// The node that the path names. InvariantBroken if the route has none.
  const books::Node& node() const;
  /// What stands at `{name}` of the pattern. InvariantBroken if there is no such place.
  const std::string& path_value(std::string_view name) const;
  /// The same as a number from 1. Throws `unknown`, if it is none: nothing has such a number.
  std::int64_t path_number(std::string_view name, Refusal unknown) const;
  /// The same as a 32-bit number.
  std::int32_t path_int(std::string_view name, Refusal unknown) const;
  books::Author author() const { return {caller.user(), now}; }
  /// Whether the caller may do something else in the node of the path: how much of an answer is shown may
  /// depend on it.
  bool may(access::Action action) const {
    return access::is_allowed(caller.access.get(), action, node().id, now);
  }
  /// The name of this request for the books: the same caller with the same key is the same request.
  books::Fingerprint request_key() const { return books::request_key_of(caller.user_name(), key); }

  /// A query parameter. Throws Refused: field_invalid, if it stands there twice.
  std::optional<std::string_view> query(std::string_view name) const;
  std::optional<std::string> query_text(std::string_view name) const;
  std::optional<Day> query_day(std::string_view name) const;
  std::optional<Instant> query_instant(std::string_view name) const;
  std::optional<std::int64_t> query_number(std::string_view name, std::int64_t least,
                                           std::int64_t most) const;
  /// "true" or "false". Throws Refused: field_invalid.
  bool query_truth(std::string_view name, bool otherwise) const;
  /// One of `words`. Throws Refused: field_invalid.
  std::optional<std::string_view> query_word(std::string_view name,
                                             std::initializer_list<std::string_view> words) const;
  /// A parameter that must be there. Throws Refused: field_missing.
  std::string require_query(std::string_view name) const;
  /// Runs `read` on a parameter that is there; what it refuses is refused naming the parameter.
  template <class Read>
  auto query_parsed(std::string_view name, Read&& read) const {
    const std::string text = require_query(name);
    std::optional<std::invoke_result_t<Read, std::string_view>> answer;
    in_parameter(name, [&] { answer.emplace(read(std::string_view{text})); });
    return std::move(*answer);
  }
  /// as_of and known_at.
  Moment moment() const;
  /// cursor and limit (1 to `most`).
  Page page(int usual = 100, int most = 1'000) const;
  /// Names this list and its filters, for cursors (ledger/values/cursor.hpp): path and query without cursor
  /// and limit.
  std::string list_name() const;

  /// The parts of a parameter that lists several, commas between; "" lists none.
  std::vector<std::string> query_list(std::string_view name) const;
  /// Runs `read` on each of them; what it refuses is refused naming the parameter.
  void each_of(std::string_view name, const std::function<void(const std::string&)>& read) const;
  /// The body as JSON text, "" if there is none, whatever type it says it has. Throws Refused:
  /// media_type_unsupported, too_large.
  std::string_view json_text(std::size_t most_bytes) const;
  /// For addresses that read no body: one that says something is refused, for it would be lost silently.
  /// Nothing and `{}` are fine. Throws Refused: as json_text and JsonDocument, field_unknown.
  void require_no_fields() const;
  /// The content type without its parameters, lower case.
  std::string content_type() const;

 private:
  static void in_parameter(std::string_view name, const std::function<void()>& read);
  mutable std::string spooled_;
};

}  // namespace coop::api
