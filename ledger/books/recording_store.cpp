#include "ledger/books/recording_store.hpp"

#include <algorithm>

#include "ledger/books/posting_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

void add_to(Turnover& turnover, std::int64_t amount_minor) {
  std::int64_t& side = amount_minor > 0 ? turnover.debit : turnover.credit;
  side = checked_add(side, amount_minor > 0 ? amount_minor : -amount_minor);
}

std::optional<std::string_view> present(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

int month_of(Day day) {
  const auto ymd = day.ymd();
  return static_cast<int>(ymd.year()) * 12 + static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
}

Bytes bytes_of(const Hash& hash) { return Bytes{{reinterpret_cast<const char*>(hash.data()), hash.size()}}; }

// What an account's debits or credits of a month come to.
std::int64_t month_sum(std::int64_t a, std::int64_t b, const Scene& scene, std::size_t position) {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  const auto account = std::ranges::find(scene.by_key, position, [](const auto& one) { return one.second; });
  ensure(account != scene.by_key.end(), "an account on the scene has a path");
  throw Refused{Refusal::amount_overflow, "debits or credits of '" + account->first.path + "' in " +
                                              scene.standings[position].unit_code +
                                              " in a month would be beyond 64-bit minor units"};
}

struct TotalColumns {
  SqlArray account, period, debit, credit;
};

// Turnovers by account and month as turnovers by account and year.
template <class Turnovers>
Turnovers years_of(const Turnovers& months) {
  Turnovers years;
  for (const auto& [key, turnover] : months) {
    Turnover& year = years[{key.first, key.second / 12}];
    year = {checked_add(year.debit, turnover.debit), checked_add(year.credit, turnover.credit)};
  }
  return years;
}

// Turnovers by account and month, year or day.
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

}  // namespace

void Recording::add(const NewEntry& entry, const Scene& scene) {
  add_entry(entry);
  add_postings(entry, scene);
  add_used_hold(entry, scene);
}

void Recording::finish(Instant recorded_at, std::span<const NewEntry> entries, Scene& scene) {
  for (const NewEntry& entry : entries) entries_.hash.add(bytes_of(entry.hash));
  move_months_on(scene);
  find_busy_accounts(scene);
  lay_out_balances(scene);
  first_ = entries.front().number;
  after_.last_number = entries.back().number.number();
  ensure(after_.last_number <= std::numeric_limits<std::int32_t>::max(), "the books have room for the entry");
  after_.last_hash = entries.back().hash;
  after_.last_event += 1;
  after_.last_recorded_at = recorded_at;
}

void Recording::add_entry(const NewEntry& entry) {
  const Draft& draft = *entry.draft;
  entries_.number.add(entry.number);
  entries_.booked_on.add(entry.judged.booked_on);
  entries_.document_on.add_sparse(entry.judged.document_on);
  entries_.posting_count.add(static_cast<int>(draft.postings.size()));
  entries_.recorded_by.add_sparse(draft.asked_by);
  entries_.request_key.add_uuid(draft.request_key);
  entries_.content_hash.add_uuid(entry.content_hash);
  entries_.description.add(std::string_view{draft.description});
  entries_.reference.add_sparse(present(draft.reference));
  entries_.source.add_sparse(present(draft.source));
  entries_.reverses.add_sparse(draft.reverses);
  entries_.hold.add_sparse(draft.uses_hold);
}

void Recording::add_postings(const NewEntry& entry, const Scene& scene) {
  const int month = month_of(entry.judged.booked_on);
  for (std::size_t i = 0; i < entry.judged.postings.size(); ++i) {
    const JudgedPosting& posting = entry.judged.postings[i];
    const Standing& standing = scene.standings[posting.standing];
    postings_.entry_number.add(entry.number);
    postings_.line.add(static_cast<int>(i) + 1);
    postings_.account.add(standing.id);
    postings_.amount.add(posting.amount_minor);
    postings_.booked_on.add(entry.judged.booked_on);
    for (std::size_t kind = 0; kind < 4; ++kind) postings_.about[kind].add_sparse(posting.about[kind]);
    postings_.note.add_sparse(present(entry.draft->postings[i].note));
    touched_[posting.standing] += 1;
    add_to(months_[{posting.standing, month}], posting.amount_minor);
    if (standing.has_day_totals) add_to(days_[{standing.id, entry.judged.booked_on}], posting.amount_minor);
  }
}

