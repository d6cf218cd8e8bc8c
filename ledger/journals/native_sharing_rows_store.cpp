#include "ledger/journals/native_sharing_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* last_sharing_version_sql = R"sql(
  -- journals.last_sharing_version
  SELECT coalesce(max(number), 0)::int FROM sharing_version WHERE node_id = $1
)sql";

constexpr const char* read_sharing_version_sql = R"sql(
  -- journals.native_sharing_version
  SELECT x.number, x.code, x.version, x.title, x.valid_from, x.rule, x.rule_hash, x.decision, x.handbook_link,
         x.adopted_on, x.recorded_at, w.name
    FROM sharing_version x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_sharing_version_sql = R"sql(
  -- journals.restore_sharing_version
  INSERT INTO sharing_version (node_id, number, code, version, title, valid_from, rule, rule_hash, decision,
    handbook_link, adopted_on, recorded_at, recorded_by)
  SELECT $1, r.number, r.code, r.version, r.title, r.valid_from, r.rule, r.hash, r.decision, r.link,
         r.adopted_on, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, code text, version int, title text, valid_from date,
           rule text, hash text, decision text, link text, adopted_on date, recorded_at timestamptz,
           recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements sharing_version_rows{read_sharing_version_sql, insert_sharing_version_sql,
                                             last_sharing_version_sql};

constexpr const char* last_place_value_sql = R"sql(
  -- journals.last_place_value
  SELECT coalesce(max(number), 0)::int FROM place_value WHERE node_id = $1
)sql";

constexpr const char* read_place_value_sql = R"sql(
  -- journals.native_place_value
  SELECT x.number, x.name, x.place, x.valid_from, x.numerator, x.denominator, u.code, x.source,
         x.published_on, x.recorded_at, w.name
    FROM place_value x
    LEFT JOIN unit u ON u.id = x.unit_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_restored_place_value_sql = R"sql(
  -- journals.restore_place_value
  INSERT INTO place_value (node_id, number, name, place, valid_from, numerator, denominator, unit_id, source,
    published_on, recorded_at, recorded_by)
  SELECT $1, r.number, r.name, r.place, r.valid_from, r.numerator, r.denominator, u.id, r.source,
         r.published_on, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, name text, place text, valid_from date,
           numerator bigint, denominator bigint, unit text, source text, published_on date,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN unit u ON u.code = r.unit
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements place_value_rows{read_place_value_sql, insert_restored_place_value_sql,
                                         last_place_value_sql};

constexpr NamedStatements sharing_kinds[] = {{"sharing_version", sharing_version_rows},
                                             {"place_value", place_value_rows}};

}  // namespace

std::span<const NamedStatements> sharing_statements() { return sharing_kinds; }

}  // namespace coop::journals
