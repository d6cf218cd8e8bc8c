#include "ledger/statements/camt_detail.hpp"

#include <utility>

#include "ledger/statements/camt_text.hpp"
#include "ledger/statements/german_keys.hpp"
#include "ledger/statements/placeholder.hpp"

namespace coop::statements {

namespace {

void set(std::string& field, std::string&& value) {
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
  if (!party) return {};
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

void read_side(Element details, const SideNames& names, Counterparty& side) {
  const Element parties = child(details, "RltdPties");
  const Element party = child(parties, names.party);
  side.name = name_of(party);
  side.ultimate_name = name_of(child(parties, names.ultimate));
  side.account = account_number_of(child(parties, names.account));
  side.bank = bank_number_of(child(child(details, "RltdAgts"), names.agent));
  if (side.bank.empty()) side.bank = bank_number_of(child(party, "Agt"));
}

bool is_owner(const Counterparty& side, const CamtReading& reading) {
  if (!side.account.empty()) return side.account == reading.account;
  return !side.name.empty() && side.name == reading.owner;
}

bool is_unknown(const Counterparty& side) { return side.name.empty() && side.account.empty(); }

void read_counterparty(Element details, int sign, const CamtReading& reading, Counterparty& side) {
  // In what came back both sides are those of the payment that it takes back.
  const bool is_debtor = (sign > 0) != static_cast<bool>(child(details, "RtrInf"));
  read_side(details, is_debtor ? debtor : creditor, side);
  const bool is_doubtful = is_unknown(side) || is_owner(side, reading);
  if (!is_doubtful) return;
  Counterparty other;
  read_side(details, is_debtor ? creditor : debtor, other);
  const bool is_better = !is_unknown(other) && !is_owner(other, reading);
  if (is_better) side = std::move(other);
}

// The identifier of who collects stands with the creditor, as a person's or an organisation's, named SEPA.
std::string creditor_identifier_of(Element details, bool has_mandate) {
  const Element identifiers = child(person_of(child(child(details, "RltdPties"), "Cdtr")), "Id");
  if (!identifiers) return {};
  for (const std::string_view kind : {"PrvtId", "OrgId"}) {
    const Element among = child(identifiers, kind);
    for (const Element other : among) {
      if (other.name() != "Othr") continue;
      const Element scheme = child(other, "SchmeNm");
      const std::string scheme_name = text_of(child(scheme, {"Prtry", "Cd"}));
      const bool is_unnamed_person = scheme_name.empty() && has_mandate && kind == "PrvtId";
      if (scheme_name == "SEPA" || is_unnamed_person) return account_text(text_of(child(other, "Id")));
    }
  }
  return {};
}

void read_references(Element details, References& read) {
  for (const Element one : child(details, "Refs")) {
    const std::string_view name = one.name();
    if (name == "EndToEndId") set(read.end_to_end, without_placeholder(text_of(one)));
    if (name == "MndtId") set(read.mandate, without_placeholder(text_of(one)));
    if (name == "InstrId") set(read.instruction, without_placeholder(text_of(one)));
    if (name == "MsgId") set(read.message, without_placeholder(text_of(one)));
    if (name == "PmtInfId") set(read.payment_group, without_placeholder(text_of(one)));
    if (name == "AcctSvcrRef") set(read.bank, without_placeholder(text_of(one)));
    if (name == "UETR") read.unique = without_placeholder(text_of(one));
    if (name == "TxId") set(read.unique, without_placeholder(text_of(one)));
  }
  if (read.unique.empty()) read.unique = identifier_at(child(details, "Refs"), {"ClrSysRef"});
  for (const Element one : child(details, "RmtInf"))
    if (one.name() == "Strd" && read.structured.empty())
      read.structured = identifier_at(one, {"CdtrRefInf", "Ref"});
  read.creditor = creditor_identifier_of(details, !read.mandate.empty());
}

// Amt since .03; before it only AmtDtls. What is in the line's currency goes first.
Element amount_element_of(Element details, const std::string& currency) {
  const Element by_kind = child(details, "AmtDtls");
  Element first;
  for (const Element one : {child(details, "Amt"), inner(by_kind, {"TxAmt", "Amt"}),
                            inner(by_kind, {"CntrValAmt", "Amt"}), inner(by_kind, {"InstdAmt", "Amt"})}) {
    if (!one) continue;
    if (currency == one.attribute("Ccy")) return one;
    if (!first) first = one;
  }
  return first;
}

void read_keys(GermanKeys&& keys, Detail& detail) {
  set(detail.references.end_to_end, std::move(keys.end_to_end));
  set(detail.references.mandate, std::move(keys.mandate));
  set(detail.references.creditor, std::move(keys.creditor));
  set(detail.references.instruction, std::move(keys.customer));
  set(detail.counterparty.account, std::move(keys.account));
  set(detail.counterparty.bank, std::move(keys.bank));
  set(detail.counterparty.ultimate_name, std::move(keys.ultimate));
}

// An IBAN in a text may be our own, told to whoever should pay it.
GermanKeys keys_of(std::string text, const CamtReading& reading) {
  GermanKeys keys = german_keys_in(std::move(text));
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
  into.push_back({signed_amount(charge.amount, -sign_of(record, reading).value_or(-1)),
                  std::move(charge.currency), included != "false" && included != "0"});
}

}  // namespace

void read_charges(Element charges, CamtReading& reading, std::vector<BankCharge>& into) {
  bool has_records = false;
  for (const Element one : charges) {
    if (one.name() != "Rcrd") continue;
    has_records = true;
    read_one_charge(one, reading, into);
  }
  if (!has_records) read_one_charge(charges, reading, into);
}

std::string bank_code_of(Element code) {
  if (code.begin() == code.end()) return {};
  const Element domain = child(code, "Domn");
  std::string text = text_of(child(domain, "Cd"));
  const Element family = child(domain, "Fmly");
  for (const char* name : {"Cd", "SubFmlyCd"}) {
    const std::string part = text_of(child(family, name));
    if (!part.empty() && !text.empty()) text += '-';
    text += part;
  }
  return text.empty() ? text_at(code, {"Prtry", "Cd"}) : text;
}

std::string bank_number_of(Element agent) {
  const Element institution = child(agent, "FinInstnId");
  if (!institution) return {};
  std::string number = account_text(text_of(child(institution, {"BICFI", "BIC"})));
  if (number.empty()) number = account_text(text_of(child(institution, {"AnyBIC", "BICOrBEI"})));
  if (number.empty()) number = account_text(text_at(institution, {"ClrSysMmbId", "MmbId"}));
  if (number.empty()) number = account_text(text_at(institution, {"CmbndId", "BIC"}));
  return number;
}

std::string account_number_of(Element account) {
  const Element identifier = child(account, "Id");
  if (!identifier) return {};
  std::string number = account_text(text_of(child(identifier, "IBAN")));
  if (number.empty()) number = account_text(text_at(identifier, {"Othr", "Id"}));
  if (number.empty()) number = account_text(text_of(child(identifier, {"BBAN", "UPIC"})));
  if (number.empty()) number = account_text(text_at(identifier, {"PrtryAcct", "Id"}));
  return number;
}

void read_camt_detail(Element details, const CamtLineFacts& line, CamtReading& reading, Detail& detail) {
  const int sign = sign_of(details, reading).value_or(line.sign);
  if (const Element written = amount_element_of(details, line.currency)) {
    CamtAmount amount = amount_of(written, reading);
    detail.amount = signed_amount(std::move(amount.amount), sign);
    if (amount.currency != reading.currency) detail.currency = std::move(amount.currency);
  }
  read_counterparty(details, sign, reading, detail.counterparty);
  read_references(details, detail.references);
  detail.return_code =
      without_placeholder(text_of(child(child(child(details, "RtrInf"), "Rsn"), {"Cd", "Prtry"})));
  for (const Element one : details)
    if (one.name() == "Chrgs") read_charges(one, reading, detail.charges);
  GermanKeys keys = keys_of(remittance_text(child(details, "RmtInf")), reading);
  detail.text = std::move(keys.text);
  read_keys(std::move(keys), detail);
  const std::string more = without_placeholder(text_of(child(details, "AddtlTxInf")));
  add_text(detail.text, more);
  if (!more.empty()) read_keys(keys_of(more, reading), detail);
  if (line.is_alone && !line.text.empty()) read_keys(keys_of(line.text, reading), detail);
}

std::optional<Detail> detail_in_text(const CamtLineFacts& line, const CamtReading& reading) {
  GermanKeys keys = keys_of(line.text, reading);
  Detail detail;
  detail.text = std::move(keys.text);
  read_keys(std::move(keys), detail);
  const References& read = detail.references;
  const bool is_empty = read.end_to_end.empty() && read.mandate.empty() && read.creditor.empty() &&
                        read.instruction.empty() && detail.counterparty.account.empty() &&
                        detail.counterparty.ultimate_name.empty() && detail.text == line.text;
  return is_empty ? std::nullopt : std::optional{std::move(detail)};
}

}  // namespace coop::statements
