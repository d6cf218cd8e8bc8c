#include "reports/reconciliation.hpp"

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/bank_known.hpp"

namespace coop::reports {

namespace {

// What the statements that count say: the first opening balance, and each closing balance with what the lines
// make of it by then.
constexpr const char* read_bank_side_sql = R"sql(
  -- reports.reconciliation_bank_side
  WITH counted AS (
       SELECT s.import_number, s.position, s.first_day, s.last_day, s.opening_minor, s.closing_minor,
              s.closing_on
         FROM bank_statement s
        WHERE s.node_id = $1 AND s.bank_account = $2 AND s.purpose = 'booked'
          AND (SELECT x.kind FROM bank_import_step x
                WHERE x.node_id = s.node_id AND x.import_number = s.import_number
                  AND ($4::timestamptz IS NULL OR x.recorded_at <= $4)
                ORDER BY x.number DESC LIMIT 1) = 'taken_in'),
  said AS MATERIALIZED (
       SELECT l.booked_on, l.amount_minor
         FROM (SELECT v.line_number FROM bank_live_line v
                WHERE v.node_id = $1 AND v.bank_account = $2 AND $5::bigint[] IS NULL
                UNION ALL
               SELECT x.number FROM unnest($5::bigint[]) AS x (number)) v
         JOIN bank_line l ON l.node_id = $1 AND l.number = v.line_number),
  start AS (
       SELECT c.first_day, c.opening_minor
         FROM counted c
        WHERE c.opening_minor IS NOT NULL AND c.first_day IS NOT NULL
        ORDER BY c.first_day, c.import_number, c.position
        LIMIT 1),
  ends AS (
       SELECT e.day, e.closing_minor, e.import_number, e.position,
              start.opening_minor + coalesce((
                SELECT sum(l.amount_minor) FROM said l WHERE l.booked_on <= e.day), 0) AS by_lines
         FROM (SELECT DISTINCT ON (coalesce(c.closing_on, c.last_day))
                      coalesce(c.closing_on, c.last_day) AS day, c.closing_minor, c.import_number,
                      c.position
                 FROM counted c
                WHERE c.closing_minor IS NOT NULL AND coalesce(c.closing_on, c.last_day) <= $3
                ORDER BY coalesce(c.closing_on, c.last_day), c.import_number DESC, c.position DESC) e, start),
  wrong AS (
       SELECT min(ends.day) AS day FROM ends WHERE ends.closing_minor <> ends.by_lines)
  SELECT (SELECT start.first_day FROM start), (SELECT start.opening_minor FROM start),
         (SELECT wrong.day FROM wrong),
         (SELECT max(ends.day) FROM ends, wrong WHERE ends.day < coalesce(wrong.day, 'infinity')),
         (SELECT ends.closing_minor + coalesce((
                 SELECT sum(l.amount_minor) FROM said l
                  WHERE l.booked_on > ends.day AND l.booked_on <= $3), 0)
            FROM ends ORDER BY ends.day DESC LIMIT 1),
         (SELECT ends.import_number FROM ends ORDER BY ends.day DESC LIMIT 1),
         (SELECT ends.position FROM ends ORDER BY ends.day DESC LIMIT 1)
)sql";

/// Reads when statements begin and what they say; the balance that the first one begins with.
std::optional<std::int64_t> read_bank_side(Tx& tx, NodeId node, const BankKnown& known,
                                           Reconciliation& found) {
  const auto said = only_row(
      report_rows(tx, read_bank_side_sql, node, found.account.number, found.as_of, known.at, known.lines));
  found.begins_on = said.maybe_day(0);
  found.contradicted_on = said.maybe_day(2);
  found.proved_until = said.maybe_day(3);
  found.bank_minor = said.maybe_int64(4);
  if (!said.is_null(5)) found.last_import = said.id<bank::BankImportNumber>(5);
  if (!said.is_null(6)) found.last_statement = said.integer(6);
  return said.maybe_int64(1);
}

// A posting and its reversal that are both on no statement cancel out: neither ever reached the bank.
constexpr const char* read_uncleared_sql = R"sql(
  -- reports.reconciliation_uncleared
  WITH cleared AS (
       SELECT x.entry_number, x.posting_line, sum(x.amount_minor) AS amount_minor,
              min(l.number) AS line_number
         FROM (SELECT v.line_number FROM bank_live_line v
                WHERE v.node_id = $1 AND v.bank_account = $5 AND $8::bigint[] IS NULL
                UNION ALL
               SELECT x.number FROM unnest($8::bigint[]) AS x (number)) v
         JOIN bank_line l ON l.node_id = $1 AND l.number = v.line_number AND l.booked_on <= $4
         JOIN bank_match m ON m.node_id = $1 AND m.line_number = v.line_number
          AND CASE WHEN $7::timestamptz IS NULL THEN m.live
                   ELSE m.recorded_at <= $7 AND NOT EXISTS (
                        SELECT FROM bank_match_end e
                         WHERE e.node_id = $1 AND e.match_number = m.number AND e.recorded_at <= $7) END
         JOIN bank_match_part x ON x.node_id = m.node_id AND x.match_number = m.number
        GROUP BY x.entry_number, x.posting_line),
  loose AS (
       SELECT p.entry_number, p.line, p.booked_on, p.amount_minor,
              p.amount_minor - coalesce(c.amount_minor, 0) AS open_minor, e.description, e.reference,
              e.reverses, t.line_number
         FROM posting p
         JOIN entry e ON e.node_id = p.node_id AND e.number = p.entry_number
         LEFT JOIN cleared c ON c.entry_number = p.entry_number AND c.posting_line = p.line
         LEFT JOIN cleared t ON t.entry_number = e.reverses AND t.posting_line = p.line
        WHERE p.node_id = $1 AND p.account_id = $2 AND p.booked_on >= $3 AND p.booked_on <= $4
          AND ($9::bigint IS NULL OR p.entry_number <= $9)
          AND p.amount_minor <> coalesce(c.amount_minor, 0))
  SELECT u.entry_number, u.line, u.booked_on, u.amount_minor, u.open_minor, u.description,
         coalesce(u.reference, ''), sum(u.open_minor) OVER (), count(*) OVER (), u.line_number
    FROM loose u
   WHERE NOT EXISTS (SELECT FROM loose o
                      WHERE (o.reverses = u.entry_number OR u.reverses = o.entry_number) AND o.line = u.line
                        AND o.open_minor = -u.open_minor AND u.open_minor = u.amount_minor)
   ORDER BY u.booked_on, u.entry_number, u.line
   LIMIT $6
)sql";

