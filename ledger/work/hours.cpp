#include "ledger/work/hours.hpp"

#include <algorithm>

#include "ledger/values/code_text.hpp"
#include "ledger/values/word_table.hpp"

namespace coop::work {

namespace {

constexpr WordTable<Intent, 3> intents{
    {{Intent::obligation, "obligation"}, {Intent::gift, "gift"}, {Intent::paid, "paid"}}};
constexpr WordTable<HoursState, 4> hours_states{{{HoursState::submitted, "submitted"},
                                                 {HoursState::approved, "approved"},
                                                 {HoursState::rejected, "rejected"},
                                                 {HoursState::reversed, "reversed"}}};
constexpr std::size_t most_words = 500;

bool is_good_text(const std::string& text) {
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; };
  const bool is_blank = text.find_first_not_of(' ') == std::string::npos;
  return text.empty() ||
         (!is_blank && characters_of(text) <= most_words && std::ranges::none_of(text, is_control));
}

std::string in_quotes(const std::string& typed) { return "'" + typed.substr(0, 60) + "'"; }

// Of those whom the draft names.
std::optional<Refused> fault_of_names(const HoursDraft& draft, const HoursFacts& facts) {
  if (!facts.party)
    return Refused{Refusal::party_unknown, "there is no member " + in_quotes(draft.member), "/member"};
  if (!facts.is_own && !facts.may_record_of_others)
    return Refused{Refusal::role_missing, "hours of others are recorded by a treasurer or bookkeeper",
                   "/member"};
  if (facts.is_erased)
    return Refused{Refusal::party_erased, "the personal data of " + draft.member + " was erased", "/member"};
  if (facts.circle == nullptr)
    return Refused{Refusal::circle_unknown, "there is no circle " + in_quotes(draft.circle), "/circle"};
  if (facts.kind == nullptr)
    return Refused{Refusal::work_kind_unknown, "there is no kind of work " + in_quotes(draft.kind), "/work"};
  if (draft.cost_object && !facts.has_cost_object)
    return Refused{Refusal::dimension_unknown, "there is no cost object " + in_quotes(*draft.cost_object),
                   "/cost_object"};
  return std::nullopt;
}

std::optional<Refused> fault_of_values(const HoursDraft& draft, Day today) {
  if (draft.minutes < 1 || draft.minutes > minutes_of_a_day)
    return Refused{Refusal::field_invalid, "work takes 1 to 1440 minutes of a day", "/minutes"};
  if (draft.worked_on > today)
    return Refused{Refusal::field_invalid, "it was done today or before", "/worked_on"};
  if (!is_good_text(draft.task) || !is_good_text(draft.note))
    return Refused{Refusal::field_invalid, "it has up to 500 characters, and none that cannot be seen",
                   is_good_text(draft.task) ? "/note" : "/task"};
  return std::nullopt;
}

std::optional<Refused> fault_of_circle(const HoursDraft& draft, const HoursFacts& facts) {
  if (!is_open_on(*facts.circle, draft.worked_on))
    return Refused{Refusal::circle_not_open, draft.circle + " is not open on " + draft.worked_on.text(),
                   "/worked_on"};
  if (draft.intent != Intent::paid) return std::nullopt;
  if (!facts.kind->has_price)
    return Refused{Refusal::work_without_price, draft.kind + " is counted, and not paid", "/intent"};
  if (!belongs_on(*facts.circle, *facts.party, draft.worked_on))
    return Refused{Refusal::circle_not_joined,
                   draft.member + " is not in " + draft.circle + " on " + draft.worked_on.text(), "/member"};
  return std::nullopt;
}

std::optional<Refused> fault_of_correction(const HoursDraft& draft, const HoursFacts& facts) {
  if (!draft.corrects) return std::nullopt;
  const std::string name = "hours " + std::to_string(draft.corrects->number());
  if (facts.corrects == nullptr || facts.corrects->party != *facts.party)
    return Refused{Refusal::hours_unknown, name + " are none of " + draft.member, "/corrects"};
  const HoursState state = state_of(*facts.corrects);
  if (state == HoursState::submitted || state == HoursState::approved)
    return Refused{Refusal::hours_not_open, name + " still count: take them back first", "/corrects"};
  if (facts.corrects->corrected_by)
    return Refused{Refusal::hours_not_open, name + " were corrected already", "/corrects"};
  return std::nullopt;
}

}  // namespace

std::string_view text_of(Intent intent) { return text_among(intents, intent); }
Intent intent_from(std::string_view text) { return word_among(intents, text); }
std::string_view text_of(HoursState state) { return text_among(hours_states, state); }
HoursState hours_state_from(std::string_view text) { return word_among(hours_states, text); }

HoursState state_of(const Hours& hours) {
  return hours.steps.empty() ? HoursState::submitted : hours.steps.back().becomes;
}

std::optional<Refused> fault_of(const HoursDraft& draft, const HoursFacts& facts, Day today) {
  if (auto fault = fault_of_names(draft, facts)) return fault;
  if (auto fault = fault_of_values(draft, today)) return fault;
  if (auto fault = fault_of_circle(draft, facts)) return fault;
  if (auto fault = fault_of_correction(draft, facts)) return fault;
  if (facts.minutes_of_day + draft.minutes > minutes_of_a_day)
    return Refused{Refusal::hours_beyond_day,
                   draft.member + " has " + std::to_string(facts.minutes_of_day) + " minutes on " +
                       draft.worked_on.text() + " already, and a day has 1440",
                   "/minutes"};
  return std::nullopt;
}

Judged judge_decision(const Hours& hours, const Circle& circle, const Decider& decider, Day today) {
  const auto refuse = [](Refusal refusal, std::string words) {
    return Judged{{}, Refused{refusal, std::move(words)}};
  };
  const std::string name = "hours " + std::to_string(hours.number.number());
  const HoursState state = state_of(hours);
  if (state == HoursState::approved)
    return refuse(Refusal::approval_repeated, name + " are approved already");
  if (state != HoursState::submitted)
    return refuse(Refusal::hours_not_open, name + " are " + std::string{text_of(state)});
  const auto left = decider.left.find(hours.party);
  if (std::ranges::find(decider.parties, hours.party) != decider.parties.end() ||
      (left != decider.left.end() && left->second > hours.recorded_at))
    return refuse(Refusal::approval_of_own, name + " are your own: another member of the circle decides");
  if (decider.user && decider.user == hours.recorded_by)
    return refuse(Refusal::approval_of_own, "you recorded " + name + ": another member decides");
  for (const PartyId party : decider.parties)
    if (belongs_on(circle, party, today) && decider.user) return {party, std::nullopt};
  return refuse(Refusal::circle_not_joined,
                "members of " + circle.code + " decide on " + name + ", and you are none today");
}

}  // namespace coop::work
