#pragma once
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"
#include "ledger/proof/checkpoint.hpp"
#include "ledger/proof/derived_check.hpp"
#include "ledger/proof/recorded_books.hpp"

namespace coop::proof {

/// Where a node's books stand; nothing if its head is missing.
std::optional<KeptHead> read_kept_head(BulkReader& reader, std::int64_t node);
/// All derived figures of a node. In one snapshot with the head, whose place it leaves as given.
KeptFigures read_kept_figures(BulkReader& reader, std::int64_t node, const KeptHead& head);

/// A checkpoint as it was found, and the hash that its entry has now.
struct FoundCheckpoint {
  std::int64_t number;
  Hash hash;
  FoundInstant made_at;
  std::string key_id;
  PublicKey public_key;
  Signature signature;
  std::optional<Hash> entry_hash;
};
/// The checkpoints of a node, by entry number.
std::vector<FoundCheckpoint> read_found_checkpoints(BulkReader& reader, std::int64_t node);
/// The hash of an entry, if there is one.
std::optional<Hash> find_entry_hash(BulkReader& reader, std::int64_t node, std::int64_t number);

/// Numbers of entries outside 1 to `last`, or of postings of such entries; the first few.
std::vector<std::int64_t> read_stray_entries(BulkReader& reader, std::int64_t node, std::int64_t last);
/// Numbers of events, and of holds, outside 1 to the head's last; the first few.
std::vector<std::int64_t> read_stray_events(BulkReader& reader, std::int64_t node, std::int64_t last);
std::vector<std::int64_t> read_stray_holds(BulkReader& reader, std::int64_t node, std::int64_t last);
/// Entries that more than one entry reverses; the first few.
std::vector<std::int64_t> read_reversed_twice(BulkReader& reader, std::int64_t node);
/// Entries that use a hold which was not posted as them; the first few.
std::vector<std::int64_t> read_entries_without_hold_end(BulkReader& reader, std::int64_t node);
/// Entries whose request was recorded before; the first few. Reads the whole table: for when its index is
/// gone.
std::vector<std::int64_t> read_repeated_requests(BulkReader& reader, std::int64_t node);

}  // namespace coop::proof
