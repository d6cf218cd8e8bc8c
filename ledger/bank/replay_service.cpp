#include "ledger/bank/replay_service.hpp"

#include <algorithm>

#include "ledger/bank/bank_account_service.hpp"
#include "ledger/bank/bank_account_store.hpp"
#include "ledger/bank/candidates.hpp"
#include "ledger/bank/line_list_store.hpp"
#include "ledger/bank/line_store.hpp"
#include "ledger/bank/match_store.hpp"
#include "ledger/bank/replay_store.hpp"
#include "ledger/bank/rule_service.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

constexpr int lines_at_once = 2'000;

DoneWith would_of(const std::vector<ProposedPart>& parts) {
  DoneWith would;
  for (const ProposedPart& part : parts) {
    const bool is_payment = part.made == Made::payment;
    std::int64_t& minor = would[{is_payment ? "member" : "account", is_payment ? part.payer : part.account}];
    minor = checked_add(minor, part.amount_minor);
  }
  return would;
}

// Tries a rule, behind those that are asked before it, on one line after the other.
class Replayer {
 public:
  Replayer(Tx& tx, NodeId node, const BankRule& rule) : tx_{tx}, node_{node}, rule_{rule} {
    for (BankRule& other : read_rules(tx, node, {.ended = false})) {
      if (other.number == rule.number) break;
      earlier_.push_back(std::move(other));
    }
    for (BankAccount& account : read_bank_accounts(tx, node))
      accounts_.emplace(account.number, std::move(account));
    node_name_ = books::read_node_name(tx, node);
  }

  void take(std::span<const BankLine> lines) {
    const auto done = read_done(tx_, node_, lines);
    for (const BankLine& line : lines) {
      // Of a batch whose payments nobody told, a rule says nothing yet.
      const bool waits = line.state == LineState::open && waits_for_details(line);
      if (line.state == LineState::silent || waits) continue;
      ++replayed_.counts.looked_at;
      const auto found = done.find(line.number);
      look_at(line, found == done.end() ? DoneWith{} : found->second);
    }
  }

  Replayed finish() { return std::move(replayed_); }

 private:
  void look_at(const BankLine& line, const DoneWith& done) {
    const BankAccount& account = accounts_.at(line.account.value());
    if (account.unit != rule_.is.unit) return;
    const LineFeatures features = features_of(line);
    const Pieces pieces = pieces_of(line);
    const RuleQuestion question{line,
                                features,
                                account.unit,
                                account.path,
                                counterparty_hash(node_name_, line),
                                pieces.pieces.size() == 1 ? pieces.pieces.front().minor : line.amount_minor};
    const auto taken = take_by(rule_, question);
    if (!taken) return;
    ReplayedLine one{line.number,
                     line.booked_on,
                     line.amount_minor,
                     ReplayOutcome::agrees,
                     would_of(taken->parts),
                     done,
                     line.state == LineState::ignored};
    for (const BankRule& other : earlier_)
      if (take_by(other, question)) {
        one.before = other.number;
        break;
      }
    judge(one, line.state);
    if (one.outcome != ReplayOutcome::agrees && replayed_.lines.size() < most_replayed_lines)
      replayed_.lines.push_back(std::move(one));
  }

  void judge(ReplayedLine& one, LineState state) {
    RuleReplay& counts = replayed_.counts;
    if (one.before) {
      one.outcome = ReplayOutcome::taken_before;
      ++counts.taken_before;
    } else if (state == LineState::open) {
      one.outcome = ReplayOutcome::open;
      ++counts.still_open;
    } else if (one.done == one.would) {
      ++counts.agreed;
    } else {
      one.outcome = ReplayOutcome::differs;
      ++counts.differed;
    }
  }

  Tx& tx_;
  NodeId node_;
  const BankRule& rule_;
  std::vector<BankRule> earlier_;
  std::map<BankAccountNumber, BankAccount> accounts_;
  std::string node_name_;
  Replayed replayed_;
};

}  // namespace

Replayed replay_rule(Tx& tx, NodeId node, const BankRule& rule, const ReplayScope& scope) {
  if (scope.bank_account) read_bank_account(tx, node, *scope.bank_account);
  Replayer replayer{tx, node, rule};
  const std::int64_t last = read_last_line(tx, node);
  LineFilter filter{.account = scope.bank_account,
                    .from = scope.from,
                    .to = scope.to,
                    .after = BankLineNumber{0},
                    .limit = lines_at_once};
  for (std::vector<BankLine> lines; filter.after;) {
    lines = list_lines(tx, node, filter);
    replayer.take(lines);
    filter.after =
        static_cast<int>(lines.size()) == lines_at_once ? std::optional{lines.back().number} : std::nullopt;
  }
  Replayed replayed = replayer.finish();
  replayed.counts.version = rule.version;
  replayed.counts.bank_account = scope.bank_account;
  replayed.counts.from = scope.from;
  replayed.counts.to = scope.to;
  replayed.counts.last_line = last;
  return replayed;
}

Replayed record_replay(Tx& tx, NodeId node, BankRuleNumber number, const ReplayScope& scope,
                       const books::Author& author) {
  // Others wait for the head: the lines are gone through before it is locked.
  BankRule rule = require_live_rule(tx, node, number);
  Replayed replayed = replay_rule(tx, node, rule, scope);
  books::lock_book_head(tx, node);
  const int version = rule.version;
  rule = require_live_rule(tx, node, number);
  if (rule.version != version) replayed = replay_rule(tx, node, rule, scope);
  RuleReplay& counts = replayed.counts;
  counts.number = insert_rule_replay(tx, node, number, counts, author);
  counts.recorded_at = author.now;
  books::tell(tx, node, author, "bank_rule_replayed",
              {{"rule", number.number()},
               {"version", rule.version},
               {"replay", counts.number},
               {"agreed", counts.agreed},
               {"differed", counts.differed},
               {"open", counts.still_open}});
  return replayed;
}

}  // namespace coop::bank
