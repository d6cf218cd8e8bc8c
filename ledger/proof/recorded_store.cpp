#include "ledger/proof/recorded_store.hpp"

#include <algorithm>

#include "ledger/books/dimension.hpp"

namespace coop::proof {

namespace {

std::optional<std::int64_t> maybe_number(const BulkRows& rows, int row, int column) {
  if (rows.is_null(row, column)) return std::nullopt;
  return rows.number(row, column);
}

std::string text(const BulkRows& rows, int row, int column) { return std::string{rows.bytes(row, column)}; }

// A hash that is not 32 bytes long is no hash: it equals none.
Hash hash_of(std::string_view bytes) {
  Hash hash{};
  if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

constexpr const char* read_nodes_sql = R"sql(
  -- proof.read_nodes
  SELECT id, name FROM node ORDER BY name
)sql";

}  // namespace

std::vector<FoundNode> read_found_nodes(BulkReader& reader) {
  const BulkRows rows = reader.read(read_nodes_sql);
  std::vector<FoundNode> nodes;
  for (int row = 0; row < rows.size(); ++row) nodes.push_back({rows.number(row, 0), text(rows, row, 1)});
  return nodes;
}

namespace {

// Jumps from node to node along the primary keys.
constexpr const char* read_lost_nodes_sql = R"sql(
  -- proof.read_lost_nodes
  WITH RECURSIVE found (relation, node_id) AS (
    SELECT 'entry', min(node_id) FROM entry
    UNION ALL
    SELECT 'posting', min(node_id) FROM posting
    UNION ALL
    SELECT 'event', min(node_id) FROM event
    UNION ALL
    SELECT 'period_total', min(node_id) FROM period_total
    UNION ALL
    SELECT 'year_total', min(node_id) FROM year_total
    UNION ALL
    SELECT 'day_total', min(node_id) FROM day_total
    UNION ALL
    SELECT 'account_mark', min(node_id) FROM account_mark
    UNION ALL
    SELECT f.relation, CASE f.relation
             WHEN 'entry' THEN (SELECT min(x.node_id) FROM entry x WHERE x.node_id > f.node_id)
             WHEN 'posting' THEN (SELECT min(x.node_id) FROM posting x WHERE x.node_id > f.node_id)
             WHEN 'event' THEN (SELECT min(x.node_id) FROM event x WHERE x.node_id > f.node_id)
             WHEN 'period_total' THEN (SELECT min(x.node_id) FROM period_total x WHERE x.node_id > f.node_id)
             WHEN 'year_total' THEN (SELECT min(x.node_id) FROM year_total x WHERE x.node_id > f.node_id)
             WHEN 'day_total' THEN (SELECT min(x.node_id) FROM day_total x WHERE x.node_id > f.node_id)
             WHEN 'account_mark' THEN (SELECT min(x.node_id) FROM account_mark x WHERE x.node_id > f.node_id)
           END
      FROM found f WHERE f.node_id IS NOT NULL
  )
  SELECT DISTINCT f.node_id
    FROM found f
   WHERE f.node_id IS NOT NULL AND NOT EXISTS (SELECT FROM node n WHERE n.id = f.node_id)
   ORDER BY f.node_id
)sql";

}  // namespace

std::vector<std::int64_t> read_lost_nodes(BulkReader& reader) {
  const BulkRows rows = reader.read(read_lost_nodes_sql);
  std::vector<std::int64_t> nodes;
  for (int row = 0; row < rows.size(); ++row) nodes.push_back(rows.number(row, 0));
  return nodes;
}

namespace {

constexpr const char* read_accounts_sql = R"sql(
  -- proof.read_accounts
  SELECT a.id, a.path, u.code, u.id, u.scale, a.opened_on, a.closed_on, coalesce(b.has_day_totals, false),
         coalesce(b.posting_count, 0) >= $2::bigint
           OR EXISTS (SELECT FROM account_mark m WHERE m.node_id = a.node_id AND m.account_id = a.id)
    FROM account a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN account_balance b ON b.node_id = a.node_id AND b.account_id = a.id
   WHERE a.node_id = $1
)sql";

