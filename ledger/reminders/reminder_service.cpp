#include "ledger/reminders/reminder_service.hpp"

#include <algorithm>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/dues/charge_service.hpp"
#include "ledger/dues/dues_state_store.hpp"
#include "ledger/dues/notice_service.hpp"
#include "ledger/dues/notice_words.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/reminders/letter.hpp"
#include "ledger/reminders/pause_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::reminders {

namespace {

ReminderFacts facts_of(Tx& tx, const books::Node& node, const dues::DuesState& state, Day day) {
  return {.state = state,
          .levels = read_levels(tx, node.id),
          .written = read_written(tx, node.id),
          .paused = read_paused(tx, node.id, day),
          .erased = read_erased(tx, node.id),
          .payments_wait = read_waiting_payers(tx, node.id),
          .base_unit = node.base_unit,
          .minimum_minor = read_reminder_setting(tx, node.id).minimum_minor};
}

ProposedReminder shown(const Proposal& proposal, const std::string& member) {
  ProposedReminder one{.member = member,
                       .unit = proposal.unit,
                       .overdue_minor = proposal.overdue_minor,
                       .overdue_since = proposal.overdue_since,
                       .level = proposal.level ? std::optional{proposal.level->level} : std::nullopt,
                       .because_not = proposal.because_not,
                       .charges = {},
                       .message = proposal.to_drop};
  for (const dues::ChargeState& charge : proposal.charges) one.charges.push_back(charge.charge.number);
  return one;
}

std::optional<ChargeNumber> charge_fee(Tx& tx, NodeId node, const Proposal& proposal,
                                       const std::string& member, Day day, const books::Author& author) {
  const auto& fee = proposal.level->fee;
  if (!fee || !fee->is_charged) return std::nullopt;
  return dues::raise_charge(tx, node,
                            {.member = member,
                             .payer = std::nullopt,
                             .kind = dues::DueKind::other,
                             .unit = fee->unit,
                             .minor = fee->minor,
                             .on = day,
                             .due_on = std::nullopt,
                             .why = "Reminder, level " + std::to_string(proposal.level->level),
                             .income = std::nullopt},
                            author)
      .number;
}

// Ends a message and tells of it; its fee is left as it is.
void end_and_tell(Tx& tx, NodeId node, const Message& message, MessageState outcome,
                  const std::string& reason, const books::Author& author) {
  end_message(tx, node, message.number, outcome, reason, author);
  books::tell(tx, node, author, "message_ended",
              {{"message", message.number}, {"outcome", text_of(outcome)}});
}

Unit unit_of(Tx& tx, UnitId id) {
  for (const books::ListedUnit& one : books::read_units(tx))
    if (one.unit.id == id) return one.unit;
  throw InvariantBroken{"every unit that is owed in is listed"};
}

}  // namespace

std::vector<ProposedReminder> propose_reminders(Tx& tx, const books::Node& node, Day day) {
  const dues::DuesState state = dues::state_of(dues::read_dues_facts(tx, node.id, {day}), day);
  const ReminderFacts facts = facts_of(tx, node, state, day);
  const auto numbers = members::read_party_numbers(tx, node.id);
  std::vector<ProposedReminder> list;
  for (const Proposal& proposal : proposals_of(facts, day))
    list.push_back(shown(proposal, numbers.at(proposal.party)));
  std::ranges::stable_sort(list, {}, &ProposedReminder::member);
  return list;
}

std::vector<ProposedReminder> write_reminders(Tx& tx, const books::Node& node, Day day,
                                              const books::Author& author) {
  books::lock_book_head(tx, node.id);
  const dues::DuesState state = dues::state_of(dues::read_dues_facts(tx, node.id, {day}), day);
  const ReminderFacts facts = facts_of(tx, node, state, day);
  const auto numbers = members::read_party_numbers(tx, node.id);
  std::vector<ProposedReminder> list;
  std::int64_t written = 0;
  for (const Proposal& proposal : proposals_of(facts, day)) {
    const std::string& member = numbers.at(proposal.party);
    ProposedReminder one = shown(proposal, member);
    if (proposal.level) {
      const auto fee = charge_fee(tx, node.id, proposal, member, day, author);
      one.message = insert_message(tx, node.id, proposal, day, fee, author);
      ++written;
    }
    if (proposal.to_drop)
      settle_message(tx, node.id, read_message(tx, node.id, *proposal.to_drop), MessageState::dropped,
                     words_of(*proposal.drop_because), author);
    list.push_back(std::move(one));
  }
  if (written > 0) books::tell(tx, node.id, author, "reminders_written", {{"messages", written}});
  std::ranges::stable_sort(list, {}, &ProposedReminder::member);
  return list;
}

