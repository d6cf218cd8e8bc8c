#pragma once
#include <cstddef>
#include <functional>

#include "ledger/database/tx.hpp"

namespace coop {

/// Reads one piece of many, by its place from 0 on. It may run in another thread, beside other pieces, and a
/// second time where the first one failed: what it reads it keeps at that piece's own place.
using PieceReading = std::function<void(Tx&, std::size_t piece)>;

/// Reads pieces that do not depend on each other, the first ones first. In a snapshot (Database::in_snapshot)
/// a second connection of the pool, if one is free, reads pieces too and sees exactly the same; what it fails
/// to read the caller's own connection reads, so that everything is read or `read` throws here.
void read_in_pieces(Tx& tx, std::size_t pieces, const PieceReading& read);

}  // namespace coop
