#include "ledger/collecting/creditor_store.hpp"

namespace coop::collecting {

namespace {

std::optional<Bic> bic_or_none(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Bic::parse(row.text(column));
}

}  // namespace

constexpr const char* read_creditors_sql = R"sql(
  -- collecting.read_creditors
  SELECT c.number, c.identifier, c.name, c.iban, c.bic, c.account, c.recorded_at, w.name
    FROM creditor c
    LEFT JOIN user_account w ON w.id = c.recorded_by
   WHERE c.node_id = $1
   ORDER BY c.number DESC
)sql";

std::vector<CreditorRecord> read_creditors(Tx& tx, NodeId node) {
  std::vector<CreditorRecord> records;
  for (const Row row : rows(tx, read_creditors_sql, node))
    records.push_back({row.integer(0),
                       {CreditorIdentifier::parse(row.text(1)), row.string(2), Iban::parse(row.text(3)),
                        bic_or_none(row, 4), row.string(5)},
                       row.instant(6),
                       row.maybe_string(7)});
  return records;
}

constexpr const char* insert_creditor_sql = R"sql(
  -- collecting.insert_creditor
  INSERT INTO creditor (node_id, number, identifier, name, iban, bic, account, recorded_at, recorded_by)
  SELECT $1, coalesce(max(c.number), 0) + 1, $2, $3, $4, $5, $6, $7, $8
    FROM creditor c
   WHERE c.node_id = $1
  RETURNING number
)sql";

int insert_creditor(Tx& tx, NodeId node, const Creditor& creditor, const books::Author& author) {
  const auto bic = creditor.bic ? std::optional{creditor.bic->text()} : std::nullopt;
  return only_row(rows(tx, insert_creditor_sql, node, creditor.identifier.text(), creditor.name,
                       creditor.iban.text(), bic, creditor.account, author.now, author.user))
      .integer(0);
}

}  // namespace coop::collecting
