#include "ledger/journals/plain_writer.hpp"

#include <algorithm>
#include <array>

#include "ledger/journals/account_names.hpp"
#include "ledger/journals/percent_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

// ledger --pedantic wants every tag declared.
constexpr std::array<std::string_view, 21> tags{
    "path",        "title",       "type",     "opened_on",   "closed_on",   "entry",       "hash",
    "recorded_at", "source",      "reverses", "recorded_by", "hold",        "document_on", "reference",
    "member",      "reversed_by", "tax_code", "fund",        "cost_object", "note",        "description"};

// A tag's value ends at a comma (hledger), and a day in square brackets moves a posting (both).
constexpr std::string_view unsafe_in_tag = ",;[]";

std::string_view type_letter(books::AccountType type) {
  switch (type) {
    case books::AccountType::asset:
      return "A";
    case books::AccountType::liability:
      return "L";
    case books::AccountType::equity:
      return "E";
    case books::AccountType::income:
      return "R";
    case books::AccountType::expense:
      return "X";
  }
  throw InvariantBroken{"an account has one of five types"};
}

bool is_code(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

// One line without the marks that begin a comment or part a payee from a note.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    const char kept = character == ';'              ? ','
                      : character == '|'            ? '/'
                      : byte < 0x20 || byte == 0x7F ? ' '
                                                    : character;
    if (kept == ' ' && (line.empty() || line.back() == ' ')) continue;
    line += kept;
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

// Before the description these are a status, a code or a second day.
bool begins_with_mark(std::string_view line) {
  return !line.empty() && std::string_view{"*!(=@"}.find(line.front()) != std::string_view::npos;
}

}  // namespace

void PlainWriter::flush() {
  sink_(out_);
  out_.clear();
}

void PlainWriter::append_tag(std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out_ += "    ; ";
  out_ += name;
  out_ += ": ";
  out_ += percent_encoded(value, unsafe_in_tag);
  out_ += '\n';
}

void PlainWriter::begin(const JournalHead& head) {
  out_ += "; The books of " + one_line(head.title) + " (node " + head.node + "), written by CoopLedger for " +
          std::string{text_of(dialect_)} + ".\n\ndecimal-mark .\n\n";
  for (const std::string_view tag : tags) out_ += "tag " + std::string{tag} + '\n';
  append_commodities(head);
  append_accounts(head);
  flush();
}

// hledger wants a decimal mark in a format and ledger misreads one without decimals: a unit without decimals
// has no format.
void PlainWriter::append_commodities(const JournalHead& head) {
  for (const JournalUnit& unit : head.units) {
    const std::string code = plain_commodity_of(unit.code);
    out_ += "\ncommodity " + code + '\n';
    if (unit.scale > 0) {
      out_ += "    format 1000." + std::string(static_cast<std::size_t>(unit.scale), '0') + ' ' + code + '\n';
    }
  }
  out_ += '\n';
}

// One declaration a path: an account of ours is a path in one unit, theirs holds any.
void PlainWriter::append_accounts(const JournalHead& head) {
  std::map<std::string, SamePath> by_path;
  for (const JournalAccount& account : head.accounts) {
    Named named{plain_name_of(account.path), std::nullopt};
    if (account.last) named.closing = Closing{account.balance_minor, *account.last};
    accounts_.emplace(std::pair{account.path, account.unit}, std::move(named));
    by_path[account.path].push_back(&account);
  }
  for (const auto& [path, same_path] : by_path) {
    const JournalAccount& first = *same_path.front();
    const std::string name = plain_name_of(path);
    out_ += "account " + name + '\n';
    append_tag("type", type_letter(first.type));
    if (name != path) append_tag("path", path);
    append_tag("title", first.title);
    append_tag("opened_on", opened_on(same_path).text());
    if (const auto day = closed_on(same_path)) append_tag("closed_on", day->text());
  }
}

void PlainWriter::write(const books::Entry& entry) {
  constexpr int first_year_of_ledger = 1400;
  if (dialect_ == Dialect::ledger && static_cast<int>(entry.booked_on.ymd().year()) < first_year_of_ledger) {
    throw Refused{Refusal::day_malformed, "ledger reads no day before 1400, and entry " +
                                              std::to_string(entry.number.number()) + " is booked on " +
                                              entry.booked_on.text()};
  }
  append_head_line(entry);
  append_entry_tags(entry);
  for (const books::Posting& posting : entry.postings) append_posting(entry, posting);
  flush();
}

void PlainWriter::append_head_line(const books::Entry& entry) {
  out_ += '\n';
  entry.booked_on.append_to(out_);
  out_ += " *";
  const std::string description = one_line(entry.description);
  if (is_code(entry.reference)) {
    out_ += " (" + entry.reference + ')';
  } else if (begins_with_mark(description)) {
    out_ += " ()";
  }
  if (!description.empty()) out_ += ' ' + description;
  out_ += '\n';
}

void PlainWriter::append_entry_tags(const books::Entry& entry) {
  append_tag("entry", std::to_string(entry.number.number()));
  append_tag("hash", hex_of(entry.hash));
  append_tag("recorded_at", coop::text_of(entry.recorded_at));
  if (entry.recorded_by) append_tag("recorded_by", *entry.recorded_by);
  if (entry.document_on) append_tag("document_on", entry.document_on->text());
  if (!is_code(entry.reference)) append_tag("reference", entry.reference);
  append_tag("source", entry.source);
  if (entry.reverses) append_tag("reverses", std::to_string(entry.reverses->number()));
  if (entry.reversed_by) append_tag("reversed_by", std::to_string(entry.reversed_by->number()));
  if (entry.hold) append_tag("hold", std::to_string(entry.hold->number()));
  if (one_line(entry.description) != entry.description) append_tag("description", entry.description);
}

void PlainWriter::append_posting(const books::Entry& entry, const books::Posting& posting) {
  const auto found = accounts_.find({posting.account, posting.unit});
  ensure(found != accounts_.end(), "every posting's account is declared");
  const std::string commodity = plain_commodity_of(posting.unit);
  out_ += "    " + found->second.name + "    ";
  append_minor(out_, posting.amount_minor, posting.scale);
  out_ += ' ' + commodity;
  const auto& closing = found->second.closing;
  if (closing && closing->last.entry == entry.number && closing->last.line == posting.line) {
    out_ += " = ";
    append_minor(out_, closing->balance_minor, posting.scale);
    out_ += ' ' + commodity;
  }
  out_ += '\n';
  for (const books::DimensionKind kind : books::dimension_kinds) {
    const auto& code = posting.about[static_cast<std::size_t>(kind)];
    if (code) append_tag(books::text_of(kind), *code);
  }
  append_tag("note", posting.note);
}

}  // namespace coop::journals
