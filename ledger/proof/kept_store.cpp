#include "ledger/proof/kept_store.hpp"

#include <algorithm>

#include "ledger/books/posting_store.hpp"

namespace coop::proof {

namespace {

template <class Array>
Array array_at(const BulkRows& rows, int row, int column) {
  Array array{};
  const std::string_view bytes = rows.bytes(row, column);
  if (bytes.size() == array.size()) std::copy(bytes.begin(), bytes.end(), array.begin());
  return array;
}

std::optional<std::int64_t> maybe_number(const BulkRows& rows, int row, int column) {
  if (rows.is_null(row, column)) return std::nullopt;
  return rows.number(row, column);
}

constexpr const char* read_head_sql = R"sql(
  -- proof.read_head
  SELECT last_number, last_hash, last_recorded_at, last_hold, last_event, next_hold_expiry,
         locked_through
    FROM book_head
   WHERE node_id = $1
)sql";

}  // namespace

std::optional<KeptHead> read_kept_head(BulkReader& reader, std::int64_t node) {
  const BulkRows rows = reader.read(read_head_sql, node);
  if (rows.size() != 1) return std::nullopt;
  return KeptHead{rows.number(0, 0),
                  array_at<Hash>(rows, 0, 1),
                  rows.microseconds(0, 2).value_or(0),
                  rows.number(0, 3),
                  rows.number(0, 4),
                  rows.microseconds(0, 5),
                  rows.days(0, 6)};
}

namespace {

constexpr const char* read_balances_sql = R"sql(
  -- proof.read_balances
  SELECT account_id, balance_minor, held_debit_minor, held_credit_minor, posting_count, has_day_totals,
         newest_month, lower_limit_minor, upper_limit_minor
    FROM account_balance
   WHERE node_id = $1
   ORDER BY account_id
)sql";

constexpr const char* read_period_totals_sql = R"sql(
  -- proof.read_period_totals
  SELECT account_id, month, debit_minor, credit_minor
    FROM account_month
   WHERE node_id = $1
   ORDER BY account_id, month
)sql";

constexpr const char* read_year_totals_sql = R"sql(
  -- proof.read_year_totals
  SELECT account_id, year, debit_minor, credit_minor
    FROM year_total
   WHERE node_id = $1
   ORDER BY account_id, year
)sql";

constexpr const char* read_day_totals_sql = R"sql(
  -- proof.read_day_totals
  SELECT account_id, booked_on - date '1970-01-01', debit_minor, credit_minor
    FROM day_total
   WHERE node_id = $1
   ORDER BY account_id, booked_on
)sql";

constexpr const char* read_marks_sql = R"sql(
  -- proof.read_marks
  SELECT account_id, entry_number, month, debit_minor, credit_minor
    FROM account_mark
   WHERE node_id = $1
   ORDER BY account_id, entry_number, month
)sql";

constexpr const char* read_account_ids_sql = R"sql(
  -- proof.read_account_ids
  SELECT id FROM account WHERE node_id = $1 ORDER BY id
)sql";

std::vector<KeptTotal> totals_of(const BulkRows& rows) {
  std::vector<KeptTotal> totals;
  totals.reserve(static_cast<std::size_t>(rows.size()));
  for (int row = 0; row < rows.size(); ++row) {
    totals.push_back({rows.number(row, 0), rows.number(row, 1), rows.number(row, 2), rows.number(row, 3)});
  }
  return totals;
}

std::vector<KeptBalance> balances_of(const BulkRows& rows) {
  std::vector<KeptBalance> balances;
  balances.reserve(static_cast<std::size_t>(rows.size()));
  for (int row = 0; row < rows.size(); ++row) {
    balances.push_back({rows.number(row, 0), rows.number(row, 1), rows.number(row, 2), rows.number(row, 3),
                        rows.number(row, 4), rows.boolean(row, 5), maybe_number(rows, row, 6),
                        maybe_number(rows, row, 7), maybe_number(rows, row, 8)});
  }
  return balances;
}

}  // namespace

KeptFigures read_kept_figures(BulkReader& reader, std::int64_t node, const KeptHead& head) {
  KeptFigures kept{head,
                   balances_of(reader.read(read_balances_sql, node)),
                   totals_of(reader.read(read_period_totals_sql, node)),
                   totals_of(reader.read(read_year_totals_sql, node)),
                   totals_of(reader.read(read_day_totals_sql, node)),
                   {},
                   reader.read(read_account_ids_sql, node).numbers(),
                   books::mark_step,
                   books::day_totals_from};
  const BulkRows marks = reader.read(read_marks_sql, node);
  for (int row = 0; row < marks.size(); ++row) {
    kept.marks.push_back({marks.number(row, 0), marks.number(row, 1), marks.number(row, 2),
                          marks.number(row, 3), marks.number(row, 4)});
  }
  return kept;
}

namespace {

constexpr const char* read_checkpoints_sql = R"sql(
  -- proof.read_checkpoints
  SELECT c.entry_number, c.hash, c.made_at, c.key_id, c.public_key, c.signature, e.hash
    FROM checkpoint c
    LEFT JOIN entry e ON e.node_id = c.node_id AND e.number = c.entry_number
   WHERE c.node_id = $1
   ORDER BY c.entry_number
)sql";

}  // namespace

