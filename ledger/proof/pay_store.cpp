#include "ledger/proof/pay_store.hpp"

#include <map>

#include "ledger/pay/pay_division.hpp"
#include "ledger/proof/fault_store.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/values/ratio.hpp"

namespace coop::proof {

namespace {

// The functions are those by which the schema judges each row when it comes; their text is judged as well.
constexpr const char* read_pay_run_faults_sql = R"sql(
  -- proof.read_pay_run_faults
  SELECT format('pay run %s: %s', r.number, x.fault)
    FROM pay_run r
   CROSS JOIN LATERAL (
         SELECT coalesce(pay_run_fault(r.node_id, r.number), pay_run_pots_fault(r.node_id, r.number),
                         pay_run_circle_fault(r.node_id, r.number),
                         pay_run_mandate_fault(r.node_id, r.number),
                         pay_step_fault(r.node_id, r.number)) AS fault) x
   WHERE r.node_id = $1 AND x.fault IS NOT NULL
   ORDER BY r.number
   LIMIT 20
)sql";

void add_pay_run_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_pay_run_faults_sql, node, faults);
}

constexpr const char* read_tariff_faults_sql = R"sql(
  -- proof.read_tariff_faults
  SELECT format('the numbers of tariffs have a gap before %s', t.number)
    FROM (SELECT x.number, row_number() OVER (ORDER BY x.number) AS counted
            FROM pay_tariff x WHERE x.node_id = $1) t
   WHERE t.number <> t.counted
  UNION ALL
  SELECT format('share %s of pay run %s is of no run', s.number, s.run_number)
    FROM pay_run_share s
   WHERE s.node_id = $1
     AND NOT EXISTS (SELECT FROM pay_run r WHERE (r.node_id, r.number) = (s.node_id, s.run_number))
  UNION ALL
  SELECT format('step %s of pay run %s is of no run', s.number, s.run_number)
    FROM pay_run_step s
   WHERE s.node_id = $1
     AND NOT EXISTS (SELECT FROM pay_run r WHERE (r.node_id, r.number) = (s.node_id, s.run_number))
  UNION ALL
  SELECT format('hours %s were taken back, and pay run %s has them', s.hours_number,
                pay_run_of_hours(s.node_id, s.hours_number))
    FROM work_hours_step s
   WHERE s.node_id = $1 AND s.kind = 'reversed' AND pay_run_of_hours(s.node_id, s.hours_number) IS NOT NULL
  UNION ALL
  SELECT format('pay run %s is of another day than its entries', r.number)
    FROM pay_run r
    JOIN pay_run_step s ON s.node_id = r.node_id AND s.run_number = r.number AND s.step = 'posted'
   WHERE r.node_id = $1
     AND EXISTS (SELECT FROM entry e
           WHERE e.node_id = $1 AND e.booked_on <> r.booked_on
             AND e.number BETWEEN s.first_entry AND s.last_entry)
   ORDER BY 1
   LIMIT 20
)sql";

void add_tariff_faults(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  add_faults(reader, read_tariff_faults_sql, node, faults);
}

// The next run that was divided, after a number.
constexpr const char* read_divided_runs_sql = R"sql(
  -- proof.read_divided_runs
  SELECT r.number, r.kind, r.to_on, u.id, u.code, u.scale, r.amount_minor, r.values_known, v.rule,
         r.figures, r.grants
    FROM pay_run r
    JOIN unit u ON u.id = r.unit_id
    JOIN sharing_version v ON v.node_id = r.node_id AND v.code = r.rule_code AND v.version = r.rule_version
   WHERE r.node_id = $1 AND r.kind <> 'lapse' AND r.number > $2
   ORDER BY r.number
   LIMIT 1
)sql";

struct DividedRun {
  pay::PayRun run;
  std::string rule;
};

