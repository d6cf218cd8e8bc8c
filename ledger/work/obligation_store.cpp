#include "ledger/work/obligation_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::work {

namespace {

std::optional<int> int_if_any(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional{row.integer(column)};
}

template <class SomeId>
std::optional<SomeId> id_unless_null(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional{row.id<SomeId>(column)};
}

SqlArray ids_of(std::span<const members::Party> parties) {
  SqlArray ids;
  for (const members::Party& party : parties) ids.add(party.id);
  return ids;
}

}  // namespace

constexpr const char* list_obligations_sql = R"sql(
  -- obligations.list
  SELECT o.number, o.title, coalesce(c.code, ''), o.circle_id, o.from_on, o.until_on, o.minutes,
         o.amount_minor, o.unit_id, o.rate_minor, o.by_hours, o.by_money, o.by_kind, o.decision,
         (SELECT count(*) FROM obligation_member m
           WHERE m.node_id = o.node_id AND m.obligation_number = o.number),
         o.recorded_at, u.name, w.recorded_at, coalesce(w.reason, '')
    FROM obligation o
    LEFT JOIN circle c ON c.node_id = o.node_id AND c.id = o.circle_id
    LEFT JOIN obligation_withdrawal w ON w.node_id = o.node_id AND w.obligation_number = o.number
    LEFT JOIN user_account u ON u.id = o.recorded_by
   WHERE o.node_id = $1
     AND ($2::int IS NULL OR EXISTS (SELECT FROM obligation_member m WHERE m.node_id = o.node_id
                                        AND m.obligation_number = o.number AND m.party_id = $2))
     AND ($3::text IS NULL OR c.code = $3)
     AND ($4::date IS NULL OR $4 BETWEEN o.from_on AND o.until_on)
     AND ($5::int IS NULL OR o.number = $5)
     AND ($6::int IS NULL OR o.number < $6)
   ORDER BY o.number DESC
   LIMIT $7
)sql";

std::vector<Obligation> list_obligations(Tx& tx, NodeId node, const ObligationFilter& filter) {
  std::vector<Obligation> listed;
  for (const Row row : rows(tx, list_obligations_sql, node, filter.member, filter.circle, filter.on,
                            filter.only, filter.before, filter.limit))
    listed.push_back({.number = row.id<ObligationNumber>(0),
                      .terms = {.title = row.string(1),
                                .circle = row.string(2),
                                .from_on = row.day(4),
                                .until_on = row.day(5),
                                .minutes = int_if_any(row, 6),
                                .minor = row.maybe_int64(7),
                                .unit = id_unless_null<UnitId>(row, 8),
                                .rate_minor = row.maybe_int64(9),
                                .by_hours = row.boolean(10),
                                .by_money = row.boolean(11),
                                .by_kind = row.boolean(12),
                                .decision = row.string(13)},
                      .circle_id = id_unless_null<CircleId>(row, 3),
                      .members = row.integer(14),
                      .recorded_at = row.instant(15),
                      .recorded_by = row.maybe_string(16),
                      .withdrawn_at = row.maybe_instant(17),
                      .withdrawn_for = row.string(18)});
  return listed;
}

Obligation read_obligation(Tx& tx, NodeId node, ObligationNumber number) {
  auto found = list_obligations(tx, node, {.only = number, .limit = 1});
  if (found.empty())
    throw Refused{Refusal::obligation_unknown, "there is no obligation " + std::to_string(number.number())};
  return std::move(found.front());
}

constexpr const char* insert_obligation_sql = R"sql(
  -- obligations.insert
  INSERT INTO obligation (node_id, number, title, circle_id, from_on, until_on, minutes, amount_minor,
                          unit_id, rate_minor, by_hours, by_money, by_kind, decision, recorded_at,
                          recorded_by)
  SELECT $1, coalesce(max(o.number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
    FROM obligation o
   WHERE o.node_id = $1
  RETURNING number
)sql";

ObligationNumber insert_obligation(Tx& tx, NodeId node, const ObligationTerms& terms,
                                   std::optional<CircleId> circle, const books::Author& author) {
  return only_row(rows(tx, insert_obligation_sql, node, terms.title, circle, terms.from_on, terms.until_on,
                       terms.minutes, terms.minor, terms.unit, terms.rate_minor, terms.by_hours,
                       terms.by_money, terms.by_kind, terms.decision, author.now, author.user))
      .id<ObligationNumber>(0);
}

constexpr const char* read_who_owes_sql = R"sql(
  -- obligations.read_who_owes
  SELECT m.party_id
    FROM obligation_member m
   WHERE m.node_id = $1 AND m.obligation_number = $2 AND m.party_id = ANY ($3::int[])
   ORDER BY m.party_id
)sql";

