#include "reports/balances.hpp"

#include "ledger/database/snapshot_pieces.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reports {

namespace {

// Adds `sign` times the sums of `found` to the balance whose place stands behind them and all later ones;
// with `only`, to that one alone.
void add_sums(const Rows& found, int sign, std::optional<std::size_t> only, std::size_t count,
              BalancesByAccount& balances) {
  balances.reserve(static_cast<std::size_t>(found.size()));
  for (const Row row : found) {
    auto& balance = balances.try_emplace(row.id<AccountId>(0), count, 0).first->second;
    const std::int64_t sum = sign * sum_of(row, 1);
    const std::size_t first = only ? *only : static_cast<std::size_t>(row.integer(2));
    const std::size_t end = only ? first + 1 : count;
    for (std::size_t place = first; place < end; ++place) balance[place] = checked_add(balance[place], sum);
  }
}

// A question about balances, and how its sums are added: see add_sums.
struct Piece {
  std::function<Rows(Tx&)> read;
  int sign = 1;
  std::optional<std::size_t> only = std::nullopt;
};

// The sums of all pieces, and what else is read first. Where it is worth it, a second connection reads some.
BalancesByAccount read_pieces(Tx& tx, const std::vector<Piece>& pieces, const std::function<void(Tx&)>& also,
                              bool worth_two, std::size_t days) {
  std::vector<std::optional<Rows>> found(pieces.size());
  const PieceReading read = [&](Tx& reader, std::size_t place) {
    if (place == 0 && also) also(reader);
    else if (place > 0) found[place - 1] = pieces[place - 1].read(reader);
  };
  if (worth_two) read_in_pieces(tx, pieces.size() + 1, read);
  else
    for (std::size_t place = 0; place <= pieces.size(); ++place) read(tx, place);
  BalancesByAccount balances;
  for (std::size_t place = 0; place < pieces.size(); ++place)
    add_sums(*found[place], pieces[place].sign, pieces[place].only, days, balances);
  return balances;
}

// Accounts that one piece is about: by number, from one to another, and of a list where there is one.
struct Stretch {
  int first;
  int last;
  SqlValue listed;
};

constexpr const char* last_account_sql = R"sql(
  -- reports.last_account
  SELECT coalesce(max(id), 0) FROM account WHERE node_id = $1
)sql";

std::vector<Stretch> stretches_of_all(Tx& tx, NodeId node, int in_piece) {
  const Rows found = rows(tx, last_account_sql, node);
  const int last = found[0].integer(0);
  std::vector<Stretch> stretches;
  for (int first = 1; first <= last; first += in_piece)
    stretches.push_back({first, std::min(last, first + in_piece - 1), SqlValue{std::nullopt}});
  return stretches;
}

std::vector<Stretch> stretches_of(const std::vector<AccountId>& accounts, int in_piece) {
  const std::span<const AccountId> all{accounts};
  const auto most = static_cast<std::size_t>(in_piece);
  std::vector<Stretch> stretches;
  for (std::size_t first = 0; first < all.size(); first += most) {
    SqlArray listed;
    for (const AccountId account : all.subspan(first, std::min(most, all.size() - first)))
      listed.add(account);
    stretches.push_back({1, std::numeric_limits<int>::max(), listed.value()});
  }
  return stretches;
}

// The days after each day but the last.
SqlValue next_days_of(std::span<const Day> days) {
  SqlArray array;
  for (const Day day : days.first(days.size() - 1)) array.add(day.plus_days(1));
  return array.value();
}

constexpr const char* years_of_books_sql = R"sql(
  -- reports.years_of_books
  SELECT (SELECT min(year) FROM year_total WHERE node_id = $1),
         (SELECT max(year) FROM year_total WHERE node_id = $1)
)sql";

// How the months up to one are read: whole years before them, or the balance now without the years after
// them; and months of one year, added or taken off. Whichever is less to read, so at most six months.
struct MonthsRead {
  bool backwards;
  int year_sign, first_year, last_year;
  int month_sign, first_month, last_month;
};

MonthsRead months_read_of(int last_whole, int first_year_of_books, int last_year_of_books) {
  const int year = last_whole / 12;
  const bool adds_months = last_whole % 12 < 6;
  const int last_year = adds_months ? year - 1 : year;
  const bool backwards = last_year_of_books - last_year < last_year - first_year_of_books + 1;
  return MonthsRead{backwards,
                    backwards ? -1 : 1,
                    backwards ? last_year + 1 : first_year_of_books,
                    backwards ? last_year_of_books : last_year,
                    adds_months ? 1 : -1,
                    adds_months ? year * 12 : last_whole + 1,
                    adds_months ? last_whole : year * 12 + 11};
}

