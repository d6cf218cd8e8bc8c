#include "ledger/bank/candidate_store.hpp"

#include <set>

#include "ledger/values/folded_text.hpp"

namespace coop::bank {

namespace {

SqlValue sql_of(std::span<const std::string> texts) {
  SqlArray array;
  for (const std::string& text : texts) array.add(text);
  return array.value();
}

// Lines as arrays: number, account of the books, account with statements, day, amount.
struct Asked {
  SqlArray line, account, bank_account, day, amount;
  bool is_empty = true;
};

Asked asked_of(std::span<const BankLine> lines, const Candidates& known) {
  Asked asked;
  for (const BankLine& line : lines) {
    const KnownAccount* account = known.find_account(line);
    if (account == nullptr) continue;
    asked.is_empty = false;
    asked.line.add(line.number);
    asked.account.add(account->account.account);
    asked.bank_account.add(account->account.number);
    asked.day.add(line.booked_on);
    asked.amount.add(line.amount_minor);
  }
  return asked;
}

LoosePosting posting_from(const Row& row) {
  return {row.id<EntryNumber>(1), row.integer(2), row.day(3),   row.int64(4),
          row.string(5),          row.string(6),  row.string(7)};
}

// "{[5,900],[1200,1300]}"
std::string multirange_of(const EntryRanges& ranges) {
  std::string text{"{"};
  for (const auto& [first, last] : ranges)
    text += (text.size() > 1 ? ",[" : "[") + std::to_string(first.number()) + "," +
            std::to_string(last.number()) + "]";
  return text + "}";
}

}  // namespace

void add(EntryRanges& ranges, std::span<const EntryNumber> entries) {
  for (const EntryNumber entry : entries)
    if (!ranges.empty() && ranges.back().second.number() + 1 == entry.number()) ranges.back().second = entry;
    else ranges.emplace_back(entry, entry);
}

// What is asked of each posting stays a question about that posting (so OFFSET 0): turned into joins, all
// that was ever matched would be read for each.
constexpr const char* read_loose_postings_sql = R"sql(
  -- bank.read_loose_postings
  WITH loose AS MATERIALIZED (
    SELECT p.account_id, p.entry_number, p.line, p.booked_on, p.amount_minor, p.member_id, e.reference,
           e.description
      FROM posting p
      JOIN entry e ON e.node_id = p.node_id AND e.number = p.entry_number
     WHERE p.node_id = $1 AND p.account_id = ANY ($3::int[])
       AND p.booked_on BETWEEN (SELECT min(n.day) FROM unnest($4::date[]) AS n (day)) - $6::int
                           AND (SELECT max(n.day) FROM unnest($4::date[]) AS n (day)) + $6::int
       AND p.amount_minor = ANY ($5::bigint[]) AND NOT p.entry_number <@ $7::int4multirange
       AND NOT EXISTS (
           SELECT FROM bank_match_part x
             JOIN bank_match m ON m.node_id = x.node_id AND m.number = x.match_number AND m.live
            WHERE x.node_id = p.node_id AND x.entry_number = p.entry_number AND x.posting_line = p.line
           OFFSET 0)
       AND NOT EXISTS (
           SELECT FROM entry o
            WHERE o.node_id = p.node_id AND o.reverses = p.entry_number
              AND NOT EXISTS (
                  SELECT FROM bank_match_part x
                    JOIN bank_match m ON m.node_id = x.node_id AND m.number = x.match_number AND m.live
                   WHERE x.node_id = o.node_id AND x.entry_number = o.number AND x.posting_line = p.line
                  OFFSET 0)
           OFFSET 0)
       AND (e.reverses IS NULL OR EXISTS (
           SELECT FROM bank_match_part x
             JOIN bank_match m ON m.node_id = x.node_id AND m.number = x.match_number AND m.live
            WHERE x.node_id = p.node_id AND x.entry_number = e.reverses AND x.posting_line = p.line
           OFFSET 0))
  )
  SELECT n.place, n.entry_number, n.line, n.booked_on, n.amount_minor, coalesce(n.reference, ''),
         n.description, coalesce(d.code, '')
    FROM (SELECT a.place, p.entry_number, p.line, p.booked_on, p.amount_minor, p.reference, p.description,
                 p.member_id,
                 row_number() OVER (PARTITION BY a.place
                                    ORDER BY abs(p.booked_on - a.day), p.entry_number, p.line) AS nearest
            FROM loose p
            JOIN unnest($3::int[], $4::date[], $5::bigint[]) WITH ORDINALITY
                 AS a (account, day, amount, place)
              ON a.account = p.account_id AND a.amount = p.amount_minor
             AND p.booked_on BETWEEN a.day - $6::int AND a.day + $6::int) n
    LEFT JOIN dimension d ON d.node_id = $1 AND d.id = n.member_id
   WHERE n.nearest <= $2::int
   ORDER BY n.place, n.booked_on, n.entry_number, n.line
)sql";

