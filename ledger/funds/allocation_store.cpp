#include "ledger/funds/allocation_store.hpp"

#include <map>

namespace coop::funds {

namespace {

using RoundsByNumber = std::map<int, AllocationRound*>;

constexpr const char* read_allocation_shares_sql = R"sql(
  -- funds.read_allocation_shares
  SELECT s.round, p.number, s.amount_minor
    FROM allocation_share s
    JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
   WHERE s.node_id = $1 AND s.round = ANY ($2::int[])
   ORDER BY s.round, s.line
)sql";

void read_shares(Tx& tx, NodeId node, const SqlArray& numbers, const RoundsByNumber& rounds) {
  for (const Row row : rows(tx, read_allocation_shares_sql, node, numbers.value()))
    rounds.at(row.integer(0))->shares.push_back({row.string(1), row.int64(2)});
}

constexpr const char* read_allocation_steps_sql = R"sql(
  -- funds.read_allocation_steps
  SELECT s.round, s.number, s.kind, s.proposal, coalesce(s.title, ''), coalesce(c.code, ''),
         coalesce(p.number, ''), coalesce(s.amount_minor, 0), s.mandate_number, s.recorded_at, w.name,
         coalesce(s.reason, '')
    FROM allocation_step s
    LEFT JOIN dimension c ON c.node_id = s.node_id AND c.id = s.cost_object_id
    LEFT JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
    LEFT JOIN user_account w ON w.id = s.recorded_by
   WHERE s.node_id = $1 AND s.round = ANY ($2::int[])
   ORDER BY s.round, s.number
)sql";

void read_allocation_steps(Tx& tx, NodeId node, const SqlArray& numbers, const RoundsByNumber& rounds) {
  for (const Row row : rows(tx, read_allocation_steps_sql, node, numbers.value())) {
    AllocationStep step{row.integer(1), allocation_step_kind_from(row.text(2)),
                        std::nullopt,   row.string(4),
                        row.string(5),  row.string(6),
                        row.int64(7),   std::nullopt,
                        row.instant(9), row.maybe_string(10),
                        row.string(11)};
    if (!row.is_null(3)) step.proposal = row.integer(3);
    if (!row.is_null(8)) step.mandate = row.id<SpendingMandateNumber>(8);
    rounds.at(row.integer(0))->steps.push_back(std::move(step));
  }
}

constexpr const char* list_rounds_sql = R"sql(
  -- funds.list_rounds
  SELECT r.number, r.title, r.body, r.level, f.code, r.unit_id, r.pot_minor, r.from_on, r.until_on,
         r.decision, r.recorded_at, w.name
    FROM allocation_round r
    JOIN dimension f ON f.node_id = r.node_id AND f.id = r.fund_id
    LEFT JOIN user_account w ON w.id = r.recorded_by
   WHERE r.node_id = $1 AND ($2::int IS NULL OR r.number = $2) AND ($3::int IS NULL OR r.number < $3)
     AND ($4::int IS NULL OR EXISTS (SELECT FROM allocation_share s
           WHERE s.node_id = r.node_id AND s.round = r.number AND s.party_id = $4))
   ORDER BY r.number DESC
   LIMIT $5
)sql";

}  // namespace

std::vector<AllocationRound> list_rounds(Tx& tx, NodeId node, const RoundFilter& filter) {
  std::vector<AllocationRound> rounds;
  SqlArray numbers;
  for (const Row row :
       coop::rows(tx, list_rounds_sql, node, filter.number, filter.before, filter.member, filter.limit)) {
    rounds.push_back({row.id<RoundNumber>(0), row.string(1), row.string(2), body_level_from(row.text(3)),
                      row.string(4), row.id<UnitId>(5), row.int64(6), row.day(7), row.day(8), row.string(9),
                      row.instant(10), row.maybe_string(11)});
    numbers.add(row.integer(0));
  }
  if (rounds.empty()) return rounds;
  RoundsByNumber by_number;
  for (AllocationRound& one : rounds) by_number.emplace(one.number.number(), &one);
  read_shares(tx, node, numbers, by_number);
  read_allocation_steps(tx, node, numbers, by_number);
  return rounds;
}

namespace {

constexpr const char* insert_round_sql = R"sql(
  -- funds.insert_round
  INSERT INTO allocation_round (node_id, number, title, body, level, fund_id, unit_id, pot_minor,
                                participants, from_on, until_on, decision, recorded_at, recorded_by)
  SELECT $1, coalesce(max(r.number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
    FROM allocation_round r
   WHERE r.node_id = $1
  RETURNING number
)sql";

RoundNumber insert_round_head(Tx& tx, NodeId node, const AllocationRound& round, DimensionId fund,
                              const books::Author& author) {
  return only_row(rows(tx, insert_round_sql, node, round.title, round.body, text_of(round.level), fund,
                       round.unit, round.pot_minor, static_cast<int>(round.shares.size()), round.from_on,
                       round.until_on, round.decision, author.now, author.user))
      .id<RoundNumber>(0);
}

constexpr const char* insert_allocation_shares_sql = R"sql(
  -- funds.insert_allocation_shares
  INSERT INTO allocation_share (node_id, round, line, party_id, amount_minor)
  SELECT $1, $2, s.line, s.party, s.minor
    FROM unnest($3::int[], $4::bigint[]) WITH ORDINALITY AS s (party, minor, line)
)sql";

}  // namespace

RoundNumber insert_round(Tx& tx, NodeId node, const AllocationRound& round, DimensionId fund,
                         const std::vector<PartyId>& parties, const books::Author& author) {
  const RoundNumber number = insert_round_head(tx, node, round, fund, author);
  SqlArray ids, minors;
  for (std::size_t i = 0; i < parties.size(); ++i) {
    ids.add(parties[i]);
    minors.add(round.shares[i].minor);
  }
  rows(tx, insert_allocation_shares_sql, node, number, ids.value(), minors.value());
  return number;
}

constexpr const char* insert_allocation_step_sql = R"sql(
  -- funds.insert_allocation_step
  INSERT INTO allocation_step (node_id, round, number, kind, proposal, title, cost_object_id, party_id,
                               amount_minor, mandate_number, recorded_at, recorded_by, reason)
  SELECT $1, $2, (SELECT coalesce(max(s.number), 0) + 1 FROM allocation_step s
                   WHERE s.node_id = $1 AND s.round = $2), $3, $4, $5, $6,
         (SELECT p.id FROM party p WHERE p.node_id = $1 AND p.number = $7), $8, $9, $10, $11, $12
)sql";

void insert_allocation_step(Tx& tx, NodeId node, RoundNumber round, const NewAllocationStep& step,
                            const books::Author& author) {
  rows(tx, insert_allocation_step_sql, node, round, text_of(step.kind), step.proposal, step.title,
       step.cost_object, step.member, step.minor, step.mandate, author.now, author.user, step.reason);
}

}  // namespace coop::funds
