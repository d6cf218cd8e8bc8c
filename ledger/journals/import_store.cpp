#include "ledger/journals/import_store.hpp"

#include "ledger/books/unit_store.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

constexpr const char* read_existing_accounts_sql = R"sql(
  -- journals.existing_accounts
  SELECT a.path, u.code, a.type, a.opened_on, a.closed_on
    FROM account a
    JOIN unit u ON u.id = a.unit_id
   WHERE a.node_id = $1
)sql";

void read_existing_accounts(Tx& tx, NodeId node, ExistingBooks& existing) {
  for (const Row row : rows(tx, read_existing_accounts_sql, node)) {
    existing.accounts.emplace(
        std::pair{row.string(0), row.string(1)},
        ExistingAccount{books::account_type_from(row.text(2)), row.day(3), row.maybe_day(4)});
  }
}

constexpr const char* read_closed_through_sql = R"sql(
  -- journals.closed_through
  SELECT locked_through($1)
)sql";

std::optional<Day> read_closed_through(Tx& tx, NodeId node) {
  return only_row(rows(tx, read_closed_through_sql, node)).maybe_day(0);
}

constexpr const char* read_existing_dimensions_sql = R"sql(
  -- journals.existing_dimensions
  SELECT d.kind, d.code
    FROM dimension d
   WHERE d.node_id = $1
)sql";

Dimensions read_existing_dimensions(Tx& tx, NodeId node) {
  Dimensions dimensions;
  for (const Row row : rows(tx, read_existing_dimensions_sql, node))
    dimensions.emplace(books::dimension_kind_from(row.text(0)), row.string(1));
  return dimensions;
}

SqlArray asked_of(const std::vector<books::Fingerprint>& keys) {
  SqlArray asked;
  for (const books::Fingerprint& key : keys) asked.add_bare(books::uuid_text_of(key));
  return asked;
}

}  // namespace

ExistingBooks read_existing_books(Tx& tx, NodeId node) {
  ExistingBooks existing;
  for (const books::ListedUnit& listed : books::read_units(tx))
    existing.units.emplace(listed.unit.code, listed.unit);
  read_existing_accounts(tx, node, existing);
  existing.dimensions = read_existing_dimensions(tx, node);
  existing.closed_through = read_closed_through(tx, node);
  return existing;
}

constexpr const char* find_on_record_sql = R"sql(
  -- journals.find_on_record
  SELECT asked.request_key
    FROM unnest($2::uuid[]) AS asked (request_key)
   WHERE EXISTS (SELECT FROM entry e WHERE e.node_id = $1 AND e.request_key = asked.request_key)
)sql";

std::set<books::Fingerprint> find_on_record(Tx& tx, NodeId node,
                                            const std::vector<books::Fingerprint>& keys) {
  std::set<books::Fingerprint> found;
  for (const Row row : rows(tx, find_on_record_sql, node, asked_of(keys).value()))
    found.insert(books::fingerprint_from_uuid(row.text(0)));
  return found;
}

constexpr const char* read_on_record_sql = R"sql(
  -- journals.read_on_record
  SELECT e.request_key, a.path, p.amount_minor, u.scale, u.code
    FROM unnest($2::uuid[]) AS asked (request_key)
    JOIN entry e ON e.node_id = $1 AND e.request_key = asked.request_key
    JOIN posting p ON p.node_id = e.node_id AND p.entry_number = e.number
    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
    JOIN unit u ON u.id = a.unit_id
   ORDER BY e.number, p.line
)sql";

std::map<books::Fingerprint, std::vector<std::string>> read_on_record(
    Tx& tx, NodeId node, const std::vector<books::Fingerprint>& keys) {
  std::map<books::Fingerprint, std::vector<std::string>> found;
  for (const Row row : rows(tx, read_on_record_sql, node, asked_of(keys).value())) {
    found[books::fingerprint_from_uuid(row.text(0))].push_back(
        moved_text(row.text(1), row.int64(2), row.integer(3), row.text(4)));
  }
  return found;
}

std::string moved_text(std::string_view path, std::int64_t minor, int scale, std::string_view unit) {
  std::string text{path};
  text += ' ' + text_from_minor(minor, scale) + ' ';
  return text += unit;
}

}  // namespace coop::journals
