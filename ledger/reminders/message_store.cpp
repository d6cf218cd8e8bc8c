#include "ledger/reminders/message_store.hpp"

namespace coop::reminders {

constexpr const char* list_messages_sql = R"sql(
  -- reminders.list_messages
  SELECT m.number, m.party_id, p.number, m.unit_id, m.level, m.level_number, m.as_of, m.owed_minor,
         m.fee_charge, m.made_at, u.name, coalesce(e.outcome, 'waiting'), e.ended_at, coalesce(e.reason, ''),
         coalesce(d.failures, 0), d.next_attempt_at, coalesce(d.last_outcome, '')
    FROM message m
    JOIN party p ON p.node_id = m.node_id AND p.id = m.party_id
    LEFT JOIN user_account u ON u.id = m.made_by
    LEFT JOIN message_end e ON e.node_id = m.node_id AND e.message_number = m.number
    LEFT JOIN message_delivery d ON d.node_id = m.node_id AND d.message_number = m.number
   WHERE m.node_id = $1 AND ($2::int IS NULL OR m.number = $2) AND ($3::int IS NULL OR m.party_id = $3)
     AND ($4::text IS NULL OR coalesce(e.outcome, 'waiting') = $4) AND ($5::int IS NULL OR m.number < $5)
   ORDER BY m.number DESC
   LIMIT $6
)sql";

constexpr const char* charges_of_messages_sql = R"sql(
  -- reminders.charges_of_messages
  SELECT message_number, charge_number, open_minor
    FROM message_charge
   WHERE node_id = $1 AND message_number = ANY ($2::int[])
   ORDER BY message_number, charge_number
)sql";

std::vector<Message> list_messages(Tx& tx, NodeId node, const MessageFilter& filter,
                                   std::optional<std::int32_t> before, int limit) {
  const SqlValue state = filter.state ? SqlValue{text_of(*filter.state)} : SqlValue{std::nullopt};
  std::vector<Message> messages;
  SqlArray numbers;
  for (const Row row : rows(tx, list_messages_sql, node, filter.number, filter.party, state, before, limit)) {
    numbers.add(row.integer(0));
    messages.push_back(
        {row.integer(0), row.id<PartyId>(1), row.string(2), row.id<UnitId>(3), row.integer(4), row.integer(5),
         row.day(6), row.int64(7), row.is_null(8) ? std::nullopt : std::optional{row.id<ChargeNumber>(8)},
         row.instant(9), row.maybe_string(10), message_state_from(row.text(11)), row.maybe_instant(12),
         row.string(13), row.integer(14), row.maybe_instant(15), row.string(16)});
  }
  for (const Row row : rows(tx, charges_of_messages_sql, node, numbers.value()))
    for (Message& message : messages)
      if (message.number == row.integer(0)) message.charges.emplace(row.id<ChargeNumber>(1), row.int64(2));
  return messages;
}

constexpr const char* written_sql = R"sql(
  -- reminders.written
  SELECT m.number, m.party_id, m.unit_id, m.level, m.as_of, e.outcome IS NULL, c.charge_number
    FROM message m
    JOIN message_charge c ON c.node_id = m.node_id AND c.message_number = m.number
    LEFT JOIN message_end e ON e.node_id = m.node_id AND e.message_number = m.number
   WHERE m.node_id = $1 AND coalesce(e.outcome, 'sent') = 'sent'
   ORDER BY m.number
)sql";

std::vector<WrittenReminder> read_written(Tx& tx, NodeId node) {
  std::vector<WrittenReminder> written;
  for (const Row row : rows(tx, written_sql, node)) {
    if (written.empty() || written.back().message != row.integer(0))
      written.push_back({row.integer(0),
                         row.id<PartyId>(1),
                         row.id<UnitId>(2),
                         row.integer(3),
                         row.day(4),
                         row.boolean(5),
                         {}});
    written.back().charges.insert(row.id<ChargeNumber>(6));
  }
  return written;
}

constexpr const char* insert_message_sql = R"sql(
  -- reminders.insert_message
  INSERT INTO message (node_id, number, party_id, unit_id, level, level_number, as_of, owed_minor, fee_charge,
                       made_at, made_by)
  SELECT $1, (SELECT coalesce(max(m.number), 0) + 1 FROM message m WHERE m.node_id = $1), $2, $3, $4, $5, $6,
         $7, $8, $9, $10
  RETURNING number
)sql";

