#include "ledger/disbursements/disbursement_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::disbursements {

namespace {

std::optional<std::string> text_or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{text};
}

std::optional<Bic> maybe_bic(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Bic::parse(row.text(column));
}

template <class SomeId>
std::optional<SomeId> maybe_id(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.id<SomeId>(column);
}

// Columns name, iban, bic, street, building, post_code, town, country, remittance, reference from `first` on.
std::optional<Payee> payee_from(const Row& row, int first) {
  if (row.is_null(first)) return std::nullopt;
  Payee payee{row.string(first), Iban::parse(row.text(first + 1)), maybe_bic(row, first + 2)};
  if (!row.is_null(first + 6))
    payee.address = TransferAddress{row.string(first + 3), row.string(first + 4), row.string(first + 5),
                                    row.string(first + 6), row.string(first + 7)};
  payee.text = row.string(first + 8);
  if (!row.is_null(first + 9)) payee.reference = StructuredReference::parse(row.text(first + 9));
  return payee;
}

}  // namespace

constexpr const char* find_payable_account_sql = R"sql(
  -- disbursements.find_payable_account
  SELECT a.path, a.unit_id, u.code, coalesce(b.identifier, ''),
         coalesce((SELECT t.value = 'true'::jsonb FROM bank_account_trait t
                    WHERE t.node_id = b.node_id AND t.bank_account = b.number AND t.kind = 'closed'
                    ORDER BY t.number DESC LIMIT 1), false)
    FROM bank_account b
    JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
    JOIN unit u ON u.id = a.unit_id
   WHERE b.node_id = $1 AND b.number = $2
)sql";

std::optional<PayableAccount> find_payable_account(Tx& tx, NodeId node, int bank_account) {
  const Rows found = rows(tx, find_payable_account_sql, node, bank_account);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  return PayableAccount{row.string(0), row.id<UnitId>(1), row.string(2), row.string(3), row.boolean(4)};
}

namespace {

constexpr const char* read_orders_sql = R"sql(
  -- disbursements.read_orders
  SELECT o.number, o.amount_minor, o.purpose, o.account_id, a.path, o.party_id, y.number,
         coalesce(o.source, ''), o.fund, o.cost_object, o.tax_code, o.end_to_end_id,
         p.name, p.iban, p.bic, coalesce(p.street, ''), coalesce(p.building, ''), coalesce(p.post_code, ''),
         p.town, p.country, coalesce(p.remittance, ''), p.reference, x.mandate_number, x.minutes
    FROM disbursement_order o
    JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id
    LEFT JOIN party y ON y.node_id = o.node_id AND y.id = o.party_id
    LEFT JOIN disbursement_payee p ON p.node_id = o.node_id AND p.order_number = o.number
          AND p.disbursement_number = o.disbursement_number
    LEFT JOIN order_mandate x ON x.node_id = o.node_id AND x.order_number = o.number
          AND x.disbursement_number = o.disbursement_number
   WHERE o.node_id = $1 AND o.disbursement_number = $2
   ORDER BY o.number
)sql";

std::vector<Order> read_orders(Tx& tx, NodeId node, DisbursementNumber number) {
  std::vector<Order> orders;
  for (const Row row : rows(tx, read_orders_sql, node, number)) {
    Order order{row.integer(0),
                row.int64(1),
                order_purpose_from(row.text(2)),
                row.id<AccountId>(3),
                row.string(4),
                maybe_id<PartyId>(row, 5),
                row.string(6),
                row.string(7),
                {},
                row.string(11),
                payee_from(row, 12),
                {},
                {},
                maybe_id<funds::SpendingMandateNumber>(row, 22),
                row.is_null(23) ? std::nullopt : std::optional{row.integer(23)}};
    order.about = {row.maybe_string(8), row.maybe_string(6), row.maybe_string(9), row.maybe_string(10)};
    orders.push_back(std::move(order));
  }
  return orders;
}

