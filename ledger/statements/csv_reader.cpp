#include "ledger/statements/csv_reader.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "ledger/statements/csv_cells.hpp"
#include "ledger/statements/csv_chain.hpp"
#include "ledger/statements/csv_figures.hpp"
#include "ledger/statements/csv_header.hpp"
#include "ledger/statements/csv_survey.hpp"
#include "ledger/statements/csv_words.hpp"
#include "ledger/statements/source_text.hpp"
#include "ledger/values/iban.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/structured_reference.hpp"

namespace coop::statements {

namespace {

bool has_all_columns(const std::vector<std::string>& header, const CsvProfile& profile) {
  return std::ranges::all_of(named_columns(profile), [&header](const std::string& column) {
    return !column.starts_with('#') && find_column(header, column);
  });
}

[[noreturn]] void refuse_columns(const std::string& why) {
  throw Refused{Refusal::statement_undecided, "the file has not the columns of the profile: " + why};
}

std::size_t header_row(const SourceTable& table, const CsvProfile& profile, std::vector<Note>& notes) {
  const std::size_t rows = std::min(table.rows.size(), most_preamble_rows);
  for (std::size_t i = 0; i < rows; ++i)
    if (header_fingerprint(table.rows[i].cells) == profile.fingerprint) return i;
  for (std::size_t i = 0; i < rows; ++i) {
    if (!has_all_columns(table.rows[i].cells, profile)) continue;
    notes.push_back({"header_changed", place_of(table.rows[i].line),
                     "The header is another than the profile's, but names all its columns."});
    return i;
  }
  refuse_columns("no row is the header with '" + profile.day + "'");
}

// Columns of a file without a header are told by their places alone.
CsvBody body_without_header(const SourceTable& table) {
  std::size_t width = 0;
  for (const SourceRow& row : table.rows) width = std::max(width, row.cells.size());
  return {&table, std::vector<std::string>(width), 0};
}

void require_columns(const std::vector<std::string>& header, const CsvProfile& profile) {
  for (const std::string& column : named_columns(profile))
    if (!find_column(header, column)) refuse_columns("there is no '" + column + "'");
  if (profile.day.empty()) refuse_columns("it names none for the day");
  if (profile.amount.empty() && (profile.debit.empty() || profile.credit.empty()))
    refuse_columns("it names none for the amount");
}

/// What stands above the header.
struct Preamble {
  std::string account;
  std::string currency;
};

Preamble preamble_of(const SourceTable& table, std::size_t header) {
  constexpr std::size_t longest_iban = 60;
  std::set<std::string> accounts;
  std::set<std::string> currencies;
  for (std::size_t i = 0; i < header; ++i) {
    const std::vector<std::string>& cells = table.rows[i].cells;
    for (std::size_t at = 0; at < cells.size(); ++at) {
      // "IBAN: DE89 3704 …" or a cell of its own.
      const std::size_t colon = cells[at].find(':');
      const std::string value = colon == std::string::npos ? cells[at] : cells[at].substr(colon + 1);
      // "DE89 3704 … / Girokonto": what the account is called may follow.
      for (const std::size_t end : {longest_iban, value.find_first_of("/(,")}) {
        const std::string code =
            compared_code(std::string_view{value}.substr(0, end).substr(0, longest_iban));
        if (code.size() > 14 && iban_fault(code).empty()) accounts.insert(code);
      }
      const std::string label =
          colon == std::string::npos ? (at > 0 ? cells[at - 1] : "") : cells[at].substr(0, colon);
      const auto meanings = meanings_of(column_key(label));
      const bool is_label = std::ranges::any_of(
          meanings, [](const CsvWord& word) { return word.meaning == CsvMeaning::currency; });
      if (is_label && !currency_code(value).empty()) currencies.insert(currency_code(value));
    }
  }
  return {accounts.size() == 1 ? *accounts.begin() : "", currencies.size() == 1 ? *currencies.begin() : ""};
}

/// Makes statements of rows whose figures are read.
class CsvConverter {
 public:
  CsvConverter(const CsvBody& body, const CsvProfile& profile, Preamble preamble, std::vector<Note>& notes)
      : name_{find_column(body.header, profile.name)},
        payer_{find_column(body.header, profile.payer)},
        payee_{find_column(body.header, profile.payee)},
        account_{find_column(body.header, profile.account)},
        bank_{find_column(body.header, profile.bank)},
        reference_{find_column(body.header, profile.reference)},
        end_to_end_{find_column(body.header, profile.end_to_end)},
        mandate_{find_column(body.header, profile.mandate)},
        creditor_{find_column(body.header, profile.creditor)},
        bank_id_{find_column(body.header, profile.bank_id)},
        code_{find_column(body.header, profile.code)},
        preamble_{std::move(preamble)},
        notes_{notes} {
    for (const std::string& column : profile.text) text_.push_back(find_column(body.header, column));
  }

