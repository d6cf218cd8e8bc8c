#include "ledger/bank/signoff_store.hpp"

#include <map>

namespace coop::bank {

namespace {

template <class Number>
std::optional<Number> maybe_id(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional{row.id<Number>(column)};
}

Signoff signoff_from(const Row& row) {
  return {row.id<SignoffNumber>(0),
          row.id<BankAccountNumber>(1),
          row.string(2),
          row.id<UnitId>(3),
          row.day(4),
          {row.int64(5), row.int64(6), row.int64(7), row.int64(8), row.int64(9), row.int64(10), row.int64(11),
           row.int64(12), maybe_id<BankImportNumber>(row, 13),
           row.is_null(14) ? std::nullopt : std::optional{row.integer(14)}, row.string(15)},
          row.string(16),
          row.string(17),
          row.int64(18),
          row.int64(19),
          row.boolean(20),
          row.string(21),
          row.instant(22),
          row.string(23),
          row.id<UserId>(24),
          {}};
}

}  // namespace

constexpr const char* list_signoffs_sql = R"sql(
  -- bank.list_signoffs
  SELECT s.number, s.bank_account, a.path, a.unit_id, s.as_of, s.books_minor, s.uncleared_count,
         s.uncleared_minor, s.unbooked_count, s.unbooked_minor, s.beginning_minor, s.bank_minor,
         s.difference_minor, s.import_number, s.statement_position, s.statement, coalesce(s.explanation, ''),
         s.statement_hash, s.last_entry, s.last_event, s.live, coalesce(e.reason, ''), s.recorded_at, w.name,
         s.recorded_by
    FROM bank_signoff s
    JOIN bank_account b ON b.node_id = s.node_id AND b.number = s.bank_account
    JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
    JOIN user_account w ON w.id = s.recorded_by
    LEFT JOIN bank_signoff_end e ON e.node_id = s.node_id AND e.signoff_number = s.number
   WHERE s.node_id = $1 AND ($2::int IS NULL OR s.number = $2) AND ($3::int IS NULL OR s.bank_account = $3)
     AND ($4::date IS NULL OR s.as_of <= $4) AND ($5::bool IS NULL OR s.live = $5)
     AND ($6::int IS NULL OR s.number < $6)
   ORDER BY s.number DESC
   LIMIT $7
)sql";

constexpr const char* read_countersignatures_sql = R"sql(
  -- bank.read_countersignatures
  SELECT c.signoff_number, w.name, c.recorded_at
    FROM bank_countersignature c
    JOIN user_account w ON w.id = c.recorded_by
   WHERE c.node_id = $1 AND c.signoff_number = ANY ($2::int[])
   ORDER BY c.signoff_number, c.recorded_at, w.name
)sql";

std::vector<Signoff> list_signoffs(Tx& tx, NodeId node, const SignoffFilter& filter) {
  std::vector<Signoff> signoffs;
  std::map<SignoffNumber, std::size_t> places;
  SqlArray numbers;
  for (const Row row : rows(tx, list_signoffs_sql, node, filter.number, filter.account, filter.until,
                            filter.live, filter.before, filter.limit)) {
    places.emplace(row.id<SignoffNumber>(0), signoffs.size());
    numbers.add(row.int64(0));
    signoffs.push_back(signoff_from(row));
  }
  for (const Row row : rows(tx, read_countersignatures_sql, node, numbers.value()))
    signoffs[places.at(row.id<SignoffNumber>(0))].countersignatures.push_back(
        {row.string(1), row.instant(2)});
  return signoffs;
}

constexpr const char* find_latest_signoff_sql = R"sql(
  -- bank.find_latest_signoff
  SELECT s.number
    FROM bank_signoff s
   WHERE s.node_id = $1 AND s.bank_account = $2 AND s.as_of <= $3
     AND CASE WHEN $4::timestamptz IS NULL THEN s.live
              ELSE s.recorded_at <= $4 AND NOT EXISTS (
                   SELECT FROM bank_signoff_end e
                    WHERE e.node_id = s.node_id AND e.signoff_number = s.number AND e.recorded_at <= $4) END
   ORDER BY s.as_of DESC
   LIMIT 1
)sql";

std::optional<Signoff> find_latest_signoff(Tx& tx, NodeId node, BankAccountNumber account, Day until,
                                           std::optional<Instant> known_at) {
  const Rows found = rows(tx, find_latest_signoff_sql, node, account, until, known_at);
  if (found.empty()) return std::nullopt;
  return list_signoffs(tx, node, {.number = found[0].id<SignoffNumber>(0)}).front();
}

constexpr const char* insert_signoff_sql = R"sql(
  -- bank.insert_signoff
  INSERT INTO bank_signoff (node_id, number, bank_account, as_of, books_minor, uncleared_count,
    uncleared_minor, unbooked_count, unbooked_minor, beginning_minor, bank_minor, difference_minor,
    explanation, last_entry, last_event, import_number, statement_position, statement, statement_hash, live,
    recorded_at, recorded_by)
  SELECT $1, (SELECT coalesce(max(s.number), 0) + 1 FROM bank_signoff s WHERE s.node_id = $1), $2, $3, $4, $5,
         $6, $7, $8, $9, $10, $11, nullif($12, ''), $13, $14, $15, $16, $17, $18, true, $19, $20
  RETURNING number
)sql";

