#include "ledger/work/obligation_service.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/work/circle_store.hpp"
#include "ledger/work/obligation_store.hpp"
#include "ledger/work/work_text.hpp"

namespace coop::work {

namespace {

std::string name_of(ObligationNumber number) { return "obligation " + std::to_string(number.number()); }

std::string place_of_member(std::size_t index) { return "/members/" + std::to_string(index); }

void require_standing(const Obligation& obligation) {
  if (obligation.withdrawn_at)
    throw Refused{Refusal::obligation_withdrawn,
                  name_of(obligation.number) + " was withdrawn: " + obligation.withdrawn_for};
}

// Those who are to owe it: each there is, once, and not erased.
std::vector<members::Party> require_debtors(Tx& tx, NodeId node, const std::vector<std::string>& numbers) {
  if (numbers.size() > most_members_at_once)
    throw Refused{Refusal::batch_too_large, "one request names up to 1000 members", "/members"};
  const auto found = members::find_parties(tx, node, numbers);
  std::vector<members::Party> parties;
  std::set<PartyId> seen;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i])
      throw Refused{Refusal::party_unknown, "there is no member '" + numbers[i].substr(0, 60) + "'",
                    place_of_member(i)};
    if (!seen.insert(found[i]->id).second)
      throw Refused{Refusal::field_invalid, found[i]->number + " is named twice", place_of_member(i)};
    parties.push_back(*found[i]);
  }
  for (std::size_t i = 0; i < parties.size(); ++i)
    if (members::find_erasure(tx, node, parties[i].id))
      throw Refused{Refusal::party_erased, "the personal data of " + parties[i].number + " was erased",
                    place_of_member(i)};
  return parties;
}

void require_owed_once(Tx& tx, NodeId node, const std::vector<members::Party>& parties,
                       const ObligationTerms& terms, std::optional<CircleId> circle) {
  if (!terms.by_hours) return;
  const auto overlapping = find_overlapping(tx, node, parties, terms, circle);
  if (!overlapping) return;
  const auto who = std::ranges::find(parties, overlapping->party, &members::Party::id);
  throw Refused{
      Refusal::obligation_overlaps,
      "hours of " + who->number + " count toward " + name_of(overlapping->number) + " in a part of this time",
      place_of_member(static_cast<std::size_t>(who - parties.begin()))};
}

boost::json::array numbers_of(const std::vector<members::Party>& parties) {
  boost::json::array numbers;
  for (const members::Party& party : parties) numbers.push_back(boost::json::string{party.number});
  return numbers;
}

// What a settlement says is checked before what it comes to.
void require_settlement(const ObligationTerms& terms, const SettlementDraft& draft, Day today) {
  const bool is_waived = draft.how == SettlementKind::waived;
  if (draft.how == SettlementKind::reversed)
    throw Refused{Refusal::field_invalid, "money, kind or waived is expected", "/how"};
  if (draft.how == SettlementKind::money ? !terms.by_money : !is_waived && !terms.by_kind)
    throw Refused{Refusal::obligation_settlement_impossible,
                  "it is not met in " + std::string{text_of(draft.how)}, "/how"};
  if (draft.on > today) throw Refused{Refusal::field_invalid, "nothing is settled on a day to come", "/on"};
  const bool in_minutes = is_waived && terms.minutes.has_value();
  if (in_minutes ? draft.minor.has_value() : draft.minutes.has_value())
    throw Refused{Refusal::field_invalid,
                  in_minutes ? "minutes are owed: waive minutes" : "it is settled by an amount",
                  in_minutes ? "/amount" : "/minutes"};
  if (!is_waived && !draft.minor) throw Refused{Refusal::field_missing, "what it comes to", "/amount"};
  if (draft.minor.value_or(1) <= 0 || draft.minutes.value_or(1) <= 0)
    throw Refused{Refusal::field_invalid, "more than nothing is settled",
                  in_minutes ? "/minutes" : "/amount"};
  if (draft.entry && draft.how != SettlementKind::money)
    throw Refused{Refusal::field_invalid, "only what is settled in money has an entry", "/entry"};
  if (draft.words.empty() && !draft.entry)
    throw Refused{Refusal::field_missing, "what was given, why it is waived, or on what it rests", "/words"};
  require_work_text(draft.words, 0, 500, "/words");
}

MemberStanding standing_with(Tx& tx, NodeId node, ObligationNumber number, PartyId party) {
  auto standings = read_standings(tx, node, {.obligation = number, .member = party, .limit = 1});
  ensure(!standings.empty(), "whoever owes an obligation has a standing");
  return std::move(standings.front());
}

