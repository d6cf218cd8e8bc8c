#include "ledger/books/account_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

std::string joined(const std::vector<DimensionKind>& kinds) {
  std::string text;
  for (const DimensionKind kind : kinds) {
    if (!text.empty()) text += ',';
    text += text_of(kind);
  }
  return text;
}

std::vector<DimensionKind> split_kinds(std::string_view text) {
  std::vector<DimensionKind> kinds;
  while (!text.empty()) {
    const auto comma = text.find(',');
    kinds.push_back(dimension_kind_from(text.substr(0, comma)));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return kinds;
}

}  // namespace

// Ids go on from the node's last one: the head's lock makes that safe.
constexpr const char* insert_accounts_sql = R"sql(
  -- accounts.insert
  WITH asked AS (
    SELECT DISTINCT ON (l.path, l.unit_id) l.*
      FROM unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[],
        $9::date[])
             WITH ORDINALITY AS l (path, unit_id, type, title, required, lower_minor, upper_minor,
               opened_on, place)
     ORDER BY l.path, l.unit_id, l.place
  ), missing AS (
    SELECT a.*
      FROM asked a
     WHERE (SELECT x.id FROM account x WHERE x.node_id = $1 AND x.path = a.path
       AND x.unit_id = a.unit_id LIMIT 1) IS NULL
  ), numbered AS MATERIALIZED (
    SELECT m.*, (SELECT coalesce(max(id), 0) FROM account
           WHERE node_id = $1) + row_number() OVER (ORDER BY m.place) AS id
      FROM missing m
  ), new_account AS (
    INSERT INTO account (node_id, id, path, unit_id, type, title, required_dimensions, opened_on)
    SELECT $1, n.id, n.path, n.unit_id, n.type, n.title, string_to_array(n.required, ','), n.opened_on
           FROM numbered n
  )
  INSERT INTO account_balance (node_id, account_id, lower_limit_minor, upper_limit_minor)
  SELECT $1, n.id, n.lower_minor, n.upper_minor FROM numbered n
)sql";

int insert_accounts(Tx& tx, NodeId node, const std::vector<AccountDraft>& drafts,
                    const std::vector<Unit>& units) {
  SqlArray path, unit, type, title, required, lower, upper, opened;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const AccountDraft& draft = drafts[i];
    path.add(std::string_view{draft.path});
    unit.add(units.at(i).id);
    type.add(text_of(draft.type));
    title.add(std::string_view{draft.title});
    required.add(std::string_view{joined(draft.required)});
    lower.add(draft.limits.lower);
    upper.add(draft.limits.upper);
    opened.add(draft.opened_on);
  }
  return rows(tx, insert_accounts_sql, node, path.value(), unit.value(), type.value(), title.value(),
              required.value(), lower.value(), upper.value(), opened.value())
      .affected();
}

constexpr const char* find_accounts_sql = R"sql(
  -- accounts.find
  SELECT a.id, a.path, a.unit_id, a.type, a.title, array_to_string(a.required_dimensions, ','),
         a.opened_on, a.closed_on,
         b.lower_limit_minor, b.upper_limit_minor
    FROM account a
    JOIN account_balance b ON b.node_id = a.node_id AND b.account_id = a.id
    JOIN unit u ON u.id = a.unit_id
   WHERE a.node_id = $1 AND a.path = $2
   ORDER BY u.code
)sql";

std::vector<Account> find_accounts(Tx& tx, NodeId node, std::string_view path) {
  std::vector<Account> accounts;
  for (const Row row : rows(tx, find_accounts_sql, node, path)) {
    accounts.push_back(Account{row.id<AccountId>(0), row.string(1), row.id<UnitId>(2),
                               account_type_from(row.text(3)), row.string(4), split_kinds(row.text(5)),
                               Limits{row.maybe_int64(8), row.maybe_int64(9)}, row.day(6), row.maybe_day(7)});
  }
  return accounts;
}

constexpr const char* update_account_sql = R"sql(
  -- accounts.update
  UPDATE account SET title = $3, required_dimensions = string_to_array($4, ','), opened_on = $5,
         closed_on = $6
   WHERE node_id = $1 AND id = $2
)sql";

void update_account(Tx& tx, NodeId node, const Account& account) {
  rows(tx, update_account_sql, node, account.id, account.title, joined(account.required), account.opened_on,
       account.closed_on);
}

constexpr const char* update_opened_on_sql = R"sql(
  -- accounts.update_opened_on
  WITH asked AS (
    SELECT l.path, u.id AS unit_id, u.code, min(l.opened_on) AS opened_on
      FROM unnest($2::text[], $3::text[], $4::date[]) AS l (path, code, opened_on)
      JOIN unit u ON u.code = l.code
     GROUP BY l.path, u.id
  ), moved AS (
    UPDATE account a SET opened_on = asked.opened_on
      FROM asked
     WHERE a.node_id = $1 AND a.path = asked.path AND a.unit_id = asked.unit_id
       AND a.opened_on > asked.opened_on
    RETURNING a.id, a.path, asked.code, a.opened_on
  )
  SELECT m.path, m.code, m.opened_on FROM moved m ORDER BY m.id
)sql";

