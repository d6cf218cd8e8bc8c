#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/statements/csv_figures.hpp"
#include "ledger/statements/csv_profile.hpp"

namespace coop::statements {

/// Something that the file does not decide and a person has to.
struct CsvQuestion {
  std::string code;                       ///< stable: the list is at survey_csv
  std::string text;                       ///< in plain words
  std::vector<std::string> answers = {};  ///< what may be put into the profile; empty where it is no choice
  std::string column = {};                ///< which the question is about; empty: none alone
  std::vector<std::string> samples = {};  ///< some of its cells, as they stand in the file
};

/// What a file of comma-separated values says of itself.
struct CsvSurvey {
  CsvProfile profile;                  ///< as far as it is decided
  std::string language;                ///< of the header, as in CsvWord
  std::size_t header_line;             ///< of the file, from 1
  std::vector<CsvQuestion> questions;  ///< none: the profile reads the file
};

/// Proposes a profile from the bytes alone. The separator, decimal mark and order of day and month are those
/// that all rows prove together; a running balance decides what figures leave open. Nothing if the file has
/// no header in which a day and an amount can be recognised. Questions: day_order; decimal_mark; sign_layout
/// (nothing shows which way money goes, or the file may be one of a credit card); amount_column (there are
/// two that differ); balance_column (it does not follow from the lines); status_words. Throws Refused:
/// statement_unreadable, if figures or days are no such, or contradict each other.
std::optional<CsvSurvey> survey_csv(std::string_view bytes);

/// See survey_csv: the same of a table, of which all cells are looked at.
std::optional<CsvSurvey> survey_of(const SourceTable& table);

/// True if the first rows of the file have a header as survey_csv recognises it. Never refuses.
bool is_csv(std::string_view bytes);

}  // namespace coop::statements
