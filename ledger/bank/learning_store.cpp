#include "ledger/bank/learning_store.hpp"

namespace coop::bank {

constexpr const char* read_lessons_sql = R"sql(
  -- bank.read_lessons
  SELECT a.line, a.place, coalesce(c.path, ''), coalesce(y.number, ''), count(*)
    FROM unnest($2::bigint[], $3::int[], $4::text[], $5::boolean[], $6::int[])
         AS a (line, place, word_hash, is_credit, unit)
   CROSS JOIN LATERAL (
         SELECT w.account_id, w.party_id
           FROM bank_match_word w
           JOIN bank_match m ON m.node_id = w.node_id AND m.number = w.match_number AND m.live
          WHERE w.node_id = $1 AND w.word_hash = a.word_hash AND w.is_credit = a.is_credit
          ORDER BY w.match_number DESC
          LIMIT $7) l
    LEFT JOIN account c ON c.node_id = $1 AND c.id = l.account_id AND c.unit_id = a.unit
                       AND c.closed_on IS NULL
    LEFT JOIN party y ON y.node_id = $1 AND y.id = l.party_id
   WHERE c.id IS NOT NULL OR y.id IS NOT NULL
   GROUP BY 1, 2, 3, 4
   ORDER BY 1, 2, 5 DESC, 3, 4
)sql";

std::map<BankLineNumber, std::vector<LearnedWord>> read_lessons(Tx& tx, NodeId node,
                                                                std::span<const AskedWords> asked) {
  SqlArray line, place, hash, is_credit, unit;
  std::map<BankLineNumber, const AskedWords*> by_line;
  for (const AskedWords& one : asked) {
    by_line.emplace(one.line, &one);
    for (std::size_t i = 0; i < one.hashes.size(); ++i) {
      line.add(one.line);
      place.add(static_cast<int>(i));
      hash.add(one.hashes[i]);
      is_credit.add(one.is_credit);
      unit.add(one.unit);
    }
  }
  std::map<BankLineNumber, std::vector<LearnedWord>> lessons;
  for (const Row row : report_rows(tx, read_lessons_sql, node, line.value(), place.value(), hash.value(),
                                   is_credit.value(), unit.value(), most_lines_of_a_word)) {
    const auto number = row.id<BankLineNumber>(0);
    const std::string& word = by_line.at(number)->words[static_cast<std::size_t>(row.integer(1))];
    auto& words = lessons[number];
    if (words.empty() || words.back().word != word) words.push_back({word, {}});
    words.back().lessons.push_back({row.string(2), row.string(3), row.int64(4)});
  }
  return lessons;
}

constexpr const char* insert_lesson_sql = R"sql(
  -- bank.insert_lesson
  INSERT INTO bank_match_word (node_id, word_hash, is_credit, match_number, account_id, party_id)
  SELECT $1, w.word_hash, $3, $2, t.account_id, t.party_id
    FROM unnest($4::text[]) AS w (word_hash)
   CROSS JOIN (SELECT c.id AS account_id, NULL::int AS party_id FROM account c
                WHERE c.node_id = $1 AND c.path = $5 AND c.unit_id = $6
               UNION ALL
               SELECT NULL, y.id FROM party y WHERE y.node_id = $1 AND y.number = $7) t
)sql";

void insert_lesson(Tx& tx, NodeId node, MatchNumber match, const ProposedPart& part, UnitId unit,
                   bool is_credit, std::span<const std::string> hashes) {
  SqlArray words;
  for (const std::string& hash : hashes) words.add(hash);
  rows(tx, insert_lesson_sql, node, match, is_credit, words.value(), part.account, unit, part.payer);
}

}  // namespace coop::bank
