#include "ledger/bank/line_list_store.hpp"

#include <map>
#include <set>

#include "ledger/statements/file_words.hpp"

namespace coop::bank {

// Whether a line is matched is asked line by line: a join takes all matches there are for a page of fifty, as
// long as nobody has counted them since a file was matched.
constexpr const char* list_lines_sql = R"sql(
  -- bank.list_lines
  SELECT l.number, l.import_number, l.statement_position, l.position, l.bank_account, l.status, l.booked_on,
         l.valued_on, l.amount_minor, l.charges_minor, l.is_reversal, l.key, l.occurrence, l.bank_id, l.code,
         l.words, l.place, CASE WHEN $14::bool THEN l.raw ELSE '' END, l.batch_message, l.batch_group,
         s.state, l.batch_count
    FROM bank_line l
    LEFT JOIN bank_live_line v ON v.node_id = l.node_id AND v.line_number = l.number
    LEFT JOIN LATERAL (
         SELECT x.number FROM bank_match x
          WHERE x.node_id = l.node_id AND x.line_number = l.number AND x.live
          LIMIT 1) m ON true
   CROSS JOIN LATERAL (
         SELECT CASE WHEN m.number IS NOT NULL THEN 'matched'
                     WHEN v.line_number IS NULL OR l.amount_minor = 0 THEN 'silent'
                     WHEN (SELECT x.kind FROM bank_line_step x
                            WHERE x.node_id = l.node_id AND x.line_number = l.number
                            ORDER BY x.number DESC LIMIT 1) = 'ignored' THEN 'ignored'
                     ELSE 'open' END AS state) s
   WHERE l.node_id = $1 AND l.number BETWEEN greatest($2::bigint, $10::bigint + 1, 1)
                                         AND coalesce($2, 9223372036854775807)
     AND ($3::int IS NULL OR l.import_number = $3)
     AND ($4::int IS NULL OR l.bank_account = $4) AND ($5::text IS NULL OR s.state = $5)
     AND ($6::date IS NULL OR l.booked_on >= $6) AND ($7::date IS NULL OR l.booked_on <= $7)
     AND ($8::text IS NULL OR NOT $9 AND position(lower($8) IN lower(l.words)) > 0 OR EXISTS (
          SELECT FROM bank_detail d
           WHERE d.node_id = l.node_id AND d.line_number = l.number
             AND position(lower($8) IN lower(concat_ws(' ', d.structured, d.end_to_end,
                   CASE WHEN NOT $9
                        THEN concat_ws(' ', d.name, d.ultimate_name, d.account, d.words) END))) > 0))
     AND (NOT $12::bool OR l.number IN (SELECT u.line_number FROM bank_suspended($1) u))
     AND (NOT $13::bool OR l.number IN (
          SELECT o.line_number
            FROM entry r
            JOIN bank_match_part p ON p.node_id = r.node_id AND p.entry_number = r.reverses
            JOIN bank_match o ON o.node_id = p.node_id AND o.number = p.match_number AND o.live
           WHERE r.node_id = $1 AND r.reverses IS NOT NULL
             AND NOT EXISTS (SELECT FROM bank_match_part b
                               JOIN bank_match n ON n.node_id = b.node_id AND n.number = b.match_number
                                                AND n.live
                              WHERE b.node_id = r.node_id AND b.entry_number = r.number
                                AND b.posting_line = p.posting_line)))
   ORDER BY l.number
   LIMIT $11
)sql";

// What a notification tells is more than what the line itself made of its text.
constexpr const char* read_details_sql = R"sql(
  -- bank.read_details
  SELECT l.number, d.amount_minor, d.name, d.ultimate_name, d.account, d.bank, d.structured, d.end_to_end,
         d.mandate, d.creditor, d.instruction, d.message, d.payment_group, d.bank_reference,
         d.unique_reference, d.words, d.return_code, d.charges_minor
    FROM bank_line l
    LEFT JOIN bank_notified($1, $2::bigint[]) t ON t.line_number = l.number
    JOIN bank_detail d ON d.node_id = l.node_id AND d.line_number = coalesce(t.told_by, l.number)
   WHERE l.node_id = $1 AND l.number = ANY ($2::bigint[])
   ORDER BY l.number, d.part
)sql";

