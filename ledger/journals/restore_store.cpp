#include "ledger/journals/restore_store.hpp"

#include "ledger/books/chain.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

std::string_view bytes_of(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::optional<UserId> id_of(const std::optional<std::string>& name, const RestoredIds& ids) {
  if (!name) return std::nullopt;
  return ids.users.at(*name);
}

}  // namespace

constexpr const char* require_restored_unit_sql = R"sql(
  -- journals.restore_unit
  WITH added AS (
    INSERT INTO unit (code, name, scale, origin) VALUES ($1, $2, $3, $4)
    ON CONFLICT (code) DO NOTHING
    RETURNING id, scale
  )
  SELECT id, scale FROM added
  UNION ALL
  SELECT id, scale FROM unit WHERE code = $1 AND NOT EXISTS (SELECT FROM added)
)sql";

UnitId require_restored_unit(Tx& tx, const NativeUnit& unit) {
  const Rows found = rows(tx, require_restored_unit_sql, unit.code, unit.name, unit.scale, unit.origin);
  const Row row = only_row(found);
  if (row.integer(1) != unit.scale) {
    throw Refused{Refusal::import_contradicts,
                  "the unit " + unit.code + " has " + std::to_string(row.integer(1)) +
                      " decimals on this server and " + std::to_string(unit.scale) + " in the file"};
  }
  return row.id<UnitId>(0);
}

constexpr const char* require_restored_user_sql = R"sql(
  -- journals.restore_user
  WITH added AS (
    INSERT INTO user_account (name, title, created_at, closed_at) VALUES ($1, $1, $2, $2)
    ON CONFLICT (name) DO NOTHING
    RETURNING id
  )
  SELECT id FROM added
  UNION ALL
  SELECT id FROM user_account WHERE name = $1 AND NOT EXISTS (SELECT FROM added)
)sql";

UserId require_restored_user(Tx& tx, const std::string& name, Instant now) {
  return only_row(rows(tx, require_restored_user_sql, name, now)).id<UserId>(0);
}

constexpr const char* insert_restored_node_sql = R"sql(
  -- journals.restore_node
  WITH new_node AS (
    INSERT INTO node (name, title, base_unit_id, country, time_zone, fiscal_month, fiscal_day, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (name) DO NOTHING
    RETURNING id
  )
  INSERT INTO book_head (node_id, last_hash) SELECT id, $9 FROM new_node
  RETURNING node_id
)sql";

NodeId insert_restored_node(Tx& tx, const NativeHead& head, UnitId base_unit) {
  const Hash first = books::first_link_of(head.node);
  const Rows added =
      rows(tx, insert_restored_node_sql, head.node, head.title, base_unit, head.country, head.time_zone,
           head.fiscal_month, head.fiscal_day, head.recorded_at, Bytes{bytes_of(first)});
  if (added.empty()) {
    throw Refused{Refusal::node_exists,
                  "there is a node " + head.node + " already; books are restored as a new node"};
  }
  return added[0].id<NodeId>(0);
}

constexpr const char* insert_restored_dimensions_sql = R"sql(
  -- journals.restore_dimensions
  INSERT INTO dimension (node_id, id, kind, code, name, recorded_at)
  SELECT $1, d.* FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) AS d
)sql";

void insert_restored(Tx& tx, NodeId node, const std::vector<NativeDimension>& dimensions) {
  SqlArray id, kind, code, name, recorded_at;
  for (const NativeDimension& row : dimensions) {
    id.add(row.id);
    kind.add(books::text_of(row.dimension));
    code.add(std::string_view{row.code});
    name.add(std::string_view{row.name});
    recorded_at.add(row.recorded_at);
  }
  rows(tx, insert_restored_dimensions_sql, node, id.value(), kind.value(), code.value(), name.value(),
       recorded_at.value());
}

constexpr const char* insert_restored_accounts_sql = R"sql(
  -- journals.restore_accounts
  INSERT INTO account (node_id, id, path, unit_id, type, title, required_dimensions, opened_on, closed_on,
         recorded_at)
  SELECT $1, a.id, a.path, a.unit_id, a.type, a.title, string_to_array(a.required, ','), a.opened_on,
         a.closed_on,
         a.recorded_at
    FROM unnest($2::int[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[], $8::date[], $9::date[],
                $10::timestamptz[])
           AS a (id, path, unit_id, type, title, required, opened_on, closed_on, recorded_at)
)sql";

