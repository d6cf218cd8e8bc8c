#include "ledger/reminders/pause_store.hpp"

namespace coop::reminders {

constexpr const char* pauses_sql = R"sql(
  -- reminders.pauses
  SELECT p.number, p.from_on, p.until_on, p.reason, p.recorded_at, e.last_on, coalesce(e.reason, '')
    FROM reminder_pause p
    LEFT JOIN reminder_pause_end e ON e.node_id = p.node_id AND e.party_id = p.party_id
                                  AND e.pause_number = p.number
   WHERE p.node_id = $1 AND p.party_id = $2
   ORDER BY p.number
)sql";

std::vector<ReminderPause> read_pauses(Tx& tx, NodeId node, PartyId party) {
  std::vector<ReminderPause> pauses;
  for (const Row row : rows(tx, pauses_sql, node, party))
    pauses.push_back({row.integer(0), row.day(1), row.maybe_day(2), row.string(3), row.instant(4),
                      row.maybe_day(5), row.string(6)});
  return pauses;
}

constexpr const char* insert_pause_sql = R"sql(
  -- reminders.insert_pause
  INSERT INTO reminder_pause (node_id, party_id, number, from_on, until_on, reason, recorded_at, recorded_by)
  SELECT $1, $2, (SELECT coalesce(max(p.number), 0) + 1 FROM reminder_pause p
                   WHERE p.node_id = $1 AND p.party_id = $2), $3, $4, $5, $6, $7
  RETURNING number
)sql";

int insert_pause(Tx& tx, NodeId node, PartyId party, const ReminderPause& pause,
                 const books::Author& author) {
  return only_row(rows(tx, insert_pause_sql, node, party, pause.from_on, pause.until_on, pause.reason,
                       author.now, author.user))
      .integer(0);
}

constexpr const char* insert_pause_end_sql = R"sql(
  -- reminders.insert_pause_end
  INSERT INTO reminder_pause_end (node_id, party_id, pause_number, last_on, reason, recorded_at, recorded_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
)sql";

void insert_pause_end(Tx& tx, NodeId node, PartyId party, int number, Day last_on, const std::string& reason,
                      const books::Author& author) {
  rows(tx, insert_pause_end_sql, node, party, number, last_on, reason, author.now, author.user);
}

constexpr const char* paused_sql = R"sql(
  -- reminders.paused
  SELECT DISTINCT p.party_id
    FROM reminder_pause p
    LEFT JOIN reminder_pause_end e ON e.node_id = p.node_id AND e.party_id = p.party_id
                                  AND e.pause_number = p.number
   WHERE p.node_id = $1 AND p.from_on <= $2 AND coalesce(least(e.last_on, p.until_on), 'infinity'::date) >= $2
)sql";

std::set<PartyId> read_paused(Tx& tx, NodeId node, Day day) {
  std::set<PartyId> paused;
  for (const Row row : rows(tx, paused_sql, node, day)) paused.insert(row.id<PartyId>(0));
  return paused;
}

constexpr const char* list_noticed_sql = R"sql(
  -- reminders.list_noticed
  SELECT n.number, n.payer_id, p.number, n.unit_id, n.amount_minor, n.noticed_on, coalesce(n.reference, ''),
         n.recorded_at, e.noticed_number IS NOT NULL, e.payment_number, coalesce(e.reason, '')
    FROM noticed_payment n
    JOIN party p ON p.node_id = n.node_id AND p.id = n.payer_id
    LEFT JOIN noticed_payment_end e ON e.node_id = n.node_id AND e.noticed_number = n.number
   WHERE n.node_id = $1 AND ($2::int IS NULL OR n.number = $2)
     AND ($3::bool IS NULL OR (e.noticed_number IS NOT NULL) = $3) AND ($4::int IS NULL OR n.number < $4)
   ORDER BY n.number DESC
   LIMIT $5
)sql";

std::vector<NoticedPayment> list_noticed(Tx& tx, NodeId node, const NoticedFilter& filter,
                                         std::optional<int> before, int limit) {
  std::vector<NoticedPayment> noticed;
  for (const Row row : rows(tx, list_noticed_sql, node, filter.number, filter.settled, before, limit))
    noticed.push_back({row.integer(0), row.id<PartyId>(1), row.string(2), row.id<UnitId>(3), row.int64(4),
                       row.day(5), row.string(6), row.instant(7), row.boolean(8),
                       row.is_null(9) ? std::nullopt : std::optional{row.id<PaymentNumber>(9)},
                       row.string(10)});
  return noticed;
}

constexpr const char* insert_noticed_sql = R"sql(
  -- reminders.insert_noticed
  INSERT INTO noticed_payment (node_id, number, payer_id, unit_id, amount_minor, noticed_on, reference,
                               recorded_at, recorded_by)
  SELECT $1, (SELECT coalesce(max(n.number), 0) + 1 FROM noticed_payment n WHERE n.node_id = $1), $2, $3, $4,
         $5, nullif($6, ''), $7, $8
  RETURNING number
)sql";

int insert_noticed(Tx& tx, NodeId node, const NoticedPayment& noticed, const books::Author& author) {
  return only_row(rows(tx, insert_noticed_sql, node, noticed.payer, noticed.unit, noticed.minor,
                       noticed.noticed_on, noticed.reference, author.now, author.user))
      .integer(0);
}

constexpr const char* insert_noticed_end_sql = R"sql(
  -- reminders.insert_noticed_end
  INSERT INTO noticed_payment_end (node_id, noticed_number, payment_number, reason, recorded_at, recorded_by)
  VALUES ($1, $2, $3, nullif($4, ''), $5, $6)
)sql";

void insert_noticed_end(Tx& tx, NodeId node, int number, std::optional<PaymentNumber> payment,
                        const std::string& reason, const books::Author& author) {
  rows(tx, insert_noticed_end_sql, node, number, payment, reason, author.now, author.user);
}

constexpr const char* waiting_payers_sql = R"sql(
  -- reminders.waiting_payers
  SELECT DISTINCT n.payer_id, n.unit_id
    FROM noticed_payment n
   WHERE n.node_id = $1 AND NOT EXISTS (SELECT FROM noticed_payment_end e
                                         WHERE e.node_id = n.node_id AND e.noticed_number = n.number)
)sql";

std::set<std::pair<PartyId, UnitId>> read_waiting_payers(Tx& tx, NodeId node) {
  std::set<std::pair<PartyId, UnitId>> waiting;
  for (const Row row : rows(tx, waiting_payers_sql, node))
    waiting.emplace(row.id<PartyId>(0), row.id<UnitId>(1));
  return waiting;
}

}  // namespace coop::reminders
