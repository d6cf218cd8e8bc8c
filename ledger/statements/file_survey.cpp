#include "ledger/statements/file_survey.hpp"

#include <algorithm>

#include "ledger/statements/csv_figures.hpp"
#include "ledger/statements/csv_header.hpp"
#include "ledger/statements/csv_reader.hpp"
#include "ledger/statements/own_statement.hpp"
#include "ledger/statements/qif_reader.hpp"
#include "ledger/statements/zip_files.hpp"

namespace coop::statements {

namespace {

constexpr std::size_t looked_at_rows = 50;

std::vector<std::string> samples_below(const SourceTable& table, std::size_t header, std::size_t column) {
  constexpr std::size_t most_samples = 3;
  std::vector<std::string> samples;
  for (std::size_t i = header + 1; i < table.rows.size() && samples.size() < most_samples; ++i) {
    const std::string& cell = cell_at(table.rows[i], column);
    if (!cell.empty() && std::ranges::find(samples, cell) == samples.end()) samples.push_back(cell);
  }
  return samples;
}

std::vector<SurveyedColumn> columns_of(const SourceTable& table, std::size_t header) {
  std::vector<SurveyedColumn> columns;
  const std::vector<std::string>& cells = table.rows[header].cells;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string key = column_key(cells[i]);
    const bool is_name = !key.empty() && find_column(cells, key) == i;
    columns.push_back(
        {is_name ? key : "#" + std::to_string(i + 1), cells[i], samples_below(table, header, i)});
  }
  return columns;
}

// The first row with as many cells as any has.
std::optional<std::size_t> widest_row(const SourceTable& table) {
  const auto cells_of = [](const SourceRow& row) { return row.cells.size(); };
  const auto widest = std::ranges::max_element(table.rows, {}, cells_of);
  if (widest == table.rows.end() || widest->cells.size() < 2) return std::nullopt;
  const auto as_wide = std::ranges::count(table.rows, widest->cells.size(), cells_of);
  if (as_wide < 2) return std::nullopt;
  return static_cast<std::size_t>(widest - table.rows.begin());
}

std::optional<FileSurvey> survey_unknown(std::string_view bytes) {
  if (likeness_of(bytes) != nothing_known) return std::nullopt;
  const SourceTable table = first_csv_rows(bytes, looked_at_rows);
  const auto header = widest_row(table);
  if (!header) return std::nullopt;
  FileSurvey survey{{}, FileKind::csv, {}, {}, {}, columns_of(table, *header)};
  survey.csv.separator = table.separator;
  survey.csv.fingerprint = header_fingerprint(table.rows[*header].cells);
  survey.questions.push_back(
      {"columns", "No row names a day and an amount in words that are known: which columns hold them?"});
  return survey;
}

std::optional<FileSurvey> survey_of_csv(std::string_view bytes) {
  std::optional<CsvSurvey> found = survey_csv(bytes);
  if (!found || found->questions.empty()) return std::nullopt;
  const SourceTable table = first_csv_rows(bytes, most_preamble_rows);
  const auto header = find_csv_header(table);
  FileSurvey survey{{}, FileKind::csv, std::move(found->profile), {}, std::move(found->questions), {}};
  if (header) survey.columns = columns_of(table, header->row);
  return survey;
}

std::optional<FileSurvey> survey_one(std::string_view bytes, const FileProfile& profile) {
  if (find_csv_profile(bytes, profile.csv) || find_own_statement(bytes)) return std::nullopt;
  const Form* form = find_form(bytes);
  if (!form) return survey_unknown(bytes);
  if (form->name == "CSV") return survey_of_csv(bytes);
  if (form->name != "QIF") return std::nullopt;
  std::vector<CsvQuestion> questions = qif_questions(bytes, profile.qif);
  if (questions.empty()) return std::nullopt;
  return FileSurvey{{}, FileKind::qif, {}, profile.qif, std::move(questions), {}};
}

}  // namespace

std::optional<FileSurvey> survey_file(std::string_view bytes, const FileProfile& profile) {
  if (!is_zip(bytes)) return survey_one(bytes, profile);
  for (const PackedFile& file : packed_files_in(bytes)) {
    std::optional<FileSurvey> survey = survey_one(file.bytes, profile);
    if (!survey) continue;
    survey->name = file.name;
    return survey;
  }
  return std::nullopt;
}

}  // namespace coop::statements
