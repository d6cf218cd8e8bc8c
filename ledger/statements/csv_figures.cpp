#include "ledger/statements/csv_figures.hpp"

#include <algorithm>
#include <utility>

#include "ledger/statements/csv_cells.hpp"
#include "ledger/statements/csv_words.hpp"
#include "ledger/statements/source_text.hpp"
#include "ledger/statements/written_amount.hpp"

namespace coop::statements {

namespace {

bool has_word(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

std::string currency_from(const std::string& cell) {
  if (cell == "\xE2\x82\xAC") return "EUR";
  if (cell == "\xC2\xA3") return "GBP";
  return currency_code(cell);
}

/// Reads row after row; the first fault ends it.
class FigureReader {
 public:
  FigureReader(const CsvBody& body, const CsvProfile& profile)
      : body_{body},
        profile_{profile},
        day_{find_column(body.header, profile.day)},
        valued_on_{find_column(body.header, profile.valued_on)},
        amount_{find_column(body.header, profile.amount)},
        debit_{find_column(body.header, profile.debit)},
        credit_{find_column(body.header, profile.credit)},
        flag_{find_column(body.header, profile.flag)},
        currency_{find_column(body.header, profile.currency)},
        balance_{find_column(body.header, profile.balance)},
        own_account_{find_column(body.header, profile.own_account)},
        status_{find_column(body.header, profile.status)} {}

  FiguredRows read() {
    const std::vector<SourceRow>& rows = body_.table->rows;
    for (std::size_t i = body_.first_row; i < rows.size() && !read_.fault; ++i) {
      if (profile_.has_header && rows[i].cells == body_.header) continue;
      if (const auto day = find_csv_day(cell_at(rows[i], day_))) {
        read_row(rows[i], *day, i + 1 == rows.size() && is_shorter_than_others(rows[i]));
        widest_ = std::max(widest_, rows[i].cells.size());
      } else {
        pass_over(rows[i]);
      }
    }
    return std::move(read_);
  }

 private:
  // Where a cell stands is told by the name of its column, else by its place.
  void fail(const SourceRow& row, const std::string& why, std::optional<std::size_t> column = {}) {
    if (read_.fault) return;
    std::string place = place_of(row.line);
    if (column) {
      const bool is_named = profile_.has_header && *column < body_.header.size();
      place += ", " + (is_named ? cited(body_.header[*column]) : "column " + std::to_string(*column + 1));
    }
    read_.fault = CsvFault{std::move(place), why};
  }

  void note(const char* code, const SourceRow& row, const char* text) {
    constexpr std::size_t most_notes = 50;
    if (read_.notes.size() < most_notes) read_.notes.push_back({code, place_of(row.line), text});
  }

  bool is_shorter_than_others(const SourceRow& row) const {
    return row.cells.size() < std::min(widest_, body_.header.size());
  }

  // A row without a day: something beside the table, or a row of it that is damaged.
  void pass_over(const SourceRow& row) {
    const std::string& day = cell_at(row, day_);
    const auto has_figure = [&row](std::optional<std::size_t> column) {
      const auto figure = find_figure(cell_at(row, column));
      return figure && is_figure(*figure);
    };
    const bool has_amount = has_figure(amount_) || has_figure(debit_) || has_figure(credit_);
    const auto letters = std::ranges::count_if(column_key(day), [](char c) { return c >= 'a' && c <= 'z'; });
    const bool is_damaged_day = !day.empty() && is_digit(day.front()) && letters < 3;
    const auto first = std::ranges::find_if(row.cells, [](const std::string& cell) { return !cell.empty(); });
    const bool is_total = first != row.cells.end() && begins_like_total(column_key(*first));
    if (is_damaged_day) return fail(row, "this is no day: " + cited(day), day_);
    const bool is_pending = find_status(column_key(day)) == CsvStatus::pending;
    if (is_pending || (day.empty() && status_of(row) != LineStatus::booked))
      return note("rows_passed_over", row, "The row is not booked, has no day, and is passed over.");
    if (has_amount && !is_total) return fail(row, "the row has an amount, but no day: " + cited(day), day_);
    note("rows_passed_over", row, "The row has no day and no amount of its own and is passed over.");
  }

  std::optional<Day> day_from(const SourceRow& row, const WrittenDay& written) {
    if (!written.is_decided && profile_.days == CsvDays::year_first) {
      fail(row, "the year does not come first, as the profile says", day_);
      return std::nullopt;
    }
    const auto order = profile_.days == CsvDays::month_day ? DayOrder::month_day : DayOrder::day_month;
    const auto day = day_in_order(written, order);
    if (!day) {
      fail(row, "there is no such day in the order of day and month that the file has", day_);
      return std::nullopt;
    }
    if (day->is_clamped) note("day_clamped", row, "The month has no such day; its last day is taken.");
    return day->day;
  }

  // Nothing for a blank cell, or with a fault.
  std::optional<Decimal> figure_at(const SourceRow& row, std::optional<std::size_t> column,
                                   std::string& currency) {
    const std::string& cell = cell_at(row, column);
    const std::optional<CsvFigure> figure = find_figure(cell);
    if (!figure) return std::nullopt;
    const std::optional<Decimal> amount = find_written_amount(figure->text, profile_.decimal_mark);
    if (!amount) {
      fail(row,
           "this is no amount" +
               std::string{is_figure(*figure) ? " with the decimal mark that the file has: " : ": "} +
               cited(cell),
           column);
    }
    if (currency.empty()) currency = figure->currency;
    if (!figure->currency.empty() && figure->currency != currency)
      fail(row, "the row has two currencies: " + currency + " and " + figure->currency, column);
    return amount;
  }

  std::optional<Decimal> amount_of(const SourceRow& row, std::string& currency) {
    if (profile_.signs == CsvSigns::debit_and_credit || profile_.signs == CsvSigns::signed_debit_and_credit) {
      const std::optional<Decimal> debit = figure_at(row, debit_, currency);
      const std::optional<Decimal> credit = figure_at(row, credit_, currency);
      if (!debit && !credit) return std::nullopt;
      if (debit && credit && !is_zero(*debit) && !is_zero(*credit))
        fail(row, "the row has both a debit and a credit");
      const Decimal out = debit.value_or(Decimal{});
      return credit.value_or(Decimal{}) + (profile_.signs == CsvSigns::debit_and_credit ? -out : out);
    }
    const std::optional<Decimal> amount = figure_at(row, amount_, currency);
    if (!amount || profile_.signs == CsvSigns::signed_amount) return amount;
    if (profile_.signs == CsvSigns::inverse_amount || profile_.signs == CsvSigns::mirrored) return -*amount;
    const std::string flag = column_key(cell_at(row, flag_));
    const bool is_debit = has_word(profile_.debit_words, flag);
    const bool is_credit = has_word(profile_.credit_words, flag);
    const auto known = is_debit || is_credit ? std::nullopt : find_flag(flag);
    if (is_debit || known == CsvFlag::debit) return -*amount;
    if (!is_credit && !known)
      fail(row, "the flag says neither debit nor credit: " + cited(cell_at(row, flag_)), flag_);
    return amount;
  }

  LineStatus status_of(const SourceRow& row) const {
    const std::string key = column_key(cell_at(row, status_));
    if (!status_ || key.empty()) return LineStatus::booked;
    if (has_word(profile_.pending_words, key)) return LineStatus::pending;
    if (has_word(profile_.refused_words, key)) return LineStatus::information;
    const std::optional<CsvStatus> known = find_status(key);
    if (known == CsvStatus::pending) return LineStatus::pending;
    return known == CsvStatus::refused ? LineStatus::information : LineStatus::booked;
  }

  void read_row(const SourceRow& row, const WrittenDay& written, bool ends_early) {
    for (std::size_t i = body_.header.size(); i < row.cells.size(); ++i)
      if (!row.cells[i].empty()) return fail(row, "the row has more cells than the header");
    if (ends_early) return fail(row, "the row ends early");
    const std::optional<Day> day = day_from(row, written);
    if (!day) return;
    FiguredRow read{&row,
                    *day,
                    {},
                    {},
                    {},
                    compared_code(cell_at(row, own_account_)),
                    currency_from(cell_at(row, currency_)),
                    status_of(row)};
    if (const auto valued_on = find_csv_day(cell_at(row, valued_on_))) {
      read.valued_on = day_from(row, *valued_on);
    } else if (!said(cell_at(row, valued_on_)).empty()) {
      fail(row, "this is no day: " + cited(cell_at(row, valued_on_)), valued_on_);
    }
    read.amount = amount_of(row, read.currency);
    read.balance = figure_at(row, balance_, read.currency);
    if (read.balance && profile_.signs == CsvSigns::mirrored) read.balance = -*read.balance;
    if (read.currency.empty()) read.currency = profile_.stated_currency;
    if (read.amount || read.balance) {
      read_.rows.push_back(std::move(read));
    } else if (row.cells.size() < body_.header.size()) {
      fail(row, "the row ends early");
    } else {
      note("rows_passed_over", row, "The row has neither an amount nor a balance and is passed over.");
    }
  }

  const CsvBody& body_;
  const CsvProfile& profile_;
  std::optional<std::size_t> day_, valued_on_, amount_, debit_, credit_, flag_, currency_, balance_;
  std::optional<std::size_t> own_account_, status_;
  std::size_t widest_ = 0;
  FiguredRows read_;
};

}  // namespace

FiguredRows figured_rows(const CsvBody& body, const CsvProfile& profile) {
  return FigureReader{body, profile}.read();
}

const std::string& cell_at(const SourceRow& row, std::optional<std::size_t> column) {
  static const std::string blank;
  return column && *column < row.cells.size() ? row.cells[*column] : blank;
}

}  // namespace coop::statements
