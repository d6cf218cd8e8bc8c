#include "ledger/bank/match_store.hpp"

#include <array>
#include <boost/json.hpp>
#include <string_view>

#include "ledger/database/binary_array.hpp"
#include "ledger/values/hex_text.hpp"
#include "ledger/values/hmac.hpp"

namespace coop::bank {

constexpr const char* list_matches_sql = R"sql(
  -- bank.list_matches
  SELECT m.number, m.line_number, m.method, m.is_attended, m.reasons::text, m.live, coalesce(e.reason, ''),
         m.recorded_at, m.recorded_by, l.bank_account, u.rule_number, u.version
    FROM bank_match m
    JOIN bank_line l ON l.node_id = m.node_id AND l.number = m.line_number
    LEFT JOIN bank_match_end e ON e.node_id = m.node_id AND e.match_number = m.number
    LEFT JOIN bank_match_rule u ON u.node_id = m.node_id AND u.match_number = m.number
   WHERE m.node_id = $1 AND ($2::int IS NULL OR m.number = $2) AND ($3::bigint IS NULL OR m.line_number = $3)
     AND ($4::bool IS NULL OR m.live = $4) AND ($5::int IS NULL OR m.number < $5)
   ORDER BY m.number DESC
   LIMIT $6
)sql";

constexpr const char* read_match_parts_sql = R"sql(
  -- bank.read_match_parts
  SELECT p.match_number, p.entry_number, p.posting_line, p.amount_minor, p.made, p.payment_number,
         p.collection_number, p.collection_line, p.disbursement_number, p.order_number,
         coalesce(p.return_code, ''), r.number
    FROM bank_match_part p
    LEFT JOIN entry r ON r.node_id = p.node_id AND r.reverses = p.entry_number
   WHERE p.node_id = $1 AND p.match_number = ANY ($2::int[])
   ORDER BY p.match_number, p.part
)sql";

namespace {

std::string json_of(std::span<const Reason> reasons) {
  boost::json::array array;
  for (const Reason& reason : reasons)
    array.push_back(boost::json::object{{"code", reason.code}, {"words", reason.words}});
  return boost::json::serialize(array);
}

std::vector<Reason> reasons_from(std::string_view json) {
  std::vector<Reason> reasons;
  const boost::json::value array = boost::json::parse(json);
  for (const boost::json::value& one : array.as_array())
    reasons.push_back({std::string{one.at("code").as_string()}, std::string{one.at("words").as_string()}});
  return reasons;
}

std::optional<int> maybe_int(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional{row.integer(column)};
}

SqlValue sql_of(std::span<const EntryNumber> entries) {
  SqlArray numbers;
  for (const EntryNumber entry : entries) numbers.add(entry);
  return numbers.value();
}

}  // namespace

std::vector<Match> list_matches(Tx& tx, NodeId node, const MatchFilter& filter) {
  std::vector<Match> matches;
  std::map<MatchNumber, std::size_t> places;
  SqlArray numbers;
  for (const Row row : report_rows(tx, list_matches_sql, node, filter.number, filter.line, filter.live,
                                   filter.before, filter.limit)) {
    places.emplace(row.id<MatchNumber>(0), matches.size());
    numbers.add(row.int64(0));
    matches.push_back({row.id<MatchNumber>(0),
                       row.id<BankLineNumber>(1),
                       match_method_from(row.text(2)),
                       row.boolean(3),
                       reasons_from(row.text(4)),
                       {},
                       row.boolean(5),
                       row.string(6),
                       row.instant(7),
                       row.is_null(8) ? std::nullopt : std::optional{row.id<UserId>(8)},
                       row.is_null(9) ? std::nullopt : std::optional{row.id<BankAccountNumber>(9)},
                       row.is_null(10)
                           ? std::nullopt
                           : std::optional{UsedRule{row.id<BankRuleNumber>(10), row.integer(11)}}});
  }
  for (const Row row : rows(tx, read_match_parts_sql, node, numbers.value()))
    matches[places.at(row.id<MatchNumber>(0))].parts.push_back(
        {row.id<EntryNumber>(1), row.integer(2), row.int64(3), made_from(row.text(4)),
         row.is_null(5) ? std::nullopt : std::optional{row.id<PaymentNumber>(5)}, maybe_int(row, 6),
         maybe_int(row, 7), maybe_int(row, 8), maybe_int(row, 9), row.string(10),
         row.is_null(11) ? std::nullopt : std::optional{row.id<EntryNumber>(11)}});
  return matches;
}

