#pragma once
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/pay/tariff.hpp"

namespace coop::pay {

/// Records what an hour is worth from a day on. Throws Refused, in this order: what require_tariff refuses;
/// work_kind_unknown, work_without_price, circle_unknown, party_unknown, unit_unknown.
Tariff adopt_tariff(Tx& tx, NodeId node, TariffDraft draft, const books::Author& author);

}  // namespace coop::pay