// The newest month of an account is in its balance row alone: in no year, and not in period_total.
constexpr const char* months_at_day_sql = R"sql(
  -- reports.months_at_day
  SELECT account_id, sum(minor)
    FROM (SELECT account_id, balance_minor AS minor
            FROM account_balance
           WHERE node_id = $1 AND $2::boolean
          UNION ALL
          SELECT account_id, newest_credit_minor - newest_debit_minor
            FROM account_balance
           WHERE node_id = $1 AND $2::boolean AND newest_month > $3
          UNION ALL
          SELECT account_id, newest_debit_minor - newest_credit_minor
            FROM account_balance
           WHERE node_id = $1 AND NOT $2::boolean AND newest_month <= $3
          UNION ALL
          SELECT account_id, $4::int * (debit_minor - credit_minor)
            FROM year_total
           WHERE node_id = $1 AND year BETWEEN $5 AND $6
          UNION ALL
          SELECT account_id, $7::int * (debit_minor - credit_minor)
            FROM period_total
           WHERE node_id = $1 AND month BETWEEN $8 AND $9) part
   WHERE $10::int[] IS NULL OR account_id = ANY ($10)
   GROUP BY account_id
)sql";

Rows months_at_day(Tx& tx, NodeId node, const AccountIds& accounts, int last_whole) {
  const Rows books = rows(tx, years_of_books_sql, node);
  const MonthsRead read = months_read_of(last_whole, static_cast<int>(books[0].maybe_int64(0).value_or(0)),
                                         static_cast<int>(books[0].maybe_int64(1).value_or(0)));
  return report_rows(tx, months_at_day_sql, node, read.backwards, last_whole, read.year_sign, read.first_year,
                     read.last_year, read.month_sign, read.first_month, read.last_month, sql_of(accounts));
}

// PostgreSQL cannot tell how many groups a union has, so it had two processes help with the months of ten
// thousand accounts: starting them and joining their sums took more of the processor than the sums do. Until
// the snapshot ends they are only asked for where they save more than that.
constexpr const char* helpers_cost_more_sql = R"sql(
  -- reports.helpers_cost_more
  SELECT set_config('parallel_setup_cost', '10000', true)
)sql";

void let_helpers_cost_more(Tx& tx) { rows(tx, helpers_cost_more_sql); }

// Month by month up to the last. $2: the first month that is no longer part of the first balance, the second
// …
constexpr const char* months_by_balance_sql = R"sql(
  -- reports.months_by_balance
  SELECT account_id, sum(debit_minor - credit_minor), width_bucket(month, $2::int[]) AS place
    FROM account_month
   WHERE node_id = $1 AND month <= $3 AND ($4::int[] IS NULL OR account_id = ANY ($4))
   GROUP BY account_id, place
)sql";

// Account by account: a sum of its own costs half of sorting the same postings into groups.
constexpr const char* part_of_month_sql = R"sql(
  -- reports.part_of_month
  SELECT b.account_id,
         coalesce(CASE WHEN b.has_day_totals
                       THEN (SELECT sum(d.debit_minor - d.credit_minor) FROM day_total d
                              WHERE d.node_id = b.node_id AND d.account_id = b.account_id
                                AND d.booked_on BETWEEN $2 AND $3)
                       ELSE (SELECT sum(p.amount_minor) FROM posting p
                              WHERE p.node_id = b.node_id AND p.account_id = b.account_id
                                AND p.booked_on BETWEEN $2 AND $3) END, 0)
    FROM account_balance b
   WHERE b.node_id = $1 AND b.account_id BETWEEN $4 AND $5
     AND ($6::int[] IS NULL OR b.account_id = ANY ($6))
)sql";

Rows part_of_month(Tx& tx, NodeId node, const Stretch& accounts, const MonthSplit& split) {
  return report_rows(tx, part_of_month_sql, node, *split.first, *split.last, accounts.first, accounts.last,
                     accounts.listed);
}

Rows months_at_days(Tx& tx, NodeId node, const AccountIds& accounts, std::span<const Day> days) {
  SqlArray next_months;
  for (const Day day : days.first(days.size() - 1)) next_months.add(month_split_of(day).last_month + 1);
  return report_rows(tx, months_by_balance_sql, node, next_months.value(),
                     month_split_of(days.back()).last_month, sql_of(accounts));
}

// $2: the first day that is no longer part of the first balance, the second … For one balance the place is
// plainly 0, so that PostgreSQL knows how few groups there are. Entries above $4 and up to $5.
constexpr const char* postings_by_balance_sql = R"sql(
  -- reports.postings_by_balance
  SELECT account_id, sum(amount_minor),
         CASE WHEN $2::date[] = '{}' THEN 0 ELSE width_bucket(booked_on, $2::date[]) END AS place
    FROM posting
   WHERE node_id = $1 AND booked_on <= $3 AND entry_number > $4::bigint AND entry_number <= $5::bigint
     AND ($6::int[] IS NULL OR account_id = ANY ($6))
   GROUP BY account_id, place
)sql";

