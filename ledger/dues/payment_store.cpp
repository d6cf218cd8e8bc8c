#include "ledger/dues/payment_store.hpp"

#include <array>
#include <string_view>

#include "ledger/database/binary_array.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

Payment payment_from(const Row& row) {
  return {row.id<PaymentNumber>(0),
          payment_kind_from(row.text(1)),
          row.string(2),
          row.id<UnitId>(3),
          row.int64(4),
          row.day(5),
          row.string(6),
          row.string(7),
          row.string(8),
          row.id<EntryNumber>(9),
          row.instant(10),
          {},
          row.maybe_day(11),
          row.string(12),
          row.is_null(13) ? std::nullopt : std::optional{row.id<EntryNumber>(13)},
          row.is_null(14) ? std::nullopt : std::optional{Money::of_minor(row.int64(14), row.id<UnitId>(15))}};
}

}  // namespace

constexpr const char* last_payment_sql = R"sql(
  -- dues.last_payment
  SELECT coalesce(max(number), 0) FROM payment WHERE node_id = $1
)sql";

std::int64_t read_last_payment(Tx& tx, NodeId node) {
  return only_row(rows(tx, last_payment_sql, node)).int64(0);
}

constexpr const char* insert_payments_sql = R"sql(
  -- dues.insert_payments
  WITH added AS (
    INSERT INTO payment (node_id, number, kind, payer_id, unit_id, amount_minor, received_on, account,
                         reference, note, entry_number, recorded_at, recorded_by, given_minor,
                         given_unit_id)
    SELECT $1, unnest($4::bigint[]), unnest($5::text[]), unnest($6::int[]), unnest($7::int[]),
           unnest($8::bigint[]), unnest($9::date[]), unnest($10::text[]), nullif(unnest($11::text[]), ''),
           nullif(unnest($12::text[]), ''), unnest($13::int[]), $2, $3, unnest($14::bigint[]),
           unnest($15::int[])
  )
  INSERT INTO payment_share (node_id, payment_number, line, debtor_id, amount_minor, prepaid_minor,
                             charge_number)
  SELECT $1, unnest($16::bigint[]), unnest($17::smallint[]), unnest($18::int[]), unnest($19::bigint[]),
         unnest($20::bigint[]), unnest($21::bigint[])
)sql";

void insert_payments(Tx& tx, NodeId node, std::span<const Payment> payments,
                     const std::map<std::string, PartyId>& ids, const books::Author& author) {
  using Of = BinaryArray::Of;
  BinaryArray number{Of::int8}, kind{Of::text}, payer{Of::int4}, unit{Of::int4}, minor{Of::int8};
  BinaryArray received_on{Of::date}, account{Of::text}, reference{Of::text}, note{Of::text}, entry{Of::int4};
  BinaryArray given{Of::int8}, given_unit{Of::int4}, of{Of::int8}, line{Of::int2}, debtor{Of::int4};
  BinaryArray share_minor{Of::int8}, prepaid{Of::int8}, charge{Of::int8};
  for (const Payment& payment : payments) {
    number.add(payment.number);
    kind.add(text_of(payment.kind));
    payer.add(ids.at(payment.payer));
    unit.add(payment.unit);
    minor.add(payment.minor);
    received_on.add(payment.received_on);
    account.add(std::string_view{payment.account});
    reference.add(std::string_view{payment.reference});
    note.add(std::string_view{payment.note});
    entry.add(payment.entry);
    given.add(payment.given ? std::optional{payment.given->minor()} : std::nullopt);
    given_unit.add(payment.given ? std::optional{payment.given->unit()} : std::nullopt);
    int place = 0;
    for (const PaymentShare& share : payment.shares) {
      of.add(payment.number);
      line.add(++place);
      debtor.add(ids.at(share.debtor));
      share_minor.add(share.minor);
      prepaid.add(share.prepaid_minor);
      charge.add(share.charge);
    }
  }
  const std::array<SqlValue, 3> values{node, author.now, author.user};
  tx.run(insert_payments_sql, values,
         std::array{number.value(), kind.value(), payer.value(), unit.value(), minor.value(),
                    received_on.value(), account.value(), reference.value(), note.value(), entry.value(),
                    given.value(), given_unit.value(), of.value(), line.value(), debtor.value(),
                    share_minor.value(), prepaid.value(), charge.value()});
}

constexpr const char* find_refund_short_on_sql = R"sql(
  -- dues.find_refund_short_on
  SELECT refund_short_on($1, $2)
)sql";

std::optional<Day> find_refund_short_on(Tx& tx, NodeId node, PaymentNumber refund) {
  return only_row(rows(tx, find_refund_short_on_sql, node, refund)).maybe_day(0);
}

constexpr const char* insert_payment_return_sql = R"sql(
  -- dues.insert_payment_return
  INSERT INTO payment_return (node_id, payment_number, returned_on, reason, entry_number, recorded_at,
                              recorded_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql";

void insert_payment_return(Tx& tx, NodeId node, const PaymentReturn& taken_back,
                           const books::Author& author) {
  rows(tx, insert_payment_return_sql, node, taken_back.payment, taken_back.returned_on, taken_back.reason,
       taken_back.entry, author.now, author.user);
}

constexpr const char* list_payments_sql = R"sql(
  -- dues.list_payments
  SELECT p.number, p.kind, payer.number, p.unit_id, p.amount_minor, p.received_on, p.account, p.reference,
         p.note, p.entry_number, p.recorded_at, r.returned_on, r.reason, r.entry_number,
         p.given_minor, p.given_unit_id
    FROM payment p
    JOIN party payer ON payer.node_id = p.node_id AND payer.id = p.payer_id
    LEFT JOIN payment_return r ON r.node_id = p.node_id AND r.payment_number = p.number
   WHERE p.node_id = $1
     AND ($2::int IS NULL OR p.payer_id = $2)
     AND ($3::int IS NULL OR EXISTS (SELECT FROM payment_share s
           WHERE s.node_id = p.node_id AND s.payment_number = p.number AND s.debtor_id = $3))
     AND ($4::bigint IS NULL OR p.number = $4)
     AND ($5::bigint IS NULL OR p.number < $5)
   ORDER BY p.number DESC
   LIMIT $6
)sql";

constexpr const char* payment_shares_sql = R"sql(
  -- dues.payment_shares
  SELECT s.payment_number, d.number, s.amount_minor, s.charge_number, s.prepaid_minor
    FROM payment_share s
    JOIN party d ON d.node_id = s.node_id AND d.id = s.debtor_id
   WHERE s.node_id = $1 AND s.payment_number = ANY ($2::bigint[])
   ORDER BY s.payment_number, s.line
)sql";

std::vector<Payment> list_payments(Tx& tx, NodeId node, const PaymentFilter& filter,
                                   std::optional<PaymentNumber> before, int limit) {
  std::vector<Payment> payments;
  std::map<PaymentNumber, std::size_t> places;
  SqlArray numbers;
  for (const Row row :
       report_rows(tx, list_payments_sql, node, filter.payer, filter.debtor, filter.number, before, limit)) {
    places.emplace(row.id<PaymentNumber>(0), payments.size());
    numbers.add(row.id<PaymentNumber>(0));
    payments.push_back(payment_from(row));
  }
  if (payments.empty()) return payments;
  for (const Row row : report_rows(tx, payment_shares_sql, node, numbers.value()))
    payments[places.at(row.id<PaymentNumber>(0))].shares.push_back(
        {row.string(1), row.int64(2), row.is_null(3) ? std::nullopt : std::optional{row.id<ChargeNumber>(3)},
         row.int64(4)});
  return payments;
}

}  // namespace coop::dues
