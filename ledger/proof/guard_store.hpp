#pragma once
#include <string>
#include <vector>

#include "ledger/database/bulk_reader.hpp"

namespace coop::proof {

/// Whatever keeps the books in PostgreSQL and is gone or switched off, a sentence each: triggers, unique
/// indexes, constraints, rights; functions whose text is not that of the migrations in this binary.
std::vector<std::string> read_missing_guards(BulkReader& reader);
/// True if PostgreSQL itself keeps a request from being recorded twice.
bool has_request_index(BulkReader& reader);

}  // namespace coop::proof
