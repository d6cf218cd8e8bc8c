#include "ledger/bank/making_service.hpp"

#include <algorithm>

#include "ledger/bank/match_store.hpp"
#include "ledger/books/account_store.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/collecting/collection_service.hpp"
#include "ledger/collecting/settlement_service.hpp"
#include "ledger/disbursements/booking_service.hpp"
#include "ledger/disbursements/disbursement_service.hpp"
#include "ledger/dues/payment_service.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

[[noreturn]] void refuse(const std::string& detail, const std::string& field = {}) {
  throw Refused{Refusal::match_impossible, detail, field};
}

std::string name_of(BankLineNumber line) { return "bank line " + std::to_string(line.number()); }

// Makes the parts of one match, one after the other.
class Maker {
 public:
  Maker(Tx& tx, const Making& making) : tx_{tx}, making_{making} {}

  void make(const ProposedPart& part, std::size_t index) {
    place_ = "/parts/" + std::to_string(index);
    switch (part.made) {
      case Made::found:
        return find(part);
      case Made::payment:
        return pay(part);
      case Made::return_:
        return take_back(part);
      case Made::settlement:
        return settle(part);
      case Made::entry:
        return post(part);
      case Made::order:
        return execute(part);
      case Made::order_return:
        return take_order_back(part);
    }
  }

  MadeParts take() { return std::move(made_); }

 private:
  // The posting of an entry to the account, as far as no line has cleared it; `line` if it must be that one.
  PostingState open_posting(EntryNumber entry, std::optional<int> line) {
    for (const PostingState& state :
         read_posting_states(tx_, making_.node, making_.account.account, std::span{&entry, 1}))
      if (!line || state.posting_line == *line) return state;
    refuse("entry " + std::to_string(entry.number()) + " has no such posting to " + making_.account.path,
           place_);
  }

  void clear(MatchPart part, std::optional<int> line) {
    const PostingState state = open_posting(part.entry, line);
    std::int64_t cleared = state.cleared_minor;
    for (const MatchPart& other : made_.parts)
      if (other.entry == state.entry && other.posting_line == state.posting_line)
        cleared = checked_add(cleared, other.amount_minor);
    const bool is_of_direction = (part.amount_minor > 0) == (state.amount_minor > 0);
    const std::int64_t left = state.amount_minor - cleared;
    const std::string name = "the posting of entry " + std::to_string(part.entry.number());
    if (!is_of_direction) refuse(name + " is of the other direction", place_);
    if (part.amount_minor > 0 ? part.amount_minor > left : part.amount_minor < left)
      refuse(name + (left == 0 ? " is cleared already" : " has less than this left to clear"), place_);
    part.posting_line = state.posting_line;
    made_.parts.push_back(part);
  }

  void find(const ProposedPart& part) {
    if (!part.entry) throw Refused{Refusal::field_missing, "which entry it is", place_ + "/entry"};
    const auto line = part.posting_line == 0 ? std::nullopt : std::optional{part.posting_line};
    clear({*part.entry, part.posting_line, part.amount_minor, Made::found}, line);
  }

  void pay(const ProposedPart& part) {
    if (part.payer.empty()) throw Refused{Refusal::field_missing, "which member pays", place_ + "/payer"};
    const dues::Payment payment = dues::record_payment(
        tx_, making_.node, payment_of(making_.line, making_.account, part), making_.author);
    clear({payment.entry, 0, part.amount_minor, Made::payment, payment.number}, std::nullopt);
  }

  collecting::Collection collection_of(const ProposedPart& part) {
    if (!part.collection) throw Refused{Refusal::field_missing, "which collection", place_ + "/collection"};
    auto collection =
        collecting::read_collection(tx_, making_.node, collecting::CollectionNumber{*part.collection});
    if (collection.creditor.account != making_.account.path)
      refuse("collection " + std::to_string(*part.collection) + " arrives in " + collection.creditor.account,
             place_);
    return collection;
  }

  void settle(const ProposedPart& part) {
    const collecting::Collection before = collection_of(part);
    if (collecting::standing_minor(before) != part.amount_minor)
      refuse("collection " + std::to_string(*part.collection) + " comes to another amount", place_);
    const collecting::Collection after =
        collecting::settle(tx_, making_.node, before.number, making_.line.booked_on, making_.author);
    for (const collecting::CollectionLine* line : collecting::standing_lines(after)) {
      const dues::Payment payment = dues::read_payment(tx_, making_.node, line->payment.value());
      clear({payment.entry, 0, payment.minor, Made::settlement, std::nullopt, part.collection}, std::nullopt);
    }
  }

  void take_back(const ProposedPart& part) {
    const collecting::Collection before = collection_of(part);
    if (!part.collection_line)
      throw Refused{Refusal::field_missing, "which line of the collection", place_ + "/collection_line"};
    const auto line =
        std::ranges::find(before.lines, *part.collection_line, &collecting::CollectionLine::line);
    if (line != before.lines.end() && line->minor != -part.amount_minor)
      refuse("the line of the collection is of another amount", place_);
    if (line != before.lines.end() && !line->payment)
      refuse("collection " + std::to_string(*part.collection) +
                 " is not settled: match the bank's credit of it first, or record by hand that the line was "
                 "rejected",
             place_);
    const std::string code = part.return_code.empty() ? "MS03" : part.return_code;
    collecting::return_line(tx_, making_.node,
                            {{before.number, *part.collection_line}, making_.line.booked_on, code, {}, {}},
                            making_.author);
    const PaymentNumber payment = line->payment.value();
    clear({return_entry_of(payment), 0, part.amount_minor, Made::return_, std::nullopt, part.collection,
           part.collection_line},
          std::nullopt);
  }

  EntryNumber return_entry_of(PaymentNumber number) {
    const dues::Payment payment = dues::read_payment(tx_, making_.node, number);
    ensure(payment.return_entry.has_value(), "what came back of a settled collection is taken back");
    return *payment.return_entry;
  }

  disbursements::Disbursement disbursement_of(const ProposedPart& part) {
    if (!part.disbursement)
      throw Refused{Refusal::field_missing, "which disbursement", place_ + "/disbursement"};
    auto found = disbursements::read_disbursement(tx_, making_.node,
                                                  disbursements::DisbursementNumber{*part.disbursement});
    if (found.from.path != making_.account.path)
      refuse("disbursement " + std::to_string(*part.disbursement) + " is paid from " + found.from.path,
             place_);
    return found;
  }

  const disbursements::Order& order_of(const disbursements::Disbursement& of, const ProposedPart& part) {
    if (!part.order) throw Refused{Refusal::field_missing, "which order", place_ + "/order"};
    const auto found = std::ranges::find(of.orders, *part.order, &disbursements::Order::number);
    if (found != of.orders.end()) return *found;
    throw Refused{Refusal::disbursement_unknown,
                  "there is no order " + std::to_string(*part.order) + " in it", place_ + "/order"};
  }

  disbursements::BankDeed deed() const {
    return {making_.line.booked_on, static_cast<int>(making_.match.number())};
  }

  // One order, or all that wait for the bank: its batch.
  void execute(const ProposedPart& part) {
    const disbursements::Disbursement of = disbursement_of(part);
    const auto orders = part.order ? std::vector{&order_of(of, part)} : disbursements::waiting_orders(of);
    if (orders.empty() || disbursements::minor_of(orders) != -part.amount_minor)
      refuse("disbursement " + std::to_string(*part.disbursement) + (part.order ? "'s order" : "") +
                 " comes to another amount",
             place_);
    for (const disbursements::BookedOrder& booked :
         disbursements::book_orders(tx_, making_.node, of, orders, deed(), making_.author))
      clear({booked.entry,
             0,
             -of.orders[static_cast<std::size_t>(booked.order - 1)].minor,
             Made::order,
             booked.payment,
             {},
             {},
             part.disbursement,
             booked.order},
            std::nullopt);
  }

  void take_order_back(const ProposedPart& part) {
    const disbursements::Disbursement of = disbursement_of(part);
    const disbursements::Order& order = order_of(of, part);
    if (order.minor != part.amount_minor) refuse("the order is of another amount", place_);
    const std::string code = part.return_code.empty() ? "MS03" : part.return_code;
    const auto booked =
        disbursements::book_return(tx_, making_.node, of, order, code, deed(), making_.author);
    clear({booked.entry,
           0,
           part.amount_minor,
           Made::order_return,
           booked.payment,
           {},
           {},
           part.disbursement,
           booked.order,
           code},
          std::nullopt);
  }

  void require_account(const std::string& path) {
    for (const books::Account& account : books::find_accounts(tx_, making_.node, path))
      if (account.unit == making_.account.unit) return;
    throw Refused{Refusal::account_unknown, "there is no account '" + path + "' in the unit of the line",
                  place_ + "/account"};
  }

  void post(const ProposedPart& part) {
    if (part.account.empty()) throw Refused{Refusal::field_missing, "which account", place_ + "/account"};
    if (part.account == making_.account.path)
      refuse("an account is not its own other side", place_ + "/account");
    require_account(part.account);
    if (part.description.size() > 1'000)
      throw Refused{Refusal::field_invalid, "a description has at most 1000 bytes", place_ + "/description"};
    const std::string name = name_of(making_.line.number);
    books::Draft draft{
        .request_key = books::fingerprint_of("bank match " + std::to_string(making_.match.number()) +
                                             ", part " + place_),
        .asked_by = making_.author.user,
        .booked_on = making_.line.booked_on,
        .late = books::LateEntry::first_open_day,
        .description = part.description.empty() ? "Bank line " + name.substr(10) : part.description,
        .reference = name,
        .source = {},
        .reverses = {},
        .uses_hold = {},
        .postings = {}};
    const Money amount = Money::of_minor(part.amount_minor, making_.account.unit);
    draft.postings.push_back({making_.account.path, amount, {}, {}});
    draft.postings.push_back({part.account, -amount, part.about, {}});
    const std::array<books::Draft, 1> one{std::move(draft)};
    const EntryNumber entry =
        books::recorded_or_throw(
            books::post(tx_, making_.node, one, books::Together::each_alone, making_.author.now).front())
            .number;
    clear({entry, 0, part.amount_minor, Made::entry}, std::nullopt);
    if (part.other_line)
      made_.other_sides.push_back({*part.other_line, entry, part.account, -part.amount_minor});
  }

  Tx& tx_;
  const Making& making_;
  std::string place_;
  MadeParts made_;
};

}  // namespace

dues::PaymentDraft payment_of(const BankLine& line, const BankAccount& account, const ProposedPart& part) {
  dues::PaymentDraft draft{
      .kind = part.amount_minor > 0 ? dues::PaymentKind::money : dues::PaymentKind::refund,
      .payer = part.payer,
      .unit = account.unit,
      .minor = std::abs(part.amount_minor),
      .received_on = line.booked_on,
      .account = account.path,
      .reference = name_of(line.number)};
  const bool is_refund = draft.kind == dues::PaymentKind::refund;
  if (!is_refund && (part.charge || !part.for_member.empty()))
    draft.shares = {{part.for_member.empty() ? part.payer : part.for_member, draft.minor, part.charge}};
  return draft;
}

MadeParts make_parts(Tx& tx, const Making& making, const MatchDraft& draft) {
  Maker maker{tx, making};
  for (std::size_t i = 0; i < draft.parts.size(); ++i) maker.make(draft.parts[i], i);
  return maker.take();
}

}  // namespace coop::bank