void Recording::add_used_hold(const NewEntry& entry, const Scene& scene) {
  if (!entry.draft->uses_hold) return;
  ends_holds_ = true;
  ended_hold_.add(*entry.draft->uses_hold);
  ended_entry_.add(entry.number);
  ended_by_.add(entry.draft->asked_by);
  const OpenHold& hold = scene.holds.at(*entry.draft->uses_hold);
  for (std::size_t i = 0; i < scene.standings.size(); ++i) {
    if (hold.reserved.contains(scene.standings[i].id)) touched_.try_emplace(i, 0);
  }
}

// Moves the standings' counts and newest months on; what belongs to older months, and newest months that are
// newest no longer, goes to period_total. Months come in order, so a batch may begin several.
void Recording::move_months_on(Scene& scene) {
  for (const auto& [position, postings] : touched_) scene.standings[position].posting_count += postings;
  for (const auto& [key, turnover] : months_) {
    const auto& [position, month] = key;
    Standing& standing = scene.standings[position];
    NewestMonth& newest = standing.newest;
    if (newest.month && month < *newest.month) {
      totals_.emplace(std::pair{standing.id, month}, turnover);
      continue;
    }
    if (newest.month && month > *newest.month) {
      totals_.emplace(std::pair{standing.id, *newest.month},
                      Turnover{newest.debit_minor, newest.credit_minor});
      newest = {};
    }
    newest.month = month;
    newest.debit_minor = month_sum(newest.debit_minor, turnover.debit, scene, position);
    newest.credit_minor = month_sum(newest.credit_minor, turnover.credit, scene, position);
  }
}

// What busy accounts need beyond the one statement: rare, so it costs the others nothing.
void Recording::find_busy_accounts(Scene& scene) {
  for (const auto& [position, postings] : touched_) {
    Standing& standing = scene.standings[position];
    const std::int64_t before = standing.posting_count - postings;
    if (before / mark_step != standing.posting_count / mark_step) marked_.push_back(standing.id);
    if (standing.has_day_totals || standing.posting_count < day_totals_from) continue;
    newly_by_day_.push_back(standing.id);
    standing.has_day_totals = true;
  }
}

// In the order of accounts, so that neighbours in the index are found one after the other.
void Recording::lay_out_balances(const Scene& scene) {
  std::vector<const Standing*> in_order;
  in_order.reserve(touched_.size());
  for (const auto& [position, postings] : touched_) in_order.push_back(&scene.standings[position]);
  std::sort(in_order.begin(), in_order.end(),
            [](const Standing* one, const Standing* other) { return one->id < other->id; });
  for (const Standing* standing : in_order) {
    balances_.account.add(standing->id);
    balances_.balance.add(standing->balance_minor);
    balances_.held_debit.add(standing->held_debit_minor);
    balances_.held_credit.add(standing->held_credit_minor);
    balances_.posting_count.add(standing->posting_count);
    balances_.month.add(standing->newest.month);
    balances_.debit.add(standing->newest.debit_minor);
    balances_.credit.add(standing->newest.credit_minor);
  }
}

