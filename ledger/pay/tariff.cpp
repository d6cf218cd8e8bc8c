#include "ledger/pay/tariff.hpp"

#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::pay {

void require_tariff(const TariffDraft& draft) {
  if (draft.minor && *draft.minor <= 0)
    throw Refused{Refusal::field_invalid, "an hour is worth more than nothing", "/amount"};
  if (draft.minor && *draft.minor > most_an_hour)
    throw Refused{Refusal::field_invalid, "that is too much for an hour", "/amount"};
  if (draft.minor.has_value() == draft.unit.empty())
    throw Refused{Refusal::field_invalid, "an amount has a unit, and where a tariff ends there is neither",
                  draft.unit.empty() ? "/unit" : "/amount"};
  if (is_blank(draft.decision))
    throw Refused{Refusal::decision_missing, "a tariff rests on a decision", "/decision"};
  if (characters_of(draft.decision) > 500)
    throw Refused{Refusal::field_invalid, "a decision is told in at most 500 characters", "/decision"};
}

}  // namespace coop::pay
