#include "ledger/bank/reading_profile_store.hpp"

#include <boost/json.hpp>

#include "ledger/bank/bank_account_store.hpp"

namespace coop::bank {

constexpr const char* read_reading_profiles_sql = R"sql(
  -- bank.read_reading_profiles
  SELECT DISTINCT ON (t.bank_account, t.value->>'fingerprint')
         t.bank_account, t.value->>'fingerprint', (t.value->'profile')::text, t.recorded_at
    FROM bank_account_trait t
   WHERE t.node_id = $1 AND t.kind = 'reading_profile' AND ($2::int IS NULL OR t.bank_account = $2)
   ORDER BY t.bank_account, t.value->>'fingerprint', t.number DESC
)sql";

std::vector<SavedProfile> read_reading_profiles(Tx& tx, NodeId node,
                                                std::optional<BankAccountNumber> account) {
  std::vector<SavedProfile> saved;
  for (const Row row : rows(tx, read_reading_profiles_sql, node, account))
    saved.push_back({row.id<BankAccountNumber>(0),
                     reading_profile_from(boost::json::parse(row.text(2)), row.text(1)), row.instant(3)});
  return saved;
}

void insert_reading_profile(Tx& tx, NodeId node, BankAccountNumber account, const ReadingProfile& profile,
                            const books::Author& author) {
  const boost::json::object value{{"fingerprint", profile.fingerprint}, {"profile", json_of(profile)}};
  insert_bank_account_trait(tx, node, account, "reading_profile", boost::json::serialize(value), author);
}

}  // namespace coop::bank
