#include "ledger/bank/rule_store.hpp"

#include <boost/json.hpp>

#include "ledger/values/folded_text.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

// In the order of books::DimensionCodes.
constexpr std::array<const char*, 4> dimensions{"fund", "member", "cost_object", "tax_code"};

std::string json_of(const std::vector<RulePart>& parts) {
  boost::json::array array;
  for (const RulePart& part : parts) {
    boost::json::object one{{"account", part.account}};
    if (part.fixed_minor) one["fixed_minor"] = *part.fixed_minor;
    if (part.share_millionths) one["share_millionths"] = *part.share_millionths;
    for (std::size_t i = 0; i < dimensions.size(); ++i)
      if (part.about[i]) one[dimensions[i]] = *part.about[i];
    if (!part.description.empty()) one["description"] = part.description;
    array.push_back(std::move(one));
  }
  return boost::json::serialize(array);
}

std::optional<std::int64_t> maybe_number(const boost::json::object& one, const char* name) {
  const auto* value = one.if_contains(name);
  return value == nullptr ? std::nullopt : std::optional{value->as_int64()};
}

std::optional<std::string> maybe_text(const boost::json::object& one, const char* name) {
  const auto* value = one.if_contains(name);
  return value == nullptr ? std::nullopt : std::optional{std::string{value->as_string()}};
}

std::vector<RulePart> parts_from(std::string_view json) {
  std::vector<RulePart> parts;
  const boost::json::value array = boost::json::parse(json);
  for (const boost::json::value& value : array.as_array()) {
    const boost::json::object& one = value.as_object();
    RulePart part{std::string{one.at("account").as_string()}, maybe_number(one, "fixed_minor"),
                  maybe_number(one, "share_millionths")};
    for (std::size_t i = 0; i < dimensions.size(); ++i) part.about[i] = maybe_text(one, dimensions[i]);
    part.description = maybe_text(one, "description").value_or("");
    parts.push_back(std::move(part));
  }
  return parts;
}

std::optional<int> maybe_int(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional{row.integer(column)};
}

std::optional<BankAccountNumber> maybe_account(const Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional{row.id<BankAccountNumber>(column)};
}

RuleMode mode_from(std::string_view text) {
  if (text == "ended") return RuleMode::ended;
  return text == "post" ? RuleMode::post : RuleMode::suggest;
}

BankRule rule_from(const Row& row) {
  BankRule rule{.number = row.id<BankRuleNumber>(0),
                .version = row.integer(1),
                .is = {.name = row.string(2), .note = row.string(3), .unit = row.id<UnitId>(4)},
                .transfer_path = row.string(19),
                .mode = mode_from(row.text(20)),
                .reason = row.string(21),
                .recorded_at = row.instant(22),
                .recorded_by = row.is_null(23) ? std::nullopt : std::optional{row.id<UserId>(23)}};
  rule.is.when = {.bank_account = maybe_account(row, 5),
                  .is_credit = row.is_null(6) ? std::nullopt : std::optional{row.boolean(6)},
                  .least_minor = row.maybe_int64(7),
                  .most_minor = row.maybe_int64(8),
                  .counterparty = row.string(9),
                  .words = row.string(10),
                  .reference = row.string(11),
                  .code = row.string(12),
                  .first_day = maybe_int(row, 13),
                  .last_day = maybe_int(row, 14),
                  .counterparty_hash = row.string(15)};
  rule.is.parts = parts_from(row.text(16));
  rule.is.pays_for = row.string(17);
  rule.is.transfer_to = maybe_account(row, 18);
  rule.counterparty_words = folded_words(rule.is.when.counterparty);
  rule.text_words = folded_words(rule.is.when.words);
  return rule;
}

}  // namespace

