#include "ledger/disbursements/credit_transfer_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <pugixml.hpp>
#include <set>

#include "ledger/disbursements/credit_transfer_rules.hpp"
#include "ledger/disbursements/disbursement.hpp"
#include "ledger/disbursements/transfer_return_reason.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/values/sepa_identifier.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::disbursements {
namespace {

const Iban own_account = Iban::parse("DE89370400440532013000");
const Iban other_account = Iban::parse("AT611904300234573201");
const Iban payee_account = Iban::parse("BE68539007547034");
const Iban swiss_account = Iban::parse("CH9300762011623852957");

CreditTransfer transfer_of(std::string id, std::int64_t cents) {
  return {.end_to_end_id = std::move(id),
          .amount_cents = cents,
          .on = Day::parse("2026-12-15"),
          .account = {own_account, {}},
          .creditor_name = "Paper & Ink",
          .creditor_iban = payee_account,
          .text = "Bill 2026-117"};
}

CreditTransferOrder order_of(std::vector<CreditTransfer> transfers) {
  return {"BCN-D1", instant_from_text("2026-11-21T15:00:00.5Z"), "Rivers Co-op", std::move(transfers)};
}

template <class Change>
std::string fault_after(Change&& change) {
  CreditTransferOrder order = order_of({transfer_of("A1", 100)});
  change(order);
  const TransferFault fault = credit_transfer_fault(order);
  if (fault.words.empty()) return "accepted";
  EXPECT_THROW(credit_transfer_file(order), Refused);
  return fault.words + " [" + fault.field + "]";
}

pugi::xml_document parsed(const CreditTransferFile& file) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(file.xml.c_str()));
  return document;
}

TEST(CreditTransferFile, IsWrittenAsBanksWantIt) {
  CreditTransfer second = transfer_of("A2", 2050);
  second.creditor_bic = Bic::parse("BPOTBEB1");
  second.creditor_address = TransferAddress{"Rue Haute", "12", "1000", "Bruxelles", "BE"};
  second.text.clear();
  second.reference = StructuredReference::parse("RF18539007547034");
  CreditTransfer third = transfer_of("A3", 1);
  third.text.clear();
  third.reference = StructuredReference::of(ReferenceKind::belgian, "101");
  const CreditTransferFile file = credit_transfer_file(order_of({transfer_of("A1", 1000), second, third}));
  EXPECT_EQ(file.transfers, 3);
  EXPECT_EQ(file.total_cents, 3051);
  EXPECT_EQ(file.rewritten.size(), 3u) << "an ampersand is none of the SEPA characters";
  std::ifstream expected{COOP_SOURCE_DIR "/tests/disbursements/credit_transfer.xml"};
  const std::string text{std::istreambuf_iterator<char>{expected}, {}};
  EXPECT_EQ(file.xml, text);
}

TEST(CreditTransferFile, HasABlockForEachDayAndAccount) {
  std::vector<CreditTransfer> transfers;
  for (int i = 0; i < 4; ++i) transfers.push_back(transfer_of("A" + std::to_string(i), 100 + i));
  transfers[1].on = Day::parse("2026-12-01");
  transfers[2].account.iban = other_account;
  const pugi::xml_document document = parsed(credit_transfer_file(order_of(transfers)));
  std::vector<std::string> blocks;
  for (const pugi::xml_node block : document.child("Document").child("CstmrCdtTrfInitn").children("PmtInf")) {
    std::string ids;
    for (const pugi::xml_node one : block.children("CdtTrfTxInf"))
      ids += std::string{" "} + one.child("PmtId").child_value("EndToEndId");
    blocks.push_back(std::string{block.child_value("PmtInfId")} + " " + block.child_value("NbOfTxs") + " " +
                     block.child_value("CtrlSum") + ids);
  }
  EXPECT_EQ(blocks,
            (std::vector<std::string>{"BCN-D1-1 1 1.01 A1", "BCN-D1-2 1 1.02 A2", "BCN-D1-3 2 2.03 A0 A3"}));
}

TEST(CreditTransferFile, TellsEveryTextThatTheBankSeesOtherwise) {
  CreditTransfer first = transfer_of("A1", 100);
  first.creditor_name = "Aimée Müller";
  first.creditor_address = TransferAddress{"Große Straße", "", "", "Zürich", "CH"};
  first.text = std::string(150, 'x');
  CreditTransferOrder order = order_of({first});
  order.debtor_name = "Flüsse eG";
  const CreditTransferFile file = credit_transfer_file(order);
  std::vector<std::string> seen;
  for (const RewrittenText& text : file.rewritten)
    seen.push_back(text.field + ": " + text.to.text.substr(0, 20) + (text.to.is_cut ? " cut" : ""));
  EXPECT_EQ(seen,
            (std::vector<std::string>{"name: Fluesse eG", "name: Aimee Mueller", "address: Grosse Strasse",
                                      "address: Zuerich", "text: xxxxxxxxxxxxxxxxxxxx cut"}));
}

