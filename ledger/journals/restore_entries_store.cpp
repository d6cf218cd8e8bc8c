#include "ledger/journals/restore_store.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

struct PostingColumns {
  SqlArray number, line, account, amount, booked_on, note;
  std::array<SqlArray, 4> about;
};

std::optional<std::string_view> present(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<UserId> user_of(const std::optional<std::string>& name, const RestoredIds& ids) {
  if (!name) return std::nullopt;
  return ids.users.at(*name);
}

void add_posting(PostingColumns& columns, std::int64_t number, const books::Posting& posting,
                 const NativeChecks& checks) {
  columns.number.add(number);
  columns.line.add(posting.line);
  columns.account.add(checks.account_id(posting.account, posting.unit));
  columns.amount.add(posting.amount_minor);
  columns.note.add_sparse(present(posting.note));
  for (const books::DimensionKind kind : books::dimension_kinds) {
    const auto place = static_cast<std::size_t>(kind);
    std::optional<std::int64_t> id;
    if (posting.about[place]) id = checks.dimension_id(kind, *posting.about[place]);
    columns.about[place].add_sparse(id);
  }
}

int month_of(Day day) {
  const auto ymd = day.ymd();
  return static_cast<int>(ymd.year()) * 12 + static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
}

struct TotalColumns {
  SqlArray account, month, debit, credit;
};

TotalColumns totals_of(const std::vector<NativeEntry>& entries, const NativeChecks& checks) {
  std::map<std::pair<int, int>, std::pair<std::int64_t, std::int64_t>> totals;
  for (const NativeEntry& native : entries) {
    const int month = month_of(native.entry.booked_on);
    for (const books::Posting& posting : native.entry.postings) {
      auto& [debit, credit] = totals[{checks.account_id(posting.account, posting.unit), month}];
      std::int64_t& side = posting.amount_minor > 0 ? debit : credit;
      side = checked_add(side, posting.amount_minor > 0 ? posting.amount_minor : -posting.amount_minor);
    }
  }
  TotalColumns columns;
  for (const auto& [key, turnover] : totals) {
    columns.account.add(key.first);
    columns.month.add(key.second);
    columns.debit.add(turnover.first);
    columns.credit.add(turnover.second);
  }
  return columns;
}

struct EntryColumns {
  SqlArray number, recorded_at, booked_on, recorded_by, document_on, posting_count, request_key, content_hash,
      hash, description, reference, source, reverses, hold;
};

void add_entry(EntryColumns& columns, const NativeEntry& native, const RestoredIds& ids) {
  const books::Entry& entry = native.entry;
  columns.number.add(entry.number);
  columns.recorded_at.add(entry.recorded_at);
  columns.booked_on.add(entry.booked_on);
  columns.recorded_by.add_sparse(user_of(entry.recorded_by, ids));
  columns.document_on.add_sparse(entry.document_on);
  columns.posting_count.add(static_cast<int>(entry.postings.size()));
  columns.request_key.add_bare(native.request_key);
  columns.content_hash.add_bare(native.content_hash);
  columns.hash.add(Bytes{{reinterpret_cast<const char*>(entry.hash.data()), entry.hash.size()}});
  columns.description.add(std::string_view{entry.description});
  columns.reference.add_sparse(present(entry.reference));
  columns.source.add_sparse(present(entry.source));
  columns.reverses.add_sparse(entry.reverses);
  columns.hold.add_sparse(entry.hold);
}

// One statement, so that the schema's checks see entries and postings together.
constexpr const char* insert_restored_entries_sql = R"sql(
  -- journals.restore_entries
  WITH new_entry AS (
    INSERT INTO entry (node_id, number, recorded_at, booked_on, recorded_by, document_on, posting_count,
                       request_key, content_hash, hash, description, reference, source, reverses, hold_number)
    SELECT $1, n.*
      FROM unnest($2::int[], $3::timestamptz[], $4::date[], $5::int[], $6::date[], $7::smallint[],
        $8::uuid[],
                  $9::uuid[], $10::bytea[], $11::text[], $12::text[], $13::text[], $14::int[],
                    $15::bigint[]) AS n
  ), new_posting AS (
    INSERT INTO posting (node_id, entry_number, line, account_id, amount_minor, booked_on,
                         fund_id, member_id, cost_object_id, tax_code_id, note)
    SELECT $1, n.*
      FROM unnest($16::int[], $17::smallint[], $18::int[], $19::bigint[], $20::date[],
                  $21::int[], $22::int[], $23::int[], $24::int[], $25::text[]) AS n
  )
  INSERT INTO period_total AS t (node_id, account_id, month, debit_minor, credit_minor)
  SELECT $1, c.* FROM unnest($26::int[], $27::int[], $28::bigint[], $29::bigint[]) AS c
  ON CONFLICT (node_id, account_id, month) DO UPDATE
     SET debit_minor = t.debit_minor + excluded.debit_minor,
       credit_minor = t.credit_minor + excluded.credit_minor
)sql";

}  // namespace

