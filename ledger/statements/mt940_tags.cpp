#include "ledger/statements/mt940_tags.hpp"

#include <utility>

namespace coop::statements {

namespace {

/// The tag at the front of a line: two digits and at most one letter between colons, or NS, under which banks
/// put what they like. Empty if there is none.
std::string_view tag_of(std::string_view line) {
  if (line.starts_with(":NS:")) return between(line, 1, 3);
  if (line.size() < 4 || line[0] != ':' || !is_digit(line[1]) || !is_digit(line[2])) return {};
  if (line[3] == ':') return between(line, 1, 3);
  const bool is_letter = (line[3] >= 'A' && line[3] <= 'Z') || (line[3] >= 'a' && line[3] <= 'z');
  return is_letter && line.size() > 4 && line[4] == ':' ? between(line, 1, 4) : std::string_view{};
}

/// Goes through the lines once. Those that belong to fields move together at the front, in their order.
class TagSplitter {
 public:
  explicit TagSplitter(std::vector<SourceLine> lines) {
    split_.lines = std::move(lines);
    split_.fields.reserve(split_.lines.size());  // so that they stay where they are
  }

  TaggedText split() && {
    for (const SourceLine& line : split_.lines) take(line.number, behind_blocks(line.text));
    return std::move(split_);
  }

 private:
  void take(std::size_t number, std::string_view text) {
    const std::string_view tag = tag_of(text);
    if (!tag.empty()) {
      begin_field(tag, number, text);
    } else if (is_end(text)) {
      is_after_end_ = true;
      outside_.clear();
      outside_.push_back({number, text});
    } else if (is_after_end_) {
      outside_.push_back({number, text});
    } else if (!split_.messages.empty()) {
      continue_field(number, text);
    }
  }

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

  void begin_field(std::string_view written, std::size_t number, std::string_view whole) {
    const std::string_view tag = raised(written);
    const bool begins = is_word(tag, "20") || (is_after_end_ && (is_word(tag, "25") || is_word(tag, "28C")));
    if (split_.messages.empty() || begins) {
      split_.messages.emplace_back();
    } else if (is_after_end_) {
      // A dash within a text looked like an end; the message goes on.
      for (const SourceLine& line : outside_) continue_field(line.number, line.text);
    }
    is_after_end_ = false;
    outside_.clear();
    const SourceLine* first = kept(number, between(whole, written.size() + 2, whole.size()));
    const TagField& field = split_.fields.emplace_back(tag, whole, std::span{first, 1});
    TagMessage& message = split_.messages.back();
    if (field.is("61")) ++message.lines;
    else if (!field.is("86")) message.others.push_back(&field);
    std::span<const TagField>& fields = message.fields;
    fields = fields.empty() ? std::span{&field, 1} : std::span{fields.data(), fields.size() + 1};
  }

  void continue_field(std::size_t number, std::string_view text) {
    std::span<const SourceLine>& lines = split_.fields.back().lines;
    kept(number, text);
    lines = {lines.data(), lines.size() + 1};
  }

  // Never overtakes the line that is taken: each is kept at most once.
  const SourceLine* kept(std::size_t number, std::string_view text) {
    SourceLine& place = split_.lines[kept_++];
    place.number = number;
    place.text = text;
    return &place;
  }

  std::string_view raised(std::string_view tag) {
    const bool is_small = tag.back() >= 'a' && tag.back() <= 'z';
    return is_small ? split_.raised_tags.emplace_back(in_capitals(tag)) : tag;
  }

  TaggedText split_;
  std::size_t kept_ = 0;
  std::vector<SourceLine> outside_;  // after an end, until the next tag tells whether it was one
  bool is_after_end_ = false;
};

}  // namespace

TaggedText tagged_text_of(std::vector<SourceLine> lines) { return TagSplitter{std::move(lines)}.split(); }

}  // namespace coop::statements
