#include "ledger/funds/spending_mandate_store.hpp"

namespace coop::funds {

namespace {

std::optional<std::string> step_text(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{text};
}

template <class SomeId>
std::optional<SomeId> id_if_any(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.id<SomeId>(column);
}

std::optional<int> number_if_any(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.integer(column);
}

constexpr const char* read_spending_steps_sql = R"sql(
  -- funds.read_steps
  SELECT s.number, s.kind, s.on_day, coalesce(s.amount_minor, 0), s.minutes, s.entry_number,
         coalesce(p.number, ''), s.draw, coalesce(s.words, ''), s.recorded_at, w.name
    FROM spending_step s
    LEFT JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
    LEFT JOIN user_account w ON w.id = s.recorded_by
   WHERE s.node_id = $1 AND s.mandate_number = $2
   ORDER BY s.number
)sql";

std::vector<SpendingStep> read_steps(Tx& tx, NodeId node, SpendingMandateNumber mandate) {
  std::vector<SpendingStep> steps;
  for (const Row row : rows(tx, read_spending_steps_sql, node, mandate))
    steps.push_back({row.integer(0), spending_step_kind_from(row.text(1)), row.day(2), row.int64(3),
                     number_if_any(row, 4), id_if_any<EntryNumber>(row, 5), row.string(6),
                     number_if_any(row, 7), row.string(8), row.instant(9), row.maybe_string(10)});
  return steps;
}

constexpr const char* find_spending_mandate_sql = R"sql(
  -- funds.find_mandate
  SELECT m.body, m.level, m.purpose, m.fund_id, f.code, m.cost_object_id, coalesce(c.code, ''), m.unit_id,
         m.amount_minor, m.minutes_a_month, m.rate_minor, m.months, m.from_on, m.until_on, m.decision,
         m.recorded_at, w.name
    FROM spending_mandate m
    JOIN dimension f ON f.node_id = m.node_id AND f.id = m.fund_id
    LEFT JOIN dimension c ON c.node_id = m.node_id AND c.id = m.cost_object_id
    LEFT JOIN user_account w ON w.id = m.recorded_by
   WHERE m.node_id = $1 AND m.number = $2
)sql";

}  // namespace

std::optional<SpendingMandate> find_spending_mandate(Tx& tx, NodeId node, SpendingMandateNumber number) {
  const Rows found = rows(tx, find_spending_mandate_sql, node, number);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  SpendingMandate mandate{number,
                          row.string(0),
                          body_level_from(row.text(1)),
                          row.string(2),
                          row.id<DimensionId>(3),
                          row.string(4),
                          id_if_any<DimensionId>(row, 5),
                          row.string(6),
                          row.id<UnitId>(7),
                          row.int64(8),
                          std::nullopt,
                          row.day(12),
                          row.day(13),
                          row.string(14),
                          row.instant(15),
                          row.maybe_string(16),
                          read_steps(tx, node, number)};
  if (!row.is_null(9)) mandate.hours = HoursGrant{row.integer(9), row.int64(10), row.integer(11)};
  return mandate;
}

constexpr const char* last_spending_mandate_sql = R"sql(
  -- funds.last_mandate
  SELECT coalesce(max(m.number), 0) FROM spending_mandate m WHERE m.node_id = $1
)sql";

int read_last_spending_mandate(Tx& tx, NodeId node) {
  return only_row(rows(tx, last_spending_mandate_sql, node)).integer(0);
}

constexpr const char* insert_spending_mandate_sql = R"sql(
  -- funds.insert_mandate
  INSERT INTO spending_mandate (node_id, number, body, level, purpose, fund_id, cost_object_id, unit_id,
                                amount_minor, minutes_a_month, rate_minor, months, from_on, until_on,
                                decision, recorded_at, recorded_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
)sql";

void insert_spending_mandate(Tx& tx, NodeId node, const SpendingMandate& mandate,
                             const books::Author& author) {
  const auto& hours = mandate.hours;
  rows(tx, insert_spending_mandate_sql, node, mandate.number, mandate.body, text_of(mandate.level),
       mandate.purpose, mandate.fund_id, mandate.cost_object_id, mandate.unit, mandate.minor,
       hours ? std::optional{hours->minutes_a_month} : std::nullopt,
       hours ? std::optional{hours->rate_minor} : std::nullopt,
       hours ? std::optional{hours->months} : std::nullopt, mandate.from_on, mandate.until_on,
       mandate.decision, author.now, author.user);
}

