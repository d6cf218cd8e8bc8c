#include "ledger/collecting/direct_debit_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <pugixml.hpp>

#include "ledger/dues/creditor_reference.hpp"
#include "ledger/journals/program.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/temporary_folder.hpp"

namespace coop::collecting {
namespace {

using test::refusal_code;
using Sequence = CollectionSequence;

const Iban own_account = Iban::parse("DE89370400440532013000");
const Iban other_account = Iban::parse("AT611904300234573201");
const Iban member_account = Iban::parse("BE68539007547034");
const Iban swiss_account = Iban::parse("CH9300762011623852957");

DirectDebit collection_of(std::string id, std::int64_t cents) {
  return {.end_to_end_id = std::move(id),
          .amount_cents = cents,
          .due_on = Day::parse("2026-12-15"),
          .sequence = Sequence::recurring,
          .scheme = MandateScheme::core,
          .account = {own_account, {}},
          .mandate_id = "M0042-1",
          .signed_on = Day::parse("2026-01-10"),
          .debtor_name = "Ana Ruiz",
          .debtor_iban = member_account,
          .text = "Dues 2026-12, member M0042"};
}

DirectDebitOrder order_of(std::vector<DirectDebit> collections) {
  return {"BCN-2026-12", instant_from_text("2026-11-21T15:00:00.5Z"), "Rivers Co-op",
          CreditorIdentifier::parse("DE98ZZZ09999999999"), std::move(collections)};
}

template <class Change>
std::string detail_after(Change&& change) {
  DirectDebitOrder order = order_of({collection_of("A1", 100)});
  change(order);
  try {
    direct_debit_file(order);
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.refusal(), Refusal::direct_debit_impossible);
    return refused.detail();
  }
  return "accepted";
}

pugi::xml_document parsed(const DirectDebitFile& file) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(file.xml.c_str()));
  return document;
}

TEST(DirectDebitFile, IsWrittenAsBanksWantIt) {
  DirectDebit moved = collection_of("A2", 2050);
  moved.account_changed = true;
  moved.sequence = Sequence::first;
  moved.debtor_bic = Bic::parse("BPOTBEB1");
  moved.text.clear();
  moved.reference = dues::reference_of_member(ReferenceKind::creditor, "M0042");
  const DirectDebitFile file = direct_debit_file(order_of({collection_of("A1", 1000), moved}));
  EXPECT_EQ(file.collections, 2);
  EXPECT_EQ(file.total_cents, 3050);
  EXPECT_TRUE(file.rewritten.empty());
  std::ifstream expected{COOP_SOURCE_DIR "/tests/collecting/direct_debit.xml"};
  const std::string text{std::istreambuf_iterator<char>{expected}, {}};
  EXPECT_EQ(file.xml, text);
}

TEST(DirectDebitFile, HasABlockForEachDaySequenceSchemeAndAccount) {
  std::vector<DirectDebit> collections;
  for (int i = 0; i < 6; ++i) collections.push_back(collection_of("A" + std::to_string(i), 100 + i));
  collections[1].due_on = Day::parse("2026-12-01");
  collections[2].sequence = Sequence::first;
  collections[3].scheme = MandateScheme::b2b;
  collections[4].account.iban = other_account;
  const DirectDebitFile file = direct_debit_file(order_of(collections));
  const pugi::xml_document document = parsed(file);
  std::vector<std::string> blocks;
  for (const pugi::xml_node block :
       document.child("Document").child("CstmrDrctDbtInitn").children("PmtInf")) {
    std::string ids;
    for (const pugi::xml_node one : block.children("DrctDbtTxInf"))
      ids += std::string{" "} + one.child("PmtId").child_value("EndToEndId");
    blocks.push_back(std::string{block.child_value("PmtInfId")} + " " + block.child_value("NbOfTxs") + " " +
                     block.child_value("CtrlSum") + ids);
  }
  EXPECT_EQ(blocks, (std::vector<std::string>{"BCN-2026-12-1 1 1.01 A1", "BCN-2026-12-2 1 1.02 A2",
                                              "BCN-2026-12-3 1 1.04 A4", "BCN-2026-12-4 2 2.05 A0 A5",
                                              "BCN-2026-12-5 1 1.03 A3"}));
}

TEST(DirectDebitFile, KeepsEveryIdWithinThirtyFiveCharacters) {
  DirectDebitOrder order = order_of({collection_of("A1", 100)});
  order.message_id = std::string(35, 'X');
  const pugi::xml_document document = parsed(direct_debit_file(order));
  EXPECT_EQ(
      std::string{
          document.child("Document").child("CstmrDrctDbtInitn").child("PmtInf").child_value("PmtInfId")},
      std::string(33, 'X') + "-1");
}

