#include "ledger/proof/line_key_store.hpp"

#include <map>
#include <utility>

#include "ledger/statements/line_key.hpp"

namespace coop::proof {

namespace {

constexpr std::size_t most_faults = 20;

constexpr const char* read_bank_line_keys_sql = R"sql(
  -- proof.read_bank_line_keys
  SELECT l.number, l.booked_on, l.amount_minor, u.scale::int, l.valued_on, l.bank_id, l.words, l.key,
         l.is_reversal
    FROM bank_line l
    JOIN bank_account b ON b.node_id = l.node_id AND b.number = l.bank_account
    JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
    JOIN unit u ON u.id = a.unit_id
   WHERE l.node_id = $1 AND l.number > $2
   ORDER BY l.number
   LIMIT 5000
)sql";

struct KeyedLine {
  statements::KeptLine kept;
  int scale;
  std::string key;
};
using KeyedLines = std::map<std::int64_t, KeyedLine>;

Day day_at(const BulkRows& rows, int row, int column) {
  return Day::of_count(static_cast<std::int32_t>(rows.days(row, column).value_or(0)));
}

KeyedLines read_bank_line_keys(BulkReader& reader, std::int64_t node, std::int64_t after) {
  KeyedLines lines;
  const BulkRows rows = reader.read(read_bank_line_keys_sql, node, after);
  for (int row = 0; row < rows.size(); ++row) {
    const int scale = static_cast<int>(rows.number(row, 3));
    statements::Line line{.booked_on = day_at(rows, row, 1)};
    line.amount = Decimal{rows.number(row, 2), scale};
    if (!rows.is_null(row, 4)) line.valued_on = day_at(rows, row, 4);
    line.bank_id = std::string{rows.bytes(row, 5)};
    line.text = std::string{rows.bytes(row, 6)};
    line.is_reversal = rows.boolean(row, 8);
    lines.emplace_hint(lines.end(), rows.number(row, 0),
                       KeyedLine{statements::KeptLine{line}, scale, std::string{rows.bytes(row, 7)}});
  }
  return lines;
}

constexpr const char* read_bank_line_details_sql = R"sql(
  -- proof.read_bank_line_details
  SELECT d.line_number, d.amount_minor, d.account, d.name, d.structured, d.end_to_end, d.mandate,
         d.bank_reference, d.return_code, d.words, s.file_kind LIKE 'camt%'
    FROM bank_line l
    JOIN bank_detail d ON d.node_id = l.node_id AND d.line_number = l.number
    JOIN bank_statement s ON s.node_id = l.node_id AND s.import_number = l.import_number
                         AND s.position = l.statement_position
   WHERE l.node_id = $1 AND l.number > $2 AND l.number <= $3 AND l.bank_id = ''
   ORDER BY d.line_number, d.part
)sql";

// What counts of a line to which the bank gave no id.
void add_bank_line_details(BulkReader& reader, std::int64_t node, std::int64_t after, KeyedLines& lines) {
  const BulkRows rows = reader.read(read_bank_line_details_sql, node, after, lines.rbegin()->first);
  for (int row = 0; row < rows.size(); ++row) {
    const auto line = lines.find(rows.number(row, 0));
    if (line == lines.end()) continue;
    const auto text = [&](int column) { return std::string{rows.bytes(row, column)}; };
    statements::Detail detail;
    if (!rows.is_null(row, 1)) detail.amount = Decimal{rows.number(row, 1), line->second.scale};
    detail.counterparty.account = text(2);
    detail.counterparty.name = text(3);
    detail.references.structured = text(4);
    detail.references.end_to_end = text(5);
    detail.references.mandate = text(6);
    detail.references.bank = text(7);
    detail.return_code = text(8);
    detail.text = text(9);
    line->second.kept.add(detail, rows.boolean(row, 10));
  }
}

}  // namespace

std::vector<std::string> read_line_key_faults(BulkReader& reader, std::int64_t node) {
  std::vector<std::string> faults;
  for (std::int64_t after = 0; faults.size() < most_faults;) {
    KeyedLines lines = read_bank_line_keys(reader, node, after);
    if (lines.empty()) break;
    add_bank_line_details(reader, node, after, lines);
    for (const auto& [number, line] : lines)
      if (!line.kept.may_have(line.key) && faults.size() < most_faults)
        faults.push_back("line " + std::to_string(number) + " of a bank says otherwise than its key");
    after = lines.rbegin()->first;
  }
  return faults;
}

}  // namespace coop::proof
