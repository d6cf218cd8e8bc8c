#include "ledger/reminders/mail.hpp"

#include <gtest/gtest.h>

namespace coop::reminders {
namespace {

Letter sample() {
  return {.to_name = "Aimée Müller",
          .to_address = "aimee@example.org",
          .reply_to = "treasurer@rivers.example",
          .from_title = "Rivers Co-op",
          .subject = "Your dues",
          .body = "Dear Aimée,\n20.00 EUR are open.\n",
          .name = "bcn-17"};
}

const Instant sent_at = instant_from_text("2026-03-01T12:00:00Z");

TEST(Mail, IsAWholeMessageOfPlainText) {
  EXPECT_EQ(mail_text(sample(), "books@rivers.example", sent_at),
            "Date: Sun, 01 Mar 2026 12:00:00 +0000\r\n"
            "From: Rivers Co-op <books@rivers.example>\r\n"
            "To: =?UTF-8?B?QWltw6llIE3DvGxsZXI=?=\r\n <aimee@example.org>\r\n"
            "Reply-To: <treasurer@rivers.example>\r\n"
            "Subject: Your dues\r\n"
            "Message-ID: <bcn-17@rivers.example>\r\n"
            "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            "RGVhciBBaW3DqWUsDQoyMC4wMCBFVVIgYXJlIG9wZW4uDQo=\r\n");
}

TEST(Mail, LetsNoNameOrSubjectEndItsLine) {
  Letter letter = sample();
  letter.to_name = "Maria\r\nBcc: all@example.org";
  letter.subject.assign(100, 'x').append("\r\nBcc: all@example.org é");
  letter.from_title = "\"Rivers\" <evil@example.org>, Co-op";
  const std::string mail = mail_text(letter, "books@rivers.example", sent_at);
  EXPECT_EQ(mail.find("\nBcc"), std::string::npos) << mail;
  EXPECT_EQ(mail.find("evil@"), std::string::npos) << mail;
  for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + 2) {
    end = mail.find("\r\n", at);
    EXPECT_LE(std::min(end, mail.size()) - at, 78u) << mail.substr(at, 100);
  }
}

TEST(MailAddress, IsOneThatCanStandInAHead) {
  for (const char* good : {"a@b", "maria.puig+dues@mail.example.org", "o'neil@example.org", "a@b-c.example"})
    EXPECT_TRUE(is_mail_address(good)) << good;
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "<a@b>", "a@b>", "a,b@c", ".a@b",
                          "a..b@c", "a@b.", "a@-b", "ä@b", "a@bücher.example", "a@b\r\n", "\"a\"@b"})
    EXPECT_FALSE(is_mail_address(bad)) << bad;
  std::string longest;
  longest.assign(250, 'a').append("@b.cd");
  EXPECT_FALSE(is_mail_address(longest));
}

}  // namespace
}  // namespace coop::reminders