SignoffNumber insert_signoff(Tx& tx, NodeId node, const NewSignoff& signoff, UserId by, Instant now) {
  const SignedFigures& figures = signoff.figures;
  return only_row(rows(tx, insert_signoff_sql, node, signoff.account, signoff.as_of, figures.books_minor,
                       figures.uncleared_count, figures.uncleared_minor, figures.unbooked_count,
                       figures.unbooked_minor, figures.beginning_minor, figures.bank_minor,
                       figures.difference_minor, signoff.explanation, signoff.last_entry, signoff.last_event,
                       figures.import, figures.statement, figures.text, signoff.hash, now, by))
      .id<SignoffNumber>(0);
}

constexpr const char* insert_countersignature_sql = R"sql(
  -- bank.insert_countersignature
  INSERT INTO bank_countersignature (node_id, signoff_number, recorded_at, recorded_by)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT DO NOTHING
  RETURNING signoff_number
)sql";

bool insert_countersignature(Tx& tx, NodeId node, SignoffNumber number, UserId by, Instant now) {
  return !rows(tx, insert_countersignature_sql, node, number, now, by).empty();
}

constexpr const char* end_signoff_sql = R"sql(
  -- bank.end_signoff
  WITH ended AS (
    INSERT INTO bank_signoff_end (node_id, signoff_number, reason, recorded_at, recorded_by)
    VALUES ($1, $2, $3, $4, $5))
  UPDATE bank_signoff SET live = false WHERE node_id = $1 AND number = $2
)sql";

void end_signoff(Tx& tx, NodeId node, SignoffNumber number, const std::string& reason,
                 const books::Author& author) {
  rows(tx, end_signoff_sql, node, number, reason, author.now, author.user);
}

constexpr const char* read_changes_since_sql = R"sql(
  -- bank.read_changes_since
  SELECT DISTINCT c.rank, c.number
    FROM (SELECT 0 AS rank, p.entry_number::bigint AS number
            FROM bank_account b
            JOIN posting p ON p.node_id = b.node_id AND p.account_id = b.account_id
           WHERE b.node_id = $1 AND b.number = $2 AND p.booked_on <= $3 AND p.entry_number > $4
             AND ($6::timestamptz IS NULL OR p.entry_number <= last_known_entry($1, $6))
          UNION ALL
          SELECT 1, m.number
            FROM event e
            JOIN bank_match m ON m.node_id = e.node_id AND m.number = (e.body->>'match')::int
            JOIN bank_line l ON l.node_id = m.node_id AND l.number = m.line_number
           WHERE e.node_id = $1 AND e.number > $5 AND ($6::timestamptz IS NULL OR e.recorded_at <= $6)
             AND e.kind IN ('bank_line_matched', 'bank_match_undone')
             AND l.bank_account = $2 AND l.booked_on <= $3
             AND EXISTS (SELECT FROM bank_match_part x
                           JOIN posting p ON p.node_id = x.node_id AND p.entry_number = x.entry_number
                                         AND p.line = x.posting_line
                          WHERE x.node_id = m.node_id AND x.match_number = m.number AND p.booked_on <= $3)
          UNION ALL
          SELECT 2, s.import_number
            FROM event e
            JOIN bank_statement s ON s.node_id = e.node_id AND s.import_number = (e.body->>'import')::int
           WHERE e.node_id = $1 AND e.number > $5 AND ($6::timestamptz IS NULL OR e.recorded_at <= $6)
             AND e.kind IN ('bank_file_taken_in', 'bank_file_undone')
             AND s.bank_account = $2 AND s.purpose = 'booked' AND coalesce(s.first_day, s.closing_on) <= $3
          UNION ALL
          SELECT 3, k.number
            FROM event e
            JOIN bank_count k ON k.node_id = e.node_id AND k.number = (e.body->>'count')::int
           WHERE e.node_id = $1 AND e.number > $5 AND ($6::timestamptz IS NULL OR e.recorded_at <= $6)
             AND e.kind IN ('cash_counted', 'cash_count_withdrawn')
             AND k.bank_account = $2 AND k.counted_on <= $3) c
   ORDER BY c.rank, c.number
   LIMIT 1000
)sql";

std::vector<SignedChange> read_changes_since(Tx& tx, NodeId node, const Signoff& signoff,
                                             std::optional<Instant> known_at) {
  constexpr std::array kinds{ChangeKind::entry, ChangeKind::match, ChangeKind::file, ChangeKind::count};
  std::vector<SignedChange> changes;
  for (const Row row : report_rows(tx, read_changes_since_sql, node, signoff.account, signoff.as_of,
                                   signoff.last_entry, signoff.last_event, known_at))
    changes.push_back({kinds.at(static_cast<std::size_t>(row.integer(0))), row.int64(1)});
  return changes;
}

}  // namespace coop::bank
