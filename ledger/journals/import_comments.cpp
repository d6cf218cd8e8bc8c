#include "ledger/journals/import_comments.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "ledger/journals/import_tags.hpp"
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

ImportedTexts texts_of(const HledgerEntry& entry, const books::DimensionCodes& taken) {
  const auto lines = lines_of(entry.comment);
  if (is_our_own(lines)) {
    return {find_tag(lines, "description").value_or(entry.description),
            find_tag(lines, "reference").value_or(entry.code), find_tag(lines, "source").value_or(""), ""};
  }
  ImportedTexts texts{entry.description, entry.code, entry.file.empty() ? "" : place_of(entry), ""};
  for (const std::string_view line : lines) {
    if (!says_only(line, taken)) append_note(texts.note, line);
  }
  return texts;
}

ImportedComment comment_of(const HledgerPosting& posting) {
  ImportedComment comment{tagged_codes_of(posting.tags).codes, ""};
  for (const std::string_view line : lines_of(posting.comment)) {
    if (says_only(line, comment.about)) continue;
    const auto note = value_of(line, "note");
    append_note(comment.note, note ? percent_decoded(*note) : std::string{line});
  }
  return comment;
}

}  // namespace coop::journals