  Statement converted(const std::vector<FiguredRow>& rows) {
    Statement statement;
    const FiguredRow& first = rows.front();
    statement.account = first.account.empty() ? preamble_.account : first.account;
    statement.currency = first.currency.empty() ? preamble_.currency : first.currency;
    const Chain chain = chain_of(rows);
    for (const std::size_t at : chain.order) {
      const FiguredRow& row = rows[at];
      statement.first_day = std::min(statement.first_day.value_or(row.day), row.day);
      statement.last_day = std::max(statement.last_day.value_or(row.day), row.day);
      if (row.amount) statement.lines.push_back(line_of(row));
    }
    if (chain.breaks.empty()) {
      if (chain.opening) statement.opening = Balance{*chain.opening, std::nullopt};
      if (chain.closing) statement.closing = Balance{*chain.closing, statement.last_day};
    }
    constexpr std::size_t most_notes = 50;
    for (const ChainBreak& missing : chain.breaks) {
      if (notes_.size() == most_notes) break;
      notes_.push_back({"rows_missing", place_of(rows[missing.row].row->line),
                        "The balance after this row should be " + text_of(missing.expected) + ", but is " +
                            text_of(missing.stated) + "."});
    }
    return statement;
  }

 private:
  static std::string said_at(const FiguredRow& row, std::optional<std::size_t> column) {
    return said(cell_at(*row.row, column));
  }

  Line line_of(const FiguredRow& row) const {
    Line line{.place = place_of(row.row->line),
              .raw = row.row->raw,
              .status = row.status,
              .booked_on = row.day,
              .valued_on = row.valued_on,
              .amount = *row.amount,
              .currency = {},
              .bank_id = said_at(row, bank_id_),
              .code = said_at(row, code_),
              .text = {},
              .balance_after = row.balance,
              .batch = std::nullopt,
              .charges = {},
              .details = {}};
    line.details.push_back(detail_of(row));
    return line;
  }

  Detail detail_of(const FiguredRow& row) const {
    Detail detail;
    const bool is_in = row.amount->mantissa > 0;
    detail.counterparty.name = said_at(row, name_);
    if (detail.counterparty.name.empty()) detail.counterparty.name = said_at(row, is_in ? payer_ : payee_);
    detail.counterparty.account = compared_code(said_at(row, account_));
    detail.counterparty.bank = compared_code(said_at(row, bank_));
    detail.references.end_to_end = said_at(row, end_to_end_);
    detail.references.mandate = said_at(row, mandate_);
    detail.references.creditor = said_at(row, creditor_);
    detail.references.bank = said_at(row, bank_id_);
    add_reference(detail.references, said_at(row, reference_));
    for (const auto column : text_) add_words(detail.text, said_at(row, column));
    return detail;
  }

