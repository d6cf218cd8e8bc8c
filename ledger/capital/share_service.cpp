#include "ledger/capital/share_service.hpp"

#include <algorithm>
#include <limits>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/capital/share_class_service.hpp"
#include "ledger/capital/share_store.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::capital {

namespace {

using books::AccountType;

// Whose movement it is, and of what.
struct Case {
  const MovementDraft& draft;
  ShareClass of;
  int scale;
  members::Party party;
  Holding holding;
};

std::string amount_text(const Case& one, std::int64_t minor) {
  return text_from_minor(minor, one.scale) + " " + one.of.unit;
}

int scale_of(Tx& tx, const std::string& unit) {
  const auto found = books::find_unit(tx, unit);
  ensure(found.has_value(), "a class of shares has a unit");
  return found->scale;
}

[[noreturn]] void refuse_movement(const std::string& words) {
  throw Refused{Refusal::share_movement_impossible, words};
}

members::Party require_member(Tx& tx, NodeId node, const std::string& number, bool is_new,
                              const char* field) {
  auto party = members::find_party(tx, node, number);
  if (!party) throw Refused{Refusal::party_unknown, "there is no member " + number, field};
  if (is_new && members::find_erasure(tx, node, party->id))
    throw Refused{Refusal::party_erased, "the personal data of " + party->number + " was erased", field};
  return *std::move(party);
}

// Whole shares are subscribed; of what is held the last part can be less, and is moved whole. Paid is what
// somebody has.
void require_amount(const Case& one) {
  const std::int64_t minor = one.draft.minor;
  if (minor <= 0) throw Refused{Refusal::field_invalid, "an amount above zero is moved", "/amount"};
  if (one.draft.kind == MovementKind::pay_in || minor % one.of.nominal_minor == 0) return;
  const bool is_new = one.draft.kind == MovementKind::subscribe;
  const std::int64_t rest =
      one.draft.kind == MovementKind::cancel ? one.holding.unpaid_minor : one.holding.free_minor();
  if (is_new || minor != rest)
    throw Refused{Refusal::field_invalid,
                  "it is no multiple of the nominal of a share" +
                      (is_new ? std::string{} : ", nor all that there is: " + amount_text(one, rest)),
                  "/amount"};
}

// Who holds any holds so much as the class asks for.
void require_lowest(const Case& one, std::int64_t left_minor) {
  if (left_minor != 0 && left_minor < one.of.lowest_minor)
    refuse_movement(amount_text(one, left_minor) + " would be held, and the least is " +
                    amount_text(one, one.of.lowest_minor));
}

void require_free(const Case& one) {
  if (one.draft.minor > one.holding.free_minor())
    refuse_movement(one.party.number + " holds " + amount_text(one, one.holding.free_minor()) +
                    " that was paid in and not asked back");
  require_lowest(one, one.holding.holding_minor - one.holding.waiting_minor - one.draft.minor);
}

std::int64_t accepted_minor(const Case& one) {
  const std::int64_t accepted = acceptable_minor(one.of, one.holding.holding_minor, one.draft.minor);
  if (accepted < one.draft.minor && (accepted == 0 || !one.draft.in_part))
    throw Refused{Refusal::share_limit_exceeded,
                  one.party.number + " holds " + amount_text(one, one.holding.holding_minor) +
                      " of at most " + amount_text(one, *one.of.highest_minor) + ": " +
                      amount_text(one, accepted) + " can be accepted" +
                      (accepted == 0 ? "" : ", if accept_in_part is given"),
                  "/amount"};
  return accepted;
}

// The entry of a movement: what is added to it is left out where it is nothing.
class MovementEntry {
 public:
  MovementEntry(const ShareClass& of, MovementNumber number, Day on, const std::string& description,
                const std::string& reason, const books::Author& author)
      : of_{of},
        draft_{.request_key = books::fingerprint_of("shares: movement " + std::to_string(number.number())),
               .asked_by = author.user,
               .booked_on = on,
               .late = books::LateEntry::refuse,
               .description = description,
               .reference = "S" + std::to_string(number.number()),
               .source = reason,
               .reverses = {},
               .uses_hold = {},
               .postings = {}} {}
  void add(const std::string& account, std::int64_t minor, const std::string& member = {}) {
    if (minor == 0) return;
    books::DimensionCodes about{};
    if (account == of_.capital || account == of_.payable) about[0] = of_.fund;
    if (!member.empty()) about[1] = member;
    draft_.postings.push_back({account, Money::of_minor(minor, of_.unit_id), about, {}});
  }
  EntryNumber post(Tx& tx, NodeId node, Instant now) {
    const std::vector<books::Draft> one{std::move(draft_)};
    return books::all_recorded_or_throw(books::post(tx, node, one, books::Together::all_or_none, now))
        .front()
        .number;
  }

