#include "ledger/funds/fund.hpp"

#include <algorithm>
#include <array>

#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {

namespace {

constexpr std::array<std::string_view, 9> purpose_texts{
    "media", "venue", "community", "civil_society", "reserve", "hardship", "grant", "held", "other"};

}  // namespace

std::string_view text_of(FundPurpose purpose) { return purpose_texts.at(static_cast<std::size_t>(purpose)); }

FundPurpose fund_purpose_from(std::string_view text) {
  const auto* found = std::ranges::find(purpose_texts, text);
  if (found == purpose_texts.end())
    throw Refused{Refusal::field_invalid,
                  "a fund is for media, venue, community, civil_society, reserve, hardship, grant, held or "
                  "other, not '" +
                      std::string{text} + "'"};
  return static_cast<FundPurpose>(found - purpose_texts.begin());
}

const FundTerm* terms_on(const std::vector<FundTerm>& terms, Day day) {
  const FundTerm* latest = nullptr;
  for (const FundTerm& one : terms)
    if (one.terms.from_on <= day && (latest == nullptr || one.terms.from_on >= latest->terms.from_on))
      latest = &one;
  return latest;
}

void require_divisible(const Fund& fund, Day day, const std::string& field) {
  const FundTerm* terms = terms_on(fund.terms, day);
  if (terms != nullptr && terms->terms.is_indivisible)
    throw Refused{Refusal::fund_indivisible,
                  "the fund " + fund.dimension.code + " is indivisible: nothing of it is paid out to members",
                  field};
}

std::int64_t committed_minor(const FundFigures& figures) {
  return checked_add(checked_add(figures.mandates_minor, figures.unbooked_minor), figures.orders_minor);
}

std::int64_t free_minor(const FundFigures& figures) {
  return checked_add(checked_add(figures.balance_minor, -figures.buffer_minor), -committed_minor(figures));
}

}  // namespace coop::funds
