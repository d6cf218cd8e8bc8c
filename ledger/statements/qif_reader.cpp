#include "ledger/statements/qif_reader.hpp"

#include <algorithm>

#include "ledger/statements/csv_cells.hpp"
#include "ledger/statements/qif_records.hpp"
#include "ledger/statements/source_text.hpp"
#include "ledger/statements/written_amount.hpp"
#include "ledger/values/charset.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::statements {

namespace {

template <class Take>
void for_each_record(const std::vector<QifBlock>& blocks, Take&& take) {
  for (const QifBlock& block : blocks)
    for (const QifRecord& record : block.records) take(record);
}

[[noreturn]] void refuse_undecided(const std::string& what) {
  throw Refused{Refusal::statement_undecided, what};
}

// Nothing if it is not decided.
std::optional<DayOrder> find_order(const std::vector<QifBlock>& blocks, const QifReading& reading) {
  DayOrderFinding finding;
  for_each_record(blocks, [&finding](const QifRecord& record) {
    if (const auto written = find_csv_day(record.day.text)) finding.add(*written, record.day.number, "D");
  });
  finding.require_one_order();
  const bool contradicts_profile =
      reading.day_order &&
      (*reading.day_order == DayOrder::day_month ? finding.needs_month_day : finding.needs_day_month);
  const CellPlace& at = finding.needs_month_day ? finding.month_day_at : finding.day_month_at;
  if (contradicts_profile)
    refuse_unreadable(place_of(at.line) + ", D", "the day is not in the order that the profile says");
  if (finding.needs_day_month) return DayOrder::day_month;
  if (finding.needs_month_day) return DayOrder::month_day;
  if (finding.is_ambiguous) return reading.day_order;
  return reading.day_order.value_or(DayOrder::day_month);
}

// Nothing if it is not decided.
std::optional<char> find_mark(const std::vector<QifBlock>& blocks, const QifReading& reading) {
  MarkFinding finding;
  for_each_record(blocks, [&finding](const QifRecord& record) {
    finding.add(record.amount.text, record.amount.number, "T");
    finding.add(record.second_amount.text, record.second_amount.number, "U");
    for (const QifSplit& split : record.splits) finding.add(split.amount.text, split.amount.number, "$");
  });
  const bool contradicts_profile =
      reading.decimal_mark && (*reading.decimal_mark == '.' ? finding.needs_comma : finding.needs_dot);
  finding.require_one_mark();
  const CellPlace& at = finding.needs_comma ? finding.comma_at : finding.dot_at;
  if (contradicts_profile)
    refuse_unreadable(place_of(at.line) + ", " + at.field,
                      "the amount has not the decimal mark that the profile says");
  const std::optional<char> mark = finding.mark();
  return mark ? mark : reading.decimal_mark;
}

DayOrder order_of(const std::vector<QifBlock>& blocks, const QifReading& reading) {
  if (const auto order = find_order(blocks, reading)) return *order;
  refuse_undecided("D: whether the day or the month comes first");
}

char mark_of(const std::vector<QifBlock>& blocks, const QifReading& reading) {
  if (const auto mark = find_mark(blocks, reading)) return *mark;
  refuse_undecided("T: the decimal mark, a comma or a point");
}

DecodedText decoded_of(std::string_view bytes) {
  require_readable_size(bytes);
  return text_from_bytes(bytes);
}

// Their texts live in `decoded`.
std::vector<QifBlock> blocks_of(const DecodedText& decoded) {
  std::vector<QifBlock> blocks = qif_blocks(source_lines(decoded.text), most_qif_records);
  if (blocks.empty())
    throw Refused{Refusal::statement_format_unknown, "there is no !Type:Bank, Cash, CCard, Oth A or Oth L"};
  return blocks;
}

std::vector<std::string> samples_of(const std::vector<QifBlock>& blocks, SourceLine QifRecord::* field) {
  constexpr std::size_t most_samples = 5;
  std::vector<std::string> samples;
  for_each_record(blocks, [&samples, field](const QifRecord& record) {
    const std::string sample{(record.*field).text};
    if (!sample.empty() && samples.size() < most_samples &&
        std::ranges::find(samples, sample) == samples.end())
      samples.push_back(sample);
  });
  return samples;
}

/// Makes statements of records, once it is known how they are written.
class QifConverter {
 public:
  QifConverter(DayOrder order, char mark, std::vector<Note>& notes)
      : order_{order}, mark_{mark}, notes_{notes} {}

  Statement converted(const QifBlock& block) {
    Statement statement;
    statement.id = block.account;
    const std::string code = compared_code(block.account);
    const bool has_digits = std::ranges::count_if(code, [](char c) { return is_digit(c); }) >= 6;
    if (has_digits) statement.account = code;
    for (const QifRecord& record : block.records) {
      if (record.day.number == 0 && record.amount.number == 0 && record.second_amount.number == 0) {
        note("rows_passed_over", record.line,
             "The record has no day (D) and no amount (T) and is passed over.");
        continue;
      }
      statement.lines.push_back(line_of(record, block));
      const Day day = statement.lines.back().booked_on;
      statement.first_day = std::min(statement.first_day.value_or(day), day);
      statement.last_day = std::max(statement.last_day.value_or(day), day);
    }
    return statement;
  }