std::string amount_text(Tx& tx, std::int64_t minor, UnitId id) {
  const auto unit = books::find_unit(tx, books::read_unit_code(tx, id));
  return text_from_minor(minor, unit->scale) + " " + unit->code;
}

// What the draft comes to, which is no more than is open: all of it where it says nothing.
void put_amount(Tx& tx, const ObligationTerms& terms, const HoursOrMoney& open, const SettlementDraft& draft,
                NewSettlement& settlement) {
  const bool in_minutes = draft.how == SettlementKind::waived && terms.minutes.has_value();
  const std::int64_t left = (in_minutes ? open.minutes : open.minor).value_or(0);
  const std::int64_t wanted =
      in_minutes ? draft.minutes ? std::int64_t{*draft.minutes} : left : draft.minor.value_or(left);
  if (left == 0 || wanted > left)
    throw Refused{Refusal::obligation_exceeded,
                  (in_minutes ? std::to_string(left) + " minutes" : amount_text(tx, left, *terms.unit)) +
                      " of it are open",
                  in_minutes ? "/minutes" : "/amount"};
  if (in_minutes) settlement.minutes = static_cast<int>(wanted);
  else settlement.minor = wanted;
}

void require_entry_moves(Tx& tx, NodeId node, const NewSettlement& settlement, UnitId unit) {
  if (!settlement.entry) return;
  const std::string name = "entry " + std::to_string(settlement.entry->number());
  const auto entry = find_entry_settling(tx, node, *settlement.entry, settlement.party, unit);
  if (!entry) throw Refused{Refusal::entry_unknown, "there is no " + name, "/entry"};
  if (entry->is_reversed)
    throw Refused{Refusal::obligation_settlement_impossible, name + " was reversed, or reverses another",
                  "/entry"};
  if (checked_add(entry->settled_minor, *settlement.minor) > entry->given_minor)
    throw Refused{Refusal::obligation_settlement_impossible,
                  "by " + name + " this member gave less than it would settle", "/entry"};
}

ObligationSettlement read_settlement(Tx& tx, NodeId node, ObligationNumber number, int settlement) {
  const auto found = read_settlements(tx, node, number, std::nullopt, settlement - 1, 1);
  if (found.empty() || found.front().number != settlement)
    throw Refused{Refusal::obligation_settlement_unknown,
                  name_of(number) + " has no settlement " + std::to_string(settlement)};
  return found.front();
}

}  // namespace

Obligation record_obligation(Tx& tx, const books::Node& node, const ObligationTerms& terms,
                             const std::vector<std::string>& members, const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node.id);
  require_obligation(terms);
  std::optional<CircleId> circle;
  if (!terms.circle.empty()) {
    const auto found = find_circle(tx, node.id, terms.circle);
    if (!found)
      throw Refused{Refusal::circle_unknown, "there is no circle '" + terms.circle.substr(0, 60) + "'",
                    "/circle"};
    circle = found->id;
  }
  const auto parties = require_debtors(tx, node.id, members);
  require_owed_once(tx, node.id, parties, terms, circle);
  const books::Author at{author.user, books::next_recorded_at(head, author.now)};
  const ObligationNumber number = insert_obligation(tx, node.id, terms, circle, at);
  insert_obligation_members(tx, node.id, number, parties, at);
  books::tell(tx, head, at.now, "obligation_recorded",
              {{"obligation", number.number()}, {"members", numbers_of(parties)}});
  return read_obligation(tx, node.id, number);
}

Obligation add_who_owes(Tx& tx, const books::Node& node, ObligationNumber number,
                        const std::vector<std::string>& members, const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node.id);
  const Obligation obligation = read_obligation(tx, node.id, number);
  require_standing(obligation);
  const auto parties = require_debtors(tx, node.id, members);
  const auto before = read_who_owes(tx, node.id, number, parties);
  for (std::size_t i = 0; i < parties.size(); ++i)
    if (std::ranges::find(before, parties[i].id) != before.end())
      throw Refused{Refusal::field_invalid, parties[i].number + " owes it already", place_of_member(i)};
  require_owed_once(tx, node.id, parties, obligation.terms, obligation.circle_id);
  const books::Author at{author.user, books::next_recorded_at(head, author.now)};
  insert_obligation_members(tx, node.id, number, parties, at);
  books::tell(tx, head, at.now, "obligation_extended",
              {{"obligation", number.number()}, {"members", numbers_of(parties)}});
  return read_obligation(tx, node.id, number);
}

