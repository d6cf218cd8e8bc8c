#include "ledger/dues/payment_batch_service.hpp"

#include <set>

#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/dues/booking.hpp"
#include "ledger/dues/charge_store.hpp"
#include "ledger/dues/debtor_store.hpp"
#include "ledger/dues/payment_store.hpp"
#include "ledger/dues/tier_store.hpp"
#include "ledger/members/party_store.hpp"

namespace coop::dues {

namespace {

std::string place_of_share(std::size_t index, const char* field) {
  return "/shares/" + std::to_string(index) + field;
}

[[noreturn]] void refuse_member(const std::string& number, std::string field) {
  throw Refused{Refusal::party_unknown, "there is no member '" + number.substr(0, 40) + "'",
                std::move(field)};
}

// What the books know of that the drafts name.
struct Named {
  DuesAccounts accounts;
  std::map<std::string, members::Party> parties;  // by the number as a draft writes it
  std::map<std::string, PartyId> ids;             // by the number as the node writes it
  std::map<ChargeNumber, Charge> charges;
  std::set<std::pair<std::string, UnitId>> paths;
  std::map<DebtorUnit, Position> positions;
};

// Payments on their way to the books: each is looked at until something is wrong with it.
class Batch {
 public:
  Batch(Tx& tx, NodeId node, std::span<const PaymentDraft> drafts, const books::Author& author)
      : tx_{tx}, node_{node}, author_{author}, drafts_{drafts.begin(), drafts.end()} {}

  PaymentBatch record() {
    named_.accounts = read_dues_accounts(tx_, node_);
    for_each([&](PaymentDraft& draft) { complete(draft); });
    read_parties();
    for_each([&](PaymentDraft& draft) { name_parties(draft); });
    read_charges_and_accounts();
    for_each([&](PaymentDraft& draft) { require_charges(draft); });
    for_each([&](PaymentDraft& draft) { require_account(draft); });
    read_debtors();
    for_each([&](PaymentDraft& draft) { divide(draft); });
    if (batch_.refused.empty()) post();
    if (batch_.refused.empty()) insert();
    return std::move(batch_);
  }

 private:
  template <class Step>
  void for_each(const Step& step) {
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      if (batch_.refused.contains(i)) continue;
      try {
        step(drafts_[i]);
      } catch (const Refused& refused) {
        batch_.refused.emplace(i, refused);
      }
    }
  }

  void complete(PaymentDraft& draft) {
    value(draft);
    require_payment(draft);
    if (draft.shares.empty()) draft.shares.push_back({draft.payer, draft.minor});
    if (draft.account.empty()) draft.account = named_.accounts.written_off;
  }

  // What was given is worth so much, at the rate in force on the day it came.
  void value(PaymentDraft& draft) {
    if (!draft.given) return;
    if (draft.minor != 0)
      throw Refused{Refusal::field_invalid, "the amount follows from what is given", "/amount"};
    if (!prices_) prices_ = read_price_list(tx_, node_);
    const auto rate = rate_on(prices_->rates, draft.given->unit(), draft.unit, draft.received_on);
    if (!rate)
      throw Refused{Refusal::rate_missing,
                    "no rate from " + books::read_unit_code(tx_, draft.given->unit()) + " to " +
                        books::read_unit_code(tx_, draft.unit) + " is in force on " +
                        draft.received_on.text(),
                    "/given/unit"};
    draft.minor = converted_half_up(draft.given->minor(), prices_->unit(draft.given->unit()).scale,
                                    rate->rate, prices_->unit(draft.unit).scale);
  }

  void read_parties() {
    std::set<std::string> wanted;
    for_each([&](const PaymentDraft& draft) {
      wanted.insert(draft.payer);
      for (const PaymentShare& share : draft.shares) wanted.insert(share.debtor);
    });
    const std::vector<std::string> numbers{wanted.begin(), wanted.end()};
    const auto found = members::find_parties(tx_, node_, numbers);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (!found[i]) continue;
      named_.parties.emplace(numbers[i], *found[i]);
      named_.ids.emplace(found[i]->number, found[i]->id);
    }
  }

  // From here on each number is written as the node writes it.
  void name_parties(PaymentDraft& draft) {
    const auto payer = named_.parties.find(draft.payer);
    if (payer == named_.parties.end()) refuse_member(draft.payer, {});
    draft.payer = payer->second.number;
    for (std::size_t i = 0; i < draft.shares.size(); ++i) {
      const auto debtor = named_.parties.find(draft.shares[i].debtor);
      if (debtor == named_.parties.end()) refuse_member(draft.shares[i].debtor, place_of_share(i, "/member"));
      draft.shares[i].debtor = debtor->second.number;
    }
  }

  void read_charges_and_accounts() {
    std::set<ChargeNumber> charges;
    std::set<std::string> paths;
    for_each([&](const PaymentDraft& draft) {
      paths.insert(draft.account);
      for (const PaymentShare& share : draft.shares)
        if (share.charge) charges.insert(*share.charge);
    });
    for (Charge& charge : read_charges(tx_, node_, std::vector<ChargeNumber>{charges.begin(), charges.end()}))
      named_.charges.emplace(charge.number, std::move(charge));
    for (const std::string& path : paths)
      for (const books::Account& account : books::find_accounts(tx_, node_, path))
        named_.paths.emplace(path, account.unit);
  }

