#include "ledger/proof/checkpoint_store.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::proof {

namespace {

std::string_view view_of(const auto& array) {
  return {reinterpret_cast<const char*>(array.data()), array.size()};
}

template <class Array>
Array array_of(const std::string& bytes) {
  Array array{};
  ensure(bytes.size() == array.size(), "a checkpoint's columns have their sizes");
  std::copy(bytes.begin(), bytes.end(), array.begin());
  return array;
}

Checkpoint checkpoint_of(const Row& row) {
  return {row.string(0),
          row.id<EntryNumber>(1),
          hash_from_bytes(row.bytes(2)),
          row.instant(3),
          row.string(4),
          array_of<PublicKey>(row.bytes(5)),
          array_of<Signature>(row.bytes(6))};
}

std::optional<Checkpoint> first_of(const Rows& found) {
  if (found.empty()) return std::nullopt;
  return checkpoint_of(found[0]);
}

constexpr const char* insert_checkpoint_sql = R"sql(
  -- checkpoints.insert
  INSERT INTO checkpoint (node_id, entry_number, hash, made_at, key_id, public_key, signature)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (node_id, entry_number) DO NOTHING
)sql";

}  // namespace

void insert_checkpoint(Tx& tx, NodeId node, const Checkpoint& checkpoint) {
  rows(tx, insert_checkpoint_sql, node, checkpoint.number, Bytes{view_of(checkpoint.hash)},
       checkpoint.made_at, checkpoint.key_id, Bytes{view_of(checkpoint.public_key)},
       Bytes{view_of(checkpoint.signature)});
}

namespace {

constexpr const char* find_checkpoint_sql = R"sql(
  -- checkpoints.find
  SELECT n.name, c.entry_number, c.hash, c.made_at, c.key_id, c.public_key, c.signature
    FROM checkpoint c JOIN node n ON n.id = c.node_id
   WHERE c.node_id = $1 AND c.entry_number = $2::bigint
)sql";

}  // namespace

std::optional<Checkpoint> find_checkpoint(Tx& tx, NodeId node, EntryNumber number) {
  return first_of(rows(tx, find_checkpoint_sql, node, number));
}

namespace {

constexpr const char* list_checkpoints_sql = R"sql(
  -- checkpoints.list
  SELECT n.name, c.entry_number, c.hash, c.made_at, c.key_id, c.public_key, c.signature
    FROM checkpoint c JOIN node n ON n.id = c.node_id
   WHERE c.node_id = $1 AND c.entry_number < $2::bigint
   ORDER BY c.entry_number DESC
   LIMIT $3
)sql";

}  // namespace

std::vector<Checkpoint> list_checkpoints(Tx& tx, NodeId node, std::int64_t before, int most) {
  std::vector<Checkpoint> checkpoints;
  for (const Row row : rows(tx, list_checkpoints_sql, node, before, most))
    checkpoints.push_back(checkpoint_of(row));
  return checkpoints;
}

namespace {

constexpr const char* nodes_due_sql = R"sql(
  -- checkpoints.nodes_due
  SELECT h.node_id
    FROM book_head h
    LEFT JOIN LATERAL (SELECT c.entry_number
                         FROM checkpoint c
                        WHERE c.node_id = h.node_id
                        ORDER BY c.entry_number DESC
                        LIMIT 1) c ON true
    JOIN entry e ON e.node_id = h.node_id AND e.number = coalesce(c.entry_number, 0) + 1
   WHERE h.last_number - coalesce(c.entry_number, 0) >= $1 OR e.recorded_at <= $2
   ORDER BY h.node_id
)sql";

}  // namespace

std::vector<NodeId> nodes_due_for_checkpoint(Tx& tx, std::int64_t entries, Instant since) {
  std::vector<NodeId> nodes;
  for (const Row row : rows(tx, nodes_due_sql, entries, since)) nodes.push_back(row.id<NodeId>(0));
  return nodes;
}

}  // namespace coop::proof
