// Reminders and their outbox, and lists that come in, over HTTP and on the command line.
#include "tests/support/mail_server.hpp"
#include "tests/support/test_commands.hpp"

namespace coop::test {
namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

class RemindersApi : public CommandTest {
 protected:
  explicit RemindersApi(const std::function<void(api::Settings&)>& settings = {})
      : CommandTest{"", settings} {
    make("dues/tiers", R"({"code":"standard","title":"Standard","interval":"month","unit":"EUR"})");
    make("dues/tiers/standard/prices", R"({"from_on":"2026-01-01","suggested":"20.00"})");
    for (const char* number : {"M0001", "M0002"}) {
      make("members", R"({"kind":"person","number":")" + std::string{number} +
                          R"(","profile":{"name":"Maria Puig","email":"maria@example.org"}})");
      make("dues/charges", R"({"member":")" + std::string{number} +
                               R"(","amount":"20.00","unit":"EUR","on":"2026-01-05","why":"Keys"})");
    }
    make("dues/reminder-levels",
         R"({"level":1,"from_on":"2026-01-01","after_days":14,"texts":[{"language":"en",)"
         R"("subject":"Your dues","body":"Dear {name}, {amount} is open since {overdue_since}."}]})");
  }
  void switch_on() {
    EXPECT_EQ(send("PUT", at("dues/reminder-setting"), {.body = R"({"sends":true,"minimum":"5.00"})"}).status,
              200);
  }
  ApiAnswer table(const std::string& path, const std::string& rows) {
    return send("POST", at(path), {.body = rows, .headers = {{"Content-Type", "text/csv; charset=utf-8"}}});
  }
};

TEST_F(RemindersApi, AreProposedWrittenShownAndDropped) {
  make("members/M0002/pauses", R"({"from_on":"2026-01-01","reason":"pays in parts"})");
  const ApiAnswer dry = send("POST", at("dues/reminders?dry_run=true"));
  EXPECT_EQ(dry.text("reminders"), "1") << dry.body;
  EXPECT_EQ(dry.json().at("not_reminded").at("paused").as_int64(), 1);
  EXPECT_EQ(dry.json().at("left_out").at(0).at("because").as_string(), "paused");
  EXPECT_EQ(get(at("dues/messages")).json().at("items").as_array().size(), 0u) << "a dry run writes nothing";
  EXPECT_EQ(post(at("dues/reminders"), "").text("reminders"), "1");
  EXPECT_EQ(post(at("dues/reminders"), "").text("reminders"), "0");
  const ApiAnswer message = get(at("dues/messages/1"));
  EXPECT_EQ(message.text("state"), "waiting");
  EXPECT_EQ(message.text("owed"), "20.00");
  EXPECT_FALSE(holds(message.body, "Maria")) << "the log names nobody";
  EXPECT_EQ(get(at("dues/messages/1/letter")).body,
            "To: Maria Puig <maria@example.org>\nSubject: Your dues\n\n"
            "Dear Maria Puig, 20.00 EUR is open since 5 January 2026.");
  const std::string auditor = token_of_new_user("audrey", {access::Role::auditor});
  EXPECT_EQ(send("GET", at("dues/messages/1/letter"), {.token = auditor}).code(), "role_missing");
  EXPECT_EQ(send("GET", at("dues/messages/1"), {.token = auditor}).status, 200);
  EXPECT_EQ(post(at("dues/messages/1/dropping"), R"({"reason":"a mistake"})").text("state"), "dropped");
  EXPECT_EQ(post(at("dues/messages/1/dropping"), R"({"reason":"again"})").code(), "message_settled");
  EXPECT_EQ(get(at("dues/messages?state=dropped&member=M0001")).json().at("items").as_array().size(), 1u);
  EXPECT_EQ(get(at("dues/messages?state=sent")).json().at("items").as_array().size(), 0u);
  EXPECT_EQ(post(at("members/M0002/pauses/1/ending"), R"({"last_on":"2026-01-31","reason":"agreed"})").status,
            200);
  EXPECT_EQ(post(at("members/M0002/pauses/1/ending"), R"({"last_on":"2026-01-31","reason":"x"})").code(),
            "pause_unknown");
  EXPECT_EQ(get(at("members/M0002/pauses")).json().at("items").at(0).at("ended_because").as_string(),
            "agreed");
}