TEST(CreditTransferFile, NamesTheFirstThingThatNoBankWouldAccept) {
  const auto one = [](auto change) {
    return [=](CreditTransferOrder& order) { change(order.transfers[0]); };
  };
  EXPECT_EQ(fault_after([](auto&) {}), "accepted");
  EXPECT_EQ(fault_after([](auto& o) { o.message_id = ""; }), "the file's id is empty []");
  EXPECT_EQ(fault_after([](auto& o) { o.debtor_name = " "; }),
            "the co-operative has no name [/account_holder]");
  EXPECT_EQ(fault_after([](auto& o) { o.transfers.clear(); }), "there is nothing to pay [/orders]");
  EXPECT_EQ(fault_after([](auto& o) { o.transfers.push_back(o.transfers[0]); }),
            "order 2 (A1): its id stands twice []");
  EXPECT_EQ(fault_after(one([](auto& t) { t.end_to_end_id = "A//1"; })),
            "order 1 (A//1): its id begins or ends with a stroke, or has two in a row []");
  for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{-5}, std::int64_t{100'000'000'000}})
    EXPECT_EQ(fault_after(one([=](auto& t) { t.amount_cents = amount; })),
              "order 1 (A1): its amount is not between EUR 0.01 and EUR 999999999.99 [/amount]");
  EXPECT_EQ(fault_after(one([](auto& t) { t.on = Day::parse("2026-11-20"); })),
            "order 1 (A1): it is to be paid on 2026-11-20, before the file is made [/requested_on]");
  EXPECT_EQ(fault_after(one([](auto& t) { t.on = Day::parse("2026-12-25"); })),
            "order 1 (A1): banks do not settle on 2026-12-25, but on 2026-12-28 [/requested_on]");
  EXPECT_EQ(fault_after(one([](auto& t) { t.creditor_name = ""; })),
            "order 1 (A1): its payee has no name [/name]");
  EXPECT_EQ(fault_after(one([](auto& t) { t.creditor_iban = swiss_account; })),
            "order 1 (A1): the payee's account needs its BIC: it is outside the EEA [/bic]");
  EXPECT_EQ(
      fault_after(one([](auto& t) { t.creditor_iban = Iban::parse("MU17BOMM0101101030300200000MUR"); })),
      "order 1 (A1): the account MU•• •••• •••• •••• •••• •••• ••0M UR is outside SEPA [/iban]");
  EXPECT_EQ(fault_after(one([](auto& t) { t.account.iban = swiss_account; })),
            "order 1 (A1): our account needs its BIC: it is outside the EEA [/bic]");
  EXPECT_EQ(fault_after(one([](auto& t) { t.account.iban = Iban::parse("MU17BOMM0101101030300200000MUR"); })),
            "order 1 (A1): our account MU•• •••• •••• •••• •••• •••• ••0M UR is outside SEPA "
            "[/bank_account]");
}

TEST(CreditTransferFile, WantsAddressesInPartsAndOneReference) {
  const auto one = [](auto change) {
    return [=](CreditTransferOrder& order) { change(order.transfers[0]); };
  };
  EXPECT_EQ(fault_after(one([](auto& t) { t.creditor_address = TransferAddress{"", "", "", " ", "BE"}; })),
            "order 1 (A1): its address has no town [/address/town]");
  for (const std::string country : {"", "B", "BEL", "be", "B1"})
    EXPECT_EQ(
        fault_after(one([=](auto& t) { t.creditor_address = TransferAddress{"", "", "", "Gent", country}; })),
        "order 1 (A1): its address has no country of two capital letters [/address/country]");
  EXPECT_EQ(fault_after(one([](auto& t) { t.reference = StructuredReference::parse("RF18539007547034"); })),
            "order 1 (A1): it has a reference or a text, not both [/reference]");
  EXPECT_EQ(fault_after(one([](auto& t) {
              t.text.clear();
              t.reference = StructuredReference::of(ReferenceKind::swiss, "101");
            })),
            "order 1 (A1): its reference is one of Switzerland, and the account is not there [/reference]");
}

TEST(CreditTransferFile, GivesEveryOrderAnIdThatBanksTakeAndNobodyCanRead) {
  std::set<std::string> ids;
  for (const char* node : {"bcn", "a-very-long-name-of-a-node-indeed", "x-----------------y"})
    for (int file = 1; file < 20; ++file)
      for (int order = 1; order < 20; ++order) {
        const std::string id = end_to_end_id_of(node, DisbursementNumber{file}, order);
        EXPECT_EQ(sepa_identifier_fault(id), "") << id;
        EXPECT_TRUE(ids.insert(id).second) << id;
      }
  EXPECT_EQ(message_id_of("bcn", DisbursementNumber{12}), "bcn-D12");
}

TEST(TransferReturnReasons, HaveWordsAndNoCodeTwice) {
  std::set<std::string_view> codes;
  for (const TransferReturnReason& reason : transfer_return_reasons()) {
    EXPECT_EQ(reason.code.size(), 4u);
    EXPECT_TRUE(codes.insert(reason.code).second) << reason.code;
    EXPECT_FALSE(reason.cause.empty() || reason.next_step.empty()) << reason.code;
    EXPECT_EQ(transfer_return_reason(reason.code).cause, reason.cause);
  }
  EXPECT_EQ(transfer_return_reason("ZZ99").code, "");
}

/// A random order that a bank would take.
rc::Gen<CreditTransferOrder> some_order() {
  return rc::gen::exec([] {
    std::vector<CreditTransfer> transfers;
    const int count = *rc::gen::inRange(1, 12);
    for (int i = 0; i < count; ++i) {
      CreditTransfer one =
          transfer_of("E" + std::to_string(i), *rc::gen::inRange<std::int64_t>(1, 100'000'000));
      one.on = one.on.plus_days(*rc::gen::inRange(0, 3));
      one.account.iban = *rc::gen::element(own_account, other_account);
      if (*rc::gen::arbitrary<bool>()) one.account.bic = Bic::parse("COBADEFF");
      one.creditor_name =
          *rc::gen::element<std::string>("Ana Ruiz", "Łukasz & <Co>", "王小明", "🌱", "\"O'Neill\"");
      if (*rc::gen::arbitrary<bool>()) {
        one.creditor_iban = swiss_account;
        one.creditor_bic = Bic::parse("POFICHBEXXX");
        one.creditor_address = TransferAddress{*rc::gen::element<std::string>("", "Hauptstraße"),
                                               *rc::gen::element<std::string>("", "1a"), "", "Zürich", "CH"};
      }
      one.text = *rc::gen::element<std::string>("", "Rechnung für März", std::string(300, 'y'));
      if (*rc::gen::arbitrary<bool>()) {
        one.text.clear();
        one.reference = *rc::gen::element(StructuredReference::parse("RF18539007547034"),
                                          StructuredReference::of(ReferenceKind::belgian, "4711"));
      }
      transfers.push_back(one);
    }
    return order_of(transfers);
  });
}

RC_GTEST_PROP(CreditTransferFile, AddsUpAndHoldsEveryTransferOnce, ()) {
  const CreditTransferOrder order = *some_order();
  const CreditTransferFile file = credit_transfer_file(order);
  const pugi::xml_document document = parsed(file);
  const pugi::xml_node message = document.child("Document").child("CstmrCdtTrfInitn");
  std::int64_t sum = 0;
  std::set<std::string> ids;
  std::set<std::string> blocks;
  for (const pugi::xml_node block : message.children("PmtInf")) {
    std::int64_t block_sum = 0;
    int count = 0;
    for (const pugi::xml_node one : block.children("CdtTrfTxInf")) {
      block_sum += minor_from_text(one.child("Amt").child_value("InstdAmt"), 2);
      RC_ASSERT(ids.insert(one.child("PmtId").child_value("EndToEndId")).second);
      ++count;
    }
    RC_ASSERT(minor_from_text(block.child_value("CtrlSum"), 2) == block_sum);
    RC_ASSERT(std::stoi(block.child_value("NbOfTxs")) == count);
    RC_ASSERT(blocks
                  .insert(std::string{block.child("ReqdExctnDt").child_value("Dt")} +
                          block.child("DbtrAcct").child("Id").child_value("IBAN"))
                  .second);
    sum += block_sum;
  }
  RC_ASSERT(ids.size() == order.transfers.size());
  RC_ASSERT(minor_from_text(message.child("GrpHdr").child_value("CtrlSum"), 2) == sum);
  RC_ASSERT(file.total_cents == sum);
  RC_ASSERT(std::all_of(file.xml.begin(), file.xml.end(), [](char c) { return c > 0; }));
  RC_ASSERT(credit_transfer_file(order).xml == file.xml);
}

std::filesystem::path schema() {
  const char* folder = std::getenv("COOP_ISO20022_SCHEMAS");
  const auto beside = std::filesystem::path{COOP_SOURCE_DIR} / "../shared/samples/xsd";
  return (folder != nullptr ? std::filesystem::path{folder} : beside) / "pain.001.001.09.xsd";
}

TEST(CreditTransferFile, IsValidByItsSchema) {
  if (!std::filesystem::exists(schema())) GTEST_SKIP() << "there is no schema at " << schema();
  if (!journals::find_program("xmllint")) GTEST_SKIP() << "xmllint is not installed";
  const test::TemporaryFolder folder;
  std::vector<std::string> arguments{"--noout", "--schema", schema().string()};
  EXPECT_TRUE(rc::check("every order can be written", [&] {
    const auto path = folder.path() / (std::to_string(arguments.size()) + ".xml");
    std::ofstream{path, std::ios::binary} << credit_transfer_file(*some_order()).xml;
    arguments.push_back(path.string());
  }));
  const journals::TemporaryFile output;
  const auto end = journals::run_program(*journals::find_program("xmllint"), arguments, output.path());
  EXPECT_EQ(end.status, 0) << end.complaint;
}

}  // namespace
}  // namespace coop::disbursements
