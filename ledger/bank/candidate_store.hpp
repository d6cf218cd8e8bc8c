#pragma once
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ledger/bank/candidates.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// Numbers of entries, first and last of each unbroken stretch.
using EntryRanges = std::vector<std::pair<EntryNumber, EntryNumber>>;
/// Adds numbers that are above all that are in already, in their order.
void add(EntryRanges& ranges, std::span<const EntryNumber> entries);

/// The most postings that are looked at for one line.
inline constexpr int most_loose_postings = 50;
/// Reads for each line the postings of its account and amount that no line is, the nearest, up to
/// `most_days_apart` days away. A posting and its reversal that are both on no line are left out: neither
/// reached the bank. Entries that are known to be matched whole are not asked about.
void read_loose_postings(Tx& tx, NodeId node, std::span<const BankLine> lines, const EntryRanges& matched,
                         Candidates& into);
/// Reads the lines of direct debits with one of these end-to-end ids, or under one of these mandates.
void read_sent_lines(Tx& tx, NodeId node, std::span<const std::string> ids,
                     std::span<const std::string> mandates, Candidates& into);
/// Reads the collections that are at the bank, and the settled ones with one of these ids with their postings
/// that no line is.
void read_sent_collections(Tx& tx, NodeId node, std::span<const std::string> messages, Candidates& into);
/// Reads for whom the accounts of these hashes paid.
void read_payers(Tx& tx, NodeId node, std::span<const std::string> hashes, Candidates& into);
/// Reads everybody who owes something in one of the units of the accounts, with their names.
void read_owing(Tx& tx, NodeId node, Candidates& into);
/// Reads the open lines of other accounts of ours with the opposite amount, few days away.
void read_opposite_lines(Tx& tx, NodeId node, std::span<const BankLine> lines, Candidates& into);

/// The ids of members of these numbers.
std::vector<std::pair<PartyId, std::string>> read_member_ids(Tx& tx, NodeId node,
                                                             std::span<const std::string> members);
/// Which statements of these lines prove themselves: the places of those lines that are of one.
std::vector<bool> read_proved(Tx& tx, NodeId node, std::span<const BankLine> lines);

/// From so many lines of a file on it is worth it to refresh_statistics().
inline constexpr std::int64_t many_lines = 2'000;
/// Has PostgreSQL look at what the tables that candidates come from hold now, so that it plans for that. In a
/// database transaction of its own: it waits for others who do the same.
void refresh_statistics(Tx& tx);

}  // namespace coop::bank
