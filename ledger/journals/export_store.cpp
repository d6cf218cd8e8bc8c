#include "ledger/journals/export_store.hpp"

#include <map>

#include "ledger/values/refusal.hpp"

namespace coop::journals {

namespace {

constexpr const char* read_units_sql = R"sql(
  -- journals.read_units
  SELECT u.code, u.name, u.scale
    FROM unit u
   WHERE u.id = (SELECT base_unit_id FROM node WHERE id = $1)
      OR u.id IN (SELECT a.unit_id FROM account a WHERE a.node_id = $1)
   ORDER BY u.code
)sql";

std::vector<JournalUnit> read_journal_units(Tx& tx, NodeId node) {
  std::vector<JournalUnit> units;
  for (const Row row : rows(tx, read_units_sql, node)) {
    units.push_back(JournalUnit{row.string(0), row.string(1), row.integer(2)});
  }
  return units;
}

// The last posting is found from the end of posting_by_account, one short look an account.
constexpr const char* read_accounts_sql = R"sql(
  -- journals.read_accounts
  SELECT a.path, u.code, u.scale, a.type, a.title, a.opened_on, a.closed_on, b.balance_minor,
         p.booked_on, p.entry_number, p.line
    FROM account a
    JOIN unit u ON u.id = a.unit_id
    JOIN account_balance b ON b.node_id = a.node_id AND b.account_id = a.id
    LEFT JOIN LATERAL (SELECT l.booked_on, l.entry_number, l.line
                         FROM posting l
                        WHERE l.node_id = a.node_id AND l.account_id = a.id
                        ORDER BY l.booked_on DESC, l.entry_number DESC, l.line DESC
                        LIMIT 1) p ON true
   WHERE a.node_id = $1
   ORDER BY a.id
)sql";

std::vector<JournalAccount> read_journal_accounts(Tx& tx, NodeId node) {
  std::vector<JournalAccount> accounts;
  for (const Row row : rows(tx, read_accounts_sql, node)) {
    std::optional<LastPosting> last;
    if (!row.is_null(8)) last = LastPosting{row.id<EntryNumber>(9), row.integer(10), row.day(8)};
    accounts.push_back(JournalAccount{row.string(0), row.string(1), row.integer(2),
                                      books::account_type_from(row.text(3)), row.string(4), row.day(5),
                                      row.maybe_day(6), row.int64(7), last});
  }
  return accounts;
}

constexpr const char* read_base_unit_sql = R"sql(
  -- journals.read_base_unit
  SELECT u.code FROM unit u WHERE u.id = $1
)sql";

std::string read_base_unit(Tx& tx, const books::Node& node) {
  return only_row(rows(tx, read_base_unit_sql, node.base_unit)).string(0);
}

}  // namespace

JournalHead read_journal_head(Tx& tx, const books::Node& node) {
  return JournalHead{node.name, node.title, read_base_unit(tx, node), read_journal_units(tx, node.id),
                     read_journal_accounts(tx, node.id)};
}

books::Posting posting_of(const Row& row) {
  books::Posting posting{row.integer(1), row.string(2), row.string(3), row.integer(4), row.int64(5), {}, {}};
  for (int kind = 0; kind < 4; ++kind)
    posting.about[static_cast<std::size_t>(kind)] = row.maybe_string(6 + kind);
  posting.note = row.string(10);
  return posting;
}

namespace {

constexpr const char* read_postings_sql = R"sql(
  -- journals.read_postings
  SELECT p.entry_number, p.line, a.path, u.code, u.scale, p.amount_minor,
         f.code, m.code, c.code, t.code, p.note
    FROM posting p
    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN dimension f ON f.node_id = p.node_id AND f.id = p.fund_id
    LEFT JOIN dimension m ON m.node_id = p.node_id AND m.id = p.member_id
    LEFT JOIN dimension c ON c.node_id = p.node_id AND c.id = p.cost_object_id
    LEFT JOIN dimension t ON t.node_id = p.node_id AND t.id = p.tax_code_id
   WHERE p.node_id = $1 AND p.entry_number = ANY ($2::bigint[])
   ORDER BY p.entry_number, p.line
)sql";