constexpr const char* insert_spending_step_sql = R"sql(
  -- funds.insert_step
  INSERT INTO spending_step (node_id, mandate_number, number, kind, on_day, amount_minor, minutes,
                             entry_number, party_id, draw, words, recorded_at, recorded_by)
  SELECT $1, $2, coalesce(max(s.number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
    FROM spending_step s
   WHERE s.node_id = $1 AND s.mandate_number = $2
)sql";

void insert_spending_step(Tx& tx, NodeId node, SpendingMandateNumber mandate, const NewSpendingStep& step,
                          const books::Author& author) {
  rows(tx, insert_spending_step_sql, node, mandate, text_of(step.kind), step.on_day, step.minor, step.minutes,
       step.entry, step.party, step.draw, step_text(step.words), author.now, author.user);
}

constexpr const char* find_entry_spending_sql = R"sql(
  -- funds.find_entry_spending
  SELECT e.booked_on,
         EXISTS (SELECT FROM entry r WHERE r.node_id = e.node_id AND r.reverses = e.number),
         spent_by_entry(e.node_id, e.number, $3, $4, $5), drawn_of_entry(e.node_id, e.number, $3),
         NOT EXISTS (SELECT FROM posting p
                       JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id AND a.unit_id = $4
                      WHERE p.node_id = e.node_id AND p.entry_number = e.number AND p.fund_id = $3)
         AND EXISTS (SELECT FROM posting p
                      WHERE p.node_id = e.node_id AND p.entry_number = e.number AND p.fund_id = $3)
    FROM entry e
   WHERE e.node_id = $1 AND e.number = $2
)sql";

std::optional<EntrySpending> find_entry_spending(Tx& tx, NodeId node, const SpendingMandate& mandate,
                                                 EntryNumber entry) {
  const Rows found =
      rows(tx, find_entry_spending_sql, node, entry, mandate.fund_id, mandate.unit, mandate.cost_object_id);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  return EntrySpending{row.day(0), row.boolean(1), row.int64(2), row.int64(3), row.boolean(4)};
}

constexpr const char* find_payee_sql = R"sql(
  -- funds.find_payee
  SELECT p.id FROM party p WHERE p.node_id = $1 AND p.number = $2
)sql";

std::optional<PartyId> find_payee(Tx& tx, NodeId node, const std::string& member) {
  const Rows found = rows(tx, find_payee_sql, node, member);
  if (found.empty()) return std::nullopt;
  return found[0].id<PartyId>(0);
}

constexpr const char* is_own_party_sql = R"sql(
  -- funds.is_own_party
  SELECT EXISTS (SELECT FROM party_user u WHERE u.node_id = $1 AND u.party_id = $2 AND u.user_id = $3)
)sql";

bool is_own_party(Tx& tx, NodeId node, PartyId party, UserId user) {
  return only_row(rows(tx, is_own_party_sql, node, party, user)).boolean(0);
}

namespace {

constexpr const char* list_spending_mandates_sql = R"sql(
  -- funds.list_mandates
  SELECT m.number
    FROM spending_mandate m
    JOIN dimension f ON f.node_id = m.node_id AND f.id = m.fund_id
   CROSS JOIN LATERAL (
         SELECT CASE WHEN EXISTS (SELECT FROM spending_step s
                        WHERE s.node_id = m.node_id AND s.mandate_number = m.number AND s.kind = 'recalled')
                     THEN 'recalled' WHEN $4::date < m.from_on THEN 'upcoming'
                     WHEN $4::date > m.until_on THEN 'over' ELSE 'open' END AS state) t
   WHERE m.node_id = $1 AND ($2::text IS NULL OR f.code = $2) AND ($3::text IS NULL OR t.state = $3)
     AND ($5::int IS NULL OR m.number < $5)
   ORDER BY m.number DESC
   LIMIT $6
)sql";

}  // namespace

std::vector<SpendingMandate> list_spending_mandates(Tx& tx, NodeId node,
                                                    const SpendingMandateFilter& filter) {
  const auto state =
      filter.state ? std::optional{std::string{text_of(*filter.state)}} : std::optional<std::string>{};
  std::vector<SpendingMandate> listed;
  for (const Row row : rows(tx, list_spending_mandates_sql, node, filter.fund, state, filter.today,
                            filter.before, filter.limit))
    listed.push_back(*find_spending_mandate(tx, node, row.id<SpendingMandateNumber>(0)));
  return listed;
}

}  // namespace coop::funds
