#include "ledger/statements/mt940_details.hpp"

#include <algorithm>

#include "ledger/statements/german_keys.hpp"
#include "ledger/statements/mt940_pieces.hpp"

namespace coop::statements {

namespace {

constexpr std::size_t line_width = 65;
constexpr std::size_t piece_width = 27;

bool is_return_code(std::string_view text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() >= 4 && is_capital(text[0]) && is_capital(text[1]) && is_digit(text[2]) &&
         is_digit(text[3]) && (text.size() == 4 || (!is_capital(text[4]) && !is_digit(text[4])));
}

/// "AC04" behind "RETURN/", "/RTRN/" or the like; nothing if there is none.
std::string return_code_in(std::string_view text) {
  if (text.find('/') == std::string_view::npos) return {};
  for (const std::string_view mark : {"RETURN/", "/RTRN/", "/RETN/", "RETOURE/"}) {
    for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
      const std::string_view behind = text.substr(at + mark.size());
      if (is_return_code(behind)) return std::string{behind.substr(0, 4)};
    }
  }
  return {};
}

// The keys of subfield 34 whose meaning is certain; banks number the others differently.
std::string return_code_of_key(std::string_view key) {
  if (key == "901") return "AC01";
  if (key == "912") return "MD06";
  return {};
}

std::optional<Decimal> find_label_amount(std::string_view text) {
  text = trimmed(text);
  if (!currency_code(text.substr(0, 3)).empty()) text = trimmed(text.substr(3));
  if (text.size() > 20 || text.empty() || !is_digit(text.front())) return std::nullopt;
  return find_decimal(text, ',');
}

void fill(std::string& place, std::string&& value) {
  if (place.empty()) place = std::move(value);
}

void take_sepa_value(DetailsField& read, std::string_view label, std::string_view value) {
  References& references = read.detail.references;
  Counterparty& party = read.detail.counterparty;
  if (label == "EREF") {
    fill(references.end_to_end, said(value));
  } else if (label == "KREF") {
    fill(references.payment_group, said(value));
  } else if (label == "MREF") {
    fill(references.mandate, said(value));
  } else if (label == "CRED") {
    fill(references.creditor, said(value));
  } else if (label == "ABWA" || label == "ABWE") {
    fill(party.ultimate_name, said(value));
  } else if (label == "IBAN") {
    fill(party.account, compared_code(value));
  } else if (label == "BIC") {
    fill(party.bank, compared_code(value));
  } else if (label == "COAM" && find_label_amount(value)) {
    read.charge = find_label_amount(value);
  } else if (label == "OAMT" && find_label_amount(value)) {
    read.original = find_label_amount(value);
  } else if (label == "SVWZ" || label == "MTLG") {
    add_said(read.detail.text, value);
  } else {
    add_words(read.detail.text, std::string{label} + "+" + std::string{value});
  }
}

void take_sepa_text(DetailsField& read, std::string_view text, const Boundaries& boundaries) {
  if (!may_have_sepa_labels(text)) return add_said(read.detail.text, text);
  const LabelledText split = sepa_labels(text, {boundaries.data(), boundaries.size()});
  add_said(read.detail.text, split.before);
  for (const auto& [label, value] : split.values) take_sepa_value(read, label, value);
}

void take_return_key(DetailsField& read, std::string_view key) {
  key = trimmed(key);
  if (key.size() != 3 || key[0] != '9' || !is_number(key)) return;
  read.detail.return_code = return_code_of_key(key);
  if (read.detail.return_code.empty()) read.unknown_return = key;
}

DetailsField german(const LabelledText& split, Detail& detail) {
  const bool has_code = !is_word(split.before, "000") && !is_word(split.before, "999");
  DetailsField read{detail, std::string{has_code ? split.before : std::string_view{}}};
  TextPieces purpose;
  TextPieces names;
  TextPieces more;
  Counterparty& party = read.detail.counterparty;
  for (const auto& [number, value] : split.values) {
    switch ((number[0] - '0') * 10 + (number[1] - '0')) {
      case 0:
        add_words(read.booking_text, value);
        break;
      case 10:
      case 11:
        break;
      case 30:
        party.bank = compared_code(value);
        break;
      case 31:
        fill(party.account, compared_code(value));
        break;
      case 32:
      case 33:
        names.push_back(value);
        break;
      case 34:
        take_return_key(read, value);
        break;
      case 38:
        party.account = compared_code(value);
        break;
      default:
        (number[0] == '2' || number[0] == '6' ? purpose : more).push_back(value);
    }
  }
  std::string space;
  add_said(party.name, rejoined(names, piece_width, space));
  Boundaries boundaries;
  const std::string_view text = rejoined(purpose, piece_width, space, &boundaries);
  take_sepa_text(read, text, boundaries);
  if (std::string code = return_code_in(text); !code.empty()) read.detail.return_code = std::move(code);
  if (!more.empty()) add_words(read.detail.text, rejoined(more, piece_width, space));
  if (!read.detail.return_code.empty()) read.unknown_return.clear();
  return read;
}

/// "NL90…/ABNANL2A/NAME//CITY": account, bank, name.
void take_party(Counterparty& party, std::string_view value) {
  std::size_t part = 0;
  for (std::size_t begin = 0; begin <= value.size() && part < 3; ++part) {
    const std::size_t end = std::min(value.find('/', begin), value.size());
    const std::string_view text = value.substr(begin, end - begin);
    if (part == 0) fill(party.account, compared_code(text));
    if (part == 1) fill(party.bank, compared_code(text));
    if (part == 2) fill(party.name, said(text));
    begin = end + 1;
  }
}

void take_remittance(DetailsField& read, std::string_view value) {
  for (const std::string_view mark : {"USTD//", "USTD/"}) {
    if (!value.starts_with(mark)) continue;
    value.remove_prefix(mark.size());
    break;
  }
  if (value.starts_with("STRD/")) {
    fill(read.detail.references.structured, said(value.substr(value.rfind('/') + 1)));
    return;
  }
  add_said(read.detail.text, value);
}

void take_slash_value(DetailsField& read, std::string_view label, std::string_view value) {
  References& references = read.detail.references;
  Counterparty& party = read.detail.counterparty;
  if (label == "TRTP") {
    add_words(read.booking_text, value);
  } else if (label == "IBAN") {
    fill(party.account, compared_code(value));
  } else if (label == "BIC") {
    fill(party.bank, compared_code(value));
  } else if (label == "NAME" || label == "ORDP" || label == "BENM") {
    fill(party.name, said(value));
  } else if (label == "CNTP") {
    take_party(party, value);
  } else if (label == "REMI") {
    take_remittance(read, value);
  } else if (label == "EREF") {
    fill(references.end_to_end, said(value));
  } else if (label == "MARF") {
    fill(references.mandate, said(value));
  } else if (label == "CSID") {
    fill(references.creditor, said(value));
  } else if (label == "PREF" || label == "KREF") {
    fill(references.payment_group, said(value));
  } else if (label == "ULTD" || label == "ULTB" || label == "ULTC" || label == "UDTR" || label == "UCRD") {
    fill(party.ultimate_name, said(value));
  } else if ((label == "RTRN" || label == "RETN") && is_return_code(value)) {
    read.detail.return_code = value.substr(0, 4);
  }
}

DetailsField dutch(const LabelledText& split, Detail& detail) {
  DetailsField read{detail};
  add_said(read.detail.text, split.before);
  for (const auto& [label, value] : split.values) take_slash_value(read, label, value);
  return read;
}

DetailsField free_text(const TextPieces& lines, Detail& detail) {
  DetailsField read{detail};
  std::string space;
  Boundaries boundaries;
  const std::string_view text = rejoined(lines, line_width, space, &boundaries);
  if (text.find("SVWZ+") != std::string_view::npos || text.find("EREF+") != std::string_view::npos) {
    take_sepa_text(read, text, boundaries);
  } else {
    if (text.find("IBAN") != std::string_view::npos) {
      GermanKeys keys = german_keys_in(std::string{text});
      read.detail.counterparty.account = std::move(keys.account);
      read.detail.counterparty.bank = std::move(keys.bank);
    }
    add_said(read.detail.text, text);
  }
  read.detail.return_code = return_code_in(text);
  return read;
}

bool is_dutch(const LabelledText& split) {
  if (split.values.empty()) return false;
  const auto is_telling = [](const auto& labelled) {
    return labelled.first == "REMI" || labelled.first == "TRTP" || labelled.first == "CNTP" ||
           labelled.first == "EREF" || labelled.first == "IBAN";
  };
  return split.before.empty() || std::ranges::any_of(split.values, is_telling);
}

}  // namespace

DetailsField details_field_from(std::span<const TagField> fields, Detail& detail) {
  TextPieces lines;
  for (const TagField& field : fields)
    for (const SourceLine& line : field.lines) lines.push_back(line.text);
  std::string joined;
  if (lines.size() > 1)
    for (const std::string_view line : lines) joined += line;
  const std::string_view unfolded = lines.size() == 1 ? lines.front() : std::string_view{joined};
  if (const auto pieces = numbered_pieces(unfolded); !pieces.values.empty()) return german(pieces, detail);
  // Polish banks say the code alone in a field of its own before that.
  if (fields.size() > 1 && lines.front().size() <= 3 && is_number(lines.front()))
    if (const auto pieces = numbered_pieces(unfolded.substr(lines.front().size())); !pieces.values.empty())
      return german(pieces, detail);
  if (const auto labels = slash_labels(unfolded); is_dutch(labels)) return dutch(labels, detail);
  return free_text(lines, detail);
}

}  // namespace coop::statements
