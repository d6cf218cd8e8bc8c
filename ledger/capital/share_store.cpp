#include "ledger/capital/share_store.hpp"

#include <algorithm>
#include <utility>

#include "ledger/books/account_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::capital {

constexpr const char* read_share_classes_sql = R"sql(
  -- capital.read_share_classes
  SELECT s.code, s.number, s.from_on, s.title, s.nominal_minor, s.lowest_minor, s.highest_minor,
         s.withdrawable, s.notice_days, s.transferable, s.reserve_millionths, u.code, c.path, r.path, o.path,
         p.path, s.fund, s.decision, u.id, s.recorded_at
    FROM share_class s
    JOIN account c ON c.node_id = s.node_id AND c.id = s.capital_account_id
    JOIN unit u ON u.id = c.unit_id
    JOIN account r ON r.node_id = s.node_id AND r.id = s.reserve_account_id
    JOIN account o ON o.node_id = s.node_id AND o.id = s.receivable_account_id
    JOIN account p ON p.node_id = s.node_id AND p.id = s.payable_account_id
   WHERE s.node_id = $1
   ORDER BY s.code, s.number
)sql";

std::vector<ShareClass> read_share_classes(Tx& tx, NodeId node) {
  std::vector<ShareClass> classes;
  for (const Row row : rows(tx, read_share_classes_sql, node))
    classes.push_back(
        {row.string(0),        row.integer(1), row.day(2),         row.string(3),
         row.int64(4),         row.int64(5),   row.maybe_int64(6), withdrawable_from(row.text(7)),
         row.integer(8),       row.boolean(9), row.integer(10),    row.string(11),
         row.string(12),       row.string(13), row.string(14),     row.string(15),
         row.maybe_string(16), row.string(17), row.id<UnitId>(18), row.instant(19)});
  return classes;
}

constexpr const char* insert_share_class_sql = R"sql(
  -- capital.insert_share_class
  INSERT INTO share_class (node_id, code, number, from_on, title, nominal_minor, lowest_minor, highest_minor,
    withdrawable, notice_days, transferable, reserve_millionths, capital_account_id, reserve_account_id,
    receivable_account_id, payable_account_id, fund, decision, recorded_at, recorded_by)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, c.id, r.id, o.id, p.id, $18, $19, $20, $21
    FROM account c
    JOIN account r ON r.node_id = c.node_id AND r.path = $14 AND r.unit_id = c.unit_id
    JOIN account o ON o.node_id = c.node_id AND o.path = $15 AND o.unit_id = c.unit_id
    JOIN account p ON p.node_id = c.node_id AND p.path = $16 AND p.unit_id = c.unit_id
   WHERE c.node_id = $1 AND c.path = $13 AND c.unit_id = $17
)sql";

void insert_share_class(Tx& tx, NodeId node, const ShareClass& version, const books::Author& author) {
  rows(tx, insert_share_class_sql, node, version.code, version.number, version.from_on, version.title,
       version.nominal_minor, version.lowest_minor, version.highest_minor, text_of(version.withdrawable),
       version.notice_days, version.is_transferable, version.reserve_millionths, version.capital,
       version.reserve, version.receivable, version.payable, version.unit_id, version.fund, version.decision,
       author.now, author.user);
}

constexpr const char* read_holding_sql = R"sql(
  -- capital.read_holding
  SELECT coalesce(sum(m.holding), 0)::bigint, coalesce(sum(m.unpaid), 0)::bigint,
         coalesce(sum(m.waiting), 0)::bigint, coalesce(sum(m.subscribed), 0)::bigint,
         coalesce(sum(m.reserve), 0)::bigint
    FROM share_effects($1) m
   WHERE m.class_code = $2 AND m.party_id = $3
)sql";

Holding read_holding(Tx& tx, NodeId node, const std::string& code, PartyId party) {
  const auto row = only_row(rows(tx, read_holding_sql, node, code, party));
  return {row.int64(0), row.int64(1), row.int64(2), row.int64(3), row.int64(4)};
}

constexpr const char* next_movement_sql = R"sql(
  -- capital.next_movement
  SELECT coalesce(max(m.number), 0) + 1 FROM share_movement m WHERE m.node_id = $1
)sql";

MovementNumber next_movement(Tx& tx, NodeId node) {
  return only_row(rows(tx, next_movement_sql, node)).id<MovementNumber>(0);
}

constexpr const char* insert_movement_sql = R"sql(
  -- capital.insert_movement
  INSERT INTO share_movement (node_id, number, movement, class_code, class_version, party_id, amount_minor,
    reserve_minor, moved_on, follows, entry_number, reason, recorded_at, recorded_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
)sql";

MovementNumber insert_movement(Tx& tx, NodeId node, const NewMovement& movement,
                               const books::Author& author) {
  const MovementNumber number = next_movement(tx, node);
  rows(tx, insert_movement_sql, node, number, text_of(movement.kind), movement.of.code, movement.of.number,
       movement.party, movement.minor, movement.reserve_minor, movement.moved_on, movement.follows,
       movement.entry, movement.reason, author.now, author.user);
  return number;
}