constexpr const char* next_match_sql = R"sql(
  -- bank.next_match
  SELECT coalesce(max(m.number), 0) + 1 FROM bank_match m WHERE m.node_id = $1
)sql";

MatchNumber next_match(Tx& tx, NodeId node) {
  return only_row(rows(tx, next_match_sql, node)).id<MatchNumber>(0);
}

constexpr const char* insert_matches_sql = R"sql(
  -- bank.insert_matches
  INSERT INTO bank_match (node_id, number, line_number, method, is_attended, reasons, live, recorded_at,
                          recorded_by)
  SELECT $1, unnest($4::int[]), unnest($5::bigint[]), unnest($6::text[]), unnest($7::bool[]),
         unnest($8::text[])::jsonb, true, $2, $3
)sql";

constexpr const char* insert_match_parts_sql = R"sql(
  -- bank.insert_match_parts
  INSERT INTO bank_match_part (node_id, match_number, part, entry_number, posting_line, amount_minor, made,
                               payment_number, collection_number, collection_line, disbursement_number,
                               order_number, return_code)
  SELECT $1, unnest($2::int[]), unnest($3::int[]), unnest($4::int[]), unnest($5::smallint[]),
         unnest($6::bigint[]), unnest($7::text[]), unnest($8::bigint[]), unnest($9::int[]),
         unnest($10::int[]), unnest($11::int[]), unnest($12::int[]), unnest($13::text[])
)sql";

constexpr const char* insert_match_rules_sql = R"sql(
  -- bank.insert_match_rules
  INSERT INTO bank_match_rule (node_id, match_number, rule_number, version)
  SELECT $1, r.match, r.rule, r.version
    FROM unnest($2::int[], $3::int[], $4::int[]) AS r (match, rule, version)
)sql";

void insert_matches(Tx& tx, NodeId node, std::span<const Match> matches, const books::Author& author) {
  using Of = BinaryArray::Of;
  BinaryArray number{Of::int4}, line{Of::int8}, method{Of::text}, is_attended{Of::boolean};
  BinaryArray reasons{Of::text}, of{Of::int4}, place{Of::int4}, entry{Of::int4}, posting_line{Of::int2};
  BinaryArray amount{Of::int8}, made{Of::text}, payment{Of::int8}, collection{Of::int4};
  BinaryArray collection_line{Of::int4}, disbursement{Of::int4}, order{Of::int4}, code{Of::text};
  SqlArray ruled, rule, version;
  bool is_any_ruled = false;
  for (const Match& match : matches) {
    number.add(match.number);
    line.add(match.line);
    method.add(text_of(match.method));
    is_attended.add(match.is_attended);
    reasons.add(std::string_view{json_of(match.reasons)});
    int last = 0;
    for (const MatchPart& part : match.parts) {
      of.add(match.number);
      place.add(++last);
      entry.add(part.entry);
      posting_line.add(part.posting_line);
      amount.add(part.amount_minor);
      made.add(text_of(part.made));
      payment.add(part.payment);
      collection.add(part.collection);
      collection_line.add(part.collection_line);
      disbursement.add(part.disbursement);
      order.add(part.order);
      if (part.return_code.empty()) code.add_null();
      else code.add(std::string_view{part.return_code});
    }
    if (!match.rule) continue;
    is_any_ruled = true;
    ruled.add(match.number);
    rule.add(match.rule->rule);
    version.add(match.rule->version);
  }
  const std::array<SqlValue, 3> values{node, author.now, author.user};
  tx.run(insert_matches_sql, values,
         std::array{number.value(), line.value(), method.value(), is_attended.value(), reasons.value()});
  tx.run(insert_match_parts_sql, std::span{values}.first(1),
         std::array{of.value(), place.value(), entry.value(), posting_line.value(), amount.value(),
                    made.value(), payment.value(), collection.value(), collection_line.value(),
                    disbursement.value(), order.value(), code.value()});
  if (is_any_ruled) rows(tx, insert_match_rules_sql, node, ruled.value(), rule.value(), version.value());
}

