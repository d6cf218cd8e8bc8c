#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/costs/cost_pool.hpp"
#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::costs {

/// A bill; the gap-free number within its node, from 1.
using CostBillNumber = Id<struct CostBillKindTag, std::int32_t>;
/// A division of costs; the gap-free number within its node, from 1.
using CostAllocationNumber = Id<struct CostAllocationKindTag, std::int32_t>;

/// What a bill is: paid by somebody for all and divided; or given to all, valued and shown, never divided: a
/// gift in kind, a fee that was waived.
enum class CostBillKind { paid, gift, waived };
/// "paid" …
std::string_view text_of(CostBillKind kind);
/// Throws Refused: field_invalid.
CostBillKind cost_bill_kind_from(std::string_view text);

/// A bill that is asked for.
struct CostBillDraft {
  std::string pool;  ///< its code
  CostBillKind kind = CostBillKind::paid;
  Day billed_on;
  std::int64_t minor;  ///< minor units of the unit; of credit notes below zero
  UnitId unit;
  CostParty payer;                        ///< who paid or gave it; need not share the pool
  std::string title;                      ///< what it is for
  std::string document = {};              ///< a link, or empty
  std::optional<EntryNumber> entry = {};  ///< that paid it: of what was paid from these books, and only that
};

/// How a bill stands: to be divided, part of a proposal, divided, withdrawn.
enum class CostBillState { open, proposed, divided, withdrawn };
/// "open" …
std::string_view text_of(CostBillState state);
/// Throws Refused: field_invalid.
CostBillState cost_bill_state_from(std::string_view text);

/// A bill on record.
struct CostBill {
  CostBillNumber number;
  std::string pool;
  CostBillKind kind;
  Day billed_on;
  std::int64_t minor;
  std::string unit;  ///< a unit's code
  int scale;
  CostParty payer;
  std::string title;
  std::string document;
  std::optional<EntryNumber> entry;
  Instant recorded_at;
  std::optional<std::string> recorded_by;
  CostBillState state;
  std::optional<CostAllocationNumber> allocation;  ///< the division that took it
  std::string reason;                              ///< why it was withdrawn
};

/// Refuses, the first in this order, naming the field: field_invalid (title, document), amount_zero,
/// field_invalid (a gift that is not above zero, an entry of what was not paid from these books),
/// field_missing (the entry of what was).
void require_bill_draft(const CostBillDraft& draft, std::string_view own);

}  // namespace coop::costs
