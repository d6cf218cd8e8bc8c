#pragma once
#include "ledger/statements/camt_reading.hpp"

namespace coop::statements {

/// What a detail has to know about its line.
struct CamtLineFacts {
  int sign;              ///< +1: money came in
  std::string currency;  ///< of the line's amount
  bool is_alone;         ///< the only detail: what the line says, it says of this payment
  std::string text;      ///< AddtlNtryInf
};

/// Reads TxDtls into an empty detail. The amount's sign is the detail's own where it has one, else the
/// line's. The counterparty is the debtor of money that came in and the creditor of what went out; where that
/// one is the account's owner, as in returns that keep the roles of the first payment, it is the other.
/// Fields that the elements leave empty are filled from the keys that German banks write into texts. Throws
/// as amount_of.
void read_camt_detail(Element details, const CamtLineFacts& line, CamtReading& reading, Detail& detail);

/// A detail made of the line's text alone, if there are German keys in it that say more than a text.
std::optional<Detail> detail_in_text(const CamtLineFacts& line, const CamtReading& reading);

/// The number of an account: its IBAN, else what the bank calls it; without blanks, in capitals.
std::string account_number_of(Element account);
/// The number of a bank: its BIC (BIC, BICFI, AnyBIC), else its number with a clearing.
std::string bank_number_of(Element agent);

/// Reads Chrgs, in the shape of camt.05x.001.02 (one charge an element) and in the later one (Rcrd, else the
/// total). What is not said is read as the standard has it: a debit, and contained in the line's amount.
/// Charges of nothing are left out.
void read_charges(Element charges, CamtReading& reading, std::vector<BankCharge>& into);

/// BkTxCd as text: "PMNT-RDDT-ESDD" of the domain, else the bank's own "NMSC+051"; may be empty.
std::string bank_code_of(Element code);

}  // namespace coop::statements
