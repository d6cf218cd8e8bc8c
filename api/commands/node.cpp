#include <CLI/CLI.hpp>

#include <charconv>
#include <iostream>

#include "api/books_database.hpp"
#include "api/commands/columns.hpp"
#include "api/commands/commands.hpp"
#include "ledger/books/chart_service.hpp"
#include "ledger/books/node_service.hpp"
#include "ledger/books/unit_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::api {

namespace {

struct NodeWords {
  books::NodeDraft draft{};
  std::string fiscal_year_start = "01-01";
  std::string chart;
  std::vector<std::string> units;
  std::string opened_on;
};

/// "04-06": the month and the day on which fiscal years start.
FiscalYearStart fiscal_start_from(const std::string& text) {
  const auto number_at = [&](std::size_t at) {
    unsigned number = 0;
    const char* const end = text.data() + at + 2;
    const bool is_number = std::from_chars(text.data() + at, end, number).ptr == end;
    return is_number ? number : 0U;
  };
  if (text.size() == 5 && text[2] == '-' && number_at(0) != 0 && number_at(3) != 0)
    return {number_at(0), number_at(3)};
  throw Refused{Refusal::field_invalid,
                "a fiscal year starts on a month and a day such as 04-06, not '" + text + "'"};
}

std::string year_start_text(const FiscalYearStart& start) {
  const auto two_digits = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return two_digits(start.month) + "-" + two_digits(start.day);
}

std::vector<std::string> node_row_of(Tx& tx, const books::Node& node) {
  return {node.name,      books::read_unit_code(tx, node.base_unit),         node.country,
          node.time_zone, "year from " + year_start_text(node.fiscal_start), node.title};
}

void list_nodes(Tx& tx, const NodeWords&, Instant) {
  std::vector<std::vector<std::string>> rows;
  for (const books::Node& node : books::read_nodes(tx)) rows.push_back(node_row_of(tx, node));
  std::cout << aligned_columns(rows);
}

/// The node, and the accounts of its chart in the units that are asked for, else in its base unit.
void add_node(Tx& tx, const NodeWords& words, Instant now) {
  books::NodeDraft draft = words.draft;
  draft.fiscal_start = fiscal_start_from(words.fiscal_year_start);
  if (words.chart.empty() && !words.units.empty())
    throw Refused{Refusal::field_invalid, "--unit says in which units the accounts of --chart are opened"};
  if (words.chart.empty() && !words.opened_on.empty())
    throw Refused{Refusal::field_invalid, "--opened-on says from when the accounts of --chart are open"};
  const auto* const chart = words.chart.empty() ? nullptr : &books::require_chart_template(words.chart);
  const books::Author author{std::nullopt, now};
  const books::Node node = books::make_node(tx, draft, author);
  std::string opened;
  if (chart) {
    const auto units = words.units.empty() ? std::vector{draft.base_unit} : words.units;
    const Day from = words.opened_on.empty() ? day_in_zone(now, node.time_zone) : Day::parse(words.opened_on);
    const int count = books::apply_chart(tx, node.id, *chart, units, from, author).opened;
    opened =
        std::to_string(count) + " accounts of " + words.chart + " are open from " + from.text() + " on\n";
  }
  std::cout << aligned_columns({node_row_of(tx, node)}) << opened;
}

using NodeWork = void (*)(Tx&, const NodeWords&, Instant);

int run_node(const Settings& settings, const NodeWords& words, NodeWork work) {
  const BooksDatabase books{settings, BooksUse::work};
  Database database{books.service_settings()};
  const Instant now = system_clock()();
  database.in_tx([&](Tx& tx) { work(tx, words, now); });
  return static_cast<int>(ExitCode::success);
}

CLI::App& add_below(CLI::App& command, const std::string& name, const std::string& meaning,
                    const std::shared_ptr<NodeWork>& chosen, NodeWork work) {
  CLI::App& added = *command.add_subcommand(name, meaning);
  added.fallthrough();
  added.footer("Settings (--database, --data …) and examples: `coopledger node --help`.");
  added.callback([chosen, work] { *chosen = work; });
  return added;
}

std::string names_of_charts() {
  std::string names;
  for (const auto& chart : books::chart_templates())
    names += (names.empty() ? "" : ", ") + std::string{chart.name};
  return names;
}

}  // namespace

void add_node(CommandLine& line) {
  const auto words = std::make_shared<NodeWords>();
  const auto chosen = std::make_shared<NodeWork>();
  CLI::App& command = line.add(
      {"node",
       "Makes and lists nodes: the co-operatives whose books are kept here",
       {SettingGroup::books, SettingGroup::log},
       {"coopledger node add bcn --title Barcelona --base-unit EUR --country ES --time-zone Europe/Madrid",
        "coopledger node add mcr --title Manchester --base-unit GBP --country GB --time-zone Europe/London "
        "\\\n"
        "    --fiscal-year-start 04-06 --chart hosting-co-op --unit GBP --unit EUR",
        "coopledger node list"}},
      [words, chosen](const Configuration& configuration) {
        return run_node(configuration.settings, *words, *chosen);
      });
  command.require_subcommand(1);
  add_below(command, "list", "Lists all nodes", chosen, list_nodes);
  CLI::App& added = add_below(command, "add", "Makes a node with empty books", chosen, add_node);
  added.add_option("name", words->draft.name, "short, lower case, for ever, such as bcn")->required();
  added.add_option("--title", words->draft.title, "what people call it")->required();
  added.add_option("--base-unit", words->draft.base_unit, "the unit it reckons in, such as EUR")->required();
  added.add_option("--country", words->draft.country, "two capital letters (ISO 3166-1)")->required();
  added.add_option("--time-zone", words->draft.time_zone, "such as Europe/Madrid")->required();
  added.add_option("--fiscal-year-start", words->fiscal_year_start, "month and day, such as 04-06")
      ->capture_default_str();
  added.add_option("--chart", words->chart, "opens the accounts of a chart: " + names_of_charts());
  added.add_option("--unit", words->units,
                   "a unit in which they are opened (may be given several times); without it the base unit");
  added.add_option("--opened-on", words->opened_on,
                   "the first day they take entries of, such as 2026-01-01; without it today");
}

}  // namespace coop::api
