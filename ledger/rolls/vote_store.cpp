#include "ledger/rolls/vote_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::rolls {

constexpr const char* insert_vote_sql = R"sql(
  -- votes.insert
  INSERT INTO vote (node_id, number, roll_number, title, link, held_on, quorum_numerator, quorum_denominator,
    decision, supersedes, reason, recorded_at, recorded_by)
  SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
    FROM vote
   WHERE node_id = $1
  RETURNING number
)sql";

constexpr const char* insert_tallies_sql = R"sql(
  -- votes.insert_tallies
  INSERT INTO vote_tally (node_id, vote_number, roll_number, class_id, votes_for, votes_against, abstained)
  SELECT $1, $2, $3, c.id, t.votes_for, t.votes_against, t.abstained
    FROM unnest($4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
           AS t (code, votes_for, votes_against, abstained)
    JOIN member_class c ON c.node_id = $1 AND c.code = t.code
)sql";

VoteNumber insert_vote(Tx& tx, NodeId node, const VoteDraft& draft, Instant at, std::optional<UserId> by) {
  const auto numerator = draft.quorum ? std::optional{draft.quorum->numerator()} : std::nullopt;
  const auto denominator = draft.quorum ? std::optional{draft.quorum->denominator()} : std::nullopt;
  const VoteNumber number =
      only_row(rows(tx, insert_vote_sql, node, draft.roll, draft.title, draft.link, draft.held_on, numerator,
                    denominator, draft.decision, draft.supersedes, draft.reason, at, by))
          .id<VoteNumber>(0);
  SqlArray code, votes_for, votes_against, abstained;
  for (const Tally& tally : draft.tallies) {
    code.add(std::string_view{tally.class_code});
    votes_for.add(tally.votes_for);
    votes_against.add(tally.votes_against);
    abstained.add(tally.abstained);
  }
  rows(tx, insert_tallies_sql, node, number, draft.roll, code.value(), votes_for.value(),
       votes_against.value(), abstained.value());
  return number;
}

constexpr const char* list_votes_sql = R"sql(
  -- votes.list
  WITH wanted AS (
    SELECT v.node_id, v.number, v.roll_number, v.title, v.link, v.held_on, v.quorum_numerator,
           v.quorum_denominator, v.decision, v.supersedes, v.reason, v.recorded_at, v.recorded_by
      FROM vote v
     WHERE v.node_id = $1 AND ($2::int IS NULL OR v.number = $2)
       AND ($3::int IS NULL OR v.number < $3)
     ORDER BY v.number DESC
     LIMIT $4
  )
  SELECT w.number, w.roll_number, w.title, w.link, w.held_on, w.quorum_numerator, w.quorum_denominator,
         w.decision, w.supersedes, w.reason, l.number, w.recorded_at, u.name, k.code, t.votes_for,
         t.votes_against, t.abstained
    FROM wanted w
    JOIN vote_tally t ON t.node_id = w.node_id AND t.vote_number = w.number
    JOIN member_class k ON k.node_id = t.node_id AND k.id = t.class_id
    LEFT JOIN vote l ON l.node_id = w.node_id AND l.supersedes = w.number
    LEFT JOIN user_account u ON u.id = w.recorded_by
   ORDER BY w.number DESC, k.code COLLATE "C"
)sql";

namespace {

template <class SomeId>
std::optional<SomeId> maybe_id(const Row& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.id<SomeId>(column);
}

Vote vote_from(const Row& row) {
  VoteDraft draft{.roll = row.id<RollNumber>(1),
                  .title = row.string(2),
                  .link = row.maybe_string(3),
                  .held_on = row.day(4)};
  if (!row.is_null(5)) draft.quorum = Ratio{row.int64(5), row.int64(6)};
  draft.decision = row.string(7);
  draft.supersedes = maybe_id<VoteNumber>(row, 8);
  draft.reason = row.string(9);
  return {row.id<VoteNumber>(0), std::move(draft), maybe_id<VoteNumber>(row, 10), row.instant(11),
          row.maybe_string(12)};
}

}  // namespace

std::vector<Vote> list_votes(Tx& tx, NodeId node, const VoteFilter& wanted, int limit) {
  std::vector<Vote> votes;
  for (const Row row : rows(tx, list_votes_sql, node, wanted.number, wanted.before, limit)) {
    if (votes.empty() || votes.back().number != row.id<VoteNumber>(0)) votes.push_back(vote_from(row));
    votes.back().recorded.tallies.push_back({row.string(13), row.int64(14), row.int64(15), row.int64(16)});
  }
  return votes;
}

Vote read_vote(Tx& tx, NodeId node, VoteNumber number) {
  auto found = list_votes(tx, node, {.number = number}, 1);
  if (found.empty())
    throw Refused{Refusal::vote_unknown, "there is no vote number " + std::to_string(number.number())};
  return std::move(found.front());
}

}  // namespace coop::rolls
