#include "ledger/books/hold_store.hpp"

#include "ledger/books/posting_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

HoldState hold_state_from(std::string_view text) {
  for (const HoldState state : {HoldState::open, HoldState::posted, HoldState::voided, HoldState::expired}) {
    if (text_of(state) == text) return state;
  }
  throw InvariantBroken{"a hold's state is one of four"};
}

}  // namespace

// Ended holds give back what they reserved in one update; the head then knows the next moment anything can
// expire.
constexpr const char* expire_due_sql = R"sql(
  -- holds.expire_due
  WITH due AS (
    SELECT h.number
      FROM hold h
     WHERE h.node_id = $1 AND h.expires_at <= $2
       AND NOT EXISTS (SELECT FROM hold_end e WHERE e.node_id = h.node_id AND e.hold_number = h.number)
  ), ended AS (
    INSERT INTO hold_end (node_id, hold_number, ended_at, kind)
    SELECT $1, d.number, $2, 'expired' FROM due d
  ), freed AS (
    UPDATE account_balance b
       SET held_debit_minor = b.held_debit_minor - f.debit_minor,
         held_credit_minor = b.held_credit_minor - f.credit_minor
      FROM (SELECT p.account_id, coalesce(sum(p.amount_minor) FILTER (WHERE p.amount_minor > 0), 0)
        AS debit_minor,
                   coalesce(-sum(p.amount_minor) FILTER (WHERE p.amount_minor < 0), 0) AS credit_minor
              FROM hold_posting p JOIN due d ON d.number = p.hold_number
             WHERE p.node_id = $1 GROUP BY p.account_id) f
     WHERE b.node_id = $1 AND b.account_id = f.account_id
  )
  SELECT coalesce(array_to_string(array_agg(d.number ORDER BY d.number), ','), ''),
         (SELECT min(h.expires_at) FROM hold h
           WHERE h.node_id = $1 AND h.expires_at > $2
             AND NOT EXISTS (SELECT FROM hold_end e WHERE e.node_id = h.node_id AND e.hold_number = h.number))
    FROM due d
)sql";

constexpr const char* set_next_expiry_sql = R"sql(
  -- book_heads.set_next_hold_expiry
  UPDATE book_head SET next_hold_expiry = $2 WHERE node_id = $1
)sql";

void expire_due_holds(Tx& tx, BookHead& head, Instant now) {
  if (!head.next_hold_expiry || *head.next_hold_expiry > now) return;
  const auto row = only_row(rows(tx, expire_due_sql, head.node, now));
  const std::string expired = row.string(0);
  head.next_hold_expiry = row.maybe_instant(1);
  rows(tx, set_next_expiry_sql, head.node, head.next_hold_expiry);
  if (!expired.empty()) {
    insert_event(tx, head, next_recorded_at(head, now), {"holds_expired", "{\"holds\":[" + expired + "]}"});
  }
}

constexpr const char* due_nodes_sql = R"sql(
  -- book_heads.with_due_holds
  SELECT node_id FROM book_head WHERE next_hold_expiry <= $1 ORDER BY node_id
)sql";

std::vector<NodeId> nodes_with_due_holds(Tx& tx, Instant now) {
  std::vector<NodeId> nodes;
  for (const Row row : rows(tx, due_nodes_sql, now)) nodes.push_back(row.id<NodeId>(0));
  return nodes;
}

constexpr const char* read_holds_sql = R"sql(
  -- holds.read_for_use
  SELECT h.number,
         NOT EXISTS (SELECT FROM hold_end e WHERE e.node_id = h.node_id AND e.hold_number = h.number),
         p.account_id, coalesce(sum(p.amount_minor) FILTER (WHERE p.amount_minor > 0), 0),
         coalesce(-sum(p.amount_minor) FILTER (WHERE p.amount_minor < 0), 0)
    FROM hold h
    JOIN hold_posting p ON p.node_id = h.node_id AND p.hold_number = h.number
   WHERE h.node_id = $1 AND h.number = ANY ($2::bigint[])
   GROUP BY h.node_id, h.number, p.account_id
)sql";

