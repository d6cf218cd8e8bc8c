#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/costs/cost_pool.hpp"
#include "ledger/database/tx.hpp"

namespace coop::costs {

/// Which pools are read; nothing: all.
struct CostPoolFilter {
  std::optional<std::string> code = {};
  std::optional<CostPoolNumber> number = {};
  std::string after = {};  ///< those whose codes come later
  std::optional<int> most = {};
  std::optional<Instant> known_at = {};  ///< those adopted by then, with the terms that were
};
/// Pools with their terms, by code.
std::vector<CostPool> read_cost_pools(Tx& tx, NodeId node, const CostPoolFilter& filter);
/// The pool of this code, as is known now or was at an instant. Throws Refused: cost_pool_unknown.
CostPool read_cost_pool(Tx& tx, NodeId node, const std::string& code, std::optional<Instant> known_at = {});

/// Writes a pool without terms; its accounts must exist. The head must be locked.
CostPoolNumber insert_cost_pool(Tx& tx, NodeId node, const CostPoolDraft& draft, UnitId unit,
                                const books::Author& author);
/// Writes the next term with those who share it. The head must be locked.
void insert_cost_term(Tx& tx, NodeId node, CostPoolNumber pool, const CostPoolDraft& draft,
                      const books::Author& author);

/// Whether the node has a circle of this code.
bool has_circle(Tx& tx, NodeId node, const std::string& code);

}  // namespace coop::costs
