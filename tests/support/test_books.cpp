#include "tests/support/test_books.hpp"

#include <atomic>
#include <sstream>

namespace coop::test {

using namespace books;

namespace {

/// Statements that return one text a fault.
constexpr std::array<const char*, 9> fault_statements{
    R"sql(
      SELECT format('account %s of node %s has balance %s, its postings sum to %s (%s of %s postings)',
             b.account_id,
                    b.node_id, b.balance_minor, p.total, b.posting_count, p.n)
        FROM account_balance b
       CROSS JOIN LATERAL (SELECT coalesce(sum(amount_minor), 0) AS total, count(*) AS n FROM posting
                            WHERE node_id = b.node_id AND account_id = b.account_id) p
       WHERE b.balance_minor <> p.total OR b.posting_count <> p.n)sql",
    R"sql(
      SELECT format('account %s of node %s holds %s/%s, its open holds reserve %s/%s', b.account_id,
             b.node_id,
                    b.held_debit_minor, b.held_credit_minor, r.debit, r.credit)
        FROM account_balance b
       CROSS JOIN LATERAL (SELECT coalesce(sum(greatest(amount_minor, 0)), 0) AS debit,
                                  coalesce(-sum(least(amount_minor, 0)), 0) AS credit
                             FROM hold_posting p
                            WHERE p.node_id = b.node_id AND p.account_id = b.account_id
                              AND NOT EXISTS (SELECT FROM hold_end e WHERE e.node_id = p.node_id
                                                 AND e.hold_number = p.hold_number)) r
       WHERE b.held_debit_minor <> r.debit OR b.held_credit_minor <> r.credit)sql",
    R"sql(
      SELECT format('account_month and the postings differ: %s', d) FROM (
        (SELECT node_id, account_id, month, debit_minor::numeric, credit_minor::numeric FROM account_month
         EXCEPT
         SELECT node_id, account_id, (extract(year FROM booked_on) * 12 + extract(month
                FROM booked_on) - 1)::int,
                sum(greatest(amount_minor, 0)), -sum(least(amount_minor, 0)) FROM posting GROUP BY 1, 2, 3)
        UNION ALL
        (SELECT node_id, account_id, (extract(year FROM booked_on) * 12 + extract(month
          FROM booked_on) - 1)::int,
                sum(greatest(amount_minor, 0)), -sum(least(amount_minor, 0)) FROM posting GROUP BY 1, 2, 3
         EXCEPT
         SELECT node_id, account_id, month, debit_minor::numeric, credit_minor::numeric
                FROM account_month)) d)sql",
    R"sql(
      SELECT format('year_total and period_total differ: %s, %s', y, p)
        FROM (SELECT node_id, account_id, year, debit_minor::numeric, credit_minor::numeric FROM year_total) y
        FULL JOIN (SELECT node_id, account_id, month / 12 AS year, sum(debit_minor) AS debit_minor,
                          sum(credit_minor) AS credit_minor
                     FROM period_total GROUP BY 1, 2, 3) p
       USING (node_id, account_id, year, debit_minor, credit_minor)
       WHERE y IS NULL OR p IS NULL)sql",
    R"sql(
      SELECT format('node %s: head says %s entries, %s holds, %s events; there are %s, %s, %s', h.node_id,
             h.last_number,
                    h.last_hold, h.last_event, e.n, o.n, v.n)
        FROM book_head h
       CROSS JOIN LATERAL (SELECT count(*) AS n, coalesce(max(number), 0) AS last FROM entry
         WHERE node_id = h.node_id) e
       CROSS JOIN LATERAL (SELECT count(*) AS n, coalesce(max(number), 0) AS last FROM hold
         WHERE node_id = h.node_id) o
       CROSS JOIN LATERAL (SELECT count(*) AS n, coalesce(max(number), 0) AS last FROM event
         WHERE node_id = h.node_id) v
       WHERE (h.last_number, h.last_number) <> (e.n, e.last) OR (h.last_hold, h.last_hold) <> (o.n, o.last)
          OR (h.last_event, h.last_event) <> (v.n, v.last))sql",
    R"sql(
      SELECT format('node %s: the head says closed through %s, the locks say %s', h.node_id, h.locked_through,
                    locked_through(h.node_id))
        FROM book_head h WHERE h.locked_through IS DISTINCT FROM locked_through(h.node_id))sql",
    R"sql(
      SELECT format('entry %s of node %s is told by %s events', e.number, e.node_id, count(v.number))
        FROM entry e
        LEFT JOIN event v ON v.node_id = e.node_id AND e.number BETWEEN v.first_entry AND v.last_entry
       GROUP BY e.node_id, e.number HAVING count(v.number) <> 1)sql",
    R"sql(
      SELECT format('entry %s of node %s was recorded before entry %s', e.number, e.node_id, e.number - 1)
        FROM entry e JOIN entry b ON b.node_id = e.node_id AND b.number = e.number - 1
       WHERE e.recorded_at < b.recorded_at)sql",
    R"sql(
      SELECT format('hold %s of node %s is overdue before the head''s next expiry', o.number, o.node_id)
        FROM hold o JOIN book_head h ON h.node_id = o.node_id
       WHERE NOT EXISTS (SELECT FROM hold_end e WHERE e.node_id = o.node_id AND e.hold_number = o.number)
         AND o.expires_at < coalesce(h.next_hold_expiry, 'infinity'))sql"};

