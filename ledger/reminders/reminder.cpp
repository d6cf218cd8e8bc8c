#include "ledger/reminders/reminder.hpp"

#include <algorithm>
#include <array>

#include "ledger/reminders/letter.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::reminders {

namespace {

void require(bool holds, const std::string& otherwise, const std::string& field) {
  if (!holds) throw Refused{Refusal::field_invalid, otherwise, field};
}

void require_text(const ReminderText& text, const std::string& at) {
  require(is_language(text.language), "a language such as ca or pt-BR is expected", at + "/language");
  require(is_storable_text(text.subject) && !text.subject.empty() && characters_of(text.subject) <= 200 &&
              std::ranges::none_of(text.subject, [](unsigned char c) { return c < 0x20 || c == 0x7F; }),
          "a subject is one line of 1 to 200 characters", at + "/subject");
  require(is_storable_text(text.body) && !text.body.empty() && characters_of(text.body) <= 5'000,
          "a text has 1 to 5,000 characters", at + "/body");
  require_placeholders(text.subject, at + "/subject");
  require_placeholders(text.body, at + "/body");
}

// What is overdue of a debtor in a unit, and what was written about it.
struct Arrears {
  std::vector<dues::ChargeState> charges;
  const WrittenReminder* last = nullptr;  // the highest level about something still open
  const WrittenReminder* waiting = nullptr;
  bool waits_for_open = false;  // what waits is about something still open
};
using ArrearsByDebtor = std::map<std::pair<PartyId, UnitId>, Arrears>;

ArrearsByDebtor arrears_of(const ReminderFacts& facts, Day day) {
  ArrearsByDebtor arrears;
  for (const dues::ChargeState& charge : facts.state.charges)
    if (charge.open_minor > 0 && charge.charge.due_on < day)
      arrears[{charge.charge.debtor, charge.charge.unit}].charges.push_back(charge);
  for (const WrittenReminder& written : facts.written) {
    const auto found = arrears.find({written.party, written.unit});
    if (found == arrears.end() && !written.waits) continue;
    Arrears& one = arrears[{written.party, written.unit}];
    const bool is_about_open = std::ranges::any_of(one.charges, [&](const dues::ChargeState& charge) {
      return written.charges.contains(charge.charge.number);
    });
    if (written.waits) {
      one.waiting = &written;
      one.waits_for_open = is_about_open;
    }
    if (is_about_open && (!one.last || one.last->level < written.level)) one.last = &written;
  }
  for (auto& [key, one] : arrears)
    std::ranges::stable_sort(one.charges, {},
                             [](const dues::ChargeState& charge) { return charge.charge.due_on; });
  return arrears;
}

// The next level, if its day has come.
const ReminderLevel* level_due(const std::vector<const ReminderLevel*>& levels, const WrittenReminder* last,
                               int overdue_days, Day day) {
  int days_of_last = 0;
  for (const ReminderLevel* level : levels) {
    if (last && level->level <= last->level) {
      days_of_last = level->after_days;
      continue;
    }
    if (overdue_days < level->after_days) return nullptr;
    if (last && day.count() - last->as_of.count() < level->after_days - days_of_last) return nullptr;
    return level;
  }
  return nullptr;
}

std::optional<Because> because_not(const ReminderFacts& facts, const Proposal& proposal,
                                   const Arrears& arrears) {
  if (facts.erased.contains(proposal.party)) return Because::erased;
  if (arrears.charges.empty()) return Because::paid_meanwhile;
  if (facts.paused.contains(proposal.party)) return Because::paused;
  if (facts.payments_wait.contains({proposal.party, proposal.unit})) return Because::payment_waits;
  if (proposal.unit == facts.base_unit && proposal.overdue_minor < facts.minimum_minor)
    return Because::below_minimum;
  if (arrears.waiting && arrears.waits_for_open) return Because::sent_already;  // it has not left yet
  if (proposal.level == nullptr) return arrears.last ? Because::sent_already : Because::not_yet;
  return std::nullopt;
}

}  // namespace

void require_level(const ReminderLevel& level) {
  require(level.level >= 1 && level.level <= 9, "levels are 1 to 9", "/level");
  require(level.after_days >= 1 && level.after_days <= 3'660, "1 to 3660 days are expected", "/after_days");
  require(level.decision.size() <= 500, "a decision has at most 500 bytes", "/decision");
  require(!level.fee || level.fee->minor > 0, "a fee is above zero", "/fee/amount");
  if (!level.closed && level.texts.empty())
    throw Refused{Refusal::field_missing, "a reminder says something: in one language at least", "/texts"};
  std::set<std::string> languages;
  for (std::size_t i = 0; i < level.texts.size(); ++i) {
    const std::string at = "/texts/" + std::to_string(i);
    require_text(level.texts[i], at);
    require(languages.insert(level.texts[i].language).second, "this language is there twice",
            at + "/language");
  }
}

std::vector<const ReminderLevel*> levels_on(std::span<const ReminderLevel> levels, Day day) {
  std::map<int, const ReminderLevel*> in_force;
  for (const ReminderLevel& level : levels) {
    if (level.from_on > day) continue;
    const ReminderLevel*& best = in_force[level.level];
    if (!best || std::pair{best->from_on, best->number} < std::pair{level.from_on, level.number})
      best = &level;
  }
  std::vector<const ReminderLevel*> found;
  for (const auto& [level, one] : in_force)
    if (!one->closed) found.push_back(one);
  return found;
}

std::string_view text_of(Because because) {
  static constexpr std::array<std::string_view, 7> words{
      "erased", "paid_meanwhile", "paused", "payment_waits", "below_minimum", "sent_already", "not_yet"};
  return words.at(static_cast<std::size_t>(because));
}

std::string words_of(Because because) {
  switch (because) {
    case Because::erased:
      return "the member was erased";
    case Because::paid_meanwhile:
      return "it was paid meanwhile";
    case Because::paused:
      return "reminders are paused";
    case Because::payment_waits:
      return "a payment waits to be matched";
    default:
      return std::string{text_of(because)};
  }
}

std::vector<Proposal> proposals_of(const ReminderFacts& facts, Day day) {
  const auto levels = levels_on(facts.levels, day);
  std::vector<Proposal> proposals;
  for (auto& [key, arrears] : arrears_of(facts, day)) {
    Proposal proposal{key.first, key.second};
    if (!arrears.charges.empty()) {
      const dues::DebtorState& debtor = facts.state.debtors.at(key);
      proposal.overdue_minor = debtor.ageing.overdue_minor();
      proposal.overdue_since = debtor.overdue_since;
      proposal.level = level_due(levels, arrears.last, day.count() - debtor.overdue_since->count(), day);
    }
    proposal.because_not = because_not(facts, proposal, arrears);
    if (proposal.because_not) proposal.level = nullptr;
    if (proposal.because_not && *proposal.because_not <= Because::payment_waits)
      proposal.drop_because = proposal.because_not;
    else if (!arrears.waits_for_open) proposal.drop_because = Because::paid_meanwhile;
    if (arrears.waiting && proposal.drop_because) proposal.to_drop = arrears.waiting->message;
    proposal.charges = std::move(arrears.charges);
    proposals.push_back(std::move(proposal));
  }
  return proposals;
}

}  // namespace coop::reminders
