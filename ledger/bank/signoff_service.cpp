#include "ledger/bank/signoff_service.hpp"

#include "ledger/bank/bank_account_service.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/chain.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::bank {

namespace {

UserId require_person(const books::Author& author) {
  if (!author.user) throw Refused{Refusal::sign_in_required, "a person signs, under their own name"};
  return *author.user;
}

void require_draft(const SignoffDraft& draft) {
  if (draft.as_of > draft.today)
    throw Refused{Refusal::field_invalid, "a day to come cannot be signed", "/as_of"};
  if (draft.explanation.size() > 2'000)
    throw Refused{Refusal::field_invalid, "an explanation has at most 2000 bytes", "/explanation"};
}

void require_agreement(const SignedFigures& figures, const std::string& explanation) {
  if (!figures.bank_minor)
    throw Refused{Refusal::reconciliation_disagrees, "no statement says a balance by that day"};
  if (figures.difference_minor != 0 && explanation.empty())
    throw Refused{Refusal::reconciliation_disagrees,
                  "something is left unexplained: look at the reconciliation, or say in words what it is",
                  "/explanation"};
}

Signoff require_live(Tx& tx, NodeId node, SignoffNumber number) {
  Signoff signoff = read_signoff(tx, node, number);
  if (!signoff.is_live)
    throw Refused{Refusal::signoff_withdrawn_already,
                  "signature " + std::to_string(number.number()) + " was withdrawn: " + signoff.end_reason};
  return signoff;
}

void tell_of(Tx& tx, NodeId node, const books::Author& author, const char* kind, const Signoff& signoff) {
  books::tell(tx, node, author, kind,
              {{"signoff", signoff.number.number()},
               {"bank_account", signoff.account.number()},
               {"as_of", signoff.as_of.text()},
               {"hash", signoff.hash}});
}

}  // namespace

Signoff sign_off(Tx& tx, NodeId node, const SignoffDraft& draft, const ReadFigures& read,
                 const books::Author& author) {
  const UserId person = require_person(author);
  require_draft(draft);
  const books::BookHead head = books::lock_book_head(tx, node);
  const BankAccount account = read_bank_account(tx, node, draft.account);
  for (const Signoff& other : list_signoffs(tx, node, {.account = draft.account, .live = true}))
    if (other.as_of == draft.as_of)
      throw Refused{Refusal::signoff_exists,
                    "this day is signed: signature " + std::to_string(other.number.number()), "/as_of"};
  SignedFigures figures = read(account);
  require_agreement(figures, draft.explanation);
  const std::string hash = hex_of(sha256_of(figures.text));
  const SignoffNumber number = insert_signoff(tx, node,
                                              {draft.account, draft.as_of, std::move(figures),
                                               draft.explanation, hash, head.last_number, head.last_event},
                                              person, author.now);
  Signoff signoff = read_signoff(tx, node, number);
  tell_of(tx, node, author, "reconciliation_signed", signoff);
  return signoff;
}

Signoff countersign(Tx& tx, NodeId node, SignoffNumber number, const books::Author& author) {
  const UserId person = require_person(author);
  books::lock_book_head(tx, node);
  const Signoff signoff = require_live(tx, node, number);
  if (signoff.signed_by == person)
    throw Refused{Refusal::approval_repeated, "you signed this yourself: another person countersigns"};
  if (!insert_countersignature(tx, node, number, person, author.now))
    throw Refused{Refusal::approval_repeated, "you countersigned this already"};
  Signoff after = read_signoff(tx, node, number);
  tell_of(tx, node, author, "reconciliation_countersigned", after);
  return after;
}

Signoff withdraw_signoff(Tx& tx, NodeId node, SignoffNumber number, const std::string& reason,
                         const books::Author& author) {
  if (reason.empty() || reason.size() > 500)
    throw Refused{Refusal::field_invalid, "a reason has 1 to 500 bytes", "/reason"};
  books::lock_book_head(tx, node);
  require_live(tx, node, number);
  end_signoff(tx, node, number, reason, author);
  Signoff after = read_signoff(tx, node, number);
  tell_of(tx, node, author, "reconciliation_withdrawn", after);
  return after;
}

Signoff read_signoff(Tx& tx, NodeId node, SignoffNumber number) {
  auto found = list_signoffs(tx, node, {.number = number});
  if (found.empty())
    throw Refused{Refusal::signoff_unknown, "there is no signature " + std::to_string(number.number())};
  return found.front();
}

}  // namespace coop::bank
