#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/statements/csv_survey.hpp"
#include "ledger/statements/statement_reader.hpp"

namespace coop::statements {

/// A column of a file, for a person who says what it holds.
struct SurveyedColumn {
  std::string column;                ///< as a profile names it
  std::string title;                 ///< as the file writes it; empty where there is no header
  std::vector<std::string> samples;  ///< some of its cells
};

/// What a file leaves open, and how it is read once somebody has answered.
struct FileSurvey {
  std::string name;  ///< within a ZIP; empty for a file that came by itself
  FileKind form;     ///< csv or qif
  CsvProfile csv;    ///< as far as it is decided
  QifReading qif;    ///< the same
  std::vector<CsvQuestion> questions;
  std::vector<SurveyedColumn> columns;  ///< of CSV
};

/// The first file, of itself or of a ZIP, that is not read for want of an answer. Besides the questions of
/// survey_csv and qif_questions there is one: columns (no row names a day and an amount; which are they?).
/// Nothing if no question stands in the way. Throws Refused: statement_unreadable.
std::optional<FileSurvey> survey_file(std::string_view bytes, const FileProfile& profile = {});

}  // namespace coop::statements
