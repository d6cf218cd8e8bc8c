#include "ledger/statements/written_amount.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "ledger/statements/source_text.hpp"

namespace coop::statements {

namespace {

constexpr std::size_t longest_amount = 60;
constexpr char group = '\'';

/// An amount without sign, its groups all marked in one way.
struct BareAmount {
  bool is_negative = false;
  std::string text;  ///< digits, dots, commas, apostrophes
};

bool cut_front(std::string_view& text, std::string_view mark) {
  if (!text.starts_with(mark)) return false;
  text = trimmed(text.substr(mark.size()));
  return true;
}

bool cut_back(std::string_view& text, std::string_view mark) {
  if (!text.ends_with(mark)) return false;
  text = trimmed(text.substr(0, text.size() - mark.size()));
  return true;
}

/// The sign in front, behind, or as parentheses; nothing if there are several.
std::optional<bool> cut_sign(std::string_view& text) {
  constexpr std::string_view minus = "\xE2\x88\x92";  // U+2212
  int signs = 0;
  bool is_negative = false;
  for (const std::string_view mark : {std::string_view{"-"}, minus, std::string_view{"+"}}) {
    const bool is_there = cut_front(text, mark) || cut_back(text, mark);
    signs += is_there ? 1 : 0;
    is_negative = is_negative || (is_there && mark != "+");
  }
  if (text.starts_with('(') && text.ends_with(')')) {
    cut_front(text, "("), cut_back(text, ")");
    ++signs, is_negative = true;
  }
  if (signs > 1) return std::nullopt;
  return is_negative;
}

std::optional<BareAmount> find_bare(std::string_view text) {
  text = trimmed(text);
  if (text.size() > longest_amount) return std::nullopt;
  const std::optional<bool> is_negative = cut_sign(text);
  if (!is_negative) return std::nullopt;
  BareAmount bare{*is_negative, {}};
  // No-break blank, narrow no-break blank, thin blank, right single quotation mark.
  constexpr std::array<std::string_view, 6> groups{
      " ", "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x99"};
  while (!text.empty()) {
    const auto mark =
        std::ranges::find_if(groups, [text](std::string_view other) { return text.starts_with(other); });
    if (mark != groups.end()) {
      bare.text += group;
      text.remove_prefix(mark->size());
    } else if (is_digit(text.front()) || text.front() == '.' || text.front() == ',') {
      bare.text += text.front();
      text.remove_prefix(1);
    } else {
      return std::nullopt;
    }
  }
  if (std::ranges::none_of(bare.text, [](char c) { return is_digit(c); })) return std::nullopt;
  return bare;
}

/// The digits of a whole part whose thousands may be grouped; nothing if they are grouped otherwise.
std::optional<std::string> ungrouped(std::string_view whole, char other_mark) {
  const std::size_t first = whole.find_first_of(std::string{group, other_mark});
  if (first == std::string_view::npos) return std::string{whole};
  if (first == 0 || first > 3) return std::nullopt;
  const char separator = whole[first];
  std::string digits{whole.substr(0, first)};
  for (std::size_t at = first; at < whole.size(); at += 4) {
    if (whole[at] != separator || whole.size() - at < 4 || !is_number(whole.substr(at + 1, 3)))
      return std::nullopt;
    digits += whole.substr(at + 1, 3);
  }
  return digits;
}

}  // namespace

void MarkFinding::add(std::string_view amount, std::size_t line, std::string_view field) {
  const std::optional<BareAmount> bare = find_bare(amount);
  if (!bare) return;
  const std::string& text = bare->text;
  const std::size_t last = text.find_last_of(".,");
  if (last == std::string::npos) return;
  const char mark = text[last];
  const char other = mark == '.' ? ',' : '.';
  const auto needs = [&](char proved) {
    (proved == '.' ? needs_dot : needs_comma) = true;
    keep_first(proved == '.' ? dot_at : comma_at, line, field);
  };
  if (text.find(other) != std::string::npos) {
    needs(mark);
  } else if (text.find(mark) != last) {
    needs(other);
  } else if (text.size() - last != 4 || last == 0 || last > 3 || text.front() == '0' ||
             text.find(group) != std::string::npos) {
    needs(mark);
  } else {
    (mark == '.' ? has_ambiguous_dot : has_ambiguous_comma) = true;
  }
}

void MarkFinding::require_one_mark() const {
  if (is_contradictory()) refuse_contradiction(dot_at, comma_at, "the decimal mark");
}

std::optional<char> MarkFinding::mark() const {
  if (is_contradictory()) return std::nullopt;
  if (needs_dot) return '.';
  if (needs_comma) return ',';
  if (has_ambiguous_dot || has_ambiguous_comma) return std::nullopt;
  return '.';
}

std::optional<Decimal> find_written_amount(std::string_view text, char mark) {
  const std::optional<BareAmount> bare = find_bare(text);
  if (!bare) return std::nullopt;
  const std::size_t at = std::min(bare->text.find(mark), bare->text.size());
  const std::optional<std::string> whole =
      ungrouped(std::string_view{bare->text}.substr(0, at), mark == '.' ? ',' : '.');
  if (!whole) return std::nullopt;
  const std::optional<Decimal> amount = find_decimal(*whole + bare->text.substr(at), mark);
  if (!amount) return std::nullopt;
  return bare->is_negative ? -*amount : *amount;
}

}  // namespace coop::statements