 private:
  const ShareClass& of_;
  books::Draft draft_;
};

std::string words_of(MovementKind kind) {
  switch (kind) {
    case MovementKind::subscribe:
      return "Shares subscribed by ";
    case MovementKind::pay_in:
      return "Shares paid in by ";
    case MovementKind::cancel:
      return "Shares cancelled of ";
    case MovementKind::give:
    case MovementKind::receive:
      return "Shares given by ";
    case MovementKind::ask:
      return "Shares asked back by ";
    case MovementKind::withdraw:
      return "Shares withdrawn by ";
    case MovementKind::take_back:
    case MovementKind::undo:
      break;  // no entry, or a reversal
  }
  throw InvariantBroken{"a movement that makes an entry is of one of seven kinds"};
}

NewMovement movement_of(const Case& one, std::int64_t minor, std::int64_t reserve_minor) {
  return {one.draft.kind, one.of, one.party.id, minor, reserve_minor, one.draft.on, {}, {}, one.draft.reason};
}

MovementEntry entry_of(Tx& tx, NodeId node, const Case& one, const books::Author& author) {
  return {one.of,           next_movement(tx, node),
          one.draft.on,     words_of(one.draft.kind) + one.party.number + " (" + one.of.code + ")",
          one.draft.reason, author};
}

void subscribe(Tx& tx, NodeId node, const Case& one, const books::Author& author) {
  const std::int64_t minor = accepted_minor(one);
  const std::int64_t reserve = reserve_part(minor, one.of.reserve_millionths);
  require_lowest(one, one.holding.holding_minor + minor - reserve);
  MovementEntry entry = entry_of(tx, node, one, author);
  entry.add(one.of.receivable, minor, one.party.number);
  entry.add(one.of.capital, reserve - minor, one.party.number);
  entry.add(one.of.reserve, -reserve);
  NewMovement movement = movement_of(one, minor, reserve);
  movement.entry = entry.post(tx, node, author.now);
  insert_movement(tx, node, movement, author);
}

void pay_in(Tx& tx, NodeId node, const Case& one, const books::Author& author) {
  require_account(tx, node, one.draft.paid_into, one.of.unit_id, {AccountType::asset}, "/account");
  if (one.draft.minor > one.holding.unpaid_minor)
    refuse_movement(one.party.number + " owes " + amount_text(one, one.holding.unpaid_minor) +
                    " for shares of the class");
  MovementEntry entry = entry_of(tx, node, one, author);
  entry.add(one.draft.paid_into, one.draft.minor);
  entry.add(one.of.receivable, -one.draft.minor, one.party.number);
  NewMovement movement = movement_of(one, one.draft.minor, 0);
  movement.entry = entry.post(tx, node, author.now);
  insert_movement(tx, node, movement, author);
}

void cancel(Tx& tx, NodeId node, const Case& one, const books::Author& author) {
  if (one.draft.minor > one.holding.unpaid_minor)
    refuse_movement("what was paid in is withdrawn, not cancelled: " +
                    amount_text(one, one.holding.unpaid_minor) + " is unpaid");
  const std::int64_t reserve = cancelled_reserve(one.holding, one.draft.minor);
  if (one.draft.minor - reserve > one.holding.holding_minor - one.holding.waiting_minor)
    refuse_movement(one.party.number + " holds less than that");
  require_lowest(one, one.holding.holding_minor - (one.draft.minor - reserve));
  MovementEntry entry = entry_of(tx, node, one, author);
  entry.add(one.of.capital, one.draft.minor - reserve, one.party.number);
  entry.add(one.of.reserve, reserve);
  entry.add(one.of.receivable, -one.draft.minor, one.party.number);
  NewMovement movement = movement_of(one, one.draft.minor, reserve);
  movement.entry = entry.post(tx, node, author.now);
  insert_movement(tx, node, movement, author);
}

void give(Tx& tx, NodeId node, const Case& one, const books::Author& author) {
  if (!one.of.is_transferable) refuse_movement("shares of this class are not given to others");
  require_free(one);
  const members::Party to = require_member(tx, node, one.draft.to, true, "/to");
  if (to.id == one.party.id) throw Refused{Refusal::field_invalid, "nobody gives to themselves", "/to"};
  const Case other{one.draft, one.of, one.scale, to, read_holding(tx, node, one.of.code, to.id)};
  const std::int64_t after = other.holding.holding_minor + one.draft.minor;
  if (one.of.highest_minor && after > *one.of.highest_minor)
    throw Refused{Refusal::share_limit_exceeded,
                  to.number + " would hold " + amount_text(one, after) + " of at most " +
                      amount_text(one, *one.of.highest_minor),
                  "/amount"};
  require_lowest(other, after);
  MovementEntry entry = entry_of(tx, node, one, author);
  entry.add(one.of.capital, one.draft.minor, one.party.number);
  entry.add(one.of.capital, -one.draft.minor, to.number);
  NewMovement movement = movement_of(one, one.draft.minor, 0);
  movement.entry = entry.post(tx, node, author.now);
  const MovementNumber given = insert_movement(tx, node, movement, author);
  insert_movement(tx, node,
                  {MovementKind::receive, one.of, to.id, one.draft.minor, 0, one.draft.on, given,
                   movement.entry, one.draft.reason},
                  author);
}

void ask(Tx& tx, NodeId node, const Case& one, const books::Author& author) {
  if (one.of.withdrawable == Withdrawable::no) refuse_movement("shares of this class are not withdrawn");
  require_free(one);
  insert_movement(tx, node, movement_of(one, one.draft.minor, 0), author);
}

// What is on record from a number on, in order.
std::vector<Movement> recorded_from(Tx& tx, NodeId node, MovementNumber first, std::size_t most) {
  auto movements = list_movements(tx, node, {.at_least = first}, std::nullopt, static_cast<int>(most));
  std::ranges::reverse(movements);
  return movements;
}

void tell_movements(Tx& tx, NodeId node, const std::vector<Movement>& movements,
                    const books::Author& author) {
  for (const Movement& one : movements)
    books::tell(tx, node, author, "shares_moved",
                {{"movement", one.number.number()}, {"kind", text_of(one.kind)}, {"class", one.class_code}});
}

// What is free in a fund: on the day, and by everything booked. Nothing is, where it is indivisible.
std::int64_t free_of_fund(Tx& tx, NodeId node, const ShareClass& of, std::initializer_list<Day> days) {
  const funds::Fund fund = funds::read_fund(tx, node, *of.fund);
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (const Day day : days) {
    funds::require_divisible(fund, day, "/share_class");
    std::int64_t free = 0;
    for (const funds::FundFigures& figures :
         funds::read_fund_figures(tx, node, {.as_of = day, .fund = fund.dimension.id}))
      if (figures.unit == of.unit_id) free = funds::free_minor(figures);
    least = std::min(least, free);
  }
  return least;
}

// Out of what withdrawals are paid, and how much there is of it.
void read_means(Tx& tx, NodeId node, const WithdrawalDraft& draft, Instant now, WithdrawalRun& run) {
  const WithdrawalYear year = read_withdrawal_year(tx, node, run.of.unit_id, draft.on, now);
  if (draft.on > year.today) throw Refused{Refusal::field_invalid, "it is not after today", "/on"};
  run.year_from = year.first;
  run.earned_minor = year.earned_minor;
  run.already_out_minor = year.withdrawn_minor;
  run.net_assets_minor = read_net_assets(tx, node, run.of.unit_id);
  run.available_minor =
      std::min(std::min(draft.surplus_minor, run.earned_minor) - run.already_out_minor, run.net_assets_minor);
  if (run.of.fund) {
    run.of_fund_minor = free_of_fund(tx, node, run.of, {draft.on, year.today});
    run.available_minor = std::min(run.available_minor, *run.of_fund_minor);
  }
  run.available_minor = std::max<std::int64_t>(0, run.available_minor);
}

}  // namespace