std::optional<DividedRun> read_divided_run(BulkReader& reader, std::int64_t node, std::int64_t after) {
  const BulkRows rows = reader.read(read_divided_runs_sql, node, after);
  if (rows.size() == 0) return std::nullopt;
  const Day to = Day::of_count(static_cast<std::int32_t>(rows.days(0, 2).value_or(0)));
  const Unit unit{UnitId{static_cast<std::int32_t>(rows.number(0, 3))}, std::string{rows.bytes(0, 4)},
                  static_cast<int>(rows.number(0, 5))};
  pay::PayRun run =
      pay::new_pay_run(pay::pay_run_kind_from(rows.bytes(0, 1)), to, to, unit, rows.number(0, 6));
  run.number = pay::PayRunNumber{static_cast<std::int32_t>(rows.number(0, 0))};
  run.figures = pay::given_numbers_from(rows.bytes(0, 9));
  run.values_known = static_cast<int>(rows.number(0, 7));
  run.grants = rows.boolean(0, 10);
  return DividedRun{std::move(run), std::string{rows.bytes(0, 8)}};
}

constexpr const char* read_divided_shares_sql = R"sql(
  -- proof.read_divided_shares
  SELECT s.party_id, p.number, coalesce(s.place, ''), s.measures, s.minutes, s.claim_minor, s.rate_minor,
         s.paid_minor, s.deferred_minor, s.is_priced
    FROM pay_run_share s
    JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
   WHERE s.node_id = $1 AND s.run_number = $2
   ORDER BY s.number
)sql";

void add_shares(BulkReader& reader, std::int64_t node, pay::PayRun& run) {
  const BulkRows rows = reader.read(read_divided_shares_sql, node, run.number.number());
  for (int i = 0; i < rows.size(); ++i) {
    pay::PayShare share{.party = PartyId{static_cast<std::int32_t>(rows.number(i, 0))},
                        .member = std::string{rows.bytes(i, 1)},
                        .place = std::string{rows.bytes(i, 2)},
                        .measures = pay::given_numbers_from(rows.bytes(i, 3)),
                        .minutes = rows.number(i, 4),
                        .claim_minor = rows.number(i, 5),
                        .is_priced = rows.boolean(i, 9),
                        .rate_minor = {},
                        .paid_minor = rows.number(i, 7),
                        .deferred_minor = rows.number(i, 8)};
    if (!rows.is_null(i, 6)) share.rate_minor = rows.number(i, 6);
    run.shares.push_back(std::move(share));
  }
}

constexpr const char* read_divided_pots_sql = R"sql(
  -- proof.read_divided_pots
  SELECT p.name, p.received_minor, p.paid_minor, p.amount_minor
    FROM pay_run_pot p
   WHERE p.node_id = $1 AND p.run_number = $2
   ORDER BY p.number
)sql";

void add_pots(BulkReader& reader, std::int64_t node, pay::PayRun& run) {
  const BulkRows rows = reader.read(read_divided_pots_sql, node, run.number.number());
  for (int i = 0; i < rows.size(); ++i)
    run.pots.push_back(
        {std::string{rows.bytes(i, 0)}, rows.number(i, 1), rows.number(i, 2), rows.number(i, 3)});
}

constexpr const char* read_divided_lots_sql = R"sql(
  -- proof.read_divided_lots
  SELECT s.number, l.claim_run, c.to_on, l.open_minor, l.settled_minor
    FROM pay_run_lot l
    JOIN pay_run_share s ON s.node_id = l.node_id AND s.run_number = l.run_number AND s.party_id = l.party_id
    JOIN pay_run c ON c.node_id = l.node_id AND c.number = l.claim_run
   WHERE l.node_id = $1 AND l.run_number = $2
   ORDER BY l.number
)sql";

void add_lots(BulkReader& reader, std::int64_t node, pay::PayRun& run) {
  const BulkRows rows = reader.read(read_divided_lots_sql, node, run.number.number());
  for (int i = 0; i < rows.size(); ++i)
    run.shares.at(static_cast<std::size_t>(rows.number(i, 0) - 1))
        .lots.push_back({pay::PayRunNumber{static_cast<std::int32_t>(rows.number(i, 1))},
                         Day::of_count(static_cast<std::int32_t>(rows.days(i, 2).value_or(0))),
                         rows.number(i, 3),
                         rows.number(i, 4),
                         {}});
}

