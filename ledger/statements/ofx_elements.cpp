#include "ledger/statements/ofx_elements.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/statements/source_text.hpp"
#include "ledger/values/charset.hpp"

namespace coop::statements {

namespace {

constexpr std::size_t longest_name = 60;
constexpr std::size_t longest_escape = 12;
constexpr std::string_view literal_begin = "<![CDATA[";

bool is_name_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '_' ||
         c == '-' || c == ':';
}

/// The name of the tag at `at`, with a slash in front if it is an end; empty if the '<' there is only text.
std::string_view tag_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if (end < text.size() && text[end] == '/') ++end;
  const std::size_t begin = end;
  while (end < text.size() && end - begin < longest_name && is_name_character(text[end])) ++end;
  const bool is_name = end > begin && !is_digit(text[begin]);
  const bool is_ended = end < text.size() && (text[end] == '>' || text[end] == ' ' || text[end] == '/' ||
                                              text[end] == '\r' || text[end] == '\n' || text[end] == '\t');
  return is_name && is_ended ? text.substr(at + 1, end - at - 1) : std::string_view{};
}

bool is_markup(std::string_view text, std::size_t at) {
  return at + 1 < text.size() && (text[at + 1] == '!' || text[at + 1] == '?') &&
         !text.substr(at).starts_with(literal_begin);
}

/// The character that "amp" or "#233" stands for; 0 if it is none.
char32_t escaped_character(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, char32_t>, 6> names{
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}}};
  for (const auto& [known, character] : names)
    if (name == known) return character;
  if (!name.starts_with('#') || name.size() > 8) return 0;
  const bool is_hexadecimal = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
  char32_t character = 0;
  for (const char c : name.substr(is_hexadecimal ? 2 : 1)) {
    const char small = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool is_letter = is_hexadecimal && small >= 'a' && small <= 'f';
    if (!is_digit(small) && !is_letter) return 0;
    const int digit = is_letter ? small - 'a' + 10 : small - '0';
    character = character * (is_hexadecimal ? 16 : 10) + static_cast<char32_t>(digit);
  }
  return character;
}

std::string unescaped_once(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end =
        text[at] == '&' ? text.substr(at, longest_escape).find(';') : std::string_view::npos;
    const char32_t character =
        end == std::string_view::npos ? 0 : escaped_character(text.substr(at + 1, end - 1));
    if (character == 0) {
      plain += text[at];
      continue;
    }
    append_character(plain, character);
    at += end;
  }
  return plain;
}

std::size_t find_root(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string name = in_capitals(tag_at(text, at));
    if (name == "OFX" || name.ends_with(":OFX")) return at;
  }
  return std::string_view::npos;
}

}  // namespace

OfxElements::OfxElements(std::string_view text) : text_{text} {
  const std::size_t root = find_root(text);
  is_ofx_ = root != std::string_view::npos;
  move_to(std::min(root, text.size()));
}

bool OfxElements::next(OfxElement& element) {
  while (at_ < text_.size()) {
    const std::size_t open = std::min(text_.find('<', at_), text_.size());
    move_to(open);
    if (open == text_.size()) return false;
    if (cut_markup()) continue;
    const std::string_view tag = tag_at(text_, open);
    if (tag.empty()) {
      move_to(open + 1);
      continue;
    }
    element.is_end = tag.starts_with('/');
    const std::size_t colon = tag.rfind(':');
    const std::size_t prefix = colon == std::string_view::npos ? (element.is_end ? 1 : 0) : colon + 1;
    element.name = in_capitals(tag.substr(prefix));
    element.line = line_;
    element.begin = open;
    move_to(std::min(text_.find('>', open), text_.size() - 1) + 1);
    element.value = cut_value();
    element.end = at_;
    return true;
  }
  return false;
}

// Comments, declarations, instructions: what begins with <! or <? and is no literal text.
bool OfxElements::cut_markup() {
  if (!is_markup(text_, at_)) return false;
  const std::string_view end = text_.substr(at_).starts_with("<!--") ? "-->" : ">";
  const std::size_t found = text_.find(end, at_);
  move_to(found == std::string_view::npos ? text_.size() : found + end.size());
  return true;
}

// Up to the next tag; a '<' that begins none belongs to the text.
std::string OfxElements::cut_value() {
  std::string value;
  std::size_t begin = at_;
  std::size_t at = at_;
  const auto take = [&](std::size_t end) { value += unescaped(text_.substr(begin, end - begin)); };
  while (true) {
    at = std::min(text_.find('<', at), text_.size());
    if (at == text_.size() || !tag_at(text_, at).empty() || is_markup(text_, at)) break;
    if (!text_.substr(at).starts_with(literal_begin)) {
      ++at;
      continue;
    }
    take(at);
    const std::size_t literal = at + literal_begin.size();
    const std::size_t end = std::min(text_.find("]]>", literal), text_.size());
    value += text_.substr(literal, end - literal);
    begin = at = std::min(end + 3, text_.size());
  }
  take(at);
  move_to(at);
  return one_line(value);
}

void OfxElements::move_to(std::size_t place) {
  for (; at_ < place; ++at_)
    line_ += text_[at_] == '\n' || (text_[at_] == '\r' && !text_.substr(at_ + 1).starts_with('\n')) ? 1 : 0;
}

std::string unescaped(std::string_view text) { return unescaped_once(unescaped_once(text)); }

}  // namespace coop::statements
