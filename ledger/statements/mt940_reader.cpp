#include "ledger/statements/mt940_reader.hpp"

#include <algorithm>
#include <ranges>
#include <span>
#include <utility>

#include "ledger/statements/mt940_details.hpp"
#include "ledger/statements/mt940_line.hpp"
#include "ledger/statements/mt940_tags.hpp"
#include "ledger/values/charset.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::statements {

namespace {

/// A statement without its lines, or a page of one, with what only joining needs.
struct Page {
  const TagMessage* message;
  Statement statement = {};
  bool opens_in_between = false;
  bool closes_in_between = false;
};

bool is_same_text(const TagField& field, std::string_view account, std::string& name) {
  if (!field.first().starts_with(account)) return false;
  std::string rest = one_line(field.first().substr(account.size()));
  for (std::size_t i = 1; i < field.lines.size() && rest.empty(); ++i) rest = one_line(field.lines[i].text);
  name = rest;
  return true;
}

bool looks_like_iban(std::string_view text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() >= 15 && text.size() <= 34 && is_capital(text[0]) && is_capital(text[1]) &&
         is_number(text.substr(2, 2)) &&
         std::ranges::all_of(text, [&](char c) { return is_capital(c) || is_digit(c); });
}

auto turnovers_of(const TagMessage& message) {
  return message.others | std::views::filter(&TagField::is_turnover);
}

void note_clamped(const TagField& field, std::vector<Note>& notes) {
  notes.push_back({"day_clamped", field.place(), "The month has no such day; its last day is taken."});
}

/// Reads what one message says besides its lines.
class HeadReader {
 public:
  explicit HeadReader(std::vector<Note>& notes) : notes_{notes} {}

  Page read(const TagMessage& message) {
    page_.message = &message;
    bool has_balance = false;
    bool has_interim = false;
    for (const TagField* field : message.others) {
      has_balance = has_balance || field->tag.starts_with("60") || field->tag.starts_with("62");
      has_interim = has_interim || field->is("34F") || field->is_turnover() || field->is("13D");
      read_head(*field);
    }
    for (const TagField* field : turnovers_of(message))
      set_currency(turnover_field_from(*field).currency, *field);
    if (has_interim && !has_balance) page_.statement.purpose = Purpose::interim;
    return std::move(page_);
  }

 private:
  void read_head(const TagField& field) {
    Statement& statement = page_.statement;
    const std::string_view tag = field.tag;
    if (tag == "20") {
      statement.id = said(field.first());
    } else if (tag == "25" || tag == "25P") {
      AccountField account = account_field_from(field);
      statement.account = std::move(account.account);
      statement.bank = std::move(account.bank);
      set_currency(account.currency, field);
    } else if (tag == "28" || tag == "28C") {
      read_number(field.first());
    } else if (tag == "60F" || tag == "60M") {
      statement.opening = read_balance(field);
      page_.opens_in_between = tag == "60M";
    } else if (tag == "62F" || tag == "62M") {
      statement.closing = read_balance(field);
      page_.closes_in_between = tag == "62M";
      statement.last_day = statement.closing->on;
    } else if (tag == "34F") {
      set_currency(currency_code(field.first().substr(0, 3)), field);
    } else if (tag == "13" || tag == "13D") {
      read_moment(field.first());
    }
  }

  // "00004/00001": what counts up, and the page. Where a bank does not count there are zeros.
  void read_number(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto counted = [](std::string_view digits) {
      digits = trimmed(digits);
      while (digits.starts_with('0')) digits.remove_prefix(1);
      return std::string{digits};
    };
    page_.statement.number = counted(text.substr(0, slash));
    if (slash != std::string_view::npos) page_.statement.page = counted(text.substr(slash + 1));
  }

  void read_moment(std::string_view text) {
    if (text.size() < 6 || !is_number(text.substr(0, 6))) return;
    const auto number = [text](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    const auto found = find_clamped_day(year_of_two_digits(number(0)), number(2), number(4));
    if (found) page_.statement.last_day = found->day;
  }

  void set_currency(const std::string& currency, const TagField& field) {
    if (currency.empty()) return;
    std::string& known = page_.statement.currency;
    if (!known.empty() && known != currency)
      refuse_unreadable(field.place(), "field " + std::string{field.tag} + ", the currency is " + currency +
                                           ", before it was " + known);
    known = currency;
  }

  Balance read_balance(const TagField& field) {
    BalanceField read = balance_field_from(field);
    set_currency(read.currency, field);
    if (read.is_clamped) note_clamped(field, notes_);
    return std::move(read.balance);
  }

  std::vector<Note>& notes_;
  Page page_ = {};
};

/// How many lines came in or went out, and what they come to.
struct Turnover {
  std::size_t count = 0;
  Decimal sum = {};
};

/// Reads the lines of one message, and gives them to a taker.
class LineReader {
 public:
  LineReader(std::string_view account, std::vector<Note>& notes, StatementTaker& taker)
      : account_{account}, notes_{notes}, taker_{taker} {}