constexpr const char* read_bank_words_sql = R"sql(
  -- disbursements.read_bank_words
  SELECT p.order_number, p.made, m.number, p.entry_number, l.booked_on, p.payment_number,
         coalesce(p.return_code, ''), coalesce(c.charges, 0)
    FROM bank_match_part p
    JOIN bank_match m ON m.node_id = p.node_id AND m.number = p.match_number AND m.live
    JOIN bank_line l ON l.node_id = m.node_id AND l.number = m.line_number
   CROSS JOIN LATERAL (
         SELECT CASE WHEN count(*) FILTER (WHERE x.made = 'order_return') = 1
                     THEN -sum(x.amount_minor) FILTER (WHERE x.made = 'entry' AND x.amount_minor < 0)
                END AS charges
           FROM bank_match_part x
          WHERE x.node_id = m.node_id AND x.match_number = m.number) c
   WHERE p.node_id = $1 AND p.disbursement_number = $2
)sql";

void read_bank_words(Tx& tx, NodeId node, Disbursement& disbursement) {
  for (const Row row : rows(tx, read_bank_words_sql, node, disbursement.number)) {
    Order& order = disbursement.orders.at(static_cast<std::size_t>(row.integer(0) - 1));
    BankWord word{row.integer(2), row.id<EntryNumber>(3),
                  row.day(4),     maybe_id<PaymentNumber>(row, 5),
                  row.string(6),  row.int64(7)};
    (row.text(1) == "order" ? order.executed : order.returned) = std::move(word);
  }
}

constexpr const char* read_steps_sql = R"sql(
  -- disbursements.read_steps
  SELECT s.number, s.kind, s.order_number, coalesce(s.reason, ''), coalesce(s.file_hash, ''), s.recorded_at,
         s.recorded_by, w.name
    FROM disbursement_step s
    LEFT JOIN user_account w ON w.id = s.recorded_by
   WHERE s.node_id = $1 AND s.disbursement_number = $2
   ORDER BY s.number
)sql";

std::vector<Step> read_steps(Tx& tx, NodeId node, DisbursementNumber number) {
  std::vector<Step> steps;
  for (const Row row : rows(tx, read_steps_sql, node, number))
    steps.push_back({row.integer(0), step_kind_from(row.text(1)),
                     row.is_null(2) ? std::nullopt : std::optional{row.integer(2)}, row.string(3),
                     row.string(4), row.instant(5), maybe_id<UserId>(row, 6), row.maybe_string(7)});
  return steps;
}

constexpr const char* find_disbursement_sql = R"sql(
  -- disbursements.find_disbursement
  SELECT d.number, d.bank_account, a.path, a.unit_id, b.identifier, d.bic, d.requested_on, d.title,
         d.debtor_name, d.message_id, d.recorded_at, d.recorded_by, w.name, d.rules, d.approvals,
         d.ruled_on
    FROM disbursement d
    JOIN bank_account b ON b.node_id = d.node_id AND b.number = d.bank_account
    JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
    LEFT JOIN user_account w ON w.id = d.recorded_by
   WHERE d.node_id = $1 AND d.number = $2
)sql";

}  // namespace

std::optional<Disbursement> find_disbursement(Tx& tx, NodeId node, DisbursementNumber number) {
  const Rows found = rows(tx, find_disbursement_sql, node, number);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  Disbursement disbursement{
      row.id<DisbursementNumber>(0),
      {row.integer(1), row.string(2), row.id<UnitId>(3), {Iban::parse(row.text(4)), maybe_bic(row, 5)}},
      row.day(6),
      row.string(7),
      row.string(8),
      row.string(9),
      row.instant(10),
      maybe_id<UserId>(row, 11),
      row.maybe_string(12),
      read_orders(tx, node, number),
      read_steps(tx, node, number),
      row.integer(13),
      static_cast<std::size_t>(row.integer(14)),
      row.maybe_day(15)};
  read_bank_words(tx, node, disbursement);
  return disbursement;
}

constexpr const char* last_disbursement_sql = R"sql(
  -- disbursements.last_disbursement
  SELECT coalesce(max(d.number), 0) FROM disbursement d WHERE d.node_id = $1
)sql";

int read_last_disbursement(Tx& tx, NodeId node) {
  return only_row(rows(tx, last_disbursement_sql, node)).integer(0);
}

namespace {

constexpr const char* insert_disbursement_sql = R"sql(
  -- disbursements.insert_disbursement
  INSERT INTO disbursement (node_id, number, bank_account, requested_on, title, debtor_name, bic, message_id,
                            orders, recorded_at, recorded_by, rules, approvals, ruled_on, counts_together)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, true)
)sql";

