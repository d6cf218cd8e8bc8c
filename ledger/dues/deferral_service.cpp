#include "ledger/dues/deferral_service.hpp"

#include <algorithm>
#include <tuple>

#include "ledger/books/posting_service.hpp"
#include "ledger/dues/tier_store.hpp"

namespace coop::dues {

namespace {

// Each is two postings of an entry.
constexpr std::size_t most_in_one_entry = books::most_postings / 2;

using Kind = std::tuple<Day, UnitId, std::string_view, bool>;

Kind kind_of(const DeferralOf& one) {
  return {one.deferral.on, one.charge->unit, one.charge->income, one.deferral.minor > 0};
}

// What is missing, those that belong into one entry next to each other.
std::vector<DeferralOf> missing_of(std::span<const SpreadCharge> charges, Day through) {
  std::vector<DeferralOf> missing;
  for (const SpreadCharge& charge : charges)
    for (const Deferral& deferral : missing_deferrals(charge, through))
      missing.push_back({&charge, deferral});
  std::ranges::stable_sort(missing, {}, kind_of);
  return missing;
}

// The first of them that make one entry.
std::span<const DeferralOf> one_entry_of(std::span<const DeferralOf> rest) {
  const auto same = [&](const DeferralOf& one) { return kind_of(one) == kind_of(rest.front()); };
  const auto end = std::ranges::find_if_not(rest, same);
  const auto count = static_cast<std::size_t>(std::distance(rest.begin(), end));
  return rest.first(std::min(count, most_in_one_entry));
}

}  // namespace

std::int64_t spread_income(Tx& tx, NodeId node, int run, const SpreadOf& which, const books::Author& author) {
  const auto deferred_account = read_dues_accounts(tx, node).deferred;
  if (!deferred_account) return 0;
  const auto charges = read_spread_charges(tx, node, which);
  const auto missing = missing_of(charges, which.through);
  std::vector<books::Draft> drafts;
  std::vector<std::size_t> sizes;
  for (std::span<const DeferralOf> rest{missing}; !rest.empty(); rest = rest.subspan(sizes.back())) {
    const auto together = one_entry_of(rest);
    drafts.push_back(deferral_draft(*deferred_account, together, author.user));
    sizes.push_back(together.size());
  }
  if (drafts.empty()) return 0;
  const auto entries =
      books::all_recorded_or_throw(books::post(tx, node, drafts, books::Together::all_or_none, author.now));
  std::vector<BookedDeferral> booked;
  for (std::size_t i = 0; i < drafts.size(); ++i)
    for (std::size_t j = 0; j < sizes[i]; ++j)
      booked.push_back({missing[booked.size()].deferral, entries[i].number});
  insert_deferrals(tx, node, run, booked, author);
  return static_cast<std::int64_t>(booked.size());
}

}  // namespace coop::dues
