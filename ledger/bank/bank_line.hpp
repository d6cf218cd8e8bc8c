#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/bank/bank_import.hpp"

namespace coop::bank {

/// A line of a statement, of one node; counted from 1.
using BankLineNumber = Id<struct BankLineKindTag, std::int64_t>;

/// How a line stands: it counts and nothing is known of it; it is matched; it was set aside; or it does not
/// count: pending, of a file that was not taken in or is undone, or in another file already.
enum class LineState { open, matched, ignored, silent };
/// "open" …
std::string_view text_of(LineState state);
/// Throws Refused: field_invalid.
LineState line_state_from(std::string_view text);

/// One payment inside a line. Amounts are minor units of the account, signed as the line's.
struct BankDetail {
  std::optional<std::int64_t> amount_minor;
  statements::Counterparty counterparty;
  statements::References references;
  std::string words;
  std::string return_code;
  std::int64_t charges_minor = 0;
};

/// A line of a statement.
struct BankLine {
  BankLineNumber number;
  BankImportNumber import;
  int statement;  ///< its place in the file
  int position;   ///< its place in the statement
  std::optional<BankAccountNumber> account;
  statements::LineStatus status;
  Day booked_on;
  std::optional<Day> valued_on;
  std::int64_t amount_minor;  ///< positive: money came in
  std::int64_t charges_minor;
  bool is_reversal;
  std::string key;
  int occurrence;
  std::string bank_id;
  std::string code;
  std::string words;
  std::string place;
  std::string raw;
  std::string batch_message;
  std::string batch_group;
  LineState state;
  std::vector<BankDetail> details;
  std::optional<int> batch_count = {};  ///< of how many payments it is a batch; 0: it does not say
};
/// True of a batch whose payments nobody told yet: the bank gives them in a notification (camt.054).
bool waits_for_details(const BankLine& line);

}  // namespace coop::bank
