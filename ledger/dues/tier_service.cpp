#include "ledger/dues/tier_service.hpp"

#include <algorithm>

#include "ledger/books/account_service.hpp"
#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

void require_title(const std::string& title) {
  if (title.empty() || title.size() > 200)
    throw Refused{Refusal::field_invalid, "a title has 1 to 200 bytes", "/title"};
}

void require_code(const std::string& code) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  if (!code.empty() && code.size() <= 40 && code.front() != '-' && std::ranges::all_of(code, fits)) return;
  throw Refused{Refusal::name_malformed, "a tier's code has 1 to 40 of a-z 0-9 -, a letter or digit first",
                "/code"};
}

void require_decision(const std::string& decision) {
  if (decision.size() > 500)
    throw Refused{Refusal::field_invalid, "a decision has at most 500 bytes", "/decision"};
}

// Opening accounts tells of that first, so the head is read anew.
void tell(Tx& tx, NodeId node, const books::Author& author, const char* kind, const std::string& body) {
  books::BookHead head = books::lock_book_head(tx, node);
  books::insert_event(tx, head, books::next_recorded_at(head, author.now), {kind, body});
}

// The accounts that dues in a unit are booked in, as far as they are missing.
void open_accounts_in(Tx& tx, NodeId node, UnitId unit, Day from_on, const books::Author& author) {
  const PriceList prices = read_price_list(tx, node);
  const std::string& code = prices.unit(unit).code;
  const DuesAccounts accounts = read_dues_accounts(tx, node);
  using books::AccountType;
  using books::DimensionKind;
  const std::vector<DimensionKind> by_member{DimensionKind::member};
  const auto draft = [&](const std::string& path, AccountType type, const char* title,
                         const std::vector<DimensionKind>& required) {
    return books::AccountDraft{.path = path,
                               .unit = code,
                               .type = type,
                               .title = title,
                               .required = required,
                               .limits = {},
                               .opened_on = from_on};
  };
  books::open_accounts(tx, node,
                       {draft(accounts.receivable, AccountType::asset, "Dues not yet paid", by_member),
                        draft(accounts.prepaid, AccountType::liability, "Dues paid ahead", by_member),
                        draft(accounts.income, AccountType::income, "Dues", {}),
                        draft(accounts.solidarity, AccountType::expense, "Solidarity", {})},
                       author);
}

}  // namespace

Tier add_tier(Tx& tx, NodeId node, const TierDraft& draft, const books::Author& author) {
  require_code(draft.code);
  require_title(draft.title);
  if (draft.due_after_days < 0 || draft.due_after_days > 366)
    throw Refused{Refusal::field_invalid, "dues are payable after 0 to 366 days", "/due_after_days"};
  books::lock_book_head(tx, node);
  const auto id = insert_tier(tx, node, draft, author);
  if (!id) throw Refused{Refusal::tier_exists, "there is a tier '" + draft.code + "' already", "/code"};
  tell(tx, node, author, "tier_added", "{\"tier\":\"" + draft.code + "\"}");
  return {*id, draft.code, draft.title, draft.interval, draft.proration, draft.due_after_days, draft.unit};
}

Tier rename_tier(Tx& tx, NodeId node, std::string_view code, const std::string& title,
                 const books::Author& author) {
  require_title(title);
  books::lock_book_head(tx, node);
  Tier tier = require_tier(read_price_list(tx, node), code).tier;
  tier.title = title;
  update_tier_title(tx, node, tier.id, title);
  tell(tx, node, author, "tier_changed", "{\"tier\":\"" + tier.code + "\"}");
  return tier;
}

const PricedTier& require_tier(const PriceList& prices, std::string_view code) {
  for (const PricedTier& priced : prices.tiers)
    if (priced.tier.code == code) return priced;
  throw Refused{Refusal::tier_unknown, "there is no tier '" + std::string{code.substr(0, 60)} + "'"};
}

TierPrice add_price(Tx& tx, NodeId node, std::string_view code, TierPrice price,
                    const books::Author& author) {
  require_price(price);
  require_decision(price.decision);
  books::lock_book_head(tx, node);
  const Tier tier = require_tier(read_price_list(tx, node), code).tier;
  price.number = insert_price(tx, node, tier.id, price, author);
  open_accounts_in(tx, node, tier.unit, price.from_on, author);
  if (price.local) open_accounts_in(tx, node, price.local->unit, price.from_on, author);
  tell(tx, node, author, "tier_price_added",
       "{\"tier\":\"" + tier.code + "\",\"from_on\":\"" + price.from_on.text() + "\"}");
  return price;
}

UnitRate add_rate(Tx& tx, NodeId node, UnitRate rate, const books::Author& author) {
  if (rate.from == rate.to) throw Refused{Refusal::field_invalid, "a rate is between two units", "/to"};
  if (rate.rate.numerator() <= 0) throw Refused{Refusal::field_invalid, "a rate is above zero", "/rate"};
  require_decision(rate.decision);
  books::lock_book_head(tx, node);
  rate.number = insert_rate(tx, node, rate, author);
  tell(tx, node, author, "unit_rate_added", "{\"rate\":" + std::to_string(rate.number) + "}");
  return rate;
}

DuesAccounts set_dues_accounts(Tx& tx, NodeId node, const DuesAccounts& accounts,
                               const books::Author& author) {
  if (accounts.receivable == accounts.prepaid)
    throw Refused{Refusal::field_invalid, "what is owed and what is paid ahead lie in two accounts",
                  "/prepaid"};
  books::lock_book_head(tx, node);
  const DuesAccounts before = read_dues_accounts(tx, node);
  const auto require_known = [&](const char* field, const std::string& path, const std::string& was) {
    if (path != was && books::find_accounts(tx, node, path).empty())
      throw Refused{Refusal::account_unknown, "there is no account '" + path + "'", field};
  };
  require_known("/receivable", accounts.receivable, before.receivable);
  require_known("/prepaid", accounts.prepaid, before.prepaid);
  require_known("/income", accounts.income, before.income);
  require_known("/solidarity", accounts.solidarity, before.solidarity);
  require_known("/written_off", accounts.written_off, before.written_off);
  store_dues_accounts(tx, node, accounts);
  tell(tx, node, author, "dues_accounts_set", "{}");
  return accounts;
}

}  // namespace coop::dues
