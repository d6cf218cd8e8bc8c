// Reminders from what is owed to the letter that leaves, and what the schema keeps of them.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "ledger/books/account_service.hpp"
#include "ledger/dues/creditor_reference.hpp"
#include "ledger/dues/payee_service.hpp"
#include "ledger/reminders/delivery_service.hpp"
#include "ledger/reminders/level_service.hpp"
#include "ledger/reminders/pause_service.hpp"
#include "ledger/reminders/reminder_service.hpp"
#include "tests/support/mail_server.hpp"
#include "tests/support/refusal_code.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_dues.hpp"

namespace coop::reminders {
namespace {

using test::refusal_code;

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string text_in(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream{file}.rdbuf();
  return text.str();
}

class Reminders : public test::DuesTest {
 protected:
  Reminders() {
    for (const char* number : {"M0001", "M0002"}) member(number, "2025-12-01");
    change_email("M0001", "maria@example.org");
    set_level(1, 7);
    set_level(2, 30);
    switch_on();
    run("2025-12");
  }
  void change_email(const std::string& number, const std::optional<std::string>& email) {
    db().in_tx([&](Tx& tx) {
      members::change_profile(tx, node(), number, {.name = {}, .email = {email}, .iban = {}}, author());
    });
  }
  void set_level(int level, int after_days, std::optional<ReminderFee> fee = {}) {
    db().in_tx([&](Tx& tx) {
      add_level(
          tx, node(),
          {.level = level,
           .number = 0,
           .from_on = Day::parse("2025-01-01"),
           .after_days = after_days,
           .fee = fee,
           .texts = {{"en", "Reminder {level}: {amount}", "Dear {name},\n{amount} since {overdue_since}."},
                     {"ca", "Recordatori", "Hola {name}"}}},
          author());
    });
  }
  void switch_on(std::int64_t minimum_minor = 0) {
    db().in_tx([&](Tx& tx) {
      set_reminder_setting(tx, node(), {true, minimum_minor, "treasurer@rivers.example", "en"}, author());
    });
  }
  books::Node here() {
    return db().in_tx([](Tx& tx) { return books::read_node(tx, "bcn"); });
  }
  static std::string told(const std::vector<ProposedReminder>& list) {
    std::string text;
    for (const ProposedReminder& one : list)
      text += one.member + ":" +
              (one.level ? std::to_string(*one.level) : std::string{text_of(*one.because_not)}) +
              (one.message ? "#" + std::to_string(*one.message) : "") + " ";
    return text;
  }
  std::string propose(std::string_view day) {
    return told(db().in_snapshot([&](Tx& tx) { return propose_reminders(tx, here_, Day::parse(day)); }));
  }
  std::string write(const std::string& day) {
    now = instant_from_text(day + "T10:00:00Z");
    return told(db().in_tx([&](Tx& tx) { return write_reminders(tx, here_, Day::parse(day), author()); }));
  }
  std::string state_of_message(std::int32_t number) {
    return db().in_tx([&](Tx& tx) {
      const Message message = read_message(tx, node(), number);
      return std::string{text_of(message.state)} + (message.reason.empty() ? "" : ": " + message.reason);
    });
  }
  // Sends what waits, at an instant of the day.
  int deliver(const DeliverySettings& settings, const std::string& day) {
    const Clock clock = [&] { return instant_from_text(day + "T12:00:00Z"); };
    int sent = 0;
    while (deliver_next(db(), settings, clock)) ++sent;
    return sent;
  }
  DeliverySettings files() {
    return {.way = DeliveryWay::files, .folder = folder_.path(), .from = "books@rivers.example"};
  }
  test::TemporaryFolder folder_;
  books::Node here_ = here();
};

TEST_F(Reminders, AreWrittenOnceAndLeaveAsFiles) {
  EXPECT_EQ(propose("2025-12-05"), "M0001:not_yet M0002:not_yet ");
  EXPECT_EQ(propose("2025-12-08"), "M0001:1 M0002:1 ");
  EXPECT_EQ(write("2025-12-08"), "M0001:1#1 M0002:1#2 ");
  EXPECT_EQ(write("2025-12-08"), "M0001:sent_already M0002:sent_already ");
  EXPECT_EQ(deliver({}, "2025-12-08"), 0) << "no way is set up";
  EXPECT_EQ(state_of_message(1), "waiting");
  EXPECT_EQ(deliver(files(), "2025-12-08"), 2);
  EXPECT_EQ(state_of_message(1), "sent: bcn-1.eml");
  const std::string mail = text_in(folder_.path() / "bcn-1.eml");
  EXPECT_TRUE(holds(mail, "To: Person M0001 <maria@example.org>")) << mail;
  EXPECT_TRUE(holds(mail, "Subject: Reminder 1: 20.00 EUR")) << mail;
  const std::string letter = text_in(folder_.path() / "bcn-2.txt");
  EXPECT_TRUE(holds(letter, "20.00 EUR since 1 December 2025.")) << letter << "without address it is printed";
  EXPECT_EQ(write("2026-01-02"), "M0001:2#3 M0002:2#4 ");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM message_delivery"), "2");
}

TEST_F(Reminders, DoNotLeaveUnlessTheNodeSwitchedThemOn) {
  db().in_tx([&](Tx& tx) { set_reminder_setting(tx, node(), {}, author()); });
  write("2025-12-08");
  EXPECT_EQ(deliver(files(), "2025-12-08"), 0);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(Reminders, AreDroppedWhenTheReasonIsGone) {
  write("2025-12-08");
  pay("M0001", "20.00", "2025-12-09");
  db().in_tx([&](Tx& tx) {
    begin_pause(tx, node(), "M0002", {0, Day::parse("2025-12-01"), {}, "talking about it", now}, author());
  });
  EXPECT_EQ(deliver(files(), "2025-12-10"), 2);
  EXPECT_EQ(state_of_message(1), "dropped: it was paid meanwhile");
  EXPECT_EQ(state_of_message(2), "dropped: reminders are paused");
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
  EXPECT_EQ(propose("2025-12-10"), "M0002:paused ");
  db().in_tx([&](Tx& tx) {
    end_pause(tx, node(), "M0002", 1, Day::parse("2025-12-10"), "agreed", author());
    EXPECT_EQ(
        refusal_code([&] { end_pause(tx, node(), "M0002", 1, Day::parse("2025-12-10"), "x", author()); }),
        "pause_unknown");
  });
  EXPECT_EQ(propose("2025-12-10"), "M0002:paused ");
  EXPECT_EQ(propose("2025-12-11"), "M0002:1 ");
}

TEST_F(Reminders, WaitWhileAPaymentWaitsToBeMatched) {
  const auto noticed = db().in_tx([&](Tx& tx) {
    return notice_payment(
        tx, node(),
        {{},
         dues::reference_of_charge(ReferenceKind::creditor, "M0001", charges_of("M0001").front().number),
         money("0").unit(),
         1'000,
         Day::parse("2025-12-08")},
        author());
  });
  EXPECT_EQ(noticed.payer_number, "M0001");
  EXPECT_EQ(write("2025-12-09"), "M0001:payment_waits M0002:1#1 ");
  const dues::Payment payment = pay("M0001", "10.00", "2025-12-08");
  db().in_tx([&](Tx& tx) { settle_noticed(tx, node(), 1, payment.number, "", author()); });
  EXPECT_EQ(propose("2025-12-09"), "M0001:1 M0002:sent_already ");
  const auto settle = [&](int number, std::optional<PaymentNumber> as, const std::string& reason) {
    return refusal_code(
        [&] { db().in_tx([&](Tx& tx) { settle_noticed(tx, node(), number, as, reason, author()); }); });
  };
  EXPECT_EQ(settle(1, {}, "again"), "payment_unknown");
  EXPECT_EQ(settle(9, {}, "no such"), "payment_unknown");
}

TEST_F(Reminders, LeadAPaymentToNobodyByAGuess) {
  member("X7", "2025-12-01");
  member("X07", "2025-12-01");
  member("Y7", "2025-12-01");
  const auto notice = [&](const std::optional<std::string>& number) {
    return refusal_code([&] {
      db().in_tx([&](Tx& tx) {
        notice_payment(tx, node(),
                       {number, dues::maybe_reference_of_member(ReferenceKind::belgian, "X7"),
                        money("0").unit(), 500, Day::parse("2025-12-08")},
                       author());
      });
    });
  };
  EXPECT_EQ(notice({}), "party_unknown") << "the reference knows the digits alone: it is of three members";
  EXPECT_EQ(notice("X7"), "accepted");
}

TEST_F(Reminders, ChargeAFeeOnlyWhereItIsSwitchedOnAndTakeItBackWithTheMessage) {
  set_level(1, 7, ReminderFee{money("0").unit(), 250, false});
  write("2025-12-08");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM charge WHERE kind = 'other'"), "0");
  deliver(files(), "2025-12-08");
  set_level(2, 30, ReminderFee{money("0").unit(), 250, true});
  write("2026-01-02");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM charge WHERE kind = 'other'"), "2");
  EXPECT_EQ(stands("M0001", "2026-01-02"), "22.50/0.00");
  db().in_tx([&](Tx& tx) { drop_message(tx, node(), 3, "a mistake", author()); });
  EXPECT_EQ(stands("M0001", "2026-01-02"), "20.00/0.00");
  EXPECT_EQ(
      refusal_code([&] { db().in_tx([&](Tx& tx) { drop_message(tx, node(), 3, "again", author()); }); }),
      "message_settled");
  EXPECT_EQ(refusal_code([&] { db().in_tx([&](Tx& tx) { drop_message(tx, node(), 9, "x", author()); }); }),
            "message_unknown");
  EXPECT_EQ(propose("2026-01-02"), "M0001:2 M0002:sent_already ") << "a dropped one was not sent";
}

TEST_F(Reminders, GoOnWhereTheBooksRefuseToTakeAFeeBack) {
  set_level(1, 7, ReminderFee{money("0").unit(), 250, true});
  write("2025-12-08");
  db().in_tx([&](Tx& tx) {
    begin_pause(tx, node(), "M0001", {0, Day::parse("2025-12-01"), {}, "talking about it", now}, author());
    books::change_account(tx, node(), "income:dues", {}, {.limits = books::Limits{{}, -4'500}}, author());
  });
  EXPECT_EQ(deliver(files(), "2025-12-09"), 2);
  EXPECT_EQ(state_of_message(2), "sent: bcn-2.txt") << "the first one does not hold up the second";
  EXPECT_EQ(state_of_message(1), "waiting");
  EXPECT_EQ(superuser_value("SELECT failures || ' ' || last_outcome FROM message_delivery"),
            "1 the books refused it: limit_exceeded");
  EXPECT_EQ(deliver(files(), "2025-12-09"), 0) << "not before its time";
  superuser_value("UPDATE message_delivery SET failures = 15 RETURNING 1");
  EXPECT_EQ(deliver(files(), "2025-12-10"), 1);
  EXPECT_EQ(state_of_message(1), "failed: the books refused it: limit_exceeded");
  EXPECT_EQ(stands("M0001", "2025-12-10"), "22.50/0.00") << "the fee stands";
}

TEST_F(Reminders, LeaveOthersAloneWhileOneIsBeingDropped) {
  write("2025-12-08");
  const Clock clock = [] { return instant_from_text("2025-12-08T12:00:00Z"); };
  db().in_tx(
      [&](Tx& tx) { ASSERT_TRUE(lease_due_message(tx, clock(), clock() + std::chrono::seconds{120})); });
  db().in_tx([&](Tx& tx) { drop_message(tx, node(), 1, "a mistake", author()); });
  EXPECT_EQ(state_of_message(1), "dropped: a mistake") << "what is leased can be dropped";
  EXPECT_EQ(deliver(files(), "2025-12-08"), 1);
  EXPECT_EQ(state_of_message(2), "sent: bcn-2.txt");
}

TEST_F(Reminders, AskForWhatIsOpenWhenTheyLeave) {
  run("2026-01");
  write("2026-01-20");
  pay("M0002", "25.00", "2026-01-21");
  EXPECT_EQ(deliver(files(), "2026-01-22"), 2);
  const std::string letter = text_in(folder_.path() / "bcn-2.txt");
  EXPECT_TRUE(holds(letter, "15.00 EUR since 1 January 2026."))
      << letter << "40.00 EUR were open when written";
  EXPECT_EQ(db().in_tx([&](Tx& tx) { return read_message(tx, node(), 2).owed_minor; }), 4'000)
      << "the log says what was open then";
}

TEST_F(Reminders, WriteNoNextLevelWhileOneWaits) {
  set_level(2, 30, ReminderFee{money("0").unit(), 250, true});
  write("2025-12-08");
  EXPECT_EQ(write("2026-01-20"), "M0001:sent_already M0002:sent_already ") << "the first one never left";
  EXPECT_EQ(superuser_value("SELECT count(*) FROM charge WHERE kind = 'other'"), "0");
  deliver(files(), "2026-01-20");
  EXPECT_EQ(propose("2026-01-20"), "M0001:2 M0002:2 ");
}

TEST_F(Reminders, NameNobodyWhoWasErased) {
  write("2025-12-08");
  db().in_tx([&](Tx& tx) { members::erase_party(tx, node(), "M0001", "asked for it", author()); });
  EXPECT_EQ(refusal_code([&] {
              db().in_tx([&](Tx& tx) {
                const Message message = read_message(tx, node(), 1);
                const Day day = Day::parse("2025-12-09");
                letter_of(tx, here_, message, standing_of(tx, node(), message, day), day);
              });
            }),
            "party_erased");
  EXPECT_EQ(deliver(files(), "2025-12-09"), 2);
  EXPECT_EQ(state_of_message(1), "dropped: the member was erased");
  EXPECT_EQ(superuser_value("SELECT count(*) FROM message m WHERE m::text LIKE '%maria%'"), "0");
}

TEST_F(Reminders, GoToTheMailServerAgainUntilItTakesThem) {
  test::MailServer server;
  const DeliverySettings smtp{.way = DeliveryWay::smtp,
                              .from = "books@rivers.example",
                              .smtp_url = server.url(),
                              .tls_required = false};
  write("2025-12-08");
  server.answer_recipients_with(450);
  deliver(smtp, "2025-12-08");
  EXPECT_EQ(state_of_message(1), "waiting");
  EXPECT_EQ(superuser_value("SELECT last_outcome FROM message_delivery"), "the mail server answered 450");
  EXPECT_EQ(state_of_message(2), "failed: the member has no e-mail address that mail can be sent to");
  server.answer_recipients_with(250);
  EXPECT_EQ(deliver(smtp, "2025-12-08"), 0) << "not before its time";
  EXPECT_EQ(deliver(smtp, "2025-12-09"), 1);
  const auto mail = server.wait();
  EXPECT_EQ(mail.from, "books@rivers.example");
  EXPECT_EQ(mail.to, "maria@example.org");
  EXPECT_TRUE(holds(mail.text, "Reply-To: <treasurer@rivers.example>")) << mail.text;
  EXPECT_EQ(state_of_message(1), "sent: the mail server took it");
}

TEST_F(Reminders, AreGivenUpWhereTheMailServerRefusesForGood) {
  test::MailServer server;
  DeliverySettings smtp{.way = DeliveryWay::smtp, .from = "books@rivers.example", .smtp_url = server.url()};
  write("2025-12-08");
  deliver(smtp, "2025-12-08");
  EXPECT_EQ(state_of_message(1), "waiting") << "this server does not encrypt, and that is asked for";
  EXPECT_EQ(server.recipients_asked(), 0);
  smtp.tls_required = false;
  server.answer_recipients_with(550);
  deliver(smtp, "2025-12-09");
  EXPECT_EQ(state_of_message(1), "failed: the mail server answered 550");
}

TEST_F(Reminders, AreKeptByTheSchemaItself) {
  write("2025-12-08");
  EXPECT_EQ(state_of("UPDATE message SET owed_minor = 1"), "23001");
  EXPECT_EQ(state_of("DELETE FROM message_charge"), "23001");
  EXPECT_EQ(state_of("DELETE FROM reminder_level"), "23001");
  EXPECT_EQ(state_of("UPDATE reminder_text SET body = 'x'"), "23001");
  const std::string id = std::to_string(node().number());
  EXPECT_EQ(state_of("INSERT INTO message_end VALUES (" + id + ", 1, 'dropped', NULL, now(), NULL)"),
            "23514");
  EXPECT_EQ(state_of("INSERT INTO message_end VALUES (" + id + ", 1, 'lost', 'x', now(), NULL)"), "23514");
  EXPECT_EQ(state_of("INSERT INTO message_end VALUES (" + id + ", 9, 'sent', NULL, now(), NULL)"), "23503");
  EXPECT_EQ(state_of("INSERT INTO message VALUES (" + id +
                     ", 9, 1, (SELECT id FROM unit WHERE code = 'EUR'), 1, 1, '2026-01-01', 5, NULL, now(), "
                     "NULL); SET CONSTRAINTS ALL IMMEDIATE"),
            "23000")
      << "it is about nothing";
  EXPECT_EQ(state_of("INSERT INTO reminder_pause VALUES (" + id +
                     ", 1, 1, '2026-02-01', '2026-01-01', 'x', "
                     "now(), NULL)"),
            "23514");
  EXPECT_EQ(state_of("INSERT INTO noticed_payment VALUES (" + id +
                     ", 1, 1, (SELECT id FROM unit WHERE code = 'EUR'), 0, '2026-01-01', NULL, now(), "
                     "NULL)"),
            "23514");
  for (const char* table : {"message", "message_charge", "message_end", "reminder_level", "reminder_text",
                            "reminder_pause", "reminder_pause_end", "noticed_payment", "noticed_payment_end"})
    EXPECT_FALSE(service_may("DELETE FROM " + std::string{table})) << table;
}

}  // namespace
}  // namespace coop::reminders
