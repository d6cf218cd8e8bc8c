#include "ledger/pay/pay_part_store.hpp"

#include <map>
#include <set>
#include <utility>

namespace coop::pay {

int costs_of(const PayRun& run) {
  std::size_t costs = 0;
  for (const PayShare& share : run.shares) costs += share.costs.size();
  return static_cast<int>(costs);
}

namespace {

constexpr const char* insert_pay_costs_sql = R"sql(
  -- pay.insert_costs
  INSERT INTO pay_run_cost (node_id, run_number, number, party_id, cost_object_id, weight)
  SELECT $1, $2, c.number, c.party_id, d.id, c.weight
    FROM unnest($3::int[], $4::text[], $5::bigint[]) WITH ORDINALITY AS c (party_id, object, weight, number)
    LEFT JOIN dimension d ON d.node_id = $1 AND d.kind = 'cost_object' AND d.code = c.object
)sql";

void insert_pay_costs(Tx& tx, NodeId node, const PayRun& run) {
  if (costs_of(run) == 0) return;
  SqlArray party, object, weight;
  for (const PayShare& share : run.shares)
    for (const CostWeight& cost : share.costs) {
      party.add(share.party);
      object.add(std::string_view{cost.object});
      weight.add(cost.weight);
    }
  rows(tx, insert_pay_costs_sql, node, run.number, party.value(), object.value(), weight.value());
}

constexpr const char* insert_pay_pots_sql = R"sql(
  -- pay.insert_pots
  INSERT INTO pay_run_pot (node_id, run_number, number, name, received_minor, paid_minor, amount_minor,
                           from_account_id, to_account_id, fund_id)
  SELECT $1, $2, p.number, p.name, p.received, p.paid, p.amount, f.id, t.id, d.id
    FROM unnest($3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::text[])
         WITH ORDINALITY AS p (name, received, paid, amount, from_path, to_path, fund, number)
    LEFT JOIN account f ON f.node_id = $1 AND f.path = p.from_path AND f.unit_id = $10
    LEFT JOIN account t ON t.node_id = $1 AND t.path = p.to_path AND t.unit_id = $10
    LEFT JOIN dimension d ON d.node_id = $1 AND d.kind = 'fund' AND d.code = p.fund
)sql";

void insert_pay_pots(Tx& tx, NodeId node, const PayRun& run) {
  if (run.pots.empty()) return;
  SqlArray name, received, paid, amount, from, to, fund;
  for (const PayPot& pot : run.pots) {
    name.add(std::string_view{pot.name});
    received.add(pot.received_minor);
    paid.add(pot.paid_minor);
    amount.add(pot.amount_minor);
    from.add(std::string_view{pot.booked.from});
    to.add(std::string_view{pot.booked.to});
    fund.add(std::string_view{pot.booked.fund});
  }
  rows(tx, insert_pay_pots_sql, node, run.number, name.value(), received.value(), paid.value(),
       amount.value(), from.value(), to.value(), fund.value(), run.unit.id);
}

constexpr const char* insert_pay_local_sql = R"sql(
  -- pay.insert_local
  INSERT INTO pay_run_local (node_id, run_number, unit_id, rates_known, rate_number, numerator, denominator,
                             most_minor, payable_account_id, conversion_account_id,
                             local_conversion_account_id)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, p.id, c.id, l.id
    FROM account p
    JOIN account c ON c.node_id = p.node_id AND c.path = $10 AND c.unit_id = $11
    JOIN account l ON l.node_id = p.node_id AND l.path = $10 AND l.unit_id = $3
   WHERE p.node_id = $1 AND p.path = $9 AND p.unit_id = $3
)sql";

void insert_pay_local(Tx& tx, NodeId node, const PayRun& run) {
  const LocalPay& local = *run.local;
  rows(tx, insert_pay_local_sql, node, run.number, local.unit.id, local.rates_known, local.rate_number,
       local.share.numerator(), local.share.denominator(), local.most_minor, local.payable, local.conversion,
       run.unit.id);
}