void insert_restored(Tx& tx, NodeId node, const std::vector<NativeAccount>& accounts,
                     const RestoredIds& ids) {
  SqlArray id, path, unit, type, title, required, opened_on, closed_on, recorded_at;
  for (const NativeAccount& account : accounts) {
    std::string kinds;
    for (const books::DimensionKind kind : account.required) {
      kinds += (kinds.empty() ? "" : ",") + std::string{books::text_of(kind)};
    }
    id.add(account.id);
    path.add(std::string_view{account.path});
    unit.add(ids.units.at(account.unit));
    type.add(books::text_of(account.type));
    title.add(std::string_view{account.title});
    required.add(std::string_view{kinds});
    opened_on.add(account.opened_on);
    closed_on.add(account.closed_on);
    recorded_at.add(account.recorded_at);
  }
  rows(tx, insert_restored_accounts_sql, node, id.value(), path.value(), unit.value(), type.value(),
       title.value(), required.value(), opened_on.value(), closed_on.value(), recorded_at.value());
}

constexpr const char* insert_restored_checkpoints_sql = R"sql(
  -- journals.restore_checkpoints
  INSERT INTO checkpoint (node_id, entry_number, hash, made_at, key_id, public_key, signature)
  SELECT $1, c.number, c.hash, c.made_at, c.key_id, decode(c.public_key, 'hex'), decode(c.signature, 'hex')
    FROM unnest($2::bigint[], $3::bytea[], $4::timestamptz[], $5::text[], $6::text[], $7::text[])
           AS c (number, hash, made_at, key_id, public_key, signature)
)sql";

void insert_restored(Tx& tx, NodeId node, const std::vector<NativeCheckpoint>& checkpoints) {
  SqlArray number, hash, made_at, key_id, public_key, signature;
  for (const NativeCheckpoint& checkpoint : checkpoints) {
    number.add(checkpoint.entry);
    hash.add(Bytes{bytes_of(checkpoint.hash)});
    made_at.add(checkpoint.made_at);
    key_id.add(std::string_view{checkpoint.key_id});
    public_key.add(std::string_view{checkpoint.public_key});
    signature.add(std::string_view{checkpoint.signature});
  }
  rows(tx, insert_restored_checkpoints_sql, node, number.value(), hash.value(), made_at.value(),
       key_id.value(), public_key.value(), signature.value());
}

constexpr const char* insert_restored_hold_ends_sql = R"sql(
  -- journals.restore_hold_ends
  INSERT INTO hold_end (node_id, hold_number, kind, ended_at, ended_by, entry_number)
  SELECT $1, e.* FROM unnest($2::bigint[], $3::text[], $4::timestamptz[], $5::int[], $6::bigint[]) AS e
)sql";

void insert_restored(Tx& tx, NodeId node, const std::vector<NativeHoldEnd>& ends, const RestoredIds& ids) {
  SqlArray hold, kind, ended_at, ended_by, entry;
  for (const NativeHoldEnd& end : ends) {
    hold.add(end.hold);
    kind.add(std::string_view{end.end});
    ended_at.add(end.ended_at);
    ended_by.add(id_of(end.ended_by, ids));
    entry.add(end.entry);
  }
  rows(tx, insert_restored_hold_ends_sql, node, hold.value(), kind.value(), ended_at.value(),
       ended_by.value(), entry.value());
}

constexpr const char* insert_restored_lock_sql = R"sql(
  -- journals.restore_lock
  INSERT INTO period_lock (node_id, number, kind, through_on, reason, locked_by, locked_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql";

void insert_restored(Tx& tx, NodeId node, const std::vector<NativeLock>& locks, const RestoredIds& ids) {
  for (const NativeLock& lock : locks) {
    rows(tx, insert_restored_lock_sql, node, lock.number, books::text_of(lock.lock), lock.through_on,
         lock.reason, id_of(lock.locked_by, ids), lock.locked_at);
  }
}

constexpr const char* insert_restored_unlock_sql = R"sql(
  -- journals.restore_unlock
  INSERT INTO period_unlock (node_id, lock_number, reason, lifted_by, lifted_at) VALUES ($1, $2, $3, $4, $5)
)sql";

void insert_restored(Tx& tx, NodeId node, const std::vector<NativeUnlock>& unlocks, const RestoredIds& ids) {
  for (const NativeUnlock& unlock : unlocks) {
    rows(tx, insert_restored_unlock_sql, node, unlock.lock, unlock.reason, id_of(unlock.lifted_by, ids),
         unlock.lifted_at);
  }
}

constexpr const char* insert_restored_events_sql = R"sql(
  -- journals.restore_events
  INSERT INTO event (node_id, number, recorded_at, kind, first_entry, last_entry, body)
  SELECT $1, e.number, e.recorded_at, e.kind, e.first_entry, e.last_entry, e.body::jsonb
    FROM unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::bigint[], $6::bigint[], $7::text[])
           AS e (number, recorded_at, kind, first_entry, last_entry, body)
)sql";