void read_known_accounts(BulkReader& reader, BookFacts& facts, std::int64_t mark_step) {
  const BulkRows rows = reader.read(read_accounts_sql, facts.node_id, mark_step);
  for (int row = 0; row < rows.size(); ++row) {
    facts.accounts.add(
        rows.number(row, 0),
        {text(rows, row, 1), text(rows, row, 2), rows.number(row, 3), static_cast<int>(rows.number(row, 4)),
         rows.days(row, 5).value_or(0), rows.days(row, 6), rows.boolean(row, 7), rows.boolean(row, 8)});
  }
}

constexpr const char* read_dimensions_sql = R"sql(
  -- proof.read_dimensions
  SELECT id, kind, code FROM dimension WHERE node_id = $1
)sql";

void read_known_dimensions(BulkReader& reader, BookFacts& facts) {
  const BulkRows rows = reader.read(read_dimensions_sql, facts.node_id);
  for (int row = 0; row < rows.size(); ++row) {
    const auto kind =
        std::find_if(books::dimension_kinds.begin(), books::dimension_kinds.end(),
                     [&](books::DimensionKind one) { return books::text_of(one) == rows.bytes(row, 1); });
    facts.dimensions.add(
        rows.number(row, 0),
        {static_cast<std::size_t>(kind - books::dimension_kinds.begin()), text(rows, row, 2)});
  }
}

constexpr const char* read_locks_sql = R"sql(
  -- proof.read_locks
  SELECT l.number, l.kind = 'hard', l.through_on, l.locked_at, u.lifted_at
    FROM period_lock l
    LEFT JOIN period_unlock u ON u.node_id = l.node_id AND u.lock_number = l.number
   WHERE l.node_id = $1
   ORDER BY l.number
)sql";

void read_known_locks(BulkReader& reader, BookFacts& facts) {
  const BulkRows rows = reader.read(read_locks_sql, facts.node_id);
  for (int row = 0; row < rows.size(); ++row) {
    facts.locks.push_back({rows.number(row, 0), rows.boolean(row, 1), rows.days(row, 2).value_or(0),
                           rows.microseconds(row, 3).value_or(0), rows.microseconds(row, 4)});
  }
}

}  // namespace

BookFacts read_book_facts(BulkReader& reader, const FoundNode& node, std::int64_t mark_step) {
  BookFacts facts{node.id, node.name, {}, {}, {}};
  read_known_accounts(reader, facts, mark_step);
  read_known_dimensions(reader, facts);
  read_known_locks(reader, facts);
  return facts;
}

namespace {

// So many entries, with two postings each, get their room at once.
constexpr std::int64_t most_reserved = 8'192;

RecordedEntry entry_of(CopiedRow& row) {
  RecordedEntry entry{};
  entry.number = row.number();
  entry.recorded_at = row.microseconds().value_or(0);
  entry.booked_on = row.days().value_or(0);
  entry.document_on = row.days();
  entry.posting_count = row.number();
  entry.hash = hash_of(row.bytes());
  entry.description = row.bytes();
  entry.reference = row.bytes();
  entry.source = row.bytes();
  entry.reverses = row.maybe_number();
  entry.hold = row.maybe_number();
  return entry;
}

RecordedPosting posting_of(CopiedRow& row) {
  RecordedPosting posting{};
  posting.entry = row.number();
  posting.line = row.number();
  posting.account = row.number();
  posting.amount_minor = row.number();
  posting.booked_on = row.days().value_or(0);
  for (std::int64_t& dimension : posting.about) dimension = row.number();
  posting.note = row.bytes();
  return posting;
}

// Take rows, and have the bytes kept that their texts look at.
TakeRow taking(std::vector<RecordedEntry>& entries) {
  return [&entries](CopiedRow& row) {
    entries.push_back(entry_of(row));
    return true;
  };
}

TakeRow taking(std::vector<RecordedPosting>& postings) {
  return [&postings](CopiedRow& row) {
    postings.push_back(posting_of(row));
    return !postings.back().note.empty();
  };
}

constexpr const char* read_entries_sql = R"sql(
  -- proof.read_entries
  SELECT number, recorded_at, booked_on, document_on, posting_count, hash, description, reference, source,
         reverses, hold_number
    FROM entry
   WHERE node_id = $1 AND number BETWEEN $2::bigint AND $3::bigint
   ORDER BY number
)sql";