TEST_F(RemindersApi, LeaveOutWhosePaymentWaits) {
  const std::string reference = get(at("members/M0001")).text("reference");
  make("dues/noticed-payments",
       R"({"reference":")" + reference + R"(","amount":"20.00","unit":"EUR","noticed_on":"2026-01-20"})");
  EXPECT_EQ(send("POST", at("dues/reminders?dry_run=true"))
                .json()
                .at("not_reminded")
                .at("payment_waits")
                .as_int64(),
            1);
  make("dues/payments", R"({"payer":"M0001","amount":"20.00","unit":"EUR","received_on":"2026-01-20",)"
                        R"("account":"assets:bank"})");
  EXPECT_TRUE(
      post(at("dues/noticed-payments/1/settlement"), R"({"payment":1})").json().at("settled").as_bool());
  EXPECT_EQ(post(at("dues/noticed-payments/1/settlement"), R"({"payment":1})").code(), "payment_unknown");
  EXPECT_EQ(get(at("dues/noticed-payments?state=waiting")).json().at("items").as_array().size(), 0u);
  EXPECT_EQ(
      post(at("dues/noticed-payments"), R"({"amount":"5.00","unit":"EUR","noticed_on":"2026-01-20"})").code(),
      "field_missing");
}

class SentReminders : public RemindersApi {
 protected:
  explicit SentReminders(std::unique_ptr<MailServer> server = std::make_unique<MailServer>())
      : RemindersApi{[&](api::Settings& settings) {
          settings.message_delivery = "smtp";
          settings.message_from = "books@rivers.example";
          settings.smtp_url = server->url();
          settings.smtp_tls_required = false;
        }},
        mail{std::move(server)} {}
  std::unique_ptr<MailServer> mail;
};

