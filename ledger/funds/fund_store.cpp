#include "ledger/funds/fund_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::funds {

constexpr const char* find_fund_dimension_sql = R"sql(
  -- funds.find_dimension
  SELECT d.id, d.code, d.name FROM dimension d WHERE d.node_id = $1 AND d.kind = $2 AND d.code = $3
)sql";

std::optional<books::Dimension> find_dimension(Tx& tx, NodeId node, books::DimensionKind kind,
                                               const std::string& code) {
  const Rows found = rows(tx, find_fund_dimension_sql, node, books::text_of(kind), code);
  if (found.empty()) return std::nullopt;
  return books::Dimension{found[0].id<DimensionId>(0), kind, found[0].string(1), found[0].string(2)};
}

namespace {

constexpr const char* read_fund_buffers_sql = R"sql(
  -- funds.read_buffers
  SELECT b.measure, coalesce(b.amount_minor, 0), b.flow, b.whose, coalesce(b.account, ''), b.over_months,
         b.keep_months, b.share_millionths
    FROM fund_buffer b
   WHERE b.node_id = $1 AND b.fund_id = $2 AND b.term = $3
   ORDER BY b.line
)sql";

FundBuffer buffer_from(const Row& row) {
  FundBuffer buffer{row.string(0), row.int64(1)};
  if (row.is_null(2)) return buffer;
  buffer.rule = BufferRule{.flow = buffer_flow_from(row.text(2)),
                           .whose = buffer_scope_from(row.text(3)),
                           .account = row.string(4),
                           .over_months = row.integer(5)};
  if (!row.is_null(6)) buffer.rule->keep_months = row.integer(6);
  if (!row.is_null(7)) buffer.rule->share_millionths = row.integer(7);
  return buffer;
}

std::vector<FundBuffer> read_buffers(Tx& tx, NodeId node, DimensionId fund, int term) {
  std::vector<FundBuffer> buffers;
  for (const Row row : rows(tx, read_fund_buffers_sql, node, fund, term)) buffers.push_back(buffer_from(row));
  return buffers;
}

constexpr const char* read_fund_accounts_sql = R"sql(
  -- funds.read_accounts
  SELECT a.path
    FROM fund_account f
    JOIN account a ON a.node_id = f.node_id AND a.id = f.account_id
   WHERE f.node_id = $1 AND f.fund_id = $2 AND f.term = $3
   ORDER BY a.path COLLATE "C"
)sql";

std::vector<std::string> read_accounts(Tx& tx, NodeId node, DimensionId fund, int term) {
  std::vector<std::string> paths;
  for (const Row row : rows(tx, read_fund_accounts_sql, node, fund, term)) paths.push_back(row.string(0));
  return paths;
}

constexpr const char* read_fund_terms_sql = R"sql(
  -- funds.read_terms
  SELECT t.number, t.from_on, t.purpose, t.unit_id, t.indivisible, coalesce(t.funder, ''),
         coalesce(t.conditions, ''), t.decision, t.recorded_at, w.name
    FROM fund_term t
    LEFT JOIN user_account w ON w.id = t.recorded_by
   WHERE t.node_id = $1 AND t.fund_id = $2
   ORDER BY t.number
)sql";

}  // namespace

std::vector<FundTerm> read_fund_terms(Tx& tx, NodeId node, DimensionId fund) {
  std::vector<FundTerm> terms;
  for (const Row row : rows(tx, read_fund_terms_sql, node, fund)) {
    FundTermDraft draft{.from_on = row.day(1),
                        .purpose = fund_purpose_from(row.text(2)),
                        .unit = row.id<UnitId>(3),
                        .is_indivisible = row.boolean(4),
                        .funder = row.string(5),
                        .conditions = row.string(6),
                        .buffers = read_buffers(tx, node, fund, row.integer(0)),
                        .accounts = read_accounts(tx, node, fund, row.integer(0)),
                        .decision = row.string(7)};
    terms.push_back({row.integer(0), std::move(draft), row.instant(8), row.maybe_string(9)});
  }
  return terms;
}

Fund read_fund(Tx& tx, NodeId node, const std::string& code) {
  const auto dimension = find_dimension(tx, node, books::DimensionKind::fund, code);
  if (!dimension) throw Refused{Refusal::dimension_unknown, "there is no fund " + code, "/fund"};
  return {*dimension, read_fund_terms(tx, node, dimension->id)};
}

constexpr const char* find_fund_asset_sql = R"sql(
  -- funds.find_asset
  SELECT a.id FROM account a WHERE a.node_id = $1 AND a.path = $2 AND a.unit_id = $3 AND a.type = 'asset'
)sql";

std::optional<AccountId> find_asset(Tx& tx, NodeId node, const std::string& path, UnitId unit) {
  const Rows found = rows(tx, find_fund_asset_sql, node, path, unit);
  if (found.empty()) return std::nullopt;
  return found[0].id<AccountId>(0);
}