// One statement, so that the schema's checks see entries and postings together and a batch costs one round
// trip. It goes ahead only if the head still stands where it was when the entries were judged ($3, $4) and no
// request is on record already, unless that was looked up under the head's lock ($8): everything else takes
// its rows from `head`. A balance row is found by its key and changed at its place (ctid): the head's lock
// keeps it there meanwhile. Arrays are taken apart in the select list, in step and without a store for each;
// shorter ones are padded with NULL there: a column that no entry uses is sent empty.
constexpr const char* record_entries_sql = R"sql(
  -- entries.record
  WITH head AS (
    UPDATE book_head
       SET last_number = $6, last_event = last_event + 1, last_recorded_at = $2, last_hash = $7
     WHERE node_id = $1 AND last_event = $3 AND last_hash = $4
       AND ($8::boolean
            OR NOT EXISTS (SELECT FROM unnest($14::uuid[]) AS asked (request_key)
                            CROSS JOIN LATERAL (SELECT number FROM entry
                                                 WHERE node_id = $1 AND request_key = asked.request_key
                                                 LIMIT 1) AS repeated))
    RETURNING node_id, last_event
  ), new_entry AS (
    INSERT INTO entry (node_id, recorded_at, number, booked_on, document_on, posting_count, recorded_by,
                       request_key, content_hash, hash, description, reference, source, reverses, hold_number)
    SELECT node_id, $2, unnest($9::int[]), unnest($10::date[]), unnest($11::date[]), unnest($12::smallint[]),
           unnest($13::int[]), unnest($14::uuid[]), unnest($15::uuid[]), unnest($16::bytea[]),
           unnest($17::text[]), unnest($18::text[]), unnest($19::text[]), unnest($20::int[]),
           unnest($21::bigint[])
      FROM head
  ), new_posting AS (
    INSERT INTO posting (node_id, entry_number, line, account_id, amount_minor, booked_on,
                         fund_id, member_id, cost_object_id, tax_code_id, note)
    SELECT node_id, unnest($22::int[]), unnest($23::smallint[]), unnest($24::int[]), unnest($25::bigint[]),
           unnest($26::date[]), unnest($27::int[]), unnest($28::int[]), unnest($29::int[]),
           unnest($30::int[]), unnest($31::text[])
      FROM head
  ), changed_balance AS (
    UPDATE account_balance b
       SET balance_minor = c.balance_minor, held_debit_minor = c.held_debit_minor,
           held_credit_minor = c.held_credit_minor, posting_count = c.posting_count, newest_month = c.month,
           newest_debit_minor = c.debit_minor, newest_credit_minor = c.credit_minor
      FROM (SELECT unnest($32::int[]) AS account_id, unnest($33::bigint[]) AS balance_minor,
                   unnest($34::bigint[]) AS held_debit_minor, unnest($35::bigint[]) AS held_credit_minor,
                   unnest($36::bigint[]) AS posting_count, unnest($37::int[]) AS month,
                   unnest($38::bigint[]) AS debit_minor, unnest($39::bigint[]) AS credit_minor
              FROM head) AS c
     CROSS JOIN LATERAL (SELECT x.ctid AS place FROM account_balance x
                          WHERE x.node_id = $1 AND x.account_id = c.account_id LIMIT 1) AS found
     WHERE b.ctid = found.place
    RETURNING 1
  ), new_event AS (
    INSERT INTO event (node_id, recorded_at, number, kind, first_entry, last_entry)
    SELECT node_id, $2, last_event, 'entries_recorded', $5, $6 FROM head
  )
  SELECT (SELECT count(*) FROM head), (SELECT count(*) FROM changed_balance)
)sql";

