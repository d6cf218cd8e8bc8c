#include "ledger/statements/csv_chain.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace coop::statements {

namespace {

Chain chain_in(const std::vector<FiguredRow>& rows, std::vector<std::size_t> order) {
  Chain chain;
  std::optional<Decimal> known;
  Decimal since;
  std::optional<Day> before;
  for (const std::size_t at : order) {
    const FiguredRow& row = rows[at];
    chain.days_ascend = chain.days_ascend && !(before && row.day < *before);
    before = row.day;
    if (row.status != LineStatus::booked) continue;
    chain.closing = row.balance;
    if (row.amount) since = since + *row.amount;
    if (!row.balance) continue;
    if (known) {
      const Decimal expected = *known + since;
      ++chain.links;
      if (!is_same(expected, *row.balance)) chain.breaks.push_back({at, expected, *row.balance});
    } else {
      chain.opening = *row.balance + -since;
    }
    known = row.balance;
    since = Decimal{};
  }
  chain.order = std::move(order);
  return chain;
}

// The rows of each day the other way round.
std::vector<std::size_t> reversed_within_days(const std::vector<FiguredRow>& rows,
                                              std::vector<std::size_t> order) {
  for (auto begin = order.begin(); begin != order.end();) {
    const auto end =
        std::find_if(begin, order.end(), [&](std::size_t at) { return rows[at].day != rows[*begin].day; });
    std::reverse(begin, end);
    begin = end;
  }
  return order;
}

bool is_better(const Chain& one, const Chain& other) {
  return std::pair{one.breaks.size(), !one.days_ascend} < std::pair{other.breaks.size(), !other.days_ascend};
}

// What is blank in some rows is what the others say, if they all say the same.
void fill_blanks(std::vector<FiguredRow>& rows, std::string FiguredRow::* field) {
  std::string only;
  for (const FiguredRow& row : rows) {
    if (only.empty()) only = row.*field;
    if (!(row.*field).empty() && row.*field != only) return;
  }
  for (FiguredRow& row : rows) row.*field = only;
}

}  // namespace

Chain chain_of(const std::vector<FiguredRow>& rows) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Chain best = chain_in(rows, order);
  if (!best.opening || (best.breaks.empty() && best.days_ascend)) return best;
  std::vector<std::size_t> reversed{order.rbegin(), order.rend()};
  for (std::vector<std::size_t>& other :
       std::vector{reversed, reversed_within_days(rows, reversed), reversed_within_days(rows, order)}) {
    Chain chain = chain_in(rows, std::move(other));
    if (is_better(chain, best)) best = std::move(chain);
  }
  return best;
}

std::vector<std::vector<FiguredRow>> rows_by_account(std::vector<FiguredRow> rows) {
  fill_blanks(rows, &FiguredRow::account);
  fill_blanks(rows, &FiguredRow::currency);
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  std::vector<std::vector<FiguredRow>> accounts;
  for (FiguredRow& row : rows) {
    const auto [place, is_new] = places.try_emplace({row.account, row.currency}, accounts.size());
    if (is_new) accounts.emplace_back();
    accounts[place->second].push_back(std::move(row));
  }
  return accounts;
}

}  // namespace coop::statements
