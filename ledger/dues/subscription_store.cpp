#include "ledger/dues/subscription_store.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::dues {

constexpr const char* insert_subscription_sql = R"sql(
  -- dues.insert_subscription
  INSERT INTO subscription (node_id, membership_id, number, from_on, tier_id, chosen_minor, payer_id,
                            instalments, recorded_at, recorded_by)
  VALUES ($1, $2, (SELECT coalesce(max(number), 0) + 1 FROM subscription
                    WHERE node_id = $1 AND membership_id = $2), $3, $4, $5, $6, $7, $8, $9)
  RETURNING number
)sql";

int insert_subscription(Tx& tx, NodeId node, MembershipId membership, const Subscription& subscription,
                        const books::Author& author) {
  return only_row(rows(tx, insert_subscription_sql, node, membership, subscription.from_on, subscription.tier,
                       subscription.chosen_minor, subscription.payer, subscription.instalments, author.now,
                       author.user))
      .integer(0);
}

constexpr const char* list_subscriptions_sql = R"sql(
  -- dues.list_subscriptions
  SELECT number, from_on, tier_id, chosen_minor, payer_id, instalments
    FROM subscription
   WHERE node_id = $1 AND membership_id = $2
   ORDER BY number
)sql";

std::vector<Subscription> list_subscriptions(Tx& tx, NodeId node, MembershipId membership) {
  std::vector<Subscription> subscriptions;
  for (const Row row : rows(tx, list_subscriptions_sql, node, membership))
    subscriptions.push_back({row.integer(0), row.day(1),
                             row.is_null(2) ? std::nullopt : std::optional{row.id<TierId>(2)},
                             row.maybe_int64(3), row.id<PartyId>(4), row.integer(5)});
  return subscriptions;
}

constexpr const char* insert_concession_sql = R"sql(
  -- dues.insert_concession
  INSERT INTO concession (node_id, membership_id, number, from_on, until_on, numerator, denominator, reason,
                          review_on, decision, recorded_at, recorded_by)
  VALUES ($1, $2, (SELECT coalesce(max(number), 0) + 1 FROM concession
                    WHERE node_id = $1 AND membership_id = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11)
  RETURNING number
)sql";

int insert_concession(Tx& tx, NodeId node, MembershipId membership, const Concession& concession,
                      const books::Author& author) {
  return only_row(rows(tx, insert_concession_sql, node, membership, concession.from_on, concession.until_on,
                       concession.share.numerator(), concession.share.denominator(), concession.reason,
                       concession.review_on, concession.decision, author.now, author.user))
      .integer(0);
}

constexpr const char* insert_concession_end_sql = R"sql(
  -- dues.insert_concession_end
  INSERT INTO concession_end (node_id, membership_id, concession_number, last_on, reason, recorded_at,
                              recorded_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT DO NOTHING
  RETURNING last_on
)sql";

bool insert_concession_end(Tx& tx, NodeId node, MembershipId membership, int concession, Day last_on,
                           const std::string& reason, const books::Author& author) {
  return rows(tx, insert_concession_end_sql, node, membership, concession, last_on, reason, author.now,
              author.user)
             .size() == 1;
}

constexpr const char* list_concessions_sql = R"sql(
  -- dues.list_concessions
  SELECT c.number, c.from_on, least(c.until_on, e.last_on), c.numerator, c.denominator, c.reason, c.review_on,
         c.decision, e.reason
    FROM concession c
    LEFT JOIN concession_end e ON e.node_id = c.node_id AND e.membership_id = c.membership_id
                              AND e.concession_number = c.number
   WHERE c.node_id = $1 AND c.membership_id = $2
   ORDER BY c.number
)sql";

std::vector<ConcessionOnRecord> list_concessions(Tx& tx, NodeId node, MembershipId membership) {
  std::vector<ConcessionOnRecord> concessions;
  for (const Row row : rows(tx, list_concessions_sql, node, membership))
    concessions.push_back({{row.integer(0), row.day(1), row.maybe_day(2), Ratio{row.int64(3), row.int64(4)},
                            row.string(5), row.maybe_day(6), row.string(7)},
                           row.maybe_string(8)});
  return concessions;
}

}  // namespace coop::dues
