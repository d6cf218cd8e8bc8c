#include "ledger/dues/charge_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

std::optional<EntryNumber> maybe_entry(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.id<EntryNumber>(column);
}

std::optional<int> maybe_int(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.integer(column);
}

Charge charge_from(const Row& row) {
  return {row.id<ChargeNumber>(0),
          maybe_int(row, 1),
          row.is_null(2) ? std::nullopt : std::optional{row.id<MembershipId>(2)},
          row.string(3),
          row.string(4),
          {due_kind_from(row.text(5)), Period{row.day(6), row.day(7)}, row.day(8), row.integer(9),
           row.integer(10), row.id<UnitId>(11), row.id<PartyId>(12), row.int64(13), row.int64(14),
           row.string(15)},
          row.integer(16),
          row.int64(17),
          maybe_entry(row, 18),
          row.instant(19),
          row.maybe_day(20),
          maybe_entry(row, 21)};
}

std::vector<Charge> charges_from(const Rows& found) {
  std::vector<Charge> charges;
  charges.reserve(static_cast<std::size_t>(found.size()));
  for (const Row row : found) charges.push_back(charge_from(row));
  return charges;
}

}  // namespace

// From each membership that is asked for to its own charges, whatever the planner believes of a table that
// has just grown: along the key of all charges it would read every one of them for each stretch of a run.
constexpr const char* bare_charges_sql = R"sql(
  -- dues.bare_charges
  SELECT c.number, c.membership_id, c.kind, c.period_first, c.period_last, c.due_on, c.part, c.parts,
         c.unit_id, c.debtor_id, c.gross_minor, c.waived_minor, c.version, r.reversed_on
    FROM unnest($2::int[]) AS asked (membership_id)
   CROSS JOIN LATERAL (SELECT number, membership_id, kind, period_first, period_last, due_on, part, parts,
                              unit_id, debtor_id, gross_minor, waived_minor, version
                         FROM charge
                        WHERE node_id = $1 AND membership_id = asked.membership_id
                          AND kind IN ('dues', 'joining', 'obligation') AND period_first BETWEEN $3 AND $4
                       OFFSET 0) AS c
    LEFT JOIN charge_reversal r ON r.node_id = $1 AND r.charge_number = c.number
)sql";

std::vector<Charge> read_bare_charges(Tx& tx, NodeId node, const SqlValue& memberships,
                                      const Period& window) {
  const Rows found = report_rows(tx, bare_charges_sql, node, memberships, window.first(), window.last());
  std::vector<Charge> charges;
  charges.reserve(static_cast<std::size_t>(found.size()));
  for (const Row row : found)
    charges.push_back({row.id<ChargeNumber>(0),
                       std::nullopt,
                       row.id<MembershipId>(1),
                       {},
                       {},
                       {due_kind_from(row.text(2)),
                        Period{row.day(3), row.day(4)},
                        row.day(5),
                        row.integer(6),
                        row.integer(7),
                        row.id<UnitId>(8),
                        row.id<PartyId>(9),
                        row.int64(10),
                        row.int64(11),
                        {}},
                       row.integer(12),
                       0,
                       std::nullopt,
                       {},
                       row.maybe_day(13),
                       std::nullopt});
  return charges;
}

constexpr const char* some_charges_sql = R"sql(
  -- dues.some_charges
  SELECT c.number, c.run_number, c.membership_id, m.number, d.number, c.kind, c.period_first, c.period_last,
         c.due_on, c.part, c.parts, c.unit_id, c.debtor_id, c.gross_minor, c.waived_minor, c.why, c.version,
         c.prepaid_minor, c.entry_number, c.recorded_at, r.reversed_on, r.entry_number
    FROM unnest($2::bigint[]) AS asked (number)
   CROSS JOIN LATERAL (SELECT number, run_number, membership_id, member_id, debtor_id, kind, period_first,
                              period_last, due_on, part, parts, unit_id, gross_minor, waived_minor, why,
                              version, prepaid_minor, entry_number, recorded_at
                         FROM charge WHERE node_id = $1 AND number = asked.number LIMIT 1) AS c
    JOIN party m ON m.node_id = $1 AND m.id = c.member_id
    JOIN party d ON d.node_id = $1 AND d.id = c.debtor_id
    LEFT JOIN charge_reversal r ON r.node_id = $1 AND r.charge_number = c.number
   ORDER BY c.number
)sql";

std::vector<Charge> read_charges(Tx& tx, NodeId node, std::span<const ChargeNumber> numbers) {
  if (numbers.empty()) return {};
  SqlArray asked;
  for (const ChargeNumber number : numbers) asked.add(number);
  return charges_from(report_rows(tx, some_charges_sql, node, asked.value()));
}

