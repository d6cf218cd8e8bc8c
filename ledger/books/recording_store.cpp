#include <map>

#include "ledger/books/posting_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

struct EntryColumns {
  SqlArray number, booked_on, document_on, posting_count, recorded_by, request_key, content_hash, hash,
      description, reference, source, reverses, hold;
};

struct PostingColumns {
  SqlArray entry_number, line, account, amount, booked_on, note;
  std::array<SqlArray, 4> about;
};

struct Turnover {
  std::int64_t debit = 0;
  std::int64_t credit = 0;
};

void add_to(Turnover& turnover, std::int64_t amount_minor) {
  std::int64_t& side = amount_minor > 0 ? turnover.debit : turnover.credit;
  side = checked_add(side, amount_minor > 0 ? amount_minor : -amount_minor);
}

struct Gathered {
  EntryColumns entries;
  PostingColumns postings;
  std::map<std::size_t, std::int64_t>
      standings;  ///< whose balances changed, and how many postings each takes
  std::map<std::pair<std::size_t, int>, Turnover> months;   ///< by standing and month
  std::map<std::pair<AccountId, int>, Turnover> totals;  ///< by account and month: what goes to period_total
  std::map<std::pair<AccountId, Day>, Turnover> days;  ///< of accounts with totals by day: by account and day
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
    const Standing& standing = scene.standings[posting.standing];
    const AccountId account = standing.id;
    columns.entry_number.add(entry.number);
    columns.line.add(static_cast<int>(i) + 1);
    columns.account.add(account);
    columns.amount.add(posting.amount_minor);
    columns.booked_on.add(entry.judged.booked_on);
    for (std::size_t kind = 0; kind < 4; ++kind) columns.about[kind].add_sparse(posting.about[kind]);
    columns.note.add_sparse(present(entry.draft->postings[i].note));
    gathered.standings[posting.standing] += 1;
    add_to(gathered.months[{posting.standing, month}], posting.amount_minor);
    if (standing.has_day_totals)
      add_to(gathered.days[{account, entry.judged.booked_on}], posting.amount_minor);
  }
}

void gather_hold(const NewEntry& entry, const Scene& scene, Gathered& gathered) {
  if (!entry.draft->uses_hold) return;
  gathered.ended_hold.add(*entry.draft->uses_hold);
  gathered.ended_entry.add(entry.number);
  gathered.ended_by.add(entry.draft->asked_by);
  const OpenHold& hold = scene.holds.at(*entry.draft->uses_hold);
  for (std::size_t i = 0; i < scene.standings.size(); ++i) {
    if (hold.reserved.contains(scene.standings[i].id)) gathered.standings.try_emplace(i, 0);
  }
}

struct BalanceColumns {
  SqlArray account, balance, held_debit, held_credit, posting_count, month, debit, credit;
};

BalanceColumns balances_of(const Gathered& gathered, const Scene& scene) {
  BalanceColumns columns;
  for (const auto& [position, postings] : gathered.standings) {
    const Standing& standing = scene.standings[position];
    columns.account.add(standing.id);
    columns.balance.add(standing.balance_minor);
    columns.held_debit.add(standing.held_debit_minor);
    columns.held_credit.add(standing.held_credit_minor);
    columns.posting_count.add(standing.posting_count);
    columns.month.add(standing.newest.month);
    columns.debit.add(standing.newest.debit_minor);
    columns.credit.add(standing.newest.credit_minor);
  }
  return columns;
}

struct TotalColumns {
  SqlArray account, period, debit, credit;
};

// Turnovers by account and month, or by account and day.
template <class Turnovers>
TotalColumns totals_of(const Turnovers& turnovers) {
  TotalColumns columns;
  for (const auto& [key, turnover] : turnovers) {
    columns.account.add(key.first);
    columns.period.add(key.second);
    columns.debit.add(turnover.debit);
    columns.credit.add(turnover.credit);
  }
  return columns;
}

