#include "ledger/capital/surplus_service.hpp"

#include <algorithm>
#include <set>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/period_lock.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/capital/surplus_division.hpp"
#include "ledger/capital/surplus_entries.hpp"
#include "ledger/capital/surplus_store.hpp"
#include "ledger/members/party_link_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/sharing/rule_service.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"
#include "ledger/work/hours_store.hpp"

namespace coop::capital {

namespace {

constexpr std::size_t most_members = 10'000;

[[noreturn]] void refuse_field(const std::string& words, const std::string& field) {
  throw Refused{Refusal::field_invalid, words, field};
}

void require_letters(const std::string& text, std::size_t most, const char* field) {
  if (text.empty() || text.size() > most)
    refuse_field("it has 1 to " + std::to_string(most) + " bytes", field);
}

SurplusRule rule_on(Tx& tx, NodeId node, UnitId unit, Day day) {
  std::optional<SurplusRule> found;
  for (SurplusRule& rule : read_surplus_rules(tx, node))
    if (rule.unit_id == unit && rule.from_on <= day && (!found || found->from_on < rule.from_on))
      found = std::move(rule);
  if (!found)
    throw Refused{Refusal::surplus_rule_unknown,
                  "no rule for surplus of this unit is in force on " + day.text()};
  return *std::move(found);
}

SurplusMember member_of(Tx& tx, NodeId node, const MeasuredMember& asked, const SurplusRule& rule,
                        const std::string& at) {
  const auto party = members::find_party(tx, node, asked.member);
  if (!party) throw Refused{Refusal::party_unknown, "there is no member " + asked.member, at + "/member"};
  const bool is_equal = rule.patronage == Patronage::equal;
  if (!is_equal && !asked.measure)
    throw Refused{Refusal::field_missing,
                  "what the member's part is measured by: " + std::string{text_of(rule.patronage)},
                  at + "/measure"};
  return {party->number, is_equal ? 1'000'000 : *asked.measure, 0};
}

// Everybody whose hours of the period were approved, by their minutes.
std::vector<SurplusMember> members_by_hours(Tx& tx, NodeId node, const SurplusDraft& draft,
                                            const SurplusRule& rule) {
  if (rule.patronage != Patronage::hours)
    refuse_field("the rule in force measures by " + std::string{text_of(rule.patronage)}, "/members_from");
  std::vector<SurplusMember> members;
  for (const work::HoursSum& sum :
       work::sum_hours(tx, node, {.by_member = true}, {.from = draft.from_on, .to = draft.to_on}, {}))
    if (sum.approved_minutes > 0)
      members.push_back(member_by_minutes(sum.member.value(), sum.approved_minutes));
  return members;
}

// Members in the order in which ties are decided, so that the order in which they were sent changes nothing.
std::vector<SurplusMember> members_of(Tx& tx, NodeId node, const SurplusDraft& draft,
                                      const SurplusRule& rule) {
  std::vector<SurplusMember> members;
  if (draft.by_approved_hours) members = members_by_hours(tx, node, draft, rule);
  if (std::max(members.size(), draft.members.size()) > most_members)
    refuse_field("at most " + std::to_string(most_members) + " members take part", "/members");
  std::set<std::string> there;
  for (std::size_t i = 0; i < draft.members.size(); ++i) {
    const std::string at = "/members/" + std::to_string(i);
    members.push_back(member_of(tx, node, draft.members[i], rule, at));
    if (!there.insert(members.back().member).second)
      refuse_field(members.back().member + " stands there twice", at + "/member");
  }
  std::ranges::sort(members, sharing::is_earlier_id, &SurplusMember::member);
  std::vector<std::string> numbers;
  for (const SurplusMember& one : members) numbers.push_back(one.member);
  const auto capital = read_capital(tx, node, rule, draft.to_on, numbers);
  for (std::size_t i = 0; i < members.size(); ++i)
    members[i].capital_minor = std::max<std::int64_t>(0, capital[i]);
  return members;
}

// By which rule of sharing it is divided: the version in force on the last day, or what the weights say.
DividedBy divided_by(Tx& tx, NodeId node, const SurplusRule& rule, SurplusSource source, bool is_loss,
                     Day on) {
  if (source == SurplusSource::reserve || !rule.sharing_code)
    return {.steps = steps_of(rule, source, is_loss)};
  const auto version = sharing::read_version_on(tx, node, is_loss ? *rule.loss_code : *rule.sharing_code, on);
  require_surplus_steps(rule, *version.is.rule, is_loss, "/to_on");
  return {.steps = *version.is.rule, .code = version.is.code, .version = version.version};
}

// What is divided stands in the books: nothing is divided twice, and no more than there is.
void require_there(Tx& tx, NodeId node, const SurplusRun& run) {
  const std::int64_t there = run.source == SurplusSource::reserve
                                 ? read_reserve(tx, node, run.rule)
                                 : read_undivided(tx, node, run.rule, run.to_on);
  const bool is_there = run.amount_minor > 0 ? run.amount_minor <= there : run.amount_minor >= there;
  if (!is_there)
    throw Refused{Refusal::surplus_not_there,
                  (run.source == SurplusSource::reserve ? "the reserve holds " : "not divided yet is ") +
                      text_from_minor(there, run.scale) + " " + run.rule.unit,
                  "/amount"};
}

// Books it, and says where: the first entry, and how many there are without a gap, as the head is locked.
SurplusStep booked(Tx& tx, NodeId node, const SurplusRun& run, const books::Author& author) {
  const auto drafts = drafts_of(run, author);
  const auto recorded =
      books::all_recorded_or_throw(books::post(tx, node, drafts, books::Together::all_or_none, author.now));
  ensure(recorded.back().number.number() - recorded.front().number.number() + 1 ==
             static_cast<std::int64_t>(recorded.size()),
         "entries that are recorded together follow each other");
  return {.number = 0,
          .kind = SurplusStepKind::booked,
          .entry = recorded.front().number,
          .reason = {},
          .recorded_at = author.now,
          .recorded_by = author.user,
          .recorded_by_name = {},
          .entries = static_cast<int>(recorded.size())};
}

void require_proposed(const SurplusRun& run) {
  if (state_of(run) != "proposed")
    throw Refused{Refusal::surplus_run_not_open,
                  "run " + std::to_string(run.number.number()) + " is " + std::string{state_of(run)}};
}

SurplusRun told(Tx& tx, NodeId node, SurplusRunNumber number, const char* event,
                const books::Author& author) {
  books::tell(tx, node, author, event, {{"run", number.number()}});
  return read_surplus_run(tx, node, number);
}

SurplusStep step_without_entry(SurplusStepKind kind, const std::string& reason, const books::Author& author) {
  return {.number = 0,
          .kind = kind,
          .entry = {},
          .reason = reason,
          .recorded_at = author.now,
          .recorded_by = author.user,
          .recorded_by_name = {}};
}

// Why each member gets what they get: divided anew by what is on record. Nothing is said where that comes to
// something else, as in runs that are older than rules of sharing.
void explain(Tx& tx, SurplusRun& run) {
  const auto unit = books::find_unit(tx, run.rule.unit);
  ensure(unit.has_value(), "a rule for surplus has a unit");
  std::vector<SurplusMember> members;
  for (const SurplusShare& share : run.division.shares) members.push_back(share.of);
  const auto steps = run.by ? run.by->steps : steps_of(run.rule, run.source, run.amount_minor < 0);
  const Division anew = divided(run.rule, steps, *unit, run.amount_minor, members);
  const auto is_same = [](const SurplusShare& a, const SurplusShare& b) {
    return a.of.member == b.of.member && a.interest_minor == b.interest_minor &&
           a.patronage_minor == b.patronage_minor && a.cash_minor == b.cash_minor;
  };
  if (std::ranges::equal(anew.shares, run.division.shares, is_same)) run.division.shares = anew.shares;
}

void require_may_approve(Tx& tx, NodeId node, const SurplusRun& run, const books::Author& author) {
  if (!author.user)
    throw Refused{Refusal::approval_repeated, "whoever decides signs in: the books keep who it was"};
  for (const SurplusStep& step : run.steps)
    if (step.recorded_by == author.user) throw Refused{Refusal::approval_repeated, "you approved it already"};
  if (run.recorded_by == author.user)
    throw Refused{Refusal::approval_of_own, "you wrote this proposal: two other people approve it"};
  std::vector<std::string> paid;
  for (const SurplusShare& share : run.division.shares) paid.push_back(share.of.member);
  if (paid.size() == 1 && members::was_one_of(tx, node, *author.user, paid, run.recorded_at))
    throw Refused{Refusal::approval_of_own, "it pays nobody but you: two other people approve it"};
}

}  // namespace

SurplusRun propose_surplus_run(Tx& tx, NodeId node, const SurplusDraft& draft, const books::Author& author) {
  const books::BookHead head = books::lock_book_head(tx, node);
  const SurplusRule rule = rule_on(tx, node, draft.unit, draft.to_on);
  if (is_blank(draft.decision))
    throw Refused{Refusal::decision_missing, "a surplus is divided by a decision", "/decision"};
  require_letters(draft.decision, 500, "/decision");
  if (draft.to_on < draft.from_on) refuse_field("it is not before /from_on", "/to_on");
  if (draft.to_on > day_in_zone(author.now, books::read_node(tx, head.node_name).time_zone))
    refuse_field("a period is divided once it has ended", "/to_on");
  if (draft.booked_on < draft.to_on) refuse_field("it is not before /to_on", "/booked_on");
  books::require_day_open(head.locked_through, draft.booked_on);
  if (draft.amount_minor == 0) refuse_field("a surplus or a loss is divided", "/amount");
  const std::string& divided_of = draft.source == SurplusSource::reserve ? rule.reserve : rule.result;
  if (is_indivisible_reserve(read_surplus_rules(tx, node), rule.unit_id, divided_of))
    throw Refused{Refusal::reserve_indivisible, "a rule says that " + divided_of + " is never divided"};
  if (draft.source == SurplusSource::reserve && draft.amount_minor < 0)
    refuse_field("a reserve that is divided is above zero", "/amount");
  const SurplusRunNumber number{read_last_surplus_run(tx, node) + 1};
  const bool is_loss = draft.amount_minor < 0;
  DividedBy by = divided_by(tx, node, rule, draft.source, is_loss, draft.to_on);
  const auto members = members_of(tx, node, draft, rule);
  const Unit unit{draft.unit, rule.unit, draft.scale};
  Division division = divided(rule, by.steps, unit, draft.amount_minor, members);
  const SurplusRun run{number,
                       rule,
                       draft.scale,
                       draft.source,
                       draft.from_on,
                       draft.to_on,
                       draft.booked_on,
                       draft.decision,
                       draft.amount_minor,
                       std::move(division),
                       author.now,
                       author.user,
                       std::nullopt,
                       {},
                       std::move(by)};
  require_there(tx, node, run);
  insert_surplus_run(tx, node, run, author);
  return told(tx, node, number, "surplus_run_proposed", author);
}

SurplusRun read_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number) {
  if (auto found = find_surplus_run(tx, node, number)) {
    explain(tx, *found);
    return *std::move(found);
  }
  throw Refused{Refusal::surplus_run_unknown, "there is no run " + std::to_string(number.number())};
}