void read_loose_postings(Tx& tx, NodeId node, std::span<const BankLine> lines, const EntryRanges& matched,
                         Candidates& into) {
  using Wanted = std::tuple<AccountId, Day, std::int64_t>;
  std::map<Wanted, std::vector<BankLineNumber>> wanted;  // lines of a day often have the same amount
  for (const BankLine& line : lines)
    if (const KnownAccount* known = into.find_account(line))
      wanted[{known->account.account, line.booked_on, line.amount_minor}].push_back(line.number);
  if (wanted.empty()) return;
  SqlArray account, day, amount;
  std::vector<const std::vector<BankLineNumber>*> lines_at;
  for (const auto& [asked, numbers] : wanted) {
    account.add(std::get<AccountId>(asked));
    day.add(std::get<Day>(asked));
    amount.add(std::get<std::int64_t>(asked));
    lines_at.push_back(&numbers);
  }
  for (const Row row : report_rows(tx, read_loose_postings_sql, node, most_loose_postings, account.value(),
                                   day.value(), amount.value(), most_days_apart, multirange_of(matched)))
    for (const BankLineNumber line : *lines_at[static_cast<std::size_t>(row.int64(0) - 1)])
      into.postings[line].push_back(posting_from(row));
}

constexpr const char* read_sent_lines_sql = R"sql(
  -- bank.read_sent_lines
  SELECT l.collection_number, l.line, l.end_to_end_id, m.reference, y.number, l.amount_minor,
         c.payment_number IS NOT NULL AND r.payment_number IS NULL
    FROM collection_line l
    JOIN mandate m ON m.node_id = l.node_id AND m.id = l.mandate_id
    JOIN party y ON y.node_id = l.node_id AND y.id = l.party_id
    LEFT JOIN collection_payment c ON c.node_id = l.node_id AND c.collection_number = l.collection_number
                                  AND c.line = l.line
    LEFT JOIN payment_return r ON r.node_id = c.node_id AND r.payment_number = c.payment_number
   WHERE l.node_id = $1
     AND (l.end_to_end_id = ANY ($2::text[])
          OR l.mandate_id = ANY (ARRAY(SELECT x.id FROM mandate x
                                        WHERE x.node_id = $1 AND upper(x.reference) = ANY ($3::text[]))))
     AND EXISTS (SELECT FROM collection_step s
                  WHERE s.node_id = l.node_id AND s.collection_number = l.collection_number
                    AND s.kind = 'handed_in')
     AND NOT EXISTS (SELECT FROM collection_step s
                      WHERE s.node_id = l.node_id AND s.collection_number = l.collection_number
                        AND s.line = l.line)
   ORDER BY l.collection_number DESC, l.line
)sql";

void read_sent_lines(Tx& tx, NodeId node, std::span<const std::string> ids,
                     std::span<const std::string> mandates, Candidates& into) {
  if (ids.empty() && mandates.empty()) return;
  for (const Row row : report_rows(tx, read_sent_lines_sql, node, sql_of(ids), sql_of(mandates)))
    into.sent_lines.push_back({row.integer(0), row.integer(1), row.string(2), row.string(3), row.string(4),
                               row.int64(5), row.boolean(6)});
}

constexpr const char* read_sent_collections_sql = R"sql(
  -- bank.read_sent_collections
  SELECT c.number, c.message_id, c.due_on, k.account,
         (SELECT coalesce(sum(l.amount_minor), 0)
            FROM collection_line l
           WHERE l.node_id = c.node_id AND l.collection_number = c.number
             AND NOT EXISTS (SELECT FROM collection_step x
                              WHERE x.node_id = l.node_id AND x.collection_number = l.collection_number
                                AND x.line = l.line)),
         s.is_settled
    FROM collection c
    JOIN creditor k ON k.node_id = c.node_id AND k.number = c.creditor_number
   CROSS JOIN LATERAL (
         SELECT bool_or(x.kind = 'handed_in') AS is_sent, bool_or(x.kind = 'settled') AS is_settled
           FROM collection_step x
          WHERE x.node_id = c.node_id AND x.collection_number = c.number) s
   WHERE c.node_id = $1 AND s.is_sent
     AND (NOT s.is_settled
          OR EXISTS (SELECT FROM unnest($2::text[]) AS w (id)
                      WHERE w.id = c.message_id OR starts_with(w.id, c.message_id || '-')))
   ORDER BY c.number
)sql";

constexpr const char* read_loose_of_collections_sql = R"sql(
  -- bank.read_loose_of_collections
  SELECT c.collection_number, p.entry_number, p.line, p.booked_on, p.amount_minor, coalesce(e.reference, ''),
         e.description, coalesce(d.code, '')
    FROM collection_payment c
    JOIN collection o ON o.node_id = c.node_id AND o.number = c.collection_number
    JOIN creditor k ON k.node_id = o.node_id AND k.number = o.creditor_number
    JOIN payment y ON y.node_id = c.node_id AND y.number = c.payment_number
    JOIN entry e ON e.node_id = y.node_id AND e.number = y.entry_number
    JOIN posting p ON p.node_id = e.node_id AND p.entry_number = e.number
    JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id AND a.path = k.account
    LEFT JOIN dimension d ON d.node_id = p.node_id AND d.id = p.member_id
   WHERE c.node_id = $1 AND c.collection_number = ANY ($2::int[])
     AND NOT EXISTS (
         SELECT FROM bank_match_part x
           JOIN bank_match m ON m.node_id = x.node_id AND m.number = x.match_number AND m.live
          WHERE x.node_id = p.node_id AND x.entry_number = p.entry_number AND x.posting_line = p.line)
   ORDER BY c.collection_number, c.line
)sql";

void read_sent_collections(Tx& tx, NodeId node, std::span<const std::string> messages, Candidates& into) {
  SqlArray settled;
  std::map<int, std::size_t> places;
  for (const Row row : report_rows(tx, read_sent_collections_sql, node, sql_of(messages))) {
    into.sent_collections.push_back(
        {row.integer(0), row.string(1), row.day(2), row.string(3), row.int64(4), row.boolean(5), {}});
    if (!row.boolean(5)) continue;
    places.emplace(row.integer(0), into.sent_collections.size() - 1);
    settled.add(row.integer(0));
  }
  if (places.empty()) return;
  for (const Row row : report_rows(tx, read_loose_of_collections_sql, node, settled.value()))
    into.sent_collections[places.at(row.integer(0))].loose.push_back(posting_from(row));
}

constexpr const char* read_payers_sql = R"sql(
  -- bank.read_payers
  SELECT DISTINCT b.account_hash, y.number
    FROM bank_payer b
    JOIN bank_match m ON m.node_id = b.node_id AND m.number = b.match_number AND m.live
    JOIN party y ON y.node_id = b.node_id AND y.id = b.party_id
   WHERE b.node_id = $1 AND b.account_hash = ANY ($2::text[])
   ORDER BY b.account_hash, y.number
)sql";

void read_payers(Tx& tx, NodeId node, std::span<const std::string> hashes, Candidates& into) {
  if (hashes.empty()) return;
  for (const Row row : report_rows(tx, read_payers_sql, node, sql_of(hashes)))
    into.payers.emplace(row.string(0), row.string(1));
}

constexpr const char* read_owing_sql = R"sql(
  -- bank.read_owing
  SELECT d.unit_id, y.number, coalesce(f.name, ''), d.owed_minor
    FROM debtor d
    JOIN party y ON y.node_id = d.node_id AND y.id = d.party_id
    LEFT JOIN party_profile f ON f.node_id = d.node_id AND f.party_id = d.party_id
   WHERE d.node_id = $1 AND d.owed_minor > 0 AND d.unit_id = ANY ($2::int[])
   ORDER BY d.unit_id, y.number
)sql";