void read_uncleared(Tx& tx, NodeId node, const BankKnown& known, Reconciliation& found) {
  for (const Row row :
       report_rows(tx, read_uncleared_sql, node, found.account.account, found.begins_on, found.as_of,
                   found.account.number, most_listed, known.at, known.lines, known.last_entry)) {
    found.uncleared.push_back(
        {row.id<EntryNumber>(0), row.integer(1), row.day(2), row.int64(3), row.int64(4), row.string(5),
         row.string(6), row.is_null(9) ? std::nullopt : std::optional{row.id<bank::BankLineNumber>(9)}});
    found.uncleared_minor = row.int64(7);
    found.uncleared_count = row.int64(8);
  }
}

constexpr const char* read_unbooked_sql = R"sql(
  -- reports.reconciliation_unbooked
  WITH said AS (
       SELECT v.line_number FROM bank_live_line v
        WHERE v.node_id = $1 AND v.bank_account = $2 AND $6::bigint[] IS NULL
        UNION ALL
       SELECT x.number FROM unnest($6::bigint[]) AS x (number)),
  booked AS (
       SELECT m.line_number, sum(x.amount_minor) AS amount_minor
         FROM said v
         JOIN bank_match m ON m.node_id = $1 AND m.line_number = v.line_number
          AND CASE WHEN $5::timestamptz IS NULL THEN m.live
                   ELSE m.recorded_at <= $5 AND NOT EXISTS (
                        SELECT FROM bank_match_end e
                         WHERE e.node_id = $1 AND e.match_number = m.number AND e.recorded_at <= $5) END
         JOIN bank_match_part x ON x.node_id = m.node_id AND x.match_number = m.number
         JOIN posting p ON p.node_id = x.node_id AND p.entry_number = x.entry_number
                       AND p.line = x.posting_line AND p.booked_on <= $3
                       AND ($7::bigint IS NULL OR p.entry_number <= $7)
        GROUP BY m.line_number)
  SELECT l.number, l.booked_on, l.amount_minor - coalesce(b.amount_minor, 0),
         coalesce((SELECT concat_ws(': ', nullif(d.name, ''), nullif(d.words, ''))
                     FROM bank_detail d
                    WHERE d.node_id = l.node_id AND d.line_number = l.number
                    ORDER BY d.part LIMIT 1), l.words),
         coalesce((SELECT x.kind FROM bank_line_step x
                    WHERE x.node_id = l.node_id AND x.line_number = l.number
                      AND ($5::timestamptz IS NULL OR x.recorded_at <= $5)
                    ORDER BY x.number DESC LIMIT 1), '') = 'ignored',
         sum(l.amount_minor - coalesce(b.amount_minor, 0)) OVER (), count(*) OVER ()
    FROM said v
    JOIN bank_line l ON l.node_id = $1 AND l.number = v.line_number
    LEFT JOIN booked b ON b.line_number = l.number
   WHERE l.booked_on <= $3 AND l.amount_minor <> coalesce(b.amount_minor, 0)
   ORDER BY l.booked_on, l.number
   LIMIT $4
)sql";

