#include "reports/statement.hpp"

#include "ledger/values/cursor.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/joined_sql.hpp"

namespace coop::reports {

namespace {

// The page's postings come from the account's index alone, in its order; only they are looked up in full.
// $3, $4: the days. $5: the last entry that counts. $6 to $8: the place where the page begins. $10 to $13:
// what the postings are about.
constexpr std::string_view page = R"part(
  -- reports.statement
  SELECT p.booked_on, p.entry_number, p.line, e.recorded_at, e.description, e.reference, p.note,
         CASE WHEN e.posting_count <= 10 THEN
           (SELECT string_agg(DISTINCT a.path, ', ' ORDER BY a.path)
              FROM posting o JOIN account a ON a.node_id = o.node_id AND a.id = o.account_id
             WHERE o.node_id = $1 AND o.entry_number = p.entry_number AND o.account_id <> $2) END,
         (SELECT d.code FROM dimension d WHERE d.node_id = $1 AND d.id = p.fund_id),
         (SELECT d.code FROM dimension d WHERE d.node_id = $1 AND d.id = p.member_id),
         (SELECT d.code FROM dimension d WHERE d.node_id = $1 AND d.id = p.cost_object_id),
         (SELECT d.code FROM dimension d WHERE d.node_id = $1 AND d.id = p.tax_code_id),
         e.reverses,
         (SELECT r.number FROM entry r
           WHERE r.node_id = $1 AND r.reverses = e.number AND r.number <= $5::bigint),
         p.amount_minor
)part";

constexpr std::string_view lines_oldest_first = R"part(
    FROM (SELECT booked_on, entry_number, line, amount_minor, note,
                 fund_id, member_id, cost_object_id, tax_code_id
            FROM posting
           WHERE node_id = $1 AND account_id = $2
             AND booked_on >= $3 AND booked_on <= $4 AND entry_number <= $5::bigint
             AND (booked_on, entry_number) >= ($6, $7::bigint)
             AND (booked_on, entry_number, line) > ($6, $7::bigint, $8)
             AND ($10::int IS NULL OR fund_id = $10) AND ($11::int IS NULL OR member_id = $11)
             AND ($12::int IS NULL OR cost_object_id = $12) AND ($13::int IS NULL OR tax_code_id = $13)
           ORDER BY booked_on, entry_number, line
           LIMIT $9) p
    JOIN entry e ON e.node_id = $1 AND e.number = p.entry_number
   ORDER BY p.booked_on, p.entry_number, p.line
)part";

constexpr std::string_view lines_newest_first = R"part(
    FROM (SELECT booked_on, entry_number, line, amount_minor, note,
                 fund_id, member_id, cost_object_id, tax_code_id
            FROM posting
           WHERE node_id = $1 AND account_id = $2
             AND booked_on >= $3 AND booked_on <= $4 AND entry_number <= $5::bigint
             AND (booked_on, entry_number) <= ($6, $7::bigint)
             AND (booked_on, entry_number, line) < ($6, $7::bigint, $8)
             AND ($10::int IS NULL OR fund_id = $10) AND ($11::int IS NULL OR member_id = $11)
             AND ($12::int IS NULL OR cost_object_id = $12) AND ($13::int IS NULL OR tax_code_id = $13)
           ORDER BY booked_on DESC, entry_number DESC, line DESC
           LIMIT $9) p
    JOIN entry e ON e.node_id = $1 AND e.number = p.entry_number
   ORDER BY p.booked_on DESC, p.entry_number DESC, p.line DESC
)part";

// Where a page begins: the place next to its first line, and the balance there.
struct Place {
  std::int64_t last;
  std::int64_t balance_minor;
  Day day;
  std::int64_t entry;
  std::int64_t line;
};

std::string query_text(NodeId node, const ReportAccount& account, const StatementQuery& query) {
  std::string text =
      "statement of " + std::to_string(node.number()) + " " + std::to_string(account.id.number());
  text += query.newest_first ? " newest first" : " oldest first";
  if (query.from_on) text += " from " + query.from_on->text();
  if (query.to_on) text += " to " + query.to_on->text();
  if (query.known_at) text += " known at " + coop::text_of(*query.known_at);
  for (const auto& code : query.about) text += "\n" + code.value_or("");
  return text;
}

// What a statement is about, found in the books.
struct Subject {
  NodeId node;
  ReportAccount account;
  About about;
};