void insert_restored(Tx& tx, NodeId node, const std::vector<NativeEntry>& entries, const NativeChecks& checks,
                     const RestoredIds& ids) {
  EntryColumns e;
  PostingColumns p;
  for (const NativeEntry& native : entries) {
    add_entry(e, native, ids);
    for (const books::Posting& posting : native.entry.postings) {
      add_posting(p, native.entry.number.number(), posting, checks);
      p.booked_on.add(native.entry.booked_on);
    }
  }
  const TotalColumns t = totals_of(entries, checks);
  rows(tx, insert_restored_entries_sql, node, e.number.value(), e.recorded_at.value(), e.booked_on.value(),
       e.recorded_by.value(), e.document_on.value(), e.posting_count.value(), e.request_key.value(),
       e.content_hash.value(), e.hash.value(), e.description.value(), e.reference.value(), e.source.value(),
       e.reverses.value(), e.hold.value(), p.number.value(), p.line.value(), p.account.value(),
       p.amount.value(), p.booked_on.value(), p.about[0].value(), p.about[1].value(), p.about[2].value(),
       p.about[3].value(), p.note.value(), t.account.value(), t.month.value(), t.debit.value(),
       t.credit.value());
}

namespace {

constexpr const char* insert_restored_holds_sql = R"sql(
  -- journals.restore_holds
  WITH new_hold AS (
    INSERT INTO hold (node_id, number, made_at, made_by, expires_at, posting_count, description, reference,
                      request_key, content_hash)
    SELECT $1, n.*
      FROM unnest($2::int[], $3::timestamptz[], $4::int[], $5::timestamptz[], $6::smallint[], $7::text[],
                  $8::text[], $9::uuid[], $10::uuid[]) AS n
  )
  INSERT INTO hold_posting (node_id, hold_number, line, account_id, amount_minor,
                            fund_id, member_id, cost_object_id, tax_code_id, note)
  SELECT $1, n.*
    FROM unnest($11::bigint[], $12::smallint[], $13::int[], $14::bigint[],
                $15::int[], $16::int[], $17::int[], $18::int[], $19::text[]) AS n
)sql";

struct HoldColumns {
  SqlArray number, made_at, made_by, expires_at, posting_count, description, reference, request_key,
      content_hash;
};

void add_hold(HoldColumns& columns, const NativeHold& hold, const RestoredIds& ids) {
  columns.number.add(hold.number);
  columns.made_at.add(hold.made_at);
  columns.made_by.add_sparse(user_of(hold.made_by, ids));
  columns.expires_at.add_sparse(hold.expires_at);
  columns.posting_count.add(static_cast<int>(hold.postings.size()));
  columns.description.add(std::string_view{hold.description});
  columns.reference.add_sparse(present(hold.reference));
  columns.request_key.add_bare(hold.request_key);
  columns.content_hash.add_bare(hold.content_hash);
}

}  // namespace

void insert_restored(Tx& tx, NodeId node, const std::vector<NativeHold>& holds, const NativeChecks& checks,
                     const RestoredIds& ids) {
  HoldColumns h;
  PostingColumns p;
  for (const NativeHold& hold : holds) {
    add_hold(h, hold, ids);
    for (const books::Posting& posting : hold.postings) add_posting(p, hold.number, posting, checks);
  }
  rows(tx, insert_restored_holds_sql, node, h.number.value(), h.made_at.value(), h.made_by.value(),
       h.expires_at.value(), h.posting_count.value(), h.description.value(), h.reference.value(),
       h.request_key.value(), h.content_hash.value(), p.number.value(), p.line.value(), p.account.value(),
       p.amount.value(), p.about[0].value(), p.about[1].value(), p.about[2].value(), p.about[3].value(),
       p.note.value());
}

}  // namespace coop::journals