bool Recording::write_entries(Tx& tx, Keys keys) const {
  const EntryColumns& e = entries_;
  const PostingColumns& p = postings_;
  const BalanceColumns& b = balances_;
  const std::array<SqlValue, 8> values{
      before_.node, after_.last_recorded_at, before_.last_event,         bytes_of(before_.last_hash),
      first_,       after_.last_number,      bytes_of(after_.last_hash), keys == Keys::looked_up};
  const std::array columns{
      e.number.value(),      e.booked_on.value(),    e.document_on.value(),  e.posting_count.value(),
      e.recorded_by.value(), e.request_key.value(),  e.content_hash.value(), e.hash.value(),
      e.description.value(), e.reference.value(),    e.source.value(),       e.reverses.value(),
      e.hold.value(),        p.entry_number.value(), p.line.value(),         p.account.value(),
      p.amount.value(),      p.booked_on.value(),    p.about[0].value(),     p.about[1].value(),
      p.about[2].value(),    p.about[3].value(),     p.note.value(),         b.account.value(),
      b.balance.value(),     b.held_debit.value(),   b.held_credit.value(),  b.posting_count.value(),
      b.month.value(),       b.debit.value(),        b.credit.value()};
  const Rows answer = tx.run(record_entries_sql, values, columns);
  const Row row = only_row(answer);
  if (row.int64(0) == 0) return false;
  ensure(row.int64(1) == static_cast<std::int64_t>(touched_.size()),
         "every touched account has its balance updated");
  return true;
}

// Months that are not an account's newest and their years, days of busy accounts, holds that are used up:
// what most entries do not have.
constexpr const char* add_totals_sql = R"sql(
  -- totals.add
  WITH changed_total AS (
    INSERT INTO period_total AS t (node_id, account_id, month, debit_minor, credit_minor)
    SELECT $1, c.* FROM unnest($3::int[], $4::int[], $5::bigint[], $6::bigint[]) AS c
    ON CONFLICT (node_id, account_id, month) DO UPDATE
       SET debit_minor = t.debit_minor + excluded.debit_minor,
           credit_minor = t.credit_minor + excluded.credit_minor
  ), changed_year AS (
    INSERT INTO year_total AS t (node_id, account_id, year, debit_minor, credit_minor)
    SELECT $1, c.* FROM unnest($7::int[], $8::int[], $9::bigint[], $10::bigint[]) AS c
    ON CONFLICT (node_id, account_id, year) DO UPDATE
       SET debit_minor = t.debit_minor + excluded.debit_minor,
           credit_minor = t.credit_minor + excluded.credit_minor
  ), changed_day AS (
    INSERT INTO day_total AS t (node_id, account_id, booked_on, debit_minor, credit_minor)
    SELECT $1, c.* FROM unnest($11::int[], $12::date[], $13::bigint[], $14::bigint[]) AS c
    ON CONFLICT (node_id, account_id, booked_on) DO UPDATE
       SET debit_minor = t.debit_minor + excluded.debit_minor,
           credit_minor = t.credit_minor + excluded.credit_minor
  )
  INSERT INTO hold_end (node_id, ended_at, kind, hold_number, entry_number, ended_by)
  SELECT $1, $2, 'posted', n.* FROM unnest($15::bigint[], $16::bigint[], $17::int[]) AS n
)sql";

void Recording::write_totals(Tx& tx) const {
  if (totals_.empty() && days_.empty() && !ends_holds_) return;
  const TotalColumns t = totals_of(totals_);
  const TotalColumns y = totals_of(years_of(totals_));
  const TotalColumns d = totals_of(days_);
  rows(tx, add_totals_sql, before_.node, after_.last_recorded_at, t.account.value(), t.period.value(),
       t.debit.value(), t.credit.value(), y.account.value(), y.period.value(), y.debit.value(),
       y.credit.value(), d.account.value(), d.period.value(), d.debit.value(), d.credit.value(),
       ended_hold_.value(), ended_entry_.value(), ended_by_.value());
}

bool Recording::is_one_statement() const noexcept {
  return totals_.empty() && days_.empty() && !ends_holds_ && marked_.empty() && newly_by_day_.empty();
}

bool Recording::write(Tx& tx, Keys keys) const {
  if (!write_entries(tx, keys)) return false;
  write_totals(tx);
  mark_accounts(tx, before_.node, EntryNumber{after_.last_number}, marked_);
  start_day_totals(tx, before_.node, newly_by_day_);
  return true;
}

}  // namespace coop::books
