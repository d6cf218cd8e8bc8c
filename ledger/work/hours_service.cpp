#include "ledger/work/hours_service.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/work/circle_store.hpp"
#include "ledger/work/hours_store.hpp"

namespace coop::work {

namespace {

std::vector<PartyId> parties_of(Tx& tx, NodeId node, std::optional<UserId> user) {
  std::vector<PartyId> parties;
  if (!user) return parties;
  for (const members::Party& party : members::read_parties_of_user(tx, node, *user))
    parties.push_back(party.id);
  return parties;
}

Decider decider_of(Tx& tx, NodeId node, std::optional<UserId> user) {
  Decider decider{user, {}, {}};
  if (!user) return decider;
  for (const members::PartyLink& link : members::read_links_of_user(tx, node, *user)) {
    if (link.unlinked_at) decider.left.emplace(link.party, *link.unlinked_at);
    else decider.parties.push_back(link.party);
  }
  return decider;
}

bool is_among(const std::vector<PartyId>& parties, PartyId party) {
  return std::ranges::find(parties, party) != parties.end();
}

void require_few(std::size_t count) {
  if (count > most_hours_at_once)
    throw Refused{Refusal::batch_too_large, "one request carries up to 1000 records of hours"};
}

std::map<HoursNumber, Hours> hours_by_number(Tx& tx, NodeId node, std::span<const HoursNumber> numbers) {
  std::map<HoursNumber, Hours> by_number;
  for (Hours& hours : read_hours(tx, node, numbers)) {
    const HoursNumber number = hours.number;
    by_number.emplace(number, std::move(hours));
  }
  return by_number;
}

std::map<std::string, Circle> circles_by_code(Tx& tx, NodeId node) {
  std::map<std::string, Circle> circles;
  for (Circle& circle : read_circles(tx, node)) {
    std::string code = circle.code;
    circles.emplace(std::move(code), std::move(circle));
  }
  return circles;
}

// What the books know of those whom many drafts name, and of what was accepted of them so far.
class KnownFacts {
 public:
  KnownFacts(Tx& tx, NodeId node, std::span<const HoursDraft> drafts, const Submitter& submitter)
      : may_record_of_others_{submitter.may_record_of_others},
        circles_{circles_by_code(tx, node)},
        own_{parties_of(tx, node, submitter.author.user)} {
    for (WorkKind& kind : read_work_kinds(tx, node)) {
      std::string code = kind.code;
      kinds_.emplace(std::move(code), std::move(kind));
    }
    read_parties(tx, node, drafts);
    std::set<std::pair<PartyId, Day>> days;
    std::vector<HoursNumber> corrected;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      if (parties_[i]) days.emplace(parties_[i]->id, drafts[i].worked_on);
      if (drafts[i].corrects) corrected.push_back(*drafts[i].corrects);
      if (drafts[i].cost_object) cost_objects_.insert(*drafts[i].cost_object);
    }
    cost_objects_ = read_cost_objects(tx, node, cost_objects_);
    for (const DayOfWork& day : read_days_of_work(tx, node, days))
      minutes_[{day.party, day.day}] = day.minutes;
    corrected_ = hours_by_number(tx, node, corrected);
  }

  HoursFacts of(std::size_t index, const HoursDraft& draft) {
    const auto& party = parties_[index];
    const auto circle = circles_.find(draft.circle);
    const auto kind = kinds_.find(draft.kind);
    const auto corrects = draft.corrects ? corrected_.find(*draft.corrects) : corrected_.end();
    return {.party = party ? std::optional{party->id} : std::nullopt,
            .is_erased = party && erased_.contains(party->id),
            .circle = circle == circles_.end() ? nullptr : &circle->second,
            .kind = kind == kinds_.end() ? nullptr : &kind->second,
            .has_cost_object = draft.cost_object && cost_objects_.contains(*draft.cost_object),
            .minutes_of_day = party ? minutes_[{party->id, draft.worked_on}] : 0,
            .corrects = corrects == corrected_.end() ? nullptr : &corrects->second,
            .may_record_of_others = may_record_of_others_,
            .is_own = party && is_among(own_, party->id)};
  }

