#include "ledger/members/membership.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "ledger/values/refusal.hpp"

namespace coop::members {

namespace {

using enum ChangeKind;

constexpr std::array<std::string_view, 8> kind_texts{"applied",   "admitted",   "paused", "resumed",
                                                     "suspended", "reinstated", "left",   "deceased"};
constexpr std::array<std::string_view, 8> standing_texts{"applied", "active",    "in_grace", "in_arrears",
                                                         "paused",  "suspended", "left",     "deceased"};

template <class Word, std::size_t count>
Word word_from(const std::array<std::string_view, count>& words, std::string_view text, const char* what) {
  std::string allowed;
  for (std::size_t i = 0; i < count; ++i) {
    if (words[i] == text) return static_cast<Word>(i);
    allowed += (i == 0 ? "" : ", ") + std::string{words[i]};
  }
  throw Refused{Refusal::field_invalid,
                "\"" + std::string{text.substr(0, 40)} + "\" is no " + what + "; allowed are " + allowed};
}

/// What a membership is after a change of this kind; an ending holds from the day after its own.
Standing standing_after(ChangeKind kind) {
  switch (kind) {
    case applied:
      return Standing::applied;
    case admitted:
    case resumed:
    case reinstated:
      return Standing::active;
    case paused:
      return Standing::paused;
    case suspended:
      return Standing::suspended;
    case left:
      return Standing::left;
    case deceased:
      return Standing::deceased;
  }
  throw InvariantBroken{"a change has a kind"};
}

/// Whether a change of this kind may follow; nothing: at the very beginning.
bool may_follow(std::optional<Standing> before, ChangeKind kind) {
  if (!before) return kind == applied;
  switch (kind) {
    case applied:
      return false;
    case admitted:
      return before == Standing::applied;
    case paused:
      return before == Standing::active;
    case resumed:
      return before == Standing::paused;
    case suspended:
      return before == Standing::active || before == Standing::paused;
    case reinstated:
      return before == Standing::suspended;
    case left:
    case deceased:
      return before != Standing::left && before != Standing::deceased;
  }
  throw InvariantBroken{"a change has a kind"};
}

void sort_by_effect(std::vector<MembershipChange>& changes) {
  std::sort(changes.begin(), changes.end(), [](const MembershipChange& a, const MembershipChange& b) {
    return std::tuple{a.on_day, is_ending(a.kind), a.number} <
           std::tuple{b.on_day, is_ending(b.kind), b.number};
  });
}

/// Throws Refused: change_contradicts, naming the first change that does not follow.
void require_course(const std::vector<MembershipChange>& in_order, const char* field) {
  std::optional<Standing> standing;
  for (const MembershipChange& change : in_order) {
    if (!may_follow(standing, change.kind)) {
      throw Refused{Refusal::change_contradicts,
                    "\"" + std::string{text_of(change.kind)} + "\" on " + change.on_day.text() +
                        " does not follow: the membership is " +
                        (standing ? std::string{text_of(*standing)} : std::string{"not applied for"}) +
                        " then",
                    field};
    }
    standing = standing_after(change.kind);
  }
}

void require_words(const std::string& reason, const std::optional<std::string>& decision, bool needs_reason) {
  if (needs_reason && reason.empty()) throw Refused{Refusal::field_invalid, "this needs a reason", "/reason"};
  if (reason.size() > 500) throw Refused{Refusal::field_invalid, "a reason has at most 500 bytes", "/reason"};
  if (decision && (decision->empty() || decision->size() > 500))
    throw Refused{Refusal::field_invalid, "a decision has 1 to 500 bytes", "/decision"};
}

void require_not_before(Day on_day, Day from_on, const char* field) {
  if (on_day >= from_on) return;
  throw Refused{Refusal::change_too_early,
                "the membership begins on " + from_on.text() + ", and " + on_day.text() + " is before that",
                field};
}

}  // namespace

std::string_view text_of(ChangeKind kind) { return kind_texts.at(static_cast<std::size_t>(kind)); }

ChangeKind change_kind_from(std::string_view text) {
  return word_from<ChangeKind>(kind_texts, text, "change of a membership");
}

bool is_ending(ChangeKind kind) { return kind == left || kind == deceased; }

std::string_view text_of(Standing standing) { return standing_texts.at(static_cast<std::size_t>(standing)); }

Standing standing_from(std::string_view text) {
  return word_from<Standing>(standing_texts, text, "standing of a membership");
}

std::vector<MembershipChange> changes_in_force(const Membership& membership,
                                               std::optional<Instant> known_at) {
  const auto is_known = [&](const MembershipChange& change) {
    return !known_at || change.recorded_at <= *known_at;
  };
  std::vector<int> annulled;
  for (const MembershipChange& change : membership.changes) {
    if (change.annuls && is_known(change)) annulled.push_back(*change.annuls);
  }
  std::vector<MembershipChange> in_force;
  for (const MembershipChange& change : membership.changes) {
    if (change.annuls || !is_known(change)) continue;
    if (std::find(annulled.begin(), annulled.end(), change.number) == annulled.end())
      in_force.push_back(change);
  }
  sort_by_effect(in_force);
  return in_force;
}

std::optional<Standing> standing_of(const Membership& membership, Day day, std::optional<Instant> known_at) {
  std::optional<Standing> standing;
  for (const MembershipChange& change : changes_in_force(membership, known_at)) {
    const bool holds = is_ending(change.kind) ? change.on_day < day : change.on_day <= day;
    if (holds) standing = standing_after(change.kind);
  }
  return standing;
}

std::vector<DayRange> active_days(const Membership& membership, std::optional<Instant> known_at) {
  std::vector<DayRange> ranges;
  bool running = false;
  const auto stop = [&](Day last) {
    if (!running) return;
    running = false;
    if (last < ranges.back().first) ranges.pop_back();
    else ranges.back().last = last;
  };
  for (const MembershipChange& change : changes_in_force(membership, known_at)) {
    const bool begins = change.kind == admitted || change.kind == resumed || change.kind == reinstated;
    if (begins && !running) {
      ranges.push_back({change.on_day, std::nullopt});
      running = true;
    }
    if (change.kind == paused) stop(change.on_day.plus_days(-1));
    if (is_ending(change.kind)) stop(change.on_day);
  }
  return ranges;
}

std::optional<Day> admitted_on(const Membership& membership, std::optional<Instant> known_at) {
  for (const MembershipChange& change : changes_in_force(membership, known_at)) {
    if (change.kind == admitted) return change.on_day;
  }
  return std::nullopt;
}

std::optional<Day> ending_of(const Membership& membership) {
  const auto in_force = changes_in_force(membership);
  if (in_force.empty() || !is_ending(in_force.back().kind)) return std::nullopt;
  return in_force.back().on_day;
}

bool is_taken_back(const Membership& membership) { return changes_in_force(membership).empty(); }

void require_course(const Membership& membership) {
  const auto in_force = changes_in_force(membership);
  require_course(in_force, "");
  if (in_force.empty() || in_force.front().on_day == membership.from_on) return;
  throw Refused{Refusal::change_contradicts, "a membership begins on the day on which it was applied for"};
}

void require_membership_draft(const MembershipDraft& draft) {
  require_words(draft.reason, draft.decision, false);
  if (draft.admitted_on) require_not_before(*draft.admitted_on, draft.from_on, "/admitted_on");
}

void require_change(const Membership& membership, const ChangeDraft& change) {
  require_words(change.reason, change.decision,
                change.kind == paused || change.kind == suspended || change.kind == left);
  require_not_before(change.on_day, membership.from_on, "/on_day");
  auto in_force = changes_in_force(membership);
  if (in_force.empty() && !membership.changes.empty()) {
    throw Refused{Refusal::change_contradicts,
                  "the membership was taken back whole and never was: record a new one", "/kind"};
  }
  const auto ended = ending_of(membership);
  if (ended && (is_ending(change.kind) || change.on_day > *ended)) {
    throw Refused{Refusal::membership_ended, "the membership ended on " + ended->text(), "/on_day"};
  }
  const int number = membership.changes.empty() ? 1 : membership.changes.back().number + 1;
  in_force.push_back({number, change.kind, change.on_day, {}, {}, Instant{}, {}, {}});
  sort_by_effect(in_force);
  require_course(in_force, "/kind");
}

void require_annulment(const Membership& membership, int number, std::string_view reason) {
  const auto annulled = std::find_if(membership.changes.begin(), membership.changes.end(),
                                     [&](const MembershipChange& change) { return change.number == number; });
  if (annulled == membership.changes.end()) {
    throw Refused{Refusal::change_unknown, "the membership has no change number " + std::to_string(number)};
  }
  require_words(std::string{reason}, std::nullopt, true);
  auto in_force = changes_in_force(membership);
  const auto counted = std::find_if(in_force.begin(), in_force.end(),
                                    [&](const MembershipChange& change) { return change.number == number; });
  if (counted == in_force.end()) {
    throw Refused{Refusal::change_annulled_already,
                  annulled->annuls ? "change " + std::to_string(number) + " takes another one back"
                                   : "change " + std::to_string(number) + " was taken back already"};
  }
  in_force.erase(counted);
  require_course(in_force, "");
}

}  // namespace coop::members