Message read_message(Tx& tx, NodeId node, std::int32_t number) {
  auto found = list_messages(tx, node, {.number = number}, std::nullopt, 1);
  if (!found.empty()) return std::move(found.front());
  throw Refused{Refusal::message_unknown, "there is no message " + std::to_string(number)};
}

Message drop_message(Tx& tx, NodeId node, std::int32_t number, const std::string& reason,
                     const books::Author& author) {
  if (reason.empty() || reason.size() > 500)
    throw Refused{Refusal::field_invalid, "a reason has 1 to 500 bytes", "/reason"};
  books::lock_book_head(tx, node);
  const Message message = read_message(tx, node, number);
  if (message.state != MessageState::waiting)
    throw Refused{Refusal::message_settled, "message " + std::to_string(number) + " was " +
                                                std::string{text_of(message.state)} + " already"};
  settle_message(tx, node, message, MessageState::dropped, reason, author);
  return read_message(tx, node, number);
}

void settle_message(Tx& tx, NodeId node, const Message& message, MessageState outcome,
                    const std::string& reason, const books::Author& author) {
  if (outcome != MessageState::sent && message.fee_charge &&
      !dues::read_charge(tx, node, *message.fee_charge).reversed_on)
    dues::reverse_charge(tx, node, *message.fee_charge, "the reminder did not leave", author);
  end_and_tell(tx, node, message, outcome, reason, author);
}

void give_up_message(Tx& tx, NodeId node, const Message& message, const std::string& reason,
                     const books::Author& author) {
  end_and_tell(tx, node, message, MessageState::failed, reason, author);
}

MessageStanding standing_of(Tx& tx, NodeId node, const Message& message, Day day) {
  MessageStanding standing;
  if (members::find_erasure(tx, node, message.party)) {
    standing.obstacle = Because::erased;
    return standing;
  }
  const dues::DuesState state =
      dues::state_of(dues::read_dues_facts(tx, node, {day}, std::vector<PartyId>{message.party}), day);
  for (const dues::ChargeState& charge : state.charges) {
    if (charge.open_minor <= 0 || !message.charges.contains(charge.charge.number)) continue;
    standing.open_minor = checked_add(standing.open_minor, charge.open_minor);
    standing.overdue_since =
        std::min(standing.overdue_since.value_or(charge.charge.due_on), charge.charge.due_on);
  }
  if (standing.open_minor == 0) standing.obstacle = Because::paid_meanwhile;
  else if (read_paused(tx, node, day).contains(message.party)) standing.obstacle = Because::paused;
  else if (read_waiting_payers(tx, node).contains({message.party, message.unit}))
    standing.obstacle = Because::payment_waits;
  return standing;
}

Letter letter_of(Tx& tx, const books::Node& node, const Message& message, const MessageStanding& standing,
                 Day day) {
  if (standing.obstacle == Because::erased)
    throw Refused{Refusal::party_erased, "nobody can write to " + message.member + " any more"};
  const ReminderSetting setting = read_reminder_setting(tx, node.id);
  const auto profile = members::find_profile(tx, node.id, message.party);
  const Unit unit = unit_of(tx, message.unit);
  const dues::Notice notice = dues::read_member_notice(tx, node, message.member, {day, message.unit});
  std::map<std::string, std::string, std::less<>> values{
      {"name", notice.member_name},
      {"member", message.member},
      {"node", node.title},
      {"amount", text_from_minor(standing.open_minor, unit.scale) + " " + unit.code},
      {"level", std::to_string(message.level)},
      {"notice", dues::notice_text(notice)}};
  if (notice.route) {
    values["reference"] = notice.route->reference.printed();
    values["iban"] = notice.route->iban.printed();
    values["account_holder"] = notice.route->account_holder;
  }
  if (standing.overdue_since) values["overdue_since"] = dues::day_in_words(*standing.overdue_since);
  if (message.fee_charge) {
    const dues::Charge fee = dues::read_charge(tx, node.id, *message.fee_charge);
    const Unit fee_unit = unit_of(tx, fee.due.unit);
    values["fee"] = text_from_minor(fee.due.owed_minor(), fee_unit.scale) + " " + fee_unit.code;
  }
  const auto levels = read_levels(tx, node.id);
  const auto level = std::ranges::find_if(levels, [&](const ReminderLevel& one) {
    return one.level == message.level && one.number == message.level_number;
  });
  ensure(level != levels.end(), "a message is of a level that was set");
  const ReminderText& text =
      text_for(level->texts, profile && profile->language ? *profile->language : "", setting.language);
  return {.to_name = profile ? profile->name : message.member,
          .to_address = profile && profile->email ? *profile->email : "",
          .reply_to = setting.reply_to,
          .from_title = node.title,
          .subject = filled_in(text.subject, values),
          .body = filled_in(text.body, values),
          .name = node.name + "-" + std::to_string(message.number)};
}

}  // namespace coop::reminders
