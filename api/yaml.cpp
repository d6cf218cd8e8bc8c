#include "api/yaml.hpp"

#include <vector>

#include "api/json_writer.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

/// A line without its indentation.
struct Line {
  int number;
  std::size_t indent;
  std::string_view text;
};

/// Reads scalars and flow collections from one line.
class FlowReader {
 public:
  FlowReader(std::string_view text, JsonWriter& out, int line) : text_{text}, out_{out}, line_{line} {}

  void read_all() {
    read_value(false);
    skip_blanks();
    if (at_ < text_.size()) fail("more follows the value");
  }

  /// A key and the colon after it, if the text begins with one; moves behind the colon.
  bool read_key(std::string& key) {
    const std::size_t before = at_;
    if (peek() == '"' || peek() == '\'') {
      key = quoted();
    } else {
      while (at_ < text_.size() && !is_colon()) ++at_;
      key = std::string{text_.substr(before, at_ - before)};
    }
    if (is_colon() && !key.empty()) return ++at_, true;
    at_ = before;
    return false;
  }
  std::string_view rest() {
    skip_blanks();
    return text_.substr(at_);
  }

 private:
  [[noreturn]] void fail(const char* why) const {
    throw InvariantBroken{"YAML line " + std::to_string(line_) + ": " + why};
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool is_colon() const { return peek() == ':' && (at_ + 1 == text_.size() || text_[at_ + 1] == ' '); }
  void skip_blanks() {
    while (peek() == ' ') ++at_;
  }

  void read_value(bool inside) {
    skip_blanks();
    if (peek() == '{') return read_mapping();
    if (peek() == '[') return read_sequence();
    if (peek() == '"' || peek() == '\'') {
      out_.value(quoted());
      return;
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() && !(inside && (peek() == ',' || peek() == '}' || peek() == ']'))) ++at_;
    std::string_view plain = text_.substr(begin, at_ - begin);
    while (plain.ends_with(' ')) plain.remove_suffix(1);
    write_plain(plain);
  }

  void write_plain(std::string_view plain) {
    const auto is_number = [&] {
      const std::string_view digits = plain.starts_with('-') ? plain.substr(1) : plain;
      return !digits.empty() && digits.size() < 18 &&
             digits.find_first_not_of("0123456789") == std::string_view::npos &&
             (digits.size() == 1 || digits.front() != '0');
    };
    if (plain == "true" || plain == "false" || plain == "null" || is_number()) out_.raw(plain);
    else out_.value(plain);
  }

  std::string quoted() {
    const char mark = text_[at_++];
    std::string text;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == mark && mark == '\'' && peek() == mark) {
        text += text_[at_++];
      } else if (c == mark) {
        return text;
      } else if (c == '\\' && mark == '"' && at_ < text_.size()) {
        const char escaped = text_[at_++];
        text += escaped == 'n' ? '\n' : escaped;
      } else {
        text += c;
      }
    }
    fail("a quotation mark is missing");
  }

  void read_mapping() {
    out_.open();
    for (++at_, skip_blanks(); peek() != '}'; skip_blanks()) {
      std::string key;
      if (!read_key(key)) fail("a key is expected");
      out_.name(key);
      read_value(true);
      skip_blanks();
      if (peek() == ',') ++at_;
      else if (peek() != '}') fail("a comma or brace is expected");
    }
    ++at_;
    out_.close();
  }

  void read_sequence() {
    out_.begin_array();
    for (++at_, skip_blanks(); peek() != ']'; skip_blanks()) {
      read_value(true);
      skip_blanks();
      if (peek() == ',') ++at_;
      else if (peek() != ']') fail("a comma or bracket is expected");
    }
    ++at_;
    out_.end_array();
  }

  std::string_view text_;
  JsonWriter& out_;
  int line_;
  std::size_t at_ = 0;
};