  void require_charges(const PaymentDraft& draft) const {
    for (std::size_t i = 0; i < draft.shares.size(); ++i) {
      const PaymentShare& share = draft.shares[i];
      if (!share.charge) continue;
      const auto found = named_.charges.find(*share.charge);
      const std::string name = "charge " + std::to_string(share.charge->number());
      if (found == named_.charges.end() || found->second.debtor != share.debtor ||
          found->second.due.unit != draft.unit)
        throw Refused{Refusal::charge_unknown, share.debtor + " has no " + name + " in this unit",
                      place_of_share(i, "/charge")};
      if (found->second.reversed_on)
        throw Refused{Refusal::charge_reversed_already, name + " was taken back",
                      place_of_share(i, "/charge")};
    }
  }

  void require_account(const PaymentDraft& draft) const {
    if (named_.paths.contains({draft.account, draft.unit})) return;
    throw Refused{Refusal::account_unknown, "there is no account '" + draft.account + "' in this unit",
                  "/account"};
  }

  void read_debtors() {
    std::vector<DebtorUnit> debtors;
    for_each([&](const PaymentDraft& draft) {
      for (const PaymentShare& share : draft.shares)
        debtors.push_back({named_.ids.at(share.debtor), draft.unit});
    });
    named_.positions = read_positions(tx_, node_, debtors);
  }

  // Books the shares against how their debtors stand, and leaves in each what of it is paid ahead. Of a
  // payment that is refused nothing stays.
  void divide(PaymentDraft& draft) {
    std::map<DebtorUnit, Position> moved;
    for (PaymentShare& share : draft.shares) {
      const DebtorUnit debtor{named_.ids.at(share.debtor), draft.unit};
      Position& position = moved.try_emplace(debtor, named_.positions.at(debtor)).first->second;
      if (draft.kind != PaymentKind::refund) {
        share.prepaid_minor = position.pay(share.minor);
        continue;
      }
      if (position.prepaid_minor() < share.minor)
        throw Refused{Refusal::credit_too_small, share.debtor + " has not paid so much ahead", "/amount"};
      share.prepaid_minor = position.charge(share.minor);
    }
    for (const auto& [debtor, position] : moved) named_.positions.at(debtor) = position;
  }

  void post() {
    std::int64_t last = read_last_payment(tx_, node_);
    std::vector<books::Draft> entries;
    for (const PaymentDraft& draft : drafts_)
      entries.push_back(payment_draft(named_.accounts, draft, PaymentNumber{++last}, author_.user));
    std::int64_t number = last - static_cast<std::int64_t>(drafts_.size());
    const auto outcomes = books::post(tx_, node_, entries, books::Together::all_or_none, author_.now);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (const auto* refused = std::get_if<Refused>(&outcomes[i])) {
        if (refused->refusal() != Refusal::batch_refused) batch_.refused.emplace(i, *refused);
        continue;
      }
      const PaymentDraft& draft = drafts_[i];
      batch_.recorded.push_back({PaymentNumber{++number}, draft.kind, draft.payer, draft.unit, draft.minor,
                                 draft.received_on, draft.account, draft.reference, draft.note,
                                 books::recorded_or_throw(outcomes[i]).number, author_.now, draft.shares,
                                 std::nullopt, std::string{}, std::nullopt, draft.given});
    }
  }

  void insert() {
    insert_payments(tx_, node_, batch_.recorded, named_.ids, author_);
    store_positions(tx_, node_, named_.positions);
    for (const Payment& payment : batch_.recorded)
      if (payment.kind == PaymentKind::refund) require_paid_ahead(payment);
  }

  // By everything recorded there is so much; on the refund's own day, and on each later one, there must be
  // too.
  void require_paid_ahead(const Payment& refund) {
    if (const auto day = find_refund_short_on(tx_, node_, refund.number))
      throw Refused{Refusal::credit_too_small, refund.payer + " has not paid so much ahead on " + day->text(),
                    "/received_on"};
  }

  Tx& tx_;
  NodeId node_;
  const books::Author& author_;
  std::vector<PaymentDraft> drafts_;
  std::optional<PriceList> prices_;
  Named named_;
  PaymentBatch batch_;
};

}  // namespace

PaymentBatch record_payments(Tx& tx, NodeId node, std::span<const PaymentDraft> drafts,
                             const books::Author& author) {
  books::lock_book_head(tx, node);
  return drafts.empty() ? PaymentBatch{} : Batch{tx, node, drafts, author}.record();
}

const std::vector<Payment>& recorded_or_throw(const PaymentBatch& batch) {
  if (!batch.refused.empty()) throw batch.refused.begin()->second;
  return batch.recorded;
}

}  // namespace coop::dues
