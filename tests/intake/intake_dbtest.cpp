// Members and past payments from a spreadsheet: doubts by line and column, nothing recorded by half, the same
// file once.
#include <fstream>

#include "ledger/intake/member_intake_service.hpp"
#include "ledger/intake/payment_intake_service.hpp"
#include "ledger/journals/native_service.hpp"
#include "ledger/journals/program.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::intake {
namespace {

class Intake : public test::DuesTest {
 protected:
  IntakeReport members(const std::string& table, Doubtful doubtful = Doubtful::stop) {
    return db().in_tx([&](Tx& tx) { return import_members(tx, here(tx), table, doubtful, author()); });
  }
  IntakeReport payments(const std::string& table, Doubtful doubtful = Doubtful::stop) {
    return db().in_tx(
        [&](Tx& tx) { return import_payments(tx, here(tx), table, "assets:bank:main", doubtful, author()); });
  }
  static books::Node here(Tx& tx) { return books::read_node(tx, "bcn"); }
  static std::string told(const IntakeReport& report) {
    std::string text = std::to_string(report.rows) + "/" + std::to_string(report.recorded) + "/" +
                       std::to_string(report.known);
    for (const IntakeDoubt& doubt : report.doubts)
      text += " " + std::to_string(doubt.line) + ":" + doubt.column;
    return text;
  }
  static constexpr const char* people =
      "number;name;email;country;class;from_on;left_on;tier;amount\n"
      "M0001;Maria Puig;maria@example.org;es;user;01.12.2025;;standard;25,00\n"
      "M0002;Jordi;;;user;2025-12-01;2025-12-31;;\n"
      "O1;Platform 6;;;;;;;\n";
};

TEST_F(Intake, RecordsMembersWithWhatTheyPay) {
  const IntakeReport report = members(people);
  EXPECT_EQ(told(report), "3/3/0");
  ASSERT_EQ(report.notes.size(), 1u);
  EXPECT_EQ(report.notes[0].taken, "read in capitals") << "no note repeats personal data";
  EXPECT_EQ(run("2025-12"), "1/0");
  EXPECT_EQ(stands("M0001", "2025-12-31"), "25.00/0.00");
  EXPECT_EQ(memberships_of("M0002").at(0).until_on, Day::parse("2025-12-31"));
  EXPECT_EQ(told(members(people)), "3/0/3") << "a second time nothing happens";
}

TEST_F(Intake, NamesEveryDoubtfulRowAndRecordsNothing) {
  const std::string table =
      "number,kind,name,email,iban,class,from_on,tier\n"
      "M0001,person,Maria,,,,,\n"
      ",person,Nobody,,,,,\n"
      "M0003,robot,Robot,,,,,\n"
      "M0004,person,Jordi,jordi,,,,\n"
      "M0005,person,Pau,,ES00,,,\n"
      "M0006,person,Ona,,,nobody,2026-01-01,\n"
      "M0007,person,Nil,,,user,31/12/2025,\n"
      "M0008,person,Eva,,,user,2026-01-01,gold\n"
      "m0001,person,Maria,,,,,\n"
      "M0010,person,a,b,c,d,e,f,g\n"
      "M0011,person,,x@example.org,,,,\n";
  EXPECT_EQ(told(members(table)),
            "11/0/0 3:number 4:kind 5:email 6:iban 7: 8:from_on 9:tier 10:number 11: 12:name");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM party"), "0");
  const IntakeReport skipped = members(table, Doubtful::skip);
  EXPECT_EQ(skipped.recorded, 1);
  EXPECT_TRUE(skipped.is_complete);
  EXPECT_EQ(superuser_value("SELECT string_agg(number, ',') FROM party"), "M0001");
  for (const IntakeDoubt& doubt : skipped.doubts)
    for (const char* personal : {"jordi", "ES00", "x@example.org"})
      EXPECT_EQ(doubt.text.find(personal), std::string::npos) << doubt.text << " repeats personal data";
}

TEST_F(Intake, RecordsPaymentsOnce) {
  members(people);
  run("2025-12");
  const std::string table =
      "received_on,member,reference,amount,note\n"
      "2025-12-10,M0001,,\"10,00\",in cash\n"
      "2025-12-10,M0001,,\"10,00\",in cash\n"
      "2025-12-11,,RF51M0001C1,5.00,\n";
  EXPECT_EQ(told(payments(table)), "3/0/0 4:reference") << "the check digits are wrong";
  EXPECT_EQ(stands("M0001", "2025-12-31"), "25.00/0.00") << "nothing is recorded";
  const std::string good =
      "received_on,member,reference,amount,note\n"
      "2025-12-10,M0001,,\"10,00\",in cash\n"
      "2025-12-10,M0001,,\"10,00\",in cash\n";
  EXPECT_EQ(told(payments(good)), "2/2/0");
  EXPECT_EQ(stands("M0001", "2025-12-31"), "5.00/0.00");
  EXPECT_EQ(told(payments(good)), "2/0/2");
  EXPECT_EQ(told(payments(good + "10.12.2025,m0001,,10.00,in cash\n")), "3/1/2")
      << "however it is written, a third one is another one";
  EXPECT_EQ(stands("M0001", "2025-12-31"), "0.00/5.00");
}

TEST_F(Intake, NamesDoubtfulPayments) {
  members(people);
  EXPECT_EQ(told(payments("member,amount,received_on,account,kind,unit\n"
                          "M9,5.00,2025-12-10,,,\n"
                          "M0001,0,2025-12-10,,,\n"
                          "M0001,1.234,2025-12-10,,,\n"
                          "M0001,5.00,,,,\n"
                          "M0001,5.00,2025-12-10,assets:nowhere,,\n"
                          "M0001,5.00,2025-12-10,,gift,\n"
                          "M0001,5.00,2025-12-10,,,ECO\n"
                          ",5.00,2025-12-10,,,\n",
                          Doubtful::skip)),
            "8/0/0 2:member 3:amount 4:amount 5:received_on 6:account 7:kind 8:unit 9:member");
}

TEST_F(Intake, ComesThroughTheCompleteExport) {
  members(people);
  const std::string table = "member,amount,received_on,unit\nM0001,10.00,2025-12-10,EUR\n";
  payments(table);
  std::string exported;
  journals::export_native(db(), "bcn", now, [&](std::string_view piece) { exported += piece; });
  const journals::TemporaryFile file;
  std::ofstream{file.path(), std::ios::binary} << exported;
  const test::FreshDatabase other;
  Database restored{DatabaseSettings{.address = other.address(), .role = "coopledger_service"}};
  ASSERT_TRUE(journals::restore_native(restored, file.path(), now).complete);
  restored.in_tx([&](Tx& tx) {
    EXPECT_EQ(told(import_members(tx, here(tx), people, Doubtful::stop, author())), "3/0/3");
    EXPECT_EQ(told(import_payments(tx, here(tx), table, "assets:bank:main", Doubtful::stop, author())),
              "1/0/1");
  });
}

TEST_F(Intake, IsKeptByTheSchemaItself) {
  members(people);
  payments("member,amount,received_on\nM0001,10.00,2025-12-10\n");
  EXPECT_EQ(state_of("UPDATE payment_row SET payment_number = 1"), "23001");
  EXPECT_EQ(state_of("INSERT INTO payment_row SELECT node_id, gen_random_uuid(), payment_number, now() FROM "
                     "payment_row"),
            "23505");
  EXPECT_FALSE(service_may("DELETE FROM payment_row"));
}

}  // namespace
}  // namespace coop::intake
