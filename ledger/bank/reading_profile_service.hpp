#pragma once
#include "ledger/bank/reading_profile_store.hpp"
#include "ledger/statements/file_survey.hpp"

namespace coop::bank {

/// Remembers how files of one kind are read for an account; the same again changes nothing. Throws Refused:
/// bank_account_unknown.
SavedProfile save_reading_profile(Tx& tx, NodeId node, BankAccountNumber account,
                                  const ReadingProfile& profile, const books::Author& author);

/// How a file is read: by `given`, where somebody says so for this file, and by what is remembered for the
/// account that it is said to be of. Where no account is said, by what is remembered for all of them, but for
/// kinds of files that two accounts read in different ways.
statements::FileProfile file_profile_of(Tx& tx, NodeId node, std::optional<BankAccountNumber> account,
                                        const std::optional<ReadingProfile>& given);

}  // namespace coop::bank
