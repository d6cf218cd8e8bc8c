#include <algorithm>

#include "ledger/bank/proposal_rules.hpp"

namespace coop::bank {

namespace {

// True if something surer is proposed, be it in part: then no rule posts by itself.
bool is_known_otherwise(const std::vector<Proposal>& proposals) {
  return std::ranges::any_of(proposals, [](const Proposal& one) {
    return one.method == MatchMethod::posting || one.method == MatchMethod::reference ||
           one.method == MatchMethod::own_order;
  });
}

}  // namespace

void propose_by_rules(const Asking& asking, std::vector<Proposal>& proposals) {
  if (asking.known.rules.empty()) return;
  const LineFeatures features = features_of(asking.line);
  const auto hash = asking.known.hashes.find(asking.line.number);
  const bool is_one = asking.pieces.pieces.size() == 1;
  const RuleQuestion question{asking.line,
                              features,
                              asking.account.unit.id,
                              asking.account.account.path,
                              hash == asking.known.hashes.end() ? std::string{} : hash->second,
                              is_one ? asking.pieces.pieces.front().minor : asking.line.amount_minor};
  for (const BankRule& rule : asking.known.rules) {
    auto taken = take_by(rule, question);
    if (!taken) continue;
    Proposal proposal{MatchMethod::rule,
                      rule.mode == RuleMode::post && !is_known_otherwise(proposals),
                      0,
                      std::move(taken->reasons),
                      std::move(taken->parts),
                      UsedRule{rule.number, rule.version}};
    if (is_one && !rule.is.pays_for.empty()) add_remainders(asking, proposal);
    proposals.push_back(std::move(proposal));
    return;  // the first that takes the line counts
  }
}

void propose_learned(const Asking& asking, std::vector<Proposal>& proposals) {
  const auto words = asking.known.lessons.find(asking.line.number);
  if (!proposals.empty() || words == asking.known.lessons.end() || asking.pieces.pieces.size() != 1) return;
  for (LearnedGuess& guess : guesses_from(words->second)) {
    const std::string& account = guess.lesson.account;
    if (account == asking.account.account.path) continue;
    Proposal proposal{MatchMethod::learned, false, guess.weight, std::move(guess.reasons), {}};
    if (account.empty()) {
      proposal.parts.push_back(payment_part(asking.pieces.pieces.front().minor, guess.lesson.member));
      add_remainders(asking, proposal);
    } else {
      proposal.parts.push_back(
          {.amount_minor = asking.line.amount_minor, .made = Made::entry, .account = account});
    }
    proposals.push_back(std::move(proposal));
  }
}

void propose_suspense(const Asking& asking, std::vector<Proposal>& proposals) {
  const std::string& account = asking.account.account.suspense;
  if (!proposals.empty() || account.empty()) return;
  ProposedPart part{.amount_minor = asking.line.amount_minor, .made = Made::entry, .account = account};
  part.description = "Held in suspense, until somebody knows what it is";
  proposals.push_back({MatchMethod::suspense,
                       false,
                       0,
                       {{"nothing_known_fits", "nothing known fits: " + account + " holds it until then"}},
                       {std::move(part)}});
}

}  // namespace coop::bank
