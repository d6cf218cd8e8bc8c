#include "ledger/statements/camt_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "ledger/statements/camt_statement.hpp"
#include "ledger/statements/source_text.hpp"
#include "ledger/statements/xml_bounds.hpp"
#include "ledger/values/charset.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::statements {

namespace {

/// A family of messages and what its elements are called.
struct Family {
  FileKind kind;
  std::string_view message;
  std::string_view statement;
};
constexpr std::array<Family, 3> families{{{FileKind::camt052, "BkToCstmrAcctRpt", "Rpt"},
                                          {FileKind::camt053, "BkToCstmrStmt", "Stmt"},
                                          {FileKind::camt054, "BkToCstmrDbtCdtNtfctn", "Ntfctn"}}};

// Envelopes have headers in front; behind them no message begins.
constexpr std::size_t looked_at_bytes = 64 * 1024;
// Document, and what banks wrap around it.
constexpr int most_wrappers = 6;
constexpr int newest_version = 13;

const Family* family_of(pugi::xml_node node) {
  for (const Family& family : families)
    if (local_name(node) == family.message) return &family;
  return nullptr;
}

// Level by level, so that no depth of a file is a depth of ours; what stands inside a message is none of it.
std::vector<pugi::xml_node> messages_in(pugi::xml_node document) {
  std::vector<pugi::xml_node> messages;
  std::vector<pugi::xml_node> level{document};
  for (int wrappers = 0; wrappers <= most_wrappers && !level.empty(); ++wrappers) {
    std::vector<pugi::xml_node> next;
    for (const pugi::xml_node parent : level)
      for (pugi::xml_node one = parent.first_child(); one; one = one.next_sibling())
        (family_of(one) ? messages : next).push_back(one);
    level = std::move(next);
  }
  return messages;
}

// "camt.053.001.08" from the namespace of the message or of what stands around it.
std::string version_of(pugi::xml_node message) {
  for (pugi::xml_node node = message; node; node = node.parent()) {
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const std::string_view value = attribute.value();
      const std::size_t at = value.find("camt.05");
      if (at == std::string_view::npos) continue;
      return std::string{value.substr(at, value.find_first_of(" \t\r\n/", at) - at)};
    }
  }
  return {};
}

Element header_of(pugi::xml_node message, Elements& kept) {
  for (pugi::xml_node one = message.first_child(); one; one = one.next_sibling())
    if (local_name(one) == "GrpHdr") return kept.keep(one);
  return {};
}

void note_version(CamtReading& reading, const std::string& version) {
  const std::string_view last = std::string_view{version}.substr(version.find_last_of('.') + 1);
  const auto number = digits_from(last);
  const bool is_known =
      version.empty() || (version.size() == 15 && number && *number >= 1 && *number <= newest_version);
  if (!is_known)
    reading.note("version_unknown", "the version " + shown(version) + " is read as the newest that is known");
}

void note_header(CamtReading& reading, Element header) {
  if (!header) return reading.note("schema_broken", "GrpHdr is missing");
  for (const std::string_view name : {"MsgId", "CreDtTm"})
    if (!child(header, name)) reading.note("schema_broken", "GrpHdr has no " + std::string{name});
}

// "ISO-8859-1" of <?xml version="1.0" encoding="ISO-8859-1"?>.
std::string_view declared_charset(std::string_view bytes) {
  const std::string_view prolog = bytes.substr(0, bytes.substr(0, looked_at_bytes).find("?>"));
  const std::size_t at = prolog.find("encoding");
  const std::size_t from = prolog.find_first_of("\"'", at);
  if (at == std::string_view::npos || from == std::string_view::npos) return {};
  return prolog.substr(from + 1, prolog.find(prolog[from], from + 1) - from - 1);
}

// Files in UTF-8 are read as they are. Of others the text is made anew.
struct Text {
  std::string_view utf8;
  std::string made = {};
  std::optional<Note> note = {};

  explicit Text(std::string_view bytes) : utf8{bytes} {
    if (bytes.size() > most_xml_bytes || is_storable_text(bytes)) return;
    const std::string_view declared = declared_charset(bytes);
    DecodedText decoded = text_from_bytes(bytes, declared);
    if (decoded.had_nul) throw Refused{Refusal::statement_unreadable, "the file has the character NUL in it"};
    made = std::move(decoded.text);
    utf8 = made;
    const bool lies =
        in_capitals(declared) == "UTF-8" || (declared.empty() && !decoded.charset.starts_with("UTF"));
    if (lies) note = Note{"charset_guessed", "", "the file is no UTF-8, and is read as " + decoded.charset};
  }
};

// Some send a line of another program in front, and all of them a byte order mark now and then.
std::string_view from_first_tag(std::string_view bytes) {
  const std::size_t at = bytes.find('<');
  return at == std::string_view::npos ? bytes : bytes.substr(at);
}

}  // namespace

bool is_camt(std::string_view bytes) {
  const std::string_view begin = bytes.substr(0, looked_at_bytes);
  return std::ranges::any_of(families, [&](const Family& family) {
    for (std::size_t at = begin.find(family.message); at != std::string_view::npos;
         at = begin.find(family.message, at + 1))
      if (at > 0 && (begin[at - 1] == '<' || begin[at - 1] == ':')) return true;
    return false;
  });
}

ReadFile camt_from(std::string_view bytes) { return whole_file(bytes, camt_from); }

ReadFile camt_from(std::string_view bytes, StatementTaker& taker) {
  const Text decoded{bytes};
  const std::string_view text = from_first_tag(decoded.utf8);
  CamtDocument document{text};
  const std::vector<pugi::xml_node> messages = messages_in(document.root());
  if (messages.empty())
    throw Refused{Refusal::statement_unreadable, "there is no message of the camt kind in it"};
  ReadFile file{family_of(messages.front())->kind, version_of(messages.front()), {}, {}};
  CamtReading reading{.kind = file.kind, .document = document};
  if (decoded.note) reading.notes.push_back(*decoded.note);
  note_version(reading, file.version);
  int number = 0;
  for (const pugi::xml_node message : messages) {
    const Family& family = *family_of(message);
    reading.kind = family.kind;
    Elements kept;
    const Element header = header_of(message, kept);
    for (pugi::xml_node one = message.first_child(); one; one = one.next_sibling())
      if (local_name(one) == family.statement)
        file.statements.push_back(camt_statement_of(one, ++number, header, reading, taker));
    reading.place = family.message;
    note_header(reading, header);
  }
  if (file.statements.empty())
    throw Refused{Refusal::statement_unreadable,
                  "there is no " + std::string{family_of(messages.front())->statement} + " in it"};
  file.notes = std::move(reading.notes);
  return file;
}

}  // namespace coop::statements
