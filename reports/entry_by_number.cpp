#include "ledger/values/refusal.hpp"
#include "reports/entry_reading.hpp"

namespace coop::reports {

namespace {

constexpr const char* entries_sql = R"sql(
  -- reports.entries_by_number
  SELECT e.number, e.booked_on, e.recorded_at, w.name, e.document_on, e.description, e.reference, e.source,
         e.reverses, r.number, e.hold_number, e.hash
    FROM unnest($2::bigint[]) WITH ORDINALITY AS asked (number, place)
    JOIN entry e ON e.node_id = $1 AND e.number = asked.number
    LEFT JOIN entry r ON r.node_id = $1 AND r.reverses = e.number
                     AND ($3::bigint IS NULL OR r.number <= $3::bigint)
    LEFT JOIN user_account w ON w.id = e.recorded_by
   ORDER BY asked.place
)sql";

constexpr const char* postings_sql = R"sql(
  -- reports.postings_by_number
  SELECT asked.place, p.line, a.path, u.code, u.scale, p.amount_minor, f.code, m.code, c.code, t.code, p.note
    FROM unnest($2::bigint[]) WITH ORDINALITY AS asked (number, place)
    JOIN posting p ON p.node_id = $1 AND p.entry_number = asked.number
    JOIN account a ON a.node_id = $1 AND a.id = p.account_id
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN dimension f ON f.node_id = $1 AND f.id = p.fund_id
    LEFT JOIN dimension m ON m.node_id = $1 AND m.id = p.member_id
    LEFT JOIN dimension c ON c.node_id = $1 AND c.id = p.cost_object_id
    LEFT JOIN dimension t ON t.node_id = $1 AND t.id = p.tax_code_id
   ORDER BY asked.place, p.line
)sql";

template <class SomeId>
std::optional<SomeId> maybe_id(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.id<SomeId>(column);
}

books::Entry entry_from(const Row& row) {
  return books::Entry{.number = row.id<EntryNumber>(0),
                      .booked_on = row.day(1),
                      .recorded_at = row.instant(2),
                      .recorded_by = row.maybe_string(3),
                      .document_on = row.maybe_day(4),
                      .description = row.string(5),
                      .reference = row.string(6),
                      .source = row.string(7),
                      .reverses = maybe_id<EntryNumber>(row, 8),
                      .reversed_by = maybe_id<EntryNumber>(row, 9),
                      .hold = maybe_id<HoldNumber>(row, 10),
                      .hash = hash_from_bytes(row.bytes(11)),
                      .postings = {}};
}

books::Posting posting_from(const Row& row) {
  return books::Posting{
      .line = row.integer(1),
      .account = row.string(2),
      .unit = row.string(3),
      .scale = row.integer(4),
      .amount_minor = row.int64(5),
      .about = {row.maybe_string(6), row.maybe_string(7), row.maybe_string(8), row.maybe_string(9)},
      .note = row.string(10)};
}

}  // namespace

std::vector<books::Entry> read_entries_by_number(Tx& tx, NodeId node, const std::vector<EntryNumber>& numbers,
                                                 std::optional<EntryNumber> last) {
  SqlArray asked;
  for (const EntryNumber number : numbers) asked.add(number);
  std::vector<books::Entry> entries;
  if (numbers.empty()) return entries;
  std::unordered_map<EntryNumber, std::size_t> places;
  for (const Row row : rows(tx, entries_sql, node, asked.value(), last)) {
    entries.push_back(entry_from(row));
    places.emplace(entries.back().number, entries.size() - 1);
  }
  for (const Row row : rows(tx, postings_sql, node, asked.value())) {
    const EntryNumber number = numbers.at(static_cast<std::size_t>(row.int64(0) - 1));
    entries.at(places.at(number)).postings.push_back(posting_from(row));
  }
  return entries;
}

books::Entry read_entry(Tx& tx, NodeId node, EntryNumber number) {
  std::vector<books::Entry> found = read_entries_by_number(tx, node, {number});
  if (found.empty()) {
    throw Refused{Refusal::entry_unknown, "there is no entry " + std::to_string(number.number())};
  }
  return std::move(found.front());
}

}  // namespace coop::reports