std::vector<PartyId> read_who_owes(Tx& tx, NodeId node, ObligationNumber obligation,
                                   std::span<const members::Party> parties) {
  std::vector<PartyId> found;
  for (const Row row : rows(tx, read_who_owes_sql, node, obligation, ids_of(parties).value()))
    found.push_back(row.id<PartyId>(0));
  return found;
}

constexpr const char* find_overlapping_sql = R"sql(
  -- obligations.find_overlapping
  SELECT m.party_id, o.number
    FROM obligation_member m
    JOIN obligation o ON o.node_id = m.node_id AND o.number = m.obligation_number
   WHERE m.node_id = $1 AND m.party_id = ANY ($2::int[]) AND o.by_hours
     AND o.circle_id IS NOT DISTINCT FROM $3::int AND o.from_on <= $5 AND o.until_on >= $4
     AND NOT is_withdrawn_obligation(o.node_id, o.number)
   ORDER BY m.party_id, o.number
   LIMIT 1
)sql";

std::optional<OverlappingObligation> find_overlapping(Tx& tx, NodeId node,
                                                      std::span<const members::Party> parties,
                                                      const ObligationTerms& terms,
                                                      std::optional<CircleId> circle) {
  const Rows found =
      rows(tx, find_overlapping_sql, node, ids_of(parties).value(), circle, terms.from_on, terms.until_on);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  return OverlappingObligation{row.id<PartyId>(0), row.id<ObligationNumber>(1)};
}

constexpr const char* insert_obligation_members_sql = R"sql(
  -- obligations.insert_members
  INSERT INTO obligation_member (node_id, obligation_number, party_id, recorded_at, recorded_by)
  SELECT $1, $2, r.party_id, $4, $5 FROM unnest($3::int[]) AS r (party_id)
)sql";

void insert_obligation_members(Tx& tx, NodeId node, ObligationNumber obligation,
                               std::span<const members::Party> parties, const books::Author& author) {
  rows(tx, insert_obligation_members_sql, node, obligation, ids_of(parties).value(), author.now, author.user);
}

constexpr const char* insert_withdrawal_sql = R"sql(
  -- obligations.insert_withdrawal
  INSERT INTO obligation_withdrawal (node_id, obligation_number, reason, recorded_at, recorded_by)
  VALUES ($1, $2, $3, $4, $5)
)sql";

void insert_withdrawal(Tx& tx, NodeId node, ObligationNumber obligation, const std::string& reason,
                       const books::Author& author) {
  rows(tx, insert_withdrawal_sql, node, obligation, reason, author.now, author.user);
}

constexpr const char* read_settlements_sql = R"sql(
  -- obligations.read_settlements
  SELECT s.number, s.kind, p.number, s.on_day, s.amount_minor, s.minutes, s.entry_number, s.reverses,
         coalesce(s.words, ''),
         s.kind <> 'reversed'
         AND NOT EXISTS (SELECT FROM obligation_settlement r WHERE r.node_id = s.node_id
                            AND r.obligation_number = s.obligation_number AND r.reverses = s.number)
         AND NOT EXISTS (SELECT FROM entry r WHERE r.node_id = s.node_id AND r.reverses = s.entry_number),
         s.recorded_at, u.name
    FROM obligation_settlement s
    JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
    LEFT JOIN user_account u ON u.id = s.recorded_by
   WHERE s.node_id = $1 AND s.obligation_number = $2 AND ($3::int IS NULL OR s.party_id = $3)
     AND s.number > $4
   ORDER BY s.number
   LIMIT $5
)sql";

