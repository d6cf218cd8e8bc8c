#include "ledger/statements/camt_elements.hpp"

#include <algorithm>
#include <cstring>

namespace coop::statements {

namespace {

bool is_white(char letter) { return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
  return text;
}

}  // namespace

std::string_view local_name(Element element) {
  const char* name = element.name();
  const char* colon = std::strchr(name, ':');
  return colon ? colon + 1 : name;
}

bool is_named(Element element, std::string_view name) {
  const char* written = element.name();
  std::size_t same = 0;
  while (same < name.size() && written[same] == name[same]) ++same;
  if (same == name.size() && written[same] == '\0') return true;
  const char* letter = written + same;
  while (*letter != '\0' && *letter != ':') ++letter;
  return *letter == ':' && letter + 1 == name;
}

Element child(Element parent, std::string_view name) {
  for (Element one = parent.first_child(); one; one = one.next_sibling())
    if (is_named(one, name)) return one;
  return {};
}

Element child(Element parent, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const Element found = child(parent, name)) return found;
  return {};
}

Children::Children(Element parent) {
  constexpr std::size_t usual = 16;
  all_.reserve(usual);
  for (Element one = parent.first_child(); one; one = one.next_sibling())
    all_.push_back({local_name(one), one});
}

Element child(const Children& children, std::string_view name) {
  for (const Children::Child& one : children)
    if (one.name == name) return one.element;
  return {};
}

Element inner(Element from, std::initializer_list<std::string_view> path) {
  for (const std::string_view name : path) {
    if (!from) return from;
    from = child(from, name);
  }
  return from;
}

std::string whole_text(Element element) {
  const Element first = element.first_child();
  if (!first) return {};
  if (!first.next_sibling()) return first.value();
  std::string text;
  for (Element piece = first; piece; piece = piece.next_sibling()) text += piece.value();
  return text;
}

std::string without_indentation(std::string text) {
  if (text.find_first_of("\r\n") == std::string::npos) return text;
  std::string flat;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_white(text[end])) ++end;
    if (end == at) {
      flat += text[at++];
      continue;
    }
    const std::string_view gap = std::string_view{text}.substr(at, end - at);
    if (gap.find_first_of("\r\n") == std::string_view::npos) {
      flat += gap;
    } else if (at > 0 && end < text.size()) {
      flat += ' ';
    }
    at = end;
  }
  return flat;
}

std::string text_of(Element element) {
  const Element first = element.first_child();
  if (!first) return {};
  if (first.next_sibling()) return std::string{trimmed(without_indentation(whole_text(element)))};
  const std::string_view text = trimmed(first.value());
  const bool breaks_lines = std::ranges::any_of(text, [](char c) { return c == '\n' || c == '\r'; });
  return breaks_lines ? without_indentation(std::string{text}) : std::string{text};
}

std::string text_at(Element from, std::initializer_list<std::string_view> path) {
  return text_of(inner(from, path));
}

}  // namespace coop::statements
