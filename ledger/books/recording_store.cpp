#include <map>

#include "ledger/books/posting_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

// One statement, so that the schema's checks see entries and postings together and a batch costs one round trip.
// Shorter arrays are padded with NULL by unnest: a column that no entry uses is sent as '{}'.
constexpr const char* record_entries_sql = R"sql(
  -- entries.record
  WITH new_entry AS (
    INSERT INTO entry (node_id, recorded_at, number, booked_on, document_on, posting_count, recorded_by, request_key,
                       content_hash, hash, description, reference, source, reverses, hold_number)
    SELECT $1, $2, n.*
      FROM unnest($3::bigint[], $4::date[], $5::date[], $6::smallint[], $7::int[], $8::uuid[], $9::uuid[], $10::bytea[],
                  $11::text[], $12::text[], $13::text[], $14::bigint[], $15::bigint[]) AS n
  ), new_posting AS (
    INSERT INTO posting (node_id, entry_number, line, account_id, amount_minor, booked_on,
                         fund_id, member_id, cost_object_id, tax_code_id, note)
    SELECT $1, n.*
      FROM unnest($16::bigint[], $17::smallint[], $18::int[], $19::bigint[], $20::date[],
                  $21::int[], $22::int[], $23::int[], $24::int[], $25::text[]) AS n
  ), changed_balance AS (
    UPDATE account_balance b
       SET balance_minor = c.balance_minor, held_debit_minor = c.held_debit_minor, held_credit_minor = c.held_credit_minor
      FROM unnest($26::int[], $27::bigint[], $28::bigint[], $29::bigint[])
             AS c (account_id, balance_minor, held_debit_minor, held_credit_minor)
     WHERE b.node_id = $1 AND b.account_id = c.account_id
    RETURNING 1
  ), changed_total AS (
    INSERT INTO period_total AS t (node_id, account_id, month, debit_minor, credit_minor)
    SELECT $1, c.* FROM unnest($30::int[], $31::int[], $32::bigint[], $33::bigint[]) AS c
    ON CONFLICT (node_id, account_id, month) DO UPDATE
       SET debit_minor = t.debit_minor + excluded.debit_minor, credit_minor = t.credit_minor + excluded.credit_minor
  ), ended_hold AS (
    INSERT INTO hold_end (node_id, ended_at, kind, hold_number, entry_number, ended_by)
    SELECT $1, $2, 'posted', n.* FROM unnest($34::bigint[], $35::bigint[], $36::int[]) AS n
  ), new_event AS (
    INSERT INTO event (node_id, recorded_at, number, kind, first_entry, last_entry)
    VALUES ($1, $2, $37, 'entries_recorded', $38, $39)
  ), new_head AS (
    UPDATE book_head SET last_number = $39, last_event = $37, last_recorded_at = $2, last_hash = $40 WHERE node_id = $1
  )
  SELECT count(*) FROM changed_balance
)sql";

struct EntryColumns {
  SqlArray number, booked_on, document_on, posting_count, recorded_by, request_key, content_hash, hash, description,
      reference, source, reverses, hold;
};

struct PostingColumns {
  SqlArray entry_number, line, account, amount, booked_on, note;
  std::array<SqlArray, 4> about;
};

struct Turnover {
  std::int64_t debit = 0;
  std::int64_t credit = 0;
};

struct Gathered {
  EntryColumns entries;
  PostingColumns postings;
  std::set<std::size_t> standings;                                ///< whose balances changed
  std::map<std::pair<AccountId, int>, Turnover> totals;           ///< by account and month
  SqlArray ended_hold, ended_entry, ended_by;
};