constexpr const char* insert_match_end_sql = R"sql(
  -- bank.insert_match_end
  INSERT INTO bank_match_end (node_id, match_number, reason, recorded_at, recorded_by)
  VALUES ($1, $2, $3, $4, $5)
)sql";

constexpr const char* end_match_sql = R"sql(
  -- bank.end_match
  UPDATE bank_match SET live = false WHERE node_id = $1 AND number = $2
)sql";

void end_match(Tx& tx, NodeId node, MatchNumber match, const std::string& reason,
               const books::Author& author) {
  rows(tx, insert_match_end_sql, node, match, reason, author.now, author.user);
  rows(tx, end_match_sql, node, match);
}

constexpr const char* read_matches_of_entries_sql = R"sql(
  -- bank.read_matches_of_entries
  SELECT DISTINCT m.number
    FROM bank_match_part p
    JOIN bank_match m ON m.node_id = p.node_id AND m.number = p.match_number AND m.live
   WHERE p.node_id = $1 AND p.entry_number = ANY ($2::int[])
   ORDER BY m.number
)sql";

std::vector<MatchNumber> read_matches_of_entries(Tx& tx, NodeId node, std::span<const EntryNumber> entries) {
  std::vector<MatchNumber> matches;
  for (const Row row : rows(tx, read_matches_of_entries_sql, node, sql_of(entries)))
    matches.push_back(row.id<MatchNumber>(0));
  return matches;
}

constexpr const char* find_return_of_orders_sql = R"sql(
  -- bank.find_return_of_orders
  SELECT min(m.number)
    FROM bank_match_part p
    JOIN bank_match_part b ON b.node_id = p.node_id AND b.disbursement_number = p.disbursement_number
                          AND b.order_number = p.order_number AND b.made = 'order_return'
    JOIN bank_match m ON m.node_id = b.node_id AND m.number = b.match_number AND m.live
   WHERE p.node_id = $1 AND p.match_number = $2 AND p.made = 'order' AND m.number <> $2
)sql";

std::optional<MatchNumber> find_return_of_orders(Tx& tx, NodeId node, MatchNumber match) {
  const auto row = only_row(rows(tx, find_return_of_orders_sql, node, match));
  return row.is_null(0) ? std::nullopt : std::optional{row.id<MatchNumber>(0)};
}

constexpr const char* find_overspent_mandate_sql = R"sql(
  -- bank.find_overspent_mandate
  SELECT min(x.mandate_number)
    FROM bank_match_part p
    JOIN order_mandate x ON x.node_id = p.node_id AND x.disbursement_number = p.disbursement_number
                        AND x.order_number = p.order_number
   WHERE p.node_id = $1 AND p.match_number = $2 AND p.made = 'order_return'
     AND NOT is_within_mandate(x.node_id, x.mandate_number)
)sql";

std::optional<int> find_overspent_mandate(Tx& tx, NodeId node, MatchNumber match) {
  const auto row = only_row(rows(tx, find_overspent_mandate_sql, node, match));
  return row.is_null(0) ? std::nullopt : std::optional{row.integer(0)};
}

