#include "ledger/disbursements/credit_transfer_rules.hpp"

#include <set>

#include "ledger/values/bank_day.hpp"
#include "ledger/values/code_text.hpp"
#include "ledger/values/sepa_identifier.hpp"
#include "ledger/values/text.hpp"

namespace coop::disbursements {

namespace {

// What is wrong with one transfer, and where.
struct Fault {
  std::string words;
  std::string field;
};

Fault fault_of_day(const CreditTransfer& transfer, Day made_on) {
  if (transfer.on < made_on)
    return {"it is to be paid on " + transfer.on.text() + ", before the file is made", "/requested_on"};
  if (!is_bank_day(transfer.on))
    return {"banks do not settle on " + transfer.on.text() + ", but on " + bank_day_from(transfer.on).text(),
            "/requested_on"};
  return {};
}

Fault fault_of_accounts(const CreditTransfer& transfer) {
  const auto zone_of = [](const Iban& iban) { return iban.country().zone; };
  if (zone_of(transfer.account.iban) == PaymentZone::elsewhere)
    return {"our account " + transfer.account.iban.masked() + " is outside SEPA", "/bank_account"};
  if (zone_of(transfer.account.iban) != PaymentZone::eea && !transfer.account.bic)
    return {"our account needs its BIC: it is outside the EEA", "/bic"};
  if (zone_of(transfer.creditor_iban) == PaymentZone::elsewhere)
    return {"the account " + transfer.creditor_iban.masked() + " is outside SEPA", "/iban"};
  if (zone_of(transfer.creditor_iban) != PaymentZone::eea && !transfer.creditor_bic)
    return {"the payee's account needs its BIC: it is outside the EEA", "/bic"};
  if (!transfer.creditor_address) return {};
  if (is_blank(transfer.creditor_address->town)) return {"its address has no town", "/address/town"};
  if (!is_country_code(transfer.creditor_address->country))
    return {"its address has no country of two capital letters", "/address/country"};
  return {};
}

Fault fault_of_remittance(const CreditTransfer& transfer) {
  if (!transfer.reference) return {};
  if (!transfer.text.empty()) return {"it has a reference or a text, not both", "/reference"};
  const std::string_view country = transfer.creditor_iban.country().code;
  if (transfer.reference->kind() == ReferenceKind::swiss && country != "CH" && country != "LI")
    return {"its reference is one of Switzerland, and the account is not there", "/reference"};
  return {};
}

Fault fault_of_transfer(const CreditTransfer& transfer, Day made_on) {
  if (std::string fault = sepa_identifier_fault(transfer.end_to_end_id); !fault.empty())
    return {"its id " + fault, {}};
  if (transfer.amount_cents < 1 || transfer.amount_cents > most_sepa_cents)
    return {"its amount is not between EUR 0.01 and EUR 999999999.99", "/amount"};
  if (Fault fault = fault_of_day(transfer, made_on); !fault.words.empty()) return fault;
  if (is_blank(transfer.creditor_name)) return {"its payee has no name", "/name"};
  if (Fault fault = fault_of_accounts(transfer); !fault.words.empty()) return fault;
  return fault_of_remittance(transfer);
}

}  // namespace

bool is_country_code(std::string_view text) {
  return text.size() == 2 && is_capitals_or_digits(text) && text[0] > '9' && text[1] > '9';
}

TransferFault credit_transfer_fault(const CreditTransferOrder& order) {
  if (const std::string fault = sepa_identifier_fault(order.message_id); !fault.empty())
    return {"the file's id " + fault, {}, {}};
  if (is_blank(order.debtor_name)) return {"the co-operative has no name", {}, "/account_holder"};
  if (order.transfers.empty()) return {"there is nothing to pay", {}, "/orders"};
  std::set<std::string> ids;
  for (std::size_t i = 0; i < order.transfers.size(); ++i) {
    const CreditTransfer& transfer = order.transfers[i];
    Fault fault = fault_of_transfer(transfer, utc_day_of(order.made_at));
    if (fault.words.empty() && !ids.insert(transfer.end_to_end_id).second)
      fault.words = "its id stands twice";
    if (!fault.words.empty())
      return {"order " + std::to_string(i + 1) + " (" + transfer.end_to_end_id + "): " + fault.words, i,
              fault.field};
  }
  return {};
}

}  // namespace coop::disbursements
