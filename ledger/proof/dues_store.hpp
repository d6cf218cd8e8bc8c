#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// The ids of parties of whom something else is kept as owed than their charges and payments say; the first
/// few.
std::vector<std::int64_t> read_debtors_that_differ(BulkReader& reader, std::int64_t node);
/// The numbers of charges whose entry, or whose reversal's entry, is not what they say: another amount, other
/// days, words, debtor or member, or reversed by an entry that does not reverse theirs or on another day; and
/// of those that a run raised, and that are due otherwise than a tier of their membership says; the first
/// few.
std::vector<std::int64_t> read_charges_booked_otherwise(BulkReader& reader, std::int64_t node);
/// Charges whose income was deferred, or earned, by an entry that moves another amount; the first few.
std::vector<std::int64_t> read_deferrals_booked_otherwise(BulkReader& reader, std::int64_t node);
/// The numbers of payments whose entry, or whose return's entry, is not what they say: another amount, day,
/// account or payer, shares of other debtors, or for charges of others; the first few.
std::vector<std::int64_t> read_payments_booked_otherwise(BulkReader& reader, std::int64_t node);
/// Refunds of more than was paid ahead on their day, or on a later one, in words; the first few.
std::vector<std::string> read_refund_faults(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof
