#include "ledger/disbursements/disbursement_service.hpp"

#include <algorithm>

#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/disbursements/credit_transfer_rules.hpp"
#include "ledger/disbursements/disbursement_store.hpp"
#include "ledger/disbursements/order_funding_service.hpp"
#include "ledger/disbursements/order_list_store.hpp"
#include "ledger/dues/tier_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::disbursements {

namespace {

bool is_control(char c) { return (c >= 0 && c < ' ') || c == '\x7F'; }

void require_text(const std::string& text, std::size_t least, std::size_t most, const std::string& field) {
  const std::size_t size = characters_of(text);
  const bool has_controls = std::ranges::any_of(text, is_control);
  if (size >= least && size <= most && (least == 0 || !is_blank(text)) && !has_controls) return;
  throw Refused{Refusal::field_invalid,
                "it has " + std::to_string(least) + " to " + std::to_string(most) +
                    " characters, and none that cannot be seen",
                field};
}

OwnAccount read_own_account(Tx& tx, NodeId node, const DisbursementDraft& draft) {
  const std::string name = "account " + std::to_string(draft.bank_account);
  const auto found = find_payable_account(tx, node, draft.bank_account);
  if (!found || found->is_closed)
    throw Refused{Refusal::bank_account_unknown,
                  found ? name + " is closed" : "there is no " + name + " with statements", "/bank_account"};
  const auto refuse = [](const std::string& words) {
    throw Refused{Refusal::disbursement_impossible, words, "/bank_account"};
  };
  if (found->unit_code != "EUR")
    refuse(name + " is kept in " + found->unit_code + ": banks pay in EUR by SEPA, and nothing else yet");
  if (!iban_fault(found->identifier).empty())
    refuse(name + " has no IBAN on record, which a bank is told to pay from");
  return {draft.bank_account, found->path, found->unit, {Iban::parse(found->identifier), draft.bic}};
}

// Makes the orders of a draft, one after the other.
class OrderMaker {
 public:
  OrderMaker(Tx& tx, const books::Node& node, const DisbursementDraft& draft, UnitId euro,
             OrderFunding& funding)
      : tx_{tx},
        node_{node},
        draft_{draft},
        euro_{euro},
        funding_{funding},
        dues_{dues::read_dues_accounts(tx, node.id)} {}

  Order make(std::size_t index, DisbursementNumber number) {
    const OrderDraft& draft = draft_.orders[index];
    place_ = "/orders/" + std::to_string(index);
    const int order_number = static_cast<int>(index) + 1;
    const books::Account account = read_account(draft);
    const auto party = read_party(draft);
    require_text(draft.source, 0, 100, place_ + "/source");
    require_text(draft.text, 0, 500, place_ + "/text");
    Order order{order_number,
                draft.minor,
                draft.purpose,
                account.id,
                draft.account,
                party ? std::optional{party->id} : std::nullopt,
                party ? party->number : "",
                draft.source,
                draft.about,
                end_to_end_id_of(node_.name, number, order_number),
                read_payee(draft, party),
                {},
                {},
                draft.mandate,
                draft.minutes};
    if (party) order.about[member_place] = party->number;
    funding_.mandate_bears(order, euro_, place_);
    require_about(account, order.about);
    funding_.fund_bears(order, account, place_);
    return order;
  }

 private:
  static constexpr std::size_t member_place = 1;  // in books::DimensionCodes

  books::Account read_account(const OrderDraft& draft) {
    const std::string field = place_ + "/account";
    for (const books::Account& account : books::find_accounts(tx_, node_.id, draft.account)) {
      if (account.unit != euro_) continue;
      if (account.type != books::AccountType::liability && account.type != books::AccountType::expense)
        throw Refused{Refusal::field_invalid,
                      "what is paid settles a liability or is an expense; " + draft.account + " is " +
                          std::string{books::text_of(account.type)},
                      field};
      if (account.closed_on && *account.closed_on < draft_.requested_on)
        throw Refused{Refusal::account_not_open,
                      draft.account + " takes nothing after " + account.closed_on->text(), field};
      return account;
    }
    throw Refused{Refusal::account_unknown, "there is no account '" + draft.account + "' in EUR", field};
  }

  std::optional<members::Party> read_party(const OrderDraft& draft) {
    const std::string field = place_ + "/member";
    if (draft.member.empty()) {
      if (draft.account == dues_.prepaid)
        throw Refused{Refusal::field_missing, "whose it is that was paid ahead: a member", field};
      return std::nullopt;
    }
    const auto party = members::find_party(tx_, node_.id, draft.member);
    if (!party) throw Refused{Refusal::party_unknown, "there is no member " + draft.member, field};
    if (members::find_erasure(tx_, node_.id, party->id))
      throw Refused{Refusal::party_erased, "the personal data of " + party->number + " was erased", field};
    return party;
  }

  Payee read_payee(const OrderDraft& draft, const std::optional<members::Party>& party) {
    const auto profile = party ? members::find_profile(tx_, node_.id, party->id) : std::nullopt;
    if (!draft.name && !profile) throw Refused{Refusal::field_missing, "whom it pays", place_ + "/name"};
    std::string name = draft.name ? *draft.name : profile->name;
    require_text(name, 1, 200, place_ + "/name");
    const bool has_own = profile && profile->iban;
    if (!draft.iban && !has_own)
      throw Refused{Refusal::field_missing, "into which account it is paid", place_ + "/iban"};
    if (draft.address) require_address(*draft.address);
    return {std::move(name), draft.iban ? *draft.iban : Iban::parse(*profile->iban),
            draft.bic,       draft.address,
            draft.text,      draft.reference};
  }