void read_postings(Tx& tx, NodeId node, std::vector<NativeEntry>& entries) {
  if (entries.empty()) return;
  SqlArray numbers;
  std::map<std::int64_t, books::Entry*> by_number;
  for (NativeEntry& stored : entries) {
    numbers.add(stored.entry.number);
    by_number.emplace(stored.entry.number.number(), &stored.entry);
  }
  for (const Row row : rows(tx, read_postings_sql, node, numbers.value())) {
    by_number.at(row.int64(0))->postings.push_back(posting_of(row));
  }
}

std::optional<EntryNumber> maybe_number(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.id<EntryNumber>(column);
}

NativeEntry read_entry(const Row& row) {
  books::Entry entry{.number = row.id<EntryNumber>(0),
                     .booked_on = row.day(1),
                     .recorded_at = row.instant(2),
                     .recorded_by = row.maybe_string(3),
                     .document_on = row.maybe_day(4),
                     .description = row.string(5),
                     .reference = row.string(6),
                     .source = row.string(7),
                     .reverses = maybe_number(row, 8),
                     .reversed_by = maybe_number(row, 9),
                     .hold = std::nullopt,
                     .hash = hash_from_bytes(row.bytes(11)),
                     .postings = {}};
  if (!row.is_null(10)) entry.hold = row.id<HoldNumber>(10);
  return NativeEntry{std::move(entry), row.string(12), row.string(13)};
}

std::vector<NativeEntry> read_page(Tx& tx, NodeId node, const Rows& found) {
  std::vector<NativeEntry> page;
  page.reserve(static_cast<std::size_t>(found.size()));
  for (const Row row : found) page.push_back(read_entry(row));
  read_postings(tx, node, page);
  return page;
}

constexpr const char* read_entries_after_sql = R"sql(
  -- journals.read_entries_after
  SELECT e.number, e.booked_on, e.recorded_at, w.name, e.document_on, e.description, e.reference,
         e.source, e.reverses, r.number, e.hold_number, e.hash, e.request_key, e.content_hash
    FROM entry e
    LEFT JOIN entry r ON r.node_id = e.node_id AND r.reverses = e.number
    LEFT JOIN user_account w ON w.id = e.recorded_by
   WHERE e.node_id = $1 AND e.number > $2::bigint
   ORDER BY e.number
   LIMIT $3
)sql";

}  // namespace

std::vector<NativeEntry> read_entries_after(Tx& tx, NodeId node, std::int64_t after) {
  return read_page(tx, node, rows(tx, read_entries_after_sql, node, after, page_of_entries));
}

constexpr const char* read_entries_by_day_sql = R"sql(
  -- journals.read_entries_by_day
  SELECT e.number, e.booked_on, e.recorded_at, w.name, e.document_on, e.description, e.reference,
         e.source, e.reverses, r.number, e.hold_number, e.hash, e.request_key, e.content_hash
    FROM entry e
    LEFT JOIN entry r ON r.node_id = e.node_id AND r.reverses = e.number
    LEFT JOIN user_account w ON w.id = e.recorded_by
   WHERE e.node_id = $1 AND (e.booked_on, e.number) > ($2::date, $3::bigint)
   ORDER BY e.booked_on, e.number
   LIMIT $4
)sql";

std::vector<NativeEntry> read_entries_by_day(Tx& tx, NodeId node, Day after_day, std::int64_t after) {
  return read_page(tx, node, rows(tx, read_entries_by_day_sql, node, after_day, after, page_of_entries));
}

void allow_long_statements(Tx& tx) { tx.run_script("SET LOCAL statement_timeout = 0"); }

constexpr const char* read_last_number_sql = R"sql(
  -- journals.read_last_number
  SELECT last_number FROM book_head WHERE node_id = $1
)sql";

std::int64_t read_last_number(Tx& tx, NodeId node) {
  return only_row(rows(tx, read_last_number_sql, node)).int64(0);
}

}  // namespace coop::journals