  void read(const TagMessage& message) {
    const std::span<const TagField> fields = message.fields;
    const bool has_turnover = !turnovers_of(message).empty();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (!fields[i].is("61")) continue;
      const std::size_t place = i;
      while (i + 1 < fields.size() && fields[i + 1].is("86")) ++i;
      Line line = line_from(fields[place], {fields.data() + place + 1, i - place});
      if (has_turnover) count(line.amount);
      taker_.take(std::move(line));
    }
    for (const TagField* field : turnovers_of(message)) check_turnover(*field);
  }

 private:
  void count(const Decimal& amount) {
    const bool is_credit = amount.mantissa >= 0;
    Turnover& side = is_credit ? credits_ : debits_;
    ++side.count;
    side.sum = side.sum + (is_credit ? amount : -amount);
  }

  Line line_from(const TagField& field, std::span<const TagField> details) {
    LineField read = line_field_from(field);
    if (read.valued.is_clamped || (read.booked && read.booked->is_clamped)) note_clamped(field, notes_);
    Line line{.place = field.place(),
              .raw = raw_of(field, details),
              .status = read.is_expected ? LineStatus::pending : LineStatus::booked,
              .booked_on = read.booked ? read.booked->day : read.valued.day,
              .valued_on = read.valued.day,
              .amount = std::move(read.amount),
              .is_reversal = read.is_reversal,
              .bank_id = read.bank_reference,
              .code = in_capitals(read.type),
              .text = read.supplement,
              .details = std::vector<Detail>(1)};
    DetailsField said_in = details_field_from(details, line.details.front());
    if (!line.code.empty() && !said_in.code.empty()) line.code += '+';
    line.code += said_in.code;
    if (!details.empty()) take_account_in_reference(read, details.front(), said_in.detail);
    take_account_in_supplement(line, said_in.detail);
    take_reference(std::move(read), said_in.detail);
    take_charge(line, said_in);
    add_line(line.text, std::move(said_in.booking_text));
    if (!said_in.unknown_return.empty())
      notes_.push_back(
          {"return_reason_unknown", line.place,
           "The bank's return key " + said_in.unknown_return + " has no reason that is known here."});
    if (details.empty() && said_in.detail.references.instruction.empty()) line.details = {};
    return line;
  }

  static std::string raw_of(const TagField& field, std::span<const TagField> details) {
    std::string raw;
    const auto each_line = [&](const auto& take) {
      const auto each_of = [&](const TagField& part) {
        take(part.first_whole);
        for (const SourceLine& line : part.lines.subspan(1)) take(line.text);
      };
      each_of(field);
      for (const TagField& part : details) each_of(part);
    };
    std::size_t size = 0;
    each_line([&](std::string_view line) { size += line.size() + 1; });
    raw.reserve(size);
    each_line([&](std::string_view line) { (raw += line) += '\n'; });
    while (raw.ends_with('\n')) raw.pop_back();
    return raw;
  }

  // ASN and SNS give the other account for a reference, its holder below it, and both again in field 86.
  static void take_account_in_reference(LineField& read, const TagField& field, Detail& detail) {
    std::string name;
    if (!looks_like_iban(read.reference) || !is_same_text(field, read.reference, name)) return;
    if (detail.counterparty.account.empty()) detail.counterparty.account = read.reference;
    if (detail.counterparty.name.empty() && name == read.supplement &&
        detail.text.starts_with(read.reference)) {
      detail.counterparty.name = said(name);
      detail.text = one_line(std::string_view{detail.text}.substr(read.reference.size()));
      if (detail.text.starts_with(name)) detail.text = one_line(detail.text.substr(name.size()));
      read.supplement.clear();
    }
    read.reference.clear();
  }