  void require_address(const TransferAddress& address) {
    require_text(address.street, 0, 70, place_ + "/address/street");
    require_text(address.building, 0, 16, place_ + "/address/building");
    require_text(address.post_code, 0, 16, place_ + "/address/post_code");
    require_text(address.town, 1, 70, place_ + "/address/town");
    if (!is_country_code(address.country))
      throw Refused{Refusal::field_invalid, "a country has two capital letters", place_ + "/address/country"};
  }

  void require_about(const books::Account& account, const books::DimensionCodes& about) {
    for (const books::DimensionKind kind : books::dimension_kinds) {
      const auto& code = about[static_cast<std::size_t>(kind)];
      const std::string field = place_ + "/" + std::string{books::text_of(kind)};
      if (code && kind != books::DimensionKind::member && !has_dimension(tx_, node_.id, kind, *code))
        throw Refused{Refusal::dimension_unknown,
                      "there is no " + std::string{books::text_of(kind)} + " " + *code, field};
      const bool is_required =
          std::find(account.required.begin(), account.required.end(), kind) != account.required.end();
      if (is_required && !code)
        throw Refused{Refusal::dimension_missing,
                      account.path + " needs a " + std::string{books::text_of(kind)}, field};
    }
  }

  Tx& tx_;
  const books::Node& node_;
  const DisbursementDraft& draft_;
  UnitId euro_;
  OrderFunding& funding_;
  dues::DuesAccounts dues_;
  std::string place_;
};

// What no bank would accept is refused naming the field of the draft.
void require_proposable(const Disbursement& disbursement, Instant now) {
  const TransferFault fault = credit_transfer_fault(transfer_order_of(disbursement, now));
  if (fault.words.empty()) return;
  const bool is_of_all = fault.field == "/requested_on" || fault.field == "/bank_account" || !fault.transfer;
  throw Refused{Refusal::disbursement_impossible, fault.words,
                is_of_all ? fault.field : "/orders/" + std::to_string(*fault.transfer) + fault.field};
}

}  // namespace

Disbursement propose(Tx& tx, const books::Node& node, const DisbursementDraft& draft,
                     const books::Author& author) {
  books::lock_book_head(tx, node.id);
  require_text(draft.title, 1, 200, "/title");
  const OwnAccount from = read_own_account(tx, node.id, draft);
  const std::string holder = draft.account_holder.value_or(node.title);
  require_text(holder, 1, draft.account_holder ? longest_sepa_name : 200, "/account_holder");
  if (draft.orders.size() > most_orders)
    throw Refused{Refusal::disbursement_impossible,
                  "a file has at most " + std::to_string(most_orders) + " orders: propose several",
                  "/orders"};
  const DisbursementNumber number{read_last_disbursement(tx, node.id) + 1};
  Disbursement disbursement{
      number,     from,        draft.requested_on, draft.title, holder, message_id_of(node.name, number),
      author.now, author.user, std::nullopt,       {},          {}};
  OrderFunding funding{tx, node.id, draft.requested_on, day_in_zone(author.now, node.time_zone)};
  OrderMaker maker{tx, node, draft, from.unit, funding};
  for (std::size_t i = 0; i < draft.orders.size(); ++i) disbursement.orders.push_back(maker.make(i, number));
  funding.require_mandates(disbursement.orders, from.unit);
  disbursement.rules = funding.rules();
  disbursement.ruled_on = funding.today();
  disbursement.approvals_needed = funding.approvals_of(disbursement.orders, from.unit);
  require_proposable(disbursement, author.now);
  insert_disbursement(tx, node.id, disbursement, author);
  books::tell(tx, node.id, author, "disbursement_proposed",
              {{"disbursement", number.number()},
               {"requested_on", draft.requested_on.text()},
               {"orders", static_cast<std::int64_t>(disbursement.orders.size())}});
  return read_disbursement(tx, node.id, number);
}

Disbursement read_disbursement(Tx& tx, NodeId node, DisbursementNumber number) {
  if (auto found = find_disbursement(tx, node, number)) {
    const DisbursementState state = state_of(*found);
    if (state == DisbursementState::proposed || state == DisbursementState::approved)
      for (const OverOrdered& debt : read_over_ordered(tx, node, number))
        found->warnings.push_back(warning_of(debt));
    return *std::move(found);
  }
  throw Refused{Refusal::disbursement_unknown, "there is no disbursement " + std::to_string(number.number())};
}

std::string read_file(Tx& tx, NodeId node, DisbursementNumber number) {
  const Disbursement disbursement = read_disbursement(tx, node, number);
  if (step_of(disbursement, StepKind::exported) == nullptr)
    throw Refused{Refusal::disbursement_not_open, "disbursement " + std::to_string(number.number()) + " is " +
                                                      std::string{text_of(state_of(disbursement))} +
                                                      ": no file was made of it"};
  auto bytes = find_file(tx, node, number);
  if (!bytes) throw Refused{Refusal::party_erased, "somebody in the file was erased, and the file with them"};
  return *std::move(bytes);
}

}  // namespace coop::disbursements
