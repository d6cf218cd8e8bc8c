#pragma once
#include <string>

#include "ledger/books/author.hpp"
#include "ledger/capital/share.hpp"
#include "ledger/database/tx.hpp"

namespace coop::capital {

/// Adopts a class of shares, or a new version of one. `number`, `unit_id` and `recorded_at` of what is asked
/// for do not count. Throws Refused naming the field: field_invalid, decision_missing, unit_unknown,
/// account_unknown, dimension_unknown; a new version begins after the one before and keeps its accounts and
/// fund.
ShareClass adopt_share_class(Tx& tx, NodeId node, ShareClass asked, const books::Author& author);
/// The version in force on a day. Throws Refused: share_class_unknown.
ShareClass read_share_class(Tx& tx, NodeId node, const std::string& code, Day on);

}  // namespace coop::capital
