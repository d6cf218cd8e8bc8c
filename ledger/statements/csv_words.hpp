#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coop::statements {

/// What a column of a file may hold.
enum class CsvMeaning {
  day,
  valued_on,
  amount,
  net_amount,  ///< after what was kept of it
  debit,
  credit,
  flag,  ///< debit or credit
  name,
  payer,
  payee,
  account,  ///< of the other side
  own_account,
  any_account,  ///< of one of the two
  bank,
  text,
  reference,
  end_to_end,
  mandate,
  creditor,
  bank_id,
  currency,
  balance,
  code,
  status,
  card,  ///< the file may be one of a credit card
};

/// What the name of a column says.
struct CsvWord {
  CsvMeaning meaning;
  std::string_view language;  ///< de en fr nl es it ca sv da (and Norwegian) pt pl
  std::size_t rank;           ///< of two columns that mean the same, the one with the lower rank counts
};

/// The column that this name, as column_key reads it, may stand for; none if it is not known. A currency
/// behind it does not matter.
std::vector<CsvWord> meanings_of(const std::string& key);
/// The currency that the name of a column ends in, "EUR" of "betrag eur"; empty if there is none.
std::string currency_of_name(const std::string& key);

/// What a cell of a flag says.
enum class CsvFlag { debit, credit };
/// Reads the word of a flag, as column_key reads it: "soll", "dr", "bij", "+".
std::optional<CsvFlag> find_flag(const std::string& key);

/// What a cell about the status of a line says.
enum class CsvStatus { booked, pending, refused };
/// Reads the word of a status, as column_key reads it: "pending", "vorgemerkt".
std::optional<CsvStatus> find_status(const std::string& key);

/// True if the cell, as column_key reads it, begins like a row below the table: "total", "saldo", "summe".
bool begins_like_total(const std::string& key);

/// The number of the month that the word means, in one of the languages, short or long; nothing if none.
std::optional<int> find_month(const std::string& key);

}  // namespace coop::statements