// The balance of the postings that the statement is about. All of them have totals; some are added up.
std::int64_t balance_at(Tx& tx, const Subject& subject, const Extent& extent) {
  if (subject.about.all()) return read_turnover(tx, subject.node, subject.account.id, extent).balance_minor();
  const std::array<Day, 1> day{extent.through.value_or(end_of_days())};
  const AccountIds only{{subject.account.id}};
  const auto balances = read_balances(tx, subject.node, only, subject.about, day, extent.last);
  const auto found = balances.find(subject.account.id);
  return found == balances.end() ? 0 : found->second.front();
}

Place first_place(Tx& tx, const Subject& subject, const StatementQuery& query, Day from, Day to) {
  constexpr std::int64_t beyond_entries = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t beyond_lines = std::numeric_limits<std::int16_t>::max();
  const auto known = read_last_known(tx, subject.node, query.known_at);
  const EntryNumber last = known.value_or(read_last_recorded(tx, subject.node));
  // Without a viewpoint in the past everything recorded counts, which needs no marks.
  if (query.newest_first)
    return Place{last.number(), balance_at(tx, subject, {query.to_on, known}), to, beyond_entries,
                 beyond_lines};
  Place place{last.number(), 0, from, 0, 0};
  if (query.from_on && *query.from_on > first_of_days())
    place.balance_minor = balance_at(tx, subject, {query.from_on->plus_days(-1), known});
  return place;
}

Place place_of(Tx& tx, const Subject& subject, const StatementQuery& query, Day from, Day to) {
  if (!query.cursor) return first_place(tx, subject, query, from, to);
  OpenedCursor opened{query_text(subject.node, subject.account, query), *query.cursor};
  const std::int64_t last = opened.number();
  const std::int64_t balance_minor = opened.number();
  const Day day = opened.day();
  const std::int64_t entry = opened.number();
  return Place{last, balance_minor, day, entry, opened.number()};
}

std::optional<EntryNumber> maybe_entry(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.id<EntryNumber>(column);
}

StatementLine line_from(const Row& row) {
  return StatementLine{
      .booked_on = row.day(0),
      .entry = row.id<EntryNumber>(1),
      .line = row.integer(2),
      .recorded_at = row.instant(3),
      .description = row.string(4),
      .reference = row.string(5),
      .note = row.string(6),
      .counterpart = row.string(7),
      .about = {row.maybe_string(8), row.maybe_string(9), row.maybe_string(10), row.maybe_string(11)},
      .reverses = maybe_entry(row, 12),
      .reversed_by = maybe_entry(row, 13),
      .amount_minor = row.int64(14),
      .balance_minor = 0};
}

// Gives the lines their balances, going on from `balance`, and returns the balance beyond the last of them.
std::int64_t run_balance(std::vector<StatementLine>& lines, std::int64_t balance, bool newest_first) {
  for (StatementLine& line : lines) {
    if (newest_first) line.balance_minor = balance;
    balance = checked_add(balance, newest_first ? -line.amount_minor : line.amount_minor);
    if (!newest_first) line.balance_minor = balance;
  }
  return balance;
}

}  // namespace

Statement read_statement(Tx& tx, NodeId node, const StatementQuery& query) {
  require_page_size(query.limit);
  const Subject subject{node, read_report_account(tx, node, query.account, query.unit),
                        read_about(tx, node, query.about)};
  const ReportAccount& account = subject.account;
  const auto& about = subject.about.ids;
  const Day from = query.from_on.value_or(first_of_days());
  const Day to = query.to_on.value_or(end_of_days());
  if (to < from) throw Refused{Refusal::day_malformed, "the statement's last day is before its first", "/to"};
  const Place place = place_of(tx, subject, query, from, to);
  const char* sql = query.newest_first ? JoinedSql<page, lines_newest_first>::text
                                       : JoinedSql<page, lines_oldest_first>::text;
  const Rows found = report_rows(tx, sql, node, account.id, from, to, place.last, place.day, place.entry,
                                 place.line, query.limit + 1, about[0], about[1], about[2], about[3]);
  Statement statement{read_report_node(tx, node), account, query, 0, {}, 0, std::nullopt};
  for (int i = 0; i < std::min(found.size(), query.limit); ++i)
    statement.lines.push_back(line_from(found[i]));
  const std::int64_t beyond = run_balance(statement.lines, place.balance_minor, query.newest_first);
  statement.opening_minor = query.newest_first ? beyond : place.balance_minor;
  statement.closing_minor = query.newest_first ? place.balance_minor : beyond;
  if (found.size() > query.limit) {
    const StatementLine& last = statement.lines.back();
    statement.next = Cursor{query_text(node, account, query)}
                         .add(place.last)
                         .add(beyond)
                         .add(last.booked_on)
                         .add(last.entry.number())
                         .add(std::int64_t{last.line})
                         .text();
  }
  return statement;
}

}  // namespace coop::reports
