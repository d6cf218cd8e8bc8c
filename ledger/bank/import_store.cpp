#include "ledger/bank/import_store.hpp"

#include <array>

#include "ledger/statements/file_words.hpp"

namespace coop::bank {

constexpr const char* lock_imports_sql = R"sql(
  -- bank.lock_imports
  SELECT pg_advisory_xact_lock(hashtextextended('bank files', $1::int))
)sql";

void lock_imports(Tx& tx, NodeId node) { rows(tx, lock_imports_sql, node); }

constexpr const char* insert_import_sql = R"sql(
  -- bank.insert_import
  INSERT INTO bank_import (node_id, number, file_name, file_hash, file_bytes, bank_account, recorded_at,
                           recorded_by)
  SELECT $1, (SELECT coalesce(max(i.number), 0) + 1 FROM bank_import i WHERE i.node_id = $1), $2, $3,
         $7::bytea, $4, $5, $6
  RETURNING number
)sql";

BankImportNumber insert_import(Tx& tx, NodeId node, const ReceivedFile& file, const std::string& hash,
                               const books::Author& author) {
  const std::array<SqlValue, 6> values{node, file.name, hash, file.account, author.now, author.user};
  const std::string bytes{file.bytes};
  return only_row(tx.run(insert_import_sql, values, {&bytes, 1})).id<BankImportNumber>(0);
}

constexpr const char* list_imports_sql = R"sql(
  -- bank.list_imports
  SELECT i.number, i.file_name, i.file_hash, length(i.file_bytes), i.bank_account,
         coalesce(s.kind, 'received'), coalesce(s.code, ''), coalesce(s.words, ''), i.recorded_at,
         i.recorded_by
    FROM bank_import i
    LEFT JOIN LATERAL (SELECT x.kind, x.code, x.words
                         FROM bank_import_step x
                        WHERE x.node_id = i.node_id AND x.import_number = i.number
                        ORDER BY x.number DESC
                        LIMIT 1) s ON true
   WHERE i.node_id = $1 AND ($2::int IS NULL OR i.number = $2) AND ($3::text IS NULL OR i.file_hash = $3)
     AND ($4::text IS NULL OR coalesce(s.kind, 'received') = $4) AND ($5::int IS NULL OR i.number < $5)
   ORDER BY i.number DESC
   LIMIT $6
)sql";

std::vector<BankImport> list_imports(Tx& tx, NodeId node, const ImportFilter& filter) {
  const auto state = filter.state ? std::optional{text_of(*filter.state)} : std::nullopt;
  std::vector<BankImport> imports;
  for (const Row row :
       rows(tx, list_imports_sql, node, filter.number, filter.file_hash, state, filter.before, filter.limit))
    imports.push_back({row.id<BankImportNumber>(0), row.string(1), row.string(2), row.int64(3),
                       row.is_null(4) ? std::nullopt : std::optional{row.id<BankAccountNumber>(4)},
                       import_state_from(row.text(5)), row.string(6), row.string(7), row.instant(8),
                       row.is_null(9) ? std::nullopt : std::optional{row.id<UserId>(9)}});
  return imports;
}

constexpr const char* read_import_bytes_sql = R"sql(
  -- bank.read_import_bytes
  SELECT substring(i.file_bytes FROM $3::int FOR $4::int)
    FROM bank_import i
   WHERE i.node_id = $1 AND i.number = $2
)sql";

std::string read_import_bytes(Tx& tx, NodeId node, BankImportNumber number) {
  constexpr int at_once = 8 << 20;  // an answer takes twice as much while it is read
  std::string bytes;
  for (int from = 1;; from += at_once) {
    const std::string piece = only_row(rows(tx, read_import_bytes_sql, node, number, from, at_once)).bytes(0);
    bytes += piece;
    if (piece.size() < at_once) return bytes;
  }
}

constexpr const char* insert_import_step_sql = R"sql(
  -- bank.insert_import_step
  INSERT INTO bank_import_step (node_id, import_number, number, kind, code, words, recorded_at, recorded_by)
  SELECT $1, $2, (SELECT coalesce(max(s.number), 0) + 1 FROM bank_import_step s
                   WHERE s.node_id = $1 AND s.import_number = $2), $3, nullif($4, ''), nullif($5, ''), $6, $7
)sql";

void insert_import_step(Tx& tx, NodeId node, BankImportNumber number, const ImportStep& step,
                        const books::Author& author) {
  rows(tx, insert_import_step_sql, node, number, text_of(step.state), step.code, step.words, author.now,
       author.user);
}

constexpr const char* count_import_steps_sql = R"sql(
  -- bank.count_import_steps
  SELECT count(*) FROM bank_import_step s WHERE s.node_id = $1
)sql";

std::int64_t count_import_steps(Tx& tx, NodeId node) {
  return only_row(rows(tx, count_import_steps_sql, node)).int64(0);
}

constexpr const char* insert_statement_sql = R"sql(
  -- bank.insert_statement
  INSERT INTO bank_statement (node_id, import_number, position, bank_account, file_kind, purpose, account,
    currency, bank_id, sequence, opening_minor, opening_on, closing_minor, closing_on, first_day, last_day,
    line_count, sum_minor, proof, difference_minor)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
)sql";

