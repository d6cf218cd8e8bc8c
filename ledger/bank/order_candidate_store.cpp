#include "ledger/bank/order_candidate_store.hpp"

namespace coop::bank {

constexpr const char* read_sent_disbursements_sql = R"sql(
  -- bank.read_sent_disbursements
  SELECT d.number, d.message_id, d.requested_on, a.path, o.number, o.end_to_end_id, o.amount_minor,
         coalesce(p.iban, ''), w.is_paid
    FROM disbursement d
    JOIN disbursement_step e ON e.node_id = d.node_id AND e.disbursement_number = d.number
                            AND e.kind = 'exported'
    JOIN bank_account b ON b.node_id = d.node_id AND b.number = d.bank_account
    JOIN account a ON a.node_id = b.node_id AND a.id = b.account_id
    JOIN disbursement_order o ON o.node_id = d.node_id AND o.disbursement_number = d.number
    LEFT JOIN disbursement_payee p ON p.node_id = o.node_id AND p.order_number = o.number
          AND p.disbursement_number = o.disbursement_number
   CROSS JOIN LATERAL (
         SELECT coalesce(bool_or(x.made = 'order'), false) AS is_paid,
                coalesce(bool_or(x.made = 'order_return'), false) AS is_back
           FROM bank_match_part x
           JOIN bank_match m ON m.node_id = x.node_id AND m.number = x.match_number AND m.live
          WHERE x.node_id = o.node_id AND x.disbursement_number = o.disbursement_number
            AND x.order_number = o.number) w
   WHERE d.node_id = $1 AND NOT w.is_back AND (NOT w.is_paid OR o.end_to_end_id = ANY ($2::text[]))
     AND NOT EXISTS (SELECT FROM disbursement_step s
               WHERE s.node_id = o.node_id AND s.disbursement_number = o.disbursement_number
                 AND s.order_number = o.number AND s.kind = 'left_out')
     AND NOT is_rejected_order(o.node_id, o.disbursement_number, o.number)
   ORDER BY d.number, o.number
)sql";

void read_sent_disbursements(Tx& tx, NodeId node, std::span<const std::string> ids, Candidates& into) {
  SqlArray named;
  for (const std::string& id : ids) named.add(id);
  for (const Row row : report_rows(tx, read_sent_disbursements_sql, node, named.value())) {
    auto& sent = into.sent_disbursements;
    if (sent.empty() || sent.back().disbursement != row.integer(0))
      sent.push_back({row.integer(0), row.string(1), row.day(2), row.string(3), {}});
    sent.back().orders.push_back(
        {row.integer(0), row.integer(4), row.string(5), row.int64(6), row.string(7), row.boolean(8)});
  }
}

}  // namespace coop::bank