AccountType type_of_path(std::string_view path) {
  if (path.starts_with("assets")) return AccountType::asset;
  if (path.starts_with("liabilities")) return AccountType::liability;
  if (path.starts_with("equity")) return AccountType::equity;
  if (path.starts_with("income")) return AccountType::income;
  return AccountType::expense;
}

Fingerprint fresh_key() {
  static std::atomic<int> made{0};
  return request_key_of(std::nullopt, "test " + std::to_string(++made));
}

}  // namespace

std::string code_of(const Outcome& outcome) {
  const auto* refused = std::get_if<Refused>(&outcome);
  return refused == nullptr ? "" : std::string{text_of(refused->refusal()).code};
}

std::vector<std::string> codes_of(const std::vector<Outcome>& outcomes) {
  std::vector<std::string> codes;
  for (const Outcome& outcome : outcomes) codes.push_back(code_of(outcome));
  return codes;
}

// In one statement: each needs a connection, and every test asks.
std::vector<std::string> derived_faults(const FreshDatabase& database) {
  std::string first_of_each;
  for (const char* statement : fault_statements) {
    first_of_each += first_of_each.empty() ? "" : " UNION ALL ";
    first_of_each += "SELECT min(f) FROM (" + std::string{statement} + ") AS faults (f)";
  }
  std::istringstream lines{database.superuser_value("SELECT string_agg(f, E'\\n') FROM (" + first_of_each +
                                                    ") AS first_of_each (f)")};
  std::vector<std::string> faults;
  for (std::string fault; std::getline(lines, fault);) faults.push_back(fault);
  return faults;
}

BooksTest::BooksTest(Durability durability) : DatabaseTest{durability} {
  db().in_tx([&](Tx& tx) {
    for (const auto& [code, scale, origin] :
         {std::tuple{"EUR", 2, UnitOrigin::currency}, std::tuple{"GBP", 2, UnitOrigin::currency},
          std::tuple{"JPY", 0, UnitOrigin::currency}, std::tuple{"HOUR", 2, UnitOrigin::hours}}) {
      const auto known = find_unit(tx, code);
      units_.emplace(code, known ? *known : insert_unit(tx, code, code, scale, origin));
    }
  });
  use_node("bcn");
}

void BooksTest::TearDown() {
  for (const std::string& fault : derived_faults(fresh())) ADD_FAILURE() << fault;
  DatabaseTest::TearDown();
}