std::vector<FoundCheckpoint> read_found_checkpoints(BulkReader& reader, std::int64_t node) {
  const BulkRows rows = reader.read(read_checkpoints_sql, node);
  std::vector<FoundCheckpoint> checkpoints;
  for (int row = 0; row < rows.size(); ++row) {
    FoundCheckpoint found{rows.number(row, 0),
                          array_at<Hash>(rows, row, 1),
                          rows.microseconds(row, 2).value_or(0),
                          std::string{rows.bytes(row, 3)},
                          array_at<PublicKey>(rows, row, 4),
                          array_at<Signature>(rows, row, 5),
                          std::nullopt};
    if (!rows.is_null(row, 6)) found.entry_hash = array_at<Hash>(rows, row, 6);
    checkpoints.push_back(std::move(found));
  }
  return checkpoints;
}

namespace {

constexpr const char* find_entry_hash_sql = R"sql(
  -- proof.find_entry_hash
  SELECT hash FROM entry WHERE node_id = $1 AND number = $2::bigint
)sql";

}  // namespace

std::optional<Hash> find_entry_hash(BulkReader& reader, std::int64_t node, std::int64_t number) {
  const BulkRows rows = reader.read(find_entry_hash_sql, node, number);
  if (rows.size() == 0) return std::nullopt;
  return array_at<Hash>(rows, 0, 0);
}

namespace {

constexpr const char* read_stray_entries_sql = R"sql(
  -- proof.read_stray_entries
  (SELECT number FROM entry WHERE node_id = $1 AND number < 1 ORDER BY number LIMIT 20)
  UNION
  (SELECT number FROM entry WHERE node_id = $1 AND number > $2::bigint ORDER BY number LIMIT 20)
  UNION
  (SELECT entry_number FROM posting WHERE node_id = $1 AND entry_number < 1
    ORDER BY entry_number LIMIT 20)
  UNION
  (SELECT entry_number FROM posting WHERE node_id = $1 AND entry_number > $2::bigint
    ORDER BY entry_number LIMIT 20)
  ORDER BY 1
)sql";

}  // namespace

std::vector<std::int64_t> read_stray_entries(BulkReader& reader, std::int64_t node, std::int64_t last) {
  return reader.read(read_stray_entries_sql, node, last).numbers();
}

namespace {

constexpr const char* read_stray_events_sql = R"sql(
  -- proof.read_stray_events
  (SELECT number FROM event WHERE node_id = $1 AND number < 1 ORDER BY number LIMIT 20)
  UNION
  (SELECT number FROM event WHERE node_id = $1 AND number > $2::bigint ORDER BY number LIMIT 20)
  ORDER BY 1
)sql";

}  // namespace

std::vector<std::int64_t> read_stray_events(BulkReader& reader, std::int64_t node, std::int64_t last) {
  return reader.read(read_stray_events_sql, node, last).numbers();
}

namespace {

constexpr const char* read_stray_holds_sql = R"sql(
  -- proof.read_stray_holds
  (SELECT number FROM hold WHERE node_id = $1 AND number < 1 ORDER BY number LIMIT 20)
  UNION
  (SELECT number FROM hold WHERE node_id = $1 AND number > $2::bigint ORDER BY number LIMIT 20)
  ORDER BY 1
)sql";

}  // namespace

std::vector<std::int64_t> read_stray_holds(BulkReader& reader, std::int64_t node, std::int64_t last) {
  return reader.read(read_stray_holds_sql, node, last).numbers();
}

namespace {

constexpr const char* read_reversed_twice_sql = R"sql(
  -- proof.read_reversed_twice
  SELECT reverses
    FROM entry
   WHERE node_id = $1 AND reverses IS NOT NULL
   GROUP BY reverses
  HAVING count(*) > 1
   ORDER BY reverses
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_reversed_twice(BulkReader& reader, std::int64_t node) {
  return reader.read(read_reversed_twice_sql, node).numbers();
}

namespace {

constexpr const char* read_entries_without_hold_end_sql = R"sql(
  -- proof.read_entries_without_hold_end
  SELECT e.number
    FROM entry e
   WHERE e.node_id = $1 AND e.hold_number IS NOT NULL
     AND NOT EXISTS (SELECT FROM hold_end x
                      WHERE x.node_id = e.node_id AND x.hold_number = e.hold_number
                        AND x.entry_number = e.number)
   ORDER BY e.number
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_entries_without_hold_end(BulkReader& reader, std::int64_t node) {
  return reader.read(read_entries_without_hold_end_sql, node).numbers();
}

namespace {

constexpr const char* read_repeated_requests_sql = R"sql(
  -- proof.read_repeated_requests
  SELECT max(number)
    FROM entry
   WHERE node_id = $1
   GROUP BY request_key
  HAVING count(*) > 1
   ORDER BY 1
   LIMIT 20
)sql";

}  // namespace

std::vector<std::int64_t> read_repeated_requests(BulkReader& reader, std::int64_t node) {
  return reader.read(read_repeated_requests_sql, node).numbers();
}

}  // namespace coop::proof
