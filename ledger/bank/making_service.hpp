#pragma once
#include <string>
#include <vector>

#include "ledger/bank/bank_account.hpp"
#include "ledger/bank/match.hpp"
#include "ledger/books/author.hpp"
#include "ledger/database/tx.hpp"
#include "ledger/dues/payment.hpp"

namespace coop::bank {

/// For which line and match something is made, in an account. The head must be locked.
struct Making {
  NodeId node;
  const BankLine& line;
  const BankAccount& account;
  MatchNumber match;
  const books::Author& author;
};

/// The other side of a transfer, to be cleared by the line of the other account.
struct OtherSide {
  BankLineNumber line;
  EntryNumber entry;
  std::string account;  ///< its path
  std::int64_t amount_minor;
};
/// What the parts of a match became.
struct MadeParts {
  std::vector<MatchPart> parts;
  std::vector<OtherSide> other_sides;
};

/// The payment of dues that a part is, or the refund: it names the line by its number, never who paid.
dues::PaymentDraft payment_of(const BankLine& line, const BankAccount& account, const ProposedPart& part);

/// Makes what the draft's parts say, and finds the postings. Entries and payments name the line by its
/// number, never who paid. Throws Refused: match_impossible, field_missing, and what is refused of what is
/// made.
MadeParts make_parts(Tx& tx, const Making& making, const MatchDraft& draft);

}  // namespace coop::bank