Obligation withdraw_obligation(Tx& tx, const books::Node& node, ObligationNumber number,
                               const std::string& reason, const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node.id);
  const Obligation obligation = read_obligation(tx, node.id, number);
  require_reason(reason);
  require_standing(obligation);
  if (author.user && is_own_debt(tx, node.id, number, std::nullopt, *author.user))
    throw Refused{Refusal::approval_of_own, "you owe it yourself: somebody else withdraws it"};
  const books::Author at{author.user, books::next_recorded_at(head, author.now)};
  insert_withdrawal(tx, node.id, number, reason, at);
  books::tell(tx, head, at.now, "obligation_withdrawn", {{"obligation", number.number()}});
  return read_obligation(tx, node.id, number);
}

ObligationSettlement settle_obligation(Tx& tx, const books::Node& node, ObligationNumber number,
                                       const SettlementDraft& draft, const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node.id);
  const Obligation obligation = read_obligation(tx, node.id, number);
  require_standing(obligation);
  const auto party = members::find_party(tx, node.id, draft.member);
  if (!party)
    throw Refused{Refusal::party_unknown, "there is no member '" + draft.member.substr(0, 60) + "'",
                  "/member"};
  if (read_who_owes(tx, node.id, number, std::span{&*party, 1}).empty())
    throw Refused{Refusal::obligation_not_owed, party->number + " does not owe " + name_of(number),
                  "/member"};
  if (author.user && is_own_debt(tx, node.id, number, party->id, *author.user))
    throw Refused{Refusal::approval_of_own, "it is your own debt: somebody else records it", "/member"};
  require_settlement(obligation.terms, draft, day_in_zone(author.now, node.time_zone));
  if (draft.how == SettlementKind::kind && !author.user)
    throw Refused{Refusal::role_missing, "whoever accepts what is given in kind signs in"};
  NewSettlement settlement{
      .kind = draft.how, .party = party->id, .on = draft.on, .entry = draft.entry, .words = draft.words};
  const MemberStanding before = standing_with(tx, node.id, number, party->id);
  put_amount(tx, obligation.terms, standing_of(obligation.terms, before.done).open, draft, settlement);
  require_entry_moves(tx, node.id, settlement, obligation.terms.unit.value_or(node.base_unit));
  const books::Author at{author.user, books::next_recorded_at(head, author.now)};
  const int settled = insert_settlement(tx, node.id, number, settlement, at);
  books::tell(tx, head, at.now, "obligation_settled",
              {{"obligation", number.number()},
               {"settlement", settled},
               {"member", party->number},
               {"how", text_of(draft.how)}});
  return read_settlement(tx, node.id, number, settled);
}

ObligationSettlement reverse_settlement(Tx& tx, const books::Node& node, ObligationNumber number,
                                        int settlement, const std::string& reason,
                                        const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node.id);
  const Obligation obligation = read_obligation(tx, node.id, number);
  const ObligationSettlement before = read_settlement(tx, node.id, obligation.number, settlement);
  require_reason(reason);
  if (before.kind == SettlementKind::reversed || is_reversed(tx, node.id, number, settlement))
    throw Refused{Refusal::obligation_settlement_impossible,
                  "settlement " + std::to_string(settlement) + " was taken back, or takes one back"};
  const auto party = members::read_party(tx, node.id, before.member);
  const books::Author at{author.user, books::next_recorded_at(head, author.now)};
  const int reversal = insert_settlement(tx, node.id, number,
                                         {.kind = SettlementKind::reversed,
                                          .party = party.id,
                                          .on = day_in_zone(author.now, node.time_zone),
                                          .reverses = settlement,
                                          .words = reason},
                                         at);
  books::tell(tx, head, at.now, "obligation_settlement_reversed",
              {{"obligation", number.number()}, {"settlement", settlement}, {"member", party.number}});
  return read_settlement(tx, node.id, number, reversal);
}

SuggestedSplit suggest_split(Tx& tx, NodeId node, const SplitQuestion& question) {
  const auto circle = find_circle(tx, node, question.circle);
  if (!circle)
    throw Refused{Refusal::circle_unknown, "there is no circle '" + question.circle.substr(0, 60) + "'",
                  "?circle"};
  auto standing = find_standing_for(tx, node, question.party, circle->id, question.worked_on);
  if (!standing) return {{0, question.minutes, {}, {}}, std::nullopt};
  const HoursSplit split = split_hours(standing->terms, standing->done, question.minutes);
  return {split, std::move(standing)};
}

}  // namespace coop::work
