#include "ledger/members/class_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

std::optional<Ratio> maybe_ratio(const Row& row, int numerator) {
  if (row.is_null(numerator)) return std::nullopt;
  return Ratio{row.int64(numerator), row.int64(numerator + 1)};
}

AdoptedRule rule_from(const Row& row) {
  ClassRule rule{row.day(4)};
  rule.weight = maybe_ratio(row, 5);
  rule.one_vote = one_vote_from(row.text(7));
  rule.attendance = maybe_ratio(row, 8);
  rule.grace_days = row.integer(10);
  rule.arrears_days = row.integer(11);
  rule.is_solidarity = row.boolean(12);
  if (!row.is_null(13)) rule.obligation = Money::of_minor(row.int64(13), row.id<UnitId>(14));
  rule.decision = row.string(15);
  return {row.integer(3), std::move(rule), row.instant(16)};
}

std::vector<MemberClass> classes_from(const Rows& found) {
  std::vector<MemberClass> classes;
  for (const Row row : found) {
    const ClassId id = row.id<ClassId>(0);
    if (classes.empty() || classes.back().id != id) classes.push_back({id, row.string(1), row.string(2), {}});
    if (!row.is_null(3)) classes.back().rules.push_back(rule_from(row));
  }
  return classes;
}

}  // namespace

constexpr const char* read_classes_sql = R"sql(
  -- classes.read
  SELECT c.id, c.code, c.title, r.number, r.from_on, r.weight_numerator, r.weight_denominator, r.one_vote,
         r.attendance_numerator, r.attendance_denominator, r.grace_days, r.arrears_days, r.is_solidarity,
         r.obligation_minor, r.obligation_unit_id, r.decision, r.recorded_at
    FROM member_class c
    LEFT JOIN class_rule r ON r.node_id = c.node_id AND r.class_id = c.id
   WHERE c.node_id = $1 AND ($2::text IS NULL OR c.code = $2)
   ORDER BY c.code COLLATE "C", r.number
)sql";

std::vector<MemberClass> read_classes(Tx& tx, NodeId node) {
  return classes_from(rows(tx, read_classes_sql, node, std::nullopt));
}

std::optional<MemberClass> find_class(Tx& tx, NodeId node, std::string_view code) {
  auto classes = classes_from(rows(tx, read_classes_sql, node, code));
  if (classes.empty()) return std::nullopt;
  return std::move(classes.front());
}

MemberClass read_class(Tx& tx, NodeId node, std::string_view code) {
  auto found = find_class(tx, node, code);
  if (!found) {
    throw Refused{Refusal::class_unknown, "there is no class '" + std::string{code.substr(0, 60)} + "'"};
  }
  return std::move(*found);
}

constexpr const char* insert_class_sql = R"sql(
  -- classes.insert
  INSERT INTO member_class (node_id, id, code, title, recorded_at, recorded_by)
  SELECT $1, coalesce(max(id), 0) + 1, $2, $3, $4, $5 FROM member_class WHERE node_id = $1
  RETURNING id
)sql";

ClassId insert_class(Tx& tx, NodeId node, std::string_view code, std::string_view title, Instant at,
                     std::optional<UserId> by) {
  return only_row(rows(tx, insert_class_sql, node, code, title, at, by)).id<ClassId>(0);
}

constexpr const char* update_class_title_sql = R"sql(
  -- classes.update_title
  UPDATE member_class SET title = $3 WHERE node_id = $1 AND id = $2
)sql";

void update_class_title(Tx& tx, NodeId node, ClassId id, std::string_view title) {
  rows(tx, update_class_title_sql, node, id, title);
}

constexpr const char* insert_class_rule_sql = R"sql(
  -- classes.insert_rule
  INSERT INTO class_rule (node_id, class_id, number, from_on, weight_numerator, weight_denominator, one_vote,
    attendance_numerator, attendance_denominator, grace_days, arrears_days, is_solidarity, obligation_minor,
    obligation_unit_id, decision, recorded_at, recorded_by)
  SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
    FROM class_rule
   WHERE node_id = $1 AND class_id = $2
  RETURNING number
)sql";

int insert_class_rule(Tx& tx, NodeId node, ClassId id, const ClassRule& rule, Instant at,
                      std::optional<UserId> by) {
  const auto part = [](const std::optional<Ratio>& ratio, bool of_denominator) {
    return ratio ? std::optional{of_denominator ? ratio->denominator() : ratio->numerator()} : std::nullopt;
  };
  const auto minor = rule.obligation ? std::optional{rule.obligation->minor()} : std::nullopt;
  const auto unit = rule.obligation ? std::optional{rule.obligation->unit()} : std::nullopt;
  return only_row(rows(tx, insert_class_rule_sql, node, id, rule.from_on, part(rule.weight, false),
                       part(rule.weight, true), text_of(rule.one_vote), part(rule.attendance, false),
                       part(rule.attendance, true), rule.grace_days, rule.arrears_days, rule.is_solidarity,
                       minor, unit, rule.decision, at, by))
      .integer(0);
}

}  // namespace coop::members