constexpr const char* insert_local_shares_sql = R"sql(
  -- pay.insert_local_shares
  INSERT INTO pay_run_local_share (node_id, run_number, number, party_id, numerator, denominator, minor,
                                   local_minor)
  SELECT $1, $2, s.number, s.party_id, s.numerator, s.denominator, s.minor, s.local_minor
    FROM unnest($3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
         WITH ORDINALITY AS s (party_id, numerator, denominator, minor, local_minor, number)
)sql";

void insert_local_shares(Tx& tx, NodeId node, const PayRun& run) {
  SqlArray party, numerator, denominator, minor, local_minor;
  for (const PayShare& share : run.shares) {
    party.add(share.party);
    if (share.local_share) numerator.add(share.local_share->numerator());
    else numerator.add_null();
    if (share.local_share) denominator.add(share.local_share->denominator());
    else denominator.add_null();
    minor.add(share.converted_minor);
    local_minor.add(share.local_minor);
  }
  rows(tx, insert_local_shares_sql, node, run.number, party.value(), numerator.value(), denominator.value(),
       minor.value(), local_minor.value());
}

}  // namespace

void insert_pay_parts(Tx& tx, NodeId node, const PayRun& run) {
  insert_pay_costs(tx, node, run);
  insert_pay_pots(tx, node, run);
  if (!run.local) return;
  insert_pay_local(tx, node, run);
  insert_local_shares(tx, node, run);
}

namespace {

constexpr const char* read_share_costs_sql = R"sql(
  -- pay.read_share_costs
  SELECT s.number, coalesce(d.code, ''), c.weight
    FROM pay_run_cost c
    JOIN pay_run_share s ON s.node_id = c.node_id AND s.run_number = c.run_number AND s.party_id = c.party_id
    LEFT JOIN dimension d ON d.node_id = c.node_id AND d.id = c.cost_object_id
   WHERE c.node_id = $1 AND c.run_number = $2
   ORDER BY c.number
)sql";

void add_share_costs(Tx& tx, NodeId node, PayRun& run) {
  for (const Row row : rows(tx, read_share_costs_sql, node, run.number))
    run.shares.at(static_cast<std::size_t>(row.integer(0) - 1))
        .costs.push_back({row.string(1), row.int64(2)});
}

constexpr const char* read_pay_pots_sql = R"sql(
  -- pay.read_pots
  SELECT p.name, p.received_minor, p.paid_minor, p.amount_minor, coalesce(f.path, ''), coalesce(t.path, ''),
         coalesce(d.code, '')
    FROM pay_run_pot p
    LEFT JOIN account f ON f.node_id = p.node_id AND f.id = p.from_account_id
    LEFT JOIN account t ON t.node_id = p.node_id AND t.id = p.to_account_id
    LEFT JOIN dimension d ON d.node_id = p.node_id AND d.id = p.fund_id
   WHERE p.node_id = $1 AND p.run_number = $2
   ORDER BY p.number
)sql";

void add_pay_pots(Tx& tx, NodeId node, PayRun& run) {
  for (const Row row : rows(tx, read_pay_pots_sql, node, run.number))
    run.pots.push_back({row.string(0),
                        row.int64(1),
                        row.int64(2),
                        row.int64(3),
                        {row.string(4), row.string(5), row.string(6)}});
}

constexpr const char* read_local_shares_sql = R"sql(
  -- pay.read_local_shares
  SELECT m.number, m.numerator, m.denominator, m.minor, m.local_minor
    FROM pay_run_local_share m
   WHERE m.node_id = $1 AND m.run_number = $2
   ORDER BY m.number
)sql";

void add_local_shares(Tx& tx, NodeId node, PayRun& run) {
  for (const Row row : rows(tx, read_local_shares_sql, node, run.number)) {
    PayShare& share = run.shares.at(static_cast<std::size_t>(row.integer(0) - 1));
    if (!row.is_null(1)) share.local_share = Ratio{row.int64(1), row.int64(2)};
    share.converted_minor = row.int64(3);
    share.local_minor = row.int64(4);
  }
}

}  // namespace

