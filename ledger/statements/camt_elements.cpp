#include "ledger/statements/camt_elements.hpp"

#include <cstring>

namespace coop::statements {

namespace {

constexpr const char* white_space = " \t\r\n";

bool is_white(char letter) { return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n'; }

}  // namespace

std::string_view local_name(Element element) {
  const char* name = element.name();
  const char* colon = std::strchr(name, ':');
  return colon ? colon + 1 : name;
}

bool is_named(Element element, std::string_view name) {
  const char* written = element.name();
  if (std::strncmp(written, name.data(), name.size()) == 0 && written[name.size()] == '\0') return true;
  const char* colon = std::strchr(written, ':');
  return colon != nullptr && colon + 1 == name;
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
  std::string text = without_indentation(whole_text(element));
  const std::size_t end = text.find_last_not_of(white_space);
  if (end == std::string::npos) return {};
  text.erase(end + 1);
  text.erase(0, text.find_first_not_of(white_space));
  return text;
}

std::string text_at(Element from, std::initializer_list<std::string_view> path) {
  return text_of(inner(from, path));
}

}  // namespace coop::statements
