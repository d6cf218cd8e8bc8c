#include "ledger/collecting/collection_store.hpp"

#include "ledger/collecting/mandate_account_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::collecting {

namespace {

std::optional<std::string> text_or_null(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{text};
}

std::optional<Bic> maybe_bic(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Bic::parse(row.text(column));
}

}  // namespace

constexpr const char* list_collections_sql = R"sql(
  -- collecting.list_collections
  SELECT c.number, c.due_on, c.message_id, s.state, l.lines, l.minor, c.recorded_at
    FROM collection c
   CROSS JOIN LATERAL (
          SELECT CASE WHEN count(*) FILTER (WHERE x.kind = 'cancelled') > 0 THEN 'cancelled'
                      WHEN count(*) FILTER (WHERE x.kind = 'settled') > 0 THEN 'settled'
                      WHEN count(*) FILTER (WHERE x.kind = 'handed_in') > 0 THEN 'handed_in'
                      WHEN count(*) FILTER (WHERE x.kind = 'approved') > 1 THEN 'approved'
                      ELSE 'proposed' END AS state
            FROM collection_step x
           WHERE x.node_id = c.node_id AND x.collection_number = c.number) s
   CROSS JOIN LATERAL (
          SELECT count(*) AS lines, coalesce(sum(x.amount_minor), 0) AS minor
            FROM collection_line x
           WHERE x.node_id = c.node_id AND x.collection_number = c.number
             AND NOT EXISTS (SELECT FROM collection_step e WHERE e.node_id = x.node_id
                                AND e.collection_number = x.collection_number AND e.line = x.line)) l
   WHERE c.node_id = $1 AND ($2::int IS NULL OR c.number < $2) AND ($3::text IS NULL OR s.state = $3)
   ORDER BY c.number DESC
   LIMIT $4
)sql";

std::vector<CollectionSummary> list_collections(Tx& tx, NodeId node, std::optional<CollectionState> state,
                                                std::optional<CollectionNumber> before, int limit) {
  const auto wanted = state ? std::optional{text_of(*state)} : std::nullopt;
  std::vector<CollectionSummary> listed;
  for (const Row row : report_rows(tx, list_collections_sql, node, before, wanted, limit))
    listed.push_back({row.id<CollectionNumber>(0), row.day(1), row.string(2),
                      collection_state_from(row.text(3)), row.int64(4), row.int64(5), row.instant(6)});
  return listed;
}

namespace {

constexpr const char* collection_lines_sql = R"sql(
  -- collecting.read_lines
  SELECT l.line, l.party_id, p.number, l.mandate_id, m.reference, m.scheme, m.signed_on, l.account_number,
         a.number, a.iban, a.bic, a.name, a.town, a.country, a.street, l.amount_minor, l.sequence,
         l.account_changed, l.end_to_end_id, y.payment_number
    FROM collection_line l
    JOIN mandate m ON m.node_id = l.node_id AND m.id = l.mandate_id
    JOIN party p ON p.node_id = l.node_id AND p.id = l.party_id
    LEFT JOIN mandate_account a ON a.node_id = l.node_id AND a.mandate_id = l.mandate_id
                               AND a.number = l.account_number
    LEFT JOIN collection_payment y ON y.node_id = l.node_id AND y.collection_number = l.collection_number
                                  AND y.line = l.line
   WHERE l.node_id = $1 AND l.collection_number = $2
   ORDER BY l.line
)sql";

std::map<int, CollectionLine> read_lines(Tx& tx, NodeId node, CollectionNumber number) {
  std::map<int, CollectionLine> lines;
  for (const Row row : report_rows(tx, collection_lines_sql, node, number))
    lines.emplace(row.integer(0),
                  CollectionLine{row.integer(0),
                                 row.id<PartyId>(1),
                                 row.string(2),
                                 row.id<MandateId>(3),
                                 row.string(4),
                                 mandate_scheme_from(row.text(5)),
                                 row.day(6),
                                 row.integer(7),
                                 row.is_null(8) ? std::nullopt : std::optional{account_from_row(row, 8)},
                                 row.int64(15),
                                 collection_sequence_from(row.text(16)),
                                 row.boolean(17),
                                 row.string(18),
                                 {},
                                 row.is_null(19) ? std::nullopt : std::optional{row.id<PaymentNumber>(19)}});
  return lines;
}

