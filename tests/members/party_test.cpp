#include "ledger/members/party.hpp"

#include <gtest/gtest.h>

#include "tests/support/refusal_code.hpp"

namespace coop::members {
namespace {

using test::refusal_code;

TEST(PartyNumber, HasOneToTwentyPlainCharacters) {
  for (const char* good : {"M0042", "7", "2026-001", "bcn.12", "a_b", "ABCDEFGHIJKLMNOPQRST"})
    EXPECT_EQ(refusal_code([&] { require_party_number(good); }), "accepted") << good;
  for (const char* bad : {"", "-1", "M 1", "M/1", "é", "ABCDEFGHIJKLMNOPQRSTU", ".x"})
    EXPECT_EQ(refusal_code([&] { require_party_number(bad); }), "name_malformed") << bad;
}

TEST(PartyNumber, CountsOnWithAtLeastFourDigits) {
  EXPECT_EQ(party_number_after(0), "M0001");
  EXPECT_EQ(party_number_after(9'998), "M9999");
  EXPECT_EQ(party_number_after(9'999), "M10000");
}

/// A profile with one field spoilt, the refusal it gets, and the field that is named.
struct SpoiltProfile {
  void (*spoil)(Profile&);
  const char* code;
  const char* field;
};

TEST(Profile, IsRefusedWithItsFirstFaultNamingTheField) {
  const std::vector<SpoiltProfile> table{
      {[](Profile& p) { p.name = ""; }, "field_invalid", "/name"},
      {[](Profile& p) { p.name = std::string(201, 'x'); }, "field_invalid", "/name"},
      {[](Profile& p) { p.email = "maria"; }, "field_invalid", "/email"},
      {[](Profile& p) { p.email = "@x"; }, "field_invalid", "/email"},
      {[](Profile& p) { p.email = "a@"; }, "field_invalid", "/email"},
      {[](Profile& p) { p.email = "a@b@c"; }, "field_invalid", "/email"},
      {[](Profile& p) { p.email = "a b@c"; }, "field_invalid", "/email"},
      {[](Profile& p) { p.iban = "ES91"; }, "iban_malformed", "/iban"},
      {[](Profile& p) { p.iban = "es9121000418450200051332"; }, "iban_malformed", "/iban"},
      {[](Profile& p) { p.iban = "ES91 2100 0418 4502 0005 1332"; }, "iban_malformed", "/iban"},
      {[](Profile& p) { p.address = ""; }, "field_invalid", "/address"},
      {[](Profile& p) { p.address = std::string(501, 'x'); }, "field_invalid", "/address"},
      {[](Profile& p) { p.country = "es"; }, "field_invalid", "/country"},
      {[](Profile& p) { p.country = "ESP"; }, "field_invalid", "/country"},
      {[](Profile& p) { p.language = "CA"; }, "field_invalid", "/language"},
      {[](Profile& p) { p.language = "ca-"; }, "field_invalid", "/language"},
      {[](Profile& p) { p.language = "ca_ES"; }, "field_invalid", "/language"},
  };
  for (const SpoiltProfile& row : table) {
    Profile profile{"Maria"};
    row.spoil(profile);
    std::string field;
    const std::string code = refusal_code([&] {
      try {
        require_profile(profile);
      } catch (const Refused& refused) {
        field = refused.field();
        throw;
      }
    });
    EXPECT_EQ(code, row.code) << row.field;
    EXPECT_EQ(field, row.field);
  }
}

TEST(Profile, MayHoldWhatPeopleReallyHave) {
  const Profile full{"Núria Puig i Vallès",
                     "nuria@example.org",
                     "ES9121000418450200051332",
                     "c. Major 1\n08001 Barcelona",
                     "ES",
                     "pt-BR"};
  EXPECT_EQ(refusal_code([&] { require_profile(full); }), "accepted");
  const std::string longest = [] {
    std::string name;
    for (int i = 0; i < 200; ++i) name += "é";
    return name;
  }();
  EXPECT_EQ(refusal_code([&] { require_profile(Profile{longest}); }), "accepted");
}

TEST(Profile, ChangesOnlyWhatIsAskedFor) {
  const Profile before{"Maria", "maria@example.org", std::nullopt, "here", std::nullopt, "ca"};
  ProfileChange change;
  change.name = "Maria P.";
  change.address = std::optional<std::string>{};
  const Profile after = changed(before, change);
  EXPECT_EQ(after.name, "Maria P.");
  EXPECT_EQ(after.email, "maria@example.org");
  EXPECT_FALSE(after.address);
  EXPECT_EQ(after.language, "ca");
  EXPECT_EQ(changed(before, {}), before);
}

TEST(HeadCounts, CountFromTheirDayAndTheLastWordOfADayCounts) {
  const Instant then = instant_from_text("2026-01-01T00:00:00Z");
  const Instant later = instant_from_text("2026-06-01T00:00:00Z");
  const std::vector<HeadCount> declared{{1, Day::parse("2026-01-01"), 10, then},
                                        {2, Day::parse("2026-04-01"), 14, then},
                                        {3, Day::parse("2026-04-01"), 13, later}};
  EXPECT_EQ(find_head_count_on(declared, Day::parse("2025-12-31")), nullptr);
  EXPECT_EQ(find_head_count_on(declared, Day::parse("2026-03-31"))->members, 10);
  EXPECT_EQ(find_head_count_on(declared, Day::parse("2026-04-01"))->members, 13);
  EXPECT_EQ(find_head_count_on(declared, Day::parse("2026-04-01"), then)->members, 14);
  EXPECT_EQ(find_head_count_on(declared, Day::parse("2026-04-01"), then - std::chrono::seconds{1}), nullptr);
}

}  // namespace
}  // namespace coop::members
