#include "ledger/capital/surplus_service.hpp"

#include <algorithm>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/reversal_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/capital/share_store.hpp"
#include "ledger/capital/surplus_division.hpp"
#include "ledger/capital/surplus_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

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

void require_rule_accounts(Tx& tx, NodeId node, const SurplusRule& rule) {
  using enum books::AccountType;
  require_account(tx, node, rule.result, rule.unit_id, {equity}, "/result");
  require_account(tx, node, rule.reserve, rule.unit_id, {equity}, "/reserve");
  require_account(tx, node, rule.capital, rule.unit_id, {equity}, "/capital");
  require_account(tx, node, rule.payable, rule.unit_id, {liability}, "/payable");
  if (rule.result == rule.reserve || rule.result == rule.capital || rule.reserve == rule.capital)
    refuse_field("result, reserve and capital are three different accounts", "/result");
  if (rule.other.empty() != (rule.other_weight == 0))
    refuse_field("whoever gets a third part has an account, and only then", "/other");
  if (rule.other.empty()) return;
  require_account(tx, node, rule.other, rule.unit_id, {liability, equity}, "/other");
  for (const std::string& path : {rule.result, rule.reserve, rule.capital, rule.payable})
    if (rule.other == path) refuse_field("the third part has an account of its own", "/other");
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

// Members in the order of their numbers, so that the order in which they were sent changes nothing.
std::vector<SurplusMember> members_of(Tx& tx, NodeId node, const SurplusDraft& draft,
                                      const SurplusRule& rule) {
  if (draft.members.size() > most_members)
    refuse_field("at most " + std::to_string(most_members) + " members take part", "/members");
  std::vector<SurplusMember> members;
  for (std::size_t i = 0; i < draft.members.size(); ++i) {
    const std::string field = "/members/" + std::to_string(i) + "/member";
    const auto party = members::find_party(tx, node, draft.members[i].member);
    if (!party) throw Refused{Refusal::party_unknown, "there is no member " + draft.members[i].member, field};
    if (std::ranges::find(members, party->number, &SurplusMember::member) != members.end())
      refuse_field(party->number + " stands there twice", field);
    const bool is_equal = rule.patronage == Patronage::equal;
    if (!is_equal && !draft.members[i].measure)
      throw Refused{Refusal::field_missing,
                    "what the member's part is measured by: " + std::string{text_of(rule.patronage)},
                    "/members/" + std::to_string(i) + "/measure"};
    members.push_back({party->number, is_equal ? 1'000'000 : *draft.members[i].measure, 0});
  }
  std::ranges::sort(members, {}, &SurplusMember::member);
  std::vector<std::string> numbers;
  for (const SurplusMember& one : members) numbers.push_back(one.member);
  const auto capital = read_capital(tx, node, rule, draft.to_on, numbers);
  for (std::size_t i = 0; i < members.size(); ++i)
    members[i].capital_minor = std::max<std::int64_t>(0, capital[i]);
  return members;
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

books::Draft entry_of(const SurplusRun& run, const books::Author& author) {
  const std::string number = std::to_string(run.number.number());
  books::Draft draft{.request_key = books::fingerprint_of("surplus: run " + number),
                     .asked_by = author.user,
                     .booked_on = run.booked_on,
                     .late = books::LateEntry::refuse,
                     .description = (run.amount_minor > 0 ? "Surplus of " : "Loss of ") + run.from_on.text() +
                                    " to " + run.to_on.text() + " divided",
                     .reference = "SR" + number,
                     .source = run.decision,
                     .reverses = {},
                     .uses_hold = {},
                     .postings = {}};
  const auto add = [&](const std::string& account, std::int64_t minor, const std::string& member) {
    books::DimensionCodes about{};
    if (!member.empty()) about[1] = member;
    if (minor != 0) draft.postings.push_back({account, Money::of_minor(minor, run.rule.unit_id), about, {}});
  };
  add(run.source == SurplusSource::reserve ? run.rule.reserve : run.rule.result, run.amount_minor, {});
  add(run.rule.reserve, -run.division.reserve_minor, {});
  if (!run.rule.other.empty()) add(run.rule.other, -run.division.other_minor, {});
  for (const SurplusShare& share : run.division.shares) {
    add(run.rule.capital, -share.retained_minor(), share.of.member);
    add(run.rule.payable, -share.cash_minor, share.of.member);
  }
  return draft;
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

void add_step(Tx& tx, NodeId node, SurplusRunNumber run, SurplusStepKind kind,
              std::optional<EntryNumber> entry, const std::string& reason, const books::Author& author) {
  insert_surplus_step(tx, node, run, {0, kind, entry, reason, author.now, author.user, {}}, author);
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
  if (paid.size() == 1 && is_among(tx, node, *author.user, paid))
    throw Refused{Refusal::approval_of_own, "it pays nobody but you: two other people approve it"};
}

}  // namespace

SurplusRule adopt_surplus_rule(Tx& tx, NodeId node, SurplusRule asked, const books::Author& author) {
  books::lock_book_head(tx, node);
  require_letters(asked.title, 200, "/title");
  require_letters(asked.decision, 500, "/decision");
  const auto unit = books::find_unit(tx, asked.unit);
  if (!unit) throw Refused{Refusal::unit_unknown, "there is no unit " + asked.unit, "/unit"};
  asked.unit_id = unit->id;
  if (asked.reserve_weight + asked.members_weight + asked.other_weight == 0)
    refuse_field("somebody gets a part of a surplus", "/members_weight");
  if (asked.loss_reserve_weight + asked.loss_members_weight == 0)
    refuse_field("somebody bears a part of a loss", "/loss_members_weight");
  require_rule_accounts(tx, node, asked);
  asked.number = 1;
  for (const SurplusRule& before : read_surplus_rules(tx, node)) {
    asked.number = before.number + 1;
    if (before.unit_id == asked.unit_id && asked.from_on <= before.from_on)
      refuse_field("the rule before begins on " + before.from_on.text(), "/from_on");
  }
  insert_surplus_rule(tx, node, asked, author);
  asked.recorded_at = author.now;
  books::tell(tx, node, author, "surplus_rule_adopted", {{"rule", asked.number}});
  return asked;
}

SurplusRun propose_surplus_run(Tx& tx, NodeId node, const SurplusDraft& draft, const books::Author& author) {
  books::lock_book_head(tx, node);
  const SurplusRule rule = rule_on(tx, node, draft.unit, draft.to_on);
  require_letters(draft.decision, 500, "/decision");
  if (draft.to_on < draft.from_on) refuse_field("it is not before /from_on", "/to_on");
  if (draft.booked_on < draft.to_on) refuse_field("it is not before /to_on", "/booked_on");
  if (draft.amount_minor == 0) refuse_field("a surplus or a loss is divided", "/amount");
  if (draft.source == SurplusSource::reserve && rule.is_indivisible)
    throw Refused{Refusal::reserve_indivisible,
                  "the rule of " + rule.from_on.text() + " says that " + rule.reserve + " is never divided"};
  if (draft.source == SurplusSource::reserve && draft.amount_minor < 0)
    refuse_field("a reserve that is divided is above zero", "/amount");
  const SurplusRunNumber number{read_last_surplus_run(tx, node) + 1};
  const auto members = members_of(tx, node, draft, rule);
  const SurplusRun run{number,
                       rule,
                       draft.scale,
                       draft.source,
                       draft.from_on,
                       draft.to_on,
                       draft.booked_on,
                       draft.decision,
                       draft.amount_minor,
                       divided(rule, draft.source, draft.amount_minor, members),
                       author.now,
                       author.user,
                       std::nullopt,
                       {}};
  require_there(tx, node, run);
  if (entry_of(run, author).postings.size() > books::most_postings)
    throw Refused{Refusal::too_many_postings,
                  "its entry would have more than " + std::to_string(books::most_postings) + " postings",
                  "/members"};
  insert_surplus_run(tx, node, run, author);
  return told(tx, node, number, "surplus_run_proposed", author);
}

SurplusRun read_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number) {
  if (auto found = find_surplus_run(tx, node, number)) return *std::move(found);
  throw Refused{Refusal::surplus_run_unknown, "there is no run " + std::to_string(number.number())};
}

SurplusRun approve_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number, const books::Author& author) {
  books::lock_book_head(tx, node);
  const SurplusRun run = read_surplus_run(tx, node, number);
  require_proposed(run);
  require_may_approve(tx, node, run, author);
  require_there(tx, node, run);
  add_step(tx, node, number, SurplusStepKind::approved, {}, {}, author);
  books::tell(tx, node, author, "surplus_run_approved", {{"run", number.number()}});
  if (run.steps.size() + 1 < approvals_needed) return read_surplus_run(tx, node, number);
  const std::vector<books::Draft> one{entry_of(run, author)};
  const EntryNumber entry =
      books::all_recorded_or_throw(books::post(tx, node, one, books::Together::all_or_none, author.now))
          .front()
          .number;
  add_step(tx, node, number, SurplusStepKind::booked, entry, {}, author);
  return told(tx, node, number, "surplus_run_booked", author);
}

SurplusRun cancel_surplus_run(Tx& tx, NodeId node, SurplusRunNumber number, const std::string& reason,
                              const books::Author& author) {
  books::lock_book_head(tx, node);
  require_proposed(read_surplus_run(tx, node, number));
  require_reason(reason);
  add_step(tx, node, number, SurplusStepKind::cancelled, {}, reason, author);
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
  const EntryNumber booked = step_of(run, SurplusStepKind::booked)->entry.value();
  if (const auto member = find_paid_member(tx, node, run, booked))
    throw Refused{Refusal::surplus_run_not_open, *member + " was paid out of it already"};
  const books::Recorded reversal = books::reverse(
      tx, node,
      {.request_key = books::fingerprint_of("surplus: undoing of run " + std::to_string(number.number())),
       .reverses = booked,
       .booked_on = {},
       .late = books::LateEntry::first_open_day,
       .description = {}},
      author);
  add_step(tx, node, number, SurplusStepKind::undone, reversal.number, reason, author);
  return told(tx, node, number, "surplus_run_undone", author);
}

}  // namespace coop::capital
