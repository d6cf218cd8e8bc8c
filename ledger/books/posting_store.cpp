#include "ledger/books/posting_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

std::vector<DimensionKind> kinds_from_array(std::string_view literal) {
  std::vector<DimensionKind> kinds;
  if (literal == "{}") return kinds;
  for (const DimensionKind kind : dimension_kinds) {
    if (literal.find(text_of(kind)) != std::string_view::npos) kinds.push_back(kind);
  }
  return kinds;
}

NewestMonth newest_month_of(const Row& row) {
  if (row.is_null(15)) return {};
  return {row.integer(15), row.int64(16), row.int64(17)};
}

void put_on_scene(const Rows& found, Scene& scene) {
  scene.standings.reserve(scene.standings.size() + static_cast<std::size_t>(found.size()));
  for (const Row row : found) {
    AccountKey key{row.string(1), row.id<UnitId>(2)};
    if (!scene.by_key.try_emplace(key, scene.standings.size()).second) continue;
    scene.standings.push_back(
        Standing{row.id<AccountId>(0), key.unit, row.string(3), row.integer(4), kinds_from_array(row.text(5)),
                 row.day(6), row.maybe_day(7), Limits{row.maybe_int64(8), row.maybe_int64(9)}, row.int64(10),
                 row.int64(11), row.int64(12), row.int64(13), row.boolean(14), newest_month_of(row)});
  }
}

}  // namespace

// LATERAL with LIMIT goes from what is asked to the index, one look-up each, whatever the planner believes.
constexpr const char* find_repeated_sql = R"sql(
  -- entries.find_repeated
  SELECT e.request_key, e.content_hash, e.number, e.recorded_at, e.booked_on, e.document_on, e.hash
    FROM unnest($2::uuid[]) AS asked (request_key)
   CROSS JOIN LATERAL (SELECT request_key, content_hash, number, recorded_at, booked_on, document_on, hash
                        FROM entry WHERE node_id = $1 AND request_key = asked.request_key LIMIT 1) AS e
)sql";

std::map<Fingerprint, RepeatedEntry> find_repeated(Tx& tx, NodeId node, std::span<const Fingerprint> keys) {
  SqlArray asked;
  for (const Fingerprint& key : keys) asked.add_bare(uuid_text_of(key));
  std::map<Fingerprint, RepeatedEntry> repeated;
  for (const Row row : rows(tx, find_repeated_sql, node, asked.value())) {
    repeated.emplace(fingerprint_from_uuid(row.text(0)),
                     RepeatedEntry{fingerprint_from_uuid(row.text(1)), row.id<EntryNumber>(2), row.instant(3),
                                   row.day(4), row.maybe_day(5), hash_from_bytes(row.bytes(6))});
  }
  return repeated;
}

namespace {

constexpr const char* read_unit_codes_sql = R"sql(
  -- units.read_codes
  SELECT id, code FROM unit WHERE id = ANY ($1::int[])
)sql";

void read_units_of_unknown(Tx& tx, const std::vector<AccountKey>& asked, Scene& scene) {
  std::set<UnitId> units;
  for (const AccountKey& key : asked)
    if (!scene.by_key.contains(key)) units.insert(key.unit);
  if (units.empty()) return;
  SqlArray ids;
  for (const UnitId unit : units) ids.add(unit);
  for (const Row row : rows(tx, read_unit_codes_sql, ids.value()))
    scene.units_of_unknown.emplace(row.id<UnitId>(0), row.string(1));
}

}  // namespace

constexpr const char* read_standings_sql = R"sql(
  -- accounts.standings
  SELECT a.id, a.path, a.unit_id, u.code, u.scale, a.required_dimensions, a.opened_on, a.closed_on,
         b.lower_limit_minor, b.upper_limit_minor, b.balance_minor, b.held_debit_minor, b.held_credit_minor,
         b.posting_count, b.has_day_totals, b.newest_month, b.newest_debit_minor, b.newest_credit_minor
    FROM unnest($2::text[], $3::int[]) AS asked (path, unit_id)
   CROSS JOIN LATERAL (SELECT node_id, id, path, unit_id, required_dimensions, opened_on, closed_on
                         FROM account
                        WHERE node_id = $1 AND path = asked.path AND unit_id = asked.unit_id LIMIT 1) AS a
    JOIN account_balance b ON b.node_id = a.node_id AND b.account_id = a.id
    JOIN unit u ON u.id = a.unit_id
)sql";