std::optional<std::string_view> present(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

int month_of(Day day) {
  const auto ymd = day.ymd();
  return static_cast<int>(ymd.year()) * 12 + static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
}

void gather_entry(const NewEntry& entry, EntryColumns& columns) {
  const Draft& draft = *entry.draft;
  columns.number.add(entry.number);
  columns.booked_on.add(entry.judged.booked_on);
  columns.document_on.add_sparse(entry.judged.document_on);
  columns.posting_count.add(static_cast<int>(draft.postings.size()));
  columns.recorded_by.add_sparse(draft.asked_by);
  columns.request_key.add_bare(uuid_text_of(draft.request_key));
  columns.content_hash.add_bare(uuid_text_of(entry.content_hash));
  columns.hash.add(Bytes{{reinterpret_cast<const char*>(entry.hash.data()), entry.hash.size()}});
  columns.description.add(std::string_view{draft.description});
  columns.reference.add_sparse(present(draft.reference));
  columns.source.add_sparse(present(draft.source));
  columns.reverses.add_sparse(draft.reverses);
  columns.hold.add_sparse(draft.uses_hold);
}

void gather_postings(const NewEntry& entry, const Scene& scene, Gathered& gathered) {
  PostingColumns& columns = gathered.postings;
  const int month = month_of(entry.judged.booked_on);
  for (std::size_t i = 0; i < entry.judged.postings.size(); ++i) {
    const JudgedPosting& posting = entry.judged.postings[i];
    const AccountId account = scene.standings[posting.standing].id;
    columns.entry_number.add(entry.number);
    columns.line.add(static_cast<int>(i) + 1);
    columns.account.add(account);
    columns.amount.add(posting.amount_minor);
    columns.booked_on.add(entry.judged.booked_on);
    for (std::size_t kind = 0; kind < 4; ++kind) columns.about[kind].add_sparse(posting.about[kind]);
    columns.note.add_sparse(present(entry.draft->postings[i].note));
    gathered.standings.insert(posting.standing);
    Turnover& turnover = gathered.totals[{account, month}];
    std::int64_t& side = posting.amount_minor > 0 ? turnover.debit : turnover.credit;
    side = checked_add(side, posting.amount_minor > 0 ? posting.amount_minor : -posting.amount_minor);
  }
}

void gather_hold(const NewEntry& entry, const Scene& scene, Gathered& gathered) {
  if (!entry.draft->uses_hold) return;
  gathered.ended_hold.add(*entry.draft->uses_hold);
  gathered.ended_entry.add(entry.number);
  gathered.ended_by.add(entry.draft->asked_by);
  const OpenHold& hold = scene.holds.at(*entry.draft->uses_hold);
  for (std::size_t i = 0; i < scene.standings.size(); ++i) {
    if (hold.amount_minor.contains(scene.standings[i].id)) gathered.standings.insert(i);
  }
}

struct BalanceColumns {
  SqlArray account, balance, held_debit, held_credit;
};

BalanceColumns balances_of(const Gathered& gathered, const Scene& scene) {
  BalanceColumns columns;
  for (const std::size_t position : gathered.standings) {
    const Standing& standing = scene.standings[position];
    columns.account.add(standing.id);
    columns.balance.add(standing.balance_minor);
    columns.held_debit.add(standing.held_debit_minor);
    columns.held_credit.add(standing.held_credit_minor);
  }
  return columns;
}

struct TotalColumns {
  SqlArray account, month, debit, credit;
};

TotalColumns totals_of(const Gathered& gathered) {
  TotalColumns columns;
  for (const auto& [key, turnover] : gathered.totals) {
    columns.account.add(key.first);
    columns.month.add(key.second);
    columns.debit.add(turnover.debit);
    columns.credit.add(turnover.credit);
  }
  return columns;
}

}  // namespace

void record_entries(Tx& tx, BookHead& head, Instant recorded_at, std::span<const NewEntry> entries,
                    const Scene& scene) {
  Gathered gathered;
  for (const NewEntry& entry : entries) {
    gather_entry(entry, gathered.entries);
    gather_postings(entry, scene, gathered);
    gather_hold(entry, scene, gathered);
  }
  const EntryColumns& e = gathered.entries;
  const PostingColumns& p = gathered.postings;
  const BalanceColumns b = balances_of(gathered, scene);
  const TotalColumns t = totals_of(gathered);
  const Hash& last_hash = entries.back().hash;
  const std::string_view last_hash_bytes{reinterpret_cast<const char*>(last_hash.data()), last_hash.size()};
  const Rows answer = rows(
      tx, record_entries_sql, head.node, recorded_at, e.number.value(), e.booked_on.value(), e.document_on.value(),
      e.posting_count.value(), e.recorded_by.value(), e.request_key.value(), e.content_hash.value(), e.hash.value(),
      e.description.value(), e.reference.value(), e.source.value(), e.reverses.value(), e.hold.value(),
      p.entry_number.value(), p.line.value(), p.account.value(), p.amount.value(), p.booked_on.value(),
      p.about[0].value(), p.about[1].value(), p.about[2].value(), p.about[3].value(), p.note.value(),
      b.account.value(), b.balance.value(), b.held_debit.value(), b.held_credit.value(), t.account.value(),
      t.month.value(), t.debit.value(), t.credit.value(), gathered.ended_hold.value(), gathered.ended_entry.value(),
      gathered.ended_by.value(), head.last_event + 1, entries.front().number, entries.back().number,
      Bytes{last_hash_bytes});
  ensure(only_row(answer).int64(0) == static_cast<std::int64_t>(gathered.standings.size()),
         "every touched account has its balance updated");
  const std::int64_t number_before = head.last_number;
  head.last_number = entries.back().number.number();
  head.last_hash = last_hash;
  head.last_event += 1;
  head.last_recorded_at = recorded_at;
  seal_chapters(tx, head.node, number_before, head.last_number);
}

}  // namespace coop::books