/// Reads mappings and sequences by indentation.
class BlockReader {
 public:
  explicit BlockReader(std::string_view yaml) {
    int number = 0;
    while (!yaml.empty()) {
      const std::size_t end = std::min(yaml.find('\n'), yaml.size());
      const std::string_view line = yaml.substr(0, end);
      yaml.remove_prefix(std::min(end + 1, yaml.size()));
      const std::size_t indent = line.find_first_not_of(' ');
      ++number;
      if (indent == std::string_view::npos) lines_.push_back({number, blank, {}});
      else lines_.push_back({number, indent, line.substr(indent)});
    }
  }

  std::string json() {
    skip_empty();
    read_block(0);
    skip_empty();
    if (at_ < lines_.size()) fail("the indentation does not fit");
    return out_.take();
  }

 private:
  static constexpr std::size_t blank = static_cast<std::size_t>(-1);

  [[noreturn]] void fail(const char* why) const {
    throw InvariantBroken{"YAML line " + std::to_string(at_ < lines_.size() ? lines_[at_].number : 0) + ": " +
                          why};
  }
  bool is_empty(const Line& line) const { return line.indent == blank || line.text.starts_with('#'); }
  void skip_empty() {
    while (at_ < lines_.size() && is_empty(lines_[at_])) ++at_;
  }
  static bool is_item(const Line& line) { return line.text == "-" || line.text.starts_with("- "); }

  void read_block(std::size_t indent) {
    if (at_ >= lines_.size() || lines_[at_].indent != indent) fail("a block is expected");
    if (is_item(lines_[at_])) read_items(indent);
    else read_fields(indent);
  }

  void read_items(std::size_t indent) {
    out_.begin_array();
    for (skip_empty(); at_ < lines_.size() && lines_[at_].indent == indent && is_item(lines_[at_]);
         skip_empty()) {
      Line& line = lines_[at_];
      const std::size_t inner = std::min(line.text.find_first_not_of(' ', 1), line.text.size());
      if (inner == line.text.size()) fail("an empty item");
      std::string key;
      const std::string_view rest = line.text.substr(inner);
      const bool is_flow = rest.starts_with('{') || rest.starts_with('[');
      if (!is_flow && FlowReader{rest, out_, line.number}.read_key(key)) {
        line = {line.number, indent + inner, rest};  // a mapping that begins beside its dash
        read_fields(indent + inner);
      } else {
        FlowReader{rest, out_, line.number}.read_all();
        ++at_;
      }
    }
    out_.end_array();
  }

  void read_fields(std::size_t indent) {
    out_.open();
    for (skip_empty(); at_ < lines_.size() && lines_[at_].indent == indent && !is_item(lines_[at_]);
         skip_empty()) {
      const Line line = lines_[at_];
      FlowReader reader{line.text, out_, line.number};
      std::string key;
      if (!reader.read_key(key)) fail("a key is expected");
      append_json_name(key);
      const std::string_view rest = reader.rest();
      ++at_;
      if (rest == "|") read_text(indent);
      else if (rest.empty()) read_inner(indent);
      else FlowReader{rest, out_, line.number}.read_all();
    }
    out_.close();
  }

  void append_json_name(const std::string& key) {
    std::string quoted;
    append_json_text(quoted, key);
    out_.name(std::string_view{quoted}.substr(1, quoted.size() - 2));
  }

  void read_inner(std::size_t indent) {
    skip_empty();
    if (at_ >= lines_.size() || lines_[at_].indent <= indent) fail("a value is expected");
    read_block(lines_[at_].indent);
  }

  void read_text(std::size_t indent) {
    std::string text;
    std::size_t inner = 0;
    for (; at_ < lines_.size(); ++at_) {
      const Line& line = lines_[at_];
      if (line.indent != blank && line.indent <= indent) break;
      if (line.indent != blank && inner == 0) inner = line.indent;
      if (line.indent != blank) text += std::string(line.indent - inner, ' ') + std::string{line.text};
      text += '\n';
    }
    while (text.ends_with("\n\n")) text.pop_back();
    out_.value(text);
  }

  std::vector<Line> lines_;
  std::size_t at_ = 0;
  JsonWriter out_;
};

}  // namespace

std::string json_from_yaml(std::string_view yaml) { return BlockReader{yaml}.json(); }

}  // namespace coop::api
