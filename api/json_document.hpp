#pragma once
#include <boost/json/fwd.hpp>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

namespace coop::api {

/// The most bytes of one JSON document that is read into memory (RFC 8259 text, UTF-8).
inline constexpr std::size_t most_json_bytes = 32u << 20;
/// The same for requests that set up one thing: a node, an account, a lock.
inline constexpr std::size_t most_small_json_bytes = 64u << 10;
/// The same for one entry or hold.
inline constexpr std::size_t most_entry_json_bytes = 1u << 20;
/// The most arrays and objects inside each other.
inline constexpr std::size_t most_json_depth = 16;

/// A JSON text, read strictly: UTF-8, no comments, no trailing commas, no key twice in one object, nothing
/// after the value. Its memory is its own and is given back at once. Neither copied nor moved, so that values
/// may refer to it.
class JsonDocument {
 public:
  /// Throws Refused: too_large (bytes or depth), malformed_json, naming the byte where reading stopped.
  explicit JsonDocument(std::string_view text, std::size_t most_bytes = most_json_bytes);
  ~JsonDocument();
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  const boost::json::value& root() const noexcept;
  /// The JSON pointer (RFC 6901) of a value inside this document: "/postings/1/amount", "" for the root.
  std::string pointer_of(const boost::json::value& value) const;

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

/// The JSON text of an object in which the text of a member, if it has such a one, is what `other` makes of
/// it. Throws as JsonDocument.
std::string json_with_other(std::string_view text, std::string_view member,
                            const std::function<std::string(std::string_view)>& other);

/// The JSON text of an object without some members, the others in their order; other values as they are.
/// Throws as JsonDocument.
std::string json_without(std::string_view text, std::initializer_list<std::string_view> members);

/// Appends `name` to a JSON pointer, escaped: "/a~1b".
void append_pointer_part(std::string& pointer, std::string_view name);

}  // namespace coop::api