constexpr const char* list_charges_sql = R"sql(
  -- dues.list_charges
  SELECT c.number, c.run_number, c.membership_id, m.number, d.number, c.kind, c.period_first, c.period_last,
         c.due_on, c.part, c.parts, c.unit_id, c.debtor_id, c.gross_minor, c.waived_minor, c.why, c.version,
         c.prepaid_minor, c.entry_number, c.recorded_at, r.reversed_on, r.entry_number
    FROM charge c
    JOIN party m ON m.node_id = c.node_id AND m.id = c.member_id
    JOIN party d ON d.node_id = c.node_id AND d.id = c.debtor_id
    LEFT JOIN charge_reversal r ON r.node_id = c.node_id AND r.charge_number = c.number
   WHERE c.node_id = $1
     AND ($2::int IS NULL OR c.member_id = $2) AND ($3::int IS NULL OR c.debtor_id = $3)
     AND ($4::int IS NULL OR c.run_number = $4)
     AND ($5::boolean IS NULL OR (r.charge_number IS NOT NULL) = $5)
     AND ($6::bigint IS NULL OR c.number < $6) AND ($7::bigint IS NULL OR c.number = $7)
   ORDER BY c.number DESC
   LIMIT $8
)sql";

std::vector<Charge> list_charges(Tx& tx, NodeId node, const ChargeFilter& filter,
                                 std::optional<ChargeNumber> before, int limit) {
  return charges_from(report_rows(tx, list_charges_sql, node, filter.member, filter.debtor, filter.run,
                                  filter.reversed, before, std::nullopt, limit));
}

std::optional<Charge> find_charge(Tx& tx, NodeId node, ChargeNumber number) {
  auto found = charges_from(report_rows(tx, list_charges_sql, node, std::nullopt, std::nullopt, std::nullopt,
                                        std::nullopt, std::nullopt, number, 1));
  return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

constexpr const char* last_charge_sql = R"sql(
  -- dues.last_charge
  SELECT coalesce(max(number), 0) FROM charge WHERE node_id = $1
)sql";

std::int64_t read_last_charge(Tx& tx, NodeId node) {
  return only_row(rows(tx, last_charge_sql, node)).int64(0);
}

constexpr const char* insert_charges_sql = R"sql(
  -- dues.insert_charges
  INSERT INTO charge (node_id, number, run_number, kind, membership_id, member_id, debtor_id, unit_id,
                      period_first, period_last, due_on, part, parts, version, gross_minor, waived_minor,
                      prepaid_minor, why, entry_number, recorded_at, recorded_by)
  SELECT $1, c.number, c.run_number, c.kind, c.membership_id, c.member_id, c.debtor_id, c.unit_id,
         c.period_first, c.period_last, c.due_on, c.part, c.parts, c.version, c.gross_minor, c.waived_minor,
         c.prepaid_minor, c.why, c.entry_number, $2, $3
    FROM unnest($4::bigint[], $5::int[], $6::text[], $7::int[], $8::int[], $9::int[], $10::int[],
                $11::date[], $12::date[], $13::date[], $14::int[], $15::int[], $16::int[], $17::bigint[],
                $18::bigint[], $19::bigint[], $20::text[], $21::int[])
      AS c (number, run_number, kind, membership_id, member_id, debtor_id, unit_id, period_first, period_last,
            due_on, part, parts, version, gross_minor, waived_minor, prepaid_minor, why, entry_number)
)sql";

void insert_charges(Tx& tx, NodeId node, std::span<const Charge> charges, std::span<const PartyId> members,
                    const books::Author& author) {
  std::array<SqlArray, 18> columns;
  for (std::size_t i = 0; i < charges.size(); ++i) {
    const Charge& charge = charges[i];
    const Due& due = charge.due;
    std::size_t column = 0;
    const auto add = [&](const auto& value) { columns[column++].add(value); };
    add(charge.number);
    add(charge.run);
    add(text_of(due.kind));
    add(charge.membership);
    add(members[i]);
    add(due.payer);
    add(due.unit);
    add(due.period.first());
    add(due.period.last());
    add(due.due_on);
    add(due.part);
    add(due.parts);
    add(charge.version);
    add(due.gross_minor);
    add(due.waived_minor);
    add(charge.prepaid_minor);
    add(due.why);
    add(charge.entry);
  }
  const auto column = [&](std::size_t index) { return columns[index].value(); };
  rows(tx, insert_charges_sql, node, author.now, author.user, column(0), column(1), column(2), column(3),
       column(4), column(5), column(6), column(7), column(8), column(9), column(10), column(11), column(12),
       column(13), column(14), column(15), column(16), column(17));
}

constexpr const char* insert_charge_reversal_sql = R"sql(
  -- dues.insert_charge_reversal
  INSERT INTO charge_reversal (node_id, charge_number, run_number, reversed_on, reason, entry_number,
                               recorded_at, recorded_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)sql";

void insert_charge_reversal(Tx& tx, NodeId node, const ChargeReversal& reversal,
                            const books::Author& author) {
  rows(tx, insert_charge_reversal_sql, node, reversal.charge, reversal.run, reversal.reversed_on,
       reversal.reason, reversal.entry, author.now, author.user);
}

}  // namespace coop::dues
