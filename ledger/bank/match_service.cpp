#include "ledger/bank/match_service.hpp"

#include <algorithm>
#include <set>

#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/learning_store.hpp"
#include "ledger/bank/line_list_store.hpp"
#include "ledger/bank/line_store.hpp"
#include "ledger/bank/making_service.hpp"
#include "ledger/bank/match_batch_service.hpp"
#include "ledger/bank/match_store.hpp"
#include "ledger/bank/proposal.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/reason.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

constexpr std::size_t most_parts = 1'000;

BankLine require_in_state(Tx& tx, NodeId node, BankLineNumber number, LineState state) {
  BankLine line = read_line(tx, node, number);
  if (line.state == state) return line;
  throw Refused{Refusal::bank_line_not_open,
                "line " + std::to_string(number.number()) + " is " + std::string{text_of(line.state)}};
}

void require_sum(const BankLine& line, const MatchDraft& draft) {
  if (draft.parts.empty() || draft.parts.size() > most_parts)
    throw Refused{Refusal::match_impossible, "a match has 1 to " + std::to_string(most_parts) + " parts",
                  "/parts"};
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < draft.parts.size(); ++i) {
    if (draft.parts[i].amount_minor == 0)
      throw Refused{Refusal::match_impossible, "a part is not zero",
                    "/parts/" + std::to_string(i) + "/amount"};
    sum = checked_add(sum, draft.parts[i].amount_minor);
  }
  if (sum != line.amount_minor)
    throw Refused{Refusal::match_impossible,
                  "the parts come to " + std::to_string(sum) + " minor units, the line to " +
                      std::to_string(line.amount_minor),
                  "/parts"};
}

// The other side of a transfer is that of its own account's line.
void match_other_side(Tx& tx, NodeId node, const OtherSide& other, const MatchDraft& draft,
                      BankLineNumber line, const books::Author& author) {
  const std::string name = "line " + std::to_string(other.line.number());
  const BankLine opposite = require_in_state(tx, node, other.line, LineState::open);
  const BankAccount account = read_bank_account(tx, node, opposite.account.value());
  if (account.path != other.account)
    throw Refused{Refusal::match_impossible, name + " is of " + account.path};
  if (opposite.amount_minor != other.amount_minor)
    throw Refused{Refusal::match_impossible, name + " is of another amount"};
  const auto states = read_posting_states(tx, node, account.account, std::span{&other.entry, 1});
  ensure(states.size() == 1, "a transfer has one posting to the other account");
  Match match{next_match(tx, node),
              other.line,
              draft.method,
              draft.is_attended,
              {{"opposite_line", "it is the other side of line " + std::to_string(line.number())}},
              {{other.entry, states.front().posting_line, other.amount_minor, Made::found}},
              true,
              {},
              author.now,
              author.user,
              opposite.account};
  record_matches(tx, node, std::span{&match, 1}, author);
}

// Remembers where a line with such words went.
void remember_lesson(Tx& tx, NodeId node, const BankLine& line, const BankAccount& account, MatchNumber match,
                     const MatchDraft& draft) {
  const ProposedPart* lesson = lesson_of(draft);
  if (lesson != nullptr && !lesson->account.empty() && lesson->account == account.suspense) return;
  const auto words = lesson == nullptr ? std::vector<std::string>{} : teaching_words(line);
  if (words.empty()) return;
  const std::string name = books::read_node_name(tx, node);
  std::vector<std::string> hashes;
  for (const std::string& word : words) hashes.push_back(word_hash(name, word));
  insert_lesson(tx, node, match, *lesson, account.unit, line.amount_minor > 0, hashes);
}

}  // namespace

std::vector<std::vector<Proposal>> propose(Tx& tx, NodeId node, std::span<const BankLine> lines,
                                           const Looking& looking) {
  const Candidates known = read_candidates(tx, node, lines, looking);
  std::vector<std::vector<Proposal>> all;
  for (const BankLine& line : lines)
    all.push_back(line.state == LineState::open ? proposals_for(line, known) : std::vector<Proposal>{});
  return all;
}

BankLine read_line(Tx& tx, NodeId node, BankLineNumber number) {
  auto found = list_lines(tx, node, {.number = number});
  if (found.empty())
    throw Refused{Refusal::bank_line_unknown, "there is no line " + std::to_string(number.number())};
  return std::move(found.front());
}

Match read_match(Tx& tx, NodeId node, MatchNumber number) {
  auto found = list_matches(tx, node, {.number = number});
  if (found.empty())
    throw Refused{Refusal::match_unknown, "there is no match " + std::to_string(number.number())};
  return std::move(found.front());
}

MatchDraft draft_of(const Proposal& proposal, bool is_attended) {
  return {proposal.method, proposal.parts, proposal.reasons, is_attended, proposal.rule};
}

Match accept(Tx& tx, NodeId node, BankLineNumber number, const MatchDraft& draft,
             const books::Author& author) {
  books::lock_book_head(tx, node);
  return accept_open(tx, node, require_in_state(tx, node, number, LineState::open), draft, author);
}

Match accept_proposal(Tx& tx, NodeId node, BankLineNumber number, std::size_t place, const Looking& looking,
                      const books::Author& author) {
  books::lock_book_head(tx, node);
  const BankLine line = require_in_state(tx, node, number, LineState::open);
  const auto all = propose(tx, node, {&line, 1}, looking).front();
  if (place < 1 || place > all.size())
    throw Refused{Refusal::field_invalid, "the line has " + std::to_string(all.size()) + " proposals now",
                  "/proposal"};
  return accept_open(tx, node, line, draft_of(all[place - 1], true), author);
}

Match accept_open(Tx& tx, NodeId node, const BankLine& line, const MatchDraft& draft,
                  const books::Author& author) {
  require_sum(line, draft);
  const BankAccount account = read_bank_account(tx, node, line.account.value());
  const MatchNumber number = next_match(tx, node);
  MadeParts made = make_parts(tx, {node, line, account, number, author}, draft);
  const Match match{number,        line.number,
                    draft.method,  draft.is_attended,
                    draft.reasons, std::move(made.parts),
                    true,          {},
                    author.now,    author.user,
                    line.account,  draft.method == MatchMethod::rule ? draft.rule : std::nullopt};
  record_matches(tx, node, std::span{&match, 1}, author);
  for (const OtherSide& other : made.other_sides)
    match_other_side(tx, node, other, draft, line.number, author);
  insert_payers(tx, node, payers_of(books::read_node_name(tx, node), line, number, draft.parts), author);
  remember_lesson(tx, node, line, account, number, draft);
  return match;
}

BankLine ignore_line(Tx& tx, NodeId node, BankLineNumber number, const std::string& reason,
                     const books::Author& author) {
  require_reason(reason);
  books::lock_book_head(tx, node);
  require_in_state(tx, node, number, LineState::open);
  insert_line_step(tx, node, number, true, reason, author);
  books::tell(tx, node, author, "bank_line_ignored", {{"line", number.number()}});
  return read_line(tx, node, number);
}

BankLine reopen_line(Tx& tx, NodeId node, BankLineNumber number, const std::string& reason,
                     const books::Author& author) {
  require_reason(reason);
  books::lock_book_head(tx, node);
  require_in_state(tx, node, number, LineState::ignored);
  insert_line_step(tx, node, number, false, reason, author);
  books::tell(tx, node, author, "bank_line_reopened", {{"line", number.number()}});
  return read_line(tx, node, number);
}

}  // namespace coop::bank
