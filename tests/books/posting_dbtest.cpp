#include "ledger/books/book_head_store.hpp"
#include "ledger/books/chain.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "tests/support/test_books.hpp"

namespace coop::books {
namespace {

using test::code_of;
using test::codes_of;
using test::Line;
using test::refusal_of;
using Codes = std::vector<std::string>;

class PostingEntries : public test::BooksTest {
 protected:
  PostingEntries() {
    open("assets:bank");
    open("income:dues");
    open("assets:till", "EUR", "0", "100");
  }
  Draft dues(const std::string& amount = "12.00") const {
    return draft("2026-01-31", {{"assets:bank", amount}, {"income:dues", "-" + amount}});
  }
  Draft into_till(const std::string& amount) const {
    return draft("2026-01-31", {{"assets:till", amount}, {"income:dues", "-" + amount}});
  }
  Draft unbalanced() const {
    return draft("2026-01-31", {{"assets:bank", "1.00"}, {"income:dues", "-2.00"}});
  }
  std::string value(const std::string& sql) { return superuser_value(sql); }
  std::int64_t number_of(const Outcome& outcome) { return recorded_or_throw(outcome).number.number(); }
};

TEST_F(PostingEntries, NumbersEntriesFromOneWithoutGaps) {
  std::vector<std::int64_t> numbers;
  for (int i = 0; i < 3; ++i) numbers.push_back(record(dues()).number.number());
  for (const Outcome& outcome : post({dues(), unbalanced(), dues()})) {
    if (code_of(outcome).empty()) numbers.push_back(number_of(outcome));
  }
  numbers.push_back(record(dues()).number.number());
  EXPECT_EQ(numbers, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(balance("assets:bank"), "72.00");
  EXPECT_EQ(balance("income:dues"), "-72.00");
}

TEST_F(PostingEntries, LeavesNoGapWhenTheCallerRollsBack) {
  record(dues());
  EXPECT_THROW(db().in_tx([&](Tx& tx) {
    books::post(tx, node(), std::vector{dues()}, Together::each_alone, now);
    throw std::runtime_error{"changed my mind"};
  }),
               std::runtime_error);
  EXPECT_EQ(record(dues()).number, EntryNumber{2});
}

TEST_F(PostingEntries, RefusesABatchForAnUnknownNode) {
  use(NodeId{999});
  EXPECT_EQ(refusal_of([&] { post({dues()}); }), "node_unknown");
}

TEST_F(PostingEntries, DoesNothingWithAnEmptyBatch) {
  const auto events = count("event");
  EXPECT_TRUE(post({}).empty());
  EXPECT_EQ(count("event"), events);
}

TEST_F(PostingEntries, AnswersARepeatedRequestWithTheFirstAnswer) {
  const auto events = count("event");
  const Draft once = dues();
  const Recorded first = record(once);
  now += std::chrono::hours{1};
  const Recorded again = record(once);
  EXPECT_FALSE(first.repeated);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.number, first.number);
  EXPECT_EQ(again.recorded_at, first.recorded_at);
  EXPECT_EQ(again.hash, first.hash);
  EXPECT_EQ(count("entry"), 1);
  EXPECT_EQ(count("event"), events + 1);
}

TEST_F(PostingEntries, AnswersARepetitionThatWouldNowBeRefused) {
  const Draft once = into_till("60.00");
  record(once);
  db().in_tx(
      [&](Tx& tx) { lock_period(tx, node(), LockKind::hard, Day::parse("2026-01-31"), "Audit", author()); });
  EXPECT_TRUE(record(once).repeated) << "neither the lock nor the limit matter any more";
}

TEST_F(PostingEntries, RefusesAKeyThatComesBackWithOtherContent) {
  const Draft once = dues();
  record(once);
  Draft other = dues("13.00");
  other.request_key = once.request_key;
  EXPECT_EQ(codes_of(post({other})), Codes{"key_reused"});
}

TEST_F(PostingEntries, RecordsAKeyTwiceInOneBatchOnce) {
  const Draft once = dues();
  Draft other = dues("13.00");
  other.request_key = once.request_key;
  const auto outcomes = post({once, once, other, dues()});
  EXPECT_EQ(codes_of(outcomes), (Codes{"", "", "key_reused", ""}));
  EXPECT_FALSE(recorded_or_throw(outcomes[0]).repeated);
  EXPECT_TRUE(recorded_or_throw(outcomes[1]).repeated);
  EXPECT_EQ(number_of(outcomes[1]), 1);
  EXPECT_EQ(number_of(outcomes[3]), 2);
  EXPECT_EQ(count("entry"), 2);
}

TEST_F(PostingEntries, LetsAKeyWhoseEntryWasRefusedBeUsedAgain) {
  Draft wrong = unbalanced();
  Draft right = dues();
  right.request_key = wrong.request_key;
  EXPECT_EQ(codes_of(post({wrong, right})), (Codes{"entry_unbalanced", ""}));
}

TEST_F(PostingEntries, OfOneNodeDoesNotKnowTheKeysOfAnother) {
  const Draft once = dues();
  record(once);
  use_node("mcr");
  open("assets:bank");
  open("income:dues");
  EXPECT_FALSE(record(once).repeated);
}

TEST_F(PostingEntries, EachAloneRecordsTheGoodAndSaysWhyNotTheBad) {
  EXPECT_EQ(codes_of(post({dues(), unbalanced(), into_till("60.00"), into_till("60.00"), dues()})),
            (Codes{"", "entry_unbalanced", "", "limit_exceeded", ""}));
  EXPECT_EQ(count("entry"), 3);
  EXPECT_EQ(balance("assets:till"), "60.00");
}

TEST_F(PostingEntries, AllOrNoneRecordsNothingWhenOneIsRefused) {
  EXPECT_EQ(codes_of(post({dues(), unbalanced(), dues()}, Together::all_or_none)),
            (Codes{"batch_refused", "entry_unbalanced", "batch_refused"}));
  EXPECT_EQ(count("entry"), 0);
  EXPECT_EQ(balance("assets:bank"), "0.00");
  EXPECT_EQ(codes_of(post({dues(), dues()}, Together::all_or_none)), (Codes{"", ""}));
  EXPECT_EQ(count("entry"), 2);
}

TEST_F(PostingEntries, AllOrNoneRepeatedAnswersAsBefore) {
  const std::vector<Draft> batch{dues(), dues()};
  post(batch, Together::all_or_none);
  const auto again = post(batch, Together::all_or_none);
  EXPECT_EQ(codes_of(again), (Codes{"", ""}));
  EXPECT_TRUE(recorded_or_throw(again[0]).repeated);
  EXPECT_EQ(count("entry"), 2);
}

TEST_F(PostingEntries, JudgesLimitsOneEntryAfterTheOther) {
  EXPECT_EQ(codes_of(post({into_till("100.00"), into_till("0.01"),
                           draft("2026-01-31", {{"assets:till", "-50.00"}, {"income:dues", "50.00"}}),
                           into_till("50.00"),
                           draft("2026-01-31", {{"assets:till", "-100.01"}, {"income:dues", "100.01"}})})),
            (Codes{"", "limit_exceeded", "", "", "limit_exceeded"}));
  EXPECT_EQ(balance("assets:till"), "100.00");
}

TEST_F(PostingEntries, BalancesEveryUnitOfAnEntryByItself) {
  open("assets:bank", "JPY");
  open("income:dues", "JPY");
  open("income:time", "HOUR");
  open("expenses:time", "HOUR");
  const auto outcomes = post({draft("2026-01-31", {{"assets:bank", "12.00"},
                                                   {"income:dues", "-12.00"},
                                                   {"assets:bank", "1948 JPY"},
                                                   {"income:dues", "-1948 JPY"},
                                                   {"expenses:time", "0.50 HOUR"},
                                                   {"income:time", "-0.50 HOUR"}}),
                              draft("2026-01-31", {{"assets:bank", "12.00"}, {"income:dues", "-1200 JPY"}}),
                              draft("2026-01-31", {{"assets:bank", "12.00"},
                                                   {"income:dues", "-12.00"},
                                                   {"assets:bank", "1 JPY"},
                                                   {"income:dues", "-2 JPY"}}),
                              draft("2026-01-31", {{"assets:till", "1 JPY"}, {"income:dues", "-1 JPY"}})});
  EXPECT_EQ(codes_of(outcomes), (Codes{"", "entry_unbalanced", "entry_unbalanced", "account_unknown"}));
  EXPECT_EQ(balance("assets:bank"), "12.00");
  EXPECT_EQ(balance("assets:bank", "JPY"), "1948");
  EXPECT_EQ(balance("expenses:time", "HOUR"), "0.50");
}

TEST_F(PostingEntries, KeepsTheDimensionsOfEachPosting) {
  add(DimensionKind::fund, {"media", "both"});
  add(DimensionKind::member, {"M0001", "both"});
  add(DimensionKind::cost_object, {"server"});
  add(DimensionKind::tax_code, {"VAT21"});
  const DimensionCodes all{"media", "M0001", "server", "VAT21"};
  const DimensionCodes both{"both", "both"};
  EXPECT_EQ(codes_of(post(
                {draft("2026-01-31", {{"assets:bank", "1.00", all, "noted"}, {"income:dues", "-1.00", both}}),
                 draft("2026-01-31", {{"assets:bank", "1.00", {"M0001"}}, {"income:dues", "-1.00"}})})),
            (Codes{"", "dimension_unknown"}));
  EXPECT_EQ(
      value(
          "SELECT string_agg(concat_ws('/', p.line, f.code, m.code, c.code, t.code, p.note), ' ' ORDER BY "
          "line) "
          "FROM posting p LEFT JOIN dimension f ON f.id = fund_id LEFT JOIN dimension m ON m.id = member_id "
          "LEFT JOIN dimension c ON c.id = cost_object_id LEFT JOIN dimension t ON t.id = tax_code_id"),
      "1/media/M0001/server/VAT21/noted 2/both/both");
}

TEST_F(PostingEntries, KeepsEveryFactOfAnEntry) {
  Draft full = dues();
  full.asked_by = UserId{7};
  full.description = "Été \"dues\" {a,b} \\ NULL ' -- ;\n\t成田";
  full.reference = "NULL";
  full.source = "{}";
  full.postings[0].note = "\"";
  const Recorded recorded = record(full);
  EXPECT_EQ(value("SELECT description FROM entry"), full.description);
  EXPECT_EQ(value("SELECT reference FROM entry"), full.reference);
  EXPECT_EQ(value("SELECT source FROM entry"), full.source);
  EXPECT_EQ(value("SELECT recorded_by FROM entry"), "7");
  EXPECT_EQ(value("SELECT note FROM posting WHERE line = 1"), "\"");
  EXPECT_EQ(value("SELECT encode(hash, 'hex') FROM entry"), hex_of(recorded.hash));
  EXPECT_EQ(value("SELECT request_key FROM entry"), uuid_text_of(full.request_key));
  const std::vector<std::string_view> units(full.postings.size(), "EUR");
  EXPECT_EQ(value("SELECT content_hash FROM entry"), uuid_text_of(content_hash_of(full, units)));
}

TEST_F(PostingEntries, KeepsAbsentFactsAbsentBesidePresentOnes) {
  Draft with = dues();
  with.reference = "R1";
  with.postings[1].note = "here";
  post({dues(), with, dues()});
  EXPECT_EQ(value("SELECT string_agg(number || coalesce(reference, '-') || coalesce(source, '-'), ' ' ORDER "
                  "BY number) "
                  "FROM entry"),
            "1-- 2R1- 3--");
  EXPECT_EQ(value("SELECT string_agg(entry_number || '/' || line, ' ') FROM posting WHERE note IS NOT NULL"),
            "2/2");
}

TEST_F(PostingEntries, HarmsNoNeighbourWithTextThatCannotBeStored) {
  Draft broken = dues();
  broken.postings[0].account = std::string("assets:\0bank", 12);
  Draft invalid = dues();
  invalid.postings[0].account = "assets:\xC3";
  Draft code = dues();
  code.postings[0].about[0] = "\xFF";
  Draft text = dues();
  text.description = std::string("a\0b", 3);
  EXPECT_EQ(codes_of(post({dues(), broken, invalid, code, text, dues()})),
            (Codes{"", "account_unknown", "account_unknown", "dimension_unknown", "field_invalid", ""}));
}

TEST_F(PostingEntries, NamesTheUnitInWhichAnAccountIsMissing) {
  Draft broken = dues();
  broken.postings[0].account = "assets:nowhere";
  const auto outcomes = post({dues(), broken});
  EXPECT_EQ(std::get<Refused>(outcomes.at(1)).detail(), "there is no account 'assets:nowhere' in EUR");
}

TEST_F(PostingEntries, LinksEveryEntryIntoTheChain) {
  post({dues(), unbalanced(), dues("13.00")});
  Entry entry{EntryNumber{2},
              Day::parse("2026-01-31"),
              now,
              std::nullopt,
              std::nullopt,
              "As agreed",
              "",
              "",
              std::nullopt,
              std::nullopt,
              std::nullopt,
              {},
              {{1, "assets:bank", "EUR", 2, 1'300, {}, ""}, {2, "income:dues", "EUR", 2, -1'300, {}, ""}}};
  std::string text;
  append_canonical(text, "bcn", entry);
  const Hash first = hash_from_hex(value("SELECT encode(hash, 'hex') FROM entry WHERE number = 1"));
  EXPECT_EQ(value("SELECT encode(hash, 'hex') FROM entry WHERE number = 2"), hex_of(next_link(first, text)));
  EXPECT_EQ(value("SELECT encode(last_hash, 'hex') FROM book_head"), hex_of(next_link(first, text)));
}

TEST_F(PostingEntries, NeverRunsTheRecordingInstantBackwards) {
  const Recorded first = record(dues());
  now -= std::chrono::hours{1};
  const Recorded second = record(dues());
  EXPECT_EQ(second.recorded_at, first.recorded_at);
  now += std::chrono::hours{2};
  EXPECT_GT(record(dues()).recorded_at, second.recorded_at);
}

TEST_F(PostingEntries, TakesAnyDayTheAccountsAreOpenOn) {
  EXPECT_EQ(codes_of(post({draft("2020-01-01", {{"assets:bank", "1.00"}, {"income:dues", "-1.00"}}),
                           draft("9999-12-31", {{"assets:bank", "1.00"}, {"income:dues", "-1.00"}}),
                           draft("2019-12-31", {{"assets:bank", "1.00"}, {"income:dues", "-1.00"}})})),
            (Codes{"", "", "account_not_open"}));
}

TEST_F(PostingEntries, InADryRunSaysWhatWouldHappenAndWritesNothing) {
  record(dues());
  const auto events = count("event");
  const std::vector<Draft> drafts{dues(), unbalanced(), into_till("60.00"), into_till("60.00")};
  const auto would =
      db().in_tx([&](Tx& tx) { return judge_only(tx, node(), drafts, Together::each_alone, now); });
  EXPECT_EQ(codes_of(would), (Codes{"", "entry_unbalanced", "", "limit_exceeded"}));
  EXPECT_EQ(number_of(would[2]), 3);
  EXPECT_EQ(count("entry"), 1);
  EXPECT_EQ(count("event"), events);
  EXPECT_EQ(balance("assets:till"), "0.00");
  const auto done = post(drafts);
  EXPECT_EQ(codes_of(done), codes_of(would));
  EXPECT_EQ(recorded_or_throw(done[2]).hash, recorded_or_throw(would[2]).hash);
}

TEST_F(PostingEntries, TellsTheOutboxOncePerBatch) {
  post({dues(), dues(), dues()});
  EXPECT_EQ(
      value("SELECT kind || ' ' || first_entry || ' ' || last_entry FROM event ORDER BY number DESC LIMIT 1"),
      "entries_recorded 1 3");
}

TEST_F(PostingEntries, Takes10000EntriesAtOnceAndNotOneMore) {
  std::vector<Draft> many;
  for (int i = 0; i < 10'000; ++i) many.push_back(dues("0.01"));
  EXPECT_EQ(code_of(post(many).back()), "");
  EXPECT_EQ(count("entry"), 10'000);
  EXPECT_EQ(balance("assets:bank"), "100.00");
  EXPECT_TRUE(recorded_or_throw(post(many)[9'999]).repeated);
  many.push_back(dues());
  EXPECT_EQ(refusal_of([&] { post(many); }), "batch_too_large");
  EXPECT_EQ(count("entry"), 10'000);
}

TEST_F(PostingEntries, TakesAThousandPostingsInOneEntry) {
  Draft wide = dues();
  for (int i = 0; i < 499; ++i) {
    wide.postings.push_back(wide.postings[0]);
    wide.postings.push_back(wide.postings[1]);
  }
  record(wide);
  EXPECT_EQ(balance("assets:bank"), "6000.00");
  wide.request_key = fingerprint_of("wider");
  wide.postings.push_back(wide.postings[0]);
  EXPECT_EQ(codes_of(post({wide})), Codes{"too_many_postings"});
}

TEST_F(PostingEntries, ReachTheEndOf64BitsByTheMostOfAPostingAndNotBeyond) {
  constexpr int many = 9;  // one more passes 2^63
  const std::string most = "10000000000000000.00";
  for (int i = 0; i < many; ++i) record(dues(most));
  EXPECT_EQ(balance("assets:bank"), "90000000000000000.00");
  EXPECT_EQ(codes_of(post({dues("0.01"), dues(most)})), (Codes{"", "amount_overflow"}));
  for (int i = 0; i < many; ++i)
    record(draft("2026-01-31", {{"assets:bank", "-" + most}, {"income:dues", most}}));
  try {
    record(dues(most));
    ADD_FAILURE() << "the month's turnover is full";
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.refusal(), Refusal::amount_overflow);
    EXPECT_EQ(refused.detail(),
              "debits or credits of 'assets:bank' in EUR in a month would be beyond 64-bit minor units");
  }
  EXPECT_EQ(balance("assets:bank"), "0.01");
  EXPECT_EQ(
      code_of(post({draft("2026-02-01", {{"assets:bank", most}, {"income:dues", "-" + most}})}).front()), "");
}

// A server that is busy signs its books every few seconds.
TEST_F(PostingEntries, RemembersItsAccountsWhenTheBooksAreSignedAndForgetsThemWhenTheyChange) {
  StandingCache cache;
  const auto post_remembering = [&](const Draft& draft) {
    db().in_tx([&](Tx& tx) {
      recorded_or_throw(
          post_cached(tx, node(), std::vector{draft}, Together::each_alone, now, cache).front());
    });
  };
  const auto tell = [&](const char* kind) {
    db().in_tx([&](Tx& tx) {
      BookHead head = lock_book_head(tx, node());
      insert_event(tx, head, next_recorded_at(head, now), {kind, "{}"});
    });
  };
  post_remembering(dues());
  EXPECT_EQ(cache.standings.size(), 2u);
  tell("checkpoint_made");
  tell("checkpoint_made");
  post_remembering(into_till("1.00"));
  EXPECT_EQ(cache.standings.size(), 3u);
  tell("checkpoint_made");
  tell("account_changed");
  post_remembering(dues());
  EXPECT_EQ(cache.standings.size(), 2u);
  tell("checkpoint_made");
  record(dues());
  post_remembering(into_till("1.00"));
  EXPECT_EQ(cache.standings.size(), 2u);
  EXPECT_EQ(balance("assets:bank"), "36.00");
}

}  // namespace
}  // namespace coop::books
