#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/dues/booking.hpp"
#include "ledger/dues/due.hpp"

namespace coop::dues {

/// A tier to be added; its unit is one of the price list's.
struct TierDraft {
  std::string code;
  std::string title;
  Interval interval;
  Proration proration;
  int due_after_days;
  UnitId unit;
};

/// Adds a tier; nothing if its code is taken.
std::optional<TierId> insert_tier(Tx& tx, NodeId node, const TierDraft& draft, const books::Author& author);
/// Gives it another title.
void update_tier_title(Tx& tx, NodeId node, TierId tier, std::string_view title);
/// Adds a price after those that the tier has, and returns its number.
int insert_price(Tx& tx, NodeId node, TierId tier, const TierPrice& price, const books::Author& author);
/// Adds a rate after those that the node has, and returns its number.
int insert_rate(Tx& tx, NodeId node, const UnitRate& rate, const books::Author& author);
/// Every tier of the node by code, every price and rate, and their units.
PriceList read_price_list(Tx& tx, NodeId node);

/// As they were set, else the chart's.
DuesAccounts read_dues_accounts(Tx& tx, NodeId node);
/// True if somebody owes dues or has paid ahead.
bool is_anything_owed(Tx& tx, NodeId node);
/// True if income was ever deferred.
bool is_anything_deferred(Tx& tx, NodeId node);
/// Sets them.
void store_dues_accounts(Tx& tx, NodeId node, const DuesAccounts& accounts);

}  // namespace coop::dues
