#include "ledger/bank/line_store.hpp"

#include <array>
#include <string_view>

#include "ledger/database/binary_array.hpp"
#include "ledger/statements/file_words.hpp"

namespace coop::bank {

constexpr const char* insert_details_sql = R"sql(
  -- bank.insert_details
  INSERT INTO bank_detail (node_id, line_number, part, amount_minor, charges_minor, name, ultimate_name,
    account, bank, structured, end_to_end, mandate, creditor, instruction, message, payment_group,
    bank_reference, unique_reference, words, return_code)
  SELECT $1, unnest($2::bigint[]), unnest($3::int[]), unnest($4::bigint[]), unnest($5::bigint[]),
         unnest($6::text[]), unnest($7::text[]), unnest($8::text[]), unnest($9::text[]), unnest($10::text[]),
         unnest($11::text[]), unnest($12::text[]), unnest($13::text[]), unnest($14::text[]),
         unnest($15::text[]), unnest($16::text[]), unnest($17::text[]), unnest($18::text[]),
         unnest($19::text[]), unnest($20::text[])
)sql";

namespace {

void insert_details(Tx& tx, NodeId node, BankLineNumber first, std::span<const BankLine> lines) {
  using Of = BinaryArray::Of;
  BinaryArray of{Of::int8}, part{Of::int4}, amount{Of::int8}, charges{Of::int8};
  std::vector<BinaryArray> texts(15, BinaryArray{Of::text});
  std::int64_t number = first.number();
  for (const BankLine& line : lines) {
    int counted = 0;
    for (const BankDetail& detail : line.details) {
      of.add(number);
      part.add(++counted);
      amount.add(detail.amount_minor);
      charges.add(detail.charges_minor);
      const statements::Counterparty& who = detail.counterparty;
      const statements::References& by = detail.references;
      const std::array<const std::string*, 15> all{
          &who.name,         &who.ultimate_name, &who.account, &who.bank,       &by.structured,
          &by.end_to_end,    &by.mandate,        &by.creditor, &by.instruction, &by.message,
          &by.payment_group, &by.bank,           &by.unique,   &detail.words,   &detail.return_code};
      for (std::size_t i = 0; i < all.size(); ++i) texts[i].add(std::string_view{*all[i]});
    }
    ++number;
  }
  std::vector<std::string> columns{of.value(), part.value(), amount.value(), charges.value()};
  for (const BinaryArray& text : texts) columns.push_back(text.value());
  const std::array<SqlValue, 1> values{node};
  tx.run(insert_details_sql, values, columns);
}

}  // namespace

constexpr const char* insert_lines_sql = R"sql(
  -- bank.insert_lines
  INSERT INTO bank_line (node_id, number, import_number, statement_position, position, bank_account, status,
    booked_on, valued_on, amount_minor, charges_minor, is_reversal, key, occurrence, bank_id, code, words,
    place, raw, raw_hash, batch_message, batch_group, batch_count)
  SELECT $1, n.number, n.import, n.statement, n.position, n.account, n.status, n.booked_on, n.valued_on,
         n.amount, n.charges, n.is_reversal, n.key, n.occurrence, n.bank_id, n.code, n.words, n.place, n.raw,
         sha256(convert_to(n.raw, 'UTF8')), n.batch_message, n.batch_group, n.batch_count
    FROM (SELECT unnest($2::bigint[]) AS number, unnest($3::int[]) AS import, unnest($4::int[]) AS statement,
                 unnest($5::int[]) AS position, unnest($6::int[]) AS account, unnest($7::text[]) AS status,
                 unnest($8::date[]) AS booked_on, unnest($9::date[]) AS valued_on,
                 unnest($10::bigint[]) AS amount, unnest($11::bigint[]) AS charges,
                 unnest($12::bool[]) AS is_reversal, unnest($13::text[]) AS key,
                 unnest($14::int[]) AS occurrence, unnest($15::text[]) AS bank_id,
                 unnest($16::text[]) AS code, unnest($17::text[]) AS words, unnest($18::text[]) AS place,
                 unnest($19::text[]) AS raw, unnest($20::text[]) AS batch_message,
                 unnest($21::text[]) AS batch_group, unnest($22::int[]) AS batch_count) n
)sql";

