#include <algorithm>

#include "ledger/bank/proposal_rules.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/money.hpp"

namespace coop::bank {

namespace {

constexpr int most_days_after_due = 5;  // banks credit on the day of the debit, or some days later

std::string name_of(const SentLine& line) {
  return "collection " + std::to_string(line.collection) + ", line " + std::to_string(line.line);
}

bool is_return(const Piece& piece) {
  return piece.minor < 0 || (piece.detail != nullptr && !piece.detail->return_code.empty());
}

// The lines of ours that a piece names by their end-to-end ids; if by none, those under its mandate with its
// amount.
struct Named {
  std::vector<const SentLine*> lines;
  bool by_id = true;
};

Named lines_named(const Asking& asking, const Piece& piece) {
  Named named;
  const auto ids = ids_of(asking.line, piece);
  for (const SentLine& sent : asking.known.sent_lines)
    if (std::ranges::find(ids, sent.end_to_end) != ids.end()) named.lines.push_back(&sent);
  if (!named.lines.empty() || piece.detail == nullptr || piece.detail->references.mandate.empty())
    return named;
  named.by_id = false;
  const std::string mandate = compact_code(piece.detail->references.mandate);
  for (const SentLine& sent : asking.known.sent_lines)
    if (compact_code(sent.mandate) == mandate && sent.minor == std::abs(piece.minor) && sent.is_paid)
      named.lines.push_back(&sent);
  return named;
}

// Adds what came back of one line; false if the piece is too small to be it.
bool add_return(const Asking& asking, const Piece& piece, const SentLine& sent, bool by_id,
                Proposal& proposal) {
  const std::int64_t more = checked_add(-piece.minor, -sent.minor);
  if (more < 0) return false;
  const std::string code = piece.detail == nullptr ? "" : piece.detail->return_code;
  proposal.reasons.push_back(
      {by_id ? "own_id_found" : "own_mandate_found",
       (by_id ? sent.end_to_end : sent.mandate) + " is " + name_of(sent) + " of " + sent.member});
  if (!code.empty()) proposal.reasons.push_back({"return_code", "the bank's reason is " + code});
  proposal.parts.push_back({.amount_minor = -sent.minor,
                            .made = Made::return_,
                            .collection = sent.collection,
                            .collection_line = sent.line,
                            .return_code = code});
  if (!sent.is_paid) {
    proposal.is_certain = false;
    proposal.reasons.push_back({"not_settled", name_of(sent) + " was not paid yet: match its credit first"});
  }
  if (more == 0) return true;
  // Banks take their fee together with what comes back, and not all of them say so.
  proposal.is_certain = false;
  proposal.reasons.push_back(
      {"more_than_collected", "the bank took " + asking.amount_words_of(more) + " besides"});
  proposal.parts.push_back({.amount_minor = -more,
                            .made = Made::entry,
                            .account = asking.known.fee_account,
                            .description = "The bank's fee for a direct debit that came back"});
  return true;
}

void propose_returns(const Asking& asking, std::vector<Proposal>& proposals) {
  Proposal proposal{MatchMethod::own_order, true, 0, {}, {}};
  std::vector<const SentLine*> used;
  for (const Piece& piece : asking.pieces.pieces) {
    const Named named = is_return(piece) ? lines_named(asking, piece) : Named{};
    const SentLine* sent = named.lines.empty() ? nullptr : named.lines.front();
    const bool is_new = sent != nullptr && std::ranges::find(used, sent) == used.end();
    if (!is_new || !add_return(asking, piece, *sent, named.by_id, proposal)) {
      proposal.is_certain = false;
      proposal.reasons.push_back(
          {"payment_unknown", asking.amount_words_of(piece.minor) + " of the line has no id of ours"});
      proposal.parts.push_back({.amount_minor = piece.minor, .made = Made::entry});
      continue;
    }
    if (named.lines.size() > 1) proposal.is_certain = false;
    used.push_back(sent);
  }
  if (used.empty()) return;
  add_remainders(asking, proposal);
  proposals.push_back(std::move(proposal));
}

std::int64_t sum_of(const std::vector<LoosePosting>& postings) {
  std::int64_t sum = 0;
  for (const LoosePosting& posting : postings) sum = checked_add(sum, posting.amount_minor);
  return sum;
}

// How a credit is known to be a collection: by its id, by an id of its lines, or by day and amount alone.
std::optional<Reason> knowledge_of(const Asking& asking, const SentCollection& sent,
                                   const std::vector<std::string>& ids) {
  const std::string name = "collection " + std::to_string(sent.collection);
  for (const std::string& id : ids)
    if (id == sent.message || id.starts_with(sent.message + "-"))
      return Reason{"own_id_found", id + " is of " + name};
  const int days = asking.line.booked_on.count() - sent.due_on.count();
  if (!sent.is_settled && days >= 0 && days <= most_days_after_due)
    return Reason{"day_near", name + " was due on " + sent.due_on.text()};
  return std::nullopt;
}

void propose_collection(const Asking& asking, const SentCollection& sent, const Reason& knowledge,
                        std::int64_t gross, std::vector<Proposal>& proposals) {
  const bool by_id = knowledge.code == "own_id_found";
  Proposal proposal{MatchMethod::own_order, true, 0, {knowledge}, {}};
  if (sent.is_settled) {
    if (sent.loose.empty() || sum_of(sent.loose) != gross) return;
    for (const LoosePosting& posting : sent.loose) proposal.parts.push_back(found_part(posting));
  } else {
    if (sent.minor != gross || asking.line.booked_on < sent.due_on) return;
    proposal.parts.push_back(
        {.amount_minor = sent.minor, .made = Made::settlement, .collection = sent.collection});
  }
  proposal.reasons.push_back({"amount_equal", "it comes to " + asking.amount_words_of(gross)});
  proposal.is_certain = by_id || asking.line.booked_on == sent.due_on || asking.line.valued_on == sent.due_on;
  add_remainders(asking, proposal);
  proposals.push_back(std::move(proposal));
}

void propose_settlements(const Asking& asking, std::vector<Proposal>& proposals) {
  std::vector<std::string> ids;
  std::int64_t gross = 0;
  for (const Piece& piece : asking.pieces.pieces) {
    for (std::string& id : ids_of(asking.line, piece)) ids.push_back(std::move(id));
    gross = checked_add(gross, piece.minor);
  }
  for (const SentCollection& sent : asking.known.sent_collections) {
    if (sent.account != asking.account.account.path) continue;
    if (const auto knowledge = knowledge_of(asking, sent, ids))
      propose_collection(asking, sent, *knowledge, gross, proposals);
  }
}

}  // namespace

void propose_own_orders(const Asking& asking, std::vector<Proposal>& proposals) {
  if (std::ranges::any_of(asking.pieces.pieces, is_return)) propose_returns(asking, proposals);
  else propose_settlements(asking, proposals);
}

}  // namespace coop::bank