constexpr const char* read_claim_costs_sql = R"sql(
  -- pay.read_claim_costs
  SELECT c.run_number, c.party_id, coalesce(d.code, ''), c.weight
    FROM pay_run_cost c
    LEFT JOIN dimension d ON d.node_id = c.node_id AND d.id = c.cost_object_id
   WHERE c.node_id = $1 AND c.run_number = ANY ($2::int[])
   ORDER BY c.run_number, c.number
)sql";

void add_lot_costs(Tx& tx, NodeId node, PayRun& run) {
  std::set<PayRunNumber> claims;
  for (const PayShare& share : run.shares)
    for (const ClaimLot& lot : share.lots) claims.insert(lot.claim);
  if (claims.empty()) return;
  SqlArray numbers;
  for (const PayRunNumber claim : claims) numbers.add(claim);
  std::map<std::pair<PayRunNumber, PartyId>, std::vector<CostWeight>> costs;
  for (const Row row : rows(tx, read_claim_costs_sql, node, numbers.value()))
    costs[{row.id<PayRunNumber>(0), row.id<PartyId>(1)}].push_back({row.string(2), row.int64(3)});
  for (PayShare& share : run.shares)
    for (ClaimLot& lot : share.lots)
      if (const auto found = costs.find({lot.claim, share.party}); found != costs.end())
        lot.costs = found->second;
}

void add_pay_parts(Tx& tx, NodeId node, PayRun& run) {
  add_share_costs(tx, node, run);
  add_lot_costs(tx, node, run);
  add_pay_pots(tx, node, run);
  if (run.local) add_local_shares(tx, node, run);
}

constexpr const char* read_pay_local_sql = R"sql(
  -- pay.read_local
  SELECT u.id, u.code, u.scale, l.rates_known, l.rate_number, x.numerator, x.denominator, l.numerator,
         l.denominator, l.most_minor, p.path, c.path
    FROM pay_run_local l
    JOIN unit u ON u.id = l.unit_id
    JOIN unit_rate x ON x.node_id = l.node_id AND x.number = l.rate_number
    JOIN account p ON p.node_id = l.node_id AND p.id = l.payable_account_id
    JOIN account c ON c.node_id = l.node_id AND c.id = l.conversion_account_id
   WHERE l.node_id = $1 AND l.run_number = $2
)sql";

std::optional<LocalPay> read_pay_local(Tx& tx, NodeId node, PayRunNumber run) {
  const Rows found = rows(tx, read_pay_local_sql, node, run);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  return LocalPay{.unit = {row.id<UnitId>(0), row.string(1), row.integer(2)},
                  .rates_known = row.integer(3),
                  .rate_number = row.integer(4),
                  .rate = Ratio{row.int64(5), row.int64(6)},
                  .share = Ratio{row.int64(7), row.int64(8)},
                  .most_minor = row.maybe_int64(9),
                  .payable = row.string(10),
                  .conversion = row.string(11)};
}

constexpr const char* find_rate_of_day_sql = R"sql(
  -- pay.find_rate_of_day
  SELECT (SELECT max(k.number) FROM unit_rate k WHERE k.node_id = $1), x.number, x.numerator, x.denominator
    FROM unit_rate x
   WHERE x.node_id = $1 AND x.from_unit_id = $2 AND x.to_unit_id = $3 AND x.from_on <= $4
   ORDER BY x.from_on DESC, x.number DESC
   LIMIT 1
)sql";

std::optional<RateOfDay> find_rate_of_day(Tx& tx, NodeId node, UnitId from, UnitId to, Day day) {
  const Rows found = rows(tx, find_rate_of_day_sql, node, from, to, day);
  if (found.empty()) return std::nullopt;
  return RateOfDay{found[0].integer(0), found[0].integer(1), Ratio{found[0].int64(2), found[0].int64(3)}};
}

}  // namespace coop::pay
