#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

#include "api/commands/commands.hpp"
#include "api/commands/json_file.hpp"
#include "api/commands/node_command.hpp"
#include "api/handlers/obligation_forms.hpp"
#include "api/json_document.hpp"
#include "ledger/members/party_store.hpp"
#include "ledger/values/money.hpp"
#include "ledger/values/refusal.hpp"
#include "ledger/work/obligation_service.hpp"
#include "ledger/work/obligation_store.hpp"
#include "reports/obligation_tables.hpp"

namespace coop::api {

namespace {

using work::Obligation;

constexpr int obligations_of_a_list = 10'000;
constexpr int standings_of_a_page = 1'000;

struct ObligationWords {
  std::int32_t number = 0;
  std::int32_t settlement = 0;
  std::string member;
  std::vector<std::string> members;
  std::string circle;
  std::string on;
  std::string how;
  std::string amount;
  int minutes = 0;
  std::int64_t entry = 0;
  std::string words;
  std::string file;

  work::ObligationNumber obligation() const { return work::ObligationNumber{number}; }
};

reports::Table table_of_obligations_asked(const NodeCall& call, const reports::ReportNode& in,
                                          const std::vector<Obligation>& listed) {
  return reports::table_of_obligations(in, listed, call.unit_of(), std::nullopt);
}

std::optional<PartyId> typed_member(Tx& tx, const NodeCall& call, const ObligationWords& words) {
  if (words.member.empty()) return std::nullopt;
  const auto party = members::find_party(tx, call.node.id, words.member);
  if (!party) throw Refused{Refusal::party_unknown, "there is no member " + words.member};
  return party->id;
}

void list_what_is_owed(const NodeCall& call, const ObligationWords& words) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    work::ObligationFilter filter{
        .member = typed_member(tx, call, words), .on = typed_day(words.on), .limit = obligations_of_a_list};
    if (!words.circle.empty()) filter.circle = words.circle;
    return table_of_obligations_asked(call, in, work::list_obligations(tx, call.node.id, filter));
  });
}

void declare(const NodeCall& call, const ObligationWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  const auto asked = obligation_from(JsonValue{body}, call.units);
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    return table_of_obligations_asked(
        call, in, {work::record_obligation(tx, call.node, asked.terms, asked.members, call.author())});
  });
}

void add_members_who_owe(const NodeCall& call, const ObligationWords& words) {
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    return table_of_obligations_asked(
        call, in, {work::add_who_owes(tx, call.node, words.obligation(), words.members, call.author())});
  });
}

void withdraw(const NodeCall& call, const ObligationWords& words) {
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    return table_of_obligations_asked(
        call, in, {work::withdraw_obligation(tx, call.node, words.obligation(), words.words, call.author())});
  });
}

work::SettlementDraft typed_settlement(const NodeCall& call, const ObligationWords& words,
                                       const work::ObligationTerms& terms) {
  work::SettlementDraft draft{.how = work::settlement_kind_from(words.how),
                              .member = words.member,
                              .on = typed_day(words.on).value_or(call.today()),
                              .words = words.words};
  if (words.minutes > 0) draft.minutes = words.minutes;
  if (words.entry > 0) draft.entry = EntryNumber{words.entry};
  if (words.amount.empty()) return draft;
  if (!terms.unit) throw Refused{Refusal::field_invalid, "nothing of it is said in money", "/amount"};
  draft.minor = minor_from_text(words.amount, call.units.of(*terms.unit).scale);
  return draft;
}

void settle(const NodeCall& call, const ObligationWords& words) {
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    const Obligation obligation = work::read_obligation(tx, call.node.id, words.obligation());
    const auto draft = typed_settlement(call, words, obligation.terms);
    return reports::table_of_settlements(
        in, obligation, {work::settle_obligation(tx, call.node, words.obligation(), draft, call.author())},
        call.unit_of(), std::nullopt);
  });
}

void take_settlement_back(const NodeCall& call, const ObligationWords& words) {
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    const Obligation obligation = work::read_obligation(tx, call.node.id, words.obligation());
    return reports::table_of_settlements(
        in, obligation,
        {work::reverse_settlement(tx, call.node, words.obligation(), words.settlement, words.words,
                                  call.author())},
        call.unit_of(), std::nullopt);
  });
}

void print_settlements(const NodeCall& call, const ObligationWords& words) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    return reports::table_of_settlements(
        in, work::read_obligation(tx, call.node.id, words.obligation()),
        work::read_settlements(tx, call.node.id, words.obligation(), typed_member(tx, call, words), 0,
                               obligations_of_a_list),
        call.unit_of(), std::nullopt);
  });
}

