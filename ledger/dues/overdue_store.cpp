#include "ledger/dues/overdue_store.hpp"

#include <algorithm>

#include "ledger/dues/debtor_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

SqlValue sql_of(const std::vector<PartyId>& parties) {
  SqlArray ids;
  for (const PartyId party : parties) ids.add(party);
  return ids.value();
}

/// What a debtor owes of what was due before a day; above zero.
using OverdueSums = std::map<DebtorUnit, std::int64_t>;

}  // namespace

// What was meant for charges that are not due yet: it does not clear what is overdue.
constexpr const char* meant_ahead_sql = R"sql(
  -- dues.meant_ahead
  SELECT c.debtor_id, c.unit_id, least(sum(s.amount_minor)::bigint, c.gross_minor - c.waived_minor)
    FROM charge c
    JOIN payment_share s ON s.node_id = c.node_id AND s.charge_number = c.number
                        AND s.debtor_id = c.debtor_id
    JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number AND p.unit_id = c.unit_id
                  AND p.kind <> 'refund' AND p.received_on <= $2
                  AND ($3::timestamptz IS NULL OR p.recorded_at <= $3)
    LEFT JOIN charge_reversal r ON r.node_id = c.node_id AND r.charge_number = c.number
                               AND r.reversed_on <= $2 AND ($3 IS NULL OR r.recorded_at <= $3)
    LEFT JOIN payment_return b ON b.node_id = p.node_id AND b.payment_number = p.number
                              AND b.returned_on <= $2 AND ($3 IS NULL OR b.recorded_at <= $3)
   WHERE c.node_id = $1 AND r.charge_number IS NULL AND b.payment_number IS NULL
     AND c.due_on >= $2 AND c.period_first <= $2
     AND (c.part = 1 OR c.period_first + make_interval(months => c.part - 1) <= $2)
     AND ($3 IS NULL OR c.recorded_at <= $3)
   GROUP BY c.node_id, c.number
)sql";

namespace {

OverdueSums read_meant_ahead(Tx& tx, NodeId node, const DuesMoment& moment) {
  OverdueSums sums;
  for (const Row row : report_rows(tx, meant_ahead_sql, node, moment.as_of, moment.known_at)) {
    std::int64_t& sum = sums[{row.id<PartyId>(0), row.id<UnitId>(1)}];
    sum = checked_add(sum, row.int64(2));
  }
  return sums;
}

}  // namespace

// Of charges that were due before the day and payments, the oldest are cleared first: so what is overdue of a
// debtor is their difference.
constexpr const char* overdue_sums_sql = R"sql(
  -- dues.overdue_sums
  SELECT o.debtor_id, o.unit_id, sum(o.minor)::bigint
    FROM (SELECT c.debtor_id, c.unit_id, c.gross_minor - c.waived_minor AS minor
            FROM charge c
            LEFT JOIN charge_reversal r ON r.node_id = c.node_id AND r.charge_number = c.number
                                       AND r.reversed_on <= $2
                                       AND ($3::timestamptz IS NULL OR r.recorded_at <= $3)
           WHERE c.node_id = $1 AND r.charge_number IS NULL AND c.due_on < $2 AND c.period_first <= $2
             AND (c.part = 1 OR c.period_first + make_interval(months => c.part - 1) <= $2)
             AND ($3 IS NULL OR c.recorded_at <= $3)
          UNION ALL
          SELECT s.debtor_id, p.unit_id,
                 CASE WHEN p.kind = 'refund' THEN s.amount_minor ELSE -s.amount_minor END
            FROM payment_share s
            JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number
            LEFT JOIN payment_return r ON r.node_id = p.node_id AND r.payment_number = p.number
                                      AND r.returned_on <= $2
                                      AND ($3 IS NULL OR r.recorded_at <= $3)
           WHERE s.node_id = $1 AND r.payment_number IS NULL AND p.received_on <= $2
             AND ($3 IS NULL OR p.recorded_at <= $3)
          UNION ALL
          SELECT a.debtor_id, a.unit_id, a.minor
            FROM unnest($4::int[], $5::int[], $6::bigint[]) AS a (debtor_id, unit_id, minor)) o
   GROUP BY o.debtor_id, o.unit_id
  HAVING sum(o.minor) > 0
)sql";

namespace {

OverdueSums read_overdue_sums(Tx& tx, NodeId node, const DuesMoment& moment) {
  SqlArray debtors;
  SqlArray units;
  SqlArray minor;
  for (const auto& [debtor, sum] : read_meant_ahead(tx, node, moment)) {
    debtors.add(debtor.party);
    units.add(debtor.unit);
    minor.add(sum);
  }
  OverdueSums sums;
  for (const Row row : report_rows(tx, overdue_sums_sql, node, moment.as_of, moment.known_at, debtors.value(),
                                   units.value(), minor.value()))
    sums.emplace(DebtorUnit{row.id<PartyId>(0), row.id<UnitId>(1)}, row.int64(2));
  return sums;
}

}  // namespace

