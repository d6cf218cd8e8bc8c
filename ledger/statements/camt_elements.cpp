#include "ledger/statements/camt_elements.hpp"

namespace coop::statements {

namespace {

bool is_white(char letter) { return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n'; }

bool has_line_break(std::string_view text) {
  return text.find('\n') != std::string_view::npos || text.find('\r') != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
  return text;
}

}  // namespace

std::string_view local_name(pugi::xml_node node) {
  const char* name = node.name();
  const char* end = name;
  for (; *end != '\0'; ++end)
    if (*end == ':') return end + 1;
  return {name, static_cast<std::size_t>(end - name)};
}

std::string_view Element::attribute(const char* attribute_name) const {
  return written().attribute(attribute_name).value();
}

void Elements::clear() {
  all_.clear();
  if (!joined_texts_.empty()) joined_texts_.clear();
}

Element Elements::keep(pugi::xml_node root) {
  clear();
  add(root, local_name(root));
  return Element{all_.data()};
}

Element Elements::keep(const std::vector<pugi::xml_node>& children) {
  clear();
  all_.push_back({{}, {}, 1, {}});
  for (const pugi::xml_node one : children) add(one, local_name(one));
  all_.front().span = all_.size();
  return Element{all_.data()};
}

void Elements::add(pugi::xml_node node, std::string_view name) {
  const std::size_t place = all_.size();
  all_.push_back({name, {}, 1, node});
  if (place > 0 && name == kept_apart) return;
  std::string* joined = nullptr;
  for (pugi::xml_node one = node.first_child(); one; one = one.next_sibling()) {
    if (one.type() == pugi::node_element) {
      add(one, local_name(one));
      continue;
    }
    std::string_view& text = all_[place].text;
    if (text.empty()) {
      text = one.value();
    } else {
      if (!joined) joined = &joined_texts_.emplace_back(text);
      text = *joined += one.value();
    }
  }
  all_[place].span = all_.size() - place;
}

Element child(Element parent, std::string_view name) {
  for (const Element one : parent)
    if (one.name() == name) return one;
  return {};
}

Element child(Element parent, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const Element found = child(parent, name)) return found;
  return {};
}

Element inner(Element from, std::initializer_list<std::string_view> path) {
  for (const std::string_view name : path) from = child(from, name);
  return from;
}

std::string without_indentation(std::string_view text) {
  if (!has_line_break(text)) return std::string{text};
  std::string flat;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_white(text[end])) ++end;
    if (end == at) {
      flat += text[at++];
      continue;
    }
    const std::string_view gap = text.substr(at, end - at);
    if (!has_line_break(gap)) {
      flat += gap;
    } else if (at > 0 && end < text.size()) {
      flat += ' ';
    }
    at = end;
  }
  return flat;
}

bool says(Element element, std::string_view word) { return trimmed(element.whole_text()) == word; }

std::string text_of(Element element) { return without_indentation(trimmed(element.whole_text())); }

std::string text_at(Element from, std::initializer_list<std::string_view> path) {
  return text_of(inner(from, path));
}

}  // namespace coop::statements
