#include "ledger/bank/proposal.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "ledger/bank/proposal_rules.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/folded_text.hpp"
#include "ledger/values/money.hpp"

namespace coop::bank {

namespace {

// Scores of `similar`: an amount weighs as much as a whole name; alone neither is enough among many.
constexpr int points_of_amount = 50;
constexpr int percents_a_point = 2;
constexpr int least_points = 60;
constexpr std::size_t most_similar = 5;

constexpr std::array<ProposalRule, 10> rules{
    propose_postings, propose_references, propose_own_orders, propose_own_payments, propose_payers,
    propose_similar,  propose_by_rules,   propose_transfers,  propose_learned,      propose_suspense};

std::string number_of(EntryNumber entry) { return std::to_string(entry.number()); }

int days_between(Day one, Day other) { return std::abs(one.count() - other.count()); }

std::string days_words(int days) { return days == 0 ? "the same day" : std::to_string(days) + " days apart"; }

// Everything of the line that could repeat a posting's reference, made comparable.
std::string told_by(const BankLine& line) {
  std::string text = line.words + " " + line.batch_message + " " + line.batch_group;
  for (const BankDetail& detail : line.details) {
    const statements::References& by = detail.references;
    for (const std::string& one : {by.structured, by.end_to_end, by.instruction, by.message, detail.words})
      text += " " + one;
  }
  return compact_code(text);
}

// Members whose references the line carries.
std::set<std::string> members_named(const Asking& asking) {
  std::set<std::string> members;
  for (const Piece& piece : asking.pieces.pieces)
    for (const StructuredReference& reference : references_of(asking.line, piece)) {
      const auto found = asking.known.references.find(reference);
      if (found == asking.known.references.end()) continue;
      for (const ReferenceTarget& target : found->second) members.insert({target.member, target.debtor});
    }
  return members;
}

std::optional<Reason> agreement_of(const Asking& asking, const LoosePosting& posting) {
  constexpr std::size_t least_reference = 6;  // shorter ones stand in texts by chance
  const std::string reference = compact_code(posting.reference);
  if (reference.size() >= least_reference && told_by(asking.line).find(reference) != std::string::npos)
    return Reason{"reference_agrees",
                  "entry " + number_of(posting.entry) + " has the reference " + posting.reference};
  if (!posting.member.empty() && members_named(asking).contains(posting.member))
    return Reason{"member_agrees", "the reference is of " + posting.member + ", as the posting is"};
  return std::nullopt;
}

std::vector<std::string> words_of_names(const BankLine& line) {
  std::string names;
  for (const BankDetail& detail : line.details)
    names += detail.counterparty.name + " " + detail.counterparty.ultimate_name + " " + detail.words + " ";
  return folded_words(names + line.words);
}

// How much of a name is on the line.
int percent_of_name(const std::vector<std::string>& said, const std::vector<std::string>& name) {
  return name.empty() ? 0 : common_words(said, name) * 100 / static_cast<int>(name.size());
}

void propose_similar_members(const Asking& asking, const std::vector<std::string>& said,
                             std::vector<Proposal>& similar) {
  const auto owing = asking.known.owing.find(asking.account.unit.id);
  if (owing == asking.known.owing.end() || asking.pieces.pieces.size() != 1) return;
  const std::int64_t minor = asking.pieces.pieces.front().minor;
  if (minor <= 0) return;
  for (const OwingMember& one : owing->second) {
    const bool is_equal = one.owed_minor == minor;
    const int percent = percent_of_name(said, one.name_words);
    const int score = percent / percents_a_point + (is_equal ? points_of_amount : 0);
    // A name that agrees in full is enough; an amount needs part of the name.
    if (score < least_points && percent < 100) continue;
    Proposal proposal{MatchMethod::similar, false, score, {}, {payment_part(minor, one.member)}};
    if (percent > 0)
      proposal.reasons.push_back(
          {"name_similar", std::to_string(percent) + "% of the name of " + one.member + " is on the line"});
    proposal.reasons.push_back({is_equal ? "amount_equal" : "amount_differs",
                                one.member + " owes " + asking.amount_words_of(one.owed_minor)});
    add_remainders(asking, proposal);
    similar.push_back(std::move(proposal));
  }
}

void propose_similar_postings(const Asking& asking, const std::vector<std::string>& said,
                              std::vector<Proposal>& similar) {
  const auto found = asking.known.postings.find(asking.line.number);
  if (found == asking.known.postings.end()) return;
  for (const LoosePosting& posting : found->second) {
    const int days = days_between(posting.booked_on, asking.line.booked_on);
    if (days <= most_days_near) continue;  // proposed as a posting already
    const int by_name = percent_of_name(said, folded_words(posting.description)) / percents_a_point;
    Proposal proposal{MatchMethod::similar,
                      false,
                      points_of_amount + by_name + most_days_apart - days,
                      {},
                      {found_part(posting)}};
    proposal.reasons.push_back({"amount_equal", "entry " + number_of(posting.entry) + " has this amount"});
    proposal.reasons.push_back({"days_apart", days_words(days)});
    similar.push_back(std::move(proposal));
  }
}

// Of a batch without its payments only what is on the books, or was ordered by us, is known as a whole.
void hold_back(std::vector<Proposal>& proposals) {
  for (Proposal& one : proposals) {
    const bool is_known_whole = one.method == MatchMethod::posting || one.method == MatchMethod::own_order;
    if (one.is_certain && is_known_whole) continue;
    one.is_certain = false;
    one.reasons.push_back({"details_awaited", "the line is a batch: it waits for its details (camt.054)"});
  }
}

}  // namespace

std::string Asking::words_of(std::int64_t minor) const { return text_from_minor(minor, account.unit.scale); }
std::string Asking::amount_words_of(std::int64_t minor) const {
  return words_of(minor) + " " + account.unit.code;
}

ProposedPart payment_part(std::int64_t minor, const std::string& debtor, std::optional<ChargeNumber> charge) {
  return {
      .amount_minor = minor, .made = Made::payment, .payer = debtor, .for_member = debtor, .charge = charge};
}

ProposedPart found_part(const LoosePosting& posting) {
  return {.amount_minor = posting.amount_minor,
          .made = Made::found,
          .entry = posting.entry,
          .posting_line = posting.posting_line};
}

void add_remainders(const Asking& asking, Proposal& proposal) {
  const auto add = [&](std::int64_t minor, const char* code, const std::string& words,
                       const std::string& account) {
    if (minor == 0) return;
    proposal.parts.push_back({.amount_minor = minor,
                              .made = Made::entry,
                              .account = account,
                              .description = "The bank's charges"});
    if (account.empty()) proposal.parts.back().description.clear();
    proposal.reasons.push_back({code, words});
    if (account.empty()) proposal.is_certain = false;
  };
  add(asking.pieces.charges_minor, "charges_taken",
      "the bank took " + asking.amount_words_of(-asking.pieces.charges_minor), asking.known.fee_account);
  add(asking.pieces.rest_minor, "rest_left",
      asking.amount_words_of(asking.pieces.rest_minor) + " of the line is in none of its payments", "");
}

void propose_postings(const Asking& asking, std::vector<Proposal>& proposals) {
  const auto found = asking.known.postings.find(asking.line.number);
  if (found == asking.known.postings.end()) return;
  std::vector<const LoosePosting*> near;
  for (const LoosePosting& posting : found->second)
    if (days_between(posting.booked_on, asking.line.booked_on) <= most_days_near) near.push_back(&posting);
  for (const LoosePosting* posting : near) {
    Proposal proposal{MatchMethod::posting, false, 0, {}, {found_part(*posting)}};
    proposal.reasons.push_back({"amount_equal", "entry " + number_of(posting->entry) + " has this amount"});
    proposal.reasons.push_back(
        {"days_apart", days_words(days_between(posting->booked_on, asking.line.booked_on))});
    if (near.size() > 1)
      proposal.reasons.push_back(
          {"several_alike", std::to_string(near.size()) + " postings have this amount"});
    if (const auto agreement = agreement_of(asking, *posting)) {
      proposal.reasons.push_back(*agreement);
      proposal.is_certain = near.size() == 1;
    }
    proposals.push_back(std::move(proposal));
  }
}

void propose_payers(const Asking& asking, std::vector<Proposal>& proposals) {
  const auto hash = asking.known.hashes.find(asking.line.number);
  if (hash == asking.known.hashes.end() || asking.pieces.pieces.size() != 1) return;
  const std::int64_t minor = asking.pieces.pieces.front().minor;
  if (minor <= 0) return;
  const auto [first, last] = asking.known.payers.equal_range(hash->second);
  Proposal split{MatchMethod::payer, false, 0, {}, {}};
  std::int64_t sum = 0;
  for (auto it = first; it != last; ++it) {
    std::int64_t open = 0;
    for (const OpenCharge& charge : asking.known.open_of(it->second, asking.account.unit.id))
      open = checked_add(open, charge.open_minor);
    const Reason known{"payer_known", "this account paid for " + it->second + " before"};
    const Reason owes{open == minor ? "amount_equal" : "amount_differs",
                      it->second + " owes " + asking.amount_words_of(open)};
    Proposal one{MatchMethod::payer, false, 0, {known, owes}, {payment_part(minor, it->second)}};
    add_remainders(asking, one);
    proposals.push_back(std::move(one));
    sum = checked_add(sum, open);
    if (open == 0) continue;
    split.reasons.insert(split.reasons.end(), {known, {"amount_open", owes.words}});
    split.parts.push_back(payment_part(open, it->second));
  }
  if (split.parts.size() < 2 || sum != minor) return;
  split.reasons.push_back({"sum_equal", "together they owe " + asking.amount_words_of(sum)});
  add_remainders(asking, split);
  proposals.push_back(std::move(split));
}

void propose_similar(const Asking& asking, std::vector<Proposal>& proposals) {
  const auto said = words_of_names(asking.line);
  std::vector<Proposal> similar;
  propose_similar_members(asking, said, similar);
  propose_similar_postings(asking, said, similar);
  std::ranges::stable_sort(similar, [](const Proposal& a, const Proposal& b) { return a.score > b.score; });
  if (similar.size() > most_similar) similar.resize(most_similar, similar.front());
  for (Proposal& one : similar) proposals.push_back(std::move(one));
}

void propose_transfers(const Asking& asking, std::vector<Proposal>& proposals) {
  const auto propose = [&](const std::string& account, std::optional<BankLineNumber> other, Reason reason) {
    ProposedPart part{.amount_minor = asking.line.amount_minor, .made = Made::entry, .account = account};
    part.description = "Transfer between " + asking.account.account.path + " and " + account;
    part.other_line = other;
    proposals.push_back({MatchMethod::transfer, false, 0, {std::move(reason)}, {std::move(part)}});
  };
  std::set<std::string> shown;
  const auto opposite = asking.known.opposite.find(asking.line.number);
  if (opposite != asking.known.opposite.end())
    for (const OppositeLine& other : opposite->second) {
      shown.insert(other.account);
      propose(other.account, other.line,
              {"opposite_line", "line " + std::to_string(other.line.number()) + " of " + other.account +
                                    " is the opposite, " +
                                    days_words(days_between(other.booked_on, asking.line.booked_on))});
    }
  if (asking.line.details.size() != 1) return;
  const std::string& counterparty = asking.line.details.front().counterparty.account;
  for (const KnownAccount& known : asking.known.accounts) {
    const bool is_ours = !counterparty.empty() && !known.account.identifier.empty() &&
                         known.account.number != asking.account.account.number &&
                         known.unit.id == asking.account.unit.id &&
                         is_same_account(counterparty, known.account.identifier);
    if (is_ours && !shown.contains(known.account.path))
      propose(known.account.path, std::nullopt,
              {"account_is_ours", "the other account is " + known.account.path});
  }
}

std::vector<Proposal> proposals_for(const BankLine& line, const Candidates& known) {
  std::vector<Proposal> proposals;
  const KnownAccount* account = known.find_account(line);
  if (account == nullptr || line.amount_minor == 0) return proposals;
  const Pieces pieces = pieces_of(line);
  const Asking asking{line, pieces, *account, known};
  for (const ProposalRule rule : rules) rule(asking, proposals);
  if (waits_for_details(line)) hold_back(proposals);
  return proposals;
}

}  // namespace coop::bank
