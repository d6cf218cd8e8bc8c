#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coop::statements {

/// In which order the days of a file are written.
enum class CsvDays { year_first, day_month, month_day };

/// How a file tells money that comes in from money that goes out.
enum class CsvSigns {
  signed_amount,            ///< one column, a minus is money going out
  inverse_amount,           ///< one column, a minus is money coming in: what is owed on a credit card
  debit_and_credit,         ///< two columns without signs; a minus takes back
  signed_debit_and_credit,  ///< two columns, those under debit have their minus already
  flagged,                  ///< one column, and a flag that says debit or credit; a minus takes back
  mirrored,                 ///< one column, and the balances too: what the other side writes of its claim
};

/// How the files of one kind are read: saved with an account, found again by the fingerprint of the header.
/// Flat, so that it is stored as JSON field by field. A column is named by its header as column_key reads it
/// ("betrag eur"), or by its place from 1: "#3", where a name is there twice or the file has no header.
/// Empty: the file has no such column.
struct CsvProfile {
  std::string fingerprint;  ///< of the header
  char separator = ',';     ///< , ; tab or |
  bool has_header = true;   ///< rows before the header are passed over
  CsvDays days = CsvDays::year_first;
  char decimal_mark = '.';  ///< '.' or ','
  CsvSigns signs = CsvSigns::signed_amount;
  std::string stated_currency;  ///< "EUR", where only the names of columns say it: "Amount (EUR)"

  std::string day;
  std::string valued_on;
  std::string amount;  ///< for signed_amount, inverse_amount, flagged
  std::string debit;   ///< for debit_and_credit, signed_debit_and_credit
  std::string credit;
  std::string flag;                       ///< for flagged
  std::vector<std::string> debit_words;   ///< of the flag, as column_key reads it, besides those known
  std::vector<std::string> credit_words;  ///< the same of money coming in
  std::string name;                       ///< of the other side
  std::string payer;                      ///< where payer and payee have a column each
  std::string payee;
  std::string account;            ///< of the other side: IBAN or national number
  std::string bank;               ///< of the other side: BIC or national code
  std::vector<std::string> text;  ///< joined in this order
  std::string reference;
  std::string end_to_end;
  std::string mandate;
  std::string creditor;
  std::string bank_id;
  std::string code;  ///< what kind of booking
  std::string currency;
  std::string balance;      ///< after the line
  std::string own_account;  ///< whose line it is
  std::string status;
  std::vector<std::string> pending_words;  ///< of the status, besides those known: not booked yet
  std::vector<std::string> refused_words;  ///< of the status, besides those known: came to nothing

  friend bool operator==(const CsvProfile&, const CsvProfile&) = default;
};

/// The name of a column, or a word of a flag, as it is compared: small letters without accents, words apart
/// by one blank, no other marks: "ValutaDate" is "valuta date", "Betrag (EUR)" is "betrag eur".
std::string column_key(std::string_view written);

/// What files of one kind have in common: SHA-256, in hexadecimal, of the names of the columns. Capitals,
/// accents, marks and empty columns behind do not matter.
std::string header_fingerprint(const std::vector<std::string>& cells);

/// Where a column stands in the header, from 0, by its name or "#3". Nothing if it is not there, or if the
/// name is there twice.
std::optional<std::size_t> find_column(const std::vector<std::string>& header, const std::string& column);

/// Every column that the profile names, in the order of its fields.
std::vector<std::string> named_columns(const CsvProfile& profile);

}  // namespace coop::statements
