#pragma once
#include <optional>
#include <vector>

#include "ledger/bank/reading_profile.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"

namespace coop::bank {

/// What was answered last for each kind of file, of one account or of all, by account and fingerprint.
std::vector<SavedProfile> read_reading_profiles(Tx& tx, NodeId node,
                                                std::optional<BankAccountNumber> account);
/// Keeps an answer; the last one counts. The head must be locked.
void insert_reading_profile(Tx& tx, NodeId node, BankAccountNumber account, const ReadingProfile& profile,
                            const books::Author& author);

}  // namespace coop::bank