void read_holds(Tx& tx, NodeId node, const std::set<HoldNumber>& asked, Scene& scene) {
  if (asked.empty()) return;
  SqlArray numbers;
  for (const HoldNumber number : asked) numbers.add(number);
  for (const Row row : rows(tx, read_holds_sql, node, numbers.value())) {
    OpenHold& hold = scene.holds[row.id<HoldNumber>(0)];
    hold.is_open = row.boolean(1);
    hold.reserved.emplace(row.id<AccountId>(2), Reserved{row.int64(3), row.int64(4)});
  }
}

constexpr const char* find_repeated_hold_sql = R"sql(
  -- holds.find_repeated
  SELECT number, content_hash FROM hold WHERE node_id = $1 AND request_key = $2::uuid
)sql";

std::optional<RepeatedHold> find_repeated_hold(Tx& tx, NodeId node, const Fingerprint& key) {
  const Rows found = rows(tx, find_repeated_hold_sql, node, uuid_text_of(key));
  if (found.empty()) return std::nullopt;
  return RepeatedHold{found[0].id<HoldNumber>(0), fingerprint_from_uuid(found[0].text(1))};
}

constexpr const char* insert_hold_sql = R"sql(
  -- holds.insert
  WITH new_hold AS (
    INSERT INTO hold (node_id, number, made_at, made_by, expires_at, posting_count, description, reference,
                      request_key, content_hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid, $10::uuid)
    RETURNING node_id, number
  ), new_posting AS (
    INSERT INTO hold_posting (node_id, hold_number, line, account_id, amount_minor,
                              fund_id, member_id, cost_object_id, tax_code_id, note)
    SELECT h.node_id, h.number, n.*
      FROM new_hold h,
           unnest($11::smallint[], $12::int[], $13::bigint[], $14::int[], $15::int[], $16::int[],
             $17::int[], $18::text[]) AS n
  ), reserved AS (
    UPDATE account_balance b
       SET held_debit_minor = b.held_debit_minor + r.debit_minor,
         held_credit_minor = b.held_credit_minor + r.credit_minor
      FROM (SELECT a.account_id, coalesce(sum(a.amount) FILTER (WHERE a.amount > 0), 0) AS debit_minor,
                   coalesce(-sum(a.amount) FILTER (WHERE a.amount < 0), 0) AS credit_minor
              FROM unnest($12::int[], $13::bigint[]) AS a (account_id, amount) GROUP BY a.account_id) r
     WHERE b.node_id = $1 AND b.account_id = r.account_id
  )
  UPDATE book_head
     SET last_hold = $2, next_hold_expiry = least(next_hold_expiry, $5)
   WHERE node_id = $1
)sql";

HoldNumber insert_hold(Tx& tx, BookHead& head, Instant made_at, const HoldDraft& draft,
                       const Fingerprint& content_hash, const std::vector<JudgedPosting>& postings,
                       const Scene& scene) {
  SqlArray line, account, amount, note;
  std::array<SqlArray, 4> about;
  for (std::size_t i = 0; i < postings.size(); ++i) {
    line.add(static_cast<int>(i) + 1);
    account.add(scene.standings[postings[i].standing].id);
    amount.add(postings[i].amount_minor);
    for (std::size_t kind = 0; kind < about.size(); ++kind) about[kind].add_sparse(postings[i].about[kind]);
    const std::string& text = draft.postings[i].note;
    note.add_sparse(text.empty() ? std::nullopt : std::optional<std::string_view>{text});
  }
  const HoldNumber number{head.last_hold + 1};
  const auto reference = draft.reference.empty() ? std::nullopt : std::optional<std::string>{draft.reference};
  rows(tx, insert_hold_sql, head.node, number, made_at, draft.asked_by, draft.expires_at,
       static_cast<int>(postings.size()), draft.description, reference, uuid_text_of(draft.request_key),
       uuid_text_of(content_hash), line.value(), account.value(), amount.value(), about[0].value(),
       about[1].value(), about[2].value(), about[3].value(), note.value());
  head.last_hold = number.number();
  return number;
}

