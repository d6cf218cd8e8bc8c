#include "ledger/rolls/roll_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::rolls {

constexpr const char* next_roll_number_sql = R"sql(
  -- rolls.next_number
  SELECT coalesce(max(number), 0) + 1 FROM roll WHERE node_id = $1
)sql";

RollNumber next_roll_number(Tx& tx, NodeId node) {
  return only_row(rows(tx, next_roll_number_sql, node)).id<RollNumber>(0);
}

constexpr const char* insert_roll_classes_sql = R"sql(
  -- rolls.insert_classes
  INSERT INTO roll_class (node_id, roll_number, class_id, title, rule_number, weight_numerator,
    weight_denominator, one_vote, words, registered, paid_up, eligible, votes)
  SELECT $1, $2, k.id, c.title, c.rule_number, c.numerator, c.denominator, c.one_vote, c.words, c.registered,
         c.paid_up, c.eligible, c.votes
    FROM unnest($3::text[], $4::text[], $5::int[], $6::bigint[], $7::bigint[], $8::text[], $9::text[],
                $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[])
           AS c (code, title, rule_number, numerator, denominator, one_vote, words, registered, paid_up,
                 eligible, votes)
    JOIN member_class k ON k.node_id = $1 AND k.code = c.code
)sql";

namespace {

void insert_classes(Tx& tx, NodeId node, const FrozenRoll& roll) {
  SqlArray code, title, rule, numerator, denominator, one_vote, words, registered, paid_up, eligible, votes;
  for (const RollClass& of : roll.classes) {
    code.add(std::string_view{of.code});
    title.add(std::string_view{of.title});
    rule.add(of.rule);
    numerator.add(of.weight ? std::optional{of.weight->numerator()} : std::nullopt);
    denominator.add(of.weight ? std::optional{of.weight->denominator()} : std::nullopt);
    one_vote.add(members::text_of(of.one_vote));
    words.add(std::string_view{of.words});
    registered.add(of.registered);
    paid_up.add(of.paid_up);
    eligible.add(of.eligible);
    votes.add(of.votes);
  }
  rows(tx, insert_roll_classes_sql, node, roll.number, code.value(), title.value(), rule.value(),
       numerator.value(), denominator.value(), one_vote.value(), words.value(), registered.value(),
       paid_up.value(), eligible.value(), votes.value());
}

}  // namespace

constexpr const char* insert_roll_lines_sql = R"sql(
  -- rolls.insert_lines
  INSERT INTO roll_line (node_id, roll_number, line, membership_id, member, class_id, standing,
    is_registered, is_paid_up, is_waived, votes, excluded)
  SELECT $1, $2, l.place, l.membership_id, l.member, c.id, l.standing, l.is_registered, l.is_paid_up,
         l.is_waived, l.votes, l.excluded
    FROM unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::boolean[], $9::boolean[],
                $10::bigint[], $11::text[])
           WITH ORDINALITY
           AS l (membership_id, member, class_code, standing, is_registered, is_paid_up, is_waived, votes,
                 excluded, place)
    JOIN member_class c ON c.node_id = $1 AND c.code = l.class_code
)sql";

constexpr const char* insert_roll_sql = R"sql(
  -- rolls.insert
  INSERT INTO roll (node_id, number, title, as_of, known_at, lines, hash, recorded_at, recorded_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7::bytea, $8, $9)
)sql";

void insert_roll(Tx& tx, NodeId node, const FrozenRoll& roll, std::span<const RollLine> lines,
                 std::optional<UserId> by) {
  insert_classes(tx, node, roll);
  SqlArray membership, member, of_class, standing, registered, paid_up, waived, votes, excluded;
  for (const RollLine& line : lines) {
    membership.add(line.membership);
    member.add(std::string_view{line.number});
    of_class.add(std::string_view{line.class_code});
    standing.add(members::text_of(line.standing));
    registered.add(line.is_registered);
    paid_up.add(line.is_paid_up);
    waived.add(line.is_waived);
    votes.add(line.votes);
    excluded.add(std::string_view{text_of(line.exclusions)});
  }
  rows(tx, insert_roll_lines_sql, node, roll.number, membership.value(), member.value(), of_class.value(),
       standing.value(), registered.value(), paid_up.value(), waived.value(), votes.value(),
       excluded.value());
  const std::string_view hash{reinterpret_cast<const char*>(roll.hash.data()), roll.hash.size()};
  rows(tx, insert_roll_sql, node, roll.number, roll.title, roll.as_of, roll.known_at, roll.lines, Bytes{hash},
       roll.recorded_at, by);
}