NodeId BooksTest::use_node(const std::string& name, const std::string& base_unit) {
  node_ = db().in_tx([&](Tx& tx) {
    return make_node(tx, NodeDraft{name, "Node " + name, base_unit, "ES", "Europe/Madrid"}, author()).id;
  });
  return *node_;
}

Money BooksTest::money(std::string_view text) const {
  const auto blank = text.find(' ');
  const Unit& unit = units_.find(blank == std::string_view::npos ? "EUR" : text.substr(blank + 1))->second;
  return Money::of_minor(minor_from_text(text.substr(0, blank), unit.scale), unit.id);
}

Account BooksTest::open(const std::string& path, const std::string& unit,
                        const std::optional<std::string>& lower, const std::optional<std::string>& upper) {
  Limits limits;
  if (lower) limits.lower = money(*lower + " " + unit).minor();
  if (upper) limits.upper = money(*upper + " " + unit).minor();
  return db().in_tx([&](Tx& tx) {
    return open_account(tx, node(),
                        {path, unit, type_of_path(path), "", {}, limits, Day::parse("2020-01-01")}, author());
  });
}

void BooksTest::add(DimensionKind kind, const std::vector<std::string>& codes) {
  std::vector<Dimension> dimensions;
  for (const std::string& code : codes) dimensions.push_back({DimensionId{0}, kind, code, code});
  db().in_tx([&](Tx& tx) { add_dimensions(tx, node(), dimensions, author()); });
}

std::vector<DraftPosting> BooksTest::postings(const std::vector<Line>& lines) const {
  std::vector<DraftPosting> postings;
  for (const Line& line : lines) {
    postings.push_back({line.account, money(line.amount), line.about, line.note});
  }
  return postings;
}

Draft BooksTest::draft(std::string_view day, const std::vector<Line>& lines) const {
  return Draft{fresh_key(), std::nullopt, Day::parse(day), LateEntry::refuse, "As agreed",
               "",          "",           std::nullopt,    std::nullopt,      postings(lines)};
}

HoldDraft BooksTest::hold_draft(const std::vector<Line>& lines, std::optional<Instant> expires_at) const {
  return HoldDraft{fresh_key(), std::nullopt, expires_at, "Reserved", "", postings(lines)};
}

std::vector<Outcome> BooksTest::post(const std::vector<Draft>& drafts, Together together) {
  return db().in_tx([&](Tx& tx) { return books::post(tx, node(), drafts, together, now); });
}

Recorded BooksTest::record(const Draft& draft) { return recorded_or_throw(post({draft}).front()); }

HoldNumber BooksTest::reserve(const std::vector<Line>& lines, std::optional<Instant> expires_at) {
  return db().in_tx(
      [&](Tx& tx) { return make_hold(tx, node(), hold_draft(lines, expires_at), author()).number; });
}

std::string BooksTest::balance(const std::string& path, const std::string& unit) {
  const Account account = db().in_tx([&](Tx& tx) { return require_account(tx, node(), path, unit); });
  const std::string minor = superuser_value(
      "SELECT balance_minor FROM account_balance WHERE node_id = " + std::to_string(node().number()) +
      " AND account_id = " + std::to_string(account.id.number()));
  return text_from_minor(std::stoll(minor), units_.find(unit)->second.scale);
}

std::string BooksTest::held(const std::string& path, const std::string& unit) {
  const Account account = db().in_tx([&](Tx& tx) { return require_account(tx, node(), path, unit); });
  const std::string where = " FROM account_balance WHERE node_id = " + std::to_string(node().number()) +
                            " AND account_id = " + std::to_string(account.id.number());
  const int scale = units_.find(unit)->second.scale;
  return text_from_minor(std::stoll(superuser_value("SELECT held_debit_minor" + where)), scale) + "/" +
         text_from_minor(std::stoll(superuser_value("SELECT held_credit_minor" + where)), scale);
}

std::int64_t BooksTest::count(const std::string& table) const {
  return std::stoll(superuser_value("SELECT count(*) FROM " + table +
                                    " WHERE node_id = " + std::to_string(node().number())));
}

}  // namespace coop::test
