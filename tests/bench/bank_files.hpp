#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/dues/creditor_reference.hpp"
#include "ledger/values/money.hpp"

namespace coop::bench {

/// A line of a statement that is made for measuring.
struct MadeLine {
  std::int64_t minor;
  std::string name;
  std::string reference;  ///< a creditor reference, or empty
  std::string words;
};

/// What member X<n> of add_many_members() owes for a month: 20.00, a quarter less for every fiftieth; every
/// hundredth is paid for by the one before.
inline std::int64_t month_minor(int member) {
  const auto own = [](int one) { return one % 50 == 0 ? 15'00 : 20'00; };
  if (member % 100 == 0) return 0;
  return own(member) + (member % 100 == 99 ? own(member + 1) : 0);
}

/// So many lines; every fifth is a member's dues with the member's reference, the first to the last, the
/// others are what else a bank account sees.
inline std::vector<MadeLine> made_lines(int lines, int members) {
  std::vector<MadeLine> all;
  for (int i = 0; i < lines; ++i) {
    const int member = i / 5 + 1;
    const std::string name = std::to_string(i % 997);
    if (i % 5 != 0 || member > members || month_minor(member) == 0) {
      all.push_back({i % 2 == 0 ? 1'000 + i % 7'919 : -(1'000 + i % 7'907), "Somebody " + name, "",
                     "Order " + std::to_string(i) + " of customer " + name});
      continue;
    }
    const std::string number = "X" + std::to_string(member);
    all.push_back({month_minor(member), "Member " + std::to_string(member),
                   dues::reference_of_member(ReferenceKind::creditor, number).text(), ""});
  }
  return all;
}

/// The lines' sum.
inline std::int64_t sum_of(const std::vector<MadeLine>& lines) {
  std::int64_t sum = 0;
  for (const MadeLine& line : lines) sum += line.minor;
  return sum;
}

/// One statement of one day as camt.053.001.08, with ids of the bank.
inline std::string camt053_of(const std::vector<MadeLine>& lines, std::int64_t opening_minor, int number,
                              const std::string& day) {
  const auto amount = [](std::int64_t minor) {
    return "<Amt Ccy=\"EUR\">" + text_from_minor(minor < 0 ? -minor : minor, 2) + "</Amt><CdtDbtInd>" +
           (minor < 0 ? "DBIT" : "CRDT") + "</CdtDbtInd>";
  };
  const auto balance = [&](const char* code, std::int64_t minor) {
    return std::string{"<Bal><Tp><CdOrPrtry><Cd>"} + code + "</Cd></CdOrPrtry></Tp>" + amount(minor) +
           "<Dt><Dt>" + day + "</Dt></Dt></Bal>\n";
  };
  const std::string name = std::to_string(number);
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document "
      "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><GrpHdr><MsgId>M" +
      name + "</MsgId><CreDtTm>" + day + "T20:00:00</CreDtTm></GrpHdr>\n<Stmt><Id>S" + name +
      "</Id><ElctrncSeqNb>" + name +
      "</ElctrncSeqNb><Acct><Id><IBAN>ES9121000418450200051332</IBAN></Id><Ccy>EUR</Ccy></Acct>" +
      balance("OPBD", opening_minor) + balance("CLBD", opening_minor + sum_of(lines));
  int place = 0;
  for (const MadeLine& line : lines) {
    const std::string who = line.minor < 0 ? "Cdtr" : "Dbtr";
    xml += "<Ntry>" + amount(line.minor) + "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>" + day +
           "</Dt></BookgDt><ValDt><Dt>" + day + "</Dt></ValDt><AcctSvcrRef>" + name + "-" +
           std::to_string(++place) +
           "</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly>"
           "</Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><" +
           who + "><Pty><Nm>" + line.name + "</Nm></Pty></" + who + "></RltdPties><RmtInf>";
    if (line.reference.empty()) xml += "<Ustrd>" + line.words + "</Ustrd>";
    else
      xml += "<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>" + line.reference +
             "</Ref></CdtrRefInf></Strd>";
    xml += "</RmtInf></TxDtls></NtryDtls></Ntry>\n";
  }
  return xml + "</Stmt></BkToCstmrStmt></Document>\n";
}

/// The same as MT940. `day`: "260331".
inline std::string mt940_of(const std::vector<MadeLine>& lines, std::int64_t opening_minor, int number,
                            const std::string& day) {
  const auto balance = [&](const char* tag, std::int64_t minor) {
    std::string text = text_from_minor(minor < 0 ? -minor : minor, 2);
    text[text.find('.')] = ',';
    return std::string{tag} + (minor < 0 ? "D" : "C") + day + "EUR" + text + "\r\n";
  };
  std::string text = ":20:STARTUMS\r\n:25:ES9121000418450200051332\r\n:28C:" + std::to_string(number) +
                     "/1\r\n" + balance(":60F:", opening_minor);
  int place = 0;
  for (const MadeLine& line : lines) {
    std::string amount = text_from_minor(line.minor < 0 ? -line.minor : line.minor, 2);
    amount[amount.find('.')] = ',';
    text += ":61:" + day + day.substr(2) + (line.minor < 0 ? "D" : "C") + amount + "NTRFNONREF//" +
            std::to_string(number) + "-" + std::to_string(++place) + "\r\n:86:166?00CREDIT TRANSFER?20" +
            (line.reference.empty() ? line.words.substr(0, 27) : line.reference) + "?32" + line.name + "\r\n";
  }
  return text + balance(":62F:", opening_minor + sum_of(lines)) + "-\r\n";
}

}  // namespace coop::bench