void read_unbooked(Tx& tx, NodeId node, const BankKnown& known, Reconciliation& found) {
  for (const Row row : report_rows(tx, read_unbooked_sql, node, found.account.number, found.as_of,
                                   most_listed, known.at, known.lines, known.last_entry)) {
    found.unbooked.push_back(
        {row.id<bank::BankLineNumber>(0), row.day(1), row.int64(2), row.string(3), row.boolean(4)});
    found.unbooked_minor = row.int64(5);
    found.unbooked_count = row.int64(6);
  }
}

// The books on the day; and what of them, before the first statement, no line has cleared.
constexpr const char* read_books_side_sql = R"sql(
  -- reports.reconciliation_books_side
  SELECT coalesce(sum(p.amount_minor), 0),
         coalesce(sum(p.amount_minor) FILTER (WHERE p.booked_on < $4), 0) - coalesce((
           SELECT sum(x.amount_minor)
             FROM (SELECT v.line_number FROM bank_live_line v
                    WHERE v.node_id = $1 AND v.bank_account = $5 AND $7::bigint[] IS NULL
                    UNION ALL
                   SELECT x.number FROM unnest($7::bigint[]) AS x (number)) v
             JOIN bank_line l ON l.node_id = $1 AND l.number = v.line_number AND l.booked_on <= $3
             JOIN bank_match m ON m.node_id = $1 AND m.line_number = v.line_number
              AND CASE WHEN $6::timestamptz IS NULL THEN m.live
                       ELSE m.recorded_at <= $6 AND NOT EXISTS (
                            SELECT FROM bank_match_end e
                             WHERE e.node_id = $1 AND e.match_number = m.number AND e.recorded_at <= $6) END
             JOIN bank_match_part x ON x.node_id = m.node_id AND x.match_number = m.number
             JOIN posting q ON q.node_id = x.node_id AND q.entry_number = x.entry_number
                           AND q.line = x.posting_line AND q.booked_on < $4
                           AND ($8::bigint IS NULL OR q.entry_number <= $8)), 0)
    FROM posting p
   WHERE p.node_id = $1 AND p.account_id = $2 AND p.booked_on <= $3
     AND ($8::bigint IS NULL OR p.entry_number <= $8)
)sql";

/// Reads how the books stand; what of them, before the first statement, no line has cleared.
std::int64_t read_books_side(Tx& tx, NodeId node, const BankKnown& known, Reconciliation& found) {
  const auto books =
      only_row(report_rows(tx, read_books_side_sql, node, found.account.account, found.as_of, found.begins_on,
                           found.account.number, known.at, known.lines, known.last_entry));
  found.books_minor = books.int64(0);
  return books.int64(1);
}

// Each count with what the books say of its day: what was booked for it, or an earlier one, belongs to it on
// whatever day it could be booked.
constexpr const char* read_count_side_sql = R"sql(
  -- reports.reconciliation_count_side
  SELECT c.counted_on, c.total_minor,
         c.total_minor = coalesce((SELECT sum(p.amount_minor)
                 FROM posting p
                WHERE p.node_id = $1 AND p.account_id = $3 AND p.booked_on <= c.counted_on
                  AND ($6::bigint IS NULL OR p.entry_number <= $6)), 0)
             + coalesce((SELECT sum(p.amount_minor)
                 FROM bank_count d
                 JOIN bank_count_entry x ON x.node_id = d.node_id AND x.count_number = d.number
                 JOIN posting p ON p.node_id = x.node_id AND p.entry_number = x.entry_number
                               AND p.account_id = $3
                WHERE d.node_id = $1 AND d.bank_account = $2 AND d.counted_on <= c.counted_on
                  AND p.booked_on > c.counted_on AND ($6::bigint IS NULL OR p.entry_number <= $6)
                  AND ($5::timestamptz IS NULL OR x.recorded_at <= $5)), 0)
    FROM bank_count c
   WHERE c.node_id = $1 AND c.bank_account = $2 AND c.counted_on <= $4
     AND CASE WHEN $5::timestamptz IS NULL THEN c.live
              ELSE c.recorded_at <= $5 AND NOT EXISTS (
                   SELECT FROM bank_count_end e
                    WHERE e.node_id = c.node_id AND e.count_number = c.number AND e.recorded_at <= $5) END
   ORDER BY c.counted_on DESC
   LIMIT 50
)sql";