std::vector<Movement> move_shares(Tx& tx, NodeId node, const MovementDraft& draft,
                                  const books::Author& author) {
  books::lock_book_head(tx, node);
  const ShareClass of = read_share_class(tx, node, draft.class_code, draft.on);
  const members::Party party =
      require_member(tx, node, draft.member, draft.kind == MovementKind::subscribe, "/member");
  if (draft.unit != of.unit_id)
    throw Refused{Refusal::unit_mismatch, "shares of the class are counted in " + of.unit, "/unit"};
  const Case one{draft, of, scale_of(tx, of.unit), party, read_holding(tx, node, of.code, party.id)};
  require_amount(one);
  require_reason(draft.reason);
  const MovementNumber first = next_movement(tx, node);
  if (draft.kind == MovementKind::subscribe) subscribe(tx, node, one, author);
  else if (draft.kind == MovementKind::pay_in) pay_in(tx, node, one, author);
  else if (draft.kind == MovementKind::cancel) cancel(tx, node, one, author);
  else if (draft.kind == MovementKind::give) give(tx, node, one, author);
  else if (draft.kind == MovementKind::ask) ask(tx, node, one, author);
  else
    throw Refused{Refusal::field_invalid, "what follows on another movement is asked for there", "/movement"};
  auto movements = recorded_from(tx, node, first, 2);
  for (const Movement& movement : movements) require_every_day(tx, node, movement);
  tell_movements(tx, node, movements, author);
  return movements;
}