void insert_restored(Tx& tx, NodeId node, const std::vector<NativeEvent>& events) {
  SqlArray number, recorded_at, kind, first_entry, last_entry, body;
  for (const NativeEvent& event : events) {
    number.add(event.number);
    recorded_at.add(event.recorded_at);
    kind.add(std::string_view{event.event});
    first_entry.add(event.first_entry);
    last_entry.add(event.last_entry);
    body.add(event.body ? std::optional<std::string_view>{*event.body} : std::nullopt);
  }
  rows(tx, insert_restored_events_sql, node, number.value(), recorded_at.value(), kind.value(),
       first_entry.value(), last_entry.value(), body.value());
}

constexpr const char* insert_restored_answers_sql = R"sql(
  -- journals.restore_answers
  INSERT INTO request_answer (node_id, request_key, content_hash, status, body, recorded_at)
  SELECT $1, a.* FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::timestamptz[]) AS a
)sql";

void insert_restored(Tx& tx, NodeId node, const std::vector<NativeAnswer>& answers) {
  SqlArray key, content, status, body, recorded_at;
  for (const NativeAnswer& answer : answers) {
    key.add_bare(answer.request_key);
    content.add_bare(answer.content_hash);
    status.add(answer.status);
    body.add(std::string_view{answer.body});
    recorded_at.add(answer.recorded_at);
  }
  rows(tx, insert_restored_answers_sql, node, key.value(), content.value(), status.value(), body.value(),
       recorded_at.value());
}

// All months were written to period_total; the newest of each account belongs into its balance row.
constexpr const char* insert_restored_balances_sql = R"sql(
  -- journals.restore_balances
  WITH newest AS (
    DELETE FROM period_total t
     WHERE t.node_id = $1
       AND t.month = (SELECT max(x.month) FROM period_total x WHERE x.node_id = $1
         AND x.account_id = t.account_id)
    RETURNING t.account_id, t.month, t.debit_minor, t.credit_minor
  )
  INSERT INTO account_balance (node_id, account_id, balance_minor, held_debit_minor, held_credit_minor,
         posting_count,
                               lower_limit_minor, upper_limit_minor, newest_month, newest_debit_minor,
                               newest_credit_minor)
  SELECT $1, b.*, n.month, coalesce(n.debit_minor, 0), coalesce(n.credit_minor, 0)
    FROM unnest($2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
           AS b (account_id, balance_minor, held_debit, held_credit, posting_count, lower_minor, upper_minor)
    LEFT JOIN newest n ON n.account_id = b.account_id
)sql";

constexpr const char* insert_restored_years_sql = R"sql(
  -- journals.restore_years
  INSERT INTO year_total (node_id, account_id, year, debit_minor, credit_minor)
  SELECT node_id, account_id, month / 12, sum(debit_minor), sum(credit_minor)
    FROM period_total
   WHERE node_id = $1
   GROUP BY node_id, account_id, month / 12
)sql";

void insert_restored_balances(Tx& tx, NodeId node, const std::map<int, NativeStanding>& standings) {
  SqlArray id, balance, held_debit, held_credit, count, lower, upper;
  for (const auto& [account, standing] : standings) {
    id.add(account);
    balance.add(standing.balance_minor);
    held_debit.add(standing.held_debit_minor);
    held_credit.add(standing.held_credit_minor);
    count.add(standing.posting_count);
    lower.add(standing.account.limits.lower);
    upper.add(standing.account.limits.upper);
  }
  rows(tx, insert_restored_balances_sql, node, id.value(), balance.value(), held_debit.value(),
       held_credit.value(), count.value(), lower.value(), upper.value());
  rows(tx, insert_restored_years_sql, node);
}

constexpr const char* update_restored_head_sql = R"sql(
  -- journals.restore_head
  UPDATE book_head
     SET last_number = $2, last_hash = $3, last_recorded_at = coalesce($4, last_recorded_at), last_hold = $5,
         last_event = $6,
         next_hold_expiry = (SELECT min(h.expires_at)
                               FROM hold h
                              WHERE h.node_id = $1
                                AND NOT EXISTS (SELECT FROM hold_end e
                                                 WHERE e.node_id = h.node_id AND e.hold_number = h.number))
   WHERE node_id = $1
)sql";

void update_restored_head(Tx& tx, NodeId node, const RestoredHead& head) {
  rows(tx, update_restored_head_sql, node, head.last_number, Bytes{bytes_of(head.last_hash)},
       head.last_recorded_at, head.last_hold, head.last_event);
}

}  // namespace coop::journals