TEST(DirectDebitFile, TellsEveryTextThatTheBankSeesOtherwise) {
  DirectDebit first = collection_of("A1", 100);
  first.debtor_name = "Aimée Müller";
  DirectDebit second = collection_of("A2", 100);
  second.debtor_name = "Юрий & sons";
  second.text = std::string(150, 'x');
  DirectDebitOrder order = order_of({first, second});
  order.creditor_name = "Flüsse eG";
  const DirectDebitFile file = direct_debit_file(order);
  ASSERT_EQ(file.rewritten.size(), 4u);
  EXPECT_EQ(file.rewritten[0].end_to_end_id, "");
  EXPECT_EQ(file.rewritten[0].to.text, "Fluesse eG");
  EXPECT_EQ(file.rewritten[1].from, "Aimée Müller");
  EXPECT_EQ(file.rewritten[1].to.text, "Aimee Mueller");
  EXPECT_EQ(file.rewritten[2].to.text, "Urij + sons");
  EXPECT_EQ(file.rewritten[3].field, "text");
  EXPECT_TRUE(file.rewritten[3].to.is_cut);
  EXPECT_NE(file.xml.find("<Nm>Urij + sons</Nm>"), std::string::npos);
}

TEST(DirectDebitFile, NamesTheFirstThingThatNoBankWouldAccept) {
  const auto one = [](auto change) { return [=](DirectDebitOrder& order) { change(order.collections[0]); }; };
  EXPECT_EQ(detail_after([](auto&) {}), "accepted");
  EXPECT_EQ(detail_after([](auto& o) { o.message_id = ""; }), "the file's id is empty");
  EXPECT_EQ(detail_after([](auto& o) { o.creditor_name = " "; }), "the creditor has no name");
  EXPECT_EQ(detail_after([](auto& o) { o.collections.clear(); }), "there is nothing to collect");
  EXPECT_EQ(detail_after([](auto& o) { o.collections.push_back(o.collections[0]); }),
            "collection A1: its id stands twice");
  EXPECT_EQ(detail_after(one([](auto& c) { c.end_to_end_id = "A//1"; })),
            "collection A//1: its id begins or ends with a stroke, or has two in a row");
  EXPECT_EQ(detail_after(one([](auto& c) { c.mandate_id = std::string(36, 'M'); })),
            "collection A1: its mandate's reference has more than 35 characters");
  for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{-5}, std::int64_t{100'000'000'000}})
    EXPECT_EQ(detail_after(one([=](auto& c) { c.amount_cents = amount; })),
              "collection A1: its amount is not between EUR 0.01 and EUR 999999999.99");
  EXPECT_EQ(detail_after(one([](auto& c) { c.due_on = Day::parse("2026-11-20"); })),
            "collection A1: it is due on 2026-11-20, before the file is made");
  EXPECT_EQ(detail_after(one([](auto& c) { c.due_on = Day::parse("2026-12-25"); })),
            "collection A1: banks do not settle on 2026-12-25, but on 2026-12-28");
  EXPECT_EQ(detail_after(one([](auto& c) { c.signed_on = Day::parse("2026-12-16"); })),
            "collection A1: its mandate is signed on 2026-12-16, after it is due");
  EXPECT_EQ(detail_after(one([](auto& c) { c.debtor_name = ""; })), "collection A1: its debtor has no name");
  EXPECT_EQ(detail_after(
                one([](auto& c) { c.reference = dues::reference_of_member(ReferenceKind::creditor, "M1"); })),
            "collection A1: it has a reference or a text, not both");
  EXPECT_EQ(detail_after(one([](auto& c) {
              c.text.clear();
              c.reference = dues::reference_of_member(ReferenceKind::belgian, "M1");
            })),
            "collection A1: its reference is no creditor reference (RF): write a national one into the text");
}

TEST(DirectDebitFile, AsksForWhatAccountsOutsideTheEeaNeed) {
  const auto abroad = [](auto change) {
    return detail_after([=](DirectDebitOrder& order) {
      order.collections[0].debtor_iban = swiss_account;
      change(order.collections[0]);
    });
  };
  EXPECT_EQ(abroad([](auto&) {}), "collection A1: the debtor's account needs its BIC: it is outside the EEA");
  const auto with_bic = [&](std::optional<DebtorAddress> address) {
    return abroad([=](DirectDebit& c) {
      c.debtor_bic = Bic::parse("POFICHBE");
      c.debtor_address = address;
    });
  };
  EXPECT_EQ(with_bic({}), "collection A1: the debtor needs an address: the account is outside the EEA");
  EXPECT_EQ(with_bic(DebtorAddress{"Zürich", "CH", {"Hauptstraße 1"}}), "accepted");
  EXPECT_EQ(with_bic(DebtorAddress{"", "CH", {}}), "collection A1: its address has no town");
  for (const std::string country : {"", "C", "CHE", "ch", "C1"})
    EXPECT_EQ(with_bic(DebtorAddress{"Bern", country, {}}),
              "collection A1: its address has no country of two capital letters");
  EXPECT_EQ(with_bic(DebtorAddress{"Bern", "CH", {"a", "b", "c"}}),
            "collection A1: its address has more than two lines");
  EXPECT_EQ(with_bic(DebtorAddress{"Bern", "CH", {" "}}), "collection A1: its address has an empty line");
  EXPECT_EQ(detail_after([](auto& o) { o.collections[0].account.iban = swiss_account; }),
            "collection A1: the account it is collected into needs its BIC: it is outside the EEA");
  EXPECT_EQ(detail_after([](auto& o) {
              o.collections[0].debtor_iban = Iban::parse("MU17BOMM0101101030300200000MUR");
            }),
            "collection A1: the account MU•• •••• •••• •••• •••• •••• ••0M UR is outside SEPA");
}

/// A random order that a bank would take.
rc::Gen<DirectDebitOrder> some_order() {
  return rc::gen::exec([] {
    std::vector<DirectDebit> collections;
    const int count = *rc::gen::inRange(1, 12);
    for (int i = 0; i < count; ++i) {
      DirectDebit one =
          collection_of("E" + std::to_string(i), *rc::gen::inRange<std::int64_t>(1, 100'000'000));
      one.due_on = one.due_on.plus_days(*rc::gen::inRange(0, 3));
      one.sequence =
          *rc::gen::element(Sequence::first, Sequence::recurring, Sequence::final, Sequence::one_off);
      one.scheme = *rc::gen::element(MandateScheme::core, MandateScheme::b2b);
      one.account.iban = *rc::gen::element(own_account, other_account);
      one.account_changed = *rc::gen::arbitrary<bool>();
      one.debtor_name =
          *rc::gen::element<std::string>("Ana Ruiz", "Łukasz & <Co>", "王小明", "🌱", "\"O'Neill\"");
      if (*rc::gen::arbitrary<bool>()) {
        one.debtor_iban = swiss_account;
        one.debtor_bic = Bic::parse("POFICHBEXXX");
        one.debtor_address = DebtorAddress{"Zürich", "CH", {"Hauptstraße 1", "3. Stock"}};
      }
      if (*rc::gen::arbitrary<bool>()) {
        one.text.clear();
        one.reference = dues::reference_of_charge(ReferenceKind::creditor, "M0042", ChargeNumber{i + 1});
      }
      collections.push_back(one);
    }
    return order_of(collections);
  });
}

RC_GTEST_PROP(DirectDebitFile, AddsUpAndHoldsEveryCollectionOnce, ()) {
  const DirectDebitOrder order = *some_order();
  const DirectDebitFile file = direct_debit_file(order);
  const pugi::xml_document document = parsed(file);
  const pugi::xml_node message = document.child("Document").child("CstmrDrctDbtInitn");
  std::int64_t sum = 0;
  std::set<std::string> ids;
  std::set<std::string> blocks;
  for (const pugi::xml_node block : message.children("PmtInf")) {
    std::int64_t block_sum = 0;
    int count = 0;
    for (const pugi::xml_node one : block.children("DrctDbtTxInf")) {
      block_sum += minor_from_text(one.child_value("InstdAmt"), 2);
      RC_ASSERT(ids.insert(one.child("PmtId").child_value("EndToEndId")).second);
      ++count;
    }
    RC_ASSERT(minor_from_text(block.child_value("CtrlSum"), 2) == block_sum);
    RC_ASSERT(std::stoi(block.child_value("NbOfTxs")) == count);
    const pugi::xml_node type = block.child("PmtTpInf");
    RC_ASSERT(blocks
                  .insert(std::string{block.child_value("ReqdColltnDt")} + type.child_value("SeqTp") +
                          type.child("LclInstrm").child_value("Cd") +
                          block.child("CdtrAcct").child("Id").child_value("IBAN"))
                  .second);
    sum += block_sum;
  }
  RC_ASSERT(ids.size() == order.collections.size());
  RC_ASSERT(minor_from_text(message.child("GrpHdr").child_value("CtrlSum"), 2) == sum);
  RC_ASSERT(file.total_cents == sum);
  RC_ASSERT(file.xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:"));
  RC_ASSERT(std::all_of(file.xml.begin(), file.xml.end(), [](char c) { return c > 0; }));
}

std::filesystem::path schema() {
  const char* folder = std::getenv("COOP_ISO20022_SCHEMAS");
  const auto beside = std::filesystem::path{COOP_SOURCE_DIR} / "../shared/samples/xsd";
  return (folder != nullptr ? std::filesystem::path{folder} : beside) / "pain.008.001.08.xsd";
}

TEST(DirectDebitFile, IsValidByItsSchema) {
  if (!std::filesystem::exists(schema())) GTEST_SKIP() << "there is no schema at " << schema();
  if (!journals::find_program("xmllint")) GTEST_SKIP() << "xmllint is not installed";
  const test::TemporaryFolder folder;
  std::vector<std::string> arguments{"--noout", "--schema", schema().string()};
  EXPECT_TRUE(rc::check("every order can be written", [&] {
    const auto path = folder.path() / (std::to_string(arguments.size()) + ".xml");
    std::ofstream{path, std::ios::binary} << direct_debit_file(*some_order()).xml;
    arguments.push_back(path.string());
  }));
  const journals::TemporaryFile output;
  const auto end = journals::run_program(*journals::find_program("xmllint"), arguments, output.path());
  EXPECT_EQ(end.status, 0) << end.complaint;
}

}  // namespace
}  // namespace coop::collecting