/// Reads what was counted; false if nothing was.
bool read_count_side(Tx& tx, NodeId node, const BankKnown& known, Reconciliation& found) {
  for (const Row row : report_rows(tx, read_count_side_sql, node, found.account.number, found.account.account,
                                   found.as_of, known.at, known.last_entry)) {
    const bool agrees = row.boolean(2);
    if (!found.counted_on) {
      found.begins_on = found.counted_on = row.day(0);
      found.bank_minor = row.int64(1);
      if (!agrees) found.contradicted_on = row.day(0);
    }
    if (agrees && !found.proved_until) found.proved_until = row.day(0);
  }
  return found.counted_on.has_value();
}

constexpr const char* read_since_count_sql = R"sql(
  -- reports.reconciliation_since_count
  SELECT p.entry_number, p.line, p.booked_on, p.amount_minor, e.description, coalesce(e.reference, ''),
         sum(p.amount_minor) OVER (), count(*) OVER ()
    FROM posting p
    JOIN entry e ON e.node_id = p.node_id AND e.number = p.entry_number
   WHERE p.node_id = $1 AND p.account_id = $3 AND p.booked_on > $4 AND p.booked_on <= $5
     AND ($8::bigint IS NULL OR p.entry_number <= $8)
     AND NOT EXISTS (SELECT FROM bank_count_entry x
                       JOIN bank_count d ON d.node_id = x.node_id AND d.number = x.count_number
                      WHERE x.node_id = $1 AND x.entry_number = p.entry_number AND d.bank_account = $2
                        AND d.counted_on <= $4 AND ($7::timestamptz IS NULL OR x.recorded_at <= $7))
   ORDER BY p.booked_on, p.entry_number, p.line
   LIMIT $6
)sql";

// What was booked since the latest count stands where postings stand that the bank does not have yet.
void read_since_count(Tx& tx, NodeId node, const BankKnown& known, Reconciliation& found) {
  for (const Row row :
       report_rows(tx, read_since_count_sql, node, found.account.number, found.account.account,
                   found.counted_on, found.as_of, most_listed, known.at, known.last_entry)) {
    found.uncleared.push_back({row.id<EntryNumber>(0), row.integer(1), row.day(2), row.int64(3), row.int64(3),
                               row.string(4), row.string(5)});
    found.uncleared_minor = row.int64(6);
    found.uncleared_count = row.int64(7);
  }
}

// What is left over, once the rest is explained.
void add_difference(Reconciliation& found) {
  std::int64_t explained = checked_add(found.books_minor, -found.uncleared_minor);
  explained = checked_add(explained, found.unbooked_minor);
  explained = checked_add(explained, -found.beginning_minor);
  if (found.bank_minor) found.difference_minor = checked_add(*found.bank_minor, -explained);
}

}  // namespace

Reconciliation read_reconciliation(Tx& tx, NodeId node, const bank::BankAccount& account, const Unit& unit,
                                   Day as_of, bool sees_names, std::optional<Instant> known_at) {
  Reconciliation found{account, unit, as_of, 0, {}, 0, {}, 0, {}, 0, {}, {}, {}, 0};
  found.known_at = known_at;
  const BankKnown known = read_bank_known(tx, node, account, known_at);
  found.suspended = bank::read_suspended(tx, node, account.number, as_of, known_at);
  if (account.kind == bank::BankAccountKind::cash && read_count_side(tx, node, known, found)) {
    read_books_side(tx, node, known, found);
    read_since_count(tx, node, known, found);
    add_difference(found);
    return found;
  }
  const auto opening = read_bank_side(tx, node, known, found);
  const std::int64_t uncleared_before = read_books_side(tx, node, known, found);
  if (!found.begins_on) return found;
  read_uncleared(tx, node, known, found);
  read_unbooked(tx, node, known, found);
  if (!sees_names)
    for (UnbookedLine& line : found.unbooked) line.words.clear();
  found.beginning_minor = checked_add(uncleared_before, -opening.value());
  add_difference(found);
  return found;
}

