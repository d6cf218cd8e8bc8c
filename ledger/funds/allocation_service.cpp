#include "ledger/funds/allocation_service.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/funds/allocation_store.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/funds/fund_store.hpp"
#include "ledger/funds/said_words.hpp"
#include "ledger/funds/spending_mandate_service.hpp"
#include "ledger/funds/spending_mandate_store.hpp"
#include "ledger/funds/spending_rule_store.hpp"
#include "ledger/sharing/division.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::funds {

namespace {

constexpr std::size_t most_participants = 5'000;

void require_above_zero(std::int64_t minor, const char* field) {
  if (minor <= 0) throw Refused{Refusal::field_invalid, "it is above zero", field};
}

void require_round(const RoundDraft& draft) {
  require_said(draft.title, 200, "/title");
  require_said(draft.body, 200, "/body");
  require_said(draft.decision, 500, "/decision");
  require_above_zero(draft.pot_minor, "/pot");
  if (draft.members.empty() || draft.members.size() > most_participants)
    throw Refused{Refusal::field_invalid, "1 to 5,000 take part", "/members"};
  if (draft.until_on < draft.from_on)
    throw Refused{Refusal::day_malformed, "the last day is before the first", "/until_on"};
}

// In the order in which ties are decided, so that the order in which they were sent changes nothing.
std::vector<PartyId> require_participants(Tx& tx, NodeId node, const std::vector<std::string>& members) {
  std::vector<std::pair<std::string, PartyId>> found;
  std::set<PartyId> known;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::string place = "/members/" + std::to_string(i);
    const auto party = find_payee(tx, node, members[i]);
    if (!party) throw Refused{Refusal::party_unknown, "there is no member " + members[i], place};
    if (!known.insert(*party).second)
      throw Refused{Refusal::field_invalid, members[i] + " takes part twice", place};
    found.emplace_back(members[i], *party);
  }
  std::ranges::sort(found, sharing::is_earlier_id, &std::pair<std::string, PartyId>::first);
  std::vector<PartyId> parties;
  for (const auto& [member, party] : found) parties.push_back(party);
  return parties;
}

AllocationRound require_open(Tx& tx, NodeId node, RoundNumber number) {
  books::lock_book_head(tx, node);
  AllocationRound round = read_round(tx, node, number);
  const RoundState state = state_of(round);
  if (state != RoundState::open)
    throw Refused{Refusal::round_not_open,
                  "round " + std::to_string(number.number()) +
                      (state == RoundState::closed ? " was closed" : " was given up")};
  return round;
}

// What the body of the round could not grant would keep the round from being closed.
void require_grantable_goal(Tx& tx, NodeId node, const AllocationRound& round, std::int64_t goal, Day today) {
  const std::vector<SpendingRule> rules = read_spending_rules(tx, node);
  const int scale = read_figures_of(tx, node, read_fund(tx, node, round.fund), today).scale;
  const std::string fault =
      authority_fault(rules, {round.unit, round.fund, today}, {round.body, round.level, goal}, scale);
  if (!fault.empty()) throw Refused{Refusal::beyond_authority, fault, "/goal"};
}

const AllocationStep& require_proposal(const AllocationRound& round, int proposal) {
  const AllocationStep* found = find_proposal(round, proposal);
  if (found != nullptr) return *found;
  throw Refused{Refusal::round_unknown, "the round has no proposal " + std::to_string(proposal)};
}

AllocationRound record_allocation(Tx& tx, NodeId node, RoundNumber number, const NewAllocationStep& step,
                                  const books::Author& author) {
  insert_allocation_step(tx, node, number, step, author);
  AllocationRound after = read_round(tx, node, number);
  books::tell(tx, node, author, "allocation_step_recorded",
              {{"round", number.number()},
               {"step", text_of(step.kind)},
               {"number", static_cast<std::int64_t>(after.steps.size())}});
  return after;
}

}  // namespace

AllocationRound begin_round(Tx& tx, NodeId node, const RoundDraft& draft, Day today,
                            const books::Author& author) {
  books::lock_book_head(tx, node);
  require_round(draft);
  const Fund fund = read_fund(tx, node, draft.fund);
  const FundFigures figures = read_figures_of(tx, node, fund, today);
  if (figures.unit != draft.unit)
    throw Refused{Refusal::unit_mismatch, "the fund " + draft.fund + " is kept in " + figures.unit_code,
                  "/unit"};
  const std::vector<PartyId> parties = require_participants(tx, node, draft.members);
  require_free(figures, draft.pot_minor, "/pot");
  AllocationRound round{RoundNumber{1}, draft.title,    draft.body,      draft.level,
                        draft.fund,     draft.unit,     draft.pot_minor, draft.from_on,
                        draft.until_on, draft.decision, author.now};
  for (const std::int64_t minor : equal_shares(draft.pot_minor, parties.size()))
    round.shares.push_back({"", minor});
  const RoundNumber number = insert_round(tx, node, round, fund.dimension.id, parties, author);
  books::tell(tx, node, author, "allocation_round_begun", {{"round", number.number()}, {"fund", draft.fund}});
  return read_round(tx, node, number);
}