Rows postings_by_balance(Tx& tx, NodeId node, const AccountIds& accounts, std::span<const Day> days,
                         std::int64_t above, std::int64_t up_to) {
  return report_rows(tx, postings_by_balance_sql, node, next_days_of(days), days.back(), above, up_to,
                     sql_of(accounts));
}

constexpr const char* postings_about_by_balance_sql = R"sql(
  -- reports.postings_about_by_balance
  SELECT account_id, sum(amount_minor),
         CASE WHEN $2::date[] = '{}' THEN 0 ELSE width_bucket(booked_on, $2::date[]) END AS place
    FROM posting
   WHERE node_id = $1 AND booked_on <= $3 AND ($4::bigint IS NULL OR entry_number <= $4::bigint)
     AND ($5::int[] IS NULL OR account_id = ANY ($5))
     AND ($6::int IS NULL OR fund_id = $6) AND ($7::int IS NULL OR member_id = $7)
     AND ($8::int IS NULL OR cost_object_id = $8) AND ($9::int IS NULL OR tax_code_id = $9)
   GROUP BY account_id, place
)sql";

Rows postings_about_by_balance(Tx& tx, NodeId node, const AccountIds& accounts, const About& about,
                               std::span<const Day> days, std::optional<EntryNumber> last) {
  const auto& ids = about.ids;
  return report_rows(tx, postings_about_by_balance_sql, node, next_days_of(days), days.back(), last,
                     sql_of(accounts), ids[0], ids[1], ids[2], ids[3]);
}

// The months first: they are the longest piece. Then, day by day, the parts of months, account by account.
std::vector<Piece> pieces_of_totals(NodeId node, const AccountIds& accounts, std::span<const Day> days,
                                    const std::vector<Stretch>& stretches) {
  const auto only = days.size() > 1 ? std::nullopt : std::optional<std::size_t>{0};
  std::vector<Piece> pieces;
  pieces.push_back({[=, &accounts](Tx& tx) {
                      if (!accounts) let_helpers_cost_more(tx);
                      if (!only) return months_at_days(tx, node, accounts, days);
                      return months_at_day(tx, node, accounts, month_split_of(days.front()).last_month);
                    },
                    1, only});
  for (std::size_t place = 0; place < days.size(); ++place) {
    const MonthSplit split = month_split_of(days[place]);
    if (!split.first) continue;
    for (const Stretch& stretch : stretches) {
      pieces.push_back(
          {[=, &stretch](Tx& tx) { return part_of_month(tx, node, stretch, split); }, split.sign, place});
    }
  }
  return pieces;
}

}  // namespace

SqlValue sql_of(const AccountIds& accounts) {
  if (!accounts) return SqlValue{std::nullopt};
  SqlArray array;
  for (const AccountId account : *accounts) array.add(account);
  return array.value();
}

bool About::all() const {
  return std::none_of(ids.begin(), ids.end(), [](const auto& id) { return id.has_value(); });
}

BalancesByAccount read_balances(Tx& tx, NodeId node, const AccountIds& accounts, const About& about,
                                std::span<const Day> days, std::optional<EntryNumber> last,
                                const InPieces& in_pieces) {
  ensure(!days.empty() && std::adjacent_find(days.begin(), days.end(), std::greater_equal<>{}) == days.end(),
         "balances are read at days that ascend");
  const auto of_one = [&](const Rows& found) {
    if (in_pieces.also) in_pieces.also(tx);
    BalancesByAccount balances;
    add_sums(found, 1, std::nullopt, days.size(), balances);
    return balances;
  };
  if (!about.all()) return of_one(postings_about_by_balance(tx, node, accounts, about, days, last));
  const std::int64_t recorded = last ? read_last_recorded(tx, node).number() : 0;
  if (last && last->number() <= recorded / 2)
    return of_one(postings_by_balance(tx, node, accounts, days, 0, last->number()));
  const std::vector<Stretch> stretches =
      accounts ? stretches_of(*accounts, in_pieces.accounts) : stretches_of_all(tx, node, in_pieces.accounts);
  std::vector<Piece> pieces = pieces_of_totals(node, accounts, days, stretches);
  if (last) {
    pieces.push_back({[&](Tx& reader) {
                        return postings_by_balance(reader, node, accounts, days, last->number(), recorded);
                      },
                      -1});
  }
  return read_pieces(tx, pieces, in_pieces.also, stretches.size() > 1, days.size());
}

}  // namespace coop::reports
