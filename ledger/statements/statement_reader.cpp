#include "ledger/statements/statement_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/statements/camt_reader.hpp"
#include "ledger/statements/camt_reading.hpp"
#include "ledger/statements/csv_reader.hpp"
#include "ledger/statements/csv_survey.hpp"
#include "ledger/statements/mt940_reader.hpp"
#include "ledger/statements/ofx_reader.hpp"
#include "ledger/statements/own_statement.hpp"
#include "ledger/statements/qif_reader.hpp"
#include "ledger/statements/source_text.hpp"
#include "ledger/statements/zip_files.hpp"
#include "ledger/values/charset.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::statements {

namespace {

constexpr std::size_t looked_at_bytes = 64 * 1024;

// True if a line begins with `mark`, in capitals or not, after blanks or not.
bool has_line(std::string_view text, std::string_view mark) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    if (in_capitals(trimmed(text.substr(at, end - at)).substr(0, mark.size())) == mark) return true;
    at = end + 1;
  }
  return false;
}

bool is_ofx(std::string_view begin) {
  return begin.find('<') != std::string_view::npos && in_capitals(begin).find("<OFX>") != std::string::npos;
}
bool is_qif(std::string_view begin) {
  return has_line(begin, "!TYPE:") || has_line(begin, "!ACCOUNT") || has_line(begin, "!OPTION:");
}
// Banks leave out one field or another, but hardly two of the first three.
bool is_mt940(std::string_view begin) {
  return int{has_line(begin, ":20:")} + int{has_line(begin, ":25")} + int{has_line(begin, ":28")} +
             int{has_line(begin, ":60")} + int{has_line(begin, ":61:")} >
         1;
}

ReadFile read_camt(std::string_view bytes, const FileProfile&, StatementTaker& taker) {
  return camt_from(bytes, taker);
}
ReadFile read_ofx(std::string_view bytes, const FileProfile&, StatementTaker& taker) {
  return handed_on(ofx_from(bytes), taker);
}
ReadFile read_mt940(std::string_view bytes, const FileProfile&, StatementTaker& taker) {
  return mt940_from(bytes, taker);
}
ReadFile read_qif(std::string_view bytes, const FileProfile& profile, StatementTaker& taker) {
  return handed_on(qif_from(bytes, profile.qif), taker);
}
ReadFile csv_file(std::string_view bytes, const FileProfile& profile) {
  if (const CsvProfile* saved = find_csv_profile(bytes, profile.csv)) return csv_from(bytes, *saved);
  if (const auto own = find_own_statement(bytes)) return csv_from(bytes, *own);
  return csv_from(bytes);
}
ReadFile read_csv(std::string_view bytes, const FileProfile& profile, StatementTaker& taker) {
  return handed_on(csv_file(bytes, profile), taker);
}

// In the order in which content is tried.
constexpr std::array<Form, 5> forms{{{"camt.052, camt.053 or camt.054", is_camt, read_camt},
                                     {"OFX", is_ofx, read_ofx},
                                     {"MT940 or MT942", is_mt940, read_mt940},
                                     {"QIF", is_qif, read_qif},
                                     {"CSV", is_csv, read_csv}}};

// The beginning of a file as text; marks of characters cut in half at its end do no harm.
std::string_view begin_of(std::string_view bytes, std::string& space) {
  return text_in(bytes.substr(0, looked_at_bytes), space);
}

// What a file of another kind begins with, or has near its beginning.
struct Likeness {
  std::string_view mark;
  std::string_view words;
};
constexpr std::array<Likeness, 16> beginnings{
    {{"%PDF", "a PDF document: the bank has the same statement as camt.053"},
     {"\xD0\xCF\x11\xE0", "an old spreadsheet or document of Office: save it as CSV"},
     {"\x89PNG", "a picture (PNG)"},
     {"\xFF\xD8\xFF", "a picture (JPEG)"},
     {"GIF8", "a picture (GIF)"},
     {"II*\0", "a picture (TIFF)"},
     {"RIFF", "a picture or a recording"},
     {"\x1F\x8B", "a gzip file: unpack it first"},
     {"7z\xBC\xAF", "a 7-Zip file: unpack it first"},
     {"Rar!", "a RAR file: unpack it first"},
     {"BZh", "a bzip2 file: unpack it first"},
     {"{\\rtf", "a text document (RTF)"},
     {"{\"", "a JSON document"},
     {"[{", "a JSON document"},
     {"MZ", "a program of Windows"},
     {"\x7F"
      "ELF",
      "a program"}}};
constexpr std::array<Likeness, 14> elements{
    {{"CstmrCdtTrfInitn", "a payment order (pain.001): it goes to the bank, it does not come from there"},
     {"CstmrPmtStsRpt", "a report on an order (pain.002), not on an account"},
     {"PmtRtr", "a return between banks (pacs.004)"},
     {"CstmrPmtRvsl", "a reversal (pain.007)"},
     {"CstmrDrctDbtInitn",
      "a direct debit order (pain.008): it goes to the bank, it does not come from there"},
     {"RsltnOfInvstgtn", "an answer to an investigation (camt.029)"},
     {"FIToFIPmtCxlReq", "a request to cancel a payment (camt.056)"},
     {"CstmrPmtCxlReq", "a request to cancel a payment (camt.055)"},
     {"AcctRptgReq", "a request for a report (camt.060)"},
     {"BkSvcsBllgStmt", "a bill of the bank (camt.086)"},
     {"html", "a page of a website, perhaps the bank's login: sign in and fetch the file again"},
     {"HTML", "a page of a website, perhaps the bank's login: sign in and fetch the file again"},
     {"Workbook", "a spreadsheet: save it as CSV"},
     {"svg", "a picture (SVG)"}}};

