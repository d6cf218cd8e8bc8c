#include "ledger/statements/camt_document.hpp"

#include <algorithm>
#include <string>

#include "ledger/values/refusal.hpp"

namespace coop::statements {

namespace {

constexpr std::string_view line_name = "Ntry";

// What stands for a line where it is left out: which one of the file it is.
std::string placeholder_of(std::size_t line) {
  const std::string name{line_name};
  return "<" + name + ">" + std::to_string(line) + "</" + name + ">";
}

std::string without_lines(std::string_view text, const std::vector<TextPiece>& lines) {
  std::string head;
  std::size_t from = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    head += text.substr(from, lines[i].begin - from);
    head += placeholder_of(i);
    from = lines[i].end;
  }
  head += text.substr(from);
  return head;
}

// Where a byte of the text without lines stands in the whole text.
std::size_t place_in_text(std::size_t at, const std::vector<TextPiece>& lines) {
  std::size_t from = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t before = lines[i].begin - from;
    if (at < before) break;
    at -= before;
    const std::size_t left_out = placeholder_of(i).size();
    if (at < left_out) return lines[i].begin;
    at -= left_out;
    from = lines[i].end;
  }
  return from + at;
}

// Where the fault of a text is that is not well-formed.
std::size_t fault_at(const pugi::xml_parse_result& result) {
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0));
}

pugi::xml_parse_result parse(pugi::xml_document& into, std::string_view text) {
  return into.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
}

}  // namespace

CamtDocument::CamtDocument(std::string_view text)
    : text_{text}, lines_{pieces_of_bounded_xml(text, line_name)} {
  const std::string head = without_lines(text, lines_);
  const auto result = parse(head_, head);
  if (result) return;
  const std::size_t at = fault_at(result);
  const bool is_cut = at + 1 >= head.size();
  throw Refused{Refusal::statement_unreadable, line_place(text, place_in_text(at, lines_)) + ": " +
                                                   (is_cut ? "the file ends too early: " : "") +
                                                   result.description()};
}

const TextPiece& CamtDocument::piece_of(pugi::xml_node line) const {
  return lines_.at(line.text().as_uint());
}

std::string_view CamtDocument::text_of(pugi::xml_node line) const {
  const TextPiece& piece = piece_of(line);
  return text_.substr(piece.begin, piece.end - piece.begin);
}

pugi::xml_node CamtDocument::parsed(pugi::xml_node line) {
  const auto result = parse(line_, text_of(line));
  if (!result)
    throw Refused{Refusal::statement_unreadable,
                  line_place(text_, piece_of(line).begin + fault_at(result)) + ": " + result.description()};
  return line_.first_child();
}

}  // namespace coop::statements
