#include "ledger/statements/mt940_pieces.hpp"

#include <algorithm>
#include <array>

#include "ledger/statements/source_text.hpp"

namespace coop::statements {

namespace {

constexpr std::array<std::string_view, 15> sepa_names{"EREF", "KREF", "MREF", "CRED", "DEBT",
                                                      "SVWZ", "ABWA", "ABWE", "IBAN", "BIC",
                                                      "COAM", "OAMT", "MTLG", "RREF", "PURP"};
// Those are words or beginnings of words as well.
constexpr std::array<std::string_view, 3> ordinary_names{"IBAN", "BIC", "CRED"};

constexpr std::array<std::string_view, 42> slash_names{
    "TRTP", "TRCD", "IBAN", "BIC",  "NAME", "REMI", "EREF", "MARF", "CSID", "CNTP", "ORDP",
    "BENM", "ISDT", "SVCL", "ULTD", "ULTB", "ULTC", "UDTR", "UCRD", "RTRN", "PREF", "ADDR",
    "KREF", "PURP", "OCMT", "EXCH", "CHGS", "CHG1", "CHG2", "ACCW", "BUSP", "CREF", "NRTX",
    "IREF", "OAMT", "RETN", "INST", "ORDB", "ID",   "TRAN", "SLEV", "CCTR"};

template <class Names>
bool is_among(std::string_view name, const Names& names) {
  return std::ranges::find(names, name) != names.end();
}

bool is_blank_or_edge(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  constexpr std::string_view edges = " \t\n;,";
  return edges.find(text[at - 1]) != std::string_view::npos;
}

/// The label that ends with the mark at `mark`; empty if there is none.
std::string_view sepa_label_at(std::string_view text, std::size_t mark,
                               std::span<const std::size_t> boundaries) {
  for (const std::size_t size : {std::size_t{4}, std::size_t{3}}) {
    if (mark < size) continue;
    const std::size_t at = mark - size;
    const std::string_view name = between(text, at, mark);
    if (!is_among(name, sepa_names)) continue;
    const bool begins_word = is_blank_or_edge(text, at) || std::ranges::binary_search(boundaries, at);
    if (begins_word || (text[mark] == '+' && !is_among(name, ordinary_names))) return name;
  }
  return {};
}

/// The label "/NAME/" at a slash; empty if there is none.
std::string_view slash_label_at(std::string_view text, std::size_t slash) {
  const std::size_t end = text.find('/', slash + 1);
  if (end == std::string_view::npos || end - slash > 5) return {};
  const std::string_view name = text.substr(slash + 1, end - slash - 1);
  return is_among(name, slash_names) ? name : std::string_view{};
}

bool is_piece_number(char tens, char ones) {
  if (!is_digit(tens) || !is_digit(ones)) return false;
  return tens == '2' || tens == '3' || tens == '6' || ((tens == '0' || tens == '1') && ones <= '1') ||
         (tens == '7' && ones <= '1');
}

bool is_separator(char c) {
  for (const char separator : {'?', '~', '>', '@', '^', '|', '<', '&', '!', '*', '%'})
    if (c == separator) return true;
  return false;
}

}  // namespace

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

std::string_view rejoined(const TextPieces& pieces, std::size_t width, std::string& space,
                          Boundaries* boundaries) {
  if (pieces.size() == 1) {
    if (boundaries) boundaries->push_back(0);
    return pieces.front();
  }
  space.clear();
  bool is_cut = true;
  for (const std::string_view piece : pieces) {
    if (!is_cut && !piece.empty() && !space.empty() && space.back() != ' ') space += ' ';
    if (boundaries) boundaries->push_back(space.size());
    space += piece;
    is_cut = character_count(piece) >= width;
  }
  return space;
}

bool may_have_sepa_labels(std::string_view text) {
  return text.find('+') != std::string_view::npos || text.find(':') != std::string_view::npos;
}

LabelledText sepa_labels(std::string_view text, std::span<const std::size_t> boundaries) {
  LabelledText split;
  if (!may_have_sepa_labels(text)) {
    split.before = trimmed(text);
    return split;
  }
  std::size_t begin = 0;
  const auto end_value = [&](std::size_t end) {
    const std::string_view value = trimmed(between(text, begin, end));
    (split.values.empty() ? split.before : split.values.back().second) = value;
  };
  for (std::size_t mark = 0; mark < text.size(); ++mark) {
    if (text[mark] != '+' && text[mark] != ':') continue;
    const std::string_view name = sepa_label_at(text, mark, boundaries);
    if (name.empty() || mark - name.size() < begin) continue;
    end_value(mark - name.size());
    split.values.emplace_back(name, std::string_view{});
    begin = mark + 1;
  }
  end_value(text.size());
  return split;
}

LabelledText slash_labels(std::string_view text) {
  LabelledText split;
  std::size_t begin = 0;
  const auto end_value = [&](std::size_t end) {
    std::string_view value = text.substr(begin, end - begin);
    while (value.starts_with('/') || value.starts_with(' ')) value.remove_prefix(1);
    while (value.ends_with('/') || value.ends_with(' ')) value.remove_suffix(1);
    (split.values.empty() ? split.before : split.values.back().second) = value;
  };
  for (std::size_t slash = text.find('/'); slash != std::string_view::npos;) {
    const std::string_view name = slash_label_at(text, slash);
    if (name.empty()) {
      slash = text.find('/', slash + 1);
      continue;
    }
    end_value(std::max(slash, begin));
    split.values.emplace_back(name, std::string_view{});
    begin = slash + name.size() + 2;
    slash = begin - 1;
  }
  end_value(text.size());
  return split;
}

LabelledText numbered_pieces(std::string_view text) {
  std::size_t at = std::min(text.find_first_not_of(' '), text.size());
  const std::size_t code = at;
  if (text.size() - at >= 3 && is_number(between(text, at, at + 3))) at += 3;
  const auto is_mark = [&text](std::size_t place, char separator) {
    return text[place] == separator && place + 2 < text.size() &&
           is_piece_number(text[place + 1], text[place + 2]);
  };
  LabelledText split;
  if (at >= text.size() || !is_separator(text[at]) || !is_mark(at, text[at])) return split;
  const char separator = text[at];
  split.before = between(text, code, at);
  while (at < text.size()) {
    std::size_t end = text.find(separator, at + 3);
    while (end != std::string_view::npos && !is_mark(end, separator)) end = text.find(separator, end + 1);
    end = std::min(end, text.size());
    auto& [number, value] = split.values.emplace_back();
    number = between(text, at + 1, at + 3);
    value = between(text, at + 3, end);
    at = end;
  }
  return split;
}

}  // namespace coop::statements
