#include "ledger/books/hold_list_store.hpp"

namespace coop::books {

constexpr const char* list_hold_numbers_sql = R"sql(
  -- holds.list
  SELECT h.number
    FROM hold h
    LEFT JOIN hold_end e ON e.node_id = h.node_id AND e.hold_number = h.number
   WHERE h.node_id = $1
     AND ($2::text IS NULL OR coalesce(e.kind, 'open') = $2)
     AND ($3::bigint IS NULL OR h.number < $3)
   ORDER BY h.number DESC
   LIMIT $4
)sql";

std::vector<HoldNumber> list_hold_numbers(Tx& tx, NodeId node, std::optional<HoldState> state,
                                          std::optional<HoldNumber> before, int limit) {
  const auto wanted = state ? std::optional{text_of(*state)} : std::nullopt;
  std::vector<HoldNumber> numbers;
  for (const Row row : rows(tx, list_hold_numbers_sql, node, wanted, before, limit))
    numbers.push_back(row.id<HoldNumber>(0));
  return numbers;
}

}  // namespace coop::books
