#pragma once
#include <string>
#include <string_view>

#include "ledger/books/entry.hpp"

namespace coop::books {

/// The text that the hash chain covers, version 1: one line a fact, in a fixed order, LF ended, absent facts left out,
/// free text as a JSON string (only " \ and control characters escaped), UTF-8. Who recorded it, keys and row ids are
/// not part of it.
///
///     coopledger-entry-1
///     node bcn
///     number 1042
///     booked_on 2026-01-31
///     recorded_at 2026-02-01T09:05:00.123456Z
///     document_on 2025-12-30
///     description "Dues January"
///     reference "RF18539007547034"
///     source "bank:statement/7"
///     reverses 1000
///     hold 12
///     posting "assets:bank:main" EUR 12.00 fund=media member=M0042 cost_object=server tax_code=VAT21 note="…"
///
/// Amounts have the unit's full decimals, debit positive.
void append_canonical(std::string& out, std::string_view node, const Entry& entry);

/// SHA-256 of `text`.
Hash sha256_of(std::string_view text);
/// What the first entry's hash follows on: SHA-256 of "coopledger-chain-1 " and the node's name.
Hash first_link_of(std::string_view node);
/// SHA-256 of the 32 bytes of `previous` followed by the canonical text.
Hash next_link(const Hash& previous, std::string_view canonical_text);

}  // namespace coop::books