void insert_lines(Tx& tx, NodeId node, BankLineNumber first, std::span<const BankLine> lines) {
  using Of = BinaryArray::Of;
  BinaryArray number{Of::int8}, import{Of::int4}, statement{Of::int4}, position{Of::int4}, account{Of::int4};
  BinaryArray status{Of::text}, booked_on{Of::date}, valued_on{Of::date}, amount{Of::int8}, charges{Of::int8};
  BinaryArray reversal{Of::boolean}, key{Of::text}, occurrence{Of::int4}, bank_id{Of::text}, code{Of::text};
  BinaryArray words{Of::text}, place{Of::text}, raw{Of::text}, message{Of::text}, group{Of::text};
  BinaryArray count{Of::int4};
  std::int64_t next = first.number();
  for (const BankLine& line : lines) {
    number.add(next++);
    import.add(line.import);
    statement.add(line.statement);
    position.add(line.position);
    account.add(line.account);
    status.add(statements::text_of(line.status));
    booked_on.add(line.booked_on);
    valued_on.add(line.valued_on);
    amount.add(line.amount_minor);
    charges.add(line.charges_minor);
    reversal.add(line.is_reversal);
    key.add(std::string_view{line.key});
    occurrence.add(line.occurrence);
    bank_id.add(std::string_view{line.bank_id});
    code.add(std::string_view{line.code});
    words.add(std::string_view{line.words});
    place.add(std::string_view{line.place});
    raw.add(std::string_view{line.raw});
    message.add(std::string_view{line.batch_message});
    group.add(std::string_view{line.batch_group});
    count.add(line.batch_count);
  }
  const std::array<SqlValue, 1> values{node};
  const std::array columns{number.value(),     import.value(),  statement.value(), position.value(),
                           account.value(),    status.value(),  booked_on.value(), valued_on.value(),
                           amount.value(),     charges.value(), reversal.value(),  key.value(),
                           occurrence.value(), bank_id.value(), code.value(),      words.value(),
                           place.value(),      raw.value(),     message.value(),   group.value(),
                           count.value()};
  tx.run(insert_lines_sql, values, columns);
  insert_details(tx, node, first, lines);
}

constexpr const char* read_last_line_sql = R"sql(
  -- bank.read_last_line
  SELECT coalesce(max(l.number), 0) FROM bank_line l WHERE l.node_id = $1
)sql";

std::int64_t read_last_line(Tx& tx, NodeId node) {
  return only_row(rows(tx, read_last_line_sql, node)).int64(0);
}

constexpr const char* count_lines_sql = R"sql(
  -- bank.count_lines
  SELECT s.position, count(l.number),
         count(l.number) FILTER (WHERE v.line_number IS NULL),
         count(l.number) FILTER (WHERE v.line_number <> l.number),
         count(l.number) FILTER (WHERE v.line_number = l.number)
    FROM bank_statement s
    LEFT JOIN bank_line l ON l.node_id = s.node_id AND l.import_number = s.import_number
                         AND l.statement_position = s.position AND l.status = 'booked'
    LEFT JOIN bank_live_line v ON v.node_id = l.node_id AND v.bank_account = l.bank_account
                              AND v.key = l.key AND v.occurrence = l.occurrence
   WHERE s.node_id = $1 AND s.import_number = $2
   GROUP BY s.position
   ORDER BY s.position
)sql";

std::vector<LineCounts> count_lines(Tx& tx, NodeId node, BankImportNumber number) {
  std::vector<LineCounts> counts;
  for (const Row row : rows(tx, count_lines_sql, node, number))
    counts.push_back({row.int64(1), row.int64(2), row.int64(3), row.int64(4)});
  return counts;
}

constexpr const char* count_standing_sql = R"sql(
  -- bank.count_standing
  SELECT s.position,
         count(*) FILTER (WHERE m.method IN ('reference', 'own_order', 'payer', 'similar')),
         count(*) FILTER (WHERE m.method = 'posting'),
         count(*) FILTER (WHERE m.method = 'rule' AND u.line_number IS NULL),
         count(*) FILTER (WHERE m.method IN ('transfer', 'learned', 'hand') AND u.line_number IS NULL),
         count(*) FILTER (WHERE u.line_number IS NOT NULL),
         count(*) FILTER (WHERE m.method IS NULL AND x.kind = 'ignored'),
         count(*) FILTER (WHERE m.method IS NULL AND x.kind IS DISTINCT FROM 'ignored'
                            AND l.amount_minor <> 0)
    FROM bank_statement s
    LEFT JOIN (bank_line l
               JOIN bank_live_line v ON v.node_id = l.node_id AND v.line_number = l.number)
           ON l.node_id = s.node_id AND l.import_number = s.import_number
          AND l.statement_position = s.position
    LEFT JOIN bank_match m ON m.node_id = l.node_id AND m.line_number = l.number AND m.live
    LEFT JOIN LATERAL (
         SELECT t.kind FROM bank_line_step t
          WHERE t.node_id = l.node_id AND t.line_number = l.number
          ORDER BY t.number DESC LIMIT 1) x ON true
    LEFT JOIN bank_suspended($1) u ON u.line_number = l.number
   WHERE s.node_id = $1 AND s.import_number = $2
   GROUP BY s.position
   ORDER BY s.position
)sql";

std::vector<StandingCounts> count_standing(Tx& tx, NodeId node, BankImportNumber number) {
  std::vector<StandingCounts> counts;
  for (const Row row : rows(tx, count_standing_sql, node, number))
    counts.push_back(
        {row.int64(1), row.int64(2), row.int64(3), row.int64(4), row.int64(5), row.int64(6), row.int64(7)});
  return counts;
}

constexpr const char* read_line_range_sql = R"sql(
  -- bank.read_line_range
  SELECT coalesce(min(l.number), 1), coalesce(max(l.number) - min(l.number) + 1, 0)
    FROM bank_line l
   WHERE l.node_id = $1 AND l.import_number = $2
)sql";

