#include "tests/support/test_bank.hpp"

#include "ledger/values/markup.hpp"

namespace coop::test {

namespace {

std::string element(const std::string& name, const std::string& inside) {
  return inside.empty() ? "" : "<" + name + ">" + inside + "</" + name + ">";
}

std::string balance(const char* code, const std::string& amount, const std::string& currency) {
  if (amount.empty()) return "";
  const bool is_debit = amount.front() == '-';
  return "<Bal><Tp><CdOrPrtry><Cd>" + std::string{code} + "</Cd></CdOrPrtry></Tp><Amt Ccy=\"" + currency +
         "\">" + amount.substr(is_debit ? 1 : 0) + "</Amt><CdtDbtInd>" + (is_debit ? "DBIT" : "CRDT") +
         "</CdtDbtInd></Bal>";
}

std::string amount_element(const std::string& amount, const std::string& currency) {
  const bool is_debit = amount.front() == '-';
  return "<Amt Ccy=\"" + currency + "\">" + amount.substr(is_debit ? 1 : 0) + "</Amt><CdtDbtInd>" +
         (is_debit ? "DBIT" : "CRDT") + "</CdtDbtInd>";
}

// One payment; with its own amount where a line has several.
std::string payment(const StatementLine& line, const std::string& amount) {
  const std::string refs = element("MsgId", line.message) + element("EndToEndId", line.end_to_end) +
                           element("MndtId", line.mandate);
  const std::string who = line.amount.front() == '-' ? "Cdtr" : "Dbtr";
  const std::string parties = element(who, element("Pty", element("Nm", markup_escaped(line.name)))) +
                              element(who + "Acct", element("Id", element("IBAN", line.account)));
  const std::string remittance =
      element("Ustrd", markup_escaped(line.text)) +
      (line.reference.empty() ? ""
                              : "<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>" +
                                    line.reference + "</Ref></CdtrRefInf></Strd>");
  return "<TxDtls>" + element("Refs", refs) + amount + element("RltdPties", parties) +
         element("RmtInf", remittance) +
         (line.return_code.empty() ? "" : "<RtrInf><Rsn><Cd>" + line.return_code + "</Cd></Rsn></RtrInf>") +
         "</TxDtls>";
}

std::string details(const StatementLine& line, const std::string& currency) {
  std::string inside;
  for (const StatementLine& one : line.payments) inside += payment(one, amount_element(one.amount, currency));
  return element("NtryDtls", inside.empty() ? payment(line, "") : inside);
}

std::string charges(const StatementLine& line, const std::string& currency) {
  if (line.charges.empty()) return "";
  return "<Chrgs><Rcrd><Amt Ccy=\"" + currency + "\">" + line.charges +
         "</Amt><CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>";
}

std::string entry(const StatementLine& line, const std::string& currency) {
  return "<Ntry>" + amount_element(line.amount, currency) + "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>" +
         line.day + "</Dt></BookgDt><ValDt><Dt>" + line.day + "</Dt></ValDt>" +
         element("AcctSvcrRef", line.bank_id) + "<BkTxCd/>" + charges(line, currency) +
         details(line, currency) + "</Ntry>\n";
}

}  // namespace

std::string camt053(const std::vector<WrittenStatement>& statements) {
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<Document "
      "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId>"
      "<CreDtTm>2026-03-31T20:00:00</CreDtTm></GrpHdr>\n";
  for (const WrittenStatement& one : statements) {
    xml += "<Stmt><Id>S" + one.number + "</Id><ElctrncSeqNb>" + one.number +
           "</ElctrncSeqNb><Acct><Id><IBAN>" + one.iban + "</IBAN></Id><Ccy>" + one.currency +
           "</Ccy></Acct>" + balance("OPBD", one.opening, one.currency) +
           balance("CLBD", one.closing, one.currency) + "\n";
    for (const StatementLine& line : one.lines) xml += entry(line, one.currency);
    xml += "</Stmt>\n";
  }
  return xml + "</BkToCstmrStmt></Document>\n";
}

BankTest::BankTest() {
  open("assets:bank");
  account_ = db().in_tx([&](Tx& tx) {
                   return bank::open_bank_account(tx, node(),
                                                  {.path = "assets:bank",
                                                   .unit = units().at("EUR").id,
                                                   .identifier = "ES91 2100 0418 4502 0005 1332",
                                                   .title = "Current account"},
                                                  author());
                 })
                 .number;
}

bank::BankImport BankTest::bring(const std::string& bytes, std::optional<bank::BankAccountNumber> account) {
  const auto received = db().in_tx(
      [&](Tx& tx) { return bank::receive_file(tx, node(), {"statement.xml", bytes, account}, author()); });
  return bank::read_file(db(), node(), received.import.number, author());
}

std::int64_t BankTest::take_in(const bank::BankImport& import, bool although_it_contradicts) {
  return db().in_tx(
      [&](Tx& tx) { return bank::take_in(tx, node(), import.number, although_it_contradicts, author()); });
}

std::int64_t BankTest::take(const std::string& bytes) { return take_in(bring(bytes)); }

bank::ImportPreview BankTest::look_at(const bank::BankImport& import) {
  return db().in_tx([&](Tx& tx) { return bank::preview_import(tx, node(), import.number); });
}

std::vector<bank::BankLine> BankTest::lines(const bank::LineFilter& filter) {
  return db().in_tx([&](Tx& tx) { return bank::list_lines(tx, node(), filter); });
}

std::string BankTest::standing() {
  std::string all;
  for (const bank::BankLine& line : lines())
    if (line.state != bank::LineState::silent)
      all += line.booked_on.text() + " " + text_from_minor(line.amount_minor, 2) + " " +
             std::string{text_of(line.state)} + "; ";
  return all;
}

}  // namespace coop::test