std::vector<ObligationSettlement> read_settlements(Tx& tx, NodeId node, ObligationNumber obligation,
                                                   std::optional<PartyId> member, int after, int limit) {
  std::vector<ObligationSettlement> settlements;
  for (const Row row : rows(tx, read_settlements_sql, node, obligation, member, after, limit))
    settlements.push_back({row.integer(0), settlement_kind_from(row.text(1)), row.string(2), row.day(3),
                           row.maybe_int64(4), int_if_any(row, 5), id_unless_null<EntryNumber>(row, 6),
                           int_if_any(row, 7), row.string(8), row.boolean(9), row.instant(10),
                           row.maybe_string(11)});
  return settlements;
}

constexpr const char* insert_settlement_sql = R"sql(
  -- obligations.insert_settlement
  INSERT INTO obligation_settlement (node_id, obligation_number, number, kind, party_id, on_day, amount_minor,
                                     minutes, entry_number, reverses, words, recorded_at, recorded_by)
  SELECT $1, $2, coalesce(max(s.number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, nullif($10, ''), $11, $12
    FROM obligation_settlement s
   WHERE s.node_id = $1 AND s.obligation_number = $2
  RETURNING number
)sql";

int insert_settlement(Tx& tx, NodeId node, ObligationNumber obligation, const NewSettlement& settlement,
                      const books::Author& author) {
  return only_row(rows(tx, insert_settlement_sql, node, obligation, text_of(settlement.kind),
                       settlement.party, settlement.on, settlement.minor, settlement.minutes,
                       settlement.entry, settlement.reverses, settlement.words, author.now, author.user))
      .integer(0);
}

constexpr const char* is_reversed_settlement_sql = R"sql(
  -- obligations.is_reversed
  SELECT EXISTS (SELECT FROM obligation_settlement r
                  WHERE r.node_id = $1 AND r.obligation_number = $2 AND r.reverses = $3)
)sql";

bool is_reversed(Tx& tx, NodeId node, ObligationNumber obligation, int settlement) {
  return only_row(rows(tx, is_reversed_settlement_sql, node, obligation, settlement)).boolean(0);
}

constexpr const char* find_entry_settling_sql = R"sql(
  -- obligations.find_entry_settling
  SELECT EXISTS (SELECT FROM entry r WHERE r.node_id = e.node_id AND r.reverses = e.number)
         OR e.reverses IS NOT NULL,
         given_by_member(e.node_id, e.number, $3, $4)::bigint,
         (SELECT coalesce(sum(s.amount_minor), 0)::bigint
            FROM obligation_settlement s
            JOIN obligation o ON o.node_id = s.node_id AND o.number = s.obligation_number AND o.unit_id = $4
           WHERE s.node_id = e.node_id AND s.entry_number = e.number AND s.party_id = $3
             AND NOT EXISTS (SELECT FROM obligation_settlement r WHERE r.node_id = s.node_id
                                AND r.obligation_number = s.obligation_number AND r.reverses = s.number))
    FROM entry e
   WHERE e.node_id = $1 AND e.number = $2
)sql";

std::optional<EntrySettling> find_entry_settling(Tx& tx, NodeId node, EntryNumber entry, PartyId party,
                                                 UnitId unit) {
  const Rows found = rows(tx, find_entry_settling_sql, node, entry, party, unit);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  return EntrySettling{row.boolean(0), row.int64(1), row.int64(2)};
}

constexpr const char* is_own_debt_sql = R"sql(
  -- obligations.is_own
  SELECT EXISTS (SELECT FROM obligation_member m
                   JOIN obligation o ON o.node_id = m.node_id AND o.number = m.obligation_number
                  WHERE m.node_id = $1 AND m.obligation_number = $2 AND ($3::int IS NULL OR m.party_id = $3)
                    AND was_linked(m.node_id, m.party_id, $4, o.recorded_at, 'infinity'))
)sql";

bool is_own_debt(Tx& tx, NodeId node, ObligationNumber obligation, std::optional<PartyId> party,
                 UserId user) {
  return only_row(rows(tx, is_own_debt_sql, node, obligation, party, user)).boolean(0);
}

}  // namespace coop::work