constexpr const char* collected_charges_sql = R"sql(
  -- collecting.read_charges
  SELECT x.line, x.charge_number, x.amount_minor, c.kind, c.period_first, c.period_last,
         r.charge_number IS NOT NULL, c.why
    FROM collection_charge x
    JOIN charge c ON c.node_id = x.node_id AND c.number = x.charge_number
    LEFT JOIN charge_reversal r ON r.node_id = x.node_id AND r.charge_number = x.charge_number
   WHERE x.node_id = $1 AND x.collection_number = $2
   ORDER BY x.line, x.charge_number
)sql";

void read_charges(Tx& tx, NodeId node, CollectionNumber number, std::map<int, CollectionLine>& lines) {
  for (const Row row : report_rows(tx, collected_charges_sql, node, number))
    lines.at(row.integer(0))
        .charges.push_back({row.id<ChargeNumber>(1), row.int64(2), dues::due_kind_from(row.text(3)),
                            Period{row.day(4), row.day(5)}, row.boolean(6), row.string(7)});
}

constexpr const char* collection_skips_sql = R"sql(
  -- collecting.read_skips
  SELECT s.party_id, p.number, s.reason, s.words
    FROM collection_skip s
    JOIN party p ON p.node_id = s.node_id AND p.id = s.party_id
   WHERE s.node_id = $1 AND s.collection_number = $2
   ORDER BY p.number COLLATE "C"
)sql";

std::vector<CollectionSkip> read_skips(Tx& tx, NodeId node, CollectionNumber number) {
  std::vector<CollectionSkip> skips;
  for (const Row row : report_rows(tx, collection_skips_sql, node, number))
    skips.push_back({row.id<PartyId>(0), row.string(1), skip_reason_from(row.text(2)), row.string(3)});
  return skips;
}

constexpr const char* collection_steps_sql = R"sql(
  -- collecting.read_steps
  SELECT s.number, s.kind, s.line, s.on_day, s.reason, s.code, s.fee_charge, s.file_hash, s.recorded_at,
         s.recorded_by, w.name
    FROM collection_step s
    LEFT JOIN user_account w ON w.id = s.recorded_by
   WHERE s.node_id = $1 AND s.collection_number = $2
   ORDER BY s.number
)sql";

std::vector<CollectionStep> read_steps(Tx& tx, NodeId node, CollectionNumber number) {
  std::vector<CollectionStep> steps;
  for (const Row row : report_rows(tx, collection_steps_sql, node, number))
    steps.push_back({row.integer(0), step_kind_from(row.text(1)),
                     row.is_null(2) ? std::nullopt : std::optional{row.integer(2)}, row.maybe_day(3),
                     row.string(4), row.string(5),
                     row.is_null(6) ? std::nullopt : std::optional{row.id<ChargeNumber>(6)}, row.string(7),
                     row.instant(8), row.is_null(9) ? std::nullopt : std::optional{row.id<UserId>(9)},
                     row.maybe_string(10)});
  return steps;
}

constexpr const char* find_collection_sql = R"sql(
  -- collecting.find_collection
  SELECT c.number, c.due_on, c.creditor_number, k.identifier, k.name, k.iban, k.bic, k.account, c.message_id,
         c.recorded_at, w.name
    FROM collection c
    JOIN creditor k ON k.node_id = c.node_id AND k.number = c.creditor_number
    LEFT JOIN user_account w ON w.id = c.recorded_by
   WHERE c.node_id = $1 AND c.number = $2
)sql";

}  // namespace

