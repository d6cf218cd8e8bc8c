#include "ledger/journals/native_mandate_rows_store.hpp"

namespace coop::journals {

namespace {

constexpr const char* read_creditor_sql = R"sql(
  -- journals.native_creditor
  SELECT x.number, x.identifier, x.name, x.iban, x.bic, x.account, x.recorded_at, w.name
    FROM creditor x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.number > $2 AND x.number <= $3
   ORDER BY x.number
)sql";

constexpr const char* insert_creditor_sql = R"sql(
  -- journals.restore_creditor
  INSERT INTO creditor (node_id, number, identifier, name, iban, bic, account, recorded_at, recorded_by)
  SELECT $1, r.number, r.identifier, r.name, r.iban, r.bic, r.account, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (number int, identifier text, name text, iban text, bic text,
           account text, recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements creditor_rows{read_creditor_sql, insert_creditor_sql};

constexpr const char* read_mandate_sql = R"sql(
  -- journals.native_mandate
  SELECT x.id, p.number, x.reference, x.scheme, x.use, x.signed_on, x.recorded_at, w.name
    FROM mandate x
    JOIN party p ON p.node_id = x.node_id AND p.id = x.party_id
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.id > $2 AND x.id <= $3
   ORDER BY x.id
)sql";

constexpr const char* insert_mandate_sql = R"sql(
  -- journals.restore_mandate
  INSERT INTO mandate (node_id, id, party_id, reference, scheme, use, signed_on, recorded_at, recorded_by)
  SELECT $1, r.id, p.id, r.reference, r.scheme, r.use, r.signed_on, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (id int, member text, reference text, scheme text, use text,
           signed_on date, recorded_at timestamptz, recorded_by text)
    JOIN party p ON p.node_id = $1 AND p.number = r.member
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements mandate_rows{read_mandate_sql, insert_mandate_sql};

constexpr const char* read_mandate_account_sql = R"sql(
  -- journals.native_mandate_account
  SELECT x.mandate_id, x.number, x.iban, x.bic, x.name, x.town, x.country, x.street, x.recorded_at
    FROM mandate_account x
   WHERE x.node_id = $1 AND x.mandate_id > $2 AND x.mandate_id <= $3
   ORDER BY x.mandate_id, x.number
)sql";

constexpr const char* insert_mandate_account_sql = R"sql(
  -- journals.restore_mandate_account
  INSERT INTO mandate_account (node_id, mandate_id, number, party_id, iban, bic, name, town, country, street,
    recorded_at)
  SELECT $1, r.mandate, r.number, m.party_id, r.iban, r.bic, r.name, r.town, r.country, r.street,
         r.recorded_at
    FROM jsonb_to_recordset($2::jsonb) AS r (mandate int, number int, iban text, bic text, name text,
           town text, country text, street text, recorded_at timestamptz)
    JOIN mandate m ON m.node_id = $1 AND m.id = r.mandate
)sql";

constexpr RowStatements mandate_account_rows{read_mandate_account_sql, insert_mandate_account_sql};

constexpr const char* read_mandate_change_sql = R"sql(
  -- journals.native_mandate_change
  SELECT x.mandate_id, x.number, x.kind, x.on_day, x.sequence, x.code, x.account_number, x.collection_number,
         x.line, x.reason, x.recorded_at, w.name
    FROM mandate_change x
    LEFT JOIN user_account w ON w.id = x.recorded_by
   WHERE x.node_id = $1 AND x.mandate_id > $2 AND x.mandate_id <= $3
   ORDER BY x.mandate_id, x.number
)sql";

constexpr const char* insert_mandate_change_sql = R"sql(
  -- journals.restore_mandate_change
  INSERT INTO mandate_change (node_id, mandate_id, number, kind, on_day, sequence, code, account_number,
    collection_number, line, reason, recorded_at, recorded_by)
  SELECT $1, r.mandate, r.number, r.change, r.on_day, r.sequence, r.code, r.account, r.collection, r.line,
         r.reason, r.recorded_at, w.id
    FROM jsonb_to_recordset($2::jsonb) AS r (mandate int, number int, change text, on_day date,
           sequence text, code text, account int, collection int, line int, reason text,
           recorded_at timestamptz, recorded_by text)
    LEFT JOIN user_account w ON w.name = r.recorded_by
)sql";

constexpr RowStatements mandate_change_rows{read_mandate_change_sql, insert_mandate_change_sql};

constexpr NamedStatements mandate_kinds[] = {
    {"creditor", creditor_rows},
    {"mandate", mandate_rows},
    {"mandate_account", mandate_account_rows},
    {"mandate_change", mandate_change_rows},
};

}  // namespace

std::span<const NamedStatements> mandate_statements() { return mandate_kinds; }

}  // namespace coop::journals
