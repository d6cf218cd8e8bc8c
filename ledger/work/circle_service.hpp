#pragma once
#include <string>
#include <string_view>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/work/circle.hpp"
#include "ledger/work/work_kind.hpp"

namespace coop::work {

/// Founds a circle. The first one of a node brings the usual kinds of work with it. Throws Refused:
/// name_malformed (code), field_invalid (title), circle_exists.
Circle found_circle(Tx& tx, NodeId node, const CircleDraft& draft, const books::Author& author);
/// A member joins from a day on. Throws Refused: circle_unknown, party_unknown, party_erased,
/// circle_contradicts.
Circle join_circle(Tx& tx, NodeId node, std::string_view code, const std::string& member, Day from_on,
                   const books::Author& author);
/// A member leaves; the day is the last one in it. Hours that were approved stay so. Throws Refused:
/// circle_unknown, field_invalid (reason), party_unknown, circle_contradicts.
Circle leave_circle(Tx& tx, NodeId node, std::string_view code, const std::string& member, Day until_on,
                    const std::string& reason, const books::Author& author);
/// Closes a circle; the day is its last one. Throws Refused: circle_unknown, field_invalid (reason),
/// circle_contradicts.
Circle close_circle(Tx& tx, NodeId node, std::string_view code, Day until_on, const std::string& reason,
                    const books::Author& author);

/// Records a kind of work; the first one of a node brings the usual kinds with it. Throws Refused:
/// name_malformed (code), field_invalid (title), work_kind_exists.
WorkKind add_work_kind(Tx& tx, NodeId node, const WorkKind& kind, const books::Author& author);

}  // namespace coop::work