// Moves the standings' counts and newest months on; what belongs to older months, and newest months that are
// newest no longer, goes to period_total. Months come in order, so a batch may begin several.
void move_months_on(Gathered& gathered, Scene& scene) {
  for (const auto& [position, postings] : gathered.standings)
    scene.standings[position].posting_count += postings;
  for (const auto& [key, turnover] : gathered.months) {
    const auto& [position, month] = key;
    Standing& standing = scene.standings[position];
    NewestMonth& newest = standing.newest;
    if (newest.month && month < *newest.month) {
      gathered.totals.emplace(std::pair{standing.id, month}, turnover);
      continue;
    }
    if (newest.month && month > *newest.month) {
      gathered.totals.emplace(std::pair{standing.id, *newest.month},
                              Turnover{newest.debit_minor, newest.credit_minor});
      newest = {};
    }
    newest.month = month;
    newest.debit_minor = checked_add(newest.debit_minor, turnover.debit);
    newest.credit_minor = checked_add(newest.credit_minor, turnover.credit);
  }
}

// What busy accounts need beyond the one statement: rare, so it costs the others nothing.
void keep_busy_accounts(Tx& tx, NodeId node, EntryNumber last, const Gathered& gathered, Scene& scene) {
  std::vector<AccountId> marked;
  std::vector<AccountId> by_day;
  for (const auto& [position, postings] : gathered.standings) {
    Standing& standing = scene.standings[position];
    const std::int64_t before = standing.posting_count - postings;
    if (before / mark_step != standing.posting_count / mark_step) marked.push_back(standing.id);
    if (standing.has_day_totals || standing.posting_count < day_totals_from) continue;
    by_day.push_back(standing.id);
    standing.has_day_totals = true;
  }
  mark_accounts(tx, node, last, marked);
  start_day_totals(tx, node, by_day);
}

}  // namespace

// One statement, so that the schema's checks see entries and postings together and a batch costs one round
// trip. A balance row is found by its key and changed at its place (ctid): the head's lock keeps it there
// meanwhile. Shorter arrays are padded with NULL by unnest: a column that no entry uses is sent as '{}'.
constexpr const char* record_entries_sql = R"sql(
  -- entries.record
  WITH new_entry AS (
    INSERT INTO entry (node_id, recorded_at, number, booked_on, document_on, posting_count, recorded_by,
           request_key,
                       content_hash, hash, description, reference, source, reverses, hold_number)
    SELECT $1, $2, n.*
      FROM unnest($3::bigint[], $4::date[], $5::date[], $6::smallint[], $7::int[], $8::uuid[], $9::uuid[],
        $10::bytea[],
                  $11::text[], $12::text[], $13::text[], $14::bigint[], $15::bigint[]) AS n
  ), new_posting AS (
    INSERT INTO posting (node_id, entry_number, line, account_id, amount_minor, booked_on,
                         fund_id, member_id, cost_object_id, tax_code_id, note)
    SELECT $1, n.*
      FROM unnest($16::bigint[], $17::smallint[], $18::int[], $19::bigint[], $20::date[],
                  $21::int[], $22::int[], $23::int[], $24::int[], $25::text[]) AS n
  ), changed_balance AS (
    UPDATE account_balance b
       SET balance_minor = c.balance_minor, held_debit_minor = c.held_debit_minor,
         held_credit_minor = c.held_credit_minor,
           posting_count = c.posting_count, newest_month = c.month, newest_debit_minor = c.debit_minor,
           newest_credit_minor = c.credit_minor
      FROM unnest($26::int[], $27::bigint[], $28::bigint[], $29::bigint[], $41::bigint[], $46::int[],
        $47::bigint[],
                  $48::bigint[])
             AS c (account_id, balance_minor, held_debit_minor, held_credit_minor, posting_count, month,
               debit_minor,
                   credit_minor)
     CROSS JOIN LATERAL (SELECT x.ctid AS place FROM account_balance x
                          WHERE x.node_id = $1 AND x.account_id = c.account_id LIMIT 1) AS found
     WHERE b.ctid = found.place
    RETURNING 1
  ), changed_total AS (
    INSERT INTO period_total AS t (node_id, account_id, month, debit_minor, credit_minor)
    SELECT $1, c.* FROM unnest($30::int[], $31::int[], $32::bigint[], $33::bigint[]) AS c
    ON CONFLICT (node_id, account_id, month) DO UPDATE
       SET debit_minor = t.debit_minor + excluded.debit_minor,
         credit_minor = t.credit_minor + excluded.credit_minor
  ), changed_day AS (
    INSERT INTO day_total AS t (node_id, account_id, booked_on, debit_minor, credit_minor)
    SELECT $1, c.* FROM unnest($42::int[], $43::date[], $44::bigint[], $45::bigint[]) AS c
    ON CONFLICT (node_id, account_id, booked_on) DO UPDATE
       SET debit_minor = t.debit_minor + excluded.debit_minor,
         credit_minor = t.credit_minor + excluded.credit_minor
  ), ended_hold AS (
    INSERT INTO hold_end (node_id, ended_at, kind, hold_number, entry_number, ended_by)
    SELECT $1, $2, 'posted', n.* FROM unnest($34::bigint[], $35::bigint[], $36::int[]) AS n
  ), new_event AS (
    INSERT INTO event (node_id, recorded_at, number, kind, first_entry, last_entry)
    VALUES ($1, $2, $37, 'entries_recorded', $38, $39)
  ), new_head AS (
    UPDATE book_head SET last_number = $39, last_event = $37, last_recorded_at = $2, last_hash = $40
      WHERE node_id = $1
  )
  SELECT count(*) FROM changed_balance
)sql";

