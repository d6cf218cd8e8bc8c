#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ledger/books/entry.hpp"

namespace coop::books {

/// What the chain covers of a posting. Views: valid while what they look at lives.
struct ChainedPosting {
  std::string_view account;
  std::string_view unit;
  int scale;
  std::int64_t amount_minor;
  std::array<std::string_view, 4> about;  ///< codes in the order of dimension_kinds; empty: none
  std::string_view note;
};

/// What the chain covers of an entry. Views: valid while what they look at lives.
struct ChainedEntry {
  std::string_view node;
  std::int64_t number;
  Day booked_on;
  Instant recorded_at;
  std::optional<Day> document_on;
  std::string_view description;
  std::string_view reference;
  std::string_view source;
  std::optional<std::int64_t> reverses;
  std::optional<std::int64_t> hold;
  std::span<const ChainedPosting> postings;  ///< in the order of their lines
};

/// The text that the hash chain covers, version 1: one line a fact, in a fixed order, LF ended, absent facts
/// left out, free text as a JSON string (only " \ and control characters escaped), UTF-8. Who recorded it,
/// keys and row ids are not part of it.
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
///     posting "assets:bank:main" EUR 12.00 fund=media member=M0042 cost_object=server tax_code=VAT21
///     note="…"
///
/// Amounts have the unit's full decimals, debit positive.
void append_canonical(std::string& out, const ChainedEntry& entry);
/// The same of an entry as people read it.
void append_canonical(std::string& out, std::string_view node, const Entry& entry);

/// What the first entry's hash follows on: SHA-256 of "coopledger-chain-1 " and the node's name.
Hash first_link_of(std::string_view node);
/// SHA-256 of the 32 bytes of `previous` followed by the 32 bytes of `digest`, the SHA-256 of a canonical
/// text. So the chain can be followed over an entry by its digest alone: who proves one entry shows no other.
Hash next_link(const Hash& previous, const Hash& digest);
/// The same, of the canonical text itself.
Hash next_link(const Hash& previous, std::string_view canonical_text);

}  // namespace coop::books
