#include "reports/figures.hpp"

#include "ledger/values/refusal.hpp"

namespace coop::reports {

void require_columns(std::size_t columns) {
  if (columns >= 1 && columns <= most_columns) return;
  throw Refused{Refusal::field_invalid, "a report has 1 to " + std::to_string(most_columns) + " columns"};
}

std::vector<UnitFigures> read_figures(Tx& tx, NodeId node, const AccountFilter& filter, const About& about,
                                      std::span<const Day> days, std::optional<EntryNumber> last) {
  const std::set<Day> each{days.begin(), days.end()};
  const std::vector<Day> ascending{each.begin(), each.end()};
  std::vector<std::size_t> places;
  for (const Day day : days) {
    places.push_back(static_cast<std::size_t>(std::distance(each.begin(), each.find(day))));
  }
  // Which accounts there are is asked first only where it decides whose balances are read.
  std::vector<ReportAccount> accounts;
  const auto read_accounts = [&](Tx& reader) { accounts = read_report_accounts(reader, node, filter); };
  if (!filter.all()) read_accounts(tx);
  InPieces in_pieces;
  if (filter.all()) in_pieces.also = read_accounts;
  const AccountIds ids = ids_of(accounts, filter);
  const BalancesByAccount balances = read_balances(tx, node, ids, about, ascending, last, in_pieces);
  std::vector<UnitFigures> parts;
  for (ReportAccount& account : accounts) {
    if (parts.empty() || parts.back().unit != account.unit)
      parts.push_back({account.unit, account.scale, {}});
    const auto found = balances.find(account.id);
    AccountFigures figures{std::move(account), std::vector<std::int64_t>(days.size(), 0)};
    for (std::size_t i = 0; found != balances.end() && i < days.size(); ++i) {
      figures.minor[i] = found->second[places[i]];
    }
    parts.back().accounts.push_back(std::move(figures));
  }
  return parts;
}

}  // namespace coop::reports