void insert_statement(Tx& tx, NodeId node, BankImportNumber number, const BankStatement& statement) {
  rows(tx, insert_statement_sql, node, number, statement.position, statement.account,
       statements::text_of(statement.file_kind), statements::text_of(statement.purpose), statement.identifier,
       statement.currency, statement.bank_id, statement.sequence, statement.opening_minor,
       statement.opening_on, statement.closing_minor, statement.closing_on, statement.first_day,
       statement.last_day, statement.line_count, statement.sum_minor, statements::text_of(statement.proof),
       statement.difference_minor);
}

constexpr const char* read_statements_sql = R"sql(
  -- bank.read_statements
  SELECT s.position, s.bank_account, s.file_kind, s.purpose, s.account, s.currency, s.bank_id, s.sequence,
         s.opening_minor, s.opening_on, s.closing_minor, s.closing_on, s.first_day, s.last_day, s.line_count,
         s.sum_minor, s.proof, s.difference_minor
    FROM bank_statement s
   WHERE s.node_id = $1 AND s.import_number = $2
   ORDER BY s.position
)sql";

std::vector<BankStatement> read_statements(Tx& tx, NodeId node, BankImportNumber number) {
  std::vector<BankStatement> found;
  for (const Row row : rows(tx, read_statements_sql, node, number))
    found.push_back(
        {row.integer(0), row.is_null(1) ? std::nullopt : std::optional{row.id<BankAccountNumber>(1)},
         statements::file_kind_from(row.text(2)), statements::purpose_from(row.text(3)), row.string(4),
         row.string(5), row.string(6), row.string(7), row.maybe_int64(8), row.maybe_day(9),
         row.maybe_int64(10), row.maybe_day(11), row.maybe_day(12), row.maybe_day(13), row.integer(14),
         row.int64(15), statements::proof_from(row.text(16)), row.int64(17)});
  return found;
}

constexpr const char* insert_notes_sql = R"sql(
  -- bank.insert_notes
  INSERT INTO bank_note (node_id, import_number, number, code, place, words)
  SELECT $1, $2, n.number, n.code, left(n.place, 200), left(n.words, 500)
    FROM unnest($3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS n (code, place, words, number)
)sql";

void insert_notes(Tx& tx, NodeId node, BankImportNumber number, std::span<const statements::Note> notes) {
  SqlArray codes, places, words;
  for (const statements::Note& note : notes) {
    codes.add(note.code);
    places.add(note.place);
    words.add(note.text);
  }
  rows(tx, insert_notes_sql, node, number, codes.value(), places.value(), words.value());
}

constexpr const char* read_notes_sql = R"sql(
  -- bank.read_notes
  SELECT n.code, n.place, n.words
    FROM bank_note n
   WHERE n.node_id = $1 AND n.import_number = $2
   ORDER BY n.number
)sql";

std::vector<statements::Note> read_notes(Tx& tx, NodeId node, BankImportNumber number) {
  std::vector<statements::Note> notes;
  for (const Row row : rows(tx, read_notes_sql, node, number))
    notes.push_back({row.string(0), row.string(1), row.string(2)});
  return notes;
}

constexpr const char* find_precedent_sql = R"sql(
  -- bank.find_precedent
  SELECT s.sequence, s.closing_minor + coalesce((
           SELECT sum(l.amount_minor)
             FROM bank_live_line v
             JOIN bank_line l ON l.node_id = v.node_id AND l.number = v.line_number
            WHERE v.node_id = s.node_id AND v.bank_account = s.bank_account
              AND l.booked_on > coalesce(s.closing_on, s.last_day) AND l.booked_on < $3), 0),
         coalesce(s.closing_on, s.last_day)
    FROM bank_statement s
   WHERE s.node_id = $1 AND s.bank_account = $2 AND s.purpose = 'booked' AND s.closing_minor IS NOT NULL
     AND (coalesce(s.closing_on, s.last_day) < $3
          OR coalesce(s.closing_on, s.last_day) = $3 AND s.closing_minor = $4
             AND (s.import_number, s.position) <> ($5, $6))
     AND (SELECT x.kind FROM bank_import_step x
           WHERE x.node_id = s.node_id AND x.import_number = s.import_number
           ORDER BY x.number DESC LIMIT 1) = 'taken_in'
   ORDER BY coalesce(s.closing_on, s.last_day) DESC, s.import_number DESC, s.position DESC
   LIMIT 1
)sql";

std::optional<statements::Precedent> find_precedent(Tx& tx, NodeId node, BankImportNumber number,
                                                    const BankStatement& statement, int scale) {
  const auto day = statement.first_day ? statement.first_day : statement.closing_on;
  if (!statement.account || !day) return std::nullopt;
  const Rows found = rows(tx, find_precedent_sql, node, statement.account, day, statement.opening_minor,
                          number, statement.position);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  return statements::Precedent{row.string(0), Decimal{row.int64(1), scale}, row.maybe_day(2)};
}

}  // namespace coop::bank