void insert_head(Tx& tx, NodeId node, const Disbursement& one, const books::Author& author) {
  const std::optional<Bic>& bic = one.from.account.bic;
  rows(tx, insert_disbursement_sql, node, one.number, one.from.bank_account, one.requested_on, one.title,
       one.debtor_name, bic ? std::optional{bic->text()} : std::nullopt, one.message_id,
       static_cast<int>(one.orders.size()), author.now, author.user, one.rules,
       static_cast<int>(one.approvals_needed), one.ruled_on);
}

constexpr const char* insert_orders_sql = R"sql(
  -- disbursements.insert_orders
  INSERT INTO disbursement_order (node_id, disbursement_number, number, amount_minor, purpose, account_id,
                                  party_id, source, fund, cost_object, tax_code, end_to_end_id)
  SELECT $1, $2, o.number, o.minor, o.purpose, o.account, o.party, o.source, o.fund, o.cost_object,
         o.tax_code, o.id
    FROM unnest($3::int[], $4::bigint[], $5::text[], $6::int[], $7::int[], $8::text[], $9::text[],
                $10::text[], $11::text[], $12::text[])
         AS o (number, minor, purpose, account, party, source, fund, cost_object, tax_code, id)
)sql";

void insert_orders(Tx& tx, NodeId node, const Disbursement& disbursement) {
  SqlArray number, minor, purpose, account, party, source, fund, cost_object, tax_code, id;
  for (const Order& order : disbursement.orders) {
    number.add(order.number);
    minor.add(order.minor);
    purpose.add(text_of(order.purpose));
    account.add(order.account_id);
    party.add(order.party);
    source.add(text_or_null(order.source));
    fund.add(order.about[0]);
    cost_object.add(order.about[2]);
    tax_code.add(order.about[3]);
    id.add(order.end_to_end_id);
  }
  rows(tx, insert_orders_sql, node, disbursement.number, number.value(), minor.value(), purpose.value(),
       account.value(), party.value(), source.value(), fund.value(), cost_object.value(), tax_code.value(),
       id.value());
}

constexpr const char* insert_payees_sql = R"sql(
  -- disbursements.insert_payees
  INSERT INTO disbursement_payee (node_id, disbursement_number, order_number, party_id, name, iban, bic,
                                  street, building, post_code, town, country, remittance, reference)
  SELECT $1, $2, p.number, p.party, p.name, p.iban, p.bic, p.street, p.building, p.post_code, p.town,
         p.country, p.remittance, p.reference
    FROM unnest($3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])
         AS p (number, party, name, iban, bic, street, building, post_code, town, country, remittance,
               reference)
)sql";

void insert_payees(Tx& tx, NodeId node, const Disbursement& disbursement) {
  SqlArray number, party, name, iban, bic, street, building, post_code, town, country, text, reference;
  for (const Order& order : disbursement.orders) {
    const Payee& payee = order.payee.value();
    const TransferAddress address = payee.address.value_or(TransferAddress{});
    number.add(order.number);
    party.add(order.party);
    name.add(payee.name);
    iban.add(payee.iban.text());
    bic.add(payee.bic ? std::optional{payee.bic->text()} : std::nullopt);
    street.add(text_or_null(address.street));
    building.add(text_or_null(address.building));
    post_code.add(text_or_null(address.post_code));
    town.add(text_or_null(address.town));
    country.add(text_or_null(address.country));
    text.add(text_or_null(payee.text));
    reference.add(payee.reference ? std::optional{payee.reference->text()} : std::nullopt);
  }
  rows(tx, insert_payees_sql, node, disbursement.number, number.value(), party.value(), name.value(),
       iban.value(), bic.value(), street.value(), building.value(), post_code.value(), town.value(),
       country.value(), text.value(), reference.value());
}

constexpr const char* insert_order_mandates_sql = R"sql(
  -- disbursements.insert_order_mandates
  INSERT INTO order_mandate (node_id, disbursement_number, order_number, mandate_number, minutes)
  SELECT $1, $2, m.number, m.mandate, m.minutes
    FROM unnest($3::int[], $4::int[], $5::int[]) AS m (number, mandate, minutes)
   WHERE m.mandate IS NOT NULL
)sql";

void insert_mandates(Tx& tx, NodeId node, const Disbursement& disbursement) {
  SqlArray number, mandate, minutes;
  for (const Order& order : disbursement.orders) {
    number.add(order.number);
    mandate.add(order.mandate);
    minutes.add(order.minutes);
  }
  rows(tx, insert_order_mandates_sql, node, disbursement.number, number.value(), mandate.value(),
       minutes.value());
}

}  // namespace