std::vector<MovedAccount> update_opened_on(Tx& tx, NodeId node, const std::vector<AccountDraft>& drafts) {
  SqlArray path, unit, opened;
  for (const AccountDraft& draft : drafts) {
    path.add(std::string_view{draft.path});
    unit.add(std::string_view{draft.unit});
    opened.add(draft.opened_on);
  }
  std::vector<MovedAccount> moved;
  for (const Row row : rows(tx, update_opened_on_sql, node, path.value(), unit.value(), opened.value()))
    moved.push_back({row.string(0), row.string(1), row.day(2)});
  return moved;
}

constexpr const char* update_limits_sql = R"sql(
  -- accounts.update_limits
  UPDATE account_balance SET lower_limit_minor = $3, upper_limit_minor = $4 WHERE node_id = $1
    AND account_id = $2
)sql";

void update_limits(Tx& tx, NodeId node, AccountId account, const Limits& limits) {
  rows(tx, update_limits_sql, node, account, limits.lower, limits.upper);
}

constexpr const char* last_posting_day_sql = R"sql(
  -- accounts.last_posting_day
  SELECT max(booked_on) FROM posting WHERE node_id = $1 AND account_id = $2
)sql";

std::optional<Day> find_last_posting_day(Tx& tx, NodeId node, AccountId account) {
  return only_row(rows(tx, last_posting_day_sql, node, account)).maybe_day(0);
}

constexpr const char* lock_balance_sql = R"sql(
  -- accounts.lock_balance
  SELECT balance_minor, held_debit_minor, held_credit_minor
    FROM account_balance WHERE node_id = $1 AND account_id = $2 FOR NO KEY UPDATE
)sql";

LockedBalance lock_balance(Tx& tx, NodeId node, AccountId account) {
  const auto row = only_row(rows(tx, lock_balance_sql, node, account));
  return LockedBalance{row.int64(0), row.int64(1), row.int64(2)};
}

constexpr const char* insert_dimensions_sql = R"sql(
  -- dimensions.insert
  INSERT INTO dimension (node_id, id, kind, code, name)
  SELECT $1, (SELECT coalesce(max(id), 0) FROM dimension
         WHERE node_id = $1) + row_number() OVER (ORDER BY d.place),
         d.kind, d.code, d.name
    FROM (SELECT DISTINCT ON (l.kind, l.code) l.*
            FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS l (kind, code, name, place)
           ORDER BY l.kind, l.code, l.place) d
   WHERE NOT EXISTS (SELECT FROM dimension x WHERE x.node_id = $1 AND x.kind = d.kind AND x.code = d.code)
)sql";

int insert_dimensions(Tx& tx, NodeId node, const std::vector<Dimension>& dimensions) {
  SqlArray kind, code, name;
  for (const Dimension& dimension : dimensions) {
    kind.add(text_of(dimension.kind));
    code.add(std::string_view{dimension.code});
    name.add(std::string_view{dimension.name});
  }
  return rows(tx, insert_dimensions_sql, node, kind.value(), code.value(), name.value()).affected();
}

constexpr const char* read_dimensions_sql = R"sql(
  -- dimensions.list
  SELECT id, kind, code, name
    FROM dimension
   WHERE node_id = $1 AND kind = $2 AND code > $3
   ORDER BY code
   LIMIT $4
)sql";

std::vector<Dimension> read_dimension_rows(Tx& tx, NodeId node, DimensionKind kind, const std::string& after,
                                           int limit) {
  std::vector<Dimension> dimensions;
  for (const Row row : rows(tx, read_dimensions_sql, node, text_of(kind), after, limit)) {
    dimensions.push_back(
        {row.id<DimensionId>(0), dimension_kind_from(row.text(1)), row.string(2), row.string(3)});
  }
  return dimensions;
}

constexpr const char* is_party_sql = R"sql(
  -- dimensions.is_party
  SELECT count(*) FROM party WHERE node_id = $1 AND number = $2
)sql";

bool is_party(Tx& tx, NodeId node, std::string_view code) {
  return only_row(rows(tx, is_party_sql, node, code)).int64(0) > 0;
}

constexpr const char* update_dimension_name_sql = R"sql(
  -- dimensions.update_name
  UPDATE dimension SET name = $4
   WHERE node_id = $1 AND kind = $2 AND code = $3
  RETURNING id, code
)sql";

std::optional<Dimension> update_dimension_name(Tx& tx, NodeId node, DimensionKind kind, std::string_view code,
                                               std::string_view name) {
  const Rows changed = rows(tx, update_dimension_name_sql, node, text_of(kind), code, name);
  if (changed.empty()) return std::nullopt;
  return Dimension{changed[0].id<DimensionId>(0), kind, changed[0].string(1), std::string{name}};
}

}  // namespace coop::books
