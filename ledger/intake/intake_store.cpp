#include "ledger/intake/intake_store.hpp"

namespace coop::intake {

constexpr const char* payment_of_row_sql = R"sql(
  -- intake.payment_of_row
  SELECT payment_number FROM payment_row WHERE node_id = $1 AND row_hash = $2::uuid
)sql";

std::optional<PaymentNumber> find_payment_of_row(Tx& tx, NodeId node, const books::Fingerprint& row) {
  const Rows found = rows(tx, payment_of_row_sql, node, books::uuid_text_of(row));
  if (found.empty()) return std::nullopt;
  return found[0].id<PaymentNumber>(0);
}

constexpr const char* insert_payment_row_sql = R"sql(
  -- intake.insert_payment_row
  INSERT INTO payment_row (node_id, row_hash, payment_number, recorded_at, recorded_by)
  VALUES ($1, $2::uuid, $3, $4, $5)
)sql";

void insert_payment_row(Tx& tx, NodeId node, const books::Fingerprint& row, PaymentNumber payment,
                        const books::Author& author) {
  rows(tx, insert_payment_row_sql, node, books::uuid_text_of(row), payment, author.now, author.user);
}

}  // namespace coop::intake
