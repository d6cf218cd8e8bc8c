#include "ledger/funds/spending_rule_store.hpp"

namespace coop::funds {

constexpr const char* read_spending_rules_sql = R"sql(
  -- funds.read_spending_rules
  SELECT r.number, r.kind, r.from_on, r.unit_id, f.code, r.one_from_minor, r.two_from_minor,
         r.needed_from_minor, coalesce(r.body, ''), r.level, r.up_to_minor, r.decision, r.recorded_at, w.name
    FROM spending_rule r
    LEFT JOIN dimension f ON f.node_id = r.node_id AND f.id = r.fund_id
    LEFT JOIN user_account w ON w.id = r.recorded_by
   WHERE r.node_id = $1 AND r.number > $2
   ORDER BY r.number
   LIMIT $3
)sql";

std::vector<SpendingRule> read_spending_rules(Tx& tx, NodeId node,
                                              const std::optional<SpendingRulePage>& page) {
  const int after = page ? page->after : 0;
  const auto limit = page ? std::optional{page->limit} : std::optional<int>{};
  std::vector<SpendingRule> rules;
  for (const Row row : rows(tx, read_spending_rules_sql, node, after, limit)) {
    SpendingRuleDraft draft{.kind = spending_rule_kind_from(row.text(1)),
                            .from_on = row.day(2),
                            .unit = row.id<UnitId>(3),
                            .fund = row.maybe_string(4),
                            .one_from = row.maybe_int64(5),
                            .two_from = row.maybe_int64(6),
                            .needed_from = row.maybe_int64(7),
                            .body = row.string(8),
                            .up_to = row.maybe_int64(10),
                            .decision = row.string(11)};
    if (!row.is_null(9)) draft.level = body_level_from(row.text(9));
    rules.push_back({row.integer(0), std::move(draft), row.instant(12), row.maybe_string(13)});
  }
  return rules;
}

constexpr const char* insert_spending_rule_sql = R"sql(
  -- funds.insert_spending_rule
  INSERT INTO spending_rule (node_id, number, kind, from_on, unit_id, fund_id, one_from_minor, two_from_minor,
                             needed_from_minor, body, level, up_to_minor, decision, recorded_at, recorded_by)
  SELECT $1, coalesce(max(r.number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
    FROM spending_rule r
   WHERE r.node_id = $1
  RETURNING number
)sql";

int insert_spending_rule(Tx& tx, NodeId node, const SpendingRuleDraft& draft, std::optional<DimensionId> fund,
                         const books::Author& author) {
  const auto body = draft.body.empty() ? std::nullopt : std::optional{draft.body};
  const auto level =
      draft.level ? std::optional{std::string{text_of(*draft.level)}} : std::optional<std::string>{};
  return only_row(rows(tx, insert_spending_rule_sql, node, text_of(draft.kind), draft.from_on, draft.unit,
                       fund, draft.one_from, draft.two_from, draft.needed_from, body, level, draft.up_to,
                       draft.decision, author.now, author.user))
      .integer(0);
}

}  // namespace coop::funds
