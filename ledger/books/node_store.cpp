#include "ledger/books/node_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

constexpr const char* insert_node_sql = R"sql(
  -- nodes.insert
  WITH new_node AS (
    INSERT INTO node (name, title, base_unit_id, country, time_zone, fiscal_month, fiscal_day)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (name) DO NOTHING
    RETURNING id
  )
  INSERT INTO book_head (node_id, last_hash) SELECT id, $8 FROM new_node
  RETURNING node_id
)sql";

constexpr const char* find_node_sql = R"sql(
  -- nodes.find
  SELECT id, name, title, base_unit_id, country, time_zone, fiscal_month, fiscal_day FROM node WHERE name = $1
)sql";

constexpr const char* list_nodes_sql = R"sql(
  -- nodes.list
  SELECT id, name, title, base_unit_id, country, time_zone, fiscal_month, fiscal_day
    FROM node
   WHERE ($1::int[] IS NULL OR id = ANY ($1)) AND name > $2
   ORDER BY name
   LIMIT $3
)sql";

constexpr const char* update_node_sql = R"sql(
  -- nodes.update
  UPDATE node SET title = $2, country = $3, time_zone = $4 WHERE id = $1
)sql";

Node node_of(const Row& row) {
  return Node{row.id<NodeId>(0),
              row.string(1),
              row.string(2),
              row.id<UnitId>(3),
              row.string(4),
              row.string(5),
              FiscalYearStart{static_cast<unsigned>(row.integer(6)), static_cast<unsigned>(row.integer(7))}};
}

}  // namespace

NodeId insert_node(Tx& tx, const NodeDraft& draft, UnitId base_unit, const Hash& first_link) {
  const std::string_view link{reinterpret_cast<const char*>(first_link.data()), first_link.size()};
  const Rows added =
      rows(tx, insert_node_sql, draft.name, draft.title, base_unit, draft.country, draft.time_zone,
           static_cast<int>(draft.fiscal_start.month), static_cast<int>(draft.fiscal_start.day), Bytes{link});
  if (added.empty())
    throw Refused{Refusal::node_exists, "there is a node '" + draft.name + "' already", "/name"};
  return added[0].id<NodeId>(0);
}

std::optional<Node> find_node(Tx& tx, std::string_view name) {
  const Rows found = rows(tx, find_node_sql, name);
  if (found.empty()) return std::nullopt;
  return node_of(found[0]);
}

std::vector<Node> list_nodes(Tx& tx, const NodeListing& wanted) {
  SqlArray ids;
  if (wanted.among)
    for (const NodeId id : *wanted.among) ids.add(id);
  std::vector<Node> nodes;
  for (const Row row : rows(tx, list_nodes_sql, wanted.among ? ids.value() : SqlValue{std::nullopt},
                            wanted.after, wanted.most))
    nodes.push_back(node_of(row));
  return nodes;
}

void update_node(Tx& tx, const Node& node) {
  rows(tx, update_node_sql, node.id, node.title, node.country, node.time_zone);
}

}  // namespace coop::books
