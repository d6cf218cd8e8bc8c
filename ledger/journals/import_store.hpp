#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/draft.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/journals/import_meanings.hpp"

namespace coop::journals {

/// What the books have of units and of the node's accounts and dimensions, and how far they are closed.
ExistingBooks read_existing_books(Tx& tx, NodeId node);

/// Which of these requests are on record.
std::set<books::Fingerprint> find_on_record(Tx& tx, NodeId node, const std::vector<books::Fingerprint>& keys);

/// What each of these requests that are on record moved: a line "assets:bank 5.00 EUR" a posting, in order.
std::map<books::Fingerprint, std::vector<std::string>> read_on_record(
    Tx& tx, NodeId node, const std::vector<books::Fingerprint>& keys);
/// One such line.
std::string moved_text(std::string_view path, std::int64_t minor, int scale, std::string_view unit);

}  // namespace coop::journals
