#pragma once
#include <span>
#include <string>
#include <vector>

#include "ledger/bank/candidate_service.hpp"
#include "ledger/bank/match.hpp"
#include "ledger/books/author.hpp"

namespace coop::bank {

/// What each of these lines seems to be, in their order; see proposals_for(). Of lines that are not open:
/// nothing.
std::vector<std::vector<Proposal>> propose(Tx& tx, NodeId node, std::span<const BankLine> lines,
                                           const Looking& looking = {});
/// The line with its payments. Throws Refused: bank_line_unknown.
BankLine read_line(Tx& tx, NodeId node, BankLineNumber number);
/// The match. Throws Refused: match_unknown.
Match read_match(Tx& tx, NodeId node, MatchNumber number);

/// Says what a line is: makes what is to be made, and clears its postings with the line. The line of the
/// other account of a transfer is matched as well. Throws Refused, nothing recorded: bank_line_unknown,
/// bank_line_not_open, match_impossible (the parts do not come to the line, a posting that is there is of
/// another account or direction or cleared already, what was made is not what the part says), field_missing
/// (of a part: naming its place), and what record_payment, settle, return_line and the posting engine refuse.
Match accept(Tx& tx, NodeId node, BankLineNumber line, const MatchDraft& draft, const books::Author& author);
/// The same of a line that was read while the head was locked in this database transaction, and is open.
Match accept_open(Tx& tx, NodeId node, const BankLine& line, const MatchDraft& draft,
                  const books::Author& author);

/// Does with a line what its proposal at `place` (from 1) says, as proposals stand now. Throws
/// Refused: as accept(), and field_invalid (/proposal: there are fewer).
Match accept_proposal(Tx& tx, NodeId node, BankLineNumber line, std::size_t place, const Looking& looking,
                      const books::Author& author);
/// What a proposal says, to be accepted.
MatchDraft draft_of(const Proposal& proposal, bool is_attended);

/// Sets an open line aside. Throws Refused: bank_line_unknown, bank_line_not_open, field_invalid (reason).
BankLine ignore_line(Tx& tx, NodeId node, BankLineNumber line, const std::string& reason,
                     const books::Author& author);
/// Takes it up again. Throws Refused: bank_line_unknown, bank_line_not_open (it is not set aside),
/// field_invalid (reason).
BankLine reopen_line(Tx& tx, NodeId node, BankLineNumber line, const std::string& reason,
                     const books::Author& author);

}  // namespace coop::bank
