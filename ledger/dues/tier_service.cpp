#include "ledger/dues/tier_service.hpp"

#include <algorithm>
#include <map>

#include "ledger/books/account_service.hpp"
#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/members/class_store.hpp"
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

enum class AccountUse { dues, obligations };

// The accounts that dues or obligations in a unit are booked in, as far as they are missing.
void open_accounts_in(Tx& tx, NodeId node, UnitId unit, Day from_on, const books::Author& author,
                      AccountUse use = AccountUse::dues) {
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
  std::vector<books::AccountDraft> drafts{
      draft(accounts.receivable, AccountType::asset, "Dues not yet paid", by_member),
      draft(accounts.prepaid, AccountType::liability, "Dues paid ahead", by_member)};
  if (use == AccountUse::obligations) {
    drafts.push_back(draft(accounts.obligations, AccountType::equity, "Member shares", by_member));
  } else {
    drafts.push_back(draft(accounts.income, AccountType::income, "Dues", {}));
    drafts.push_back(draft(accounts.solidarity, AccountType::expense, "Solidarity", {}));
    if (accounts.deferred)
      drafts.push_back(draft(*accounts.deferred, AccountType::liability, "Dues of days to come", by_member));
  }
  books::open_accounts(tx, node, std::move(drafts), author);
}

// The same for every unit that a price is in, from its first price on.
void open_accounts_of_prices(Tx& tx, NodeId node, const books::Author& author) {
  std::map<UnitId, Day> first_days;
  const auto meet = [&](UnitId unit, Day day) {
    const auto [place, is_new] = first_days.emplace(unit, day);
    if (!is_new) place->second = std::min(place->second, day);
  };
  for (const PricedTier& priced : read_price_list(tx, node).tiers)
    for (const TierPrice& price : priced.prices) {
      meet(priced.tier.unit, price.from_on);
      if (price.local) meet(price.local->unit, price.from_on);
    }
  for (const auto& [unit, day] : first_days) open_accounts_in(tx, node, unit, day, author);
}

// Whoever owes something, or has paid ahead, stands in the accounts of before.
void require_unused(Tx& tx, NodeId node, const DuesAccounts& before, const DuesAccounts& accounts) {
  const auto refuse = [](const char* field, const char* why) {
    throw Refused{Refusal::account_not_empty, why, field};
  };
  const bool is_receivable_new = accounts.receivable != before.receivable;
  if ((is_receivable_new || accounts.prepaid != before.prepaid) && is_anything_owed(tx, node))
    refuse(is_receivable_new ? "/receivable" : "/prepaid", "members owe dues or have paid ahead");
  if (accounts.deferred != before.deferred && is_anything_deferred(tx, node))
    refuse("/deferred", "income of dues lies in the account of before");
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
  books::tell(tx, node, author, "tier_added", {{"tier", draft.code}});
  return {*id, draft.code, draft.title, draft.interval, draft.proration, draft.due_after_days, draft.unit};
}

Tier rename_tier(Tx& tx, NodeId node, std::string_view code, const std::string& title,
                 const books::Author& author) {
  require_title(title);
  books::lock_book_head(tx, node);
  Tier tier = require_tier(read_price_list(tx, node), code).tier;
  tier.title = title;
  update_tier_title(tx, node, tier.id, title);
  books::tell(tx, node, author, "tier_changed", {{"tier", tier.code}});
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
  books::tell(tx, node, author, "tier_price_added", {{"tier", tier.code}, {"from_on", price.from_on.text()}});
  return price;
}

UnitRate add_rate(Tx& tx, NodeId node, UnitRate rate, const books::Author& author) {
  if (rate.from == rate.to) throw Refused{Refusal::field_invalid, "a rate is between two units", "/to"};
  if (rate.rate.numerator() <= 0) throw Refused{Refusal::field_invalid, "a rate is above zero", "/rate"};
  require_decision(rate.decision);
  books::lock_book_head(tx, node);
  rate.number = insert_rate(tx, node, rate, author);
  books::tell(tx, node, author, "unit_rate_added", {{"rate", rate.number}});
  return rate;
}

void open_accounts_of_obligations(Tx& tx, NodeId node, const books::Author& author) {
  for (const members::MemberClass& of : members::read_classes(tx, node))
    for (const members::AdoptedRule& adopted : of.rules)
      if (adopted.rule.obligation)
        open_accounts_in(tx, node, adopted.rule.obligation->unit(), adopted.rule.from_on, author,
                         AccountUse::obligations);
}

DuesAccounts set_dues_accounts(Tx& tx, NodeId node, const DuesAccounts& accounts,
                               const books::Author& author) {
  if (accounts.receivable == accounts.prepaid)
    throw Refused{Refusal::field_invalid, "what is owed and what is paid ahead lie in two accounts",
                  "/prepaid"};
  if (accounts.deferred == accounts.receivable || accounts.deferred == accounts.prepaid)
    throw Refused{Refusal::field_invalid, "income of days to come lies in an account of its own",
                  "/deferred"};
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
  require_known("/obligations", accounts.obligations, before.obligations);
  require_unused(tx, node, before, accounts);
  store_dues_accounts(tx, node, accounts);
  if (accounts.deferred != before.deferred) open_accounts_of_prices(tx, node, author);
  books::tell(tx, node, author, "dues_accounts_set", {});
  return accounts;
}

}  // namespace coop::dues