std::optional<Collection> find_collection(Tx& tx, NodeId node, CollectionNumber number) {
  const Rows found = rows(tx, find_collection_sql, node, number);
  if (found.empty()) return std::nullopt;
  const Row row = found[0];
  auto lines = read_lines(tx, node, number);
  read_charges(tx, node, number, lines);
  Collection collection{row.id<CollectionNumber>(0),
                        row.day(1),
                        row.integer(2),
                        {CreditorIdentifier::parse(row.text(3)), row.string(4), Iban::parse(row.text(5)),
                         maybe_bic(row, 6), row.string(7)},
                        row.string(8),
                        row.instant(9),
                        row.maybe_string(10),
                        {},
                        read_skips(tx, node, number),
                        read_steps(tx, node, number)};
  for (auto& [line, content] : lines) collection.lines.push_back(std::move(content));
  return collection;
}

constexpr const char* last_collection_sql = R"sql(
  -- collecting.last_collection
  SELECT coalesce(max(number), 0) FROM collection WHERE node_id = $1
)sql";

int read_last_collection(Tx& tx, NodeId node) {
  return only_row(rows(tx, last_collection_sql, node)).integer(0);
}

namespace {

constexpr const char* insert_collection_sql = R"sql(
  -- collecting.insert_collection
  WITH added AS (
    INSERT INTO collection (node_id, number, due_on, creditor_number, message_id, recorded_at, recorded_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    RETURNING node_id, number
  )
  INSERT INTO collection_skip (node_id, collection_number, party_id, reason, words)
  SELECT added.node_id, added.number, s.party_id, s.reason, s.words
    FROM added
   CROSS JOIN unnest($8::int[], $9::text[], $10::text[]) AS s (party_id, reason, words)
)sql";

void insert_with_skips(Tx& tx, NodeId node, const Collection& collection, const books::Author& author) {
  SqlArray parties;
  SqlArray reasons;
  SqlArray words;
  for (const CollectionSkip& skip : collection.skips) {
    parties.add(skip.party);
    reasons.add(text_of(skip.reason));
    words.add(skip.words);
  }
  rows(tx, insert_collection_sql, node, collection.number, collection.due_on, collection.creditor_number,
       collection.message_id, author.now, author.user, parties.value(), reasons.value(), words.value());
}

constexpr const char* insert_lines_sql = R"sql(
  -- collecting.insert_lines
  INSERT INTO collection_line (node_id, collection_number, line, mandate_id, party_id, account_number,
                               amount_minor, sequence, account_changed, end_to_end_id)
  SELECT $1, $2, l.line, l.mandate_id, l.party_id, l.account_number, l.amount_minor, l.sequence,
         l.account_changed, l.end_to_end_id
    FROM unnest($3::int[], $4::int[], $5::int[], $6::int[], $7::bigint[], $8::text[], $9::boolean[],
                $10::text[])
         AS l (line, mandate_id, party_id, account_number, amount_minor, sequence, account_changed,
               end_to_end_id)
)sql";

void insert_lines(Tx& tx, NodeId node, const Collection& collection) {
  SqlArray lines, mandates, parties, accounts, amounts, sequences, changed, ids;
  for (const CollectionLine& line : collection.lines) {
    lines.add(line.line);
    mandates.add(line.mandate);
    parties.add(line.party);
    accounts.add(line.account_number);
    amounts.add(line.minor);
    sequences.add(text_of(line.sequence));
    changed.add(line.account_changed);
    ids.add(line.end_to_end_id);
  }
  rows(tx, insert_lines_sql, node, collection.number, lines.value(), mandates.value(), parties.value(),
       accounts.value(), amounts.value(), sequences.value(), changed.value(), ids.value());
}

constexpr const char* insert_collected_charges_sql = R"sql(
  -- collecting.insert_charges
  INSERT INTO collection_charge (node_id, collection_number, line, charge_number, amount_minor, live)
  SELECT $1, $2, c.line, c.charge_number, c.amount_minor, true
    FROM unnest($3::int[], $4::bigint[], $5::bigint[]) AS c (line, charge_number, amount_minor)
)sql";

void insert_collected_charges(Tx& tx, NodeId node, const Collection& collection) {
  SqlArray lines;
  SqlArray charges;
  SqlArray amounts;
  for (const CollectionLine& line : collection.lines) {
    for (const CollectedCharge& charge : line.charges) {
      lines.add(line.line);
      charges.add(charge.charge);
      amounts.add(charge.minor);
    }
  }
  rows(tx, insert_collected_charges_sql, node, collection.number, lines.value(), charges.value(),
       amounts.value());
}

}  // namespace

