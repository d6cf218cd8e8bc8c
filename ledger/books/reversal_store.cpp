#include "ledger/books/reversal_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

constexpr const char* read_reversed_sql = R"sql(
  -- entries.read_to_reverse
  SELECT e.booked_on, a.path, p.amount_minor, a.unit_id, f.code, m.code, c.code, t.code, coalesce(p.note, '')
    FROM entry e
    JOIN posting p ON p.node_id = e.node_id AND p.entry_number = e.number
    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
    LEFT JOIN dimension f ON f.node_id = p.node_id AND f.id = p.fund_id
    LEFT JOIN dimension m ON m.node_id = p.node_id AND m.id = p.member_id
    LEFT JOIN dimension c ON c.node_id = p.node_id AND c.id = p.cost_object_id
    LEFT JOIN dimension t ON t.node_id = p.node_id AND t.id = p.tax_code_id
   WHERE e.node_id = $1 AND e.number = $2::bigint
   ORDER BY p.line
)sql";

}  // namespace

constexpr const char* find_keeper_sql = R"sql(
  -- entries.find_keeper
  SELECT keeper_of_entry($1, $2)
)sql";

std::optional<std::string> find_keeper(Tx& tx, NodeId node, EntryNumber number) {
  return only_row(rows(tx, find_keeper_sql, node, number)).maybe_string(0);
}

EntryToReverse read_entry_to_reverse(Tx& tx, NodeId node, EntryNumber number) {
  const Rows lines = rows(tx, read_reversed_sql, node, number);
  if (lines.empty())
    throw Refused{Refusal::entry_unknown, "there is no entry " + std::to_string(number.number())};
  EntryToReverse entry{lines[0].day(0), {}};
  for (const Row line : lines) {
    entry.opposite.push_back(
        {line.string(1),
         -Money::of_minor(line.int64(2), line.id<UnitId>(3)),
         {line.maybe_string(4), line.maybe_string(5), line.maybe_string(6), line.maybe_string(7)},
         line.string(8)});
  }
  return entry;
}

}  // namespace coop::books