TEST_F(SentReminders, LeaveByMailOnceTheNodeSwitchesThemOn) {
  EXPECT_EQ(post(at("dues/reminders"), "").text("reminders"), "2");
  switch_on();
  EXPECT_EQ(mail->wait().to, "maria@example.org");
  EXPECT_TRUE(holds(mail->wait().text, "Subject: Your dues"));
  for (int i = 0; i < 600 && get(at("dues/messages/2")).text("state") != "sent"; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  EXPECT_EQ(get(at("dues/messages/1")).text("state"), "sent");
  EXPECT_EQ(get(at("dues/messages/2")).text("state"), "sent");
  EXPECT_TRUE(holds(get(at("events?limit=500")).body, "message_ended"));
}

TEST_F(RemindersApi, AreThereOnTheCommandLineToo) {
  add_user("tom", {access::Role::bookkeeper}, command_password);
  const Ran dry = run_as("tom", {"dues", "remind", "bcn", "--dry-run"});
  EXPECT_TRUE(holds(dry.out, "M0001  20.00 EUR  since 2026-01-05  reminder of level 1"))
      << dry.out << dry.err;
  EXPECT_TRUE(holds(dry.out, "2 reminders would be written"));
  EXPECT_EQ(run({"dues", "remind", "bcn"}).code, 2) << "it asks who does it";
  EXPECT_TRUE(holds(run_as("tom", {"dues", "remind", "bcn"}).out, "2 reminders written"));
  EXPECT_TRUE(holds(run_as("tom", {"dues", "remind", "bcn"}).out, "none: sent_already"));
}

TEST_F(RemindersApi, ListsOfMembersComeIn) {
  const std::string good = "number;name;email\nM0007;Aimée;aimee@example.org\nM0001;Maria;\n";
  EXPECT_EQ(table("member-imports?dry_run=true", good).text("recorded"), "1");
  EXPECT_EQ(get(at("members/M0007")).code(), "party_unknown");
  const ApiAnswer bad = table("member-imports", good + ";Nobody;\n");
  EXPECT_FALSE(bad.json().at("complete").as_bool()) << bad.body;
  EXPECT_EQ(bad.json().at("doubts").at(0).at("line").as_int64(), 4);
  EXPECT_EQ(get(at("members/M0007")).code(), "party_unknown");
  EXPECT_EQ(table("member-imports?skip_doubtful=true", good + ";Nobody;\n").text("recorded"), "1");
  EXPECT_EQ(table("member-imports", good).text("known"), "2");
  EXPECT_EQ(table("member-imports", "colour\nred\n").code(), "import_unreadable");
  EXPECT_EQ(post(at("member-imports"), "{}").code(), "media_type_unsupported");
  EXPECT_EQ(table("member-imports", std::string((8u << 20) + 1, 'x')).code(), "too_large");
}

TEST_F(RemindersApi, ListsOfMembersLeaveNothingPersonalBehind) {
  const std::string rows =
      "number;name;email;country;language;class;from_on;kind\n"
      "M0007;Aimée;aimee@example.org;xk;wolof;;;\n"
      "M0008;Fulana;fulana@example.org;zz9;ca;;;\n"
      "M0009;Mengana;mengana@example.org;es;ca;mengana;2026-01-01;\n"
      "M0010;Zutana;;;;;;zutana\n"
      "M0011;Perengana;;pt;pt;;;\n";
  const ApiRequest sent{
      .body = rows, .key = "7f0d9c52-0c1b-4e7b-9a57-0d3c5d7a7e01", .headers = {{"Content-Type", "text/csv"}}};
  const ApiAnswer first = send("POST", at("member-imports?skip_doubtful=true"), sent);
  EXPECT_EQ(first.text("doubtful"), "4") << first.body;
  EXPECT_EQ(first.json().at("doubts").as_array().size(), 4u);
  for (const char* personal : {"wolof", "zz9", "aimee", "fulana@"})
    EXPECT_FALSE(holds(first.body, personal)) << first.body;
  const ApiAnswer again = send("POST", at("member-imports?skip_doubtful=true"), sent);
  EXPECT_EQ(again.text("doubtful"), "4") << again.body;
  EXPECT_EQ(again.json().at("doubts").as_array().size(), 0u) << "the counts alone are kept";
  EXPECT_EQ(post(at("members/M0011/erasure"), R"({"reason":"asked for it"})").status, 200);
  for (const char* personal : {"wolof", "zz9", "aim", "fulana", "mengana", "zutana", "Perengana", "read in"})
    EXPECT_EQ(superuser_value("SELECT count(*) FROM request_answer WHERE body ILIKE '%" +
                              std::string{personal} + "%'"),
              "0")
        << personal;
}

TEST_F(RemindersApi, ListsOfPaymentsComeIn) {
  const std::string rows = "member,amount,received_on\nM0001,\"5,00\",20.01.2026\n";
  EXPECT_FALSE(table("dues/payment-imports", rows).json().at("complete").as_bool()) << "there is no account";
  EXPECT_EQ(table("dues/payment-imports?account=assets:bank", rows).text("recorded"), "1");
  EXPECT_EQ(table("dues/payment-imports?account=assets:bank", rows).text("known"), "1");
  EXPECT_EQ(get(at("dues/payments/1")).text("amount"), "5.00");
  const std::string payments = file(rows + "M0002,7.00,2026-01-21\nM9,7.00,2026-01-21\n", "payments.csv");
  add_user("tom", {access::Role::bookkeeper}, command_password);
  const Ran stopped = run_as("tom", {"dues", "import", "bcn", payments, "--account", "assets:bank"});
  EXPECT_EQ(stopped.code, 1);
  EXPECT_TRUE(holds(stopped.out, "line 4, member: ")) << stopped.out << stopped.err;
  const Ran done =
      run_as("tom", {"dues", "import", "bcn", payments, "--account", "assets:bank", "--skip-doubtful"});
  EXPECT_EQ(get(at("entries?recorded_by=tom")).json().at("items").as_array().size(), 1u);
  EXPECT_TRUE(holds(done.out, "3 rows: 1 recorded, 1 on record before, 1 doubtful")) << done.out << done.err;
  const std::string members = file("number,name\nM0042,Ona\n", "members.csv");
  EXPECT_TRUE(
      holds(run_as("tom", {"member", "import", "bcn", members, "--dry-run"}).out, "1 would be recorded"));
  EXPECT_TRUE(holds(run_as("tom", {"member", "import", "bcn", members}).out, "1 recorded"));
  EXPECT_EQ(run_as("tom", {"member", "import", "bcn", members + ".none"}).code, 3);
}

}  // namespace
}  // namespace coop::test
