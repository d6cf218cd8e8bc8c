#include "ledger/work/obligation.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"
#include "ledger/values/wide_integer.hpp"
#include "ledger/values/word_table.hpp"
#include "ledger/work/work_text.hpp"

namespace coop::work {

namespace {

constexpr WordTable<SettlementKind, 4> settlement_kinds{{{SettlementKind::money, "money"},
                                                         {SettlementKind::kind, "kind"},
                                                         {SettlementKind::waived, "waived"},
                                                         {SettlementKind::reversed, "reversed"}}};

constexpr int most_minutes_owed = 600'000;
constexpr std::int64_t most_minor_owed = 100'000'000'000'000;
constexpr std::int64_t highest_rate = 10'000'000'000;

// An hour's worth where hours are compared with money, else one: then sixtieths are minutes.
Wide rate_of(const ObligationTerms& terms) { return terms.rate_minor.value_or(1); }

Wide sixtieths_owed(const ObligationTerms& terms) {
  return terms.minutes ? Wide{*terms.minutes} * rate_of(terms) : Wide{*terms.minor} * 60;
}

Wide sixtieths_left(const ObligationTerms& terms, const ObligationDone& done) {
  const Wide minutes = Wide{done.approved_minutes} + done.waived_minutes;
  const Wide minor = Wide{done.money_minor} + done.kind_minor + done.waived_minor;
  return sixtieths_owed(terms) - minutes * rate_of(terms) - minor * 60;
}

std::int64_t rounded_up(const Wide& number, const Wide& by) { return narrowed(Wide{(number + by - 1) / by}); }

std::int64_t rounded_down(const Wide& number, const Wide& by) { return narrowed(Wide{number / by}); }

// Minor units that complete so many sixtieths; below zero, those that are whole beyond them. Every amount of
// an obligation is a difference of two of these, so that amounts add up wherever they are cut.
std::int64_t minor_left(const Wide& sixtieths) {
  return narrowed(sixtieths > 0 ? Wide{(sixtieths + 59) / 60} : Wide{-(Wide{-sixtieths} / 60)});
}

// Minor units, half up.
std::int64_t worth_of(const ObligationTerms& terms, std::int64_t minutes) {
  return narrowed(Wide{(Wide{minutes} * rate_of(terms) + 30) / 60});
}

bool says_minutes(const ObligationTerms& terms) { return terms.minutes || terms.rate_minor; }

void require_amount_owed(const ObligationTerms& terms) {
  if (!terms.minutes && !terms.minor)
    throw Refused{Refusal::field_missing, "minutes or an amount are owed", "/minutes"};
  if (terms.minutes && terms.minor)
    throw Refused{Refusal::field_invalid, "minutes or an amount are owed, not both", "/amount"};
  if (terms.minutes && (*terms.minutes < 1 || *terms.minutes > most_minutes_owed))
    throw Refused{Refusal::field_invalid, "1 to 600000 minutes are owed", "/minutes"};
  if (terms.minor && (*terms.minor < 1 || *terms.minor > most_minor_owed))
    throw Refused{Refusal::field_invalid, "more than nothing is owed, and not that much", "/amount"};
}

void require_comparable(const ObligationTerms& terms) {
  if (!terms.by_hours && !terms.by_money && !terms.by_kind)
    throw Refused{Refusal::field_invalid, "it is met in hours, money or kind", "/payable_in"};
  const bool is_mixed = terms.minutes ? terms.by_money || terms.by_kind : terms.by_hours;
  if (is_mixed && !terms.rate_minor)
    throw Refused{Refusal::field_missing, "hours and money are compared by what an hour is worth",
                  "/rate_an_hour"};
  if (terms.rate_minor && (*terms.rate_minor < 1 || *terms.rate_minor > highest_rate))
    throw Refused{Refusal::field_invalid, "an hour is worth more than nothing, and not that much",
                  "/rate_an_hour"};
}

}  // namespace

std::string_view text_of(SettlementKind kind) { return text_among(settlement_kinds, kind); }
SettlementKind settlement_kind_from(std::string_view text) { return word_among(settlement_kinds, text); }

void require_obligation(const ObligationTerms& terms) {
  require_work_text(terms.title, 1, 200, "/title");
  if (terms.until_on < terms.from_on)
    throw Refused{Refusal::day_malformed, "its last day is before its first", "/until_on"};
  require_amount_owed(terms);
  require_comparable(terms);
  if (terms.decision.find_first_not_of(' ') == std::string::npos)
    throw Refused{Refusal::decision_missing, "an obligation rests on a decision", "/decision"};
  require_work_text(terms.decision, 1, 500, "/decision");
}

ObligationStanding standing_of(const ObligationTerms& terms, const ObligationDone& done) {
  const Wide owed = sixtieths_owed(terms);
  const Wide left = sixtieths_left(terms, done);
  const Wide open = left > 0 ? left : Wide{0};
  const Wide beyond = left < 0 ? Wide{-left} : Wide{0};
  ObligationStanding standing{.owed = {}, .done = {}, .open = {}, .beyond = {}, .is_complete = left <= 0};
  if (says_minutes(terms)) {
    const Wide rate = rate_of(terms);
    standing.owed.minutes = rounded_up(owed, rate);
    standing.done.minutes = done.approved_minutes;
    standing.open.minutes = rounded_up(open, rate);
    standing.beyond.minutes = rounded_down(beyond, rate);
  }
  if (terms.unit) {
    standing.owed.minor = minor_left(owed);
    standing.done.minor =
        terms.rate_minor ? minor_left(left + Wide{done.approved_minutes} * rate_of(terms)) - minor_left(left)
                         : 0;
    standing.open.minor = minor_left(open);
    standing.beyond.minor = -minor_left(-beyond);
  }
  return standing;
}

HoursSplit split_hours(const ObligationTerms& terms, const ObligationDone& done, int minutes) {
  ObligationDone all = done;
  all.approved_minutes += done.waiting_minutes;
  const std::int64_t open = standing_of(terms, all).open.minutes.value_or(0);
  const int toward = terms.by_hours ? static_cast<int>(std::min<std::int64_t>(open, minutes)) : 0;
  HoursSplit split{toward, minutes - toward, {}, {}};
  if (!terms.rate_minor) return split;
  const Wide left = sixtieths_left(terms, all);
  const Wide after = left - Wide{toward} * rate_of(terms);
  split.toward_minor = minor_left(left) - minor_left(after);
  split.rest_minor = terms.by_hours ? minor_left(after) - minor_left(left - Wide{minutes} * rate_of(terms))
                                    : worth_of(terms, minutes);
  return split;
}

}  // namespace coop::work
