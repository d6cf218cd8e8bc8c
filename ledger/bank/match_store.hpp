#pragma once
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "ledger/bank/match.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Which matches are read; all of the node, where nothing is said.
struct MatchFilter {
  std::optional<MatchNumber> number = {};
  std::optional<BankLineNumber> line = {};
  std::optional<bool> live = {};
  std::optional<MatchNumber> before = {};
  int limit = 1'000;
};
/// The matches with their parts, the newest first.
std::vector<Match> list_matches(Tx& tx, NodeId node, const MatchFilter& filter);
/// The number that the next match gets. The head must be locked.
MatchNumber next_match(Tx& tx, NodeId node);
/// Writes matches with their parts, in two statements; `is_live`, `end_reason` and who recorded them are not
/// looked at. The head must be locked.
void insert_matches(Tx& tx, NodeId node, std::span<const Match> matches, const books::Author& author);
/// Ends a match. The head must be locked.
void end_match(Tx& tx, NodeId node, MatchNumber match, const std::string& reason,
               const books::Author& author);
/// The live matches that clear a posting of one of these entries, by number.
std::vector<MatchNumber> read_matches_of_entries(Tx& tx, NodeId node, std::span<const EntryNumber> entries);

/// A live match by which an order came back that this match paid, if there is one.
std::optional<MatchNumber> find_return_of_orders(Tx& tx, NodeId node, MatchNumber match);

/// A spending mandate that grants less than is drawn and ordered of it, of those whose orders came back by
/// this match; nothing if there is none.
std::optional<int> find_overspent_mandate(Tx& tx, NodeId node, MatchNumber match);

/// How much of a posting is cleared.
struct PostingState {
  EntryNumber entry;
  int posting_line;
  std::int64_t amount_minor;
  std::int64_t cleared_minor;  ///< with the sign of the amount
};
/// The postings of these entries to an account.
std::vector<PostingState> read_posting_states(Tx& tx, NodeId node, AccountId account,
                                              std::span<const EntryNumber> entries);
/// Which of these entries were reversed.
std::set<EntryNumber> read_reversed(Tx& tx, NodeId node, std::span<const EntryNumber> entries);

/// What an account number is remembered by: HMAC-SHA256 under the node's name, in hexadecimal. Account
/// numbers stand in `bank_detail` of the same database, so that a secret key beside them would hide nothing;
/// the name as key keeps two nodes of one server from being compared, and a restored node finds its payers
/// without a secret to carry along.
std::string payer_hash(const std::string& node_name, const std::string& account);
/// The same of a line's counterparty; "" if the line has none, or several.
std::string counterparty_hash(const std::string& node_name, const BankLine& line);
/// That an account paid for a member.
struct PaidFor {
  std::string hash;  ///< of the account
  MatchNumber match;
  std::string member;
};
/// For whom the account behind a line paid, where one account is behind it and the parts are payments.
std::vector<PaidFor> payers_of(const std::string& node_name, const BankLine& line, MatchNumber match,
                               std::span<const ProposedPart> parts);
/// Remembers for whom accounts paid, each once. A match that is undone is forgotten with it.
void insert_payers(Tx& tx, NodeId node, std::span<const PaidFor> payers, const books::Author& author);

}  // namespace coop::bank