void insert_disbursement(Tx& tx, NodeId node, const Disbursement& disbursement, const books::Author& author) {
  insert_head(tx, node, disbursement, author);
  insert_orders(tx, node, disbursement);
  insert_payees(tx, node, disbursement);
  insert_mandates(tx, node, disbursement);
}

constexpr const char* insert_step_sql = R"sql(
  -- disbursements.insert_step
  INSERT INTO disbursement_step (node_id, disbursement_number, number, kind, order_number, reason, file_hash,
                                 recorded_at, recorded_by)
  SELECT $1, $2, coalesce(max(s.number), 0) + 1, $3, $4, $5, $6, $7, $8
    FROM disbursement_step s
   WHERE s.node_id = $1 AND s.disbursement_number = $2
)sql";

void insert_step(Tx& tx, NodeId node, DisbursementNumber disbursement, const NewStep& step,
                 const books::Author& author) {
  rows(tx, insert_step_sql, node, disbursement, text_of(step.kind), step.order, text_or_null(step.reason),
       text_or_null(step.file_hash), author.now, author.user);
}

constexpr const char* insert_file_sql = R"sql(
  -- disbursements.insert_file
  INSERT INTO disbursement_file (node_id, disbursement_number, bytes) VALUES ($1, $2, $3)
)sql";

void insert_file(Tx& tx, NodeId node, DisbursementNumber disbursement, const std::string& bytes) {
  rows(tx, insert_file_sql, node, disbursement, Bytes{bytes});
}

constexpr const char* find_file_sql = R"sql(
  -- disbursements.find_file
  SELECT f.bytes FROM disbursement_file f WHERE f.node_id = $1 AND f.disbursement_number = $2
)sql";

std::optional<std::string> find_file(Tx& tx, NodeId node, DisbursementNumber disbursement) {
  const Rows found = rows(tx, find_file_sql, node, disbursement);
  if (found.empty()) return std::nullopt;
  return found[0].bytes(0);
}

constexpr const char* has_dimension_sql = R"sql(
  -- disbursements.has_dimension
  SELECT EXISTS (SELECT FROM dimension d WHERE d.node_id = $1 AND d.kind = $2 AND d.code = $3)
)sql";

bool has_dimension(Tx& tx, NodeId node, books::DimensionKind kind, const std::string& code) {
  return only_row(rows(tx, has_dimension_sql, node, books::text_of(kind), code)).boolean(0);
}

constexpr const char* is_drawn_by_run_sql = R"sql(
  -- disbursements.is_drawn_by_run
  SELECT is_drawn_by_run($1, $2, $3, $4, $5)
)sql";

bool is_drawn_by_run(Tx& tx, NodeId node, const Order& order) {
  return only_row(
             rows(tx, is_drawn_by_run_sql, node, order.account_id, order.party, order.source, order.minor))
      .boolean(0);
}

constexpr const char* pays_user_sql = R"sql(
  -- disbursements.pays_user
  SELECT EXISTS (
         SELECT FROM disbursement_order o
           JOIN disbursement d ON d.node_id = o.node_id AND d.number = o.disbursement_number
           LEFT JOIN disbursement_payee p ON p.node_id = o.node_id AND p.order_number = o.number
                 AND p.disbursement_number = o.disbursement_number
          WHERE o.node_id = $1 AND o.disbursement_number = $2
            AND EXISTS (SELECT FROM party_user u
                          LEFT JOIN party_profile f ON f.node_id = u.node_id AND f.party_id = u.party_id
                         WHERE u.node_id = o.node_id AND u.user_id = $3
                           AND was_linked(u.node_id, u.party_id, $3, d.recorded_at, 'infinity')
                           AND (u.party_id = o.party_id OR f.iban = p.iban))
            AND NOT EXISTS (SELECT FROM disbursement_step s
                  WHERE s.node_id = o.node_id AND s.disbursement_number = o.disbursement_number
                    AND s.order_number = o.number AND s.kind = 'left_out'))
)sql";

bool pays_user(Tx& tx, NodeId node, DisbursementNumber disbursement, UserId user) {
  return only_row(rows(tx, pays_user_sql, node, disbursement, user)).boolean(0);
}

}  // namespace coop::disbursements
