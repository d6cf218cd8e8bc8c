#include "ledger/collecting/direct_debit_rules.hpp"

#include <set>

#include "ledger/values/bank_day.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/sepa_identifier.hpp"
#include "ledger/values/text.hpp"

namespace coop::collecting {

namespace {

std::string fault_of_days(const DirectDebit& collection, Day made_on) {
  if (collection.due_on < made_on)
    return "it is due on " + collection.due_on.text() + ", before the file is made";
  if (!is_bank_day(collection.due_on))
    return "banks do not settle on " + collection.due_on.text() + ", but on " +
           bank_day_from(collection.due_on).text();
  if (collection.signed_on > collection.due_on)
    return "its mandate is signed on " + collection.signed_on.text() + ", after it is due";
  return {};
}

std::string fault_of_address(const DebtorAddress& address) {
  if (is_blank(address.town)) return "its address has no town";
  if (address.country.size() != 2 || !is_capitals_or_digits(address.country) || address.country[0] <= '9' ||
      address.country[1] <= '9')
    return "its address has no country of two capital letters";
  if (address.lines.size() > 2) return "its address has more than two lines";
  for (const std::string& line : address.lines) {
    if (is_blank(line)) return "its address has an empty line";
  }
  return {};
}

std::string fault_of_accounts(const DirectDebit& collection) {
  for (const Iban* iban : {&collection.account.iban, &collection.debtor_iban}) {
    if (iban->country().zone == PaymentZone::elsewhere)
      return "the account " + iban->masked() + " is outside SEPA";
  }
  if (collection.account.iban.country().zone != PaymentZone::eea && !collection.account.bic)
    return "the account it is collected into needs its BIC: it is outside the EEA";
  if (collection.debtor_iban.country().zone != PaymentZone::eea) {
    if (!collection.debtor_bic) return "the debtor's account needs its BIC: it is outside the EEA";
    if (!collection.debtor_address) return "the debtor needs an address: the account is outside the EEA";
  }
  return collection.debtor_address ? fault_of_address(*collection.debtor_address) : std::string{};
}

std::string fault_of_collection(const DirectDebit& collection, Day made_on) {
  if (const std::string fault = sepa_identifier_fault(collection.end_to_end_id); !fault.empty())
    return "its id " + fault;
  if (const std::string fault = sepa_identifier_fault(collection.mandate_id); !fault.empty())
    return "its mandate's reference " + fault;
  if (collection.amount_cents < 1 || collection.amount_cents > most_sepa_cents)
    return "its amount is not between EUR 0.01 and EUR 999999999.99";
  if (std::string fault = fault_of_days(collection, made_on); !fault.empty()) return fault;
  if (is_blank(collection.debtor_name)) return "its debtor has no name";
  if (std::string fault = fault_of_accounts(collection); !fault.empty()) return fault;
  if (collection.reference && !collection.text.empty()) return "it has a reference or a text, not both";
  if (collection.reference && collection.reference->kind() != ReferenceKind::creditor)
    return "its reference is no creditor reference (RF): write a national one into the text";
  return {};
}

}  // namespace

std::string direct_debit_fault(const DirectDebitOrder& order) {
  if (const std::string fault = sepa_identifier_fault(order.message_id); !fault.empty())
    return "the file's id " + fault;
  if (is_blank(order.creditor_name)) return "the creditor has no name";
  if (order.collections.empty()) return "there is nothing to collect";
  std::set<std::string> ids;
  for (const DirectDebit& collection : order.collections) {
    std::string fault = fault_of_collection(collection, utc_day_of(order.made_at));
    if (fault.empty() && !ids.insert(collection.end_to_end_id).second) fault = "its id stands twice";
    if (!fault.empty()) return "collection " + collection.end_to_end_id + ": " + fault;
  }
  return {};
}

}  // namespace coop::collecting
