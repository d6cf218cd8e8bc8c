#include "ledger/statements/csv_survey.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "ledger/statements/csv_cells.hpp"
#include "ledger/statements/csv_chain.hpp"
#include "ledger/statements/csv_header.hpp"
#include "ledger/statements/csv_words.hpp"
#include "ledger/statements/source_text.hpp"
#include "ledger/statements/written_amount.hpp"

namespace coop::statements {

namespace {

/// What a column of figures shows of signs.
struct SignFinding {
  bool has_minus = false;
  bool has_plain = false;  ///< a figure other than zero without a minus
};

/// What is tried where figures leave something open; the first of each is what they look like.
struct Choices {
  std::vector<char> marks;
  std::vector<CsvSigns> signs;
  std::vector<std::string> amounts;
  bool are_signs_open = false;  ///< more than the running balance may correct
};

bool is_minus(std::string_view figure) {
  return figure.find_first_of("-(") != std::string_view::npos ||
         figure.find("\xE2\x88\x92") != std::string_view::npos;
}

bool is_plain_zero(std::string_view figure) { return figure.find_first_of("123456789") == figure.npos; }

/// Looks at a table's columns below its header.
class Surveyor {
 public:
  Surveyor(const SourceTable& table, CsvHeader header)
      : header_{std::move(header)},
        survey_{header_.profile, header_.language, table.rows[header_.row].line, {}},
        body_{body_below(table, header_.row)} {
    const auto day = find_column(body_.header, profile().day);
    for (std::size_t i = body_.first_row; i < table.rows.size(); ++i)
      if (find_csv_day(cell_at(table.rows[i], day))) rows_.push_back(&table.rows[i]);
  }

  CsvSurvey survey() {
    take_days();
    take_account();
    take_flag();
    take_status();
    take_currency();
    Choices choices{marks(), {}, {profile().amount}, false};
    add_signs(choices);
    if (!header_.net_amount.empty() && differ(profile().amount, header_.net_amount))
      choices.amounts.push_back(header_.net_amount);
    take(choices);
    return std::move(survey_);
  }

 private:
  CsvProfile& profile() { return survey_.profile; }

  template <class Take>
  void for_each_cell(const std::string& column, Take&& take) const {
    const auto at = find_column(body_.header, column);
    if (!at) return;
    for (const SourceRow* row : rows_)
      if (const std::string& cell = cell_at(*row, at); !cell.empty()) take(*row, cell);
  }

  // As the file writes it.
  std::string written_name(const std::string& column) const {
    const auto at = find_column(body_.header, column);
    return at ? cited(body_.header[*at]) : std::string{};
  }

  void ask(const char* code, std::string text, const std::string& column,
           std::vector<std::string> answers = {}) {
    constexpr std::size_t most_samples = 5;
    std::vector<std::string> samples;
    for_each_cell(column, [&samples](const SourceRow&, const std::string& cell) {
      if (samples.size() < most_samples && std::ranges::find(samples, cell) == samples.end())
        samples.push_back(cell);
    });
    survey_.questions.push_back({code, std::move(text), std::move(answers), column, std::move(samples)});
  }

  void take_days() {
    DayOrderFinding finding;
    bool has_year_first = true;
    bool has_dots = true;
    std::string name;
    const auto look = [&](const SourceRow& row, const std::string& cell) {
      const auto written = find_csv_day(cell);
      if (!written) return;
      finding.add(*written, row.line, name);
      has_year_first = has_year_first && written->is_decided;
      has_dots = has_dots && (written->is_decided || cell.find('.') != std::string::npos);
    };
    for (const std::string& column : {profile().day, profile().valued_on}) {
      name = written_name(column);
      for_each_cell(column, look);
    }
    finding.require_one_order();
    if (has_year_first) return;
    profile().days = finding.needs_month_day ? CsvDays::month_day : CsvDays::day_month;
    // With dots, and where these languages are spoken, the day comes first.
    const bool is_custom = has_dots || std::string_view{"de nl it ca sv da pt pl"}.find(survey_.language) !=
                                           std::string_view::npos;
    if (finding.is_ambiguous && !finding.needs_day_month && !finding.needs_month_day && !is_custom)
      ask("day_order", "Every day of the column '" + profile().day + "' could be a month: which comes first?",
          profile().day, {"day_month", "month_day"});
  }

  void take_account() {
    CsvProfile& columns = profile();
    const std::string column = header_.any_account;
    if (column.empty()) return;
    std::set<std::string> values;
    std::size_t count = 0;
    for_each_cell(column, [&](const SourceRow&, const std::string& cell) {
      values.insert(compared_code(cell));
      ++count;
    });
    const bool is_one = values.size() == 1 && count == rows_.size();
    if (!columns.account.empty() || (columns.own_account.empty() && is_one && count > 1)) {
      if (columns.own_account.empty()) columns.own_account = column;
    } else if (!is_one || !columns.own_account.empty()) {
      columns.account = column;
    }
  }

