// The schema's keys and indexes begin with the node, so that what a node has lies together and can be told
// apart from what others have, however many nodes there are.
#include <map>
#include <string>

#include "tests/support/test_database.hpp"

namespace coop {
namespace {

/// The indexes, each with its first column, by which rows are found of all nodes at once, and why. None of
/// them is a key.
const std::map<std::string, std::string> across_nodes{
    {"job.job_unfinished created_at", "the worker takes up the oldest job of the server, whose ever it is"},
    {"message_delivery.message_delivery_due next_attempt_at", "the worker sends what is due first"},
    {"role_grant.role_grant_of_user user_id", "a request asks for the roles of its user in all nodes"},
    {"webhook.webhook_due next_attempt_at", "the worker sends what is due first"},
};

class SchemaKeys : public test::DatabaseTest {};

TEST_F(SchemaKeys, BeginWithTheNodeWhereATableHasOne) {
  const std::string found = superuser_value(R"sql(
    SELECT string_agg(t.relname || '.' || i.relname || ' ' || coalesce(a.attname, '(expression)'),
                      E'\n' ORDER BY t.relname, i.relname)
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_class t ON t.oid = x.indrelid AND t.relnamespace = 'public'::regnamespace
      JOIN pg_attribute n ON n.attrelid = t.oid AND n.attname = 'node_id'
      LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0] AND a.attnum > 0
     WHERE a.attname IS DISTINCT FROM 'node_id'
  )sql");
  std::string expected;
  for (const auto& [index, why] : across_nodes) expected += (expected.empty() ? "" : "\n") + index;
  EXPECT_EQ(found, expected) << "primary keys, unique keys and indexes begin with node_id, but for these";
}

}  // namespace
}  // namespace coop