void print_standings(const NodeCall& call, const ObligationWords& words) {
  work::StandingFilter filter{.as_of = typed_day(words.on), .limit = standings_of_a_page};
  if (words.number > 0) filter.obligation = words.obligation();
  for (bool is_first = true;; is_first = false) {
    std::vector<work::MemberStanding> listed;
    const reports::Table table = call.database.in_snapshot([&](Tx& tx) {
      filter.member = typed_member(tx, call, words);
      if (filter.obligation) work::read_obligation(tx, call.node.id, *filter.obligation);
      listed = work::read_standings(tx, call.node.id, filter);
      return reports::table_of_standings(reports::read_report_node(tx, call.node.id), listed, call.unit_of(),
                                         std::nullopt);
    });
    if (listed.empty() && !is_first) return;
    call.print(table, is_first);
    if (listed.size() < static_cast<std::size_t>(standings_of_a_page)) return;
    filter.after = work::StandingPlace{listed.back().obligation, listed.back().member};
  }
}

void add_settling(CLI::App& settled, ObligationWords& words) {
  settled.add_option("--how", words.how, "money, kind or waived")->required();
  settled.add_option("--member", words.member, "whose it settles")->required();
  settled.add_option("--on", words.on, "the day; without it, today");
  settled.add_option("--amount", words.amount, "in the obligation's unit");
  settled.add_option("--minutes", words.minutes, "waived, of what is owed in minutes");
  settled.add_option("--entry", words.entry, "of money: the entry of the payment");
  settled.add_option("--words", words.words, "what was given, or why it is waived");
}

}  // namespace

void add_obligation(CommandLine& line) {
  const auto words = std::make_shared<ObligationWords>();
  NodeCommand command{
      line,
      {"obligation",
       "Lists what members owe in work and how they stand; declares, settles and withdraws it",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger obligation declare bcn --file forty-hours.json --user ann < password",
        "coopledger obligation list bcn --on 2026-03-01", "coopledger obligation standing bcn 1 --csv",
        "coopledger obligation settle bcn 1 --how money --member M0042 --amount 25.00 --entry 1042 "
        "--user ann < password",
        "coopledger obligation settle bcn 1 --how kind --member M0042 --amount 100.00 --words 'a printer' "
        "--user ann < password",
        "coopledger obligation take-back bcn 1 2 --reason 'another member' --user ann < password",
        "coopledger obligation withdraw bcn 1 --reason 'the assembly dropped it' --user ann < password"}}};
  const auto below = [&](const char* name, const char* meaning,
                         void (*work)(const NodeCall&, const ObligationWords&)) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) { work(call, *words); });
  };
  CLI::App& listed = below("list", "Lists what is owed, the newest first", list_what_is_owed);
  listed.add_option("--circle", words->circle, "only what is owed to this circle");
  CLI::App& declared = below("declare", "Records what members owe in work", declare);
  declared
      .add_option("--file", words->file,
                  "it as JSON, as POST …/obligations takes it; - for standard input, after the password")
      ->required();
  CLI::App& joined = below("add", "More members owe it", add_members_who_owe);
  CLI::App& settled = below("settle", "Records what meets it otherwise than by hours", settle);
  CLI::App& settlements = below("settlements", "Lists what met it otherwise", print_settlements);
  CLI::App& taken = below("take-back", "Takes a settlement back", take_settlement_back);
  CLI::App& withdrawn = below("withdraw", "Nobody owes it any more", withdraw);
  CLI::App& standing = below("standing", "How members stand: owed, done, settled, open", print_standings);
  for (CLI::App* one : {&joined, &settled, &settlements, &taken, &withdrawn})
    one->add_option("number", words->number, "the obligation's number")->required();
  standing.add_option("number", words->number, "only of this obligation");
  standing.add_option("--as-of", words->on, "as of a day, such as 2025-12-31");
  listed.add_option("--on", words->on, "only of whose time this day is");
  for (CLI::App* one : {&listed, &settlements, &standing})
    one->add_option("--member", words->member, "only of this member");
  joined.add_option("--member", words->members, "a member's number; once for each")->required();
  add_settling(settled, *words);
  taken.add_option("settlement", words->settlement, "the settlement's number")->required();
  for (CLI::App* one : {&taken, &withdrawn}) one->add_option("--reason", words->words, "why")->required();
  command.ask_who({&declared, &joined, &settled, &taken, &withdrawn}, access::Action::keep_members);
}

}  // namespace coop::api