void record_entries(Tx& tx, BookHead& head, Instant recorded_at, std::span<const NewEntry> entries,
                    Scene& scene) {
  Gathered gathered;
  for (const NewEntry& entry : entries) {
    gather_entry(entry, gathered.entries);
    gather_postings(entry, scene, gathered);
    gather_hold(entry, scene, gathered);
  }
  move_months_on(gathered, scene);
  const EntryColumns& e = gathered.entries;
  const PostingColumns& p = gathered.postings;
  const BalanceColumns b = balances_of(gathered, scene);
  const TotalColumns t = totals_of(gathered.totals);
  const TotalColumns d = totals_of(gathered.days);
  const Hash& last_hash = entries.back().hash;
  const std::string_view last_hash_bytes{reinterpret_cast<const char*>(last_hash.data()), last_hash.size()};
  const Rows answer =
      rows(tx, record_entries_sql, head.node, recorded_at, e.number.value(), e.booked_on.value(),
           e.document_on.value(), e.posting_count.value(), e.recorded_by.value(), e.request_key.value(),
           e.content_hash.value(), e.hash.value(), e.description.value(), e.reference.value(),
           e.source.value(), e.reverses.value(), e.hold.value(), p.entry_number.value(), p.line.value(),
           p.account.value(), p.amount.value(), p.booked_on.value(), p.about[0].value(), p.about[1].value(),
           p.about[2].value(), p.about[3].value(), p.note.value(), b.account.value(), b.balance.value(),
           b.held_debit.value(), b.held_credit.value(), t.account.value(), t.period.value(), t.debit.value(),
           t.credit.value(), gathered.ended_hold.value(), gathered.ended_entry.value(),
           gathered.ended_by.value(), head.last_event + 1, entries.front().number, entries.back().number,
           Bytes{last_hash_bytes}, b.posting_count.value(), d.account.value(), d.period.value(),
           d.debit.value(), d.credit.value(), b.month.value(), b.debit.value(), b.credit.value());
  ensure(only_row(answer).int64(0) == static_cast<std::int64_t>(gathered.standings.size()),
         "every touched account has its balance updated");
  head.last_number = entries.back().number.number();
  head.last_hash = last_hash;
  head.last_event += 1;
  head.last_recorded_at = recorded_at;
  keep_busy_accounts(tx, head.node, entries.back().number, gathered, scene);
}

}  // namespace coop::books
