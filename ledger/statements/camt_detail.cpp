#include "ledger/statements/camt_detail.hpp"

#include <utility>

#include "ledger/statements/camt_text.hpp"
#include "ledger/statements/german_keys.hpp"
#include "ledger/statements/placeholder.hpp"

namespace coop::statements {

namespace {

void set(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

std::string identifier_at(Element from, std::initializer_list<std::string_view> path) {
  return without_placeholder(text_at(from, path));
}

// Debtor or creditor: the person itself (.02 to .07), below Pty, or a bank below Agt (.08 and later).
Element person_of(Element party) {
  const Element person = child(party, "Pty");
  return person ? person : party;
}

std::string name_of(Element party) {
  std::string name = identifier_at(person_of(party), {"Nm"});
  if (name.empty()) name = identifier_at(party, {"Agt", "FinInstnId", "Nm"});
  return name;
}

// The names of one side of a payment.
struct SideNames {
  std::string_view party, account, ultimate, agent;
};
constexpr SideNames debtor{"Dbtr", "DbtrAcct", "UltmtDbtr", "DbtrAgt"};
constexpr SideNames creditor{"Cdtr", "CdtrAcct", "UltmtCdtr", "CdtrAgt"};

Counterparty side_of(const Children& details, const SideNames& names) {
  const Element parties = child(details, "RltdPties");
  const Element party = child(parties, names.party);
  Counterparty side;
  side.name = name_of(party);
  side.ultimate_name = name_of(child(parties, names.ultimate));
  side.account = account_number_of(child(parties, names.account));
  side.bank = bank_number_of(child(child(details, "RltdAgts"), names.agent));
  if (side.bank.empty()) side.bank = bank_number_of(child(party, "Agt"));
  return side;
}

bool is_owner(const Counterparty& side, const CamtReading& reading) {
  if (!side.account.empty()) return side.account == reading.account;
  return !side.name.empty() && side.name == reading.owner;
}

bool is_unknown(const Counterparty& side) { return side.name.empty() && side.account.empty(); }

Counterparty counterparty_of(const Children& details, int sign, const CamtReading& reading) {
  Counterparty side = side_of(details, sign > 0 ? debtor : creditor);
  const bool is_doubtful = is_unknown(side) || is_owner(side, reading);
  if (!is_doubtful) return side;
  Counterparty other = side_of(details, sign > 0 ? creditor : debtor);
  const bool is_better = !is_unknown(other) && !is_owner(other, reading);
  return is_better ? other : side;
}

// The identifier of who collects stands with the creditor, as a person's or an organisation's, named SEPA.
std::string creditor_identifier_of(const Children& details, bool has_mandate) {
  const Element identifiers = child(person_of(child(child(details, "RltdPties"), "Cdtr")), "Id");
  for (const std::string_view kind : {"PrvtId", "OrgId"}) {
    const Element among = child(identifiers, kind);
    for (Element other = among.first_child(); other; other = other.next_sibling()) {
      if (!is_named(other, "Othr")) continue;
      const Element scheme = child(other, "SchmeNm");
      const std::string scheme_name = text_of(child(scheme, {"Prtry", "Cd"}));
      const bool is_unnamed_person = scheme_name.empty() && has_mandate && kind == "PrvtId";
      if (scheme_name == "SEPA" || is_unnamed_person) return account_text(text_of(child(other, "Id")));
    }
  }
  return {};
}

References references_of(const Children& details) {
  References read;
  for (Element one = child(details, "Refs").first_child(); one; one = one.next_sibling()) {
    const std::string_view name = local_name(one);
    if (name == "EndToEndId") set(read.end_to_end, without_placeholder(text_of(one)));
    if (name == "MndtId") set(read.mandate, without_placeholder(text_of(one)));
    if (name == "InstrId") set(read.instruction, without_placeholder(text_of(one)));
    if (name == "MsgId") set(read.message, without_placeholder(text_of(one)));
    if (name == "PmtInfId") set(read.payment_group, without_placeholder(text_of(one)));
    if (name == "AcctSvcrRef") set(read.bank, without_placeholder(text_of(one)));
    if (name == "UETR") read.unique = without_placeholder(text_of(one));
    if (name == "TxId") set(read.unique, without_placeholder(text_of(one)));
  }
  set(read.unique, identifier_at(child(details, "Refs"), {"ClrSysRef"}));
  const Element remittance = child(details, "RmtInf");
  for (Element one = remittance.first_child(); one && read.structured.empty(); one = one.next_sibling())
    if (is_named(one, "Strd")) read.structured = identifier_at(one, {"CdtrRefInf", "Ref"});
  read.creditor = creditor_identifier_of(details, !read.mandate.empty());
  return read;
}

// Amt since .03; before it only AmtDtls. What is in the line's currency goes first.
Element amount_element_of(const Children& details, const std::string& currency) {
  const Element by_kind = child(details, "AmtDtls");
  Element first;
  for (const Element one : {child(details, "Amt"), inner(by_kind, {"TxAmt", "Amt"}),
                            inner(by_kind, {"CntrValAmt", "Amt"}), inner(by_kind, {"InstdAmt", "Amt"})}) {
    if (!one) continue;
    if (currency == one.attribute("Ccy").value()) return one;
    if (!first) first = one;
  }
  return first;
}

void read_keys(const GermanKeys& keys, Detail& detail) {
  set(detail.references.end_to_end, keys.end_to_end);
  set(detail.references.mandate, keys.mandate);
  set(detail.references.creditor, keys.creditor);
  set(detail.references.instruction, keys.customer);
  set(detail.counterparty.account, keys.account);
  set(detail.counterparty.bank, keys.bank);
  set(detail.counterparty.ultimate_name, keys.ultimate);
}

// An IBAN in a text may be our own, told to whoever should pay it.
GermanKeys keys_of(std::string_view text, const CamtReading& reading) {
  GermanKeys keys = german_keys_in(text);
  if (keys.account == reading.account) keys.account.clear();
  return keys;
}

void read_one_charge(Element record, CamtReading& reading, std::vector<BankCharge>& into) {
  const Element written = child(record, {"Amt", "TtlChrgsAndTaxAmt"});
  if (!written) return;
  CamtAmount charge = amount_of(written, reading);
  if (is_zero(charge.amount)) return;
  if (charge.currency == reading.currency) charge.currency.clear();
  const std::string included = text_of(child(record, "ChrgInclInd"));
  into.push_back({signed_amount(charge.amount, -sign_of(record).value_or(-1)), std::move(charge.currency),
                  included != "false" && included != "0"});
}

}  // namespace

void read_charges(Element charges, CamtReading& reading, std::vector<BankCharge>& into) {
  bool has_records = false;
  for (Element one = charges.first_child(); one; one = one.next_sibling()) {
    if (!is_named(one, "Rcrd")) continue;
    has_records = true;
    read_one_charge(one, reading, into);
  }
  if (!has_records) read_one_charge(charges, reading, into);
}

std::string bank_code_of(Element code) {
  if (!code.first_child()) return {};
  const Element domain = child(code, "Domn");
  std::string text = text_of(child(domain, "Cd"));
  const Element family = child(domain, "Fmly");
  for (const std::string& part : {text_of(child(family, "Cd")), text_of(child(family, "SubFmlyCd"))})
    if (!part.empty()) text += (text.empty() ? "" : "-") + part;
  return text.empty() ? text_at(code, {"Prtry", "Cd"}) : text;
}

std::string bank_number_of(Element agent) {
  const Element institution = child(agent, "FinInstnId");
  std::string number = account_text(text_of(child(institution, {"BICFI", "BIC"})));
  if (number.empty()) number = account_text(text_of(child(institution, {"AnyBIC", "BICOrBEI"})));
  if (number.empty()) number = account_text(text_at(institution, {"ClrSysMmbId", "MmbId"}));
  if (number.empty()) number = account_text(text_at(institution, {"CmbndId", "BIC"}));
  return number;
}

std::string account_number_of(Element account) {
  const Element identifier = child(account, "Id");
  std::string number = account_text(text_of(child(identifier, "IBAN")));
  if (number.empty()) number = account_text(text_at(identifier, {"Othr", "Id"}));
  if (number.empty()) number = account_text(text_of(child(identifier, {"BBAN", "UPIC"})));
  if (number.empty()) number = account_text(text_at(identifier, {"PrtryAcct", "Id"}));
  return number;
}

Detail camt_detail_of(Element details, const CamtLineFacts& line, CamtReading& reading) {
  Detail detail;
  const Children within{details};
  const int sign = sign_of(within).value_or(line.sign);
  if (const Element written = amount_element_of(within, line.currency)) {
    CamtAmount amount = amount_of(written, reading);
    detail.amount = signed_amount(amount.amount, sign);
    if (amount.currency != reading.currency) detail.currency = std::move(amount.currency);
  }
  detail.counterparty = counterparty_of(within, sign, reading);
  detail.references = references_of(within);
  detail.return_code =
      without_placeholder(text_of(child(child(child(within, "RtrInf"), "Rsn"), {"Cd", "Prtry"})));
  for (const auto& [name, one] : within)
    if (name == "Chrgs") read_charges(one, reading, detail.charges);
  const GermanKeys keys = keys_of(remittance_text(child(within, "RmtInf")), reading);
  detail.text = keys.text;
  read_keys(keys, detail);
  const std::string more = without_placeholder(text_of(child(within, "AddtlTxInf")));
  add_text(detail.text, more);
  if (!more.empty()) read_keys(keys_of(more, reading), detail);
  if (line.is_alone && !line.text.empty()) read_keys(keys_of(line.text, reading), detail);
  return detail;
}

std::optional<Detail> detail_in_text(const CamtLineFacts& line, const CamtReading& reading) {
  const GermanKeys keys = keys_of(line.text, reading);
  Detail detail;
  read_keys(keys, detail);
  detail.text = keys.text;
  const References& read = detail.references;
  const bool is_empty = read.end_to_end.empty() && read.mandate.empty() && read.creditor.empty() &&
                        read.instruction.empty() && detail.counterparty.account.empty() &&
                        detail.counterparty.ultimate_name.empty() && keys.text == line.text;
  return is_empty ? std::nullopt : std::optional{std::move(detail)};
}

}  // namespace coop::statements