// A tag of that name, whatever prefix it has.
bool has_element(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const bool begins = at > 0 && (text[at - 1] == '<' || text[at - 1] == ':');
    const std::size_t end = at + name.size();
    if (begins && end < text.size() &&
        std::string_view{"> /\t\r\n"}.find(text[end]) != std::string_view::npos)
      return true;
  }
  return false;
}

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t from = bytes.find_first_not_of(" \t\r\n\x1a");
  return from == std::string_view::npos ? std::string_view{} : bytes.substr(from);
}

bool is_doctype_of_page(std::string_view text) {
  constexpr std::string_view doctype = "<!doctype html";
  return std::ranges::equal(text.substr(0, doctype.size()), doctype, [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

// A spreadsheet is a ZIP with a table of contents that no other ZIP has.
std::string_view spreadsheet_likeness(const std::vector<PackedFile>& files) {
  for (const PackedFile& file : files) {
    if (file.name == "[Content_Types].xml")
      return "a spreadsheet or document of Office (xlsx): save it as CSV";
    if (file.name == "mimetype" && file.bytes.starts_with("application/vnd.oasis"))
      return "a spreadsheet or document of LibreOffice (ods): save it as CSV";
  }
  return {};
}

// Banks put the statement for people beside the one for programs.
bool is_paper(const PackedFile& file) { return file.bytes.starts_with("%PDF"); }

[[noreturn]] void refuse_unknown(std::string_view likeness, const std::string& name) {
  throw Refused{Refusal::statement_format_unknown,
                (name.empty() ? "it looks like " : shown(name) + " looks like ") + std::string{likeness}};
}

ReadFile read_one(std::string_view bytes, const std::string& name, const FileProfile& profile,
                  StatementTaker& taker) {
  const Form* form = find_csv_profile(bytes, profile.csv) ? &forms.back() : find_form(bytes);
  if (!form) refuse_unknown(likeness_of(bytes), name);
  if (name.empty()) return form->read(bytes, profile, taker);
  try {
    return form->read(bytes, profile, taker);
  } catch (const Refused& refused) {
    throw Refused{refused.refusal(), shown(name) + ": " + refused.detail(), refused.field()};
  }
}

// The files to read, each with its name, and what is said of those that are left out.
struct FilesInside {
  std::vector<PackedFile> read;
  std::vector<Note> left_out;
};

FilesInside files_inside(std::string_view zip) {
  FilesInside inside{packed_files_in(zip), {}};
  if (const auto likeness = spreadsheet_likeness(inside.read); !likeness.empty())
    refuse_unknown(likeness, "");
  if (std::ranges::all_of(inside.read, is_paper)) return inside;
  for (const PackedFile& file : inside.read)
    if (is_paper(file))
      inside.left_out.push_back({"file_left_out", file.name, "a PDF document beside the statements"});
  std::erase_if(inside.read, is_paper);
  return inside;
}

}  // namespace

const Form* find_form(std::string_view bytes) {
  std::string space;
  const std::string_view begin = begin_of(bytes, space);
  const auto found = std::ranges::find_if(forms, [&](const Form& form) { return form.claims(begin); });
  return found == forms.end() ? nullptr : &*found;
}

std::string likeness_of(std::string_view bytes) {
  for (const Likeness& one : beginnings)
    if (without_mark(bytes).starts_with(one.mark)) return std::string{one.words};
  std::string space;
  const std::string_view begin = begin_of(bytes, space);
  const std::string_view text = without_mark(begin);
  if (text.empty()) return "an empty file";
  for (const Likeness& one : elements)
    if (has_element(text, one.mark)) return std::string{one.words};
  if (is_doctype_of_page(text))
    return "a page of a website, perhaps the bank's login: sign in and fetch the file again";
  if (text.starts_with('<')) return "XML that is no statement of a bank";
  return std::string{nothing_known};
}

void read_statements(std::string_view bytes, const FileProfile& profile, StatementTaker& taker) {
  if (!is_zip(bytes)) return taker.finish(read_one(bytes, "", profile, taker));
  FilesInside inside = files_inside(bytes);
  for (const PackedFile& packed : inside.read) {
    ReadFile file = read_one(packed.bytes, packed.name, profile, taker);
    file.name = packed.name;
    for (Note& note : std::exchange(inside.left_out, {})) file.notes.push_back(std::move(note));
    taker.finish(file);
  }
}

std::vector<ReadFile> read_statements(std::string_view bytes, const FileProfile& profile) {
  FileKeeper keeper;
  read_statements(bytes, profile, keeper);
  return std::move(keeper).take();
}

}  // namespace coop::statements
