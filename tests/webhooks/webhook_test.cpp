#include "ledger/webhooks/webhook.hpp"

#include <arpa/inet.h>

#include <fstream>
#include <set>
#include <sstream>

namespace coop::webhooks {
namespace {

bool is_public(const char* text) {
  unsigned char bytes[16];
  if (::inet_pton(AF_INET, text, bytes) == 1) return is_public_address({reinterpret_cast<char*>(bytes), 4});
  EXPECT_EQ(::inet_pton(AF_INET6, text, bytes), 1) << text;
  return is_public_address({reinterpret_cast<char*>(bytes), 16});
}

TEST(WebhookAddress, OfThePublicInternetIsReached) {
  for (const char* text :
       {"8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.167.255.1",
        "193.0.0.1", "2606:4700::1111", "2a00:1450:4007::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"})
    EXPECT_TRUE(is_public(text)) << text;
}

TEST(WebhookAddress, OfThisMachineOrAPrivateNetworkIsNot) {
  for (const char* text : {"127.0.0.1",
                           "127.255.255.254",
                           "0.0.0.0",
                           "10.0.0.1",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "169.254.169.254",
                           "100.64.0.1",
                           "192.0.0.8",
                           "192.0.2.1",
                           "192.88.99.1",
                           "198.18.0.1",
                           "198.51.100.1",
                           "203.0.113.5",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fe80::1",
                           "fc00::1",
                           "fd12::1",
                           "ff02::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "64:ff9b::a00:1",
                           "2002:a00:1::",
                           "2001:db8::1",
                           "2001::1"})
    EXPECT_FALSE(is_public(text)) << text;
}

// What the page lists in the first column of its last table.
TEST(EventKinds, AreThoseOfTheDocumentation) {
  std::ostringstream text;
  text << std::ifstream{COOP_SOURCE_DIR "/docs/api/webhooks.md"}.rdbuf();
  const std::string page = text.str();
  ASSERT_NE(page.find("## Kinds of events"), std::string::npos);
  std::set<std::string> told;
  std::istringstream lines{page.substr(page.find("## Kinds of events"))};
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| `")) continue;
    std::istringstream words{line.substr(0, line.find('|', 1))};
    for (std::string word; std::getline(words, word, '`') && std::getline(words, word, '`');)
      told.insert(word);
  }
  EXPECT_EQ(told.size(), event_kinds().size());
  for (const std::string_view kind : event_kinds()) EXPECT_TRUE(told.contains(std::string{kind})) << kind;
}

TEST(WebhookSignature, IsTheOneOfTheDocumentedExample) {
  const Instant at{std::chrono::seconds{1'767'225'600}};
  EXPECT_EQ(signature_of("whsec_0123456789abcdef0123456789abcdef", at, R"({"node":"bcn"})"),
            "t=1767225600,v1=eac6a40255a8436e6e5dc902cdcbd22af089e73d7475577972cfc90057b54b03");
}

TEST(WebhookPatience, DoublesUpToAnHour) {
  EXPECT_EQ(wait_after(1).count(), 5);
  EXPECT_EQ(wait_after(2).count(), 10);
  EXPECT_EQ(wait_after(5).count(), 80);
  EXPECT_EQ(wait_after(10).count(), 2'560);
  EXPECT_EQ(wait_after(11).count(), 3'600);
  EXPECT_EQ(wait_after(1'000).count(), 3'600);
}

}  // namespace
}  // namespace coop::webhooks