constexpr const char* find_share_day_fault_sql = R"sql(
  -- capital.find_share_day_fault
  SELECT share_day_fault($1, $2)
)sql";

void require_every_day(Tx& tx, NodeId node, const Movement& movement) {
  if (const auto fault = only_row(rows(tx, find_share_day_fault_sql, node, movement.number)).maybe_string(0))
    throw Refused{Refusal::share_movement_impossible, movement.member + ": " + *fault};
}

constexpr const char* list_movements_sql = R"sql(
  -- capital.list_movements
  SELECT m.number, m.movement, m.class_code, m.class_version, p.number, m.amount_minor, m.reserve_minor,
         m.moved_on, m.follows, m.entry_number, m.reason, u.code, u.scale, m.recorded_at, w.name
    FROM share_movement m
    JOIN share_class c ON c.node_id = m.node_id AND c.code = m.class_code AND c.number = m.class_version
    JOIN account a ON a.node_id = c.node_id AND a.id = c.capital_account_id
    JOIN unit u ON u.id = a.unit_id
    JOIN party p ON p.node_id = m.node_id AND p.id = m.party_id
    LEFT JOIN user_account w ON w.id = m.recorded_by
   WHERE m.node_id = $1 AND ($2::text IS NULL OR m.class_code = $2)
     AND ($3::text IS NULL OR upper(p.number) = upper($3)) AND ($4::int IS NULL OR m.number >= $4)
     AND ($5::int IS NULL OR m.number < $5) AND ($6::text IS NULL OR m.movement = $6)
     AND ($7::date IS NULL OR m.moved_on >= $7) AND ($8::date IS NULL OR m.moved_on <= $8)
   ORDER BY m.number DESC
   LIMIT $9
)sql";

std::vector<Movement> list_movements(Tx& tx, NodeId node, const MovementFilter& filter,
                                     std::optional<MovementNumber> before, int limit) {
  std::vector<Movement> listed;
  const auto kind =
      filter.kind ? std::optional{std::string{text_of(*filter.kind)}} : std::optional<std::string>{};
  for (const Row row : report_rows(tx, list_movements_sql, node, filter.class_code, filter.member,
                                   filter.at_least, before, kind, filter.from, filter.to, limit)) {
    Movement one{row.id<MovementNumber>(0),
                 movement_kind_from(row.text(1)),
                 row.string(2),
                 row.integer(3),
                 row.string(4),
                 row.int64(5),
                 row.int64(6),
                 row.day(7),
                 {},
                 {},
                 row.string(10),
                 row.string(11),
                 row.integer(12),
                 row.instant(13),
                 row.maybe_string(14)};
    if (!row.is_null(8)) one.follows = row.id<MovementNumber>(8);
    if (!row.is_null(9)) one.entry = row.id<EntryNumber>(9);
    listed.push_back(std::move(one));
  }
  return listed;
}

constexpr const char* read_asks_sql = R"sql(
  -- capital.read_asks
  SELECT a.number, a.class_code, p.number, a.moved_on, a.moved_on + c.notice_days, a.amount_minor,
         w.withdrawn, w.taken_back, a.reason, u.code, u.scale
    FROM share_movement a
    JOIN share_class c ON c.node_id = a.node_id AND c.code = a.class_code AND c.number = a.class_version
    JOIN account x ON x.node_id = c.node_id AND x.id = c.capital_account_id
    JOIN unit u ON u.id = x.unit_id
    JOIN party p ON p.node_id = a.node_id AND p.id = a.party_id
   CROSS JOIN LATERAL (
         SELECT coalesce(sum(m.amount_minor) FILTER (WHERE m.movement = 'withdraw'), 0)::bigint AS withdrawn,
                coalesce(sum(m.amount_minor) FILTER (WHERE m.movement = 'take_back'), 0)::bigint
                  AS taken_back
           FROM share_movement m
          WHERE m.node_id = a.node_id AND m.follows = a.number AND m.movement IN ('withdraw', 'take_back')
            AND NOT EXISTS (SELECT FROM share_movement v
                             WHERE v.node_id = m.node_id AND v.follows = m.number
                               AND v.movement = 'undo')) w
   WHERE a.node_id = $1 AND a.movement = 'ask' AND ($2::text IS NULL OR a.class_code = $2)
     AND ($3::text IS NULL OR upper(p.number) = upper($3))
     AND ($4::boolean IS NULL OR $4 = (a.amount_minor > w.withdrawn + w.taken_back))
     AND ($5::int IS NULL OR a.number < $5)
   ORDER BY a.number DESC
   LIMIT $6::int
)sql";

std::vector<Ask> list_asks(Tx& tx, NodeId node, const AskFilter& filter, std::optional<MovementNumber> before,
                           std::optional<int> limit) {
  std::vector<Ask> asks;
  for (const Row row :
       rows(tx, read_asks_sql, node, filter.class_code, filter.member, filter.is_waiting, before, limit))
    asks.push_back({row.id<MovementNumber>(0), row.string(1), row.string(2), row.day(3), row.day(4),
                    row.int64(5), row.int64(6), row.int64(7), row.string(8), row.string(9), row.integer(10)});
  return asks;
}

