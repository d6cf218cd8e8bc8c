#include "api/json_document.hpp"

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <cmath>

#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace json = boost::json;

namespace {

using Code = boost::system::error_code;

/// Builds the value from the parser's events, counting the keys so that a key given twice is noticed: the
/// value keeps only one of the two.
class Builder {
 public:
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = most_json_bytes;
  static constexpr std::size_t max_key_size = 1'000;

  Builder(json::storage_ptr scratch, unsigned char* buffer, std::size_t size)
      : stack_{std::move(scratch), buffer, size} {}

  void reset(json::storage_ptr storage) { stack_.reset(std::move(storage)); }
  json::value release() { return stack_.release(); }
  std::size_t keys() const noexcept { return keys_; }

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return true; }
  bool on_object_end(std::size_t n, Code&) { return stack_.push_object(n), true; }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(std::size_t n, Code&) { return stack_.push_array(n), true; }
  bool on_key_part(json::string_view text, std::size_t, Code&) { return stack_.push_chars(text), true; }
  bool on_key(json::string_view text, std::size_t, Code&) {
    ++keys_;
    return stack_.push_key(text), true;
  }
  bool on_string_part(json::string_view text, std::size_t, Code&) { return stack_.push_chars(text), true; }
  bool on_string(json::string_view text, std::size_t, Code&) { return stack_.push_string(text), true; }
  bool on_number_part(json::string_view, Code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, Code&) { return stack_.push_int64(number), true; }
  bool on_uint64(std::uint64_t number, json::string_view, Code&) { return stack_.push_uint64(number), true; }
  bool on_double(double number, json::string_view, Code& failed) {
    if (std::isfinite(number)) return stack_.push_double(number), true;
    failed = json::error::exponent_overflow;
    return false;
  }
  bool on_bool(bool truth, Code&) { return stack_.push_bool(truth), true; }
  bool on_null(Code&) { return stack_.push_null(), true; }
  bool on_comment_part(json::string_view, Code&) { return true; }
  bool on_comment(json::string_view, Code&) { return true; }

 private:
  json::value_stack stack_;
  std::size_t keys_ = 0;
};

std::size_t keys_in(const json::value& value) {
  std::size_t count = 0;
  if (const auto* object = value.if_object()) {
    count = object->size();
    for (const auto& member : *object) count += keys_in(member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& element : *array) count += keys_in(element);
  }
  return count;
}

bool append_path(const json::value& from, const json::value& wanted, std::string& pointer) {
  if (&from == &wanted) return true;
  const std::size_t before = pointer.size();
  if (const auto* object = from.if_object()) {
    for (const auto& member : *object) {
      append_pointer_part(pointer, {member.key().data(), member.key().size()});
      if (append_path(member.value(), wanted, pointer)) return true;
      pointer.resize(before);
    }
  } else if (const auto* array = from.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      append_pointer_part(pointer, std::to_string(i));
      if (append_path((*array)[i], wanted, pointer)) return true;
      pointer.resize(before);
    }
  }
  return false;
}

json::parse_options strict() {
  json::parse_options options;
  options.max_depth = most_json_depth;
  return options;
}

}  // namespace

/// The memory, then the value in it.
struct JsonDocument::Held {
  std::array<unsigned char, 6'000> first_piece;
  std::array<unsigned char, 2'000> scratch;
  json::monotonic_resource memory{first_piece.data(), first_piece.size()};
  json::value root = json::value(json::storage_ptr(&memory));
};

JsonDocument::JsonDocument(std::string_view text, std::size_t most_bytes) : held_{new Held} {
  if (text.size() > most_bytes)
    throw Refused{Refusal::too_large, "the body has " + std::to_string(text.size()) + " bytes, at most " +
                                          std::to_string(most_bytes) + " are read here"};
  json::basic_parser<Builder> parser{strict(), json::storage_ptr{}, held_->scratch.data(),
                                     held_->scratch.size()};
  parser.handler().reset(&held_->memory);
  Code failed;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), failed);
  if (failed == json::error::too_deep)
    throw Refused{Refusal::too_large, "arrays and objects lie more than " + std::to_string(most_json_depth) +
                                          " deep at byte " + std::to_string(read)};
  if (!failed && read < text.size()) failed = json::error::extra_data;
  if (failed)
    throw Refused{Refusal::malformed_json, failed.message() + " at byte " + std::to_string(read) + " of " +
                                               std::to_string(text.size())};
  const std::size_t keys = parser.handler().keys();
  held_->root = parser.handler().release();
  if (keys != keys_in(held_->root))
    throw Refused{Refusal::malformed_json, "a key stands twice in one object"};
}

JsonDocument::~JsonDocument() = default;

const json::value& JsonDocument::root() const noexcept { return held_->root; }

std::string JsonDocument::pointer_of(const json::value& value) const {
  std::string pointer;
  ensure(append_path(held_->root, value, pointer), "a value's pointer is asked of its own document");
  return pointer;
}

std::string json_with_other(std::string_view text, std::string_view member,
                            const std::function<std::string(std::string_view)>& other) {
  const JsonDocument document{text};
  json::value value(document.root(), json::storage_ptr{});
  auto* object = value.if_object();
  auto* found = object ? object->if_contains(json::string_view{member.data(), member.size()}) : nullptr;
  if (found && found->is_string()) *found = other({found->get_string().data(), found->get_string().size()});
  return json::serialize(value);
}

std::string json_without(std::string_view text, std::initializer_list<std::string_view> members) {
  const JsonDocument document{text};
  json::value value(document.root(), json::storage_ptr{});
  if (auto* object = value.if_object())
    for (const std::string_view member : members)
      object->erase(json::string_view{member.data(), member.size()});
  return json::serialize(value);
}

void append_pointer_part(std::string& pointer, std::string_view name) {
  pointer += '/';
  for (const char c : name) {
    if (c == '~') pointer += "~0";
    else if (c == '/') pointer += "~1";
    else pointer += c;
  }
}

}  // namespace coop::api
