#pragma once
#include <optional>
#include <utility>

#include "ledger/database/bulk_reader.hpp"
#include "ledger/proof/checkpoint.hpp"
#include "ledger/proof/recorded_store.hpp"

namespace coop::proof {

/// The first checkpoint of entry `number` or a later one, if there is one.
std::optional<Checkpoint> find_checkpoint_covering(BulkReader& reader, const FoundNode& node,
                                                   std::int64_t number);
/// The newest checkpoint, if there is one.
std::optional<Checkpoint> find_last_checkpoint(BulkReader& reader, const FoundNode& node);
/// The lowest and highest number of the entries that are booked from `first` to `last`, if there are any.
std::optional<std::pair<std::int64_t, std::int64_t>> find_numbers_booked(BulkReader& reader,
                                                                         std::int64_t node, FoundDay first,
                                                                         FoundDay last);

}  // namespace coop::proof