SurplusRun approve_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number, const books::Author& author) {
  books::lock_book_head(tx, node);
  const SurplusRun run = read_surplus_run(tx, node, number);
  require_proposed(run);
  require_may_approve(tx, node, run, author);
  require_there(tx, node, run);
  insert_surplus_step(tx, node, number, step_without_entry(SurplusStepKind::approved, {}, author), author);
  books::tell(tx, node, author, "surplus_run_approved", {{"run", number.number()}});
  if (run.steps.size() + 1 < approvals_needed) return read_surplus_run(tx, node, number);
  insert_surplus_step(tx, node, number, booked(tx, node, run, author), author);
  return told(tx, node, number, "surplus_run_booked", author);
}

SurplusRun cancel_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number, const std::string& reason,
                              const books::Author& author) {
  books::lock_book_head(tx, node);
  require_proposed(read_surplus_run(tx, node, number));
  require_reason(reason);
  insert_surplus_step(tx, node, number, step_without_entry(SurplusStepKind::cancelled, reason, author),
                      author);
  return told(tx, node, number, "surplus_run_cancelled", author);
}

SurplusRun undo_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number, const std::string& reason,
                            const books::Author& author) {
  books::lock_book_head(tx, node);
  const SurplusRun run = read_surplus_run(tx, node, number);
  if (state_of(run) != "booked")
    throw Refused{Refusal::surplus_run_not_open,
                  "run " + std::to_string(number.number()) + " is " + std::string{state_of(run)}};
  require_reason(reason);
  const SurplusStep& step = *step_of(run, SurplusStepKind::booked);
  if (const auto member = find_paid_member(tx, node, run, *step.entry))
    throw Refused{Refusal::surplus_run_not_open, *member + " was paid out of it already"};
  if (const auto paying = find_paying_order(tx, node, run))
    throw Refused{Refusal::surplus_run_not_open,
                  paying->member + " is being paid out of it: by " + paying->order};
  SurplusStep undone = step_without_entry(SurplusStepKind::undone, reason, author);
  undone.entries = step.entries;
  for (int part = 0; part < step.entries; ++part) {
    const auto reversal = books::reverse(
        tx, node,
        {.request_key = books::fingerprint_of("surplus: undoing of run " + std::to_string(number.number()) +
                                              (part == 0 ? "" : ", part " + std::to_string(part + 1))),
         .reverses = EntryNumber{step.entry->number() + part},
         .booked_on = {},
         .late = books::LateEntry::first_open_day,
         .description = {},
         .by_keeper = true},
        author);
    if (part == 0) undone.entry = reversal.number;
  }
  insert_surplus_step(tx, node, number, undone, author);
  return told(tx, node, number, "surplus_run_undone", author);
}

}  // namespace coop::capital
