#include "ledger/bank/cash_count_store.hpp"

#include <map>

namespace coop::bank {

// What was booked for a count of that day or earlier belongs to it, on whatever day it could be booked.
constexpr const char* list_cash_counts_sql = R"sql(
  -- bank.list_cash_counts
  SELECT c.number, c.bank_account, a.path, a.unit_id, c.counted_on, c.total_minor,
         coalesce((SELECT sum(p.amount_minor)
                     FROM posting p
                    WHERE p.node_id = c.node_id AND p.account_id = b.account_id
                      AND p.booked_on <= c.counted_on), 0)
         + coalesce((SELECT sum(p.amount_minor)
                       FROM bank_count d
                       JOIN bank_count_entry x ON x.node_id = d.node_id AND x.count_number = d.number
                       JOIN posting p ON p.node_id = x.node_id AND p.entry_number = x.entry_number
                                     AND p.account_id = b.account_id
                      WHERE d.node_id = c.node_id AND d.bank_account = c.bank_account
                        AND d.counted_on <= c.counted_on AND p.booked_on > c.counted_on), 0),
         c.live, coalesce(e.reason, ''), c.recorded_at, w.name, c.recorded_by
    FROM bank_count c
    JOIN bank_account b ON b.node_id = c.node_id AND b.number = c.bank_account
    JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
    JOIN user_account w ON w.id = c.recorded_by
    LEFT JOIN bank_count_end e ON e.node_id = c.node_id AND e.count_number = c.number
   WHERE c.node_id = $1 AND ($2::int IS NULL OR c.number = $2) AND ($3::int IS NULL OR c.bank_account = $3)
     AND ($4::date IS NULL OR c.counted_on = $4) AND ($5::bool IS NULL OR c.live = $5)
     AND ($6::int IS NULL OR c.number < $6)
   ORDER BY c.number DESC
   LIMIT $7
)sql";

constexpr const char* read_cash_pieces_sql = R"sql(
  -- bank.read_cash_pieces
  SELECT p.count_number, p.value_minor, p.pieces
    FROM bank_count_piece p
   WHERE p.node_id = $1 AND p.count_number = ANY ($2::int[])
   ORDER BY p.count_number, p.value_minor DESC
)sql";

constexpr const char* read_cash_witnesses_sql = R"sql(
  -- bank.read_cash_witnesses
  SELECT x.count_number, w.name, x.recorded_at
    FROM bank_count_witness x
    JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.count_number = ANY ($2::int[])
   ORDER BY x.count_number, x.recorded_at, w.name
)sql";

constexpr const char* read_cash_entries_sql = R"sql(
  -- bank.read_cash_entries
  SELECT x.count_number, x.entry_number
    FROM bank_count_entry x
   WHERE x.node_id = $1 AND x.count_number = ANY ($2::int[])
   ORDER BY x.count_number, x.entry_number
)sql";

std::vector<CashCount> list_cash_counts(Tx& tx, NodeId node, const CashCountFilter& filter) {
  std::vector<CashCount> counts;
  std::map<CashCountNumber, std::size_t> places;
  SqlArray numbers;
  for (const Row row : report_rows(tx, list_cash_counts_sql, node, filter.number, filter.account, filter.on,
                                   filter.live, filter.before, filter.limit)) {
    places.emplace(row.id<CashCountNumber>(0), counts.size());
    numbers.add(row.int64(0));
    counts.push_back({row.id<CashCountNumber>(0),
                      row.id<BankAccountNumber>(1),
                      row.string(2),
                      row.id<UnitId>(3),
                      row.day(4),
                      {},
                      row.int64(5),
                      row.int64(6),
                      row.boolean(7),
                      row.string(8),
                      row.instant(9),
                      row.string(10),
                      row.id<UserId>(11),
                      {},
                      {}});
  }
  const auto count_of = [&](const Row& row) -> CashCount& {
    return counts[places.at(row.id<CashCountNumber>(0))];
  };
  for (const Row row : rows(tx, read_cash_pieces_sql, node, numbers.value()))
    count_of(row).pieces.push_back({row.int64(1), row.int64(2)});
  for (const Row row : rows(tx, read_cash_witnesses_sql, node, numbers.value()))
    count_of(row).witnesses.push_back({row.string(1), row.instant(2)});
  for (const Row row : rows(tx, read_cash_entries_sql, node, numbers.value()))
    count_of(row).entries.push_back(row.id<EntryNumber>(1));
  return counts;
}

