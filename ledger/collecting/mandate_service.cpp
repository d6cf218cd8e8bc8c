#include "ledger/collecting/mandate_service.hpp"

#include "ledger/books/account_store.hpp"
#include "ledger/books/book_head_store.hpp"
#include "ledger/books/event_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/collecting/creditor_store.hpp"
#include "ledger/collecting/mandate_store.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/text.hpp"

namespace coop::collecting {

namespace {

void require_account_in_euro(Tx& tx, NodeId node, const std::string& path) {
  const auto euro = books::find_unit(tx, "EUR");
  for (const books::Account& account : books::find_accounts(tx, node, path))
    if (euro && account.unit == euro->id) return;
  throw Refused{Refusal::account_unknown, "there is no account '" + path + "' in EUR", "/account"};
}

members::Party read_present(Tx& tx, NodeId node, const std::string& member) {
  const members::Party party = members::read_party(tx, node, member);
  if (members::find_erasure(tx, node, party.id))
    throw Refused{Refusal::party_erased, "the personal data of " + party.number + " was erased"};
  return party;
}

std::string free_reference(Tx& tx, NodeId node, const MandateDraft& draft) {
  if (!draft.reference) return mandate_reference_after(highest_mandate_reference(tx, node));
  require_mandate_id(*draft.reference, "/reference");
  if (!read_mandates(tx, node, {.reference = *draft.reference}).empty())
    throw Refused{Refusal::mandate_exists, "there is a mandate " + *draft.reference + " already",
                  "/reference"};
  return *draft.reference;
}

std::string holder_of(Tx& tx, NodeId node, const MandateDraft& draft, PartyId party) {
  if (draft.name) return *draft.name;
  if (const auto profile = members::find_profile(tx, node, party)) return profile->name;
  throw Refused{Refusal::field_missing, "nothing is known of the member: say whose account it is", "/name"};
}

void require_change(const MandateChangeDraft& draft, const MandateRecord& record) {
  if (draft.kind == MandateChangeKind::collected || draft.kind == MandateChangeKind::rejected)
    throw Refused{Refusal::field_invalid, "collections say by themselves what was collected or rejected",
                  "/change"};
  if (draft.on < record.signed_on)
    throw Refused{Refusal::day_malformed, "it was signed on " + record.signed_on.text(), "/on"};
  if (draft.reason.size() > 500)
    throw Refused{Refusal::field_invalid, "a reason has at most 500 bytes", "/reason"};
  const auto needs = [](bool given, bool needed, const char* what, const char* place) {
    if (needed && !given)
      throw Refused{Refusal::field_missing, std::string{"this change needs "} + what, place};
    if (given && !needed)
      throw Refused{Refusal::field_invalid, std::string{"this change has no "} + what, place};
  };
  needs(!draft.code.empty(), draft.kind == MandateChangeKind::returned, "the bank's code", "/code");
  needs(draft.account.has_value(), draft.kind == MandateChangeKind::account_changed, "an account",
        "/account");
  if (!draft.code.empty()) require_return_code(draft.code);
}

}  // namespace

void require_return_code(const std::string& code) {
  if (code.size() != 4 || !is_capitals_or_digits(code))
    throw Refused{Refusal::field_invalid, "a bank's reason has four capital letters or digits, such as AM04",
                  "/code"};
}

CreditorRecord set_creditor(Tx& tx, NodeId node, const Creditor& creditor, const books::Author& author) {
  books::lock_book_head(tx, node);
  if (is_blank(creditor.name) || creditor.name.size() > 200)
    throw Refused{Refusal::field_invalid, "a name has 1 to 200 bytes", "/name"};
  require_account_in_euro(tx, node, creditor.account);
  auto records = read_creditors(tx, node);
  if (!records.empty() && records.front().creditor == creditor) return std::move(records.front());
  const int number = insert_creditor(tx, node, creditor, author);
  books::tell(tx, node, author, "creditor_set", {{"number", number}});
  return read_creditor(tx, node);
}

CreditorRecord read_creditor(Tx& tx, NodeId node) {
  auto records = read_creditors(tx, node);
  if (records.empty())
    throw Refused{Refusal::field_missing,
                  "under which identifier is collected, and into which account? Set the creditor first"};
  return std::move(records.front());
}

MandateRecord sign_mandate(Tx& tx, NodeId node, const MandateDraft& draft, const books::Author& author) {
  books::lock_book_head(tx, node);
  const members::Party party = read_present(tx, node, draft.member);
  if (draft.used_on && *draft.used_on < draft.signed_on)
    throw Refused{Refusal::day_malformed, "it was not used before it was signed", "/used_on"};
  const MandateAccount account{1, draft.iban, draft.bic, holder_of(tx, node, draft, party.id), draft.address};
  require_account(account, "");
  const MandateRecord record{MandateId{1},
                             party.id,
                             party.number,
                             free_reference(tx, node, draft),
                             draft.scheme,
                             draft.use,
                             draft.signed_on,
                             author.now,
                             std::nullopt,
                             {account},
                             {}};
  const MandateId id = insert_mandate(tx, node, record, author);
  if (draft.used_on) {
    const CollectionSequence sequence =
        draft.use == MandateUse::one_off ? CollectionSequence::one_off : CollectionSequence::recurring;
    insert_mandate_changes(tx, node,
                           {{.mandate = id,
                             .kind = MandateChangeKind::collected,
                             .on = *draft.used_on,
                             .sequence = sequence,
                             .reason = "collected before it was recorded here"}},
                           author);
  }
  books::tell(tx, node, author, "mandate_signed", {{"mandate", id.number()}, {"member", party.number}});
  return read_mandate(tx, node, id);
}

MandateRecord change_mandate(Tx& tx, NodeId node, const MandateChangeDraft& draft,
                             const books::Author& author) {
  books::lock_book_head(tx, node);
  const MandateRecord record = read_mandate(tx, node, draft.mandate);
  if (record.accounts.empty())
    throw Refused{Refusal::party_erased, "the personal data of " + record.member + " was erased"};
  require_change(draft, record);
  for (const MandateChangeRecord& change : record.changes)
    if (change.kind == MandateChangeKind::cancelled)
      throw Refused{Refusal::mandate_not_usable,
                    "mandate " + record.reference + " was cancelled on " + change.on.text()};
  NewMandateChange change{.mandate = record.id, .kind = draft.kind, .on = draft.on, .code = draft.code};
  change.reason = draft.reason;
  if (draft.account) {
    MandateAccount account = *draft.account;
    account.number = static_cast<int>(record.accounts.size()) + 1;
    require_account(account, "");
    insert_mandate_account(tx, node, record.id, record.party, account, author);
    change.account = account.number;
  }
  insert_mandate_changes(tx, node, {change}, author);
  books::tell(tx, node, author, "mandate_changed",
              {{"mandate", record.id.number()}, {"member", record.member}, {"change", text_of(draft.kind)}});
  return read_mandate(tx, node, record.id);
}

MandateRecord read_mandate(Tx& tx, NodeId node, MandateId id) {
  auto found = read_mandates(tx, node, {.ids = std::vector{id}});
  if (!found.empty()) return std::move(found.front());
  throw Refused{Refusal::mandate_unknown, "there is no mandate " + std::to_string(id.number())};
}

}  // namespace coop::collecting
