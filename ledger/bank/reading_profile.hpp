#pragma once
#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

#include "ledger/bank/bank_account.hpp"
#include "ledger/statements/csv_profile.hpp"
#include "ledger/statements/statement_reader.hpp"

namespace coop::bank {

/// How files of one kind are read where they do not decide it themselves: what somebody answered once.
struct ReadingProfile {
  std::string fingerprint;     ///< of the header of CSV, in hexadecimal; qif_fingerprint
  statements::FileKind form;   ///< csv or qif
  statements::CsvProfile csv;  ///< of csv
  statements::QifReading qif;  ///< of qif
};

/// All QIF files of an account are of one kind.
inline constexpr std::string_view qif_fingerprint = "qif";

/// Throws Refused: field_invalid, unless it is 64 hexadecimal digits or qif_fingerprint.
std::string fingerprint_from(std::string_view text);

/// As it is asked for, kept and shown. Of CSV: {"form", "separator", "header", "days", "decimal_mark",
/// "signs", "currency", "columns": [{"holds", "column"}], "words": [{"means", "word"}]}; of QIF: {"form",
/// "days", "decimal_mark"}, null where the file may decide.
boost::json::value json_of(const ReadingProfile& profile);

/// The same, read. Throws Refused naming the field: field_invalid, field_missing, field_unknown.
ReadingProfile reading_profile_from(const boost::json::value& json, std::string_view fingerprint);

/// What is known of an account's files.
struct SavedProfile {
  BankAccountNumber account;
  ReadingProfile profile;
  Instant recorded_at;
};

}  // namespace coop::bank