constexpr const char* read_rules_sql = R"sql(
  -- bank.read_rules
  SELECT v.rule_number, v.version, v.name, v.note, v.unit_id, v.bank_account, v.is_credit, v.least_minor,
         v.most_minor, coalesce(v.counterparty, ''), coalesce(v.words, ''), coalesce(v.reference, ''),
         coalesce(v.code, ''), v.first_day, v.last_day, coalesce(v.counterparty_hash, ''), v.parts::text,
         coalesce(y.number, ''), v.to_account, coalesce(t.path, ''),
         CASE WHEN s.kind = 'ended' THEN 'ended'
              WHEN s.kind = 'posting' AND s.version = v.version THEN 'post' ELSE 'suggest' END,
         coalesce(s.reason, ''), v.recorded_at, v.recorded_by
    FROM bank_rule_version v
    LEFT JOIN LATERAL (
         SELECT x.kind, x.version, x.reason FROM bank_rule_step x
          WHERE x.node_id = v.node_id AND x.rule_number = v.rule_number
          ORDER BY x.number DESC LIMIT 1) s ON true
    LEFT JOIN party y ON y.node_id = v.node_id AND y.id = v.party_id
    LEFT JOIN bank_account b ON b.node_id = v.node_id AND b.number = v.to_account
    LEFT JOIN account t ON t.node_id = b.node_id AND t.id = b.account_id
    LEFT JOIN LATERAL (
         SELECT array_position(o.rules, v.rule_number) AS place FROM bank_rule_order o
          WHERE o.node_id = v.node_id ORDER BY o.number DESC LIMIT 1) o ON true
   WHERE v.node_id = $1 AND ($2::int IS NULL OR v.rule_number = $2)
     AND ($3::bool IS NULL OR (s.kind = 'ended') IS TRUE = $3)
     AND ($4 OR v.version = (SELECT max(x.version) FROM bank_rule_version x
                              WHERE x.node_id = v.node_id AND x.rule_number = v.rule_number))
   ORDER BY o.place NULLS LAST, v.rule_number, v.version DESC
)sql";

std::vector<BankRule> read_rules(Tx& tx, NodeId node, const RuleFilter& filter) {
  std::vector<BankRule> rules;
  for (const Row row : rows(tx, read_rules_sql, node, filter.number, filter.ended, filter.all_versions))
    rules.push_back(rule_from(row));
  return rules;
}

constexpr const char* next_rule_sql = R"sql(
  -- bank.next_rule
  SELECT coalesce(max(v.rule_number), 0) + 1 FROM bank_rule_version v WHERE v.node_id = $1
)sql";

BankRuleNumber next_rule(Tx& tx, NodeId node) {
  return only_row(rows(tx, next_rule_sql, node)).id<BankRuleNumber>(0);
}

constexpr const char* insert_rule_version_sql = R"sql(
  -- bank.insert_rule_version
  INSERT INTO bank_rule_version (node_id, rule_number, version, name, note, unit_id, bank_account, is_credit,
    least_minor, most_minor, counterparty, words, reference, code, first_day, last_day, counterparty_hash,
    parts, party_id, to_account, recorded_at, recorded_by)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nullif($11, ''), nullif($12, ''), nullif($13, ''),
         nullif($14, ''), $15, $16, nullif($17, ''), $18,
         (SELECT y.id FROM party y WHERE y.node_id = $1 AND y.number = $19), $20, $21, $22
)sql";

void insert_rule_version(Tx& tx, NodeId node, const BankRule& rule, const books::Author& author) {
  const RuleConditions& when = rule.is.when;
  rows(tx, insert_rule_version_sql, node, rule.number, rule.version, rule.is.name, rule.is.note, rule.is.unit,
       when.bank_account, when.is_credit, when.least_minor, when.most_minor, when.counterparty, when.words,
       when.reference, when.code, when.first_day, when.last_day, when.counterparty_hash,
       json_of(rule.is.parts), rule.is.pays_for, rule.is.transfer_to, author.now, author.user);
}

