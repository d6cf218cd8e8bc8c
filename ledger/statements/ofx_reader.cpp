#include "ledger/statements/ofx_reader.hpp"

#include <algorithm>
#include <map>

#include "ledger/statements/ofx_elements.hpp"
#include "ledger/statements/source_text.hpp"
#include "ledger/statements/written_amount.hpp"
#include "ledger/statements/written_day.hpp"
#include "ledger/values/charset.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::statements {

namespace {

/// Where a value stands that is read when the whole file is known.
struct OfxValue {
  std::string text;
  std::size_t line = 0;
};

using OfxValues = std::map<std::string, OfxValue, std::less<>>;

/// One STMTTRN, with names such as "PAYEE/NAME" for what is deeper.
struct OfxLine {
  std::size_t line;
  std::string raw;
  bool is_pending = false;
  OfxValues values;
};

/// One STMTRS or CCSTMTRS.
struct OfxStatement {
  std::size_t line;
  OfxValues values;
  std::vector<OfxLine> lines;
};

const OfxValue* find_value(const OfxValues& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() || found->second.text.empty() ? nullptr : &found->second;
}

std::string text_in(const OfxValues& values, std::string_view name) {
  const OfxValue* value = find_value(values, name);
  return value ? said(value->text) : std::string{};
}

bool is_among(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

/// Collects what stands where, tag by tag. Ends that are missing are where something else begins.
class OfxCollector {
 public:
  explicit OfxCollector(std::string_view text) : text_{text} {}

  void take(const OfxElement& element) {
    if (is_among(element.name, {"INVSTMTRS", "INVSTMTTRNRS", "SECLISTMSGSRSV1"})) {
      end_line(element.begin);
      is_skipping_ = !element.is_end;
      has_skipped_ = true;
    }
    if (is_skipping_) return;
    if (element.is_end) {
      take_end(element);
    } else {
      take_begin(element);
    }
  }

  std::vector<OfxStatement> statements() && {
    end_line(text_.size());
    return std::move(statements_);
  }
  bool has_skipped() const { return has_skipped_; }

 private:
  void take_end(const OfxElement& element) {
    if (is_among(element.name, {"STMTTRN", "STMTTRNP"})) {
      end_line(element.end);
    } else if (is_among(element.name, {"BANKTRANLIST", "BANKTRANLISTP", "STMTRS", "CCSTMTRS", "OFX"})) {
      end_line(element.begin);
    }
    if (element.name == part_) part_.clear();
    if (is_among(element.name, {"STMTRS", "CCSTMTRS"})) is_open_ = false;
  }

  void take_begin(const OfxElement& element) {
    const std::string& name = element.name;
    if (is_among(name, {"STMTRS", "CCSTMTRS"})) {
      end_line(element.begin);
      begin_statement(element);
    } else if (is_among(name, {"STMTTRN", "STMTTRNP"})) {
      begin_line(element);
    } else if (is_among(name, {"LEDGERBAL", "AVAILBAL", "BALLIST", "BANKTRANLIST", "BANKTRANLISTP"})) {
      end_line(element.begin);
      require_statement(element);
      part_ = name;
    } else if (is_among(name, {"BANKACCTFROM", "CCACCTFROM"})) {
      require_statement(element);
      part_ = name;
    } else if (line_ &&
               is_among(name, {"PAYEE", "BANKACCTTO", "CCACCTTO", "CURRENCY", "ORIGCURRENCY", "IMAGEDATA"})) {
      part_ = name;
    } else if (!element.value.empty()) {
      take_value(element);
    }
  }

  void take_value(const OfxElement& element) {
    if (!is_open_) return;
    // Lists stand around lines and days; the names of those are enough.
    const bool is_in_list = is_among(part_, {"BANKTRANLIST", "BANKTRANLISTP"});
    const bool is_of_line =
        line_ &&
        is_among(element.name, {"TRNTYPE", "DTPOSTED", "DTUSER", "DTAVAIL", "DTTRAN", "TRNAMT", "FITID",
                                "CHECKNUM", "REFNUM", "MEMO", "CORRECTFITID", "CORRECTACTION"});
    const bool is_deeper = !part_.empty() && !is_in_list && !is_of_line;
    const std::string name = is_deeper ? part_ + "/" + element.name : element.name;
    OfxValues& values = line_ ? line_->values : statements_.back().values;
    values.emplace(name, OfxValue{element.value, element.line});
  }

  void begin_statement(const OfxElement& element) {
    statements_.push_back({element.line, {}, {}});
    is_open_ = true;
    part_.clear();
  }

  void require_statement(const OfxElement& element) {
    if (!is_open_) begin_statement(element);
  }

  void begin_line(const OfxElement& element) {
    end_line(element.begin);
    require_statement(element);
    if (++count_ > most_ofx_lines)
      refuse_unreadable(place_of(element.line), "more lines than are read at once");
    line_ = OfxLine{element.line, {}, element.name == "STMTTRNP", {}};
    line_begin_ = element.begin;
    part_.clear();
  }

  void end_line(std::size_t end) {
    if (!line_) return;
    line_->raw = trimmed(text_.substr(line_begin_, end - line_begin_));
    statements_.back().lines.push_back(std::move(*line_));
    line_.reset();
    part_.clear();
  }

  std::string_view text_;
  std::vector<OfxStatement> statements_;
  std::optional<OfxLine> line_;
  std::size_t line_begin_ = 0;
  std::size_t count_ = 0;
  std::string part_;  // the part of a statement or line that is open
  bool is_open_ = false;
  bool is_skipping_ = false;
  bool has_skipped_ = false;
};

void add_amounts(MarkFinding& finding, const OfxStatement& statement) {
  const auto add = [&finding](const OfxValue* value, const char* name) {
    if (value) finding.add(value->text, value->line, name);
  };
  add(find_value(statement.values, "LEDGERBAL/BALAMT"), "BALAMT");
  for (const OfxLine& line : statement.lines) add(find_value(line.values, "TRNAMT"), "TRNAMT");
}

char mark_of(const std::vector<OfxStatement>& statements) {
  MarkFinding finding;
  for (const OfxStatement& statement : statements) add_amounts(finding, statement);
  if (const std::optional<char> mark = finding.mark()) return *mark;
  finding.require_one_mark();
  if (finding.has_ambiguous_dot && finding.has_ambiguous_comma)
    throw Refused{Refusal::statement_undecided, "TRNAMT: the decimal mark, a comma or a point"};
  return finding.has_ambiguous_comma ? ',' : '.';
}

/// Makes statements of what was collected, once the decimal mark is known.
class OfxConverter {
 public:
  OfxConverter(char mark, std::vector<Note>& notes) : mark_{mark}, notes_{notes} {}

  Statement converted(OfxStatement&& read) {
    const OfxValues& values = read.values;
    Statement statement;
    for (const std::string from : {"BANKACCTFROM/", "CCACCTFROM/"}) {
      if (statement.account.empty()) statement.account = compared_code(text_in(values, from + "ACCTID"));
      if (statement.bank.empty()) statement.bank = compared_code(text_in(values, from + "BANKID"));
    }
    statement.currency = currency_code(text_in(values, "CURDEF"));
    statement.first_day = find_day_in(values, "DTSTART");
    statement.last_day = find_day_in(values, "DTEND");
    if (const OfxValue* amount = find_value(values, "LEDGERBAL/BALAMT"))
      statement.closing = Balance{amount_of(*amount, "BALAMT"), find_day_in(values, "LEDGERBAL/DTASOF")};
    if (!statement.last_day && statement.closing) statement.last_day = statement.closing->on;
    for (OfxLine& line : read.lines) statement.lines.push_back(line_of(std::move(line), statement));
    return statement;
  }

 private:
  Decimal amount_of(const OfxValue& value, const char* name) const {
    const std::optional<Decimal> amount = find_written_amount(value.text, mark_);
    if (!amount)
      refuse_unreadable(place_of(value.line), std::string{name} + " is no amount: " + cited(value.text));
    return *amount;
  }

  /// The day as it is written, whatever the time and zone behind it.
  static std::optional<ClampedDay> find_clamped(const OfxValue* value) {
    if (!value) return std::nullopt;
    const std::string_view text = value->text;
    const bool is_dashed = text.size() >= 10 && text[4] == '-';
    const auto written = find_written_day(text.substr(0, is_dashed ? 10 : 8));
    if (!written || !written->is_decided) return std::nullopt;
    return day_in_order(*written, DayOrder::month_day);
  }

  static std::optional<Day> find_day_in(const OfxValues& values, std::string_view name) {
    const auto found = find_clamped(find_value(values, name));
    return found ? std::optional<Day>{found->day} : std::nullopt;
  }

  Day booked_on(const OfxLine& line, const Statement& statement) {
    for (const char* name : {"DTPOSTED", "DTTRAN", "DTUSER", "DTAVAIL"}) {
      const OfxValue* value = find_value(line.values, name);
      const auto found = find_clamped(value);
      if (!found && value && value->text.find_first_not_of('0') != std::string::npos)
        refuse_unreadable(place_of(value->line), std::string{name} + " is no day: " + cited(value->text));
      if (!found) continue;
      if (found->is_clamped) note("day_clamped", line, "The month has no such day; its last day is taken.");
      else if (name == std::string_view{"DTUSER"} || name == std::string_view{"DTAVAIL"})
        note("day_missing", line, "DTPOSTED says nothing; the day of " + std::string{name} + " is taken.");
      return found->day;
    }
    if (!statement.last_day) refuse_unreadable(place_of(line.line), "the line has no day (DTPOSTED)");
    note("day_missing", line, "The line has no day; the statement's last day is taken.");
    return *statement.last_day;
  }

  Line line_of(OfxLine&& read, const Statement& statement) {
    const OfxValues& values = read.values;
    const OfxValue* amount = find_value(values, "TRNAMT");
    if (!amount) refuse_unreadable(place_of(read.line), "the line has no amount (TRNAMT)");
    const Decimal signed_amount = amount_of(*amount, "TRNAMT");
    Line line{.place = place_of(read.line),
              .raw = {},
              .status = read.is_pending ? LineStatus::pending : LineStatus::booked,
              .booked_on = booked_on(read, statement),
              .valued_on = find_day_in(values, "DTAVAIL"),
              .amount = signed_amount,
              .currency = currency_code(text_in(values, "CURRENCY/CURSYM")),
              .bank_id = text_in(values, "FITID"),
              .code = in_capitals(text_in(values, "TRNTYPE")),
              .text = {},
              .balance_after = std::nullopt,
              .batch = std::nullopt,
              .charges = {},
              .details = {}};
    if (line.currency == statement.currency) line.currency.clear();
    if (find_value(values, "CORRECTFITID"))
      note("correction", read,
           "The bank says that this line corrects an earlier one: " + text_in(values, "CORRECTACTION") + " " +
               text_in(values, "CORRECTFITID") + ".");
    line.details.push_back(detail_of(values));
    line.raw = std::move(read.raw);
    return line;
  }

  static Detail detail_of(const OfxValues& values) {
    Detail detail;
    for (const char* name : {"NAME", "PAYEE/NAME", "EXTDNAME"})
      if (detail.counterparty.name.empty()) detail.counterparty.name = text_in(values, name);
    for (const std::string to : {"BANKACCTTO/", "CCACCTTO/"}) {
      if (detail.counterparty.account.empty())
        detail.counterparty.account = compared_code(text_in(values, to + "ACCTID"));
      if (detail.counterparty.bank.empty())
        detail.counterparty.bank = compared_code(text_in(values, to + "BANKID"));
    }
    detail.text = text_in(values, "MEMO");
    detail.references.instruction = text_in(values, "CHECKNUM");
    detail.references.bank = text_in(values, "REFNUM");
    return detail;
  }

  void note(const char* code, const OfxLine& line, std::string text) {
    notes_.push_back({code, place_of(line.line), std::move(text)});
  }

  char mark_;
  std::vector<Note>& notes_;
};

/// What stands behind `name` and a colon, equals sign or quotation mark in the header; empty if it is not
/// there.
std::string header_value(std::string_view header, std::string_view name) {
  const std::size_t at = header.find(name);
  if (at == std::string_view::npos) return {};
  std::string_view rest = header.substr(at + name.size());
  const std::size_t begin = rest.find_first_not_of(" :=\"'\t");
  if (begin == std::string_view::npos) return {};
  rest = rest.substr(begin);
  const std::size_t end =
      is_digit(rest.front()) ? rest.find_first_not_of("0123456789-") : rest.find_first_of(" \t\r\n\"'?");
  return std::string{rest.substr(0, std::min<std::size_t>(end, 40))};
}

/// The character set that the header declares, as ICU knows it; empty if it declares none.
std::string declared_charset(const std::string& header) {
  const std::string charset = header_value(header, "CHARSET");
  if (is_number(charset)) return "windows-" + charset;
  if (charset.starts_with("8859-")) return "ISO-" + charset;
  return charset.empty() ? header_value(header, "ENCODING") : charset;
}

std::string version_of(const std::string& header) {
  std::size_t at = header.find("OFXHEADER");
  at = at == std::string::npos ? 0 : at;
  const std::string version = header_value(std::string_view{header}.substr(at), "VERSION");
  return is_number(version) ? "OFX " + version : std::string{};
}

}  // namespace

ReadFile ofx_from(std::string_view bytes) {
  constexpr std::size_t longest_header = 2000;
  require_readable_size(bytes);
  const std::string begin = in_capitals(bytes.substr(0, longest_header));
  const DecodedText decoded = text_from_bytes(bytes, declared_charset(begin));
  OfxElements elements{decoded.text};
  if (!elements.is_ofx()) throw Refused{Refusal::statement_format_unknown, "there is no tag <OFX>"};
  OfxCollector collector{decoded.text};
  OfxElement element;
  while (elements.next(element)) collector.take(element);
  ReadFile file{FileKind::ofx, version_of(in_capitals(decoded.text.substr(0, longest_header))), {}, {}};
  if (collector.has_skipped())
    file.notes.push_back({"investments_skipped", "INVSTMTRS", "Securities and their accounts are not read."});
  std::vector<OfxStatement> read = std::move(collector).statements();
  if (read.empty())
    refuse_unreadable(collector.has_skipped() ? "INVSTMTRS" : "the file",
                      "there is no statement of a bank account or card in it" +
                          std::string{collector.has_skipped() ? ", only of securities" : ""});
  OfxConverter converter{mark_of(read), file.notes};
  for (OfxStatement& statement : read) file.statements.push_back(converter.converted(std::move(statement)));
  return file;
}

}  // namespace coop::statements
