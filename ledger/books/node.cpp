#include "ledger/books/node.hpp"

#include <algorithm>

#include "ledger/values/refusal.hpp"

namespace coop::books {

void require_node_draft(const NodeDraft& draft) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool named = !draft.name.empty() && draft.name.size() <= 31 && lower(draft.name.front()) &&
                     std::all_of(draft.name.begin(), draft.name.end(),
                                 [&](char c) { return lower(c) || (c >= '0' && c <= '9') || c == '-'; });
  if (!named) {
    throw Refused{Refusal::name_malformed, "a node's name has 1 to 31 of a-z 0-9 - and begins with a letter",
                  "/name"};
  }
  if (draft.title.empty() || draft.title.size() > 200) {
    throw Refused{Refusal::field_invalid, "a title has 1 to 200 bytes", "/title"};
  }
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (draft.country.size() != 2 || !upper(draft.country[0]) || !upper(draft.country[1])) {
    throw Refused{Refusal::field_invalid, "a country is two capital letters (ISO 3166-1)", "/country"};
  }
  if (draft.fiscal_start.month < 1 || draft.fiscal_start.month > 12 || draft.fiscal_start.day < 1 ||
      draft.fiscal_start.day > 28) {
    throw Refused{Refusal::field_invalid, "a fiscal year starts in month 1 to 12 on day 1 to 28",
                  "/fiscal_start"};
  }
  day_in_zone(Instant{}, draft.time_zone);
}

}  // namespace coop::books