  static void add_reference(References& references, const std::string& reference) {
    constexpr std::size_t longest = 60;
    const std::string code = compared_code(reference);
    const bool is_structured =
        code.size() < longest && std::ranges::any_of(
                                     reference_forms(),
                                     [&code](const ReferenceForm& form) {
                                       return form.claims(code) && form.fault(form.bare(code)).empty();
                                     });
    (is_structured ? references.structured : references.instruction) = reference;
  }

  std::optional<std::size_t> name_, payer_, payee_, account_, bank_, reference_, end_to_end_, mandate_;
  std::optional<std::size_t> creditor_, bank_id_, code_;
  Preamble preamble_;
  std::vector<Note>& notes_;
  std::vector<std::optional<std::size_t>> text_;
};

ReadFile read_by(const SourceTable& table, const CsvProfile& profile) {
  ReadFile file{FileKind::csv, "", {}, {}};
  if (table.rows.empty()) refuse_columns("it has no rows");
  const std::size_t header = profile.has_header ? header_row(table, profile, file.notes) : 0;
  const CsvBody body = profile.has_header ? body_below(table, header) : body_without_header(table);
  require_columns(body.header, profile);
  FiguredRows figured = figured_rows(body, profile);
  if (figured.fault) refuse_unreadable(figured.fault->place, figured.fault->why);
  file.notes.insert(file.notes.end(), figured.notes.begin(), figured.notes.end());
  CsvConverter converter{body, profile, preamble_of(table, header), file.notes};
  for (const auto& rows : rows_by_account(std::move(figured.rows)))
    file.statements.push_back(converter.converted(rows));
  if (file.statements.empty()) file.statements.emplace_back();
  return file;
}

// How well a profile fits the beginning of a file: 2 for its header, 1 for its columns.
int fit_of(std::string_view bytes, const CsvProfile& profile) {
  const SourceTable table = first_csv_rows(bytes, most_preamble_rows, profile.separator);
  if (table.rows.empty()) return 0;
  if (!profile.has_header) {
    const CsvBody body = body_without_header(table);
    const auto names = named_columns(profile);
    const bool has_columns = std::ranges::all_of(
        names, [&body](const std::string& column) { return find_column(body.header, column).has_value(); });
    const std::string& day = cell_at(table.rows.front(), find_column(body.header, profile.day));
    return has_columns && find_csv_day(day) ? 1 : 0;
  }
  int best = 0;
  for (const SourceRow& row : table.rows) {
    if (header_fingerprint(row.cells) == profile.fingerprint) return 2;
    if (best == 0 && !profile.day.empty() && has_all_columns(row.cells, profile)) best = 1;
  }
  return best;
}

}  // namespace

const CsvProfile* find_csv_profile(std::string_view bytes, const std::vector<CsvProfile>& profiles) {
  const CsvProfile* best = nullptr;
  for (const CsvProfile& profile : profiles) {
    const int fit = fit_of(bytes, profile);
    if (fit == 2) return &profile;
    if (fit == 1 && !best) best = &profile;
  }
  return best;
}

ReadFile csv_from(std::string_view bytes, const CsvProfile& profile) {
  return read_by(csv_rows(bytes, profile.separator), profile);
}

ReadFile csv_from(std::string_view bytes) {
  const SourceTable table = csv_rows(bytes);
  const std::optional<CsvSurvey> survey = survey_of(table);
  if (!survey)
    throw Refused{Refusal::statement_format_unknown,
                  "no row names a day and an amount; a profile can say which columns they are"};
  if (!survey->questions.empty()) {
    std::string questions;
    for (const CsvQuestion& question : survey->questions)
      questions += (questions.empty() ? "" : "; ") + question.code + ": " + question.text;
    throw Refused{Refusal::statement_undecided, questions};
  }
  ReadFile file = read_by(table, survey->profile);
  file.notes.push_back({"profile_proposed", place_of(survey->header_line),
                        "The columns were recognised by their names; nobody has confirmed them."});
  return file;
}

}  // namespace coop::statements
