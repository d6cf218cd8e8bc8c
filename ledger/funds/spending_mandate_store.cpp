#include "ledger/funds/spending_mandate_store.hpp"

#include <map>

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
  SELECT s.mandate_number, s.number, s.kind, s.on_day, coalesce(s.amount_minor, 0), s.minutes, s.entry_number,
         coalesce(p.number, ''), s.draw, coalesce(s.words, ''), s.recorded_at, s.recorded_by, w.name
    FROM spending_step s
    LEFT JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
    LEFT JOIN user_account w ON w.id = s.recorded_by
   WHERE s.node_id = $1 AND s.mandate_number = ANY ($2::int[])
   ORDER BY s.mandate_number, s.number
)sql";

using MandatesByNumber = std::map<int, SpendingMandate*>;

void read_steps(Tx& tx, NodeId node, const SqlArray& numbers, const MandatesByNumber& mandates) {
  for (const Row row : rows(tx, read_spending_steps_sql, node, numbers.value()))
    mandates.at(row.integer(0))
        ->steps.push_back({row.integer(1), spending_step_kind_from(row.text(2)), row.day(3), row.int64(4),
                           number_if_any(row, 5), id_if_any<EntryNumber>(row, 6), row.string(7),
                           number_if_any(row, 8), row.string(9), row.instant(10), id_if_any<UserId>(row, 11),
                           row.maybe_string(12)});
}

constexpr const char* read_mandate_orders_sql = R"sql(
  -- funds.read_mandate_orders
  SELECT m.number, o.disbursement, o.order_number, o.minor, o.minutes, o.entry
    FROM unnest($2::int[]) AS m (number)
   CROSS JOIN LATERAL live_orders_of_mandate($1::int, m.number) o
   ORDER BY m.number, o.disbursement, o.order_number
)sql";

void read_mandate_orders(Tx& tx, NodeId node, const SqlArray& numbers, const MandatesByNumber& mandates) {
  for (const Row row : rows(tx, read_mandate_orders_sql, node, numbers.value()))
    mandates.at(row.integer(0))
        ->orders.push_back({row.integer(1), row.integer(2), row.int64(3), number_if_any(row, 4),
                            id_if_any<EntryNumber>(row, 5)});
}

constexpr const char* read_mandate_runs_sql = R"sql(
  -- funds.read_mandate_runs
  SELECT m.number, r.run, r.minor, r.minutes, r.is_posted, r.entry
    FROM unnest($2::int[]) AS m (number)
   CROSS JOIN LATERAL live_runs_of_mandate($1::int, m.number) r
   ORDER BY m.number, r.run
)sql";

void read_mandate_runs(Tx& tx, NodeId node, const SqlArray& numbers, const MandatesByNumber& mandates) {
  for (const Row row : rows(tx, read_mandate_runs_sql, node, numbers.value()))
    mandates.at(row.integer(0))
        ->runs.push_back({row.integer(1), row.int64(2), number_if_any(row, 3), row.boolean(4),
                          id_if_any<EntryNumber>(row, 5)});
}

constexpr const char* read_spending_mandates_sql = R"sql(
  -- funds.read_mandates
  SELECT m.number, m.body, m.level, m.purpose, m.fund_id, f.code, m.cost_object_id, coalesce(c.code, ''),
         m.unit_id, m.amount_minor, m.minutes_a_month, m.rate_minor, m.months, m.from_on, m.until_on,
         m.decision, m.recorded_at, w.name, m.recorded_by, m.rules, m.approvals, m.ruled_on
    FROM spending_mandate m
    JOIN dimension f ON f.node_id = m.node_id AND f.id = m.fund_id
    LEFT JOIN dimension c ON c.node_id = m.node_id AND c.id = m.cost_object_id
    LEFT JOIN user_account w ON w.id = m.recorded_by
   WHERE m.node_id = $1 AND m.number = ANY ($2::int[])
   ORDER BY m.number DESC
)sql";

SpendingMandate mandate_from(const Row& row) {
  SpendingMandate mandate{.number = row.id<SpendingMandateNumber>(0),
                          .body = row.string(1),
                          .level = body_level_from(row.text(2)),
                          .purpose = row.string(3),
                          .fund_id = row.id<DimensionId>(4),
                          .fund = row.string(5),
                          .cost_object_id = id_if_any<DimensionId>(row, 6),
                          .cost_object = row.string(7),
                          .unit = row.id<UnitId>(8),
                          .minor = row.int64(9),
                          .hours = std::nullopt,
                          .from_on = row.day(13),
                          .until_on = row.day(14),
                          .decision = row.string(15),
                          .recorded_at = row.instant(16),
                          .recorded_by_name = row.maybe_string(17),
                          .recorded_by = id_if_any<UserId>(row, 18),
                          .rules = row.integer(19),
                          .approvals = row.integer(20),
                          .ruled_on = row.maybe_day(21)};
  if (!row.is_null(10)) mandate.hours = HoursGrant{row.integer(10), row.int64(11), row.integer(12)};
  return mandate;
}

// The mandates of these numbers with all that became of them, the newest first: four questions in all.
std::vector<SpendingMandate> read_mandates(Tx& tx, NodeId node, const SqlArray& numbers) {
  std::vector<SpendingMandate> mandates;
  for (const Row row : rows(tx, read_spending_mandates_sql, node, numbers.value()))
    mandates.push_back(mandate_from(row));
  MandatesByNumber by_number;
  for (SpendingMandate& one : mandates) by_number.emplace(one.number.number(), &one);
  read_steps(tx, node, numbers, by_number);
  read_mandate_orders(tx, node, numbers, by_number);
  read_mandate_runs(tx, node, numbers, by_number);
  return mandates;
}

}  // namespace

std::optional<SpendingMandate> find_spending_mandate(Tx& tx, NodeId node, SpendingMandateNumber number) {
  SqlArray one;
  one.add(number);
  std::vector<SpendingMandate> found = read_mandates(tx, node, one);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
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
                                decision, recorded_at, recorded_by, rules, approvals, ruled_on)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
)sql";

void insert_spending_mandate(Tx& tx, NodeId node, const SpendingMandate& mandate,
                             const books::Author& author) {
  const auto& hours = mandate.hours;
  rows(tx, insert_spending_mandate_sql, node, mandate.number, mandate.body, text_of(mandate.level),
       mandate.purpose, mandate.fund_id, mandate.cost_object_id, mandate.unit, mandate.minor,
       hours ? std::optional{hours->minutes_a_month} : std::nullopt,
       hours ? std::optional{hours->rate_minor} : std::nullopt,
       hours ? std::optional{hours->months} : std::nullopt, mandate.from_on, mandate.until_on,
       mandate.decision, author.now, author.user, mandate.rules, mandate.approvals, mandate.ruled_on);
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
  SELECT was_linked($1, $2, $3, $4, 'infinity')
)sql";

bool is_own_party(Tx& tx, NodeId node, PartyId party, UserId user, Instant since) {
  return only_row(rows(tx, is_own_party_sql, node, party, user, since)).boolean(0);
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
                     THEN 'recalled'
                     WHEN m.approvals > (SELECT count(*) FROM spending_step s
                        WHERE s.node_id = m.node_id AND s.mandate_number = m.number AND s.kind = 'approved')
                     THEN 'pending' WHEN $4::date < m.from_on THEN 'upcoming'
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
  SqlArray numbers;
  for (const Row row : rows(tx, list_spending_mandates_sql, node, filter.fund, state, filter.today,
                            filter.before, filter.limit))
    numbers.add(row.integer(0));
  return read_mandates(tx, node, numbers);
}

}  // namespace coop::funds
