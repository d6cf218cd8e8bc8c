#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/work/circle.hpp"
#include "ledger/work/work_kind.hpp"

namespace coop::work {

/// The circles of the node with their steps, by code.
std::vector<Circle> read_circles(Tx& tx, NodeId node);
/// Those whose codes come after this one, at most so many.
std::vector<Circle> list_circles(Tx& tx, NodeId node, const std::string& after, int limit);
/// The circle of this code, if there is one.
std::optional<Circle> find_circle(Tx& tx, NodeId node, std::string_view code);
/// The same, which must exist. Throws Refused: circle_unknown.
Circle read_circle(Tx& tx, NodeId node, std::string_view code);
/// Writes a circle. The head must be locked.
CircleId insert_circle(Tx& tx, NodeId node, const CircleDraft& draft, Instant at, std::optional<UserId> by);
/// Writes a step, which must follow. The head must be locked.
void insert_circle_step(Tx& tx, NodeId node, CircleId circle, const CircleStep& step,
                        std::optional<UserId> by);

/// The kinds of work of the node, in the order in which they were recorded.
std::vector<WorkKind> read_work_kinds(Tx& tx, NodeId node);
/// Those after the one of this code (empty: from the first), at most so many.
std::vector<WorkKind> list_work_kinds(Tx& tx, NodeId node, const std::string& after, int limit);
/// Writes a kind of work. The head must be locked.
void insert_work_kind(Tx& tx, NodeId node, const WorkKind& kind, Instant at, std::optional<UserId> by);

}  // namespace coop::work
