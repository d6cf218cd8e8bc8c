#include "ledger/journals/beancount_writer.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

// A string of beancount: quotes and backslashes escaped, no line break, no control character.
std::string beancount_text(std::string_view text) {
  std::string out{'"'};
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (character == '"' || character == '\\') {
      out += '\\';
      out += character;
    } else if (character == '\n') {
      out += "\\n";
    } else if (character == '\t') {
      out += "\\t";
    } else {
      out += byte < 0x20 || byte == 0x7F ? ' ' : character;
    }
  }
  return out += '"';
}

std::string link_of(EntryNumber number) { return "^entry-" + std::to_string(number.number()); }

constexpr std::string_view on_entry = "  ";
constexpr std::string_view on_posting = "    ";

std::optional<Day> day_after(Day day) {
  if (day.text() == "9999-12-31") return std::nullopt;
  return day.plus_days(1);
}

}  // namespace

/// An account of beancount: a path, with all the units in which it exists.
struct BeancountWriter::Opened {
  std::string name;
  SamePath accounts;
};

void BeancountWriter::flush() {
  sink_(out_);
  out_.clear();
}

void BeancountWriter::append_metadata(std::string_view indent, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  out_ += indent;
  out_ += key;
  out_ += ": ";
  out_ += beancount_text(value);
  out_ += '\n';
}

void BeancountWriter::begin(const JournalHead& head) {
  out_ += "; Written by CoopLedger for beancount.\n";
  out_ += "option \"title\" " + beancount_text(head.title) + '\n';
  out_ += "option \"operating_currency\" \"" + beancount_commodity_of(head.base_unit) + "\"\n";
  out_ += "option \"inferred_tolerance_multiplier\" \"0\"\n\n";
  std::string first_day = "1970-01-01";
  std::vector<Opened> opened;
  std::map<std::string, std::size_t> by_name;
  for (const JournalAccount& account : head.accounts) {
    first_day = std::min(first_day, account.opened_on.text());
    const std::string& name = names_.name_of(account.path, account.type);
    by_path_and_unit_.emplace(std::pair{account.path, account.unit}, name);
    const auto [place, is_new] = by_name.try_emplace(name, opened.size());
    if (is_new) opened.push_back(Opened{name, {}});
    opened[place->second].accounts.push_back(&account);
  }
  append_units(head, first_day);
  for (const Opened& account : opened) append_opened(account);
  close(opened);
  flush();
}

void BeancountWriter::append_units(const JournalHead& head, const std::string& first_day) {
  for (const JournalUnit& unit : head.units) {
    out_ += first_day + " commodity " + beancount_commodity_of(unit.code) + '\n';
    append_metadata(on_entry, "name", unit.name);
  }
  out_ += '\n';
}

void BeancountWriter::append_opened(const Opened& opened) {
  std::string units;
  for (const JournalAccount* account : opened.accounts) {
    units += (units.empty() ? "" : ",") + beancount_commodity_of(account->unit);
  }
  out_ += opened_on(opened.accounts).text() + " open " + opened.name + ' ' + units + '\n';
  append_metadata(on_entry, "path", opened.accounts.front()->path);
  append_metadata(on_entry, "title", opened.accounts.front()->title);
}

namespace {

// What a balance of beancount covers: an account and all below it, in one unit.
struct Subtree {
  std::optional<std::int64_t> balance_minor = 0;  ///< nothing: beyond 64 bits
  std::optional<Day> last;                        ///< of a posting
  int scale = 0;
};

std::optional<std::int64_t> sum_of(std::optional<std::int64_t> sum, std::int64_t more) {
  std::int64_t result = 0;
  if (!sum || __builtin_add_overflow(*sum, more, &result)) return std::nullopt;
  return result;
}

using Subtrees = std::map<std::pair<std::string, std::string>, Subtree>;  ///< by name and unit

void add_to_subtrees(Subtrees& subtrees, const std::string& name, const JournalAccount& account) {
  for (auto end = name.find(':'); end != std::string::npos; end = name.find(':', end + 1)) {
    const auto next = name.find(':', end + 1);
    Subtree& subtree = subtrees[{name.substr(0, next), account.unit}];
    subtree.balance_minor = sum_of(subtree.balance_minor, account.balance_minor);
    subtree.scale = account.scale;
    if (account.last) subtree.last = std::max(subtree.last, std::optional{account.last->booked_on});
  }
}

}  // namespace