  // True if the column says debit or credit in every row that has an amount, in words that are known.
  bool is_flag(const std::string& column) const {
    const auto at = find_column(body_.header, column);
    const auto amount = find_column(body_.header, survey_.profile.amount);
    const auto says = [&](const SourceRow* row) {
      return find_flag(column_key(cell_at(*row, at))) || !find_figure(cell_at(*row, amount));
    };
    return at && !rows_.empty() && std::ranges::all_of(rows_, says);
  }

  void take_flag() {
    if (!profile().debit.empty() && !profile().credit.empty()) return profile().flag.clear();
    if (!profile().flag.empty() && !is_flag(profile().flag) && !rows_.empty()) {
      ask("flag_words",
          "The column '" + profile().flag +
              "' should say debit or credit in every row: " + "which words say that money went out?",
          profile().flag);
      return;
    }
    if (profile().flag.empty() && is_flag(profile().code)) profile().flag = std::exchange(profile().code, {});
  }

  void take_status() {
    std::set<std::string> unknown;
    bool has_known = false;
    for_each_cell(profile().status, [&](const SourceRow&, const std::string& cell) {
      const bool is_known = find_status(column_key(cell)).has_value();
      has_known = has_known || is_known;
      if (!is_known && unknown.size() < 10) unknown.insert(cell);
    });
    if (!has_known) profile().status.clear();
    if (!has_known || unknown.empty()) return;
    std::string words;
    for (const std::string& word : unknown) words += (words.empty() ? "" : ", ") + cited(word);
    ask("status_words",
        "Which of these in the column '" + profile().status + "' mean that a line is not booked: " + words +
            "?",
        profile().status);
  }

  void take_currency() {
    if (!profile().currency.empty()) return;
    for (const std::string& column : {profile().amount, profile().credit, profile().balance})
      if (profile().stated_currency.empty()) profile().stated_currency = currency_of_name(column);
  }

  // The decimal marks that the figures leave open.
  std::vector<char> marks() {
    MarkFinding finding;
    for (const std::string& column :
         {profile().amount, profile().debit, profile().credit, profile().balance, header_.net_amount}) {
      const std::string name = written_name(column);
      for_each_cell(column, [&](const SourceRow& row, const std::string& cell) {
        const auto figure = find_figure(cell);
        if (!figure) return;
        if (!is_figure(*figure))
          refuse_unreadable(place_of(row.line) + ", " + name, "this is no amount: " + cited(cell));
        finding.add(figure->text, row.line, name);
      });
    }
    finding.require_one_mark();
    if (const auto mark = finding.mark()) return {*mark};
    return {'.', ','};
  }

  SignFinding signs_of(const std::string& column) const {
    SignFinding finding;
    for_each_cell(column, [&](const SourceRow&, const std::string& cell) {
      const auto figure = find_figure(cell);
      if (!figure || is_plain_zero(figure->text)) return;
      (is_minus(figure->text) ? finding.has_minus : finding.has_plain) = true;
    });
    return finding;
  }

  // True if the flag only repeats what the signs say.
  bool repeats_signs() const {
    const auto flag = find_column(body_.header, survey_.profile.flag);
    bool repeats = true;
    for_each_cell(survey_.profile.amount, [&](const SourceRow& row, const std::string& cell) {
      const auto figure = find_figure(cell);
      if (!figure || is_plain_zero(figure->text)) return;
      repeats =
          repeats && is_minus(figure->text) == (find_flag(column_key(cell_at(row, flag))) == CsvFlag::debit);
    });
    return repeats;
  }

  void add_signs(Choices& choices) {
    if (!profile().debit.empty() && !profile().credit.empty()) {
      const SignFinding finding = signs_of(profile().debit);
      choices.signs = {CsvSigns::debit_and_credit, CsvSigns::signed_debit_and_credit};
      choices.are_signs_open = finding.has_minus && finding.has_plain;
      if (finding.has_minus && !finding.has_plain) std::swap(choices.signs[0], choices.signs[1]);
      return profile().amount.clear();
    }
    profile().debit.clear(), profile().credit.clear();
    const SignFinding finding = signs_of(profile().amount);
    if (!profile().flag.empty()) {
      choices.signs = {CsvSigns::flagged, CsvSigns::signed_amount};
      if (!finding.has_minus) return;
      choices.are_signs_open = !repeats_signs();
      std::swap(choices.signs[0], choices.signs[1]);
      return;
    }
    choices.signs = {CsvSigns::signed_amount, CsvSigns::inverse_amount};
    bool has_sign = finding.has_minus;
    for_each_cell(profile().amount, [&](const SourceRow&, const std::string& cell) {
      if (const auto figure = find_figure(cell)) has_sign = has_sign || figure->has_sign;
    });
    choices.are_signs_open = header_.may_be_card || (finding.has_plain && !has_sign);
  }