void read_owing(Tx& tx, NodeId node, Candidates& into) {
  SqlArray units;
  for (const KnownAccount& known : into.accounts) units.add(known.unit.id);
  for (const Row row : report_rows(tx, read_owing_sql, node, units.value()))
    into.owing[row.id<UnitId>(0)].push_back({row.string(1), folded_words(row.text(2)), row.int64(3)});
}

constexpr const char* read_opposite_lines_sql = R"sql(
  -- bank.read_opposite_lines
  SELECT a.line, o.number, t.path, o.booked_on
    FROM unnest($2::bigint[], $3::int[], $4::int[], $5::date[], $6::bigint[])
         AS a (line, account, bank_account, day, amount)
    JOIN account own ON own.node_id = $1 AND own.id = a.account
    JOIN bank_account b ON b.node_id = $1 AND b.number <> a.bank_account
    JOIN account t ON t.node_id = b.node_id AND t.id = b.account_id AND t.unit_id = own.unit_id
    JOIN bank_line o ON o.node_id = b.node_id AND o.bank_account = b.number AND o.amount_minor = -a.amount
                    AND o.booked_on BETWEEN a.day - $7::int AND a.day + $7::int
    JOIN bank_live_line v ON v.node_id = o.node_id AND v.line_number = o.number
   WHERE NOT EXISTS (SELECT FROM bank_match m
                      WHERE m.node_id = o.node_id AND m.line_number = o.number AND m.live)
     AND (SELECT x.kind FROM bank_line_step x
           WHERE x.node_id = o.node_id AND x.line_number = o.number
           ORDER BY x.number DESC LIMIT 1) IS DISTINCT FROM 'ignored'
   ORDER BY a.line, abs(o.booked_on - a.day), o.number
)sql";

void read_opposite_lines(Tx& tx, NodeId node, std::span<const BankLine> lines, Candidates& into) {
  const Asked asked = asked_of(lines, into);
  if (asked.is_empty || into.accounts.size() < 2) return;
  for (const Row row : report_rows(tx, read_opposite_lines_sql, node, asked.line.value(),
                                   asked.account.value(), asked.bank_account.value(), asked.day.value(),
                                   asked.amount.value(), most_days_of_transfer))
    into.opposite[row.id<BankLineNumber>(0)].push_back(
        {row.id<BankLineNumber>(1), row.string(2), row.day(3)});
}

constexpr const char* read_member_ids_sql = R"sql(
  -- bank.read_member_ids
  SELECT y.id, y.number FROM party y WHERE y.node_id = $1 AND y.number = ANY ($2::text[])
)sql";

std::vector<std::pair<PartyId, std::string>> read_member_ids(Tx& tx, NodeId node,
                                                             std::span<const std::string> members) {
  std::vector<std::pair<PartyId, std::string>> ids;
  for (const Row row : rows(tx, read_member_ids_sql, node, sql_of(members)))
    ids.emplace_back(row.id<PartyId>(0), row.string(1));
  return ids;
}

constexpr const char* read_proved_sql = R"sql(
  -- bank.read_proved
  SELECT l.number
    FROM bank_line l
    JOIN bank_statement s ON s.node_id = l.node_id AND s.import_number = l.import_number
                         AND s.position = l.statement_position AND s.proof IN ('holds', 'flipped')
   WHERE l.node_id = $1 AND l.number = ANY ($2::bigint[])
)sql";

std::vector<bool> read_proved(Tx& tx, NodeId node, std::span<const BankLine> lines) {
  SqlArray numbers;
  for (const BankLine& line : lines) numbers.add(line.number);
  std::set<BankLineNumber> proved;
  for (const Row row : rows(tx, read_proved_sql, node, numbers.value()))
    proved.insert(row.id<BankLineNumber>(0));
  std::vector<bool> all;
  for (const BankLine& line : lines) all.push_back(proved.contains(line.number));
  return all;
}

constexpr const char* refresh_statistics_sql = R"sql(
  -- bank.refresh_statistics
  SELECT analyse_bank()
)sql";

void refresh_statistics(Tx& tx) { rows(tx, refresh_statistics_sql); }

}  // namespace coop::bank
