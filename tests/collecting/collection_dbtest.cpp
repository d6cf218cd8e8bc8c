// Collecting by direct debit, from the mandate to what comes back.
#include <algorithm>

#include "ledger/books/chain.hpp"
#include "ledger/books/period_lock_service.hpp"
#include "ledger/collecting/collection_store.hpp"
#include "ledger/collecting/mandate_store.hpp"
#include "ledger/collecting/return_reason.hpp"
#include "ledger/members/party_service.hpp"
#include "tests/support/test_collecting.hpp"

namespace coop::collecting {
namespace {

using test::refusal_of;

class Collections : public test::CollectingTest {
 protected:
  Collections() {
    for (const char* number : {"M0001", "M0002", "M0003"}) member(number, "2026-01-01");
    run("2026-01");
    first_ = sign("M0001").id;
    second_ = sign("M0002").id;
  }
  MandateRecord mandate(MandateId id) {
    return db().in_tx([&](Tx& tx) { return read_mandate(tx, node(), id); });
  }
  MandateId first_{0};
  MandateId second_{0};
};

TEST_F(Collections, AreProposedFromWhatIsDueUnderUsableMandates) {
  const Collection collection = propose("2026-02-02");
  EXPECT_EQ(lines_of(collection), "M0001 20.00 first; M0002 20.00 first; ");
  EXPECT_EQ(skips_of(collection), "M0003 no_mandate; ");
  EXPECT_EQ(collection.message_id, "bcn-C1");
  EXPECT_EQ(collection.lines.front().end_to_end_id, "bcn-C1-1");
  EXPECT_EQ(purpose_of(collection.lines.front()), "M0001: dues 2026-01");
  EXPECT_EQ(refusal_of([&] { propose("2026-02-01"); }), "direct_debit_impossible") << "a Sunday";
  EXPECT_EQ(refusal_of([&] { propose("2026-01-30"); }), "direct_debit_impossible") << "yesterday";
  EXPECT_EQ(refusal_of([&] { propose("2026-02-03"); }), "direct_debit_impossible") << "all on their way";
}

TEST_F(Collections, SayOfEverybodyElseWhyNothingIsCollected) {
  change(mandate(first_), MandateChangeKind::returned, "2026-01-20", "AM04");
  change(mandate(second_), MandateChangeKind::cancelled, "2026-01-20");
  for (const char* number : {"M0004", "M0005", "M0006", "M0007"}) member(number, "2026-01-01");
  run("2026-01");
  sign("M0004", "2022-01-01");
  sign("M0005");
  pay("M0005", "20.00", "2026-01-15");
  db().in_tx([&](Tx& tx) {
    sign_mandate(tx, node(),
                 {.member = "M0006",
                  .reference = "Swiss/1",
                  .signed_on = Day::parse("2026-01-01"),
                  .used_on = {},
                  .iban = Iban::parse("CH9300762011623852957"),
                  .bic = {},
                  .name = {},
                  .address = {}},
                 author());
  });
  sign("M0007");
  const Collection collection = propose("2026-02-02");
  EXPECT_EQ(lines_of(collection), "M0007 20.00 first; ");
  EXPECT_EQ(skips_of(collection),
            "M0001 mandate_held; M0002 mandate_ended; M0003 no_mandate; "
            "M0004 mandate_expired; M0005 nothing_due; M0006 bank_would_refuse; ");
  EXPECT_EQ(collection.skips[0].words,
            "mandate D0001: it rests since 2026-01-20 (AM04), until 2026-02-03: "
            "There was not enough money in the account.");
  EXPECT_EQ(collection.skips[5].words,
            "the bank would refuse it: the debtor's account needs its BIC: it is outside the EEA");
}

TEST_F(Collections, GoToTheBankWhenTwoPeopleApproved) {
  const Collection collection = propose("2026-02-02");
  const auto file = [&] { return file_of(read(collection)); };
  EXPECT_EQ(refusal_of(file), "collection_not_open");
  EXPECT_EQ(lines_of(exclude(collection, 1)), lines_of(collection)) << "the line stays on record";
  EXPECT_EQ(refusal_of([&] { exclude(collection, 1); }), "collection_unknown");
  EXPECT_EQ(refusal_of([&] { exclude(collection, 2); }), "collection_not_open") << "the last one";
  approve(collection, "ann");
  EXPECT_EQ(refusal_of([&] { exclude(collection, 2); }), "collection_not_open");
  EXPECT_EQ(refusal_of([&] { approve(collection, "ann"); }), "approval_repeated");
  EXPECT_EQ(refusal_of([&] {
              db().in_tx([&](Tx& tx) { collecting::approve(tx, node(), collection.number, author()); });
            }),
            "approval_repeated")
      << "nobody";
  EXPECT_EQ(refusal_of([&] { hand_in(collection, "2026-01-31"); }), "collection_not_open");
  now += std::chrono::hours{1};
  approve(collection, "ben");
  EXPECT_EQ(refusal_of([&] { approve(collection, "ann"); }), "collection_not_open");
  const DirectDebitFile made = file();
  EXPECT_EQ(made.collections, 1);
  EXPECT_EQ(made.total_cents, 2'000);
  EXPECT_EQ(made.xml, file().xml) << "the same bytes";
  EXPECT_NE(made.xml.find("<CreDtTm>2026-01-31T13:00:00Z</CreDtTm>"), std::string::npos) << made.xml;
  EXPECT_EQ(made.rewritten.size(), 1u) << "the creditor's name";
  const Collection there = hand_in(collection, "2026-01-31");
  EXPECT_EQ(there.steps.back().file_hash.size(), 64u);
  EXPECT_EQ(refusal_of([&] { cancel(collection); }), "collection_not_open");
  EXPECT_EQ(mandate(second_).changes.back().kind, MandateChangeKind::collected);
  EXPECT_TRUE(mandate(first_).changes.empty()) << "left out";
  EXPECT_EQ(file().xml, made.xml);
}

TEST_F(Collections, GoToTheBankBetweenTheLastApprovalAndTheDayItDebits) {
  const Collection collection = propose("2026-02-02");
  approve(collection, "ann");
  now = instant_from_text("2026-01-31T23:30:00Z");  // in Barcelona 1 February has begun
  approve(collection, "ben");
  EXPECT_EQ(refusal_of([&] { hand_in(collection, "2026-01-31"); }), "day_malformed") << "one approval only";
  EXPECT_EQ(refusal_of([&] { hand_in(collection, "2026-02-02"); }), "day_malformed") << "tomorrow";
  now = instant_from_text("2026-02-04T12:00:00Z");
  EXPECT_EQ(refusal_of([&] { hand_in(collection, "2026-02-03"); }), "day_malformed") << "after the debit";
  const Collection there = hand_in(collection, "2026-02-01");
  EXPECT_EQ(there.steps.back().on, Day::parse("2026-02-01")) << "recorded later than it happened";
}

TEST_F(Collections, BecomePaymentsOnTheDayTheBankCredits) {
  const Collection collection = at_the_bank("2026-02-02");
  EXPECT_EQ(refusal_of([&] { settle(collection, "2026-02-01"); }), "day_malformed");
  const Collection settled = settle(collection, "2026-02-03");
  EXPECT_EQ(collecting::state_of(settled.steps), CollectionState::settled);
  EXPECT_EQ(stands("M0001", "2026-02-02"), "20.00/0.00");
  EXPECT_EQ(stands("M0001", "2026-02-03"), "0.00/0.00");
  EXPECT_EQ(covered("M0002", "2026-02-03"), "2026-01-31");
  EXPECT_EQ(balance("assets:bank:main"), "40.00");
  EXPECT_EQ(refusal_of([&] { settle(collection, "2026-02-03"); }), "collection_not_open");
  run("2026-02");
  EXPECT_EQ(lines_of(propose("2026-03-02")), "M0001 20.00 recurring; M0002 20.00 recurring; ");
}

TEST_F(Collections, ThatComeBackAreOwedAgainAndRestTheMandate) {
  const Collection collection = at_the_bank("2026-02-02");
  settle(collection, "2026-02-02");
  EXPECT_EQ(refusal_of([&] { come_back(collection, 3, "2026-02-05", "AM04"); }), "collection_unknown");
  EXPECT_EQ(refusal_of([&] { come_back(collection, 1, "2026-02-05", "am4"); }), "field_invalid");
  EXPECT_EQ(refusal_of([&] { come_back(collection, 1, "2026-01-30", "AM04"); }), "day_malformed");
  EXPECT_EQ(refusal_of([&] { come_back(collection, 1, "2026-02-05", "AM04", 0); }), "field_invalid");
  const Collection back = come_back(collection, 1, "2026-02-05", "AM04", 350);
  EXPECT_EQ(line_state_of(back, back.lines[0]), "returned");
  EXPECT_EQ(line_state_of(back, back.lines[1]), "paid");
  EXPECT_EQ(stands("M0001", "2026-02-04"), "0.00/0.00");
  EXPECT_EQ(stands("M0001", "2026-02-05"), "23.50/0.00") << "with the bank's fee";
  EXPECT_EQ(status(mandate(first_), "2026-02-18"), "on_hold");
  EXPECT_EQ(status(mandate(first_), "2026-02-19"), "usable");
  EXPECT_EQ(refusal_of([&] { come_back(collection, 1, "2026-02-06", "AM04"); }), "collection_unknown");
  EXPECT_EQ(lines_of(propose("2026-02-19")), "M0001 23.50 recurring; ") << "the charge may be collected anew";
}

TEST_F(Collections, KeepTheFileThatWentToTheBankWhateverComesBack) {
  const Collection collection = propose("2026-02-02");
  exclude(collection, 1);
  approve(collection, "ann");
  approve(collection, "ben");
  const std::string hash = hand_in(collection, "2026-01-31").steps.back().file_hash;
  const auto hash_now = [&] { return hex_of(sha256_of(file_of(read(collection)).xml)); };
  EXPECT_EQ(hash_now(), hash);
  come_back(collection, 2, "2026-01-31", "AC04");
  EXPECT_EQ(hash_now(), hash) << "every line that went there came back";

  member("M0004", "2026-01-01");
  run("2026-01");
  sign("M0004");
  const Collection another = at_the_bank("2026-02-03");
  ASSERT_EQ(lines_of(another), "M0001 20.00 first; M0004 20.00 first; ");
  settle(another, "2026-02-03");
  come_back(another, 2, "2026-02-05", "AM04");
  const DirectDebitFile file = file_of(read(another));
  EXPECT_EQ(file.collections, 2) << "one came back, and was in the file";
  EXPECT_EQ(hex_of(sha256_of(file.xml)), another.steps.back().file_hash);
}

TEST_F(Collections, LeaveTheBanksReasonOutOfTheEntriesTexts) {
  const Collection collection = at_the_bank("2026-02-02");
  settle(collection, "2026-02-02");
  come_back(collection, 1, "2026-02-05", "MD07");
  come_back(collection, 2, "2026-02-05", "AM04", 350);
  EXPECT_EQ(superuser_value("SELECT string_agg(reason, ',' ORDER BY payment_number) FROM payment_return"),
            "MD07,AM04");
  const std::string texts = superuser_value("SELECT string_agg(description, ' ') FROM entry");
  for (const ReturnReason& reason : return_reasons())
    EXPECT_EQ(texts.find(reason.cause), std::string::npos) << reason.code;
  EXPECT_EQ(superuser_value("SELECT description FROM entry WHERE description LIKE '%MD07%'"),
            "Return of payment 1: MD07");
}

TEST_F(Collections, RejectedBeforeTheyAreBookedDoNotCount) {
  const Collection collection = at_the_bank("2026-02-02");
  come_back(collection, 2, "2026-01-31", "AC04");
  EXPECT_EQ(status(mandate(second_), "2026-02-02"), "on_hold");
  const Collection settled = settle(collection, "2026-02-02");
  EXPECT_EQ(line_state_of(settled, settled.lines[1]), "rejected");
  EXPECT_EQ(count("payment"), 1);
  EXPECT_EQ(stands("M0002", "2026-02-02"), "20.00/0.00");
  move(mandate(second_), "2026-02-10", "BE68539007547034");
  EXPECT_EQ(lines_of(propose("2026-02-12")), "M0002 20.00 first; ") << "another account begins anew";
}

TEST_F(Collections, AreRefusedOnceWhatTheyCollectIsPaidOrForbidden) {
  Collection collection = propose("2026-02-02");
  const dues::Payment paid = pay("M0001", "5.00", "2026-01-30");
  EXPECT_EQ(refusal_of([&] { approve(collection, "ann"); }), "direct_debit_impossible");
  return_payment(paid, "2026-01-30");
  approve(collection, "ann");
  approve(collection, "ben");
  change(mandate(second_), MandateChangeKind::cancelled, "2026-01-31");
  EXPECT_EQ(refusal_of([&] { hand_in(collection, "2026-01-31"); }), "mandate_not_usable");
  EXPECT_EQ(collecting::state_of(cancel(collection).steps), CollectionState::cancelled);
  EXPECT_EQ(refusal_of([&] { cancel(collection); }), "collection_not_open");
  collection = propose("2026-02-02");
  EXPECT_EQ(lines_of(collection), "M0001 20.00 first; ") << "what was let go may be collected";
  move(mandate(first_), "2026-01-31", "BE68539007547034");
  EXPECT_EQ(refusal_of([&] { approve(collection, "ann"); }), "mandate_not_usable") << "another account";
}

TEST_F(Collections, KeepWhatArrivesForChargesThatWereReversed) {
  const Collection collection = at_the_bank("2026-02-02");
  db().in_tx([&](Tx& tx) {
    dues::reverse_charge(tx, node(), collection.lines[0].charges[0].charge, "joined later", author());
  });
  settle(collection, "2026-02-02");
  EXPECT_EQ(stands("M0001", "2026-02-02"), "0.00/20.00");
}

TEST_F(Collections, AreNotSettledIntoAClosedPeriod) {
  const Collection collection = at_the_bank("2026-02-02");
  now = instant_from_text("2026-03-10T12:00:00Z");
  db().in_tx([&](Tx& tx) {
    books::lock_period(tx, node(), books::LockKind::hard, Day::parse("2026-02-28"), "closed", author());
  });
  EXPECT_EQ(refusal_of([&] { settle(collection, "2026-02-02"); }), "period_locked");
  EXPECT_EQ(count("payment"), 0);
  EXPECT_EQ(collecting::state_of(settle(collection, "2026-03-02").steps), CollectionState::settled);
}

TEST_F(Collections, UseAMandateForTheLastTime) {
  EXPECT_EQ(refusal_of([&] { propose("2026-02-02", {"M0001", "nobody"}); }), "party_unknown");
  const Collection collection = propose("2026-02-02", {"M0001"});
  EXPECT_EQ(lines_of(collection), "M0001 20.00 final; M0002 20.00 first; ");
  approve(collection, "ann");
  approve(collection, "ben");
  hand_in(collection, "2026-01-31");
  EXPECT_EQ(status(mandate(first_), "2026-02-02"), "used_up");
}

TEST_F(Collections, LoseThePersonalDataOfWhoeverIsErased) {
  const Collection collection = at_the_bank("2026-02-02");
  settle(collection, "2026-02-02");
  db().in_tx([&](Tx& tx) { members::erase_party(tx, node(), "M0001", "asked for it", author()); });
  EXPECT_EQ(superuser_value("SELECT count(*) FROM mandate_account"), "1");
  EXPECT_EQ(status(mandate(first_), "2026-02-02"), "erased");
  const Collection left = read(collection);
  EXPECT_FALSE(left.lines[0].account);
  EXPECT_EQ(line_state_of(left, left.lines[0]), "paid");
  EXPECT_EQ(refusal_of([&] { file_of(left); }), "party_erased");
  EXPECT_EQ(refusal_of([&] { sign("M0001"); }), "party_erased");
  EXPECT_EQ(refusal_of([&] { change(mandate(first_), MandateChangeKind::released, "2026-02-02"); }),
            "party_erased");
  come_back(collection, 1, "2026-02-05", "MD07");
  EXPECT_EQ(stands("M0001", "2026-02-05"), "20.00/0.00");
}

TEST_F(Collections, RefuseMandatesThatCannotBe) {
  const auto draft = [&](const std::string& reference) {
    return MandateDraft{.member = "M0003",
                        .reference = reference,
                        .signed_on = Day::parse("2026-01-01"),
                        .used_on = {},
                        .iban = Iban::parse("DE89370400440532013000"),
                        .bic = {},
                        .name = {},
                        .address = {}};
  };
  const auto refused = [&](const MandateDraft& one) {
    return refusal_of([&] { db().in_tx([&](Tx& tx) { sign_mandate(tx, node(), one, author()); }); });
  };
  EXPECT_EQ(refused(draft("d0001")), "mandate_exists");
  EXPECT_EQ(refused(draft("é")), "name_malformed");
  MandateDraft early = draft("X1");
  early.used_on = Day::parse("2025-12-31");
  EXPECT_EQ(refused(early), "day_malformed");
  EXPECT_EQ(refusal_of([&] { change(mandate(first_), MandateChangeKind::collected, "2026-01-20"); }),
            "field_invalid");
  EXPECT_EQ(refusal_of([&] { change(mandate(first_), MandateChangeKind::released, "2026-01-01"); }),
            "day_malformed");
  EXPECT_EQ(refusal_of([&] { change(mandate(first_), MandateChangeKind::returned, "2026-01-20"); }),
            "field_missing");
  change(mandate(first_), MandateChangeKind::cancelled, "2026-01-20");
  EXPECT_EQ(refusal_of([&] { change(mandate(first_), MandateChangeKind::released, "2026-01-21"); }),
            "mandate_not_usable");
  EXPECT_EQ(refusal_of([&] { mandate(MandateId{9}); }), "mandate_unknown");
  EXPECT_EQ(refusal_of([&] { approve(Collection{propose("2026-02-02")}, "ann"); }), "");
}

}  // namespace
}  // namespace coop::collecting