AllocationRound read_round(Tx& tx, NodeId node, RoundNumber number) {
  std::vector<AllocationRound> found = list_rounds(tx, node, {.number = number});
  if (!found.empty()) return std::move(found.front());
  throw Refused{Refusal::round_unknown, "there is no round " + std::to_string(number.number())};
}

AllocationRound propose(Tx& tx, NodeId node, RoundNumber number, const ProposalDraft& draft, Day today,
                        const books::Author& author) {
  const AllocationRound round = require_open(tx, node, number);
  require_said(draft.title, 200, "/title");
  require_above_zero(draft.goal_minor, "/goal");
  std::optional<DimensionId> cost_object;
  if (draft.cost_object) {
    const auto found = find_dimension(tx, node, books::DimensionKind::cost_object, *draft.cost_object);
    if (!found)
      throw Refused{Refusal::dimension_unknown, "there is no cost_object " + *draft.cost_object,
                    "/cost_object"};
    cost_object = found->id;
  }
  if (draft.goal_minor > round.pot_minor)
    throw Refused{Refusal::round_impossible, "that is more than there is to allocate", "/goal"};
  require_grantable_goal(tx, node, round, draft.goal_minor, today);
  return record_allocation(tx, node, number,
                           {.kind = AllocationStepKind::proposed,
                            .title = draft.title,
                            .cost_object = cost_object,
                            .minor = draft.goal_minor},
                           author);
}

AllocationRound give(Tx& tx, NodeId node, RoundNumber number, const Contribution& contribution,
                     const books::Author& author) {
  const AllocationRound round = require_open(tx, node, number);
  const AllocationStep& proposal = require_proposal(round, contribution.proposal);
  require_above_zero(contribution.minor, "/amount");
  const auto left = left_of(round, contribution.member);
  if (!left)
    throw Refused{Refusal::round_impossible, contribution.member + " takes no part in the round", "/member"};
  if (contribution.minor > *left)
    throw Refused{Refusal::round_impossible, contribution.member + " has less left of their share",
                  "/amount"};
  if (contribution.minor > proposal.minor - given_to(round, proposal.number))
    throw Refused{Refusal::round_impossible, "the proposal needs less", "/amount"};
  return record_allocation(tx, node, number,
                           {.kind = AllocationStepKind::given,
                            .proposal = contribution.proposal,
                            .member = contribution.member,
                            .minor = contribution.minor},
                           author);
}

AllocationRound give_back(Tx& tx, NodeId node, RoundNumber number, const Contribution& contribution,
                          const books::Author& author) {
  const AllocationRound round = require_open(tx, node, number);
  require_proposal(round, contribution.proposal);
  require_above_zero(contribution.minor, "/amount");
  if (!left_of(round, contribution.member))
    throw Refused{Refusal::round_impossible, contribution.member + " takes no part in the round", "/member"};
  if (contribution.minor > given_to(round, contribution.proposal, contribution.member))
    throw Refused{Refusal::round_impossible, contribution.member + " gave less to it", "/amount"};
  return record_allocation(tx, node, number,
                           {.kind = AllocationStepKind::given_back,
                            .proposal = contribution.proposal,
                            .member = contribution.member,
                            .minor = contribution.minor},
                           author);
}

AllocationRound close_round(Tx& tx, NodeId node, RoundNumber number, Day today, const books::Author& author) {
  const AllocationRound round = require_open(tx, node, number);
  // Closed first: the mandates are granted of what was set aside for the round.
  AllocationRound after = record_allocation(tx, node, number, {.kind = AllocationStepKind::closed}, author);
  for (const AllocationStep* proposal : full_proposals(round)) {
    SpendingMandateDraft draft{.body = round.body,
                               .level = round.level,
                               .purpose = proposal->title,
                               .fund = round.fund,
                               .unit = round.unit,
                               .minor = proposal->minor,
                               .from_on = round.from_on,
                               .until_on = round.until_on,
                               .decision = round.decision};
    if (!proposal->cost_object.empty()) draft.cost_object = proposal->cost_object;
    const SpendingMandateNumber mandate = grant(tx, node, draft, today, author).number;
    after = record_allocation(
        tx, node, number,
        {.kind = AllocationStepKind::funded, .proposal = proposal->number, .mandate = mandate}, author);
  }
  return after;
}

AllocationRound give_up_round(Tx& tx, NodeId node, RoundNumber number, const std::string& reason,
                              const books::Author& author) {
  require_open(tx, node, number);
  require_reason(reason);
  return record_allocation(tx, node, number, {.kind = AllocationStepKind::given_up, .reason = reason},
                           author);
}

}  // namespace coop::funds