  // The hours that a draft becomes; those after it are judged knowing them.
  Hours accept(std::size_t index, const HoursDraft& draft, HoursNumber number, Instant at,
               const Submitter& submitter) {
    const members::Party& party = *parties_[index];
    minutes_[{party.id, draft.worked_on}] += draft.minutes;
    if (draft.corrects) corrected_.at(*draft.corrects).corrected_by = number;
    Hours hours{.number = number,
                .party = party.id,
                .circle_id = circles_.at(draft.circle).id,
                .what = draft,
                .recorded_at = at,
                .recorded_by = submitter.author.user,
                .recorder = {}};
    hours.what.member = party.number;
    return hours;
  }

 private:
  void read_parties(Tx& tx, NodeId node, std::span<const HoursDraft> drafts) {
    std::vector<std::string> numbers;
    for (const HoursDraft& draft : drafts) numbers.push_back(draft.member);
    parties_ = members::find_parties(tx, node, numbers);
    std::set<PartyId> seen;
    for (const auto& party : parties_)
      if (party) seen.insert(party->id);
    erased_ = read_erased(tx, node, seen);
  }

  bool may_record_of_others_;
  std::map<std::string, Circle> circles_;
  std::map<std::string, WorkKind> kinds_ = {};
  std::vector<PartyId> own_;
  std::vector<std::optional<members::Party>> parties_ = {};
  std::set<PartyId> erased_ = {};
  std::set<std::string> cost_objects_ = {};  // that the drafts name, then those of them that there are
  std::map<std::pair<PartyId, Day>, int> minutes_ = {};
  std::map<HoursNumber, Hours> corrected_ = {};
};

void tell_of(Tx& tx, books::BookHead& head, Instant at, const char* event,
             const std::vector<HoursNumber>& numbers) {
  if (numbers.empty()) return;
  boost::json::array list;
  for (const HoursNumber number : numbers) list.push_back(number.number());
  books::tell(tx, head, at, event, {{"hours", std::move(list)}});
}

// Writes one step of one record, and tells of it.
Hours take_hours_step(Tx& tx, const books::Node& node, books::BookHead& head, const NewHoursStep& step,
                      const std::string& reason, const char* event, const books::Author& author) {
  const Instant at = books::next_recorded_at(head, author.now);
  insert_hours_steps(tx, node.id, std::span{&step, 1},
                     {day_in_zone(author.now, node.time_zone), reason, at, author.user});
  tell_of(tx, head, at, event, {step.hours});
  return read_one_hours(tx, node.id, step.hours);
}

}  // namespace

std::vector<HoursOutcome> submit_hours(Tx& tx, const books::Node& node, std::span<const HoursDraft> drafts,
                                       const Submitter& submitter) {
  require_few(drafts.size());
  books::BookHead head = books::lock_book_head(tx, node.id);
  KnownFacts known{tx, node.id, drafts, submitter};
  const Day today = day_in_zone(submitter.author.now, node.time_zone);
  const Instant at = books::next_recorded_at(head, submitter.author.now);
  int last = read_last_hours(tx, node.id);
  std::vector<std::optional<Refused>> faults;
  std::vector<Hours> accepted;
  std::vector<HoursNumber> numbers;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    faults.push_back(fault_of(drafts[i], known.of(i, drafts[i]), today));
    if (faults.back()) continue;
    numbers.emplace_back(++last);
    accepted.push_back(known.accept(i, drafts[i], numbers.back(), at, submitter));
  }
  insert_hours(tx, node.id, accepted);
  tell_of(tx, head, at, "hours_submitted", numbers);
  const auto recorded = read_hours(tx, node.id, numbers);
  std::vector<HoursOutcome> outcomes;
  auto next = recorded.begin();
  for (auto& fault : faults)
    if (fault) outcomes.emplace_back(std::move(*fault));
    else outcomes.emplace_back(*next++);
  return outcomes;
}