constexpr const char* has_account_of_sql = R"sql(
  -- funds.has_account_of
  SELECT EXISTS (SELECT FROM account a
                  WHERE a.node_id = $1 AND a.unit_id = $2 AND a.type = $3
                    AND (a.path = $4 OR starts_with(a.path, $4 || ':')))
)sql";

bool has_account_of(Tx& tx, NodeId node, const BufferRule& rule, UnitId unit) {
  return only_row(rows(tx, has_account_of_sql, node, unit, text_of(rule.flow), rule.account)).boolean(0);
}

namespace {

std::optional<std::string> term_text(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{text};
}

constexpr const char* insert_fund_term_sql = R"sql(
  -- funds.insert_term
  INSERT INTO fund_term (node_id, fund_id, number, from_on, purpose, unit_id, indivisible, funder, conditions,
                         decision, buffers, accounts, recorded_at, recorded_by)
  SELECT $1, $2, coalesce(max(t.number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
    FROM fund_term t
   WHERE t.node_id = $1 AND t.fund_id = $2
  RETURNING number
)sql";

int insert_term_head(Tx& tx, NodeId node, DimensionId fund, const FundTermDraft& draft, int accounts,
                     const books::Author& author) {
  return only_row(rows(tx, insert_fund_term_sql, node, fund, draft.from_on, text_of(draft.purpose),
                       draft.unit, draft.is_indivisible, term_text(draft.funder), term_text(draft.conditions),
                       draft.decision, static_cast<int>(draft.buffers.size()), accounts, author.now,
                       author.user))
      .integer(0);
}

constexpr const char* insert_fund_buffers_sql = R"sql(
  -- funds.insert_buffers
  INSERT INTO fund_buffer (node_id, fund_id, term, line, measure, amount_minor, flow, whose, account,
                           over_months, keep_months, share_millionths)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
)sql";

void insert_buffer(Tx& tx, NodeId node, DimensionId fund, int term, int line, const FundBuffer& buffer) {
  const std::optional<BufferRule>& rule = buffer.rule;
  std::optional<std::int64_t> minor;
  std::optional<std::string> flow, whose, account;
  std::optional<int> over, keep, share;
  if (rule) {
    flow = text_of(rule->flow);
    whose = text_of(rule->whose);
    account = term_text(rule->account);
    over = rule->over_months;
    keep = rule->keep_months;
    share = rule->share_millionths;
  } else {
    minor = buffer.minor;
  }
  rows(tx, insert_fund_buffers_sql, node, fund, term, line, buffer.measure, minor, flow, whose, account, over,
       keep, share);
}

constexpr const char* insert_fund_accounts_sql = R"sql(
  -- funds.insert_accounts
  INSERT INTO fund_account (node_id, fund_id, term, account_id)
  SELECT $1, $2, $3, a.id FROM unnest($4::int[]) AS a (id)
)sql";

void insert_accounts(Tx& tx, NodeId node, DimensionId fund, int term, const std::vector<AccountId>& ids) {
  SqlArray list;
  for (const AccountId id : ids) list.add(id);
  rows(tx, insert_fund_accounts_sql, node, fund, term, list.value());
}

}  // namespace

int insert_fund_term(Tx& tx, NodeId node, DimensionId fund, const FundTermDraft& draft,
                     const std::vector<AccountId>& accounts, const books::Author& author) {
  const int number = insert_term_head(tx, node, fund, draft, static_cast<int>(accounts.size()), author);
  int line = 0;
  for (const FundBuffer& buffer : draft.buffers) insert_buffer(tx, node, fund, number, ++line, buffer);
  if (!accounts.empty()) insert_accounts(tx, node, fund, number, accounts);
  return number;
}

