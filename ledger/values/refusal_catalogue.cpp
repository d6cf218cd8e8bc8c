#include <array>

#include "ledger/values/refusal_texts_assemblies.hpp"
#include "ledger/values/refusal_texts_bank.hpp"
#include "ledger/values/refusal_texts_books.hpp"
#include "ledger/values/refusal_texts_budgets.hpp"
#include "ledger/values/refusal_texts_capital.hpp"
#include "ledger/values/refusal_texts_costs.hpp"
#include "ledger/values/refusal_texts_disbursements.hpp"
#include "ledger/values/refusal_texts_dues.hpp"
#include "ledger/values/refusal_texts_funds.hpp"
#include "ledger/values/refusal_texts_members.hpp"
#include "ledger/values/refusal_texts_obligations.hpp"
#include "ledger/values/refusal_texts_pay.hpp"
#include "ledger/values/refusal_texts_payments.hpp"
#include "ledger/values/refusal_texts_reconciling.hpp"
#include "ledger/values/refusal_texts_registers.hpp"
#include "ledger/values/refusal_texts_requests.hpp"
#include "ledger/values/refusal_texts_sharing.hpp"
#include "ledger/values/refusal_texts_work.hpp"

namespace coop {

namespace {

// In the order of the enumeration.
constexpr std::array parts{
    std::span<const RefusalText>{refusal_texts_of_requests},
    std::span<const RefusalText>{refusal_texts_of_books},
    std::span<const RefusalText>{refusal_texts_of_members},
    std::span<const RefusalText>{refusal_texts_of_payments},
    std::span<const RefusalText>{refusal_texts_of_dues},
    std::span<const RefusalText>{refusal_texts_of_assemblies},
    std::span<const RefusalText>{refusal_texts_of_bank},
    std::span<const RefusalText>{refusal_texts_of_reconciling},
    std::span<const RefusalText>{refusal_texts_of_disbursements},
    std::span<const RefusalText>{refusal_texts_of_work},
    std::span<const RefusalText>{refusal_texts_of_funds},
    std::span<const RefusalText>{refusal_texts_of_capital},
    std::span<const RefusalText>{refusal_texts_of_sharing},
    std::span<const RefusalText>{refusal_texts_of_obligations},
    std::span<const RefusalText>{refusal_texts_of_registers},
    std::span<const RefusalText>{refusal_texts_of_budgets},
    std::span<const RefusalText>{refusal_texts_of_pay},
    std::span<const RefusalText>{refusal_texts_of_costs},
};

constexpr std::size_t text_count = [] {
  std::size_t count = 0;
  for (const auto part : parts) count += part.size();
  return count;
}();

constexpr std::array<RefusalText, text_count> joined_texts() {
  std::array<RefusalText, text_count> all{};
  std::size_t at = 0;
  for (const auto part : parts) {
    for (const RefusalText& text : part) all[at++] = text;
  }
  return all;
}

constexpr std::array<RefusalText, text_count> catalogue = joined_texts();

constexpr bool in_order_of_enumeration() {
  for (std::size_t i = 0; i < catalogue.size(); ++i)
    if (static_cast<std::size_t>(catalogue[i].refusal) != i) return false;
  return true;
}

static_assert(in_order_of_enumeration(),
              "the catalogue describes every refusal once, in the order of the enumeration");
static_assert(catalogue.back().refusal == Refusal::cost_allocation_impossible,
              "the last refusal is described too");

}  // namespace

std::span<const RefusalText> refusal_catalogue() { return catalogue; }

const RefusalText& text_of(Refusal refusal) { return catalogue.at(static_cast<std::size_t>(refusal)); }

}  // namespace coop