bank::SignedFigures signed_figures_of(const ReportNode& node, const Reconciliation& statement) {
  Reconciliation shown = statement;
  for (UnbookedLine& line : shown.unbooked) line.words.clear();
  return {statement.books_minor,
          statement.uncleared_count,
          statement.uncleared_minor,
          statement.unbooked_count,
          statement.unbooked_minor,
          statement.beginning_minor,
          statement.bank_minor,
          statement.difference_minor,
          statement.last_import,
          statement.last_statement,
          plain_text(table_of_reconciliation(node, shown))};
}

namespace {

// What is parked agrees to the cent and is not explained: the statement says so on top.
void add_suspense(Table& table, const Reconciliation& statement) {
  const bank::Suspended& held = statement.suspended;
  if (held.lines == 0) return;
  table.facts.push_back(
      {"in_suspense", "In suspense", Amount{held.amount_minor, statement.unit.scale, statement.unit.code}});
  table.facts.push_back({"lines_in_suspense", "Lines in suspense", held.lines});
  table.facts.push_back({"in_suspense_since", "In suspense since", *held.since});
}

}  // namespace

Table table_of_reconciliation(const ReportNode& node, const Reconciliation& statement) {
  Table table{"reconciliation", "Bank reconciliation", {}, {}, {}, std::nullopt};
  add_node(table, node);
  table.facts.push_back(
      {"account", "Account", statement.account.path + " (" + statement.account.title + ")"});
  add_viewpoint(table, {statement.as_of, statement.known_at});
  if (statement.counted_on) table.facts.push_back({"counted_on", "Counted on", *statement.counted_on});
  if (statement.proved_until)
    table.facts.push_back({"proved_until", "Agrees with the bank through", *statement.proved_until});
  if (statement.contradicted_on)
    table.facts.push_back({"contradicted_on", "Contradicts the bank on", *statement.contradicted_on});
  add_suspense(table, statement);
  table.columns = {{"on", "On", ColumnKind::day},
                   {"number", "Number", ColumnKind::text},
                   {"words", "What", ColumnKind::text, 60},
                   {"unit", "", ColumnKind::text},
                   {"amount", "Amount", ColumnKind::amount}};
  const auto add = [&](RowKind kind, std::int64_t minor, Cell day, const std::string& number,
                       const std::string& words) {
    table.rows.push_back({kind,
                          kind == RowKind::line ? 1 : 0,
                          {std::move(day), number, words, statement.unit.code,
                           Amount{minor, statement.unit.scale, statement.unit.code}}});
  };
  add(RowKind::subtotal, statement.books_minor, {}, "", "Balance by the books");
  for (const UnclearedPosting& one : statement.uncleared)
    add(RowKind::line, -one.uncleared_minor, one.booked_on, "entry " + std::to_string(one.entry.number()),
        (one.line_reversed ? "of line " + std::to_string(one.line_reversed->number()) + ": " : "") +
            one.description);
  add(RowKind::subtotal, -statement.uncleared_minor, {}, "",
      statement.counted_on ? "Less what was booked since the count"
                           : "Less what is on the books and not at the bank");
  for (const UnbookedLine& one : statement.unbooked)
    add(RowKind::line, one.amount_minor, one.booked_on, "line " + std::to_string(one.line.number()),
        one.words + (one.is_ignored ? " (set aside)" : ""));
  add(RowKind::subtotal, statement.unbooked_minor, {}, "", "Plus what is at the bank and not on the books");
  if (statement.beginning_minor != 0)
    add(RowKind::subtotal, -statement.beginning_minor,
        statement.begins_on ? Cell{*statement.begins_on} : Cell{}, "",
        "Less what the books were above the bank before the first statement");
  if (statement.bank_minor)
    add(RowKind::total, *statement.bank_minor, {}, "",
        statement.counted_on ? "Counted" : "Balance by the bank");
  add(RowKind::proof, statement.difference_minor, {}, "", "Left unexplained");
  return table;
}

}  // namespace coop::reports
