// The first table of docs/concepts/promises.md: who keeps each promise. Every file, trigger, finding and test
// that it names is looked for, so that the table does not outlive them.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "ledger/proof/finding.hpp"
#include "tests/support/generated_page.hpp"

namespace coop {
namespace {

namespace fs = std::filesystem;

struct Guards {
  const char* promise;
  std::vector<const char*> code;      ///< files
  std::vector<const char*> schema;    ///< names in migrations/
  std::vector<proof::Finding> found;  ///< by verification
  std::vector<const char*> tests;     ///< "Suite.Test"
};

using proof::Finding;

std::vector<Guards> promises_of_the_books() {
  return {
      {"An entry balances in every unit, to the last minor unit",
       {"ledger/books/judgement.cpp"},
       {"check_postings_added"},
       {Finding::entry_unbalanced},
       {"Judgement.BalancesEachUnitByItself", "AttacksOnEntries.ThatBreakWhatAnEntryIs"}},
      {"What is recorded is never changed or deleted; a correction is a reversal that links to what it "
       "reverses",
       {"ledger/books/reversal_service.cpp", "ledger/books/judgement.cpp"},
       {"make_append_only", "refuse_change", "entry_reverses", "check_reversal_added"},
       {Finding::entry_changed, Finding::entry_missing, Finding::reversal_differs, Finding::reversed_twice},
       {"AttacksOnRecords.OfEntriesAndPostings", "Reversals.HappenOnce",
        "Reversals.AreTheOppositeOfWhatTheyReverseLineByLine", "AttacksOnEntries.ThatReverseWhatTheyMayNot"}},
      {"No floating point touches an amount, a rate or a share; splits add up exactly",
       {"ledger/values/money.hpp", "ledger/values/ratio.cpp", "ledger/values/split.cpp"},
       {"amount_minor   bigint"},
       {},
       {"Split.AddsUpExactlyAndKeepsEveryPartWithinOneUnitOfItsShare",
        "Ratio.IsTheNearestWholeNumberToTheExactProduct"}},
      {"A request answered with success is on disk; repeated with the same key it happens once",
       {"ledger/books/repeat_service.cpp", "ledger/database/postgres_configuration.cpp"},
       {"UNIQUE (node_id, request_key)"},
       {Finding::request_repeated, Finding::entry_missing},
       {"FaultRounds.LoseNothingAndRecordNothingTwice",
        "Concurrency.OfTheSameRequestRecordsItOnceAndAnswersAllAlike",
        "PrivatePostgresTest.KeepsItsDurableSettingsEvenIfTheOperatorAsksForLess"}},
      {"Entry numbers of a node count from 1 without a gap, in the order of recording",
       {"ledger/books/posting_service.cpp"},
       {"check_entries_added"},
       {Finding::entry_missing, Finding::entry_beyond_head, Finding::recorded_backwards},
       {"PostingEntries.NumbersEntriesFromOneWithoutGaps", "AttacksOnEntries.ThatBreakTheOrderOfTheBooks"}},
      {"Every figure can be asked as of a day, and as it was known at an instant",
       {"reports/balances.cpp"},
       {"account_month", "account_mark", "last_known_entry"},
       {Finding::period_total_differs, Finding::day_total_differs, Finding::account_mark_differs},
       {"Balances.OfOneAccountEqualAFullRecomputationAtAnyDayAndInstant"}},
      {"Every derived value can be recomputed from the entries",
       {"ledger/proof/verify_service.cpp"},
       {},
       {Finding::balance_differs, Finding::period_total_differs, Finding::held_differs,
        Finding::head_differs},
       {"AttacksOnRecords.OfFiguresThatFollowFromEntries", "Damages.NamesTheFigureThatDoesNotFit"}},
      {"Nobody reads a node they have no role in",
       {"ledger/access/role.cpp", "api/server/dispatcher.cpp"},
       {"role_grant_held"},
       {},
       {"Permissions.OfOneNodeOpenNoOther", "Permissions.OfTheOperatorReadNoBooks",
        "AccessApi.HidesNodesFromWhoeverHasNoRole"}},
      {"Who held which role stays on record",
       {"ledger/access/access_service.cpp"},
       {"ON role_grant"},
       {},
       {"AccessServiceTest.GivesAndTakesRolesAndKeepsTheirHistory", "AttacksOnGuards.OfAccess"}},
      {"Everything leaves again: a complete export that other tools and a fresh CoopLedger accept",
       {"ledger/journals/native_service.cpp", "ledger/journals/plain_writer.cpp"},
       {},
       {Finding::entry_changed},
       {"Native.RestoresIntoAnEmptyServerAsTheSameBooks", "RoundTrip.OfAwkwardBooksChangesNoBalance"}},
      {"A balance with its holds never leaves its account's limits",
       {"ledger/books/judgement.cpp"},
       {"within_lower_limit", "within_upper_limit"},
       {Finding::limit_broken},
       {"Concurrency.NeverPassesALimit", "AttacksOnEntries.ThatUseWhatTheyMayNot"}},
      {"A closed period takes no entry, and a hard lock is never lifted",
       {"ledger/books/judgement.cpp", "ledger/books/period_lock_service.cpp"},
       {"check_entries_added", "only_soft_locks_lift"},
       {Finding::period_was_locked, Finding::lock_inconsistent},
       {"PeriodLocks.CloseEveryDayUpToTheirLast", "AttacksOnGuards.ByFalseHoldsAndLocks"}},
      {"The outbox tells of everything that was recorded, once and in order",
       {"ledger/books/recording_store.cpp"},
       {"make_append_only('event')"},
       {Finding::event_missing, Finding::event_inconsistent},
       {"PostingEntries.TellsTheOutboxOncePerBatch", "AttacksOnGuards.ByFalseEventsAndEvidence"}},
  };
}

std::vector<Guards> promises_of_the_rooms() {
  return {
      {"What somebody owes is what their charges and payments say, and those are what their entries say",
       {"ledger/dues/position.cpp", "ledger/dues/charge_service.cpp"},
       {"a_period_is_charged_once", "shares_add_up", "says_what_its_entry_says"},
       {Finding::debtor_differs, Finding::charge_differs, Finding::payment_differs},
       {"Charges.AreKeptByTheSchemaItself", "DuesDamages.AreNamedOneByOne",
        "Histories.EndTheSameLivedThroughOrRecordedAtOnce"}},
      {"Income of dues for several months is that of their days, and no more than was put off is earned",
       {"ledger/dues/deferral.cpp", "ledger/dues/deferral_service.cpp"},
       {"within_the_charge", "keep_in_use"},
       {Finding::charge_differs},
       {"Deferrals.AreTheSameAtOnceAndMonthByMonthAndEndAtNothing",
        "DuesOverTime.AccountsInUseStayWhereTheyAre", "AttacksOnMembers.OfDues"}},
      {"Nobody is twice in a class on one day, and a standing follows from changes that stay on record",
       {"ledger/members/membership.cpp"},
       {"memberships_do_not_overlap", "follows_from_changes"},
       {},
       {"MembersSchema.HasNoMembershipsThatOverlap", "Memberships.AreJudgedAlikeByTheCodeAndTheSchema",
        "AttacksOnMembers.OfWhoBelongs"}},
      {"Personal data has rows of its own, and whoever is erased stays erased while the books stay whole",
       {"ledger/members/party_service.cpp"},
       {"keep_erased", "keep_names_out_of_books", "check_nothing_is_left", "forget_accounts"},
       {},
       {"Parties.LeaveNoPersonalDataWhenErasedAndTheBooksStayWhole", "Parties.KeepTheirNamesOutOfTheBooks",
        "CollectingSchema.HoldsAccountsUntilTheirPartyIsErased"}},
      {"A member's own view opens to nobody else, and a link to it ends",
       {"ledger/members/own_link_service.cpp", "api/handlers/own_views.cpp"},
       {"lasts_a_while"},
       {},
       {"OwnViews.AreEachMembersOwn", "OwnViews.DoNotOpenByALinkThatSaysSomethingElse"}},
      {"A frozen roll stays as it was, and no vote counts more votes than its roll has",
       {"ledger/rolls/roll_service.cpp", "ledger/rolls/vote.cpp"},
       {"comes_whole", "check_roll_is_open", "fits_the_roll"},
       {Finding::roll_differs, Finding::vote_differs},
       {"FrozenRolls.AreKeptByTheSchemaItself", "RollDamages.AreNamedOneByOne",
        "AttacksOnRolls.AreRefusedOrFound", "RollsOfHistories.AreTheSameLivedThroughOrRecordedAtOnce"}},
      {"No charge is collected twice, and nothing goes to the bank that two different people did not approve",
       {"ledger/collecting/proposal.cpp", "ledger/collecting/collection_service.cpp"},
       {"a_charge_is_collected_once", "two_different_people_approve", "check_collection_step"},
       {Finding::collection_differs},
       {"CollectingSchema.CollectsAChargeOnce", "CollectingSchema.LetsTwoDifferentPeopleApprove",
        "CollectingHistories.NeverCollectTwiceWhateverHappens", "CollectingDamages.AreNamedOneByOne"}},
      {"A line of a bank counts once, and a match comes to its line and clears each posting once",
       {"ledger/bank/import_service.cpp", "ledger/bank/line_store.cpp"},
       {"the_hash_is_that_of_the_file", "a_line_is_matched_once", "check_bank_match_parts"},
       {Finding::bank_differs},
       {"BankDamages.OfLinesThatCountAreNamedOneByOne", "BankDamages.OfMatchesAreNamedOneByOne",
        "AttacksOnBank.OfMatches", "NativeBank.IsRefusedOrHarmlessWhateverFieldIsChanged"}},
      {"What a person signed stays as it was signed, and what changes in that time afterwards is seen",
       {"ledger/bank/signoff_service.cpp", "ledger/bank/signoff_store.cpp"},
       {"the_hash_is_that_of_the_statement", "a_day_is_signed_once", "keep_bank_signoff"},
       {Finding::bank_differs},
       {"Signoffs.ShowWhatChangedSince", "BankDamages.OfSignaturesAreNamedOneByOne",
        "AttacksOnBank.OfSignatures"}},
      {"No rule posts by itself that was not replayed over the past and switched on by a person",
       {"ledger/bank/rule_service.cpp", "ledger/bank/replay_service.cpp"},
       {"posts_after_a_replay", "check_bank_rule_step", "check_bank_match_by_rule"},
       {Finding::bank_differs},
       {"Rules.PostByThemselvesOnlyAfterAReplayThatAgrees", "Rules.ThatDisagreePostForAReasonOnly",
        "BankDamages.OfRulesAreNamedOneByOne", "AttacksOnRules.AreRefusedOrFound"}},
      {"Nobody approves a payment that they wrote or that pays them; the file for the bank stays as it was "
       "made, and an order is paid once",
       {"ledger/disbursements/approving_service.cpp", "ledger/disbursements/booking_service.cpp"},
       {"check_disbursement_step", "check_disbursement_file", "check_order_part"},
       {Finding::disbursement_differs},
       {"Disbursements.GoToTheBankWhenTwoOthersApproved", "DisbursementSchema.LetsTwoOthersApprove",
        "DisbursementDamages.AreNamedOneByOne", "AttacksOnDisbursements.AreRefusedOrFound"}},
  };
}

std::vector<Guards> promises_of_work_and_money() {
  return {
      {"Nobody approves hours that are theirs or that they recorded, and no day has more than 24 of them",
       {"ledger/work/hours.cpp", "ledger/work/hours_service.cpp"},
       {"check_work_hours", "check_work_hours_step", "check_circle_step"},
       {Finding::work_differs},
       {"HoursOfMembers.AreApprovedByNobodyOfTheirOwnNorTwiceNorFromOutside",
        "HoursOfMembers.OfADayComeToNoMoreThanADayEvenTogether", "WorkDamages.AreNamedOneByOne",
        "AttacksOnWork.AreRefusedOrFound"}},
      {"What members owe in work is met by approved hours that count once, and by what others accept or "
       "waive, never beyond what is owed",
       {"ledger/work/obligation.cpp", "ledger/work/obligation_service.cpp", "ledger/work/standing_store.cpp"},
       {"check_obligation_member", "check_obligation_settlement"},
       {Finding::work_differs},
       {"ObligationsOfMembers.ToACircleTakeItsHoursBeforeThoseToTheNode",
        "ObligationsOfMembers.AreSettledInKindByWhoeverDoesNotOweThem", "ObligationDamages.AreNamedOneByOne",
        "AttacksOnWork.AreRefusedOrFound"}},
      {"Hours are in one pay run that lives and stay as they are; nobody approves a run that they wrote or "
       "are in; what is settled was deferred",
       {"ledger/pay/pay_run_service.cpp", "ledger/pay/pay_approving_service.cpp"},
       {"pay_run_fault", "pay_step_fault", "keep_collected_hours"},
       {Finding::pay_differs},
       {"PayBooks.GoFromHoursToEntriesAndBack", "KeptPay.AreKeptByTheSchemaAndFoundByVerification",
        "AttacksOnPay.AreRefusedOrFound"}},
      {"A spending mandate is drawn on in its time, until it is recalled, never beyond what it grants, and "
       "by entries that spend as much",
       {"ledger/funds/spending_mandate_service.cpp", "ledger/funds/spending_mandate.cpp"},
       {"check_spending_step", "hours_make_the_amount", "check_fund_term"},
       {Finding::fund_differs},
       {"FundSchema.RefusesWhatTheServiceWouldNot", "FundDamages.AreNamedOneByOne",
        "AttacksOnFunds.AreRefusedOrFound", "NativeFunds.AreRefusedOrHarmlessWhateverFieldIsChanged"}},
      {"Nothing is granted, allocated, ordered or drawn that leaves a fund less than its buffer, which is "
       "set or worked out from the books",
       {"ledger/funds/fund_buffer.cpp", "ledger/funds/fund_service.cpp",
        "ledger/disbursements/order_funding_service.cpp"},
       {"check_buffer_of_promise", "check_buffer_of_orders", "check_buffer_of_draw", "buffer_measures"},
       {},
       {"Buffers.ThatAreWorkedOutRefuseWhatWouldLeaveLess", "Buffers.AreKeptByTheSchemaToo",
        "AttacksOnFunds.AreRefusedOrFound", "AttacksOnDisbursements.AreRefusedOrFound"}},
      {"What the register of shares and the runs of a surplus say is what their entries say, and only they "
       "take those back",
       {"ledger/capital/share_service.cpp", "ledger/capital/share_undo_service.cpp",
        "ledger/capital/surplus_service.cpp"},
       {"share_movement_fault", "surplus_step_fault", "check_reversal_is_kept"},
       {Finding::capital_differs},
       {"CapitalBooks.KeepCapitalAndNetBookValueTogetherWhateverHappens",
        "CapitalBooks.RefuseToReverseBehindTheRegister", "AttacksOnCapital.AreRefusedOrFound"}},
      {"Nobody pays in, gives, asks back or withdraws shares on a day on which they are not there",
       {"ledger/capital/share_service.cpp", "ledger/capital/share_undo_service.cpp",
        "ledger/capital/share_store.cpp"},
       {"share_day_fault", "check_share_movement"},
       {Finding::capital_differs},
       {"CapitalDays.TakeNoPaymentBeforeTheSubscription", "CapitalDays.GiveNothingBeforeItIsHeld",
        "CapitalDays.LookAtLaterDaysToo", "AttacksOnCapital.AreRefusedOrFound"}},
      {"An indivisible reserve stays one, nothing is divided twice, and no more shares are withdrawn in a "
       "year than the year before brought",
       {"ledger/capital/surplus_rule_service.cpp", "ledger/capital/surplus_store.cpp",
        "ledger/capital/share_service.cpp"},
       {"surplus_rule_fault", "undivided_result", "share_withdrawal_fault"},
       {Finding::capital_differs},
       {"CapitalLimits.KeepAnIndivisibleReserveWhateverLaterRulesSay",
        "CapitalLimits.DivideWhatWasClosedAfterwardsOnce",
        "CapitalLimits.WithdrawInAYearWhatTheYearBeforeBroughtAndNoMore",
        "AttacksOnCapital.AreRefusedOrFound"}},
      {"A rule by which sums are divided has a decision, is never changed, and its parts add up exactly",
       {"ledger/sharing/rule_service.cpp", "ledger/sharing/division.cpp"},
       {"the_hash_is_that_of_the_rule", "check_sharing_version"},
       {Finding::sharing_rule_differs},
       {"Sharing.RuleWithoutDecisionIsRefused", "Sharing.OverlappingVersionsAreRefused",
        "SharingDamages.AreNamedOneByOne", "AttacksOnSharing.AreRefusedOrFound"}},
      {"What others must approve waits for them, by the rules of its day; an order spends no mandate beyond "
       "what it grants; a budget keeps the lines that it came with",
       {"ledger/funds/spending_rule.cpp", "ledger/disbursements/order_funding_service.cpp",
        "ledger/funds/budget_service.cpp"},
       {"check_ruled_proposal", "check_ruled_mandate", "check_order_mandate", "check_budget"},
       {Finding::fund_differs},
       {"BudgetSchema.RefusesWhatTheServiceWouldNot", "BudgetDamages.AreNamedOneByOne",
        "AttacksOnBudgets.AreRefusedOrFound", "NativeBudgets.AreRefusedOrHarmlessWhateverFieldIsChanged"}},
      {"A bill and a usage are divided once, shares add up to the bills and are what the stored rule gives, "
       "and nobody approves what they wrote or what credits them",
       {"ledger/costs/cost_allocation_service.cpp", "ledger/costs/cost_allocation.cpp"},
       {"cost_taken_fault", "cost_allocation_fault", "cost_step_fault"},
       {Finding::cost_differs},
       {"Costs.AreTakenOnceAndLateOnesComeWithTheNext", "CostShares.AddUpExactlyInWhateverOrderTheyCome",
        "CostRefunds.AddUpForRandomBillsAndRestore", "CostDamages.AreNamedOneByOne",
        "AttacksOnCosts.AreRefusedOrFound"}},
  };
}

std::vector<Guards> promises_of_the_proof() {
  return {
      {"What an auditor has signed or kept cannot be rewritten unseen",
       {"ledger/books/chain.cpp", "ledger/proof/checkpoint_service.cpp"},
       {"make_append_only('checkpoint')"},
       {Finding::checkpoint_contradicts, Finding::checkpoint_forged, Finding::proof_contradicts},
       {"Verification.SeesAChainThatWasRecomputedByItsCheckpoint", "Proofs.FailWhenAnythingInThemIsChanged"}},
      {"What keeps all this in PostgreSQL is itself in place",
       {"ledger/database/migrations.cpp"},
       {"GRANT"},
       {Finding::guard_missing},
       {"AttacksOnGuards.OfTheDatabaseItself", "AttacksOnGuards.ByTheServiceThatWantsMoreRights"}},
  };
}

const std::vector<Guards>& promises() {
  static const std::vector<Guards> all = [] {
    std::vector<Guards> joined = promises_of_the_books();
    for (const auto& part : {promises_of_the_rooms(), promises_of_work_and_money(), promises_of_the_proof()})
      joined.insert(joined.end(), part.begin(), part.end());
    return joined;
  }();
  return all;
}

std::string text_of_files(const fs::path& folder, const std::string& extension) {
  std::string text;
  for (const auto& entry : fs::recursive_directory_iterator{fs::path{COOP_SOURCE_DIR} / folder}) {
    if (entry.path().extension() != extension) continue;
    std::ifstream file{entry.path()};
    text.append(std::istreambuf_iterator<char>{file}, {});
  }
  return text;
}

template <class Names, class Text>
std::string cell_of(const Names& names, const Text& text) {
  std::string cell;
  for (const auto& name : names) cell += (cell.empty() ? "`" : ", `") + std::string{text(name)} + "`";
  return cell.empty() ? "–" : cell;
}

TEST(Promises, AreKeptByWhatTheDocumentationNames) {
  const std::string schema = text_of_files("migrations", ".sql");
  const std::string tests = text_of_files("tests", ".cpp");
  std::string rows = "| promise | code | schema | `verify` finds | tests |\n|---|---|---|---|---|\n";
  for (const Guards& guards : promises()) {
    SCOPED_TRACE(guards.promise);
    for (const char* file : guards.code) EXPECT_TRUE(fs::exists(fs::path{COOP_SOURCE_DIR} / file)) << file;
    for (const char* name : guards.schema) EXPECT_NE(schema.find(name), std::string::npos) << name;
    for (const std::string name : guards.tests) {
      const auto dot = name.find('.');
      EXPECT_NE(tests.find("(" + name.substr(0, dot) + ", " + name.substr(dot + 1)), std::string::npos)
          << name;
    }
    const auto same = [](const char* name) { return name; };
    rows += "| " + std::string{guards.promise} + " | " + cell_of(guards.code, same) + " | " +
            cell_of(guards.schema, same) + " | " +
            cell_of(guards.found, [](Finding finding) { return text_of(finding); }) + " | " +
            cell_of(guards.tests, same) + " |\n";
  }
  EXPECT_TRUE(region_is("docs/concepts/promises.md", "promises", rows));
}

}  // namespace
}  // namespace coop