constexpr const char* insert_cash_count_sql = R"sql(
  -- bank.insert_cash_count
  WITH counted AS (
    INSERT INTO bank_count (node_id, number, bank_account, counted_on, total_minor, live, recorded_at,
                            recorded_by)
    SELECT $1, (SELECT coalesce(max(c.number), 0) + 1 FROM bank_count c WHERE c.node_id = $1), $2, $3, $4,
           true, $5, $6
    RETURNING number),
  filled AS (
    INSERT INTO bank_count_piece (node_id, count_number, value_minor, pieces)
    SELECT $1, c.number, n.value, n.pieces
      FROM counted c, unnest($7::bigint[], $8::bigint[]) AS n (value, pieces))
  SELECT c.number FROM counted c
)sql";

CashCountNumber insert_cash_count(Tx& tx, NodeId node, const NewCashCount& count, UserId by, Instant now) {
  SqlArray values, pieces;
  for (const CashPiece& piece : count.pieces) {
    values.add(piece.value_minor);
    pieces.add(piece.pieces);
  }
  return only_row(rows(tx, insert_cash_count_sql, node, count.account, count.counted_on, count.total_minor,
                       now, by, values.value(), pieces.value()))
      .id<CashCountNumber>(0);
}

constexpr const char* insert_cash_witness_sql = R"sql(
  -- bank.insert_cash_witness
  INSERT INTO bank_count_witness (node_id, count_number, recorded_at, recorded_by)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING
  RETURNING count_number
)sql";

bool insert_cash_witness(Tx& tx, NodeId node, CashCountNumber number, UserId by, Instant now) {
  return !rows(tx, insert_cash_witness_sql, node, number, now, by).empty();
}

constexpr const char* insert_cash_entry_sql = R"sql(
  -- bank.insert_cash_entry
  INSERT INTO bank_count_entry (node_id, count_number, entry_number, recorded_at, recorded_by)
  VALUES ($1, $2, $3, $4, $5)
)sql";

void insert_cash_entry(Tx& tx, NodeId node, CashCountNumber number, EntryNumber entry,
                       const books::Author& author) {
  rows(tx, insert_cash_entry_sql, node, number, entry, author.now, author.user);
}

constexpr const char* end_cash_count_sql = R"sql(
  -- bank.end_cash_count
  WITH ended AS (
    INSERT INTO bank_count_end (node_id, count_number, reason, recorded_at, recorded_by)
    VALUES ($1, $2, $3, $4, $5))
  UPDATE bank_count SET live = false WHERE node_id = $1 AND number = $2
)sql";

void end_cash_count(Tx& tx, NodeId node, CashCountNumber number, const std::string& reason,
                    const books::Author& author) {
  rows(tx, end_cash_count_sql, node, number, reason, author.now, author.user);
}

constexpr const char* read_standing_cash_entries_sql = R"sql(
  -- bank.read_standing_cash_entries
  SELECT x.entry_number
    FROM bank_count_entry x
   WHERE x.node_id = $1 AND x.count_number = $2
     AND NOT EXISTS (SELECT FROM entry r WHERE r.node_id = x.node_id AND r.reverses = x.entry_number)
   ORDER BY x.entry_number
)sql";

std::vector<EntryNumber> read_standing_cash_entries(Tx& tx, NodeId node, CashCountNumber number) {
  std::vector<EntryNumber> entries;
  for (const Row row : rows(tx, read_standing_cash_entries_sql, node, number))
    entries.push_back(row.id<EntryNumber>(0));
  return entries;
}

}  // namespace coop::bank
