#include "ledger/dues/tier_store.hpp"

#include "ledger/members/class_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

Tier tier_from(const Row& row) {
  return {row.id<TierId>(0),           row.string(1),  row.string(2),    interval_from(row.text(3)),
          proration_from(row.text(4)), row.integer(5), row.id<UnitId>(6)};
}

TierPrice price_from(const Row& row) {
  TierPrice price{.number = row.integer(1),
                  .from_on = row.day(2),
                  .closed = row.boolean(3),
                  .minimum_minor = row.int64(4),
                  .suggested_minor = row.int64(5),
                  .joining_minor = row.int64(6),
                  .decision = row.string(10)};
  if (!row.is_null(7)) price.local = LocalPart{row.id<UnitId>(7), Ratio{row.int64(8), row.int64(9)}};
  return price;
}

}  // namespace

constexpr const char* insert_tier_sql = R"sql(
  -- dues.insert_tier
  INSERT INTO tier (node_id, id, code, title, interval_name, proration, due_after_days, unit_id, recorded_at,
                    recorded_by)
  VALUES ($1, (SELECT coalesce(max(id), 0) + 1 FROM tier WHERE node_id = $1), $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (node_id, code) DO NOTHING
  RETURNING id
)sql";

std::optional<TierId> insert_tier(Tx& tx, NodeId node, const TierDraft& draft, const books::Author& author) {
  const Rows added =
      rows(tx, insert_tier_sql, node, draft.code, draft.title, text_of(draft.interval),
           text_of(draft.proration), draft.due_after_days, draft.unit, author.now, author.user);
  if (added.size() == 0) return std::nullopt;
  return added[0].id<TierId>(0);
}

constexpr const char* update_tier_title_sql = R"sql(
  -- dues.update_tier_title
  UPDATE tier SET title = $3 WHERE node_id = $1 AND id = $2
)sql";

void update_tier_title(Tx& tx, NodeId node, TierId tier, std::string_view title) {
  rows(tx, update_tier_title_sql, node, tier, title);
}

constexpr const char* insert_price_sql = R"sql(
  -- dues.insert_price
  INSERT INTO tier_price (node_id, tier_id, number, from_on, closed, minimum_minor, suggested_minor,
                          joining_minor, local_unit_id, local_numerator, local_denominator, decision,
                          recorded_at, recorded_by)
  VALUES ($1, $2, (SELECT coalesce(max(number), 0) + 1 FROM tier_price WHERE node_id = $1 AND tier_id = $2),
          $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  RETURNING number
)sql";

int insert_price(Tx& tx, NodeId node, TierId tier, const TierPrice& price, const books::Author& author) {
  const auto unit = price.local ? std::optional{price.local->unit} : std::nullopt;
  const auto numerator = price.local ? std::optional{price.local->share.numerator()} : std::nullopt;
  const auto denominator = price.local ? std::optional{price.local->share.denominator()} : std::nullopt;
  return only_row(rows(tx, insert_price_sql, node, tier, price.from_on, price.closed, price.minimum_minor,
                       price.suggested_minor, price.joining_minor, unit, numerator, denominator,
                       price.decision, author.now, author.user))
      .integer(0);
}

constexpr const char* insert_rate_sql = R"sql(
  -- dues.insert_rate
  INSERT INTO unit_rate (node_id, number, from_unit_id, to_unit_id, from_on, numerator, denominator, decision,
                         recorded_at, recorded_by)
  VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM unit_rate WHERE node_id = $1),
          $2, $3, $4, $5, $6, $7, $8, $9)
  RETURNING number
)sql";

int insert_rate(Tx& tx, NodeId node, const UnitRate& rate, const books::Author& author) {
  return only_row(rows(tx, insert_rate_sql, node, rate.from, rate.to, rate.from_on, rate.rate.numerator(),
                       rate.rate.denominator(), rate.decision, author.now, author.user))
      .integer(0);
}

constexpr const char* tiers_sql = R"sql(
  -- dues.tiers
  SELECT id, code, title, interval_name, proration, due_after_days, unit_id
    FROM tier
   WHERE node_id = $1
   ORDER BY code
)sql";