std::vector<HoursOutcome> approve_hours(Tx& tx, const books::Node& node, std::span<const HoursNumber> numbers,
                                        const books::Author& author) {
  require_few(numbers.size());
  books::BookHead head = books::lock_book_head(tx, node.id);
  const Day today = day_in_zone(author.now, node.time_zone);
  const Decider decider = decider_of(tx, node.id, author.user);
  const auto circles = circles_by_code(tx, node.id);
  auto known = hours_by_number(tx, node.id, numbers);
  std::map<HoursNumber, std::optional<Refused>> faults;
  std::vector<NewHoursStep> steps;
  std::vector<HoursNumber> approved;
  std::vector<std::optional<Refused>> refused;
  for (const HoursNumber number : numbers) {
    const auto found = known.find(number);
    if (found == known.end()) {
      refused.emplace_back(
          Refused{Refusal::hours_unknown, "there are no hours " + std::to_string(number.number())});
      continue;
    }
    Judged judged = judge_decision(found->second, circles.at(found->second.what.circle), decider, today);
    refused.push_back(std::move(judged.refused));
    if (refused.back()) continue;
    steps.push_back({number, 1, HoursState::approved, judged.as});
    approved.push_back(number);
    found->second.steps.push_back({1, HoursState::approved, {}, today, {}, author.now, {}});
  }
  const Instant at = books::next_recorded_at(head, author.now);
  insert_hours_steps(tx, node.id, steps, {today, {}, at, author.user});
  tell_of(tx, head, at, "hours_approved", approved);
  known = hours_by_number(tx, node.id, approved);
  std::vector<HoursOutcome> outcomes;
  for (std::size_t i = 0; i < numbers.size(); ++i)
    if (refused[i]) outcomes.emplace_back(std::move(*refused[i]));
    else outcomes.emplace_back(known.at(numbers[i]));
  return outcomes;
}

Hours reject_hours(Tx& tx, const books::Node& node, HoursNumber number, const std::string& reason,
                   const books::Author& author) {
  books::BookHead head = books::lock_book_head(tx, node.id);
  const Hours hours = read_one_hours(tx, node.id, number);
  require_reason(reason);
  const Judged judged =
      judge_decision(hours, read_circle(tx, node.id, hours.what.circle), decider_of(tx, node.id, author.user),
                     day_in_zone(author.now, node.time_zone));
  if (judged.refused) throw Refused{*judged.refused};
  return take_hours_step(tx, node, head, {number, 1, HoursState::rejected, judged.as}, reason,
                         "hours_rejected", author);
}

Hours reverse_hours(Tx& tx, const books::Node& node, HoursNumber number, const std::string& reason,
                    const Submitter& submitter) {
  books::BookHead head = books::lock_book_head(tx, node.id);
  const Hours hours = read_one_hours(tx, node.id, number);
  require_reason(reason);
  if (!submitter.may_record_of_others &&
      !is_among(parties_of(tx, node.id, submitter.author.user), hours.party))
    throw Refused{Refusal::role_missing, "hours of others are taken back by a treasurer or bookkeeper"};
  const HoursState state = state_of(hours);
  if (state == HoursState::rejected || state == HoursState::reversed)
    throw Refused{Refusal::hours_not_open,
                  "hours " + std::to_string(number.number()) + " are " + std::string{text_of(state)}};
  if (const auto run = find_collecting_run(tx, node.id, number))
    throw Refused{Refusal::hours_collected, "hours " + std::to_string(number.number()) + " are in pay run " +
                                                std::to_string(*run) + ": cancel or undo the run first"};
  return take_hours_step(
      tx, node, head, {number, static_cast<int>(hours.steps.size()) + 1, HoursState::reversed, std::nullopt},
      reason, "hours_reversed", submitter.author);
}

Hours read_one_hours(Tx& tx, NodeId node, HoursNumber number) {
  auto found = read_hours(tx, node, std::span{&number, 1});
  if (found.empty())
    throw Refused{Refusal::hours_unknown, "there are no hours " + std::to_string(number.number())};
  return std::move(found.front());
}

}  // namespace coop::work
