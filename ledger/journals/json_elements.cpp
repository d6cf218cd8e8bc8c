#include "ledger/journals/json_elements.hpp"

#include "ledger/journals/json_fields.hpp"

namespace coop::journals {

namespace {

constexpr int end_of_file = std::char_traits<char>::eof();
constexpr std::size_t longest_element = 64'000'000;

bool is_blank(int byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

}  // namespace

int JsonElements::take() {
  const int byte = in_.rdbuf()->sbumpc();
  if (byte != end_of_file) ++bytes_;
  return byte;
}

int JsonElements::take_visible() {
  int byte = take();
  while (is_blank(byte)) byte = take();
  return byte;
}

std::optional<std::string_view> JsonElements::next() {
  if (has_ended_) return std::nullopt;
  int byte = take_visible();
  if (!has_begun_) {
    if (byte != '[') refuse_unreadable("the file is not a JSON list of entries");
    has_begun_ = true;
    byte = take_visible();
  } else if (byte == ',') {
    byte = take_visible();
    if (byte == ']') refuse_unreadable("an entry is missing before the list's end");
  } else if (byte != ']') {
    refuse_unreadable("the list of entries is cut off or damaged after byte " + std::to_string(bytes_));
  }
  if (byte == ']') {
    has_ended_ = true;
    if (take_visible() != end_of_file) refuse_unreadable("the file goes on after its list of entries");
    return std::nullopt;
  }
  read_element(byte);
  return text_;
}

// An entry is an object: it ends where its braces are even, those in texts not counted.
void JsonElements::read_element(int first) {
  if (first != '{')
    refuse_unreadable("an entry that is not an object stands before byte " + std::to_string(bytes_));
  text_ = '{';
  bool in_text = false;
  for (int depth = 1; depth > 0;) {
    const int byte = take();
    if (byte == end_of_file) refuse_unreadable("the file is cut off");
    if (text_.size() == longest_element) refuse_unreadable("an entry is too long");
    text_ += static_cast<char>(byte);
    if (in_text) {
      if (byte == '\\') text_ += static_cast<char>(take());
      in_text = byte != '"';
    } else if (byte == '"') {
      in_text = true;
    } else if (byte == '{' || byte == '[') {
      ++depth;
    } else if (byte == '}' || byte == ']') {
      --depth;
    }
  }
}

}  // namespace coop::journals