std::vector<Waiting> read_queue(Tx& tx, NodeId node, const ShareClass& of) {
  std::vector<Waiting> queue;
  for (const Ask& ask : list_asks(tx, node, {.class_code = of.code, .is_waiting = true}, {}, {}))
    queue.push_back({ask.number, ask.member, ask.asked_on, ask.due_on, ask.waiting_minor()});
  std::ranges::sort(queue, {}, [](const Waiting& one) { return std::pair{one.asked_on, one.ask}; });
  return queue;
}

constexpr const char* is_undone_sql = R"sql(
  -- capital.is_undone
  SELECT EXISTS (SELECT FROM share_movement m
                  WHERE m.node_id = $1 AND m.follows = $2 AND m.movement = 'undo')
)sql";

bool is_undone(Tx& tx, NodeId node, MovementNumber movement) {
  return only_row(rows(tx, is_undone_sql, node, movement)).boolean(0);
}

constexpr const char* read_payable_sql = R"sql(
  -- capital.read_payable
  SELECT -coalesce(sum(g.amount_minor), 0)::bigint
    FROM account a
    JOIN dimension d ON d.node_id = a.node_id AND d.kind = 'member' AND d.code = $4
    JOIN posting g ON g.node_id = a.node_id AND g.account_id = a.id AND g.member_id = d.id
   WHERE a.node_id = $1 AND a.path = $2 AND a.unit_id = $3
)sql";

std::int64_t read_payable(Tx& tx, NodeId node, const ShareClass& of, const std::string& member) {
  return only_row(rows(tx, read_payable_sql, node, of.payable, of.unit_id, member)).int64(0);
}

constexpr const char* find_live_order_sql = R"sql(
  -- capital.find_live_order
  SELECT live_order_to(a.node_id, a.id, $2, 'infinity')
    FROM account a
   WHERE a.node_id = $1 AND a.path = $3 AND a.unit_id = $4
)sql";

std::optional<std::string> find_live_order(Tx& tx, NodeId node, const ShareClass& of, PartyId party) {
  return only_row(rows(tx, find_live_order_sql, node, party, of.payable, of.unit_id)).maybe_string(0);
}

constexpr const char* read_withdrawal_year_sql = R"sql(
  -- capital.read_withdrawal_year
  SELECT y.begins, day_at_node($1, $4),
         trading_surplus($1, $2, (y.begins - interval '1 year')::date, y.begins, 9223372036854775807, true),
         shares_withdrawn($1, $2, y.begins, (y.begins + interval '1 year')::date, 2147483647)
    FROM (SELECT fiscal_year_start($1, $3) AS begins) y
)sql";

WithdrawalYear read_withdrawal_year(Tx& tx, NodeId node, UnitId unit, Day on, Instant now) {
  const auto row = only_row(report_rows(tx, read_withdrawal_year_sql, node, unit, on, now));
  return {row.day(0), row.day(1), row.int64(2), row.int64(3)};
}

constexpr const char* read_net_assets_sql = R"sql(
  -- capital.read_net_assets
  SELECT coalesce(sum(b.balance_minor), 0)::bigint
    FROM account a
    JOIN account_balance b ON b.node_id = a.node_id AND b.account_id = a.id
   WHERE a.node_id = $1 AND a.unit_id = $2 AND a.type IN ('asset', 'liability')
)sql";

std::int64_t read_net_assets(Tx& tx, NodeId node, UnitId unit) {
  return only_row(rows(tx, read_net_assets_sql, node, unit)).int64(0);
}

constexpr const char* is_one_who_asked_sql = R"sql(
  -- capital.is_one_who_asked
  SELECT EXISTS (
         SELECT FROM share_movement m
          WHERE m.node_id = $1 AND m.number = ANY ($3::int[])
            AND was_linked(m.node_id, m.party_id, $2, m.recorded_at, 'infinity'))
)sql";

bool is_one_who_asked(Tx& tx, NodeId node, UserId user, const std::vector<MovementNumber>& asks) {
  SqlArray numbers;
  for (const MovementNumber ask : asks) numbers.add(ask.number());
  return only_row(rows(tx, is_one_who_asked_sql, node, user, numbers.value())).boolean(0);
}

books::Account require_account(Tx& tx, NodeId node, const std::string& path, UnitId unit,
                               std::initializer_list<books::AccountType> types, const std::string& field) {
  for (const books::Account& account : books::find_accounts(tx, node, path)) {
    if (account.unit != unit) continue;
    if (std::find(types.begin(), types.end(), account.type) != types.end()) return account;
    std::string words;
    for (const books::AccountType type : types)
      words += (words.empty() ? "" : " or ") + std::string{text_of(type)};
    throw Refused{Refusal::field_invalid, "its type must be " + words, field};
  }
  throw Refused{Refusal::account_unknown, "there is no account " + path + " in this unit", field};
}

}  // namespace coop::capital
