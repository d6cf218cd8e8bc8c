#include "ledger/books/chain.hpp"

#include <gtest/gtest.h>

#include "ledger/values/refusal.hpp"

namespace coop::books {
namespace {

/// An entry that has every fact.
Entry full_entry() {
  Entry entry{EntryNumber{1042},
              Day::parse("2026-01-31"),
              instant_from_text("2026-02-01T09:05:00.123456Z"),
              "M0001",
              Day::parse("2025-12-30"),
              "Dues \"January\"\n",
              "RF18539007547034",
              "bank:statement/7",
              EntryNumber{1000},
              std::nullopt,
              HoldNumber{12},
              {},
              {}};
  entry.postings.push_back(
      {1, "assets:bank:main", "EUR", 2, 1200, {"media", "M0042", "server", "VAT21"}, "päid"});
  entry.postings.push_back({2, "income:dues", "EUR", 2, -1200, {}, ""});
  return entry;
}

TEST(Chain, WritesEveryFactOnALineOfItsOwn) {
  std::string text;
  append_canonical(text, "bcn", full_entry());
  EXPECT_EQ(text,
            "coopledger-entry-1\n"
            "node bcn\n"
            "number 1042\n"
            "booked_on 2026-01-31\n"
            "recorded_at 2026-02-01T09:05:00.123456Z\n"
            "document_on 2025-12-30\n"
            "description \"Dues \\\"January\\\"\\u000a\"\n"
            "reference \"RF18539007547034\"\n"
            "source \"bank:statement/7\"\n"
            "reverses 1000\n"
            "hold 12\n"
            "posting \"assets:bank:main\" EUR 12.00 fund=media member=M0042 cost_object=server tax_code=VAT21"
            " note=\"päid\"\n"
            "posting \"income:dues\" EUR -12.00\n");
}

TEST(Chain, LeavesOutWhatAnEntryHasNot) {
  Entry entry = full_entry();
  entry.document_on.reset();
  entry.description = entry.reference = entry.source = "";
  entry.reverses.reset();
  entry.hold.reset();
  std::string text;
  append_canonical(text, "bcn", entry);
  EXPECT_EQ(text.find("document_on"), std::string::npos);
  EXPECT_EQ(text.find("description"), std::string::npos);
  EXPECT_EQ(text.find("reference"), std::string::npos);
  EXPECT_EQ(text.find("source"), std::string::npos);
  EXPECT_EQ(text.find("reverses"), std::string::npos);
  EXPECT_EQ(text.find("hold"), std::string::npos);
}

// Computed by hand: printf 'coopledger-chain-1 bcn' | sha256sum, and so on.
TEST(Chain, LinksDigestsOfTextsNotTheTexts) {
  const Hash first = first_link_of("bcn");
  EXPECT_EQ(hex_of(first), "ae92406ff76ee383fdbe3ca3901bc1d6b412adf7dbe20ae01e06640a8418e58d");
  EXPECT_EQ(hex_of(next_link(first, "abc")),
            "853abfbaf042f2e5715a32758699bc8c163d271e32d2eaf6d0592f0fc644567e");
  EXPECT_EQ(next_link(first, "abc"), next_link(first, sha256_of("abc")));
}

// Computed by another program (Python's hashlib) from the text.
TEST(Chain, OfAnEntryInThreeUnitsStaysWhatItIs) {
  const Entry entry{EntryNumber{1},
                    Day::parse("2026-01-31"),
                    instant_from_text("2026-02-01T09:05:00.123456Z"),
                    std::nullopt,
                    std::nullopt,
                    "",
                    "",
                    "",
                    std::nullopt,
                    std::nullopt,
                    std::nullopt,
                    {},
                    {{1, "assets:bank:main", "JPY", 0, 1'200, {}, ""},
                     {2, "income:dues", "JPY", 0, -1'200, {}, ""},
                     {3, "assets:time", "HOUR", 2, -5, {}, ""},
                     {4, "équité", "ECO", 6, 1, {std::nullopt, "M0001"}, ""}}};
  std::string text;
  append_canonical(text, "bcn", entry);
  EXPECT_EQ(hex_of(next_link(first_link_of("bcn"), text)),
            "6a27c13f3d8fa0cd7f910da093a9a8e78d41c761ab702db6361167849462e673");
}

TEST(Chain, DoesNotCoverWhoRecordedAnEntryNorWhatCameLater) {
  Entry other = full_entry();
  other.recorded_by = "somebody else";
  other.reversed_by = EntryNumber{2000};
  other.hash.fill(7);
  std::string text;
  std::string other_text;
  append_canonical(text, "bcn", full_entry());
  append_canonical(other_text, "bcn", other);
  EXPECT_EQ(other_text, text);
}

TEST(Chain, EscapesQuotesBackslashesAndControlCharactersOnly) {
  Entry entry = full_entry();
  entry.description = "\"\\\x01\x7f/成田";
  std::string text;
  append_canonical(text, "bcn", entry);
  EXPECT_NE(text.find("description \"\\\"\\\\\\u0001\\u007f/成田\"\n"), std::string::npos) << text;
}

TEST(Hashes, AreWrittenAsHexadecimalDigits) {
  const Hash hash = sha256_of("abc");
  EXPECT_EQ(hex_of(hash), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hash_from_hex(hex_of(hash)), hash);
  EXPECT_THROW(hash_from_hex("ba78"), Refused);
  EXPECT_THROW(hash_from_hex(std::string(64, 'G')), Refused);
  EXPECT_THROW(hash_from_bytes("short"), InvariantBroken);
}

}  // namespace
}  // namespace coop::books
