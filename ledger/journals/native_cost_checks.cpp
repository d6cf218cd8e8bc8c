#include "ledger/journals/native_cost_checks.hpp"

#include <boost/json.hpp>

#include <algorithm>

#include "ledger/journals/native_row_rules.hpp"
#include "ledger/sharing/figures_text.hpp"
#include "ledger/sharing/sharing_rule.hpp"
#include "ledger/values/money.hpp"

namespace coop::journals {

namespace {

constexpr std::int64_t most_sharers = 900;

template <class Known>
Known& known_of(JsonFields& row, std::string_view name, std::vector<Known>& all) {
  const std::int64_t number = row.number(name);
  require_consistent(number > 0 && number <= static_cast<std::int64_t>(all.size()),
                     "there is no " + std::string{name} + ' ' + std::to_string(number) + " of shared costs");
  return all[static_cast<std::size_t>(number - 1)];
}

template <class Known>
void require_next_number(JsonFields& row, const std::vector<Known>& all) {
  require_consistent(row.number("number") == static_cast<std::int64_t>(all.size()) + 1,
                     "the numbers of shared costs have a gap");
}

// Nobody bears something of a refund, or gets something of costs; of nothing there is no share.
bool goes_with(std::int64_t share, std::int64_t amount) {
  return share == 0 || (share > 0 ? amount > 0 : amount < 0);
}

// The node itself or one of its circles.
bool is_inside(const std::pair<std::string, std::string>& who, const std::string& node) {
  return who.first == "circle" || (who.first == "node" && who.second == node);
}

}  // namespace

bool CostChecks::take(const NativeRow& row, const Before& before) {
  const std::string_view kind = row.of->kind;
  if (!kind.starts_with("cost_")) return false;
  const auto value = boost::json::parse(row.json);
  JsonFields fields = JsonFields::of(value);
  if (kind == "cost_pool") take_pool(fields, before);
  else if (kind == "cost_term") take_term(fields, before);
  else if (kind == "cost_participant") take_participant(fields, before);
  else if (kind == "cost_bill") take_bill(fields, before);
  else if (kind == "cost_bill_end") take_bill_end(fields);
  else if (kind == "cost_usage") take_usage(fields);
  else if (kind == "cost_allocation") take_allocation(fields, before);
  else if (kind == "cost_allocation_bill") take_taken_bill(fields);
  else if (kind == "cost_allocation_usage") take_taken_usage(fields);
  else if (kind == "cost_share") take_share(fields, before);
  else take_step(fields, before);
  return true;
}

CostChecks::Somebody CostChecks::somebody_of(JsonFields& row, const MemberChecks* members) {
  Somebody who{require_word(row, "party", {"node", "member", "circle", "neighbour"}),
               require_text(row, "code", 1, 40)};
  require_consistent(members == nullptr || who.first != "member" || members->knows_member(who.second),
                     "there is no member " + who.second);
  return who;
}

CostChecks::KnownPool& CostChecks::pool_of(JsonFields& row) { return known_of(row, "pool", pools_); }

CostChecks::KnownAllocation& CostChecks::allocation_of(JsonFields& row) {
  return known_of(row, "allocation", allocations_);
}

const CostChecks::KnownTerm& CostChecks::term_of(const KnownAllocation& allocation) const {
  return pool(allocation.pool).terms[static_cast<std::size_t>(allocation.term - 1)];
}

const CostChecks::KnownTerm* CostChecks::term_on(const KnownPool& pool, Day day) {
  const KnownTerm* found = nullptr;
  for (const KnownTerm& term : pool.terms)
    if (term.from_on <= day) found = &term;
  return found == nullptr || (found->until_on && *found->until_on < day) ? nullptr : found;
}

bool CostChecks::is_named(const KnownPool& pool, const Somebody& who) {
  return std::ranges::any_of(pool.terms, [&](const KnownTerm& term) {
    return std::ranges::any_of(term.known, [&](const KnownSharer& one) { return one.who == who; });
  });
}

void CostChecks::take_pool(JsonFields& row, const Before& before) {
  require_next_number(row, pools_);
  KnownPool pool{row.text("unit"), 0, 0, 0};
  for (const auto& [name, id] : {std::pair{"expense", &pool.expense}, std::pair{"claims", &pool.claims}}) {
    const auto account = before.accounts.find({row.text(name), pool.unit});
    require_consistent(account != before.accounts.end(),
                       "there is no account " + row.text(name) + " in " + pool.unit);
    *id = account->second;
  }
  pool.scale = before.scales.at(pool.unit);
  require_consistent(codes_.insert(row.text("code")).second, "two cost pools have one code");
  pools_.push_back(std::move(pool));
}

void CostChecks::take_term(JsonFields& row, const Before& before) {
  auto& terms = pool_of(row).terms;
  require_consistent(row.number("term") == static_cast<std::int64_t>(terms.size()) + 1,
                     "the terms of a cost pool have a gap");
  KnownTerm term{row.day("from_on"),
                 {},
                 row.text("rule"),
                 row.instant("recorded_at"),
                 require_count(row, "participants", 1)};
  if (row.has("until_on")) term.until_on = row.day("until_on");
  require_consistent(terms.empty() || terms.back().from_on < term.from_on,
                     "a term of a cost pool begins before the one before it");
  require_consistent(!term.until_on || term.from_on <= *term.until_on,
                     "a term of a cost pool ends before it begins");
  require_text(row, "title", 1, 200);
  require_text(row, "decision", 1, 500);
  require_consistent(std::ranges::find(before.sharing.versions(), term.rule,
                                       &SharingChecks::KnownVersion::code) != before.sharing.versions().end(),
                     "a cost pool is shared by no rule");
  require_consistent(term.participants <= most_sharers, "too many share a cost pool");
  terms.push_back(std::move(term));
}

void CostChecks::take_participant(JsonFields& row, const Before& before) {
  KnownTerm& term = known_of(row, "term", pool_of(row).terms);
  require_consistent(row.number("place") == static_cast<std::int64_t>(term.known.size()) + 1,
                     "those who share a cost pool have a gap");
  const KnownSharer sharer{somebody_of(row, &before.members), row.maybe_number("weight_millionths"),
                           row.maybe_number("fixed_minor")};
  const auto is_there = [&](const KnownSharer& one) { return one.who.second == sharer.who.second; };
  require_consistent(std::ranges::none_of(term.known, is_there),
                     sharer.who.second + " shares a cost pool twice");
  require_consistent(sharer.weight.value_or(0) >= 0 && sharer.fixed.value_or(0) >= 0,
                     "a weight or fixed amount is below zero");
  term.known.push_back(sharer);
}

void CostChecks::take_bill(JsonFields& row, const Before& before) {
  require_next_number(row, bills_);
  const KnownPool& pool = pool_of(row);
  const bool is_paid = require_word(row, "bill", {"paid", "gift", "waived"}) == "paid";
  KnownBill bill{row.number("pool"),
                 is_paid,
                 row.day("billed_on"),
                 row.number("amount_minor"),
                 somebody_of(row, &before.members),
                 row.maybe_number("entry"),
                 row.instant("recorded_at")};
  require_consistent(bill.amount > 0 || (is_paid && bill.amount < 0), "a bill of shared costs is of nothing");
  require_consistent(bill.entry.has_value() == (is_paid && is_inside(bill.payer, before.node)),
                     "the entry of a bill is missing, or has no place there");
  require_consistent(bill.payer.first != "neighbour" || is_named(pool, bill.payer),
                     "no term names " + bill.payer.second + ", who paid a bill");
  require_consistent(term_on(pool, bill.billed_on) != nullptr, "a bill is of a day on which nobody shares");
  require_text(row, "title", 1, 200);
  bills_.push_back(std::move(bill));
}

void CostChecks::take_bill_end(JsonFields& row) {
  KnownBill& bill = known_of(row, "bill", bills_);
  require_consistent(!bill.is_ended, "a bill of shared costs is withdrawn twice");
  require_text(row, "reason", 1, 500);
  bill.is_ended = true;
}

void CostChecks::take_usage(JsonFields& row) {
  require_next_number(row, usages_);
  const std::string who = row.text("participant");
  const std::string measure = row.text("measure");
  sharing::require_name(measure);
  const bool shares = std::ranges::any_of(pool_of(row).terms, [&](const KnownTerm& term) {
    return std::ranges::any_of(term.known, [&](const KnownSharer& one) { return one.who.second == who; });
  });
  require_consistent(shares, who + " does not share the cost pool");
  const Day from_on = row.day("from_on");
  KnownUsage usage{{},
                   row.number("pool"),
                   who,
                   measure,
                   row.day("until_on"),
                   0,
                   row.number("millionths"),
                   row.instant("recorded_at")};
  require_consistent(from_on <= usage.until_on && usage.millionths >= 0,
                     "what " + who + " used is not possible");
  const std::string key = std::to_string(usage.pool) + ' ' + who + ' ' + measure;
  usage.of = key + ' ' + from_on.text() + ' ' + usage.until_on.text();
  usage.difference = usage.millionths;
  if (row.has("corrects")) {
    KnownUsage& before = known_of(row, "corrects", usages_);
    require_consistent(before.of == usage.of && !before.is_corrected, "a usage corrects something else");
    before.is_corrected = true;
    usage.difference = checked_add(usage.millionths, -before.millionths);
  } else {
    auto& days = measured_[key];
    const auto overlaps = [&](const auto& one) {
      return one.first <= usage.until_on && from_on <= one.second;
    };
    require_consistent(std::ranges::none_of(days, overlaps), "the same days are measured twice");
    days.emplace_back(from_on, usage.until_on);
  }
  usages_.push_back(std::move(usage));
}

void CostChecks::take_allocation(JsonFields& row, const Before& before) {
  require_next_number(row, allocations_);
  const KnownTerm& term = known_of(row, "term", pool_of(row).terms);
  require_consistent(row.day("from_on") <= row.day("to_on") && row.day("to_on") <= row.day("booked_on"),
                     "the days of a division are out of order");
  const std::int64_t amount = row.number("amount_minor");
  KnownAllocation allocation{row.maybe_text("recorded_by").value_or(""),
                             row.number("pool"),
                             row.number("term"),
                             require_count(row, "rule_version", 1),
                             row.day("to_on"),
                             row.instant("recorded_at"),
                             require_count(row, "values_known", 0),
                             require_count(row, "bills", 1),
                             require_count(row, "usages", 0),
                             require_count(row, "shares", 1),
                             amount,
                             amount,
                             amount,
                             row.number("given_minor"),
                             sharing::figures_from_text(require_text(row, "figures", 2, 20'000))};
  require_consistent(allocation.values_known <= before.sharing.values(),
                     "costs are divided by values that there were not");
  const auto& versions = before.sharing.versions();
  require_consistent(allocation.version <= static_cast<std::int64_t>(versions.size()),
                     "costs are divided by no rule");
  const auto& version = versions[static_cast<std::size_t>(allocation.version - 1)];
  require_consistent(
      version.code == term.rule && !version.rule.empty() && version.valid_from <= allocation.to_on.text(),
      "costs are divided by another rule than the pool's");
  require_term_held(allocation);
  allocations_.push_back(std::move(allocation));
}

// What was recorded later did not count then.
void CostChecks::require_term_held(const KnownAllocation& allocation) const {
  const KnownPool& shared = pool(allocation.pool);
  const KnownTerm& term = term_of(allocation);
  const auto last = static_cast<std::size_t>(allocation.term);
  const bool replaced_later =
      std::any_of(shared.terms.begin() + static_cast<std::ptrdiff_t>(last), shared.terms.end(),
                  [&](const KnownTerm& one) { return one.recorded_at > allocation.recorded_at; });
  require_consistent(term_on(shared, allocation.to_on) == &term || replaced_later,
                     "the term of a division did not hold");
}

void CostChecks::take_taken_bill(JsonFields& row) {
  KnownAllocation& allocation = allocation_of(row);
  KnownBill& bill = known_of(row, "bill", bills_);
  require_consistent(bill.pool == allocation.pool && bill.billed_on <= allocation.to_on &&
                         bill.recorded_at <= allocation.recorded_at && --allocation.bills >= 0 &&
                         bill.taken.insert(row.number("allocation")).second,
                     "a division takes a bill that it may not take");
  auto& [paid, given] = allocation.billed[bill.payer];
  (bill.is_paid ? paid : given) = checked_add(bill.is_paid ? paid : given, bill.amount);
}

void CostChecks::take_taken_usage(JsonFields& row) {
  KnownAllocation& allocation = allocation_of(row);
  KnownUsage& usage = known_of(row, "usage", usages_);
  require_consistent(usage.pool == allocation.pool && usage.until_on <= allocation.to_on &&
                         usage.recorded_at <= allocation.recorded_at && --allocation.usages >= 0 &&
                         usage.taken.insert(row.number("allocation")).second,
                     "a division takes a usage that it may not take");
  std::int64_t& used = allocation.used[usage.who][usage.measure];
  used = checked_add(used, usage.difference);
}

void CostChecks::take_share(JsonFields& row, const Before& before) {
  KnownAllocation& allocation = allocation_of(row);
  const Somebody who = somebody_of(row, nullptr);
  const auto is_who = [&](const KnownSharer& one) { return one.who == who; };
  const bool named = std::ranges::any_of(term_of(allocation).known, is_who);
  const std::int64_t share = row.number("share_minor");
  require_consistent(row.number("place") == ++allocation.places && --allocation.shares >= 0 &&
                         row.truth("takes_part") == named && goes_with(share, allocation.amount) &&
                         (named || share == 0) &&
                         (!named || allocation.told.emplace(who.second, share).second),
                     "somebody has a share who does not share the cost pool, or has two");
  const auto billed = allocation.billed.find(who);
  const auto wanted =
      billed == allocation.billed.end() ? std::pair<std::int64_t, std::int64_t>{0, 0} : billed->second;
  require_consistent(wanted == std::pair{row.number("paid_minor"), row.number("given_minor")},
                     "somebody paid or gave something else than the bills say");
  allocation.to_share = checked_add(allocation.to_share, -share);
  allocation.to_pay = checked_add(allocation.to_pay, -wanted.first);
  allocation.to_give = checked_add(allocation.to_give, -wanted.second);
  const std::int64_t net = checked_add(share, -wanted.first);
  allocation.moves = allocation.moves || net != 0;
  std::int64_t& side = is_inside(who, before.node) ? allocation.inside : allocation.outside;
  side = checked_add(side, net);
}

void CostChecks::take_step(JsonFields& row, const Before& before) {
  KnownAllocation& allocation = allocation_of(row);
  const std::string step = require_word(row, "step", {"posted", "cancelled", "reversed"});
  const auto entry = row.maybe_number("entry");
  require_consistent(entry.has_value() == (step != "cancelled" && allocation.moves),
                     "a division has no entry, or one too many");
  require_consistent(row.has("reason") == (step != "posted"), "a step has no reason, or one too many");
  if (row.has("reason")) require_text(row, "reason", 1, 500);
  const auto by = row.maybe_text("recorded_by");
  const bool is_first = step != "reversed";
  require_consistent(row.number("number") == (is_first ? 1 : 2) &&
                         allocation.state == (is_first ? "proposed" : "posted") &&
                         (step != "posted" || (by && *by != allocation.written_by)),
                     "a division is " + step + " at the wrong time, or by whom it may not be");
  if (entry)
    require_entry_says(before.posted, pool(allocation.pool), allocation, *entry, step == "posted" ? 1 : -1);
  require_consistent(!entry || (entry != allocation.entry && entries_.insert(*entry).second),
                     "two divisions have one entry");
  allocation.state = step;
  allocation.entry = entry;
}

}  // namespace coop::journals
