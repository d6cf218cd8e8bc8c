#include "ledger/books/draft.hpp"

#include <set>

#include "ledger/values/refusal.hpp"

namespace coop::books {
namespace {

constexpr UnitId eur{1};

Draft dues() {
  return Draft{{},
               std::nullopt,
               Day::parse("2026-01-31"),
               LateEntry::refuse,
               "Dues",
               "RF18",
               "bank:7",
               std::nullopt,
               std::nullopt,
               {{"assets:bank", Money::of_minor(1'200, eur), {}, ""},
                {"income:dues", Money::of_minor(-1'200, eur), {}, "January"}}};
}

Fingerprint content_of(const Draft& draft) {
  std::vector<std::string_view> units;
  for (const DraftPosting& posting : draft.postings)
    units.push_back(posting.amount.unit() == eur ? "EUR" : posting.amount.unit() == UnitId{2} ? "HOUR" : "E");
  return content_hash_of(draft, units);
}

TEST(Fingerprints, AreTheFirstSixteenBytesOfSha256) {
  EXPECT_EQ(uuid_text_of(fingerprint_of("abc")), "ba7816bf-8f01-cfea-4141-40de5dae2223");
}

TEST(Fingerprints, AreReadBackFromAUuid) {
  const Fingerprint key = fingerprint_of("anything");
  EXPECT_EQ(fingerprint_from_uuid(uuid_text_of(key)), key);
  EXPECT_THROW(fingerprint_from_uuid("ba7816bf"), InvariantBroken);
}

TEST(RequestKeys, BelongToOneUserAndOneKey) {
  const std::set<Fingerprint> keys{request_key_of("ann", "a"),        request_key_of("ben", "a"),
                                   request_key_of(std::nullopt, "a"), request_key_of("ann", "b"),
                                   request_key_of("-", "a"),          request_key_of("", "a"),
                                   request_key_of("ann a", ""),       request_key_of("", "ann a")};
  EXPECT_EQ(keys.size(), 8u);
  EXPECT_EQ(request_key_of("ann", "a"), request_key_of("ann", "a"));
}

TEST(RequestKeys, AreOfTheTextThatTheFormatSays) {
  EXPECT_EQ(request_key_of("ann", "dues-7"), fingerprint_of("request 3:ann dues-7"));
  EXPECT_EQ(request_key_of(std::nullopt, "dues-7"), fingerprint_of("request - dues-7"));
}

TEST(RequestKeys, OfItemsDifferByTheirPlace) {
  const Fingerprint request = request_key_of("ann", "batch");
  EXPECT_NE(item_key_of(request, 0), item_key_of(request, 1));
  EXPECT_NE(item_key_of(request, 0), request);
  EXPECT_EQ(item_key_of(request, 1), item_key_of(request, 1));
}

TEST(ContentHashes, LeaveOutWhoAsksAndTheKey) {
  Draft other = dues();
  other.request_key = fingerprint_of("other");
  other.asked_by = UserId{7};
  EXPECT_EQ(content_of(other), content_of(dues()));
}

TEST(ContentHashes, AreOfTheTextThatTheFormatSays) {
  Draft draft = dues();
  draft.postings[0].about[1] = "M0042";
  EXPECT_EQ(content_of(draft), fingerprint_of("2026-01-31r4:Dues4:RF186:bank:70:0:"
                                              "11:assets:bank1200@EUR 0:5:M00420:0:0:"
                                              "11:income:dues-1200@EUR 0:0:0:0:7:January"));
}

TEST(ContentHashes, DoNotKnowTheRowsOfUnits) {
  Draft elsewhere = dues();
  for (DraftPosting& posting : elsewhere.postings)
    posting.amount = Money::of_minor(posting.amount.minor(), UnitId{77});
  const std::array<std::string_view, 2> units{"EUR", "EUR"};
  EXPECT_EQ(content_hash_of(elsewhere, units), content_of(dues()));
}

TEST(ContentHashes, SeeEveryOtherDifference) {
  using Change = void (*)(Draft&);
  const std::vector<Change> changes{
      [](Draft& d) { d.booked_on = Day::parse("2026-02-01"); },
      [](Draft& d) { d.late = LateEntry::first_open_day; },
      [](Draft& d) { d.description = "Duess"; },
      [](Draft& d) { d.reference = ""; },
      [](Draft& d) { d.source = "bank:8"; },
      [](Draft& d) { std::swap(d.reference, d.source); },
      [](Draft& d) { d.reverses = EntryNumber{1}; },
      [](Draft& d) { d.uses_hold = HoldNumber{1}; },
      [](Draft& d) { d.postings[0].account = "assets:cash"; },
      [](Draft& d) { d.postings[0].amount = Money::of_minor(1'201, eur); },
      [](Draft& d) { d.postings[0].amount = Money::of_minor(1'200, UnitId{2}); },
      [](Draft& d) { d.postings[0].amount = Money::of_minor(1'200, UnitId{10}); },
      [](Draft& d) { d.postings[0].about[0] = "media"; },
      [](Draft& d) { d.postings[0].about[1] = "media"; },
      [](Draft& d) { d.postings[0].note = "January"; },
      [](Draft& d) { std::swap(d.postings[0], d.postings[1]); },
      [](Draft& d) { d.postings.push_back(d.postings[0]); },
  };
  std::set<Fingerprint> seen{content_of(dues())};
  for (const Change change : changes) {
    Draft changed = dues();
    change(changed);
    EXPECT_TRUE(seen.insert(content_of(changed)).second) << "a change was not seen";
  }
}

}  // namespace
}  // namespace coop::books