constexpr const char* read_known_values_sql = R"sql(
  -- proof.read_known_values
  SELECT v.name, v.place, v.valid_from, v.numerator, v.denominator, coalesce(u.code, '')
    FROM place_value v
    LEFT JOIN unit u ON u.id = v.unit_id
   WHERE v.node_id = $1 AND v.number <= $2
   ORDER BY v.number
)sql";

std::vector<sharing::PlaceValue> read_known_values(BulkReader& reader, std::int64_t node, int known) {
  std::vector<sharing::PlaceValue> values;
  const BulkRows rows = reader.read(read_known_values_sql, node, known);
  for (int i = 0; i < rows.size(); ++i)
    values.push_back({.name = std::string{rows.bytes(i, 0)},
                      .place = std::string{rows.bytes(i, 1)},
                      .valid_from = Day::of_count(static_cast<std::int32_t>(rows.days(i, 2).value_or(0))),
                      .value = Fraction{rows.number(i, 3), rows.number(i, 4)},
                      .unit = std::string{rows.bytes(i, 5)}});
  return values;
}

// Whether a run comes out as it stands.
bool comes_out(BulkReader& reader, std::int64_t node, const DividedRun& divided) {
  pay::PayRun again = divided.run;
  for (pay::PayShare& share : again.shares) {
    share.paid_minor = share.deferred_minor = 0;
    for (pay::ClaimLot& lot : share.lots) lot.settled_minor = 0;
  }
  const sharing::RuleVersion version{.number = sharing::VersionNumber{1},
                                     .version = 1,
                                     .is = {.code = {},
                                            .title = {},
                                            .valid_from = again.to_on,
                                            .rule = sharing::sharing_rule_from_text(divided.rule),
                                            .decision = {},
                                            .adopted_on = again.to_on},
                                     .hash = {},
                                     .recorded_at = {}};
  pay::take_division(again,
                     pay::division_of(again, version, read_known_values(reader, node, again.values_known)));
  for (std::size_t i = 0; i < again.shares.size(); ++i) {
    const pay::PayShare& was = divided.run.shares[i];
    const pay::PayShare& is = again.shares[i];
    if (was.paid_minor != is.paid_minor || was.deferred_minor != is.deferred_minor) return false;
    for (std::size_t k = 0; k < is.lots.size(); ++k)
      if (was.lots[k].settled_minor != is.lots[k].settled_minor) return false;
  }
  // Of runs from before pots were kept none are there.
  return divided.run.pots.empty() || divided.run.pots == again.pots;
}

std::string fault_of(BulkReader& reader, std::int64_t node, const DividedRun& divided) {
  const std::string name = "pay run " + std::to_string(divided.run.number.number());
  try {
    if (!comes_out(reader, node, divided)) return name + ": divided anew by its rule, it comes out otherwise";
  } catch (const std::exception& otherwise) {
    return name + ": cannot be divided anew by its rule (" + otherwise.what() + ")";
  }
  return {};
}

void add_divided_otherwise(BulkReader& reader, std::int64_t node, std::vector<std::string>& faults) {
  for (std::int64_t after = 0;;) {
    auto divided = read_divided_run(reader, node, after);
    if (!divided) return;
    after = divided->run.number.number();
    add_shares(reader, node, divided->run);
    add_lots(reader, node, divided->run);
    add_pots(reader, node, divided->run);
    if (std::string fault = fault_of(reader, node, *divided); !fault.empty())
      faults.push_back(std::move(fault));
  }
}

}  // namespace

std::vector<std::string> read_pay_faults(BulkReader& reader, std::int64_t node) {
  std::vector<std::string> faults;
  add_tariff_faults(reader, node, faults);
  add_pay_run_faults(reader, node, faults);
  if (faults.empty()) add_divided_otherwise(reader, node, faults);
  return faults;
}

}  // namespace coop::proof
