#include "ledger/statements/camt_text.hpp"

#include <algorithm>

#include "ledger/statements/german_keys.hpp"
#include "ledger/statements/placeholder.hpp"

namespace coop::statements {

namespace {

constexpr std::ptrdiff_t full_field = 140;
constexpr std::ptrdiff_t full_line = 35;
// Beyond it nothing is added, for looking for repetitions would cost too much; the line's raw text has it.
constexpr std::size_t long_text = 8 * 1024;

// Characters, not bytes.
std::ptrdiff_t width_of(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; });
}

void add_structured(std::string& text, Element structured, bool is_first) {
  for (const Element part : structured) {
    if (part.name() == "RfrdDocInf") add_text(text, without_placeholder(text_at(part, {"Nb"})));
    if (part.name() == "CdtrRefInf" && !is_first) add_text(text, without_placeholder(text_at(part, {"Ref"})));
    if (part.name() == "AddtlRmtInf") add_text(text, without_placeholder(text_of(part)));
  }
}

}  // namespace

void add_text(std::string& text, const std::string& more) {
  if (more.empty() || text.size() > long_text || text.find(more) != std::string::npos) return;
  if (!text.empty()) text += ' ';
  text += more;
}

std::string joined_pieces(const std::vector<std::string>& pieces) {
  if (pieces.size() == 1) return pieces.front();
  std::ptrdiff_t longest = 0;
  for (const std::string& piece : pieces) longest = std::max(longest, width_of(piece));
  std::string text;
  bool was_full = true;
  for (const std::string& piece : pieces) {
    if (!text.empty() && (!was_full || begins_with_german_key(piece))) text += ' ';
    text += piece;
    const std::ptrdiff_t width = width_of(piece);
    was_full = width == full_field || (width == full_line && longest == full_line);
  }
  return text;
}

std::string remittance_text(Element remittance) {
  std::vector<std::string> pieces;
  for (const Element part : remittance)
    if (part.name() == "Ustrd") pieces.push_back(without_indentation(part.whole_text()));
  std::string text = without_placeholder(joined_pieces(pieces));
  bool has_reference = false;
  for (const Element part : remittance) {
    if (part.name() != "Strd") continue;
    add_structured(text, part, !has_reference);
    has_reference = has_reference || !without_placeholder(text_at(part, {"CdtrRefInf", "Ref"})).empty();
  }
  return text;
}

}  // namespace coop::statements