void read_standings(Tx& tx, NodeId node, const std::vector<AccountKey>& asked, Scene& scene) {
  SqlArray paths;
  SqlArray units;
  for (const AccountKey& key : asked) {
    paths.add(std::string_view{key.path});
    units.add(key.unit);
  }
  put_on_scene(rows(tx, read_standings_sql, node, paths.value(), units.value()), scene);
  read_units_of_unknown(tx, asked, scene);
}

constexpr const char* read_standings_of_holds_sql = R"sql(
  -- accounts.standings_of_holds
  SELECT a.id, a.path, a.unit_id, u.code, u.scale, a.required_dimensions, a.opened_on, a.closed_on,
         b.lower_limit_minor, b.upper_limit_minor, b.balance_minor, b.held_debit_minor, b.held_credit_minor,
         b.posting_count, b.has_day_totals, b.newest_month, b.newest_debit_minor, b.newest_credit_minor
    FROM account a
    JOIN account_balance b ON b.node_id = a.node_id AND b.account_id = a.id
    JOIN unit u ON u.id = a.unit_id
   WHERE a.node_id = $1
     AND a.id IN (SELECT p.account_id FROM hold_posting p WHERE p.node_id = $1
       AND p.hold_number = ANY ($2::bigint[]))
)sql";

void read_standings_of_holds(Tx& tx, NodeId node, const std::set<HoldNumber>& holds, Scene& scene) {
  if (holds.empty()) return;
  SqlArray numbers;
  for (const HoldNumber hold : holds) numbers.add(hold);
  put_on_scene(rows(tx, read_standings_of_holds_sql, node, numbers.value()), scene);
}

constexpr const char* read_dimensions_sql = R"sql(
  -- dimensions.read
  SELECT d.kind, d.code, d.id
    FROM unnest($2::text[], $3::text[]) AS asked (kind, code)
    JOIN dimension d ON d.node_id = $1 AND d.kind = asked.kind AND d.code = asked.code
)sql";

void read_dimensions(Tx& tx, NodeId node, const std::set<std::pair<DimensionKind, std::string>>& asked,
                     Scene& scene) {
  if (asked.empty()) return;
  SqlArray kinds;
  SqlArray codes;
  for (const auto& [kind, code] : asked) {
    kinds.add(text_of(kind));
    codes.add(std::string_view{code});
  }
  for (const Row row : rows(tx, read_dimensions_sql, node, kinds.value(), codes.value())) {
    scene.dimensions.emplace(std::pair{dimension_kind_from(row.text(0)), row.string(1)},
                             row.id<DimensionId>(2));
  }
}

constexpr const char* read_reversal_targets_sql = R"sql(
  -- entries.reversal_targets
  SELECT e.number, e.reverses IS NOT NULL,
         EXISTS (SELECT FROM entry r WHERE r.node_id = e.node_id AND r.reverses = e.number),
         p.account_id, p.amount_minor, p.fund_id, p.member_id, p.cost_object_id, p.tax_code_id
    FROM entry e
    JOIN posting p ON p.node_id = e.node_id AND p.entry_number = e.number
   WHERE e.node_id = $1 AND e.number = ANY ($2::bigint[])
   ORDER BY e.number, p.line
)sql";

void read_reversal_targets(Tx& tx, NodeId node, const std::set<EntryNumber>& asked, Scene& scene) {
  if (asked.empty()) return;
  SqlArray numbers;
  for (const EntryNumber number : asked) numbers.add(number);
  for (const Row row : rows(tx, read_reversal_targets_sql, node, numbers.value())) {
    const auto number = row.id<EntryNumber>(0);
    auto& target = scene.reversal_targets[number];
    target.is_reversal = row.boolean(1);
    target.is_reversed = row.boolean(2);
    DimensionIds about;
    for (int kind = 0; kind < 4; ++kind) {
      if (!row.is_null(5 + kind)) about[static_cast<std::size_t>(kind)] = row.id<DimensionId>(5 + kind);
    }
    target.lines.push_back({row.id<AccountId>(3), row.int64(4), about});
  }
}

}  // namespace coop::books