WithdrawalRun withdraw_in_order(Tx& tx, NodeId node, const WithdrawalDraft& draft,
                                const books::Author& author) {
  books::lock_book_head(tx, node);
  WithdrawalRun run{read_share_class(tx, node, draft.class_code, draft.on), draft.on, 0, 0, 0, {}, 0, {}, {}};
  if (draft.unit != run.of.unit_id)
    throw Refused{Refusal::unit_mismatch, "shares of the class are counted in " + run.of.unit, "/unit"};
  require_reason(draft.reason);
  if (draft.surplus_minor < 0) throw Refused{Refusal::field_invalid, "it is not negative", "/surplus"};
  read_means(tx, node, draft, author.now, run);
  std::vector<Waiting> due = read_queue(tx, node, run.of);
  std::erase_if(due, [&](const Waiting& one) { return one.due_on > draft.on; });
  const auto paid = paid_in_order(due, run.available_minor);
  std::vector<std::string> members;
  std::vector<MovementNumber> asks;
  for (std::size_t i = 0; i < due.size(); ++i) {
    if (paid[i] <= 0) continue;
    members.push_back(due[i].member);
    asks.push_back(due[i].ask);
  }
  if (author.user && is_one_who_asked(tx, node, *author.user, asks))
    throw Refused{Refusal::approval_of_own, "it pays you: somebody else runs the queue"};
  const MovementNumber first = next_movement(tx, node);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const members::Party party = require_member(tx, node, due[i].member, false, "");
    MovementEntry entry{
        run.of,       next_movement(tx, node),
        draft.on,     words_of(MovementKind::withdraw) + party.number + " (" + run.of.code + ")",
        draft.reason, author};
    entry.add(run.of.capital, paid[i], party.number);
    entry.add(run.of.payable, -paid[i], party.number);
    insert_movement(tx, node,
                    {MovementKind::withdraw, run.of, party.id, paid[i], 0, draft.on, due[i].ask,
                     entry.post(tx, node, author.now), draft.reason},
                    author);
  }
  if (!members.empty()) run.paid = recorded_from(tx, node, first, members.size());
  for (const Movement& movement : run.paid) require_every_day(tx, node, movement);
  tell_movements(tx, node, run.paid, author);
  run.queue = read_queue(tx, node, run.of);
  return run;
}

}  // namespace coop::capital