LineRange read_line_range(Tx& tx, NodeId node, BankImportNumber number) {
  const auto row = only_row(rows(tx, read_line_range_sql, node, number));
  return {row.int64(0), row.int64(1)};
}

constexpr const char* insert_live_lines_sql = R"sql(
  -- bank.insert_live_lines
  INSERT INTO bank_live_line (node_id, bank_account, key, occurrence, line_number)
  SELECT l.node_id, l.bank_account, l.key, l.occurrence, min(l.number)
    FROM bank_line l
    JOIN bank_statement s ON s.node_id = l.node_id AND s.import_number = l.import_number
                         AND s.position = l.statement_position AND s.purpose = 'booked'
   WHERE l.node_id = $1 AND l.import_number = $2 AND l.number BETWEEN $3 AND $4 AND l.status = 'booked'
     AND l.bank_account IS NOT NULL
   GROUP BY l.node_id, l.bank_account, l.key, l.occurrence
  ON CONFLICT DO NOTHING
)sql";

std::int64_t insert_live_lines(Tx& tx, NodeId node, BankImportNumber number, std::int64_t first,
                               std::int64_t last) {
  return rows(tx, insert_live_lines_sql, node, number, first, last).affected();
}

constexpr const char* keep_set_aside_sql = R"sql(
  -- bank.keep_set_aside
  INSERT INTO bank_line_step (node_id, line_number, number, kind, reason, recorded_at, recorded_by)
  SELECT $1, b.line_number, 1, 'ignored', b.reason, $3, $4
    FROM (SELECT DISTINCT ON (v.line_number) v.line_number, s.kind, s.reason
            FROM bank_line_step s
            JOIN bank_line o ON o.node_id = s.node_id AND o.number = s.line_number
            JOIN bank_live_line v ON v.node_id = o.node_id AND v.bank_account = o.bank_account
                                 AND v.key = o.key AND v.occurrence = o.occurrence
            JOIN bank_line l ON l.node_id = v.node_id AND l.number = v.line_number AND l.import_number = $2
           WHERE s.node_id = $1 AND o.number < l.number
           ORDER BY v.line_number, o.number DESC, s.number DESC) b
   WHERE b.kind = 'ignored'
)sql";

void keep_set_aside(Tx& tx, NodeId node, BankImportNumber number, const books::Author& author) {
  rows(tx, keep_set_aside_sql, node, number, author.now, author.user);
}

constexpr const char* read_lines_only_in_sql = R"sql(
  -- bank.read_lines_only_in
  SELECT v.line_number, m.number
    FROM bank_line l
    JOIN bank_live_line v ON v.node_id = l.node_id AND v.bank_account = l.bank_account AND v.key = l.key
                         AND v.occurrence = l.occurrence
    LEFT JOIN bank_match m ON m.node_id = v.node_id AND m.line_number = v.line_number AND m.live
   WHERE l.node_id = $1 AND l.import_number = $2 AND l.status = 'booked'
     AND NOT EXISTS (
         SELECT FROM bank_line o
          WHERE o.node_id = l.node_id AND o.bank_account = l.bank_account AND o.key = l.key
            AND o.occurrence = l.occurrence AND o.import_number <> l.import_number AND o.status = 'booked'
            AND (SELECT x.kind FROM bank_import_step x
                  WHERE x.node_id = o.node_id AND x.import_number = o.import_number
                  ORDER BY x.number DESC LIMIT 1) = 'taken_in')
   ORDER BY v.line_number
)sql";

std::vector<UndoneLine> read_lines_only_in(Tx& tx, NodeId node, BankImportNumber number) {
  std::vector<UndoneLine> lines;
  for (const Row row : rows(tx, read_lines_only_in_sql, node, number))
    lines.push_back(
        {row.id<BankLineNumber>(0), row.is_null(1) ? std::nullopt : std::optional{row.integer(1)}});
  return lines;
}

constexpr const char* delete_live_lines_sql = R"sql(
  -- bank.delete_live_lines
  DELETE FROM bank_live_line v WHERE v.node_id = $1 AND v.line_number = ANY ($2::bigint[])
)sql";

void delete_live_lines(Tx& tx, NodeId node, std::span<const BankLineNumber> lines) {
  SqlArray numbers;
  for (const BankLineNumber line : lines) numbers.add(line);
  rows(tx, delete_live_lines_sql, node, numbers.value());
}

constexpr const char* insert_line_step_sql = R"sql(
  -- bank.insert_line_step
  INSERT INTO bank_line_step (node_id, line_number, number, kind, reason, recorded_at, recorded_by)
  SELECT $1, $2, (SELECT coalesce(max(s.number), 0) + 1 FROM bank_line_step s
                   WHERE s.node_id = $1 AND s.line_number = $2), $3, $4, $5, $6
)sql";

void insert_line_step(Tx& tx, NodeId node, BankLineNumber line, bool is_ignored, const std::string& reason,
                      const books::Author& author) {
  rows(tx, insert_line_step_sql, node, line, is_ignored ? "ignored" : "reopened", reason, author.now,
       author.user);
}

}  // namespace coop::bank