constexpr const char* read_postings_sql = R"sql(
  -- proof.read_postings
  SELECT entry_number, line, account_id, amount_minor, booked_on, fund_id, member_id, cost_object_id,
         tax_code_id, note
    FROM posting
   WHERE node_id = $1 AND entry_number BETWEEN $2::bigint AND $3::bigint
   ORDER BY entry_number, line
)sql";

constexpr const char* read_some_entries_sql = R"sql(
  -- proof.read_some_entries
  SELECT number, recorded_at, booked_on, document_on, posting_count, hash, description, reference, source,
         reverses, hold_number
    FROM entry
   WHERE node_id = $1 AND number = ANY ($2::bigint[])
   ORDER BY number
)sql";

constexpr const char* read_some_postings_sql = R"sql(
  -- proof.read_some_postings
  SELECT entry_number, line, account_id, amount_minor, booked_on, fund_id, member_id, cost_object_id,
         tax_code_id, note
    FROM posting
   WHERE node_id = $1 AND entry_number = ANY ($2::bigint[])
   ORDER BY entry_number, line
)sql";

}  // namespace

Stretch read_stretch(BulkReader& reader, std::int64_t node, std::int64_t first, std::int64_t last) {
  Stretch stretch{first, last, std::nullopt, {}, {}, {}, {}, {}};
  const auto entries = static_cast<std::size_t>(std::clamp<std::int64_t>(last - first + 1, 1, most_reserved));
  stretch.entries.reserve(entries + 1);
  stretch.postings.reserve(2 * entries);
  auto& texts = stretch.texts;
  texts.push_back(reader.copy(read_entries_sql, taking(stretch.entries), node, first - 1, last));
  if (!stretch.entries.empty() && stretch.entries.front().number < first) {
    stretch.previous = stretch.entries.front();
    stretch.entries.erase(stretch.entries.begin());
  }
  texts.push_back(reader.copy(read_postings_sql, taking(stretch.postings), node, first, last));
  std::vector<std::int64_t> reversed;
  for (const RecordedEntry& entry : stretch.entries) {
    if (entry.reverses) reversed.push_back(*entry.reverses);
  }
  if (reversed.empty()) return stretch;
  texts.push_back(reader.copy_any(read_some_entries_sql, taking(stretch.reversed), node, reversed));
  texts.push_back(reader.copy_any(read_some_postings_sql, taking(stretch.reversed_postings), node, reversed));
  return stretch;
}

namespace {

constexpr const char* find_next_entry_sql = R"sql(
  -- proof.find_next_entry
  SELECT least((SELECT min(number) FROM entry WHERE node_id = $1 AND number > $2::bigint),
               (SELECT min(entry_number) FROM posting WHERE node_id = $1 AND entry_number > $2::bigint))
)sql";

}  // namespace

std::optional<std::int64_t> find_next_entry(BulkReader& reader, std::int64_t node, std::int64_t after) {
  return maybe_number(reader.read(find_next_entry_sql, node, after), 0, 0);
}

namespace {

constexpr const char* find_next_event_sql = R"sql(
  -- proof.find_next_event
  SELECT min(number) FROM event WHERE node_id = $1 AND number > $2::bigint
)sql";

}  // namespace

