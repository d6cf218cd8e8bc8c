#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ledger/books/node_service.hpp"
#include "ledger/dues/tier_store.hpp"

namespace coop::dues {

/// Adds a tier. Throws Refused: name_malformed, field_invalid, tier_exists.
Tier add_tier(Tx& tx, NodeId node, const TierDraft& draft, const books::Author& author);
/// Gives a tier another title. Throws Refused: tier_unknown, field_invalid.
Tier rename_tier(Tx& tx, NodeId node, std::string_view code, const std::string& title,
                 const books::Author& author);
/// The tier of this code. Throws Refused: tier_unknown.
const PricedTier& require_tier(const PriceList& prices, std::string_view code);

/// Adds a price, and opens the accounts that dues in its units are booked in, where they are missing.
/// Throws Refused: tier_unknown, and what require_price refuses.
TierPrice add_price(Tx& tx, NodeId node, std::string_view tier, TierPrice price, const books::Author& author);
/// Adds a rate. Throws Refused: field_invalid.
UnitRate add_rate(Tx& tx, NodeId node, UnitRate rate, const books::Author& author);

/// Opens what obligations are booked in, in every unit that a class's rule names, as far as it is missing.
void open_accounts_of_obligations(Tx& tx, NodeId node, const books::Author& author);

/// Sets where dues are booked; what changes must exist, but for `deferred`, which is opened. Throws Refused:
/// account_unknown naming the field, field_invalid (two of receivable, prepaid and deferred the same),
/// account_not_empty (receivable and prepaid while somebody owes or has paid ahead; deferred once it was
/// used).
DuesAccounts set_dues_accounts(Tx& tx, NodeId node, const DuesAccounts& accounts,
                               const books::Author& author);

}  // namespace coop::dues
