#include "ledger/books/reversal_service.hpp"

#include "ledger/books/reversal_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

Recorded reverse(Tx& tx, NodeId node, const ReversalDraft& draft, const Author& author) {
  EntryToReverse entry = read_entry_to_reverse(tx, node, draft.reverses);
  if (!draft.by_keeper)
    if (const auto keeper = find_keeper(tx, node, draft.reverses))
      throw Refused{Refusal::entry_kept_by_register,
                    "entry " + std::to_string(draft.reverses.number()) + " was made by " + *keeper};
  const auto description = "Reversal of entry " + std::to_string(draft.reverses.number());
  const std::array<Draft, 1> one{Draft{draft.request_key, author.user,
                                       draft.booked_on.value_or(entry.booked_on), draft.late,
                                       draft.description.empty() ? description : draft.description, "", "",
                                       draft.reverses, std::nullopt, std::move(entry.opposite)}};
  return recorded_or_throw(post(tx, node, one, Together::each_alone, author.now).front());
}

}  // namespace coop::books