namespace {

// $2 the day, $3 the instant or NULL, $4 one fund or NULL. An entry counts that is known and booked by then;
// a draw is booked with its entry, unless that was reversed.
constexpr const char* read_fund_figures_sql = R"sql(
  -- funds.read_figures
  WITH known AS (
    SELECT coalesce($3::timestamptz, 'infinity') AS at,
           CASE WHEN $3::timestamptz IS NULL THEN 9223372036854775807
                ELSE coalesce((SELECT max(e.number) FROM entry e
                                WHERE e.node_id = $1 AND e.recorded_at <= $3::timestamptz), 0)::bigint
           END AS last
  ), term AS (
    SELECT DISTINCT ON (t.fund_id) t.fund_id, t.number, t.purpose, t.unit_id, t.indivisible
      FROM fund_term t, known k
     WHERE t.node_id = $1 AND t.from_on <= $2 AND t.recorded_at <= k.at
       AND ($4::int IS NULL OR t.fund_id = $4)
     ORDER BY t.fund_id, t.from_on DESC, t.number DESC
  ), booked AS (
    SELECT p.fund_id, a.unit_id, -sum(p.amount_minor) AS minor
      FROM posting p
      JOIN account a ON a.node_id = p.node_id AND a.id = p.account_id
     CROSS JOIN known k
     WHERE p.node_id = $1 AND p.fund_id IS NOT NULL AND p.booked_on <= $2 AND p.entry_number <= k.last
       AND ($4::int IS NULL OR p.fund_id = $4)
       AND (a.type IN ('income', 'expense', 'equity')
            OR a.type = 'liability' AND is_held_fund($1::int, p.fund_id))
     GROUP BY p.fund_id, a.unit_id
  ), committed AS (
    SELECT c.fund_id, c.unit_id, sum(c.minor) FILTER (WHERE c.kind IN ('mandate', 'round')) AS mandates,
           sum(c.minor) FILTER (WHERE c.kind IN ('draw', 'run')) AS draws,
           sum(c.minor) FILTER (WHERE c.kind = 'order') AS orders
      FROM known k
     CROSS JOIN LATERAL spending_commitments($1::int, $2::date, k.at, k.last) c
     WHERE c.fund_id IS NOT NULL AND ($4::int IS NULL OR c.fund_id = $4)
     GROUP BY c.fund_id, c.unit_id
  ), place AS (
    SELECT fund_id, unit_id FROM booked UNION SELECT fund_id, unit_id FROM term
  )
  SELECT d.id, d.code, d.name, t.purpose, coalesce(t.indivisible, false), u.id, u.code, u.scale,
         coalesce(b.minor, 0)::bigint,
         CASE WHEN t.unit_id = l.unit_id
              THEN coalesce((SELECT max(m.minor)
                               FROM buffer_measures($1::int, t.fund_id, t.number, $2::date, k.last) m), 0)
              ELSE 0 END,
         coalesce(c.mandates, 0)::bigint, coalesce(c.draws, 0)::bigint, coalesce(c.orders, 0)::bigint,
         is_held_fund($1::int, d.id)
    FROM place l
    JOIN dimension d ON d.node_id = $1 AND d.id = l.fund_id
    JOIN unit u ON u.id = l.unit_id
    JOIN node n ON n.id = $1
   CROSS JOIN known k
    LEFT JOIN term t ON t.fund_id = l.fund_id
    LEFT JOIN booked b ON b.fund_id = l.fund_id AND b.unit_id = l.unit_id
    LEFT JOIN committed c ON c.fund_id = l.fund_id AND c.unit_id = l.unit_id
   WHERE $4::int IS NULL OR l.fund_id = $4
   ORDER BY u.id <> n.base_unit_id, u.code COLLATE "C", d.code COLLATE "C"
)sql";

FundFigures figures_from(const Row& row) {
  return {
      row.id<DimensionId>(0), row.string(1),
      row.string(2),          row.is_null(3) ? std::nullopt : std::optional{fund_purpose_from(row.text(3))},
      row.boolean(4),         row.id<UnitId>(5),
      row.string(6),          row.integer(7),
      row.int64(8),           row.int64(9),
      row.int64(10),          row.int64(11),
      row.int64(12),          row.boolean(13)};
}

}  // namespace

std::vector<FundFigures> read_fund_figures(Tx& tx, NodeId node, const FundView& view) {
  std::vector<FundFigures> figures;
  for (const Row row : report_rows(tx, read_fund_figures_sql, node, view.as_of, view.known_at, view.fund))
    figures.push_back(figures_from(row));
  return figures;
}

constexpr const char* read_measured_buffers_sql = R"sql(
  -- funds.read_measured_buffers
  SELECT m.from_on, m.until_on, m.found_minor, m.minor
    FROM buffer_measures($1::int, $2::int, $3::int, $4::date,
                         CASE WHEN $5::timestamptz IS NULL THEN 9223372036854775807
                              ELSE coalesce((SELECT max(e.number) FROM entry e
                                              WHERE e.node_id = $1 AND e.recorded_at <= $5::timestamptz), 0)
                         END) m
   ORDER BY m.line
)sql";

std::vector<MeasuredBuffer> read_measured_buffers(Tx& tx, NodeId node, DimensionId fund, const FundTerm& term,
                                                  const FundView& view) {
  std::vector<MeasuredBuffer> measured;
  for (const Row row :
       rows(tx, read_measured_buffers_sql, node, fund, term.number, view.as_of, view.known_at)) {
    MeasuredBuffer one{term.terms.buffers.at(measured.size()), std::nullopt, row.int64(2), row.int64(3)};
    if (!row.is_null(0)) one.period = Period{row.day(0), row.day(1)};
    measured.push_back(std::move(one));
  }
  return measured;
}

}  // namespace coop::funds