namespace {

BankLine line_from(const Row& row) {
  return {row.id<BankLineNumber>(0),
          row.id<BankImportNumber>(1),
          row.integer(2),
          row.integer(3),
          row.is_null(4) ? std::nullopt : std::optional{row.id<BankAccountNumber>(4)},
          statements::line_status_from(row.text(5)),
          row.day(6),
          row.maybe_day(7),
          row.int64(8),
          row.int64(9),
          row.boolean(10),
          row.string(11),
          row.integer(12),
          row.string(13),
          row.string(14),
          row.string(15),
          row.string(16),
          row.string(17),
          row.string(18),
          row.string(19),
          line_state_from(row.text(20)),
          {},
          row.is_null(21) ? std::nullopt : std::optional{row.integer(21)}};
}

BankDetail detail_from(const Row& row) {
  return {row.maybe_int64(1),
          {row.string(2), row.string(3), row.string(4), row.string(5)},
          {row.string(6), row.string(7), row.string(8), row.string(9), row.string(10), row.string(11),
           row.string(12), row.string(13), row.string(14)},
          row.string(15),
          row.string(16),
          row.int64(17)};
}

}  // namespace

std::vector<BankLine> list_lines(Tx& tx, NodeId node, const LineFilter& filter) {
  const auto state = filter.state ? std::optional{text_of(*filter.state)} : std::nullopt;
  std::vector<BankLine> lines;
  std::map<std::int64_t, std::size_t> places;
  SqlArray numbers;
  for (const Row row :
       report_rows(tx, list_lines_sql, node, filter.number, filter.import, filter.account, state, filter.from,
                   filter.to, filter.words, filter.words_are_hidden, filter.after, filter.limit,
                   filter.suspended, filter.reversed, filter.with_raw)) {
    places.emplace(row.int64(0), lines.size());
    numbers.add(row.int64(0));
    lines.push_back(line_from(row));
  }
  for (const Row row : rows(tx, read_details_sql, node, numbers.value()))
    lines[places.at(row.int64(0))].details.push_back(detail_from(row));
  return lines;
}

// Asked line by line, as for a list (so OFFSET 0).
constexpr const char* find_still_open_sql = R"sql(
  -- bank.find_still_open
  SELECT v.line_number
    FROM unnest($2::bigint[]) AS asked (line_number)
    JOIN bank_live_line v ON v.node_id = $1 AND v.line_number = asked.line_number
   WHERE NOT EXISTS (SELECT FROM bank_match m
                      WHERE m.node_id = $1 AND m.line_number = asked.line_number AND m.live
                     OFFSET 0)
     AND (SELECT x.kind FROM bank_line_step x
           WHERE x.node_id = $1 AND x.line_number = asked.line_number
           ORDER BY x.number DESC LIMIT 1) IS DISTINCT FROM 'ignored'
)sql";

std::vector<BankLine> find_still_open(Tx& tx, NodeId node, std::span<const BankLine> lines) {
  SqlArray numbers;
  for (const BankLine& line : lines) numbers.add(line.number);
  std::set<BankLineNumber> open;
  for (const Row row : rows(tx, find_still_open_sql, node, numbers.value()))
    open.insert(row.id<BankLineNumber>(0));
  std::vector<BankLine> kept;
  for (const BankLine& line : lines)
    if (open.contains(line.number)) kept.push_back(line);
  return kept;
}

constexpr const char* read_suspended_sql = R"sql(
  -- bank.read_suspended
  SELECT count(*), coalesce(sum(u.amount_minor), 0)::bigint, min(u.booked_on)
    FROM bank_suspended($1) u
   WHERE u.bank_account = $2 AND u.booked_on <= $3
)sql";

// As bank_suspended() of the schema, with what was known then.
constexpr const char* read_suspended_then_sql = R"sql(
  -- bank.read_suspended_then
  SELECT count(DISTINCT l.number), coalesce(sum(x.amount_minor), 0)::bigint, min(l.booked_on)
    FROM bank_account b
    JOIN account o ON o.node_id = b.node_id AND o.id = b.account_id
    JOIN account a ON a.node_id = b.node_id AND a.unit_id = o.unit_id
     AND EXISTS (SELECT FROM bank_account_trait t
                  WHERE t.node_id = b.node_id AND t.bank_account = b.number AND t.kind = 'suspense'
                    AND t.value = to_jsonb(a.path) AND t.recorded_at <= $4)
    JOIN posting p ON p.node_id = a.node_id AND p.account_id = a.id
     AND p.entry_number <= last_known_entry($1, $4)
    JOIN bank_match_part x ON x.node_id = p.node_id AND x.entry_number = p.entry_number AND x.made = 'entry'
    JOIN bank_match m ON m.node_id = x.node_id AND m.number = x.match_number AND m.recorded_at <= $4
    JOIN bank_line l ON l.node_id = m.node_id AND l.number = m.line_number AND l.bank_account = b.number
   WHERE b.node_id = $1 AND b.number = $2 AND l.booked_on <= $3
     AND NOT EXISTS (SELECT FROM bank_match_end e
                      WHERE e.node_id = m.node_id AND e.match_number = m.number AND e.recorded_at <= $4)
)sql";

