#include "ledger/bank/match_batch_service.hpp"

#include <boost/json.hpp>

#include "ledger/bank/bank_account_store.hpp"
#include "ledger/bank/making_service.hpp"
#include "ledger/bank/match_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/dues/payment_batch_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

using Accounts = std::map<BankAccountNumber, BankAccount>;

Accounts read_accounts(Tx& tx, NodeId node) {
  Accounts accounts;
  for (BankAccount& account : read_bank_accounts(tx, node))
    accounts.emplace(account.number, std::move(account));
  return accounts;
}

// The payments of several lines, and of which line each is.
struct Drafts {
  std::vector<dues::PaymentDraft> payments;
  std::vector<std::size_t> line_of;
};

Drafts drafts_of(std::span<const CertainLine> lines, const Accounts& accounts) {
  Drafts drafts;
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (const ProposedPart& part : lines[i].proposal->parts) {
      drafts.payments.push_back(
          payment_of(*lines[i].line, accounts.at(lines[i].line->account.value()), part));
      drafts.line_of.push_back(i);
    }
  return drafts;
}

// Takes the lines out of which a payment was refused, and tells of each once.
void drop_refused(const dues::PaymentBatch& batch, const Drafts& drafts, std::vector<CertainLine>& lines,
                  std::vector<RefusedLine>& refused) {
  std::vector<CertainLine> kept;
  std::map<std::size_t, const Refused*> faults;
  for (const auto& [place, fault] : batch.refused) faults.emplace(drafts.line_of[place], &fault);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto fault = faults.find(i);
    if (fault == faults.end()) kept.push_back(lines[i]);
    else
      refused.push_back({lines[i].line->number, std::string{text_of(fault->second->refusal()).code},
                         fault->second->detail()});
  }
  lines = std::move(kept);
}

// On which line of its entry each payment stands in the account that it came to.
std::map<EntryNumber, int> read_posting_lines(Tx& tx, NodeId node, std::span<const dues::Payment> payments,
                                              const Accounts& accounts) {
  std::map<EntryNumber, int> lines;
  for (const auto& [number, account] : accounts) {
    std::vector<EntryNumber> entries;
    for (const dues::Payment& payment : payments)
      if (payment.account == account.path && payment.unit == account.unit) entries.push_back(payment.entry);
    if (entries.empty()) continue;
    for (const PostingState& state : read_posting_states(tx, node, account.account, entries))
      lines.emplace(state.entry, state.posting_line);
  }
  return lines;
}

std::vector<Match> matches_of(MatchNumber first, std::span<const CertainLine> lines,
                              std::span<const dues::Payment> payments,
                              const std::map<EntryNumber, int>& posting_lines, const books::Author& author) {
  std::vector<Match> matches;
  auto payment = payments.begin();
  for (const CertainLine& one : lines) {
    const MatchNumber number{first.number() + static_cast<int>(matches.size())};
    Match match{.number = number,
                .line = one.line->number,
                .method = one.proposal->method,
                .is_attended = false,
                .reasons = one.proposal->reasons,
                .parts = {},
                .is_live = true,
                .end_reason = {},
                .recorded_at = author.now,
                .recorded_by = author.user,
                .account = one.line->account};
    for (const ProposedPart& part : one.proposal->parts) {
      match.parts.push_back({payment->entry, posting_lines.at(payment->entry), part.amount_minor,
                             Made::payment, payment->number});
      ++payment;
    }
    matches.push_back(std::move(match));
  }
  return matches;
}

void remember_payers(Tx& tx, NodeId node, std::span<const CertainLine> lines, std::span<const Match> matches,
                     const books::Author& author) {
  const std::string name = books::read_node_name(tx, node);
  std::vector<PaidFor> payers;
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (PaidFor& paid : payers_of(name, *lines[i].line, matches[i].number, lines[i].proposal->parts))
      payers.push_back(std::move(paid));
  insert_payers(tx, node, payers, author);
}

}  // namespace

void record_matches(Tx& tx, NodeId node, std::span<const Match> matches, const books::Author& author) {
  insert_matches(tx, node, matches, author);
  std::vector<boost::json::object> bodies;
  for (const Match& match : matches)
    bodies.push_back(
        {{"line", match.line.number()}, {"match", match.number.number()}, {"method", text_of(match.method)}});
  books::tell_all(tx, node, author, "bank_line_matched", bodies);
}

AcceptedLines accept_payments(Tx& tx, NodeId node, std::span<const CertainLine> asked,
                              const books::Author& author) {
  AcceptedLines accepted;
  std::vector<CertainLine> lines{asked.begin(), asked.end()};
  const Accounts accounts = lines.empty() ? Accounts{} : read_accounts(tx, node);
  dues::PaymentBatch batch;
  while (!lines.empty()) {
    const Drafts drafts = drafts_of(lines, accounts);
    batch = dues::record_payments(tx, node, drafts.payments, author);
    if (batch.refused.empty()) break;
    drop_refused(batch, drafts, lines, accepted.refused);
  }
  if (lines.empty()) return accepted;
  const auto posting_lines = read_posting_lines(tx, node, batch.recorded, accounts);
  const auto matches = matches_of(next_match(tx, node), lines, batch.recorded, posting_lines, author);
  record_matches(tx, node, matches, author);
  remember_payers(tx, node, lines, matches, author);
  for (const Match& match : matches) ++accepted.by_method[match.method];
  for (const dues::Payment& payment : batch.recorded) accepted.entries.push_back(payment.entry);
  return accepted;
}

}  // namespace coop::bank
