#include "ledger/journals/import_comments.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "ledger/journals/percent_text.hpp"

namespace coop::journals {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (const auto line = trimmed(text.substr(0, end)); !line.empty()) lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// The value of a line that is nothing but the tag `name`.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  if (!line.starts_with(name) || line.size() == name.size() || line[name.size()] != ':') return std::nullopt;
  return trimmed(line.substr(name.size() + 1));
}

std::optional<std::string> find_tag(const std::vector<std::string_view>& lines, std::string_view name) {
  for (const std::string_view line : lines) {
    if (const auto value = value_of(line, name)) return percent_decoded(*value);
  }
  return std::nullopt;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// What books::require_dimension_code takes.
bool is_dimension_code(std::string_view code) {
  return !code.empty() && code.size() <= 40 && is_letter_or_digit(code.front()) &&
         std::all_of(code.begin(), code.end(), [](char c) {
           return is_letter_or_digit(c) || c == '.' || c == '_' || c == '/' || c == '-';
         });
}

void append_note(std::string& note, std::string_view text) {
  if (text.empty()) return;
  if (!note.empty()) note += "; ";
  note += text;
}

bool is_our_own(const std::vector<std::string_view>& lines) {
  const auto hash = find_tag(lines, "hash");
  return hash && hash->size() == 64 && find_tag(lines, "entry") && find_tag(lines, "recorded_at");
}

}  // namespace

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string{text};
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return std::string{text.substr(0, end)};
}

ImportedTexts texts_of(const HledgerEntry& entry) {
  const auto lines = lines_of(entry.comment);
  if (is_our_own(lines)) {
    return {find_tag(lines, "description").value_or(entry.description),
            find_tag(lines, "reference").value_or(entry.code), find_tag(lines, "source").value_or(""), ""};
  }
  ImportedTexts texts{entry.description, entry.code, entry.file.empty() ? "" : place_of(entry), ""};
  for (const std::string_view line : lines) append_note(texts.note, line);
  return texts;
}

ImportedComment comment_of(const HledgerPosting& posting) {
  ImportedComment comment;
  for (const std::string_view line : lines_of(posting.comment)) {
    bool is_taken = false;
    for (const books::DimensionKind kind : books::dimension_kinds) {
      auto& code = comment.about[static_cast<std::size_t>(kind)];
      const auto value = value_of(line, books::text_of(kind));
      if (code || !value || !is_dimension_code(*value)) continue;
      code = std::string{*value};
      is_taken = true;
      break;
    }
    if (is_taken) continue;
    const auto note = value_of(line, "note");
    append_note(comment.note, note ? percent_decoded(*note) : std::string{line});
  }
  return comment;
}

}  // namespace coop::journals