constexpr const char* list_rolls_sql = R"sql(
  -- rolls.list
  WITH wanted AS (
    SELECT r.node_id, r.number, r.title, r.as_of, r.known_at, r.lines, r.hash, r.recorded_at, r.recorded_by
      FROM roll r
     WHERE r.node_id = $1 AND ($2::int IS NULL OR r.number = $2) AND ($3::int IS NULL OR r.number < $3)
     ORDER BY r.number DESC
     LIMIT $4
  )
  SELECT w.number, w.title, w.as_of, w.known_at, w.lines, w.hash, w.recorded_at, u.name, k.code, c.title,
         c.rule_number, c.weight_numerator, c.weight_denominator, c.one_vote, c.words, c.registered,
         c.paid_up, c.eligible, c.votes
    FROM wanted w
    LEFT JOIN user_account u ON u.id = w.recorded_by
    LEFT JOIN roll_class c ON c.node_id = w.node_id AND c.roll_number = w.number
    LEFT JOIN member_class k ON k.node_id = c.node_id AND k.id = c.class_id
   ORDER BY w.number DESC, k.code COLLATE "C"
)sql";

namespace {

RollClass class_from(const Row& row) {
  RollClass of{row.string(8),
               row.string(9),
               row.is_null(10) ? std::nullopt : std::optional{row.integer(10)},
               std::nullopt,
               members::one_vote_from(row.text(13)),
               row.string(14),
               row.int64(15),
               row.int64(16),
               row.int64(17),
               row.int64(18)};
  if (!row.is_null(11)) of.weight = Ratio{row.int64(11), row.int64(12)};
  return of;
}

std::vector<FrozenRoll> rolls_from(const Rows& found) {
  std::vector<FrozenRoll> rolls;
  for (const Row row : found) {
    const auto number = row.id<RollNumber>(0);
    if (rolls.empty() || rolls.back().number != number)
      rolls.push_back({number,
                       row.string(1),
                       row.day(2),
                       row.instant(3),
                       {},
                       row.int64(4),
                       hash_from_bytes(row.bytes(5)),
                       row.instant(6),
                       row.maybe_string(7)});
    if (!row.is_null(8)) rolls.back().classes.push_back(class_from(row));
  }
  return rolls;
}

}  // namespace

std::vector<FrozenRoll> list_rolls(Tx& tx, NodeId node, std::optional<RollNumber> before, int limit) {
  return rolls_from(rows(tx, list_rolls_sql, node, std::nullopt, before, limit));
}

FrozenRoll read_frozen_roll(Tx& tx, NodeId node, RollNumber number) {
  auto found = rolls_from(rows(tx, list_rolls_sql, node, number, std::nullopt, 1));
  if (found.empty())
    throw Refused{Refusal::roll_unknown, "there is no roll number " + std::to_string(number.number())};
  return std::move(found.front());
}

constexpr const char* read_roll_lines_sql = R"sql(
  -- rolls.read_lines
  SELECT l.line, l.membership_id, l.member, c.code, l.standing, l.is_registered, l.is_paid_up, l.is_waived,
         l.votes, l.excluded
    FROM roll_line l
    JOIN member_class c ON c.node_id = l.node_id AND c.id = l.class_id
   WHERE l.node_id = $1 AND l.roll_number = $2
     AND ($3::text IS NULL OR c.code = $3)
     AND ($4::boolean IS NULL OR (l.excluded = '') = $4)
     AND ($5::text IS NULL OR l.member = $5)
     AND l.line > $6
   ORDER BY l.line
   LIMIT $7
)sql";

std::vector<PlacedLine> read_roll_lines(Tx& tx, NodeId node, RollNumber number, const RollLineFilter& wanted,
                                        int after, int limit) {
  std::vector<PlacedLine> lines;
  for (const Row row : report_rows(tx, read_roll_lines_sql, node, number, wanted.class_code, wanted.eligible,
                                   wanted.member, after, limit))
    lines.push_back(
        {row.integer(0),
         {row.id<MembershipId>(1), row.string(2), row.string(3), members::standing_from(row.text(4)),
          row.boolean(5), row.boolean(6), row.boolean(7), row.int64(8), exclusions_from(row.text(9))}});
  return lines;
}

}  // namespace coop::rolls