std::optional<std::int64_t> find_next_event(BulkReader& reader, std::int64_t node, std::int64_t after) {
  return maybe_number(reader.read(find_next_event_sql, node, after), 0, 0);
}

namespace {

constexpr const char* find_next_hold_sql = R"sql(
  -- proof.find_next_hold
  SELECT min(number) FROM hold WHERE node_id = $1 AND number > $2::bigint
)sql";

}  // namespace

std::optional<std::int64_t> find_next_hold(BulkReader& reader, std::int64_t node, std::int64_t after) {
  return maybe_number(reader.read(find_next_hold_sql, node, after), 0, 0);
}

namespace {

constexpr const char* read_events_sql = R"sql(
  -- proof.read_events
  SELECT number, recorded_at, kind, first_entry, last_entry, body
    FROM event
   WHERE node_id = $1 AND number BETWEEN $2::bigint AND $3::bigint
   ORDER BY number
)sql";

}  // namespace

std::vector<RecordedEvent> read_events(BulkReader& reader, std::int64_t node, std::int64_t first,
                                       std::int64_t last) {
  const BulkRows rows = reader.read(read_events_sql, node, first, last);
  std::vector<RecordedEvent> events;
  events.reserve(static_cast<std::size_t>(rows.size()));
  for (int row = 0; row < rows.size(); ++row) {
    events.push_back({rows.number(row, 0), rows.microseconds(row, 1).value_or(0), text(rows, row, 2),
                      maybe_number(rows, row, 3), maybe_number(rows, row, 4),
                      std::string{rows.jsonb(row, 5)}});
  }
  return events;
}

namespace {

constexpr const char* read_holds_sql = R"sql(
  -- proof.read_holds
  SELECT h.number, h.made_at, h.expires_at, h.posting_count, x.kind, x.ended_at, x.entry_number,
         e.hold_number, e.recorded_at
    FROM hold h
    LEFT JOIN hold_end x ON x.node_id = h.node_id AND x.hold_number = h.number
    LEFT JOIN entry e ON e.node_id = x.node_id AND e.number = x.entry_number
   WHERE h.node_id = $1 AND h.number BETWEEN $2 AND $3
   ORDER BY h.number
)sql";

constexpr const char* read_hold_postings_sql = R"sql(
  -- proof.read_hold_postings
  SELECT hold_number, line, account_id, amount_minor, NULL::date, fund_id, member_id, cost_object_id,
         tax_code_id, note
    FROM hold_posting
   WHERE node_id = $1 AND hold_number BETWEEN $2 AND $3
   ORDER BY hold_number, line
)sql";

RecordedHold hold_at(const BulkRows& rows, int row) {
  return {rows.number(row, 0),
          rows.microseconds(row, 1).value_or(0),
          rows.microseconds(row, 2),
          rows.number(row, 3),
          text(rows, row, 4),
          rows.microseconds(row, 5).value_or(0),
          maybe_number(rows, row, 6),
          maybe_number(rows, row, 7),
          rows.microseconds(row, 8).value_or(0)};
}

}  // namespace

HoldPage read_hold_page(BulkReader& reader, std::int64_t node, std::int64_t first, std::int64_t last) {
  HoldPage page;
  const BulkRows holds = reader.read(read_holds_sql, node, first, last);
  std::vector<std::int64_t> entries;
  for (int row = 0; row < holds.size(); ++row) {
    page.holds.push_back(hold_at(holds, row));
    if (page.holds.back().entry) entries.push_back(*page.holds.back().entry);
  }
  page.texts.push_back(reader.copy(read_hold_postings_sql, taking(page.postings), node, first, last));
  if (!entries.empty()) {
    page.texts.push_back(reader.copy_any(read_some_postings_sql, taking(page.posted), node, entries));
  }
  return page;
}

}  // namespace coop::proof
