#pragma once
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/refusal.hpp"
#include "tests/statements/statement_files.hpp"
#include "tests/support/source_folder.hpp"

namespace coop::statements::test {

/// The bytes of a file.
inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// Where real files of banks are, if they are on this machine: COOP_BANK_SAMPLES, else beside the repository.
inline std::filesystem::path bank_samples() {
  const char* told = std::getenv("COOP_BANK_SAMPLES");
  return told ? std::filesystem::path{told} : coop::test::source_folder() / "../shared/samples";
}

/// "statement_unreadable: line 3: …", or "accepted".
template <class Work>
std::string camt_refusal_of(Work&& work) {
  try {
    work();
  } catch (const Refused& refused) {
    return std::string{text_of(refused.refusal()).code} + ": " + refused.detail();
  }
  return "accepted";
}

/// What an own camt.053 says inside its one statement. Statements of tests stand on 5 March 2026.
inline std::string camt053_of(std::string_view inside, std::string_view version = "08") {
  return "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001." + std::string{version} +
         "\"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-03-05T10:00:00</CreDtTm></"
         "GrpHdr><Stmt><Id>S</Id>"
         "<CreDtTm>2026-03-05T10:00:00+01:00</CreDtTm><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id>"
         "<Ccy>EUR</Ccy><Ownr><Nm>Rivers Co-op</Nm></Ownr></Acct>" +
         std::string{inside} + "</Stmt></BkToCstmrStmt></Document>";
}

/// One booked line of 12.50 EUR that came in, with more inside it.
inline std::string entry_of(std::string_view inside) {
  return "<Ntry><Amt Ccy=\"EUR\">12.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
         "<BookgDt><Dt>2026-03-04</Dt></BookgDt>" +
         std::string{inside} + "</Ntry>";
}

/// The same with one payment in it.
inline std::string payment_of(std::string_view inside) {
  return entry_of("<NtryDtls><TxDtls>" + std::string{inside} + "</TxDtls></NtryDtls>");
}

}  // namespace coop::statements::test
