#include "ledger/books/chart_service.hpp"

#include "ledger/books/account_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

UnitOrigin origin_of(const std::vector<ListedUnit>& units, const std::string& code) {
  for (const ListedUnit& listed : units) {
    if (listed.unit.code == code) return listed.origin;
  }
  throw Refused{Refusal::unit_unknown, "there is no unit '" + code + "'", "/units"};
}

}  // namespace

AppliedChart apply_chart(Tx& tx, NodeId node, const ChartTemplate& chart,
                         const std::vector<std::string>& units, Day opened_on, const Author& author) {
  const std::vector<ListedUnit> known = read_units(tx);
  std::vector<AccountDraft> drafts;
  for (const std::string& unit : units) {
    const UnitOrigin origin = origin_of(known, unit);
    for (const ChartAccount& account : chart.accounts) {
      if (!opens_in(account, origin)) continue;
      drafts.push_back({std::string{account.path},
                        unit,
                        account.type,
                        std::string{account.title},
                        account.required,
                        {},
                        opened_on});
    }
  }
  const int moved = open_earlier(tx, node, drafts, author);
  const int opened = open_accounts(tx, node, drafts, author);
  return {opened, static_cast<int>(drafts.size()) - opened, moved};
}

}  // namespace coop::books