// By the entries, not by the account: an account has more postings than were asked for (so OFFSET 0).
constexpr const char* read_posting_states_sql = R"sql(
  -- bank.read_posting_states
  SELECT p.entry_number, p.line, p.amount_minor,
         coalesce((SELECT sum(x.amount_minor)
                     FROM bank_match_part x
                     JOIN bank_match m ON m.node_id = x.node_id AND m.number = x.match_number AND m.live
                    WHERE x.node_id = p.node_id AND x.entry_number = p.entry_number
                      AND x.posting_line = p.line), 0)
    FROM unnest($3::int[]) AS asked (entry_number)
   CROSS JOIN LATERAL (
         SELECT node_id, entry_number, line, account_id, amount_minor
           FROM posting
          WHERE node_id = $1 AND entry_number = asked.entry_number
         OFFSET 0) AS p
   WHERE p.account_id = $2
   ORDER BY p.entry_number, p.line
)sql";

std::vector<PostingState> read_posting_states(Tx& tx, NodeId node, AccountId account,
                                              std::span<const EntryNumber> entries) {
  std::vector<PostingState> states;
  for (const Row row : rows(tx, read_posting_states_sql, node, account, sql_of(entries)))
    states.push_back({row.id<EntryNumber>(0), row.integer(1), row.int64(2), row.int64(3)});
  return states;
}

constexpr const char* read_reversed_sql = R"sql(
  -- bank.read_reversed
  SELECT e.reverses FROM entry e WHERE e.node_id = $1 AND e.reverses = ANY ($2::int[])
)sql";

std::set<EntryNumber> read_reversed(Tx& tx, NodeId node, std::span<const EntryNumber> entries) {
  std::set<EntryNumber> reversed;
  for (const Row row : rows(tx, read_reversed_sql, node, sql_of(entries)))
    reversed.insert(row.id<EntryNumber>(0));
  return reversed;
}

std::string payer_hash(const std::string& node_name, const std::string& account) {
  return hex_text(hmac_sha256("bank payers of " + node_name, account));
}

std::string counterparty_hash(const std::string& node_name, const BankLine& line) {
  if (line.details.size() != 1 || line.details.front().counterparty.account.empty()) return {};
  return payer_hash(node_name, line.details.front().counterparty.account);
}

std::vector<PaidFor> payers_of(const std::string& node_name, const BankLine& line, MatchNumber match,
                               std::span<const ProposedPart> parts) {
  const std::string hash = line.amount_minor > 0 ? counterparty_hash(node_name, line) : std::string{};
  if (hash.empty()) return {};
  std::set<std::string> members;
  for (const ProposedPart& part : parts)
    if (part.made == Made::payment) members.insert(part.for_member.empty() ? part.payer : part.for_member);
  std::vector<PaidFor> payers;
  for (const std::string& member : members) payers.push_back({hash, match, member});
  return payers;
}

constexpr const char* insert_payers_sql = R"sql(
  -- bank.insert_payers
  INSERT INTO bank_payer (node_id, account_hash, party_id, match_number, recorded_at)
  SELECT DISTINCT ON (n.hash, y.id) y.node_id, n.hash, y.id, n.match, $2
    FROM unnest($3::text[], $4::int[], $5::text[]) AS n (hash, match, member)
    JOIN party y ON y.node_id = $1 AND y.number = n.member
   WHERE NOT EXISTS (SELECT FROM bank_payer b
                       JOIN bank_match m ON m.node_id = b.node_id AND m.number = b.match_number AND m.live
                      WHERE b.node_id = y.node_id AND b.account_hash = n.hash AND b.party_id = y.id)
   ORDER BY n.hash, y.id, n.match
)sql";

void insert_payers(Tx& tx, NodeId node, std::span<const PaidFor> payers, const books::Author& author) {
  if (payers.empty()) return;
  SqlArray hash, match, member;
  for (const PaidFor& paid : payers) {
    hash.add(paid.hash);
    match.add(paid.match);
    member.add(paid.member);
  }
  rows(tx, insert_payers_sql, node, author.now, hash.value(), match.value(), member.value());
}

}  // namespace coop::bank
