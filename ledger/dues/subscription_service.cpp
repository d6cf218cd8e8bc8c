#include "ledger/dues/subscription_service.hpp"

#include <algorithm>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/dues/tier_service.hpp"
#include "ledger/members/membership_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::dues {

namespace {

void require_choice(const SubscriptionDraft& draft, const PricedTier& priced, const PriceList& prices) {
  const auto price = price_on(priced.prices, draft.from_on);
  if (!price)
    throw Refused{Refusal::tier_without_price,
                  "the tier '" + priced.tier.code + "' has no price on " + draft.from_on.text(), "/tier"};
  const int most = std::max(1, months_of(priced.tier.interval));
  if (draft.instalments < 1 || draft.instalments > most)
    throw Refused{Refusal::field_invalid,
                  "dues of a " + std::string{text_of(priced.tier.interval)} + " come in at most " +
                      std::to_string(most) + " instalments",
                  "/instalments"};
  if (draft.chosen_minor && *draft.chosen_minor < price->minimum_minor) {
    const Unit& unit = prices.unit(priced.tier.unit);
    throw Refused{Refusal::field_invalid,
                  "the least is " + text_from_minor(price->minimum_minor, unit.scale) + " " + unit.code,
                  "/amount"};
  }
}

}  // namespace

Subscription subscribe(Tx& tx, NodeId node, MembershipId id, const SubscriptionDraft& draft,
                       const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node);
  const members::Membership membership = members::read_membership(tx, node, id);
  if (draft.from_on < membership.from_on)
    throw Refused{Refusal::field_invalid, "the membership begins on " + membership.from_on.text(),
                  "/from_on"};
  Subscription subscription{.number = 0,
                            .from_on = draft.from_on,
                            .tier = std::nullopt,
                            .chosen_minor = draft.chosen_minor,
                            .payer = membership.party,
                            .instalments = draft.instalments};
  if (draft.tier) {
    const PriceList prices = read_price_list(tx, node);
    const PricedTier& priced = require_tier(prices, *draft.tier);
    require_choice(draft, priced, prices);
    subscription.tier = priced.tier.id;
  }
  if (draft.payer) {
    const auto payer = members::find_party(tx, node, *draft.payer);
    if (!payer) throw Refused{Refusal::party_unknown, "there is no member " + *draft.payer, "/payer"};
    subscription.payer = payer->id;
  }
  subscription.number = insert_subscription(tx, node, id, subscription, author);
  books::tell(tx, head, author, "subscribed", {{"membership", id.number()}});
  return subscription;
}

Concession grant_concession(Tx& tx, NodeId node, MembershipId id, Concession concession,
                            const books::Author& author) {
  require_reason(concession.reason);
  const Ratio share = concession.share;
  if (share.numerator() <= 0 || share.numerator() > share.denominator())
    throw Refused{Refusal::field_invalid, "what is waived is above 0 and at most all of it", "/share"};
  if (concession.until_on && *concession.until_on < concession.from_on)
    throw Refused{Refusal::day_malformed, "the last day is before the first", "/until_on"};
  if (concession.decision.size() > 500)
    throw Refused{Refusal::field_invalid, "a decision has at most 500 bytes", "/decision"};
  books::BookHead head = books::lock_book_head(tx, node);
  members::read_membership(tx, node, id);
  concession.number = insert_concession(tx, node, id, concession, author);
  books::tell(tx, head, author, "concession_granted", {{"membership", id.number()}});
  return concession;
}

void end_concession(Tx& tx, NodeId node, MembershipId id, int concession, Day last_on,
                    const std::string& reason, const books::Author& author) {
  require_reason(reason);
  books::BookHead head = books::lock_book_head(tx, node);
  members::read_membership(tx, node, id);
  const auto all = list_concessions(tx, node, id);
  const bool is_known = std::ranges::any_of(
      all, [&](const ConcessionOnRecord& one) { return one.concession.number == concession; });
  if (!is_known)
    throw Refused{Refusal::concession_unknown,
                  "the membership has no concession " + std::to_string(concession)};
  if (!insert_concession_end(tx, node, id, concession, last_on, reason, author))
    throw Refused{Refusal::field_invalid, "it was ended before its day already"};
  books::tell(tx, head, author, "concession_ended", {{"membership", id.number()}});
}

}  // namespace coop::dues
