#pragma once
#include <filesystem>

#include "ledger/proof/verify_service.hpp"

namespace coop::proof {

/// Verifies a complete export (docs/formats/native.md) without any database: every line against the lines
/// before it, hash chain and balances included, and the signatures of its checkpoints. Of `options` the
/// database's part is not used. A file can be wrong in one way only, since reading ends at the first line
/// that is: export_unreadable, export_contradicts; then the findings about checkpoints and known hashes up to
/// there.
Verified verify_export(const std::filesystem::path& file, const VerifyOptions& options = {});

}  // namespace coop::proof