constexpr const char* void_hold_sql = R"sql(
  -- holds.void
  WITH ended AS (
    INSERT INTO hold_end (node_id, hold_number, ended_at, ended_by, kind) VALUES ($1, $2, $3, $4, 'voided')
  )
  UPDATE account_balance b
     SET held_debit_minor = b.held_debit_minor - f.debit_minor,
       held_credit_minor = b.held_credit_minor - f.credit_minor
    FROM (SELECT p.account_id, coalesce(sum(p.amount_minor) FILTER (WHERE p.amount_minor > 0), 0)
      AS debit_minor,
                 coalesce(-sum(p.amount_minor) FILTER (WHERE p.amount_minor < 0), 0) AS credit_minor
            FROM hold_posting p WHERE p.node_id = $1 AND p.hold_number = $2 GROUP BY p.account_id) f
   WHERE b.node_id = $1 AND b.account_id = f.account_id
)sql";

void void_hold(Tx& tx, NodeId node, HoldNumber hold, Instant at, std::optional<UserId> by) {
  rows(tx, void_hold_sql, node, hold, at, by);
}

constexpr const char* read_hold_sql = R"sql(
  -- holds.read
  SELECT h.made_at, h.expires_at, h.description, h.reference, coalesce(e.kind, 'open'), e.ended_at,
         e.entry_number, maker.name, ender.name
    FROM hold h
    LEFT JOIN hold_end e ON e.node_id = h.node_id AND e.hold_number = h.number
    LEFT JOIN user_account maker ON maker.id = h.made_by
    LEFT JOIN user_account ender ON ender.id = e.ended_by
   WHERE h.node_id = $1 AND h.number = $2
)sql";

constexpr const char* read_hold_postings_sql = R"sql(
  -- holds.read_postings
  SELECT p.line, a.path, u.code, u.scale, p.amount_minor, f.code, m.code, c.code, t.code, coalesce(p.note, '')
    FROM hold_posting p
    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN dimension f ON f.node_id = p.node_id AND f.id = p.fund_id
    LEFT JOIN dimension m ON m.node_id = p.node_id AND m.id = p.member_id
    LEFT JOIN dimension c ON c.node_id = p.node_id AND c.id = p.cost_object_id
    LEFT JOIN dimension t ON t.node_id = p.node_id AND t.id = p.tax_code_id
   WHERE p.node_id = $1 AND p.hold_number = $2
   ORDER BY p.line
)sql";

Hold read_hold(Tx& tx, NodeId node, HoldNumber number) {
  const Rows found = rows(tx, read_hold_sql, node, number);
  if (found.empty()) {
    throw Refused{Refusal::hold_unknown, "there is no hold " + std::to_string(number.number())};
  }
  const Row row = found[0];
  Hold hold{number,
            row.instant(0),
            row.maybe_string(7),
            row.maybe_instant(1),
            row.string(2),
            row.string(3),
            hold_state_from(row.text(4)),
            row.maybe_instant(5),
            row.maybe_string(8),
            std::nullopt,
            {}};
  if (!row.is_null(6)) hold.entry = row.id<EntryNumber>(6);
  for (const Row line : rows(tx, read_hold_postings_sql, node, number)) {
    hold.postings.push_back(
        Posting{line.integer(0),
                line.string(1),
                line.string(2),
                line.integer(3),
                line.int64(4),
                {line.maybe_string(5), line.maybe_string(6), line.maybe_string(7), line.maybe_string(8)},
                line.string(9)});
  }
  return hold;
}

}  // namespace coop::books
