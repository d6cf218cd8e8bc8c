#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

#include "api/commands/commands.hpp"
#include "api/commands/node_command.hpp"
#include "ledger/funds/allocation_service.hpp"
#include "ledger/funds/allocation_store.hpp"
#include "ledger/values/money.hpp"
#include "reports/allocation_tables.hpp"

namespace coop::api {

namespace {

using funds::AllocationRound;

struct RoundWords {
  std::int32_t number = 0;
  std::int32_t proposal = 0;
  std::string title;
  std::string body;
  std::string level = "node";
  std::string fund;
  std::string amount;
  std::string cost_object;
  std::string member;
  std::vector<std::string> members;
  std::string from;
  std::string to;
  std::string decision;
  std::string reason;

  funds::RoundNumber round() const { return funds::RoundNumber{number}; }
};

reports::Table table_of_round_asked(const NodeCall& call, const reports::ReportNode& in,
                                    const AllocationRound& round) {
  return reports::table_of_round(in, round, call.units.of(round.unit));
}

void open_round(const NodeCall& call, const RoundWords& words) {
  const Unit unit = call.base_unit();
  const funds::RoundDraft draft{.title = words.title,
                                .body = words.body,
                                .level = funds::body_level_from(words.level),
                                .fund = words.fund,
                                .unit = unit.id,
                                .pot_minor = minor_from_text(words.amount, unit.scale),
                                .members = words.members,
                                .from_on = Day::parse(words.from),
                                .until_on = Day::parse(words.to),
                                .decision = words.decision};
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    return table_of_round_asked(call, in,
                                funds::begin_round(tx, call.node.id, draft, call.today(), call.author()));
  });
}

// Minor units of the round's unit.
std::int64_t typed_amount(Tx& tx, const NodeCall& call, const RoundWords& words) {
  const UnitId unit = funds::read_round(tx, call.node.id, words.round()).unit;
  return minor_from_text(words.amount, call.units.of(unit).scale);
}

void propose_to_round(const NodeCall& call, const RoundWords& words) {
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    funds::ProposalDraft draft{.title = words.title, .goal_minor = typed_amount(tx, call, words)};
    if (!words.cost_object.empty()) draft.cost_object = words.cost_object;
    return table_of_round_asked(
        call, in, funds::propose(tx, call.node.id, words.round(), draft, call.today(), call.author()));
  });
}

using Giving = AllocationRound (*)(Tx&, NodeId, funds::RoundNumber, const funds::Contribution&,
                                   const books::Author&);

void give_or_back(const NodeCall& call, const RoundWords& words, Giving giving) {
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    const funds::Contribution contribution{words.proposal, words.member, typed_amount(tx, call, words)};
    return table_of_round_asked(call, in,
                                giving(tx, call.node.id, words.round(), contribution, call.author()));
  });
}

void give_to_proposal(const NodeCall& call, const RoundWords& words) {
  give_or_back(call, words, funds::give);
}

void give_back_to_share(const NodeCall& call, const RoundWords& words) {
  give_or_back(call, words, funds::give_back);
}

void close_one_round(const NodeCall& call, const RoundWords& words) {
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    return table_of_round_asked(
        call, in, funds::close_round(tx, call.node.id, words.round(), call.today(), call.author()));
  });
}

void give_up_one_round(const NodeCall& call, const RoundWords& words) {
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    return table_of_round_asked(
        call, in, funds::give_up_round(tx, call.node.id, words.round(), words.reason, call.author()));
  });
}

void show_round(const NodeCall& call, const RoundWords& words) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    return table_of_round_asked(call, in, funds::read_round(tx, call.node.id, words.round()));
  });
}

void list_all_rounds(const NodeCall& call) {
  call.print_read([&](Tx& tx, const reports::ReportNode& in) {
    return reports::table_of_rounds(in, funds::list_rounds(tx, call.node.id, {}), call.unit_of(),
                                    std::nullopt);
  });
}

void add_opening(CLI::App& opened, RoundWords& words) {
  opened.add_option("--title", words.title, "what it is called")->required();
  opened.add_option("--body", words.body, "whose mandates come of it")->required();
  opened.add_option("--level", words.level, "whose body it is: node or federation");
  opened.add_option("--fund", words.fund, "the fund's code")->required();
  opened.add_option("--pot", words.amount, "in the node's unit, such as 20000.00")->required();
  opened.add_option("--member", words.members, "who takes part; once for each")->required();
  opened.add_option("--from", words.from, "the first day of the mandates")->required();
  opened.add_option("--to", words.to, "their last day")->required();
  opened.add_option("--decision", words.decision, "the link to the decision")->required();
}

}  // namespace

void add_round(CommandLine& line) {
  const auto words = std::make_shared<RoundWords>();
  NodeCommand command{
      line,
      {"round",
       "Opens, closes and gives up rounds of allocation, records proposals and what members give to them",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger round open bcn --title Spring --body Assembly --fund commons --pot 20000.00 --member M1 "
        "--member M2 --from 2026-04-01 --to 2026-12-31 --decision https://example.org/d/6 --user ann "
        "< password",
        "coopledger round propose bcn 1 --title Subtitles --goal 600.00 --user tom < password",
        "coopledger round give bcn 1 --proposal 1 --member M1 --amount 400.00 --user tom < password",
        "coopledger round give-back bcn 1 --proposal 1 --member M1 --amount 100.00 --user tom < password",
        "coopledger round close bcn 1 --user ann < password",
        "coopledger round give-up bcn 1 --reason 'nobody proposed anything' --user ann < password",
        "coopledger round show bcn 1", "coopledger round list bcn --csv"}}};
  const auto below = [&](const char* name, const char* meaning,
                         void (*work)(const NodeCall&, const RoundWords&)) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) { work(call, *words); });
  };
  CLI::App& opened =
      below("open", "Opens a round: members allocate a part of a fund in equal shares", open_round);
  add_opening(opened, *words);
  CLI::App& proposed = below("propose", "Adds a proposal", propose_to_round);
  proposed.add_option("--title", words->title, "what it is")->required();
  proposed.add_option("--goal", words->amount, "what it needs, in the round's unit")->required();
  proposed.add_option("--cost-object", words->cost_object, "a cost object's code");
  CLI::App& given = below("give", "Gives a part of a member's share to a proposal", give_to_proposal);
  CLI::App& back = below("give-back", "Gives a part back to a member's share", give_back_to_share);
  for (CLI::App* one : {&given, &back}) {
    one->add_option("--proposal", words->proposal, "the proposal's number")->required();
    one->add_option("--member", words->member, "the member's number")->required();
    one->add_option("--amount", words->amount, "in the round's unit")->required();
  }
  CLI::App& closed = below("close", "Closes a round: what got its goal becomes a mandate", close_one_round);
  CLI::App& given_up =
      below("give-up", "Gives a round up: nothing is funded, and its pot is free again", give_up_one_round);
  given_up.add_option("--reason", words->reason, "why")->required();
  CLI::App& shown = below("show", "Shows a round: shares, proposals, and what came of them", show_round);
  for (CLI::App* one : {&proposed, &given, &back, &closed, &given_up, &shown})
    one->add_option("number", words->number, "the round's number")->required();
  command.ask_who({&opened, &closed, &given_up}, access::Action::adopt_rules);
  command.ask_who({&proposed, &given, &back}, access::Action::record_entries);
  command.below("list", "Lists rounds, the newest first, a row for each proposal", list_all_rounds);
}

}  // namespace coop::api
