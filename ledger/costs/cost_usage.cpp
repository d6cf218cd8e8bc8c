#include "ledger/costs/cost_usage.hpp"

#include "ledger/sharing/sharing_rule.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::costs {

void require_usage_draft(const CostUsageDraft& draft, const std::string& at) {
  sharing::require_name(draft.measure);
  if (draft.measure == "weight" || draft.measure == "fixed")
    throw Refused{Refusal::field_invalid, "weights and fixed amounts stand in the pool's term",
                  at + "/measure"};
  if (draft.until_on < draft.from_on)
    throw Refused{Refusal::field_invalid, "it is not before /from_on", at + "/until_on"};
  if (draft.millionths < 0) throw Refused{Refusal::field_invalid, "it is not below zero", at + "/value"};
  if (draft.source.size() > 500)
    throw Refused{Refusal::field_invalid, "it has at most 500 bytes", at + "/source"};
}

std::string cost_measure_from(std::string_view text) {
  sharing::require_name(text);
  return std::string{text};
}

std::int64_t millionths_from(std::string_view text) {
  const std::int64_t millionths = minor_from_text(text, 6);
  if (millionths < 0) throw Refused{Refusal::field_invalid, "it is not below zero"};
  return millionths;
}

std::string millionths_text_of(std::int64_t millionths) {
  std::string text = text_from_minor(millionths, 6);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace coop::costs
