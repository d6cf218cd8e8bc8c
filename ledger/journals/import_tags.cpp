#include "ledger/journals/import_tags.hpp"

#include <algorithm>
#include <optional>

#include "ledger/journals/import_comments.hpp"

namespace coop::journals {

namespace {

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::optional<books::DimensionKind> kind_named(std::string_view name) {
  for (const books::DimensionKind kind : books::dimension_kinds) {
    if (books::text_of(kind) == name) return kind;
  }
  return std::nullopt;
}

bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// What books::require_dimension_code takes.
bool is_dimension_code(std::string_view code) {
  return !code.empty() && code.size() <= 40 && is_ascii_letter_or_digit(code.front()) &&
         std::all_of(code.begin(), code.end(), [](char c) {
           return is_ascii_letter_or_digit(c) || c == '.' || c == '_' || c == '/' || c == '-';
         });
}

// A piece of a line between commas as a tag.
std::optional<HledgerTag> tag_in(std::string_view piece) {
  const auto colon = piece.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return HledgerTag{std::string{piece.substr(0, colon)},
                    std::string{without_blanks(piece.substr(colon + 1))}};
}

}  // namespace

TaggedCodes tagged_codes_of(const std::vector<HledgerTag>& tags, const Dimensions* known) {
  TaggedCodes said;
  for (const HledgerTag& tag : tags) {
    const auto kind = kind_named(tag.name);
    const std::string code{without_blanks(tag.value)};
    if (!kind || code.empty()) continue;
    auto& taken = said.codes[static_cast<std::size_t>(*kind)];
    if (!is_dimension_code(code)) said.no_codes.push_back(tag);
    else if (known != nullptr && !known->contains({*kind, code})) said.unknown.push_back(tag);
    else if (!taken) taken = code;
    else if (*taken != code) said.passed_over.push_back(tag);
  }
  return said;
}

bool says_only(std::string_view line, const books::DimensionCodes& taken) {
  bool says_something = false;
  while (!line.empty()) {
    const auto comma = line.find(',');
    const std::string_view piece = without_blanks(line.substr(0, comma));
    line.remove_prefix(comma == std::string_view::npos ? line.size() : comma + 1);
    if (piece.empty()) continue;
    const auto tag = tag_in(piece);
    const auto kind = tag ? kind_named(tag->name) : std::nullopt;
    if (!kind || taken[static_cast<std::size_t>(*kind)] != tag->value) return false;
    says_something = true;
  }
  return says_something;
}

bool is_own_tag(const HledgerPosting& posting, const HledgerTag& tag) {
  const std::string_view comment = posting.comment;
  const std::string begin = tag.name + ':';
  for (auto at = comment.find(begin); at != std::string_view::npos; at = comment.find(begin, at + 1)) {
    if (without_blanks(comment.substr(at + begin.size())).starts_with(without_blanks(tag.value))) return true;
  }
  return false;
}

std::string told_tag(const HledgerTag& tag) {
  constexpr std::size_t most = 60;
  const std::string value{without_blanks(tag.value)};
  return "'" + tag.name + ':' + (value.size() <= most ? value : shortened(value, most) + "…") + "'";
}

}  // namespace coop::journals
