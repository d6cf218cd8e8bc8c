#include "ledger/statements/xml_bounds.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::statements {

namespace {

constexpr std::size_t nowhere = std::string_view::npos;

[[noreturn]] void refuse(std::string_view xml, std::size_t at, const std::string& fault) {
  throw Refused{Refusal::statement_unreadable, line_place(xml, at) + ": " + fault};
}

// What begins with "<!": comments and CDATA sections are jumped over; nothing else belongs into a statement.
std::size_t end_of_declaration(std::string_view xml, std::size_t at) {
  const std::string_view rest = xml.substr(at);
  if (rest.starts_with("<!--")) return xml.find("-->", at + 4);
  if (rest.starts_with("<![CDATA[")) return xml.find("]]>", at + 9);
  refuse(xml, at, "document types and entities are not read");
}

// Finds the ends of tags and texts by looking at each character: they are so short that a search would cost
// more. The last of either kind is known, so that no step asks whether the text ends.
class TagScanner {
 public:
  explicit TagScanner(std::string_view xml)
      : xml_{xml}, last_begin_{xml.rfind('<')}, last_end_{xml.rfind('>')} {}

  // The next "<" from a place on.
  std::size_t next_begin(std::size_t from) const {
    if (last_begin_ == nowhere || from > last_begin_) return nowhere;
    while (xml_[from] != '<') ++from;
    return from;
  }

  // The ">" of a tag, which is none within the quotes of a value; adds its attributes.
  std::size_t end_of_tag(std::size_t from, std::size_t& attributes) const {
    for (; last_end_ != nowhere && from <= last_end_; ++from) {
      while (xml_[from] > '>' || xml_[from] < '=') ++from;
      if (xml_[from] == '>') return from;
      ++attributes;
      from = end_of_value(from);
    }
    return nowhere;
  }

 private:
  // From the "=" to the second quote; if there are none it stays.
  std::size_t end_of_value(std::size_t from) const {
    const std::size_t quote = xml_.find_first_not_of(" \t\r\n", from + 1);
    if (quote == nowhere || (xml_[quote] != '"' && xml_[quote] != '\'')) return from;
    return std::min(xml_.find(xml_[quote], quote + 1), xml_.size());
  }

  std::string_view xml_;
  std::size_t last_begin_;
  std::size_t last_end_;
};

// Characters of XML 1.0, as far as a text that we store may hold them.
bool is_character(std::uint32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code < 0xD800 || (code > 0xDFFF && code <= 0x10FFFF && code != 0xFFFE && code != 0xFFFF);
}

int digit_of(char letter, int base) {
  const int digit = letter >= '0' && letter <= '9'   ? letter - '0'
                    : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10
                    : letter >= 'A' && letter <= 'F' ? letter - 'A' + 10
                                                     : base;
  return digit < base ? digit : -1;
}

// Parsers decode whatever number stands there; a surrogate or a NUL could be stored nowhere.
void require_characters(std::string_view xml) {
  for (std::size_t at = xml.find("&#"); at != nowhere; at = xml.find("&#", at + 2)) {
    std::size_t from = at + 2;
    const bool is_hexadecimal = from < xml.size() && xml[from] == 'x';
    if (is_hexadecimal) ++from;
    const int base = is_hexadecimal ? 16 : 10;
    std::uint32_t code = 0;
    for (; from < xml.size() && digit_of(xml[from], base) >= 0; ++from)
      code = std::min(
          code * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit_of(xml[from], base)),
          std::uint32_t{0x110000});
    if (!is_character(code)) refuse(xml, at, "a reference to what is no character");
  }
}

// True if the tag has this name, whatever prefix stands before it.
bool is_named(std::string_view xml, std::size_t tag, std::string_view name) {
  const std::size_t begin = tag + 1;
  const std::string_view whole = xml.substr(begin, xml.find_first_of("> /\t\r\n", begin) - begin);
  const std::size_t colon = whole.find(':');
  return (colon == nowhere ? whole : whole.substr(colon + 1)) == name;
}

// Keeps where elements of a name stand, the outer ones.
class PieceKeeper {
 public:
  explicit PieceKeeper(std::string_view name) : name_{name} {}

  void open(std::string_view xml, std::size_t at, std::size_t depth) {
    if (is_open_ || name_.empty() || !is_named(xml, at, name_)) return;
    is_open_ = true;
    begin_ = at;
    depth_ = depth;
  }

  void close(std::size_t depth, std::size_t end) {
    if (!is_open_ || depth != depth_) return;
    is_open_ = false;
    pieces_.push_back({begin_, end});
  }

  std::vector<TextPiece> take() && { return std::move(pieces_); }

 private:
  std::string_view name_;
  bool is_open_ = false;
  std::size_t begin_ = 0;
  std::size_t depth_ = 0;
  std::vector<TextPiece> pieces_;
};

}  // namespace

std::string line_place(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const auto line_feeds = std::count(before.begin(), before.end(), '\n');
  const auto returns = std::count(before.begin(), before.end(), '\r');
  return "line " + std::to_string(1 + (line_feeds > 0 ? line_feeds : returns));
}

void require_bounded_xml(std::string_view xml) { pieces_of_bounded_xml(xml, {}); }

std::vector<TextPiece> pieces_of_bounded_xml(std::string_view xml, std::string_view name) {
  if (xml.size() > most_xml_bytes)
    throw Refused{Refusal::statement_unreadable,
                  "the file is larger than " + std::to_string(most_xml_bytes >> 20) + " MiB"};
  if (!is_storable_text(xml)) throw Refused{Refusal::statement_unreadable, "the file is no UTF-8 text"};
  require_characters(xml);
  const TagScanner tags{xml};
  PieceKeeper pieces{name};
  std::size_t marks = 0;
  std::size_t depth = 0;
  for (std::size_t at = tags.next_begin(0); at < xml.size() - 1; at = tags.next_begin(at)) {
    if (++marks > most_xml_marks) refuse(xml, at, "the file has too many elements");
    const char kind = xml[at + 1];
    std::size_t attributes = 0;
    const std::size_t end = kind == '!'   ? end_of_declaration(xml, at)
                            : kind == '?' ? xml.find("?>", at)
                                          : tags.end_of_tag(at, attributes);
    if (end == nowhere) break;  // the parser says what is missing
    if (kind == '/') {
      depth -= depth > 0 ? 1 : 0;
      pieces.close(depth, end + 1);
    } else if (kind != '!' && kind != '?') {
      marks += attributes;
      pieces.open(xml, at, depth);
      if (xml[end - 1] == '/') pieces.close(depth, end + 1);
      else if (++depth > most_xml_depth) refuse(xml, at, "its elements stand too deep");
    }
    at = end;
  }
  return std::move(pieces).take();
}

}  // namespace coop::statements