  // Rabobank gives the other account below field 61. In a text without labels an account may be our own.
  void take_account_in_supplement(Line& line, Detail& detail) const {
    std::string& account = detail.counterparty.account;
    if (looks_like_iban(account) && account == account_) account.clear();
    if (!account.empty() || !looks_like_iban(line.text) || !iban_fault(line.text).empty()) return;
    account = std::exchange(line.text, {});
  }

  static void take_reference(LineField&& read, Detail& detail) {
    References& references = detail.references;
    const bool is_known =
        read.reference == references.end_to_end || read.reference == references.payment_group;
    if (!is_known) references.instruction = std::move(read.reference);
    references.bank = std::move(read.bank_reference);
  }

  // A returned debit costs what the other bank took; the line's amount is the debit and that.
  static void take_charge(Line& line, const DetailsField& read) {
    if (!read.charge || is_zero(*read.charge)) return;
    line.charges.push_back({*read.charge, {}, true});
    if (!read.original) return;
    const bool is_debit = line.amount.mantissa < 0;
    if (is_same(*read.original + *read.charge, is_debit ? -line.amount : line.amount))
      read.detail.amount = is_debit ? -*read.original : *read.original;
  }

  void check_turnover(const TagField& field) {
    const TurnoverField read = turnover_field_from(field);
    const Turnover& found = field.is("90C") ? credits_ : debits_;
    if (found.count == read.count && is_same(found.sum, read.sum)) return;
    notes_.push_back({"turnover_differs", field.place(),
                      "The bank counts " + std::to_string(read.count) + " lines of " + text_of(read.sum) +
                          "; the file has " + std::to_string(found.count) + " of " + text_of(found.sum) +
                          "."});
  }

  std::string_view account_;
  std::vector<Note>& notes_;
  StatementTaker& taker_;
  Turnover credits_;
  Turnover debits_;
};

bool says_anything(const TagMessage& message) {
  return std::ranges::any_of(message.fields, [](const TagField& field) {
    constexpr std::string_view telling = "25 25P 60F 60M 61 62F 62M 34F 90C 90D ";
    return telling.find(std::string{field.tag} + " ") != std::string_view::npos;
  });
}

bool continues(const Page& before, const Page& next) {
  const Statement& a = before.statement;
  const Statement& b = next.statement;
  return before.closes_in_between && next.opens_in_between && a.closing && b.opening &&
         is_same(a.closing->amount, b.opening->amount) && a.account == b.account && a.bank == b.bank &&
         a.currency == b.currency && a.number == b.number;
}

// A statement with what a page that continues it says.
void join(Statement& before, const Statement& next) {
  before.page = before.page.substr(0, before.page.find('-')) + "-" + next.page;
  before.closing = next.closing;
  before.last_day = next.last_day;
}

std::vector<Page> pages_of(const std::vector<TagMessage>& messages, std::vector<Note>& notes) {
  std::vector<Page> pages;
  std::size_t lines = 0;
  for (const TagMessage& message : messages) {
    lines += message.lines;
    if (lines > most_mt940_lines)
      refuse_unreadable(message.fields.front().place(), "more lines than are read at once");
    pages.push_back(HeadReader{notes}.read(message));
  }
  return pages;
}

}  // namespace

ReadFile mt940_from(std::string_view bytes) { return whole_file(bytes, mt940_from); }

ReadFile mt940_from(std::string_view bytes, StatementTaker& taker) {
  require_readable_size(bytes);
  std::string space;
  TaggedText tagged = tagged_text_of(source_lines(text_in(bytes, space)));
  std::vector<TagMessage>& messages = tagged.messages;
  std::erase_if(messages, [](const TagMessage& message) { return !says_anything(message); });
  if (messages.empty())
    throw Refused{Refusal::statement_format_unknown, "no field such as :25: or :61: in the file"};
  ReadFile file{FileKind::mt940, "", {}, {}};
  const std::vector<Page> pages = pages_of(messages, file.notes);
  for (std::size_t first = 0, end = 0; first < pages.size(); first = end) {
    Statement& statement = file.statements.emplace_back(pages[first].statement);
    for (end = first + 1; end < pages.size() && continues(pages[end - 1], pages[end]); ++end)
      join(statement, pages[end].statement);
    taker.begin(statement);
    for (const Page& page : std::span{pages}.subspan(first, end - first))
      LineReader{statement.account, file.notes, taker}.read(*page.message);
    taker.end(statement);
  }
  if (file.statements.front().purpose == Purpose::interim) file.kind = FileKind::mt942;
  return file;
}

}  // namespace coop::statements