// The charges of debtors that were due before the day, less what was meant for each of them.
constexpr const char* late_charges_sql = R"sql(
  -- dues.late_charges
  WITH meant AS (
    SELECT s.charge_number, s.debtor_id, p.unit_id, sum(s.amount_minor)::bigint AS minor
      FROM unnest($4::int[], $5::int[]) AS l (debtor_id, unit_id)
      JOIN payment_share s ON s.debtor_id = l.debtor_id
      JOIN payment p ON p.node_id = s.node_id AND p.number = s.payment_number
      LEFT JOIN payment_return r ON r.node_id = p.node_id AND r.payment_number = p.number
                                AND r.returned_on <= $2
                                AND ($3::timestamptz IS NULL OR r.recorded_at <= $3)
     WHERE s.node_id = $1 AND s.charge_number IS NOT NULL AND r.payment_number IS NULL
       AND p.unit_id = l.unit_id AND p.kind <> 'refund' AND p.received_on <= $2
       AND ($3 IS NULL OR p.recorded_at <= $3)
     GROUP BY s.charge_number, s.debtor_id, p.unit_id
  )
  SELECT c.debtor_id, c.unit_id, c.number, c.member_id, c.due_on - date '1970-01-01',
         c.gross_minor - c.waived_minor - coalesce(m.minor, 0)
    FROM charge c
    JOIN unnest($4::int[], $5::int[]) AS l (debtor_id, unit_id)
      ON l.debtor_id = c.debtor_id AND l.unit_id = c.unit_id
    LEFT JOIN charge_reversal r ON r.node_id = c.node_id AND r.charge_number = c.number
                               AND r.reversed_on <= $2
                               AND ($3 IS NULL OR r.recorded_at <= $3)
    LEFT JOIN meant m ON m.charge_number = c.number AND m.debtor_id = c.debtor_id AND m.unit_id = c.unit_id
   WHERE c.node_id = $1 AND r.charge_number IS NULL AND c.due_on >= $6 AND c.due_on < $2
     AND c.period_first <= $2
     AND (c.part = 1 OR c.period_first + make_interval(months => c.part - 1) <= $2)
     AND ($3 IS NULL OR c.recorded_at <= $3)
     AND c.gross_minor - c.waived_minor > coalesce(m.minor, 0)
)sql";

namespace {

/// A charge that may be open, in minor units.
struct LateCharge {
  DebtorUnit debtor;
  std::int64_t number;
  PartyId member;
  int due_count;  ///< days since 1970-01-01
  std::int64_t rest_minor;
};

std::vector<LateCharge> read_late_charges(Tx& tx, NodeId node, const DuesMoment& moment,
                                          const OverdueSums& sums, Day from) {
  SqlArray debtors;
  SqlArray units;
  for (const auto& [debtor, minor] : sums) {
    debtors.add(debtor.party);
    units.add(debtor.unit);
  }
  std::vector<LateCharge> charges;
  for (const Row row : report_rows(tx, late_charges_sql, node, moment.as_of, moment.known_at, debtors.value(),
                                   units.value(), from))
    charges.push_back({{row.id<PartyId>(0), row.id<UnitId>(1)},
                       row.int64(2),
                       row.id<PartyId>(3),
                       row.integer(4),
                       row.int64(5)});
  // The newest first: of one debtor what is open is the newest, up to what is overdue.
  std::ranges::sort(charges, [](const LateCharge& a, const LateCharge& b) {
    return std::tie(a.debtor, b.due_count, b.number) < std::tie(b.debtor, a.due_count, a.number);
  });
  return charges;
}

/// Adds the open charges of every debtor whose overdue sum they explain, or of all if they are all there are;
/// what is left of `sums` are the others.
void take_explained(const std::vector<LateCharge>& charges, bool are_all, OverdueSums& sums,
                    OverdueByMember& overdue) {
  for (auto first = charges.begin(); first != charges.end();) {
    const auto last = std::find_if(first, charges.end(),
                                   [&](const LateCharge& one) { return one.debtor != first->debtor; });
    const auto sum = sums.find(first->debtor);
    std::int64_t there = 0;
    for (auto one = first; one != last; ++one) there = checked_add(there, one->rest_minor);
    if (are_all || there >= sum->second) {
      std::int64_t left = sum->second;
      for (auto one = first; one != last && left > 0; ++one) {
        const std::int64_t open = std::min(left, one->rest_minor);
        add_overdue(overdue, one->member, Day::of_count(one->due_count), one->debtor.unit, open);
        left -= open;
      }
      sums.erase(sum);
    }
    first = last;
  }
}

OverdueByMember read_overdue_of_all(Tx& tx, NodeId node, const DuesMoment& moment) {
  // Room for the sums of a hundred thousand debtors; and plans for many rows, wherever it is asked from.
  tx.run_script(
      "SET LOCAL work_mem = '32MB'; SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on;"
      " SET LOCAL enable_mergejoin = on; SET LOCAL enable_bitmapscan = on;"
      " SET LOCAL plan_cache_mode = auto");
  OverdueByMember overdue;
  OverdueSums sums = read_overdue_sums(tx, node, moment);
  // Who owes anything mostly owes what came last. Money given back is owed before any charge: where the
  // charges do not explain a sum, it is the rest.
  static const Day first_of_days = Day::parse("0001-01-01");
  const Day lately =
      moment.as_of < first_of_days.plus_months(5) ? first_of_days : moment.as_of.plus_months(-4);
  for (const Day from : {lately, first_of_days})
    if (!sums.empty())
      take_explained(read_late_charges(tx, node, moment, sums, from), from == first_of_days, sums, overdue);
  return overdue;
}

}  // namespace