Suspended read_suspended(Tx& tx, NodeId node, BankAccountNumber account, Day until,
                         std::optional<Instant> known_at) {
  const auto row =
      only_row(known_at ? report_rows(tx, read_suspended_then_sql, node, account, until, *known_at)
                        : rows(tx, read_suspended_sql, node, account, until));
  return {row.int64(0), row.int64(1), row.maybe_day(2)};
}

constexpr const char* count_open_lines_sql = R"sql(
  -- bank.count_open_lines
  SELECT count(*)
    FROM bank_live_line v
    JOIN bank_line l ON l.node_id = v.node_id AND l.number = v.line_number AND l.amount_minor <> 0
   WHERE v.node_id = $1 AND v.bank_account = $2
     AND NOT EXISTS (SELECT FROM bank_match m
                      WHERE m.node_id = v.node_id AND m.line_number = v.line_number AND m.live)
     AND (SELECT x.kind FROM bank_line_step x
           WHERE x.node_id = v.node_id AND x.line_number = v.line_number
           ORDER BY x.number DESC LIMIT 1) IS DISTINCT FROM 'ignored'
)sql";

std::int64_t count_open_lines(Tx& tx, NodeId node, BankAccountNumber account) {
  return only_row(rows(tx, count_open_lines_sql, node, account)).int64(0);
}

constexpr const char* count_open_lines_of_sql = R"sql(
  -- bank.count_open_lines_of
  SELECT count(*)
    FROM bank_line l
    JOIN bank_live_line v ON v.node_id = l.node_id AND v.line_number = l.number
   WHERE l.node_id = $1 AND l.import_number = $2 AND l.amount_minor <> 0
     AND NOT EXISTS (SELECT FROM bank_match m
                      WHERE m.node_id = l.node_id AND m.line_number = l.number AND m.live)
     AND (SELECT x.kind FROM bank_line_step x
           WHERE x.node_id = l.node_id AND x.line_number = l.number
           ORDER BY x.number DESC LIMIT 1) IS DISTINCT FROM 'ignored'
)sql";

std::int64_t count_open_lines_of(Tx& tx, NodeId node, BankImportNumber import) {
  return only_row(rows(tx, count_open_lines_of_sql, node, import)).int64(0);
}

constexpr const char* read_told_lines_sql = R"sql(
  -- bank.read_told_lines
  SELECT t.line_number
    FROM bank_notified($1, ARRAY(
         SELECT DISTINCT l.number
           FROM bank_statement s
           JOIN bank_line n ON n.node_id = s.node_id AND n.import_number = s.import_number
                           AND n.statement_position = s.position
           JOIN bank_line l ON l.node_id = s.node_id AND l.bank_account = s.bank_account
                           AND l.booked_on BETWEEN s.first_day - 31 AND s.last_day + 31
                           AND l.amount_minor = n.amount_minor
           JOIN bank_live_line v ON v.node_id = l.node_id AND v.line_number = l.number
          WHERE s.node_id = $1 AND s.import_number = $2 AND s.purpose = 'details'
            AND l.import_number <> $2)) t
    JOIN bank_line n ON n.node_id = $1 AND n.number = t.told_by AND n.import_number = $2
   WHERE NOT EXISTS (SELECT FROM bank_match m
                      WHERE m.node_id = $1 AND m.line_number = t.line_number AND m.live)
     AND (SELECT x.kind FROM bank_line_step x
           WHERE x.node_id = $1 AND x.line_number = t.line_number
           ORDER BY x.number DESC LIMIT 1) IS DISTINCT FROM 'ignored'
   ORDER BY t.line_number
)sql";

std::vector<BankLineNumber> read_told_lines(Tx& tx, NodeId node, BankImportNumber import) {
  std::vector<BankLineNumber> lines;
  for (const Row row : rows(tx, read_told_lines_sql, node, import))
    lines.push_back(row.id<BankLineNumber>(0));
  return lines;
}

}  // namespace coop::bank