void insert_collection(Tx& tx, NodeId node, const Collection& collection, const books::Author& author) {
  insert_with_skips(tx, node, collection, author);
  insert_lines(tx, node, collection);
  insert_collected_charges(tx, node, collection);
}

constexpr const char* insert_step_sql = R"sql(
  -- collecting.insert_step
  INSERT INTO collection_step (node_id, collection_number, number, kind, line, on_day, reason, code,
                               fee_charge, file_hash, recorded_at, recorded_by)
  SELECT $1, $2, coalesce(max(s.number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11
    FROM collection_step s
   WHERE s.node_id = $1 AND s.collection_number = $2
)sql";

void insert_step(Tx& tx, NodeId node, CollectionNumber collection, const CollectionStep& step,
                 const books::Author& author) {
  rows(tx, insert_step_sql, node, collection, text_of(step.kind), step.line, step.on,
       text_or_null(step.reason), text_or_null(step.code), step.fee, text_or_null(step.file_hash), author.now,
       author.user);
}

constexpr const char* release_charges_sql = R"sql(
  -- collecting.release_charges
  UPDATE collection_charge SET live = false
   WHERE node_id = $1 AND collection_number = $2 AND live AND ($3::int IS NULL OR line = $3)
)sql";

void release_charges(Tx& tx, NodeId node, CollectionNumber collection, std::optional<int> line) {
  rows(tx, release_charges_sql, node, collection, line);
}

constexpr const char* insert_collection_payments_sql = R"sql(
  -- collecting.insert_payments
  INSERT INTO collection_payment (node_id, collection_number, line, payment_number)
  SELECT $1, $2, p.line, p.payment_number
    FROM unnest($3::int[], $4::bigint[]) AS p (line, payment_number)
)sql";

void insert_collection_payments(Tx& tx, NodeId node, CollectionNumber collection,
                                const std::map<int, PaymentNumber>& payments) {
  SqlArray lines;
  SqlArray numbers;
  for (const auto& [line, payment] : payments) {
    lines.add(line);
    numbers.add(payment);
  }
  rows(tx, insert_collection_payments_sql, node, collection, lines.value(), numbers.value());
}

constexpr const char* read_claims_sql = R"sql(
  -- collecting.read_claims
  SELECT c.charge_number, c.collection_number, s.number IS NOT NULL
    FROM collection_charge c
    LEFT JOIN collection_step s ON s.node_id = c.node_id AND s.collection_number = c.collection_number
                               AND s.kind = 'settled'
   WHERE c.node_id = $1 AND c.live
)sql";

std::map<ChargeNumber, Claim> read_claims(Tx& tx, NodeId node) {
  std::map<ChargeNumber, Claim> claims;
  for (const Row row : report_rows(tx, read_claims_sql, node))
    claims.emplace(row.id<ChargeNumber>(0), Claim{row.id<CollectionNumber>(1), row.boolean(2)});
  return claims;
}

constexpr const char* read_on_the_way_sql = R"sql(
  -- collecting.read_on_the_way
  SELECT DISTINCT l.party_id, l.collection_number
    FROM collection_line l
    JOIN collection_charge c ON c.node_id = l.node_id AND c.collection_number = l.collection_number
                            AND c.line = l.line AND c.live
    LEFT JOIN collection_step s ON s.node_id = l.node_id AND s.collection_number = l.collection_number
                               AND s.kind = 'settled'
   WHERE l.node_id = $1 AND s.number IS NULL
   ORDER BY l.party_id, l.collection_number
)sql";

std::map<PartyId, CollectionNumber> read_on_the_way(Tx& tx, NodeId node) {
  std::map<PartyId, CollectionNumber> found;
  for (const Row row : report_rows(tx, read_on_the_way_sql, node))
    found.emplace(row.id<PartyId>(0), row.id<CollectionNumber>(1));
  return found;
}

}  // namespace coop::collecting
