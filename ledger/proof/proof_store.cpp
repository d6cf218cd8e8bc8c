#include "ledger/proof/proof_store.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::proof {

namespace {

template <class Array>
Array array_at(const BulkRows& rows, int column) {
  Array array{};
  const std::string_view bytes = rows.bytes(0, column);
  ensure(bytes.size() == array.size(), "a checkpoint's columns have their sizes");
  std::copy(bytes.begin(), bytes.end(), array.begin());
  return array;
}

std::optional<Checkpoint> maybe_checkpoint(const BulkRows& rows, const FoundNode& node) {
  if (rows.size() == 0) return std::nullopt;
  const auto made_at = instant_from(rows.microseconds(0, 2).value_or(0));
  ensure(made_at.has_value(), "a checkpoint was made at a moment that exists");
  return Checkpoint{node.name,
                    EntryNumber{rows.number(0, 0)},
                    array_at<Hash>(rows, 1),
                    *made_at,
                    std::string{rows.bytes(0, 3)},
                    array_at<PublicKey>(rows, 4),
                    array_at<Signature>(rows, 5)};
}

constexpr const char* find_checkpoint_covering_sql = R"sql(
  -- proof.find_checkpoint_covering
  SELECT entry_number, hash, made_at, key_id, public_key, signature
    FROM checkpoint
   WHERE node_id = $1 AND entry_number >= $2::bigint
   ORDER BY entry_number
   LIMIT 1
)sql";

}  // namespace

std::optional<Checkpoint> find_checkpoint_covering(BulkReader& reader, const FoundNode& node,
                                                   std::int64_t number) {
  return maybe_checkpoint(reader.read(find_checkpoint_covering_sql, node.id, number), node);
}

namespace {

constexpr const char* find_last_checkpoint_sql = R"sql(
  -- proof.find_last_checkpoint
  SELECT entry_number, hash, made_at, key_id, public_key, signature
    FROM checkpoint
   WHERE node_id = $1
   ORDER BY entry_number DESC
   LIMIT 1
)sql";

}  // namespace

std::optional<Checkpoint> find_last_checkpoint(BulkReader& reader, const FoundNode& node) {
  return maybe_checkpoint(reader.read(find_last_checkpoint_sql, node.id), node);
}

namespace {

constexpr const char* find_numbers_booked_sql = R"sql(
  -- proof.find_numbers_booked
  SELECT min(number), max(number)
    FROM entry
   WHERE node_id = $1 AND booked_on BETWEEN date '1970-01-01' + $2::int AND date '1970-01-01' + $3::int
)sql";

}  // namespace

std::optional<std::pair<std::int64_t, std::int64_t>> find_numbers_booked(BulkReader& reader,
                                                                         std::int64_t node, FoundDay first,
                                                                         FoundDay last) {
  const BulkRows rows = reader.read(find_numbers_booked_sql, node, first, last);
  if (rows.is_null(0, 0)) return std::nullopt;
  return std::pair{rows.number(0, 0), rows.number(0, 1)};
}

}  // namespace coop::proof
