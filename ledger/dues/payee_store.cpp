#include "ledger/dues/payee_store.hpp"

namespace coop::dues {

constexpr const char* payee_sql = R"sql(
  -- dues.payee
  SELECT account_holder, iban, bic, reference_kind, letterhead, closing
    FROM dues_payee
   WHERE node_id = $1
)sql";

Payee read_payee(Tx& tx, NodeId node) {
  const Rows found = rows(tx, payee_sql, node);
  if (found.empty()) return {};
  const Row row = found[0];
  Payee payee{{}, reference_form(row.text(3)).kind, row.string(4), row.string(5)};
  if (!row.is_null(1))
    payee.account = PayeeAccount{row.string(0), Iban::parse(row.text(1)),
                                 row.is_null(2) ? std::nullopt : std::optional{Bic::parse(row.text(2))}};
  return payee;
}

constexpr const char* store_payee_sql = R"sql(
  -- dues.store_payee
  INSERT INTO dues_payee (node_id, account_holder, iban, bic, reference_kind, letterhead, closing)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (node_id) DO UPDATE
     SET (account_holder, iban, bic, reference_kind, letterhead, closing) = ROW ($2, $3, $4, $5, $6, $7)
)sql";

void store_payee(Tx& tx, NodeId node, const Payee& payee) {
  SqlValue holder{std::nullopt}, iban{std::nullopt}, bic{std::nullopt};
  if (payee.account) {
    holder = payee.account->holder;
    iban = payee.account->iban.text();
    if (payee.account->bic) bic = payee.account->bic->text();
  }
  rows(tx, store_payee_sql, node, holder, iban, bic, reference_form(payee.kind).code, payee.letterhead,
       payee.closing);
}

constexpr const char* members_of_bodies_sql = R"sql(
  -- dues.members_of_bodies
  SELECT upper(number), number
    FROM party
   WHERE node_id = $1 AND upper(number) = ANY ($2::text[])
   ORDER BY number
)sql";

constexpr const char* members_of_digits_sql = R"sql(
  -- dues.members_of_digits
  SELECT ltrim(substring(number FROM '[0-9]+$'), '0'), number
    FROM party
   WHERE node_id = $1 AND ltrim(substring(number FROM '[0-9]+$'), '0') = ANY ($2::text[])
   ORDER BY number
)sql";

namespace {

std::multimap<std::string, std::string> read_members(Tx& tx, const char* sql, NodeId node,
                                                     std::span<const std::string> texts) {
  std::multimap<std::string, std::string> members;
  if (texts.empty()) return members;
  SqlArray wanted;
  for (const std::string& text : texts) wanted.add(text);
  for (const Row row : rows(tx, sql, node, wanted.value())) members.emplace(row.string(0), row.string(1));
  return members;
}

}  // namespace

std::multimap<std::string, std::string> read_members_of_bodies(Tx& tx, NodeId node,
                                                               std::span<const std::string> bodies) {
  return read_members(tx, members_of_bodies_sql, node, bodies);
}

std::multimap<std::string, std::string> read_members_of_digits(Tx& tx, NodeId node,
                                                               std::span<const std::string> digits) {
  return read_members(tx, members_of_digits_sql, node, digits);
}

}  // namespace coop::dues
