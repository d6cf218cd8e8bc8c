#include "ledger/intake/hours_import_store.hpp"

namespace coop::intake {

constexpr const char* list_imports_sql = R"sql(
  -- intake.list_hours_imports
  SELECT i.number, i.file_hash, i.table_rows, i.recorded, i.known, i.recorded_at, u.name
    FROM hours_import i
    LEFT JOIN user_account u ON u.id = i.recorded_by
   WHERE i.node_id = $1 AND ($2::int IS NULL OR i.number < $2) AND ($3::text IS NULL OR i.file_hash = $3)
   ORDER BY i.number DESC
   LIMIT $4
)sql";

static std::vector<HoursImport> read_imports(Tx& tx, NodeId node, std::optional<int> before,
                                             const std::optional<std::string>& hash, int limit) {
  std::vector<HoursImport> imports;
  for (const Row row : rows(tx, list_imports_sql, node, before, hash, limit))
    imports.push_back({row.integer(0), row.string(1), row.integer(2), row.integer(3), row.integer(4),
                       row.instant(5), row.maybe_string(6)});
  return imports;
}

std::vector<HoursImport> list_imports(Tx& tx, NodeId node, std::optional<int> before, int limit) {
  return read_imports(tx, node, before, std::nullopt, limit);
}

std::optional<HoursImport> find_import(Tx& tx, NodeId node, const std::string& file_hash) {
  auto found = read_imports(tx, node, std::nullopt, file_hash, 1);
  return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

constexpr const char* insert_import_sql = R"sql(
  -- intake.insert_hours_import
  INSERT INTO hours_import (node_id, number, file_hash, table_rows, recorded, known, recorded_at, recorded_by)
  SELECT $1, coalesce(max(i.number), 0) + 1, $2, $3, $4, $5, $6, $7
    FROM hours_import i
   WHERE i.node_id = $1
  RETURNING number
)sql";

int insert_import(Tx& tx, NodeId node, const HoursImport& import, const books::Author& author) {
  return only_row(rows(tx, insert_import_sql, node, import.file_hash, import.rows, import.recorded,
                       import.known, author.now, author.user))
      .integer(0);
}

constexpr const char* read_known_rows_sql = R"sql(
  -- intake.read_known_hours_rows
  SELECT r.row_key FROM hours_import_row r WHERE r.node_id = $1 AND r.row_key = ANY ($2::uuid[])
)sql";

std::set<books::Fingerprint> read_known_rows(Tx& tx, NodeId node, std::span<const books::Fingerprint> keys) {
  SqlArray asked;
  for (const books::Fingerprint& key : keys) asked.add_bare(books::uuid_text_of(key));
  std::set<books::Fingerprint> known;
  for (const Row row : rows(tx, read_known_rows_sql, node, asked.value()))
    known.insert(books::fingerprint_from_uuid(row.text(0)));
  return known;
}

constexpr const char* insert_imported_rows_sql = R"sql(
  -- intake.insert_hours_rows
  INSERT INTO hours_import_row (node_id, import_number, line, row_key, hours_number)
  SELECT $1, $2, r.line, r.row_key, r.hours_number
    FROM unnest($3::int[], $4::uuid[], $5::int[]) AS r (line, row_key, hours_number)
)sql";

void insert_imported_rows(Tx& tx, NodeId node, int import, std::span<const ImportedRow> imported) {
  SqlArray lines, keys, hours;
  for (const ImportedRow& row : imported) {
    lines.add(row.line);
    keys.add_bare(books::uuid_text_of(row.key));
    hours.add(row.hours);
  }
  rows(tx, insert_imported_rows_sql, node, import, lines.value(), keys.value(), hours.value());
}

constexpr const char* read_members_of_users_sql = R"sql(
  -- intake.read_members_of_users
  SELECT u.name, min(p.number)
    FROM party_user l
    JOIN party p ON p.node_id = l.node_id AND p.id = l.party_id
    JOIN user_account u ON u.id = l.user_id
   WHERE l.node_id = $1
     AND NOT EXISTS (SELECT FROM party_user_end e
                      WHERE (e.node_id, e.party_id, e.user_id, e.linked_at)
                            = (l.node_id, l.party_id, l.user_id, l.linked_at))
   GROUP BY u.name
  HAVING count(*) = 1
)sql";

std::map<std::string, std::string> read_members_of_users(Tx& tx, NodeId node) {
  std::map<std::string, std::string> members;
  for (const Row row : rows(tx, read_members_of_users_sql, node))
    members.emplace(row.string(0), row.string(1));
  return members;
}

}  // namespace coop::intake