constexpr const char* insert_rule_order_sql = R"sql(
  -- bank.insert_rule_order
  INSERT INTO bank_rule_order (node_id, number, rules, recorded_at, recorded_by)
  SELECT $1, (SELECT coalesce(max(o.number), 0) + 1 FROM bank_rule_order o WHERE o.node_id = $1), $2, $3, $4
)sql";

void insert_rule_order(Tx& tx, NodeId node, const std::vector<BankRuleNumber>& rules,
                       const books::Author& author) {
  SqlArray numbers;
  for (const BankRuleNumber rule : rules) numbers.add(rule);
  rows(tx, insert_rule_order_sql, node, numbers.value(), author.now, author.user);
}

constexpr const char* knows_dimension_sql = R"sql(
  -- bank.knows_dimension
  SELECT EXISTS (SELECT FROM dimension d WHERE d.node_id = $1 AND d.kind = $2 AND d.code = $3)
)sql";

bool knows_dimension(Tx& tx, NodeId node, books::DimensionKind kind, const std::string& code) {
  return only_row(rows(tx, knows_dimension_sql, node, text_of(kind), code)).boolean(0);
}

constexpr const char* insert_rule_step_sql = R"sql(
  -- bank.insert_rule_step
  INSERT INTO bank_rule_step (node_id, rule_number, number, kind, version, replay, reason, recorded_at,
    recorded_by)
  SELECT $1, $2, (SELECT coalesce(max(s.number), 0) + 1 FROM bank_rule_step s
                   WHERE s.node_id = $1 AND s.rule_number = $2), $3, $4, $5, nullif($6, ''), $7, $8
)sql";

void insert_rule_step(Tx& tx, NodeId node, BankRuleNumber rule, const RuleStep& step,
                      const books::Author& author) {
  rows(tx, insert_rule_step_sql, node, rule, step.kind, step.version, step.replay, step.reason, author.now,
       author.user);
}

constexpr const char* insert_rule_replay_sql = R"sql(
  -- bank.insert_rule_replay
  INSERT INTO bank_rule_replay (node_id, rule_number, number, version, bank_account, from_on, to_on,
    last_line, looked_at, agreed, differed, still_open, taken_before, recorded_at, recorded_by)
  SELECT $1, $2, (SELECT coalesce(max(r.number), 0) + 1 FROM bank_rule_replay r
                   WHERE r.node_id = $1 AND r.rule_number = $2),
         $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
  RETURNING number
)sql";

int insert_rule_replay(Tx& tx, NodeId node, BankRuleNumber rule, const RuleReplay& replay,
                       const books::Author& author) {
  return only_row(rows(tx, insert_rule_replay_sql, node, rule, replay.version, replay.bank_account,
                       replay.from, replay.to, replay.last_line, replay.looked_at, replay.agreed,
                       replay.differed, replay.still_open, replay.taken_before, author.now, author.user))
      .integer(0);
}

constexpr const char* read_rule_replays_sql = R"sql(
  -- bank.read_rule_replays
  SELECT r.number, r.version, r.bank_account, r.from_on, r.to_on, r.last_line, r.looked_at, r.agreed,
         r.differed, r.still_open, r.taken_before, r.recorded_at
    FROM bank_rule_replay r
   WHERE r.node_id = $1 AND r.rule_number = $2
   ORDER BY r.number DESC
)sql";

std::vector<RuleReplay> read_rule_replays(Tx& tx, NodeId node, BankRuleNumber rule) {
  std::vector<RuleReplay> replays;
  for (const Row row : rows(tx, read_rule_replays_sql, node, rule))
    replays.push_back({row.integer(0), row.integer(1), maybe_account(row, 2), row.maybe_day(3),
                       row.maybe_day(4), row.int64(5), row.int64(6), row.int64(7), row.int64(8), row.int64(9),
                       row.int64(10), row.instant(11)});
  return replays;
}

}  // namespace coop::bank
