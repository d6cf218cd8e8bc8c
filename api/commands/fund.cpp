#include <CLI/CLI.hpp>

#include <memory>
#include <string>

#include "api/commands/commands.hpp"
#include "api/commands/json_file.hpp"
#include "api/commands/node_command.hpp"
#include "api/handlers/fund_forms.hpp"
#include "api/json_document.hpp"
#include "ledger/funds/fund_service.hpp"
#include "ledger/values/refusal.hpp"
#include "reports/fund_tables.hpp"

namespace coop::api {

namespace {

struct FundWords {
  std::string fund;
  std::string from;
  std::string to;
  std::string file;
};

void list_funds(const NodeCall& call, const FundWords& words) {
  const Day day = typed_day(words.to).value_or(call.today());
  call.print_read([&](Tx& tx, const reports::ReportNode&) {
    return reports::table_of(reports::read_fund_list(tx, call.node.id, {day, {}, {}}));
  });
}

void print_fund_statement(const NodeCall& call, const FundWords& words) {
  const Day last = typed_day(words.to).value_or(call.today());
  const Day first = words.from.empty() ? Period::fiscal_year_of(last, call.node.fiscal_start).first()
                                       : Day::parse(words.from);
  if (last < first) throw Refused{Refusal::day_malformed, "the last day is before the first"};
  call.print_read([&](Tx& tx, const reports::ReportNode&) {
    return reports::table_of(reports::read_fund_statement(
        tx, call.node.id, {words.fund, Period{first, last}, {}, {}, call.base_unit()}));
  });
}

void adopt_terms_of_file(const NodeCall& call, const FundWords& words) {
  const JsonDocument body{json_file_text(words.file)};
  const auto draft = fund_terms_from(JsonValue{body}, call.units);
  call.print_done([&](Tx& tx, const reports::ReportNode& in) {
    return reports::table_of_fund_terms(
        in, funds::adopt_fund_terms(tx, call.node.id, words.fund, draft, call.author()), call.unit_of());
  });
}

}  // namespace

void add_fund(CommandLine& line) {
  const auto words = std::make_shared<FundWords>();
  NodeCommand command{
      line,
      {"fund",
       "Shows what funds have, what is free in them, and their statements; adopts their terms",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger fund list bcn", "coopledger fund statement bcn media --from 2026-01-01 --csv",
        "coopledger fund terms bcn media --file media-2026.json --user ann < password"}}};
  const auto below = [&](const char* name, const char* meaning,
                         void (*work)(const NodeCall&, const FundWords&)) -> CLI::App& {
    return command.below(name, meaning, [words, work](const NodeCall& call) { work(call, *words); });
  };
  CLI::App& listed = below("list", "All funds, and whether the books bear them out", list_funds);
  CLI::App& stated =
      below("statement", "Opening, in, out, transfers and closing of a fund", print_fund_statement);
  stated.add_option("--from", words->from, "the first day; without it, the first of the fiscal year");
  for (CLI::App* one : {&listed, &stated})
    one->add_option("--to", words->to, "the last day; without it, today");
  CLI::App& terms =
      below("terms", "Records what was decided about a fund from a day on", adopt_terms_of_file);
  for (CLI::App* one : {&stated, &terms}) one->add_option("fund", words->fund, "the fund's code")->required();
  terms
      .add_option("--file", words->file,
                  "it as JSON, as POST …/funds/{fund}/terms takes it: from_on, purpose, unit, decision; "
                  "buffers, accounts; - for standard input, after the password")
      ->required();
  command.ask_who({&terms}, access::Action::adopt_rules);
}

}  // namespace coop::api