 private:
  Decimal amount_of(const SourceLine& written, const char* field) const {
    const std::optional<Decimal> amount = find_written_amount(written.text, mark_);
    if (!amount)
      refuse_unreadable(place_of(written.number) + ", " + field, "this is no amount: " + cited(written.text));
    return *amount;
  }

  Day day_of(const QifRecord& record) {
    if (record.day.number == 0) refuse_unreadable(place_of(record.line), "the record has no day (D)");
    const auto written = find_csv_day(record.day.text);
    const auto day = written ? day_in_order(*written, order_) : std::nullopt;
    if (!day)
      refuse_unreadable(place_of(record.day.number) + ", D", "this is no day: " + cited(record.day.text));
    if (day->is_clamped)
      note("day_clamped", record.day.number, "The month has no such day; its last day is taken.");
    return day->day;
  }

  Decimal amount_of(const QifRecord& record) const {
    if (record.amount.number == 0 && record.second_amount.number == 0)
      refuse_unreadable(place_of(record.line), "the record has no amount (T)");
    if (record.amount.number == 0) return amount_of(record.second_amount, "U");
    const Decimal amount = amount_of(record.amount, "T");
    if (record.second_amount.number != 0 && !is_same(amount, amount_of(record.second_amount, "U")))
      refuse_unreadable(place_of(record.second_amount.number), "the amounts T and U differ");
    return amount;
  }

  Line line_of(const QifRecord& record, const QifBlock& block) {
    const Day day = day_of(record);
    Line line{.place = place_of(record.line),
              .raw = record.raw,
              .booked_on = day,
              .valued_on = std::nullopt,
              .amount = amount_of(record),
              .currency = {},
              .bank_id = {},
              .code = {},
              .text = record.splits.empty() ? said(record.category) : std::string{},
              .balance_after = std::nullopt,
              .batch = std::nullopt,
              .charges = {},
              .details = {}};
    if (is_opening(record, block)) {
      line.status = LineStatus::information;
      note("opening_balance", record.line, "This record is the balance with which the account began.");
    }
    if (record.splits.empty()) {
      line.details.push_back(detail_of(record, record.memo));
    } else {
      add_splits(line, record);
    }
    return line;
  }

  // Quicken's first record of an account books its opening balance to the account itself.
  static bool is_opening(const QifRecord& record, const QifBlock& block) {
    return in_capitals(record.payee) == "OPENING BALANCE" && record.category.starts_with('[') &&
           (block.account.empty() || record.category == "[" + block.account + "]");
  }

  static Detail detail_of(const QifRecord& record, const std::string& text) {
    Detail detail;
    detail.counterparty.name = said(record.payee);
    detail.references.instruction = said(record.number);
    detail.text = said(text);
    return detail;
  }

  void add_splits(Line& line, const QifRecord& record) {
    Decimal sum;
    bool has_all = true;
    line.text = said(record.memo);
    for (const QifSplit& split : record.splits) {
      const bool has_both = !split.category.empty() && !split.memo.empty();
      Detail detail = detail_of(record, split.category + (has_both ? ": " : "") + split.memo);
      if (split.amount.number == 0) {
        has_all = false;
      } else {
        detail.amount = amount_of(split.amount, "$");
        sum = sum + *detail.amount;
      }
      line.details.push_back(std::move(detail));
    }
    if (has_all && !is_same(sum, line.amount))
      note("splits_differ", record.line,
           "The splits add up to " + text_of(sum) + ", the line is " + text_of(line.amount) + ".");
  }

  void note(const char* code, std::size_t line, std::string text) {
    notes_.push_back({code, place_of(line), std::move(text)});
  }

  DayOrder order_;
  char mark_;
  std::vector<Note>& notes_;
};

}  // namespace

ReadFile qif_from(std::string_view bytes, const QifReading& reading) {
  const DecodedText decoded = decoded_of(bytes);
  const std::vector<QifBlock> blocks = blocks_of(decoded);
  ReadFile file{FileKind::qif, "", {}, {}};
  QifConverter converter{order_of(blocks, reading), mark_of(blocks, reading), file.notes};
  for (const QifBlock& block : blocks) file.statements.push_back(converter.converted(block));
  return file;
}

std::vector<CsvQuestion> qif_questions(std::string_view bytes, const QifReading& reading) {
  const DecodedText decoded = decoded_of(bytes);
  const std::vector<QifBlock> blocks = blocks_of(decoded);
  std::vector<CsvQuestion> questions;
  if (!find_order(blocks, reading))
    questions.push_back({"day_order",
                         "Every day could be a month: which comes first?",
                         {"day_month", "month_day"},
                         "D",
                         samples_of(blocks, &QifRecord::day)});
  if (!find_mark(blocks, reading))
    questions.push_back({"decimal_mark",
                         "Every amount could be a thousand times as much: is the decimal mark a comma or a "
                         "point?",
                         {".", ","},
                         "T",
                         samples_of(blocks, &QifRecord::amount)});
  return questions;
}

}  // namespace coop::statements
