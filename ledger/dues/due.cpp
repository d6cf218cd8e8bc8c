#include "ledger/dues/due.hpp"

#include <algorithm>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/split.hpp"

namespace coop::dues {

namespace {

// The calendar period of the interval that holds the day.
Period calendar_period(Interval interval, Day day) {
  switch (interval) {
    case Interval::month:
      return Period::month_of(day);
    case Interval::quarter:
      return Period::quarter_of(day);
    case Interval::year:
    case Interval::flexible:
      break;
  }
  return Period::fiscal_year_of(day, {1, 1});
}

// What is covered of one calendar period under one subscription.
struct Cover {
  Period calendar;
  Period covered;  // from the first to the last covered day
  int days;        // covered days, pauses left out
};

std::optional<Period> common_days(const Period& a, const Period& b) {
  const Day first = std::max(a.first(), b.first());
  const Day last = std::min(a.last(), b.last());
  return first <= last ? std::optional{Period{first, last}} : std::nullopt;
}

// The covers that may begin in the window, in order.
std::vector<Cover> covers_of(const std::vector<Period>& active, const SubscribedDays& subscribed,
                             Interval interval, const Period& window) {
  const Period asked{calendar_period(interval, window.first()).first(),
                     calendar_period(interval, window.last()).last()};
  std::vector<Cover> covers;
  for (const Period& stretch : active) {
    auto days = common_days(stretch, Period{subscribed.first, subscribed.last});
    if (days) days = common_days(*days, asked);
    while (days) {
      const Period calendar = calendar_period(interval, days->first());
      const Period part = *common_days(*days, calendar);
      if (!covers.empty() && covers.back().calendar == calendar) {
        covers.back().covered = {covers.back().covered.first(), part.last()};
        covers.back().days += part.days();
      } else {
        covers.push_back({calendar, part, part.days()});
      }
      days = part.last() < days->last() ? std::optional{Period{part.last().plus_days(1), days->last()}}
                                        : std::nullopt;
    }
  }
  std::erase_if(covers, [&](const Cover& cover) { return !window.holds(cover.covered.first()); });
  return covers;
}

std::string amount_text(std::int64_t minor, const Unit& unit) {
  return text_from_minor(minor, unit.scale) + " " + unit.code;
}

// An amount with the words that say how it came about.
struct Explained {
  std::int64_t minor;
  std::string why;
};

Explained whole_period_amount(const Tier& tier, const TierPrice& price, const Subscription& subscription,
                              const Unit& unit) {
  const std::string every =
      tier.interval == Interval::month ? " a month" : " a " + std::string{text_of(tier.interval)};
  const std::string title = tier.title + ": ";
  if (!subscription.chosen_minor)
    return {price.suggested_minor, title + amount_text(price.suggested_minor, unit) + every};
  if (*subscription.chosen_minor < price.minimum_minor)
    return {price.minimum_minor, title + amount_text(price.minimum_minor, unit) + every +
                                     ", the least since " + price.from_on.text() +
                                     " (chosen: " + amount_text(*subscription.chosen_minor, unit) + ")"};
  return {*subscription.chosen_minor,
          title + amount_text(*subscription.chosen_minor, unit) + every + ", as chosen"};
}

Explained amount_of(const Tier& tier, const TierPrice& price, const Subscription& subscription,
                    const Cover& cover, const Unit& unit) {
  Explained amount = whole_period_amount(tier, price, subscription, unit);
  if (tier.proration == Proration::whole_periods || cover.days == cover.calendar.days()) return amount;
  amount.minor = times_half_up(amount.minor, Ratio{cover.days, cover.calendar.days()});
  amount.why += "; " + std::to_string(cover.days) + " of " + std::to_string(cover.calendar.days()) + " days";
  return amount;
}

// Takes off what a concession waives.
void waive(Due& due, std::span<const Concession> concessions, const Unit& unit) {
  const auto concession = concession_on(concessions, due.period.first());
  if (!concession) return;
  due.waived_minor = times_half_up(due.gross_minor, concession->share);
  due.why += "; " + concession->share.text() + " waived (concession " + std::to_string(concession->number) +
             "): " + amount_text(due.waived_minor, unit);
}

Ratio require_rate(const PriceList& prices, UnitId from, UnitId to, Day day) {
  if (from == to) return Ratio{1, 1};
  const auto rate = rate_on(prices.rates, from, to, day);
  if (rate) return rate->rate;
  throw Refused{Refusal::rate_missing, "no rate from " + prices.unit(from).code + " to " +
                                           prices.unit(to).code + " is in force on " + day.text()};
}

// The due as it is, or as two: one in the tier's unit and one in the other unit.
std::vector<Due> in_its_units(Due due, const std::optional<LocalPart>& local, const PriceList& prices) {
  if (!local) return {std::move(due)};
  const Unit& base = prices.unit(due.unit);
  const Unit& other = prices.unit(local->unit);
  const std::int64_t share_minor = times_half_up(due.owed_minor(), local->share);
  const Ratio rate = require_rate(prices, base.id, other.id, due.period.first());
  Due payable_otherwise = due;
  payable_otherwise.unit = other.id;
  payable_otherwise.gross_minor = converted_half_up(share_minor, base.scale, rate, other.scale);
  payable_otherwise.waived_minor = 0;
  payable_otherwise.why += "; " + local->share.text() + " of what is owed, " +
                           amount_text(share_minor, base) + ", in " + other.code + " at " + rate.text();
  due.gross_minor -= share_minor;
  due.why += "; " + amount_text(share_minor, base) + " of it in " + other.code;
  return {std::move(due), std::move(payable_otherwise)};
}

// Equal instalments, a month apart.
void append_instalments(std::vector<Due>& dues, const Due& due, int parts) {
  const std::vector<std::int64_t> equal(static_cast<std::size_t>(parts), 1);
  const auto gross = split_exactly(due.gross_minor, equal);
  const auto waived = split_exactly(due.waived_minor, equal);
  for (int i = 0; i < parts; ++i) {
    Due part = due;
    part.part = i + 1;
    part.parts = parts;
    part.due_on = due.due_on.plus_months(i);
    part.gross_minor = gross[static_cast<std::size_t>(i)];
    part.waived_minor = waived[static_cast<std::size_t>(i)];
    if (parts > 1) part.why += "; instalment " + std::to_string(i + 1) + " of " + std::to_string(parts);
    dues.push_back(std::move(part));
  }
}

TierPrice require_price_on(const PricedTier& priced, Day day) {
  if (auto price = price_on(priced.prices, day)) return *std::move(price);
  throw Refused{Refusal::tier_without_price,
                "the tier '" + priced.tier.code + "' has no price on " + day.text()};
}

bool is_free(const DuesFacts& facts, const PriceList& prices, Day day) {
  const members::ClassRule* rule = prices.find_rule(facts.of_class, day);
  return rule && rule->is_solidarity;
}

// What joining obliges to, by the rule in force on the membership's first day.
void append_obligation(std::vector<Due>& dues, const DuesFacts& facts, const PriceList& prices,
                       const Period& window) {
  if (facts.active.empty() || !window.holds(facts.active.front().first())) return;
  const Day first = facts.active.front().first();
  const members::ClassRule* rule = prices.find_rule(facts.of_class, first);
  if (!rule || !rule->obligation) return;
  const Unit& unit = prices.unit(rule->obligation->unit());
  dues.push_back({DueKind::obligation, Period{first, first}, first, 1, 1, unit.id, facts.member,
                  rule->obligation->minor(), 0,
                  "Joining obliges to " + amount_text(rule->obligation->minor(), unit) + " (rule from " +
                      rule->from_on.text() + ": " + rule->decision + ")"});
}

void append_joining_fee(std::vector<Due>& dues, const DuesFacts& facts, const SubscribedDays& subscribed,
                        const PricedTier& priced, const PriceList& prices, const Period& window) {
  if (facts.active.empty()) return;
  const Day first = facts.active.front().first();
  if (!window.holds(first) || first < subscribed.first || subscribed.last < first) return;
  if (is_free(facts, prices, first)) return;
  const TierPrice price = require_price_on(priced, first);
  if (price.joining_minor == 0) return;
  const Unit& unit = prices.unit(priced.tier.unit);
  Due due{DueKind::joining,
          Period{first, first},
          first.plus_days(priced.tier.due_after_days),
          1,
          1,
          unit.id,
          subscribed.subscription.payer,
          price.joining_minor,
          0,
          priced.tier.title + ": " + amount_text(price.joining_minor, unit) + " on joining"};
  waive(due, facts.concessions, unit);
  dues.push_back(std::move(due));
}

}  // namespace

std::string_view text_of(DueKind kind) {
  switch (kind) {
    case DueKind::dues:
      return "dues";
    case DueKind::joining:
      return "joining";
    case DueKind::obligation:
      return "obligation";
    case DueKind::other:
      return "other";
  }
  throw InvariantBroken{"a charge is of one of four kinds"};
}

std::string text_of(const Period& period) {
  if (period == Period::month_of(period.first())) return period.first().text().substr(0, 7);
  if (period.first() == period.last()) return period.first().text();
  return period.first().text() + " to " + period.last().text();
}

DueKind due_kind_from(std::string_view text) {
  for (const DueKind kind : {DueKind::dues, DueKind::joining, DueKind::obligation, DueKind::other})
    if (text_of(kind) == text) return kind;
  throw Refused{Refusal::field_invalid, "one of these is expected: dues joining obligation other"};
}

const PricedTier& PriceList::tier(TierId id) const {
  const auto found = std::ranges::find(tiers, id, [](const PricedTier& one) { return one.tier.id; });
  ensure(found != tiers.end(), "a price list holds every tier of its node");
  return *found;
}

const Unit& PriceList::unit(UnitId id) const {
  const auto found = std::ranges::find(units, id, &Unit::id);
  ensure(found != units.end(), "a price list holds the units of its tiers");
  return *found;
}

const members::ClassRule* PriceList::find_rule(ClassId of_class, Day day) const {
  const auto found = std::ranges::find(classes, of_class, &members::MemberClass::id);
  if (found == classes.end()) return nullptr;
  const members::AdoptedRule* adopted = members::find_rule_on(*found, day);
  return adopted ? &adopted->rule : nullptr;
}

std::vector<Due> dues_of(const DuesFacts& facts, const PriceList& prices, const Period& window) {
  std::vector<Due> dues;
  append_obligation(dues, facts, prices, window);
  for (const SubscribedDays& subscribed : subscribed_days(facts.subscriptions)) {
    const Subscription& subscription = subscribed.subscription;
    const PricedTier& priced = prices.tier(*subscription.tier);
    append_joining_fee(dues, facts, subscribed, priced, prices, window);
    if (priced.tier.interval == Interval::flexible) continue;
    const Unit& unit = prices.unit(priced.tier.unit);
    for (const Cover& cover : covers_of(facts.active, subscribed, priced.tier.interval, window)) {
      if (is_free(facts, prices, cover.covered.first())) continue;
      const TierPrice price = require_price_on(priced, cover.covered.first());
      const auto [minor, why] = amount_of(priced.tier, price, subscription, cover, unit);
      Due due{DueKind::dues,
              cover.covered,
              cover.covered.first().plus_days(priced.tier.due_after_days),
              1,
              1,
              unit.id,
              subscription.payer,
              minor,
              0,
              why};
      waive(due, facts.concessions, unit);
      for (const Due& one : in_its_units(std::move(due), price.local, prices))
        append_instalments(dues, one, subscription.instalments);
    }
  }
  std::ranges::stable_sort(dues, {}, [](const Due& due) { return std::pair{due.period.first(), due.kind}; });
  return dues;
}

}  // namespace coop::dues
