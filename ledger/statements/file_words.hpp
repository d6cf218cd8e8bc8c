#pragma once
#include <string_view>

#include "ledger/statements/csv_profile.hpp"
#include "ledger/statements/equation.hpp"
#include "ledger/statements/statement.hpp"

namespace coop::statements {

/// "camt053" …
std::string_view text_of(FileKind kind);
/// Throws Refused: field_invalid.
FileKind file_kind_from(std::string_view text);
/// "booked" …
std::string_view text_of(Purpose purpose);
/// Throws Refused: field_invalid.
Purpose purpose_from(std::string_view text);
/// "booked" …
std::string_view text_of(LineStatus status);
/// Throws Refused: field_invalid.
LineStatus line_status_from(std::string_view text);
/// "holds" …
std::string_view text_of(Proof proof);
/// Throws Refused: field_invalid.
Proof proof_from(std::string_view text);
/// "first" …
std::string_view text_of(Joint joint);
/// "year_first" …
std::string_view text_of(CsvDays days);
/// Throws Refused: field_invalid.
CsvDays csv_days_from(std::string_view text);
/// "signed_amount" …
std::string_view text_of(CsvSigns signs);
/// Throws Refused: field_invalid.
CsvSigns csv_signs_from(std::string_view text);

}  // namespace coop::statements
