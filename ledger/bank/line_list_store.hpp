#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledger/bank/bank_line.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Which lines are read; all of the node, where nothing is said.
struct LineFilter {
  std::optional<BankLineNumber> number = {};
  std::optional<BankImportNumber> import = {};
  std::optional<BankAccountNumber> account = {};
  std::optional<LineState> state = {};
  std::optional<Day> from = {};
  std::optional<Day> to = {};
  std::optional<std::string> words = {};  ///< part of what the line or a payment in it says, in any case
  bool words_are_hidden =
      false;               ///< names, accounts and texts are not searched: whoever asks may not see them
  bool suspended = false;  ///< only lines of which something lies in suspense
  bool reversed = false;   ///< only lines matched with what was reversed since, and came back by no line
  std::optional<BankLineNumber> after = {};
  int limit = 1'000;
  bool with_raw = true;  ///< false: the text of the file that each was read from is left out
};
/// The lines with their details, by number. Of lines that tell no amounts of their payments, the
/// details are those of a notification (camt.054) that is taken in, where one tells them.
std::vector<BankLine> list_lines(Tx& tx, NodeId node, const LineFilter& filter);
/// Those of the lines that count, are not matched and not set aside now, in their order.
std::vector<BankLine> find_still_open(Tx& tx, NodeId node, std::span<const BankLine> lines);
/// What lies in suspense of an account: of lines that are matched, and nobody knows yet what they are.
struct Suspended {
  std::int64_t lines = 0;
  std::int64_t amount_minor = 0;  ///< positive: money came in
  std::optional<Day> since = {};  ///< the day of the first line
};
/// What of the lines up to a day lies in suspense, by what is known now or was at an instant.
Suspended read_suspended(Tx& tx, NodeId node, BankAccountNumber account, Day until,
                         std::optional<Instant> known_at = {});
/// How many lines of an account are open: they count, and nothing is known of them.
std::int64_t count_open_lines(Tx& tx, NodeId node, BankAccountNumber account);
/// How many lines of a file are open.
std::int64_t count_open_lines_of(Tx& tx, NodeId node, BankImportNumber import);
/// The open lines of other files whose payments this one tells: it is a notification that was taken in.
std::vector<BankLineNumber> read_told_lines(Tx& tx, NodeId node, BankImportNumber import);

}  // namespace coop::bank
