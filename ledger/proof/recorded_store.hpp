#pragma once
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"
#include "ledger/proof/hold_check.hpp"

namespace coop::proof {

/// A node by its row.
struct FoundNode {
  std::int64_t id;
  std::string name;
};
/// All nodes, by name.
std::vector<FoundNode> read_found_nodes(BulkReader& reader);
/// Node ids that stand in entries, postings, events or totals, but have no row in `node`.
std::vector<std::int64_t> read_lost_nodes(BulkReader& reader);

/// The small tables of a node. An account is watched if it has taken `mark_step` postings, or has marks.
BookFacts read_book_facts(BulkReader& reader, const FoundNode& node, std::int64_t mark_step);
/// Entries `first` to `last` with all that is needed to check them.
Stretch read_stretch(BulkReader& reader, std::int64_t node, std::int64_t first, std::int64_t last);
/// The next number after `after` that there is an entry of, or a posting; an event of; a hold of.
std::optional<std::int64_t> find_next_entry(BulkReader& reader, std::int64_t node, std::int64_t after);
std::optional<std::int64_t> find_next_event(BulkReader& reader, std::int64_t node, std::int64_t after);
std::optional<std::int64_t> find_next_hold(BulkReader& reader, std::int64_t node, std::int64_t after);
/// Events `first` to `last`.
std::vector<RecordedEvent> read_events(BulkReader& reader, std::int64_t node, std::int64_t first,
                                       std::int64_t last);
/// Holds `first` to `last`.
HoldPage read_hold_page(BulkReader& reader, std::int64_t node, std::int64_t first, std::int64_t last);

}  // namespace coop::proof