  bool differ(const std::string& one, const std::string& other) const {
    const auto at = find_column(body_.header, other);
    bool differs = false;
    for_each_cell(one, [&](const SourceRow& row, const std::string& cell) {
      differs = differs || cell != cell_at(row, at);
    });
    return differs;
  }

  struct Trial {
    CsvProfile profile;
    std::size_t links = 0;
    std::size_t breaks = 0;
    bool days_ascend = true;
    bool is_proved = false;  ///< there are balances, and all follow from each other
  };

  Trial tried(char mark, CsvSigns signs, const std::string& amount) {
    Trial trial{profile()};
    trial.profile.decimal_mark = mark;
    trial.profile.signs = signs;
    trial.profile.amount = amount;
    if (signs != CsvSigns::flagged) trial.profile.flag.clear();
    FiguredRows figured = figured_rows(body_, trial.profile);
    for (const std::vector<FiguredRow>& rows : rows_by_account(std::move(figured.rows))) {
      const Chain chain = chain_of(rows);
      trial.links += chain.links;
      trial.breaks += chain.breaks.size();
      trial.days_ascend = trial.days_ascend && chain.days_ascend;
    }
    trial.is_proved = !figured.fault && trial.links > 0 && trial.breaks == 0;
    return trial;
  }

  // Nothing, unless the running balance proves exactly one of the choices.
  static std::optional<CsvProfile> proved(const std::vector<Trial>& trials) {
    for (const bool must_ascend : {true, false}) {
      const auto is_proved = [must_ascend](const Trial& trial) {
        return trial.is_proved && (trial.days_ascend || !must_ascend);
      };
      const auto count = std::ranges::count_if(trials, is_proved);
      if (count == 1) return std::ranges::find_if(trials, is_proved)->profile;
      if (count > 1) return std::nullopt;
    }
    return std::nullopt;
  }

  void take(const Choices& choices) {
    const bool is_open = choices.marks.size() > 1 || choices.amounts.size() > 1 || choices.are_signs_open;
    Trial natural = tried(choices.marks[0], choices.signs[0], choices.amounts[0]);
    const bool is_settled = !is_open && (natural.is_proved || natural.links == 0);
    std::vector<Trial> trials;
    if (!is_settled && !profile().balance.empty()) {
      for (const char mark : choices.marks)
        for (const CsvSigns signs : choices.signs)
          for (const std::string& amount : choices.amounts) trials.push_back(tried(mark, signs, amount));
    }
    // One balance that happens to fit is not enough against what the figures show.
    const bool is_enough = is_open || natural.links > 1;
    const std::optional<CsvProfile> proof = is_enough ? proved(trials) : std::nullopt;
    const std::size_t links = natural.links;
    const std::size_t breaks = natural.breaks;
    profile() = proof ? *proof : std::move(natural.profile);
    if (!is_settled && !proof) {
      ask_open(choices);
      if (breaks * 2 > links)
        ask("balance_column",
            "The column '" + profile().balance + "' does not follow from the lines: is it a running balance?",
            profile().balance);
    }
    if (proof && header_.may_be_card) ask_signs();
  }

  void ask_open(const Choices& choices) {
    if (choices.marks.size() > 1)
      ask("decimal_mark",
          "Every amount could be a thousand times as much: is the decimal mark a comma or a point?",
          profile().amount.empty() ? profile().debit : profile().amount, {".", ","});
    if (choices.amounts.size() > 1)
      ask("amount_column", "There are two amounts that differ: which of them moved the account?",
          profile().amount, choices.amounts);
    if (choices.are_signs_open) ask_signs();
  }

  void ask_signs() {
    if (!profile().debit.empty())
      return ask("sign_layout",
                 "Some figures under '" + profile().debit + "' have a minus, others not: what does it mean?",
                 profile().debit, {"debit_and_credit", "signed_debit_and_credit"});
    if (!profile().flag.empty() || profile().signs == CsvSigns::flagged || !header_.profile.flag.empty())
      return ask("sign_layout", "Amounts have a minus that does not agree with the flag: what does it mean?",
                 profile().amount, {"flagged", "signed_amount"});
    ask("sign_layout", "Is an amount without a minus money that comes in, or what is spent with a card?",
        profile().amount, {"signed_amount", "inverse_amount"});
  }

  CsvHeader header_;
  CsvSurvey survey_;
  CsvBody body_;
  std::vector<const SourceRow*> rows_;
};

}  // namespace

std::optional<CsvSurvey> survey_of(const SourceTable& table) {
  std::optional<CsvHeader> header = find_csv_header(table);
  if (!header) return std::nullopt;
  return Surveyor{table, std::move(*header)}.survey();
}

std::optional<CsvSurvey> survey_csv(std::string_view bytes) { return survey_of(csv_rows(bytes)); }

bool is_csv(std::string_view bytes) {
  return find_csv_header(first_csv_rows(bytes, most_preamble_rows)).has_value();
}

}  // namespace coop::statements