constexpr const char* insert_message_charges_sql = R"sql(
  -- reminders.insert_message_charges
  INSERT INTO message_charge (node_id, message_number, charge_number, open_minor)
  SELECT $1, $2, w.charge_number, w.open_minor
    FROM unnest($3::bigint[], $4::bigint[]) AS w (charge_number, open_minor)
)sql";

constexpr const char* insert_delivery_sql = R"sql(
  -- reminders.insert_delivery
  INSERT INTO message_delivery (node_id, message_number, next_attempt_at) VALUES ($1, $2, $3)
)sql";

std::int32_t insert_message(Tx& tx, NodeId node, const Proposal& proposal, Day as_of,
                            std::optional<ChargeNumber> fee_charge, const books::Author& author) {
  const std::int32_t number = only_row(rows(tx, insert_message_sql, node, proposal.party, proposal.unit,
                                            proposal.level->level, proposal.level->number, as_of,
                                            proposal.overdue_minor, fee_charge, author.now, author.user))
                                  .integer(0);
  SqlArray charges, open;
  for (const dues::ChargeState& charge : proposal.charges) {
    charges.add(charge.charge.number);
    open.add(charge.open_minor);
  }
  rows(tx, insert_message_charges_sql, node, number, charges.value(), open.value());
  rows(tx, insert_delivery_sql, node, number, author.now);
  return number;
}

constexpr const char* insert_end_sql = R"sql(
  -- reminders.insert_message_end
  INSERT INTO message_end (node_id, message_number, outcome, reason, ended_at, ended_by)
  VALUES ($1, $2, $3, nullif($4, ''), $5, $6)
)sql";

constexpr const char* delete_delivery_sql = R"sql(
  -- reminders.delete_delivery
  DELETE FROM message_delivery WHERE node_id = $1 AND message_number = $2
)sql";

void end_message(Tx& tx, NodeId node, std::int32_t number, MessageState outcome, const std::string& reason,
                 const books::Author& author) {
  rows(tx, insert_end_sql, node, number, text_of(outcome), reason, author.now, author.user);
  rows(tx, delete_delivery_sql, node, number);
}

constexpr const char* lease_due_sql = R"sql(
  -- reminders.lease_due
  UPDATE message_delivery SET leased_until = $2
   WHERE (node_id, message_number) =
         (SELECT d.node_id, d.message_number
            FROM message_delivery d
            JOIN reminder_setting s ON s.node_id = d.node_id AND s.sends
           WHERE d.next_attempt_at <= $1 AND (d.leased_until IS NULL OR d.leased_until <= $1)
           ORDER BY d.next_attempt_at
           LIMIT 1
             FOR UPDATE OF d SKIP LOCKED)
  RETURNING node_id, message_number
)sql";

std::optional<DueMessage> lease_due_message(Tx& tx, Instant now, Instant until) {
  const Rows leased = rows(tx, lease_due_sql, now, until);
  if (leased.empty()) return std::nullopt;
  return DueMessage{leased[0].id<NodeId>(0), leased[0].integer(1)};
}

constexpr const char* update_failure_sql = R"sql(
  -- reminders.update_failure
  UPDATE message_delivery
     SET failures = $3, next_attempt_at = $4, last_outcome = $5, leased_until = NULL
   WHERE node_id = $1 AND message_number = $2
)sql";

void update_failure(Tx& tx, const DueMessage& due, int failures, Instant next_attempt_at,
                    const std::string& outcome) {
  rows(tx, update_failure_sql, due.node, due.number, failures, next_attempt_at, outcome);
}

constexpr const char* erased_sql = R"sql(
  -- reminders.erased
  SELECT party_id FROM party_erasure WHERE node_id = $1
)sql";

std::set<PartyId> read_erased(Tx& tx, NodeId node) {
  std::set<PartyId> erased;
  for (const Row row : rows(tx, erased_sql, node)) erased.insert(row.id<PartyId>(0));
  return erased;
}

}  // namespace coop::reminders