constexpr const char* prices_sql = R"sql(
  -- dues.prices
  SELECT tier_id, number, from_on, closed, minimum_minor, suggested_minor, joining_minor, local_unit_id,
         local_numerator, local_denominator, decision
    FROM tier_price
   WHERE node_id = $1
   ORDER BY tier_id, from_on, number
)sql";

constexpr const char* rates_sql = R"sql(
  -- dues.rates
  SELECT from_unit_id, to_unit_id, from_on, number, numerator, denominator, decision
    FROM unit_rate
   WHERE node_id = $1
   ORDER BY from_on, number
)sql";

constexpr const char* units_of_dues_sql = R"sql(
  -- dues.units
  SELECT id, code, scale
    FROM unit
   WHERE id IN (SELECT unit_id FROM tier WHERE node_id = $1
                 UNION SELECT local_unit_id FROM tier_price WHERE node_id = $1
                 UNION SELECT from_unit_id FROM unit_rate WHERE node_id = $1
                 UNION SELECT to_unit_id FROM unit_rate WHERE node_id = $1
                 UNION SELECT obligation_unit_id FROM class_rule WHERE node_id = $1
                 UNION SELECT base_unit_id FROM node WHERE id = $1)
   ORDER BY code
)sql";

PriceList read_price_list(Tx& tx, NodeId node) {
  PriceList list;
  std::map<TierId, std::size_t> places;
  for (const Row row : rows(tx, tiers_sql, node)) {
    places.emplace(row.id<TierId>(0), list.tiers.size());
    list.tiers.push_back({tier_from(row), {}});
  }
  for (const Row row : rows(tx, prices_sql, node))
    list.tiers[places.at(row.id<TierId>(0))].prices.push_back(price_from(row));
  for (const Row row : rows(tx, rates_sql, node))
    list.rates.push_back({row.id<UnitId>(0), row.id<UnitId>(1), row.day(2), row.integer(3),
                          Ratio{row.int64(4), row.int64(5)}, row.string(6)});
  for (const Row row : rows(tx, units_of_dues_sql, node))
    list.units.push_back({row.id<UnitId>(0), row.string(1), row.integer(2)});
  list.classes = members::read_classes(tx, node);
  return list;
}

constexpr const char* dues_accounts_sql = R"sql(
  -- dues.accounts
  SELECT receivable, prepaid, income, solidarity, written_off, obligations, deferred
    FROM dues_accounts
   WHERE node_id = $1
)sql";

DuesAccounts read_dues_accounts(Tx& tx, NodeId node) {
  const Rows found = rows(tx, dues_accounts_sql, node);
  if (found.size() == 0) return {};
  const Row row = found[0];
  return {row.string(0),
          row.string(1),
          row.string(2),
          row.string(3),
          row.string(4),
          row.string(5),
          row.is_null(6) ? std::nullopt : std::optional{row.string(6)}};
}

constexpr const char* anything_owed_sql = R"sql(
  -- dues.anything_owed
  SELECT EXISTS (SELECT FROM debtor WHERE node_id = $1 AND owed_minor <> 0)
)sql";

bool is_anything_owed(Tx& tx, NodeId node) { return only_row(rows(tx, anything_owed_sql, node)).boolean(0); }

constexpr const char* anything_deferred_sql = R"sql(
  -- dues.anything_deferred
  SELECT EXISTS (SELECT FROM deferral WHERE node_id = $1)
)sql";

bool is_anything_deferred(Tx& tx, NodeId node) {
  return only_row(rows(tx, anything_deferred_sql, node)).boolean(0);
}

constexpr const char* store_dues_accounts_sql = R"sql(
  -- dues.store_accounts
  INSERT INTO dues_accounts (node_id, receivable, prepaid, income, solidarity, written_off, obligations,
                             deferred)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (node_id) DO UPDATE
     SET (receivable, prepaid, income, solidarity, written_off, obligations, deferred)
         = ROW ($2, $3, $4, $5, $6, $7, $8)
)sql";

void store_dues_accounts(Tx& tx, NodeId node, const DuesAccounts& accounts) {
  rows(tx, store_dues_accounts_sql, node, accounts.receivable, accounts.prepaid, accounts.income,
       accounts.solidarity, accounts.written_off, accounts.obligations, accounts.deferred);
}

}  // namespace coop::dues