// A balance is asserted at the start of a day, so on the day after the last posting, and covers the accounts
// below. Where those went on after the account was closed there is no day on which to assert it.
void BeancountWriter::close(const std::vector<Opened>& opened) {
  Subtrees subtrees;
  for (const Opened& one : opened) {
    for (const JournalAccount* account : one.accounts) add_to_subtrees(subtrees, one.name, *account);
  }
  for (const Opened& one : opened) {
    const std::optional<Day> last_day = closed_on(one.accounts);
    for (const JournalAccount* account : one.accounts) {
      const Subtree& subtree = subtrees.at({one.name, account->unit});
      if (!subtree.last || !subtree.balance_minor || (last_day && *subtree.last > *last_day)) continue;
      const auto day = day_after(*subtree.last);
      if (!day) continue;
      closing_ += day->text() + " balance " + one.name + "  ";
      append_minor(closing_, *subtree.balance_minor, subtree.scale);
      closing_ += ' ' + beancount_commodity_of(account->unit) + '\n';
    }
    const auto closed_after = last_day ? day_after(*last_day) : std::nullopt;
    if (closed_after) closing_ += closed_after->text() + " close " + one.name + '\n';
  }
}

void BeancountWriter::write(const books::Entry& entry) {
  out_ += '\n';
  entry.booked_on.append_to(out_);
  out_ += " * " + beancount_text(entry.description);
  if (entry.reverses) out_ += ' ' + link_of(*entry.reverses);
  if (entry.reversed_by) out_ += ' ' + link_of(entry.number);
  out_ += '\n';
  append_entry_metadata(entry);
  for (const books::Posting& posting : entry.postings) append_posting(posting);
  flush();
}

void BeancountWriter::append_entry_metadata(const books::Entry& entry) {
  append_metadata(on_entry, "entry", std::to_string(entry.number.number()));
  append_metadata(on_entry, "hash", hex_of(entry.hash));
  append_metadata(on_entry, "recorded_at", coop::text_of(entry.recorded_at));
  if (entry.recorded_by) append_metadata(on_entry, "recorded_by", *entry.recorded_by);
  if (entry.document_on) append_metadata(on_entry, "document_on", entry.document_on->text());
  append_metadata(on_entry, "reference", entry.reference);
  append_metadata(on_entry, "source", entry.source);
  if (entry.reverses) append_metadata(on_entry, "reverses", std::to_string(entry.reverses->number()));
  if (entry.reversed_by)
    append_metadata(on_entry, "reversed_by", std::to_string(entry.reversed_by->number()));
  if (entry.hold) append_metadata(on_entry, "hold", std::to_string(entry.hold->number()));
}

void BeancountWriter::append_posting(const books::Posting& posting) {
  const auto name = by_path_and_unit_.find({posting.account, posting.unit});
  ensure(name != by_path_and_unit_.end(), "every posting's account is opened");
  out_ += "  " + name->second + "  ";
  append_minor(out_, posting.amount_minor, posting.scale);
  out_ += ' ' + beancount_commodity_of(posting.unit) + '\n';
  for (const books::DimensionKind kind : books::dimension_kinds) {
    const auto& code = posting.about[static_cast<std::size_t>(kind)];
    if (code) append_metadata(on_posting, books::text_of(kind), *code);
  }
  append_metadata(on_posting, "note", posting.note);
}

void BeancountWriter::end() {
  out_ += '\n';
  out_ += closing_;
  flush();
}

}  // namespace coop::journals
