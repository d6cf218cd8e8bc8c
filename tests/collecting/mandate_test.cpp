#include "ledger/collecting/mandate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/collecting/creditor_identifier.hpp"
#include "ledger/collecting/return_reason.hpp"
#include "ledger/values/refusal.hpp"
#include "tests/support/refusal_code.hpp"

namespace coop::collecting {
namespace {

using test::refusal_code;
using Kind = MandateChangeKind;
using Sequence = CollectionSequence;

const Iban first_iban = Iban::parse("DE89370400440532013000");
const Iban second_iban = Iban::parse("BE68539007547034");

Day day(std::string_view text) { return Day::parse(text); }

Mandate signed_mandate(std::vector<MandateChange> changes = {}) {
  return {"M0042-1",         MandateScheme::core, MandateUse::recurring,
          day("2026-01-10"), first_iban,          std::move(changes)};
}

MandateChange collected(std::string_view on, Sequence sequence = Sequence::recurring) {
  return {Kind::collected, day(on), sequence, {}, {}};
}
MandateChange returned(std::string_view on, std::string code) {
  return {Kind::returned, day(on), {}, std::move(code), {}};
}
MandateChange rejected(std::string_view on, std::string code) {
  return {Kind::rejected, day(on), {}, std::move(code), {}};
}
MandateChange moved(std::string_view on, const Iban& iban) {
  return {Kind::account_changed, day(on), {}, {}, iban};
}
MandateChange released(std::string_view on) { return {Kind::released, day(on), {}, {}, {}}; }
MandateChange cancelled(std::string_view on) { return {Kind::cancelled, day(on), {}, {}, {}}; }

MandateState state(std::vector<MandateChange> changes, std::string_view on) {
  return state_of(signed_mandate(std::move(changes)), day(on));
}

TEST(Mandate, IsFirstThenRecurringThenFinal) {
  const Mandate mandate = signed_mandate({collected("2026-02-01", Sequence::first)});
  const MandateState before = state_of(mandate, day("2026-01-10"));
  EXPECT_EQ(before.status, MandateStatus::usable);
  EXPECT_EQ(next_sequence(mandate, before, false), Sequence::first);
  const MandateState after = state_of(mandate, day("2026-02-01"));
  EXPECT_EQ(after.last_sent_on, day("2026-02-01"));
  EXPECT_EQ(next_sequence(mandate, after, false), Sequence::recurring);
  EXPECT_EQ(next_sequence(mandate, after, true), Sequence::final);
  EXPECT_EQ(state({collected("2026-02-01"), collected("2026-03-01", Sequence::final)}, "2026-03-01").status,
            MandateStatus::used_up);
}

TEST(Mandate, IsUsedOnceIfItSaysSo) {
  Mandate mandate = signed_mandate();
  mandate.use = MandateUse::one_off;
  EXPECT_EQ(next_sequence(mandate, state_of(mandate, day("2026-02-01")), true), Sequence::one_off);
  mandate.changes.push_back(collected("2026-02-01", Sequence::one_off));
  EXPECT_EQ(state_of(mandate, day("2026-02-01")).status, MandateStatus::used_up);
  mandate.changes.push_back(rejected("2026-02-03", "AM04"));
  EXPECT_EQ(state_of(mandate, day("2026-02-03")).status, MandateStatus::on_hold);
  EXPECT_EQ(state_of(mandate, day("2026-02-17")).status, MandateStatus::usable);
}

TEST(Mandate, ExpiresAfterThirtySixMonthsWithoutUse) {
  EXPECT_EQ(state({}, "2029-01-10").status, MandateStatus::usable);
  EXPECT_EQ(state({}, "2029-01-11").status, MandateStatus::expired);
  const std::vector<MandateChange> once{collected("2026-05-31")};
  EXPECT_EQ(state(once, "2029-05-31").status, MandateStatus::usable);
  EXPECT_EQ(state(once, "2029-06-01").status, MandateStatus::expired);
  // A collection that came back was a use as well.
  EXPECT_EQ(state({collected("2026-05-31"), rejected("2026-06-01", "AM04")}, "2029-05-31").status,
            MandateStatus::usable);
  // A changed account is no use.
  EXPECT_EQ(state({moved("2028-12-01", second_iban)}, "2029-01-11").status, MandateStatus::expired);
}

TEST(Mandate, BeginsAnewWithAnotherAccount) {
  const MandateState moved_on =
      state({collected("2026-02-01"), moved("2026-02-10", second_iban)}, "2026-02-10");
  EXPECT_EQ(moved_on.next, Sequence::first);
  EXPECT_EQ(moved_on.iban, second_iban);
  EXPECT_TRUE(moved_on.account_changed);
  const MandateState used = state(
      {collected("2026-02-01"), moved("2026-02-10", second_iban), collected("2026-03-01", Sequence::first)},
      "2026-03-01");
  EXPECT_EQ(used.next, Sequence::recurring);
  EXPECT_FALSE(used.account_changed);
  // The bank knows nothing yet of a mandate that was never used.
  EXPECT_FALSE(state({moved("2026-01-20", second_iban)}, "2026-01-20").account_changed);
  // The same account again changes nothing.
  EXPECT_EQ(state({collected("2026-02-01"), moved("2026-02-10", first_iban)}, "2026-02-10").next,
            Sequence::recurring);
}

TEST(Mandate, RepeatsTheFirstCollectionIfItWasRejected) {
  const MandateState again =
      state({collected("2026-02-01", Sequence::first), rejected("2026-02-02", "AC01")}, "2026-02-02");
  EXPECT_EQ(again.next, Sequence::first);
  EXPECT_EQ(again.status, MandateStatus::on_hold);
  EXPECT_EQ(
      state({collected("2026-02-01", Sequence::first), returned("2026-02-05", "MD06")}, "2026-02-05").next,
      Sequence::recurring);
  // The rejection arrives after the member has changed the account already.
  const MandateState late = state({collected("2026-02-01", Sequence::final), moved("2026-02-02", second_iban),
                                   rejected("2026-02-03", "AM04")},
                                  "2026-03-03");
  EXPECT_EQ(late.status, MandateStatus::usable);
  EXPECT_EQ(late.next, Sequence::first);
}

TEST(Mandate, RestsAsLongAsEachReturnAsks) {
  struct Row {
    std::string_view code;
    ReturnAction action;
    MandateStatus after_two_weeks;
    MandateStatus with_a_new_account;
  };
  constexpr auto held = MandateStatus::on_hold;
  constexpr auto free = MandateStatus::usable;
  const Row table[] = {
      {"AC01", ReturnAction::ask_for_account, held, free},
      {"AC04", ReturnAction::ask_for_account, held, free},
      {"AC06", ReturnAction::ask_for_account, held, free},
      {"MD01", ReturnAction::renew_mandate, held, held},
      {"MD02", ReturnAction::renew_mandate, held, held},
      {"MD06", ReturnAction::talk, held, held},
      {"MD07", ReturnAction::stop_letters, held, held},
      {"AM04", ReturnAction::retry_later, free, free},
      {"MS03", ReturnAction::retry_later, free, free},
      {"SL01", ReturnAction::talk, held, held},
      {"XX99", ReturnAction::talk, held, held},
      {"", ReturnAction::talk, held, held},
  };
  for (const Row& row : table) {
    EXPECT_EQ(return_reason(row.code).action, row.action) << row.code;
    std::vector<MandateChange> changes{collected("2026-02-01"),
                                       returned("2026-02-05", std::string{row.code})};
    EXPECT_EQ(state(changes, "2026-02-04").status, free) << row.code;
    EXPECT_EQ(state(changes, "2026-02-18").status, held) << row.code;
    EXPECT_EQ(state(changes, "2026-02-19").status, row.after_two_weeks) << row.code;
    changes.push_back(moved("2026-03-01", second_iban));
    EXPECT_EQ(state(changes, "2026-03-01").status, row.with_a_new_account) << row.code;
    changes.push_back(released("2026-03-02"));
    EXPECT_EQ(state(changes, "2026-03-02").status, free) << row.code;
  }
}

TEST(Mandate, StaysHeldByTheGravestOfSeveralReturns) {
  const std::vector<MandateChange> changes{collected("2026-02-01"), returned("2026-02-05", "MD07"),
                                           returned("2026-02-06", "AM04")};
  EXPECT_EQ(state(changes, "2026-02-06").holds.size(), 2u);
  EXPECT_EQ(state(changes, "2026-12-01").status, MandateStatus::on_hold);
  EXPECT_EQ(state(changes, "2026-12-01").holds.at(0).code, "MD07");
}

TEST(Mandate, SaysWhyNothingCanBeCollected) {
  const auto why = [](std::vector<MandateChange> changes, std::string_view on) {
    const Mandate mandate = signed_mandate(changes);
    const MandateState now = state_of(mandate, day(on));
    EXPECT_EQ(refusal_code([&] { require_usable(mandate, now); }), "mandate_not_usable");
    return hindrance(now);
  };
  EXPECT_EQ(why({}, "2026-01-09"), "it is not signed yet on that day");
  EXPECT_EQ(why({cancelled("2026-01-20")}, "2026-01-20"), "it was cancelled");
  EXPECT_EQ(why({collected("2026-02-01", Sequence::final)}, "2026-02-01"), "its last collection was sent");
  EXPECT_EQ(why({}, "2030-01-01"), "it expired: not used for 36 months, until 2029-01-10");
  EXPECT_EQ(why({collected("2026-02-01"), returned("2026-02-05", "AM04")}, "2026-02-06"),
            "it rests since 2026-02-05 (AM04), until 2026-02-19: There was not enough money in the account.");
  const Mandate usable = signed_mandate();
  EXPECT_NO_THROW(require_usable(usable, state_of(usable, day("2026-02-01"))));
}

TEST(Mandate, HasWordsForEveryReturnTheMemberSees) {
  EXPECT_EQ(return_reasons().size(), 10u);
  for (const ReturnReason& reason : return_reasons()) {
    EXPECT_TRUE(reason.cause.ends_with(".")) << reason.code;
    // Nobody writes to somebody who has died.
    EXPECT_EQ(reason.next_step.empty(), reason.action == ReturnAction::stop_letters) << reason.code;
    EXPECT_EQ(reason.rest_days > 0, reason.action == ReturnAction::retry_later) << reason.code;
  }
}

TEST(Mandate, HasAReferenceThatBanksTake) {
  for (const std::string_view id : {"M0042-1", "a", "12345678901234567890123456789012345", "A/B (1): 'x'"})
    EXPECT_EQ(refusal_code([&] { require_mandate_id(id, "/reference"); }), "accepted") << id;
  for (const std::string_view id :
       {"", "123456789012345678901234567890123456", "M_42", "Mé", " M", "M ", "/M", "M/", "M//1", "M\n"})
    EXPECT_EQ(refusal_code([&] { require_mandate_id(id, "/reference"); }), "name_malformed") << id;
}

TEST(Mandate, ChecksCreditorIdentifiers) {
  for (const std::string_view text : {"DE98ZZZ09999999999", "de98 zzz 0999 9999 999", "DE98ABC09999999999",
                                      "NL79ZZZ999999990000", "AT61ZZZ01234567890", "ES50ZZZM23456789"})
    EXPECT_EQ(refusal_code([&] { CreditorIdentifier::parse(text); }), "accepted") << text;
  EXPECT_EQ(CreditorIdentifier::parse("de98 zzz 0999 9999 999").text(), "DE98ZZZ09999999999");
  for (const std::string_view text : {"", "DE98ZZZ", "DE97ZZZ09999999999", "D998ZZZ09999999999",
                                      "DE98ZZZ0999999999-", "DE98ZZZ0999999999909999999999999999999"})
    EXPECT_EQ(refusal_code([&] { CreditorIdentifier::parse(text); }), "creditor_identifier_malformed")
        << text;
}

TEST(Mandate, KnowsTheCodesOfThePaymentFile) {
  EXPECT_EQ(code_of(Sequence::first), "FRST");
  EXPECT_EQ(code_of(Sequence::recurring), "RCUR");
  EXPECT_EQ(code_of(Sequence::final), "FNAL");
  EXPECT_EQ(code_of(Sequence::one_off), "OOFF");
  EXPECT_EQ(code_of(MandateScheme::core), "CORE");
  EXPECT_EQ(code_of(MandateScheme::b2b), "B2B");
}

TEST(Mandate, DoesNotBelieveAnImpossibleHistory) {
  EXPECT_THROW(state({collected("2026-01-09")}, "2026-02-01"), InvariantBroken);
  EXPECT_THROW(state({{Kind::collected, day("2026-02-01"), {}, {}, {}}}, "2026-02-01"), InvariantBroken);
  EXPECT_THROW(state({{Kind::account_changed, day("2026-02-01"), {}, {}, {}}}, "2026-02-01"),
               InvariantBroken);
}

rc::Gen<std::vector<MandateChange>> some_history() {
  return rc::gen::container<std::vector<MandateChange>>(rc::gen::exec([] {
    const Day on = day("2026-01-10").plus_days(*rc::gen::inRange(0, 3000));
    MandateChange change{*rc::gen::element(Kind::collected, Kind::collected, Kind::rejected, Kind::returned,
                                           Kind::account_changed, Kind::released, Kind::cancelled),
                         on};
    change.sequence = *rc::gen::weightedElement<Sequence>({{20, Sequence::recurring}, {1, Sequence::final}});
    change.code = *rc::gen::element<std::string>("AC04", "AM04", "MD06", "XX99");
    change.iban = *rc::gen::element(first_iban, second_iban);
    return change;
  }));
}

RC_GTEST_PROP(Mandate, DependsOnThePastOnly, ()) {
  const Mandate mandate = signed_mandate(*some_history());
  const Day on = day("2026-01-10").plus_days(*rc::gen::inRange(0, 4000));
  Mandate past = mandate;
  std::erase_if(past.changes, [&](const MandateChange& change) { return change.on > on; });
  const MandateState now = state_of(mandate, on);
  const MandateState then = state_of(past, on);
  RC_ASSERT(now.status == then.status && now.next == then.next && now.iban == then.iban);
  RC_ASSERT(now.expires_on == then.expires_on && now.holds.size() == then.holds.size());
}

RC_GTEST_PROP(Mandate, IsNeverUsedAfterItsEnd, ()) {
  std::vector<MandateChange> changes = *some_history();
  const MandateState now = state(changes, "2034-06-01");
  const bool cancelled_once = std::any_of(changes.begin(), changes.end(),
                                          [](const auto& change) { return change.kind == Kind::cancelled; });
  RC_ASSERT(!cancelled_once || now.status == MandateStatus::cancelled);
  if (now.status == MandateStatus::usable) {
    RC_ASSERT(now.expires_on >= day("2034-06-01"));
    RC_ASSERT(now.holds.empty());
  }
  RC_ASSERT(hindrance(now).empty() == (now.status == MandateStatus::usable));
}

RC_GTEST_PROP(Mandate, IsCollectedFromTheAccountNamedLast, ()) {
  const std::vector<MandateChange> changes = *some_history();
  Iban last = first_iban;
  std::optional<Day> when;
  for (const MandateChange& change : changes) {
    if (change.kind != Kind::account_changed || (when && change.on < *when)) continue;
    last = *change.iban;
    when = change.on;
  }
  RC_ASSERT(state(changes, "2034-06-01").iban == last);
}

}  // namespace
}  // namespace coop::collecting
