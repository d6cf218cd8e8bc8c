#include "ledger/bank/candidates.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"

namespace coop::bank {

namespace {

constexpr std::size_t most_references = 16;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

// Capitals and digits; everything else is left out.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const char capital = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (is_digit(capital) || is_letter(capital)) out += capital;
  }
  return out;
}

void add_if_right(ReferenceKind kind, std::string_view text, std::vector<StructuredReference>& found) {
  if (!reference_form(kind).fault(text).empty() || found.size() >= most_references) return;
  StructuredReference reference = StructuredReference::parse(text);
  if (std::ranges::find(found, reference) == found.end()) found.push_back(std::move(reference));
}

void add_creditor_references(const std::string& text, std::vector<StructuredReference>& found) {
  for (std::size_t at = text.find("RF"); at != std::string::npos; at = text.find("RF", at + 1))
    for (std::size_t size = std::min<std::size_t>(25, text.size() - at); size >= 5; --size)
      add_if_right(ReferenceKind::creditor, std::string_view{text}.substr(at, size), found);
}

void add_digits(ReferenceKind kind, std::size_t size, const std::string& text,
                std::vector<StructuredReference>& found) {
  std::size_t run = 0;
  for (std::size_t end = 0; end < text.size(); ++end) {
    run = is_digit(text[end]) ? run + 1 : 0;
    if (run >= size) add_if_right(kind, std::string_view{text}.substr(end + 1 - size, size), found);
  }
}

// Words of a text that look like ids of ours: "bcn-C12", "bcn-C12-3", "bcn-D7".
void add_ids(std::string_view text, std::vector<std::string>& ids) {
  const auto ends = [](char c) {
    return c == ' ' || c == '\n' || c == '+' || c == ':' || c == ',' || c == '/';
  };
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && !ends(text[i])) {
      word += text[i];
      continue;
    }
    const bool is_ours = word.find("-C") != std::string::npos || word.find("-D") != std::string::npos;
    if (is_ours && word.size() <= 35) ids.push_back(word);
    word.clear();
  }
}

std::int64_t charges_of(const BankLine& line) {
  std::int64_t of_details = 0;
  for (const BankDetail& detail : line.details) of_details = checked_add(of_details, detail.charges_minor);
  // Banks say the same charge at the line and at its only payment.
  return line.charges_minor != 0 ? line.charges_minor : of_details;
}

}  // namespace

const KnownAccount* Candidates::find_account(const BankLine& line) const {
  for (const KnownAccount& known : accounts)
    if (line.account == known.account.number) return &known;
  return nullptr;
}

const std::vector<OpenCharge>& Candidates::open_of(const std::string& member, UnitId unit) const {
  static const std::vector<OpenCharge> none;
  const auto found = open.find({member, unit});
  return found == open.end() ? none : found->second;
}

Pieces pieces_of(const BankLine& line) {
  const std::int64_t charges = charges_of(line);
  const std::int64_t gross = checked_add(line.amount_minor, charges);
  const bool has_amounts = std::ranges::all_of(
      line.details, [](const BankDetail& detail) { return detail.amount_minor.value_or(0) != 0; });
  if (line.details.size() < 2 || !has_amounts)
    return {{{gross, line.details.size() == 1 ? &line.details.front() : nullptr}}, -charges, 0};
  Pieces all;
  std::int64_t sum = 0;
  for (const BankDetail& detail : line.details) {
    all.pieces.push_back({*detail.amount_minor, &detail});
    sum = checked_add(sum, *detail.amount_minor);
  }
  if (sum == gross) all.charges_minor = -charges;
  else all.rest_minor = checked_add(line.amount_minor, -sum);
  return all;
}

std::vector<StructuredReference> references_in(std::string_view text) {
  std::vector<StructuredReference> found;
  std::string letters = bare(text);
  add_creditor_references(letters, found);
  // The digits of one reference are none of another kind.
  for (const StructuredReference& reference : found)
    for (std::size_t at = letters.find(reference.text()); at != std::string::npos;
         at = letters.find(reference.text()))
      letters.replace(at, reference.text().size(), "-");
  add_digits(ReferenceKind::belgian, 12, letters, found);
  add_digits(ReferenceKind::swiss, 27, letters, found);
  return found;
}

std::vector<StructuredReference> references_of(const BankLine& line, const Piece& piece) {
  if (piece.detail == nullptr) return references_in(line.words);
  auto found = references_in(piece.detail->references.structured);
  if (!found.empty()) return found;
  found = references_in(piece.detail->words);
  if (found.empty()) found = references_in(piece.detail->references.end_to_end);
  if (found.empty() && line.details.size() == 1) found = references_in(line.words);
  return found;
}

std::vector<std::string> ids_of(const BankLine& line, const Piece& piece) {
  std::vector<std::string> ids;
  add_ids(line.words, ids);
  for (const std::string& id : {line.batch_message, line.batch_group})
    if (!id.empty()) ids.push_back(id);
  if (piece.detail == nullptr) return ids;
  const statements::References& by = piece.detail->references;
  for (const std::string& id : {by.end_to_end, by.instruction, by.message, by.payment_group})
    if (!id.empty()) ids.push_back(id);
  add_ids(piece.detail->words, ids);
  return ids;
}

}  // namespace coop::bank
