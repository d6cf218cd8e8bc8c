#include "ledger/statements/mt940_tags.hpp"

#include <algorithm>

namespace coop::statements {

namespace {

/// The tag at the front of a line: two digits and at most one letter between colons. Empty if there is none.
std::string_view tag_of(std::string_view line) {
  if (line.size() < 4 || line[0] != ':' || !is_digit(line[1]) || !is_digit(line[2])) return {};
  if (line[3] == ':') return line.substr(1, 2);
  const bool is_letter = (line[3] >= 'A' && line[3] <= 'Z') || (line[3] >= 'a' && line[3] <= 'z');
  return is_letter && line.size() > 4 && line[4] == ':' ? line.substr(1, 3) : std::string_view{};
}

/// Goes through the lines once.
class TagSplitter {
 public:
  void take(SourceLine line) {
    line.text = behind_blocks(line.text);
    const std::string_view tag = tag_of(line.text);
    if (!tag.empty()) {
      begin_field(tag, line);
    } else if (is_end(line.text)) {
      is_after_end_ = true;
      outside_.clear();
      outside_.push_back(line);
    } else if (is_after_end_) {
      outside_.push_back(line);
    } else if (!messages_.empty()) {
      continue_field(line);
    }
  }

  std::vector<TagMessage> messages() && { return std::move(messages_); }

 private:
  // "{1:F01…}{2:O940…}{4:" is an envelope; a field may follow on the same line.
  std::string_view behind_blocks(std::string_view line) {
    if (!line.starts_with('{') || line.size() < 3 || !is_digit(line[1]) || line[2] != ':') return line;
    is_after_end_ = true;
    outside_.clear();
    const std::size_t text_block = line.find("{4:");
    return text_block == std::string_view::npos ? std::string_view{} : line.substr(text_block + 3);
  }

  static bool is_end(std::string_view line) {
    const std::string_view bare = trimmed(line);
    return bare == "-" || bare.starts_with("-}") || bare == "-XXX";
  }

  void begin_field(std::string_view written, SourceLine line) {
    const std::string tag = in_capitals(written);
    const bool begins = tag == "20" || (is_after_end_ && (tag == "25" || tag == "28C"));
    if (messages_.empty() || begins) {
      messages_.emplace_back();
    } else if (is_after_end_) {
      // A dash within a text looked like an end; the message goes on.
      for (const SourceLine& text : outside_) continue_field(text);
    }
    is_after_end_ = false;
    outside_.clear();
    TagField field{tag, {}, {line.text}};
    line.text.remove_prefix(written.size() + 2);
    field.lines.push_back(line);
    messages_.back().fields.push_back(std::move(field));
  }

  void continue_field(SourceLine line) {
    TagField& field = messages_.back().fields.back();
    field.lines.push_back(line);
    field.whole.push_back(line.text);
  }

  std::vector<TagMessage> messages_;
  std::vector<SourceLine> outside_;  // after an end, until the next tag tells whether it was one
  bool is_after_end_ = false;
};

}  // namespace

std::vector<TagMessage> tag_messages(const std::vector<SourceLine>& lines) {
  TagSplitter splitter;
  for (const SourceLine& line : lines) splitter.take(line);
  return std::move(splitter).messages();
}

}  // namespace coop::statements