constexpr const char* debtors_of_members_sql = R"sql(
  -- dues.debtors_of_members
  SELECT c.debtor_id
    FROM membership m
    JOIN charge c ON c.node_id = m.node_id AND c.membership_id = m.id
   WHERE m.node_id = $1 AND m.party_id = ANY ($2::int[])
  UNION
  SELECT c.debtor_id
    FROM charge c
   WHERE c.node_id = $1 AND c.membership_id IS NULL AND c.member_id = ANY ($2::int[])
)sql";

OverdueByMember read_overdue(Tx& tx, NodeId node, const DuesMoment& moment,
                             const std::optional<std::vector<PartyId>>& members) {
  if (!members) return read_overdue_of_all(tx, node, moment);
  std::vector<PartyId> asked = *members;
  std::ranges::sort(asked);
  std::vector<PartyId> debtors;
  for (const Row row : report_rows(tx, debtors_of_members_sql, node, sql_of(*members)))
    debtors.push_back(row.id<PartyId>(0));
  OverdueByMember overdue =
      overdue_of(state_of(read_dues_facts(tx, node, moment, debtors), moment.as_of), moment.as_of);
  std::erase_if(overdue, [&](const auto& one) { return !std::ranges::binary_search(asked, one.first); });
  return overdue;
}

constexpr const char* wholly_waived_sql = R"sql(
  -- dues.wholly_waived
  SELECT DISTINCT c.membership_id
    FROM charge c
    LEFT JOIN charge_reversal r ON r.node_id = c.node_id AND r.charge_number = c.number
                               AND r.reversed_on <= $2
                               AND ($3::timestamptz IS NULL OR r.recorded_at <= $3)
   WHERE c.node_id = $1 AND r.charge_number IS NULL AND c.kind = 'dues'
     AND $2::date BETWEEN c.period_first AND c.period_last
     AND ($3 IS NULL OR c.recorded_at <= $3)
     AND ($4::int[] IS NULL OR c.member_id = ANY ($4))
     AND c.gross_minor > 0 AND c.waived_minor = c.gross_minor
     AND NOT EXISTS (SELECT FROM charge o
                       LEFT JOIN charge_reversal v ON v.node_id = o.node_id AND v.charge_number = o.number
                                                  AND v.reversed_on <= $2
                                                  AND ($3 IS NULL OR v.recorded_at <= $3)
                      WHERE o.node_id = c.node_id AND o.membership_id = c.membership_id AND o.kind = 'dues'
                        AND v.charge_number IS NULL AND $2::date BETWEEN o.period_first AND o.period_last
                        AND ($3 IS NULL OR o.recorded_at <= $3) AND o.gross_minor > o.waived_minor)
   ORDER BY c.membership_id
)sql";

std::vector<MembershipId> read_wholly_waived(Tx& tx, NodeId node, const DuesMoment& moment,
                                             const std::optional<std::vector<PartyId>>& members) {
  std::vector<MembershipId> waived;
  const SqlValue these = members ? sql_of(*members) : SqlValue{std::nullopt};
  for (const Row row : report_rows(tx, wholly_waived_sql, node, moment.as_of, moment.known_at, these))
    waived.push_back(row.id<MembershipId>(0));
  return waived;
}

}  // namespace coop::dues
