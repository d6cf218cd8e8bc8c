#include "ledger/costs/cost_pool_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::costs {

namespace {

constexpr const char* read_cost_participants_sql = R"sql(
  -- costs.read_participants
  SELECT c.term, c.kind, c.code, c.weight_millionths, c.fixed_minor
    FROM cost_participant c
   WHERE c.node_id = $1 AND c.pool_number = $2 AND c.term <= $3
   ORDER BY c.term, c.place
)sql";

void add_participants(Tx& tx, NodeId node, CostPool& pool) {
  const auto known = static_cast<int>(pool.terms.size());
  for (const Row row : rows(tx, read_cost_participants_sql, node, pool.number, known))
    pool.terms.at(static_cast<std::size_t>(row.integer(0) - 1))
        .participants.push_back(
            {{cost_party_kind_from(row.text(1)), row.string(2)}, row.maybe_int64(3), row.maybe_int64(4)});
}

constexpr const char* read_cost_terms_sql = R"sql(
  -- costs.read_terms
  SELECT t.term, t.from_on, t.until_on, t.title, t.rule_code, t.decision, t.recorded_at, w.name
    FROM cost_pool_term t
    LEFT JOIN user_account w ON w.id = t.recorded_by
   WHERE t.node_id = $1 AND t.pool_number = $2 AND ($3::timestamptz IS NULL OR t.recorded_at <= $3)
   ORDER BY t.term
)sql";

void add_terms(Tx& tx, NodeId node, CostPool& pool, std::optional<Instant> known_at) {
  for (const Row row : rows(tx, read_cost_terms_sql, node, pool.number, known_at))
    pool.terms.push_back({row.integer(0),
                          row.day(1),
                          row.maybe_day(2),
                          row.string(3),
                          row.string(4),
                          row.string(5),
                          {},
                          row.instant(6),
                          row.maybe_string(7)});
  add_participants(tx, node, pool);
}

}  // namespace

constexpr const char* read_cost_pools_sql = R"sql(
  -- costs.read_pools
  SELECT p.number, p.code, u.code, u.id, u.scale, x.path, c.path
    FROM cost_pool p
    JOIN unit u ON u.id = p.unit_id
    JOIN account x ON x.node_id = p.node_id AND x.id = p.expense_account_id
    JOIN account c ON c.node_id = p.node_id AND c.id = p.claims_account_id
   WHERE p.node_id = $1 AND ($2::text IS NULL OR p.code = $2) AND ($3::int IS NULL OR p.number = $3)
     AND p.code COLLATE "C" > $4 AND ($6::timestamptz IS NULL OR p.recorded_at <= $6)
   ORDER BY p.code COLLATE "C"
   LIMIT $5
)sql";

std::vector<CostPool> read_cost_pools(Tx& tx, NodeId node, const CostPoolFilter& filter) {
  std::vector<CostPool> pools;
  for (const Row row : rows(tx, read_cost_pools_sql, node, filter.code, filter.number, filter.after,
                            filter.most, filter.known_at))
    pools.push_back({row.id<CostPoolNumber>(0),
                     row.string(1),
                     row.string(2),
                     row.id<UnitId>(3),
                     row.integer(4),
                     row.string(5),
                     row.string(6),
                     {}});
  for (CostPool& pool : pools) add_terms(tx, node, pool, filter.known_at);
  return pools;
}

CostPool read_cost_pool(Tx& tx, NodeId node, const std::string& code, std::optional<Instant> known_at) {
  auto found = read_cost_pools(tx, node, {.code = code, .known_at = known_at});
  if (found.empty())
    throw Refused{Refusal::cost_pool_unknown, "there is no cost pool '" + code.substr(0, 40) + "'"};
  return std::move(found.front());
}

constexpr const char* insert_cost_pool_sql = R"sql(
  -- costs.insert_pool
  INSERT INTO cost_pool (node_id, number, code, unit_id, expense_account_id, claims_account_id, recorded_at,
                         recorded_by)
  SELECT $1, (SELECT coalesce(max(p.number), 0) + 1 FROM cost_pool p WHERE p.node_id = $1), $2, $3, x.id,
         c.id, $6, $7
    FROM account x
    JOIN account c ON c.node_id = $1 AND c.path = $5 AND c.unit_id = $3
   WHERE x.node_id = $1 AND x.path = $4 AND x.unit_id = $3
  RETURNING number
)sql";

CostPoolNumber insert_cost_pool(Tx& tx, NodeId node, const CostPoolDraft& draft, UnitId unit,
                                const books::Author& author) {
  return only_row(rows(tx, insert_cost_pool_sql, node, draft.code, unit, draft.expense, draft.claims,
                       author.now, author.user))
      .id<CostPoolNumber>(0);
}

namespace {

constexpr const char* insert_cost_participants_sql = R"sql(
  -- costs.insert_participants
  INSERT INTO cost_participant (node_id, pool_number, term, place, kind, code, weight_millionths, fixed_minor)
  SELECT $1, $2, $3, c.place, c.kind, c.code, c.weight, c.fixed
    FROM unnest($4::text[], $5::text[], $6::bigint[], $7::bigint[])
         WITH ORDINALITY AS c (kind, code, weight, fixed, place)
)sql";

constexpr const char* insert_cost_term_sql = R"sql(
  -- costs.insert_term
  INSERT INTO cost_pool_term (node_id, pool_number, term, from_on, until_on, title, rule_code, decision,
                              participants, recorded_at, recorded_by)
  SELECT $1, $2, coalesce(max(t.term), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10
    FROM cost_pool_term t
   WHERE t.node_id = $1 AND t.pool_number = $2
  RETURNING term
)sql";

}  // namespace

void insert_cost_term(Tx& tx, NodeId node, CostPoolNumber pool, const CostPoolDraft& draft,
                      const books::Author& author) {
  const int term = only_row(rows(tx, insert_cost_term_sql, node, pool, draft.from_on, draft.until_on,
                                 draft.title, draft.rule, draft.decision,
                                 static_cast<int>(draft.participants.size()), author.now, author.user))
                       .integer(0);
  SqlArray kind, code, weight, fixed;
  for (const CostParticipant& one : draft.participants) {
    kind.add(text_of(one.who.kind));
    code.add(one.who.code);
    weight.add(one.weight_millionths);
    fixed.add(one.fixed_minor);
  }
  rows(tx, insert_cost_participants_sql, node, pool, term, kind.value(), code.value(), weight.value(),
       fixed.value());
}

constexpr const char* has_circle_sql = R"sql(
  -- costs.has_circle
  SELECT EXISTS (SELECT FROM circle c WHERE c.node_id = $1 AND c.code = $2)
)sql";

bool has_circle(Tx& tx, NodeId node, const std::string& code) {
  return only_row(rows(tx, has_circle_sql, node, code)).boolean(0);
}

}  // namespace coop::costs
