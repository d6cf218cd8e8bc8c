#include "api/demo/demo.hpp"

#include "api/demo/players.hpp"
#include "ledger/access/access_service.hpp"
#include "ledger/books/account_service.hpp"
#include "ledger/books/chart_service.hpp"
#include "ledger/books/posting_service.hpp"
#include "ledger/books/unit_store.hpp"

namespace coop::api::demo {

using namespace books;

namespace {

const Instant before_it_all = instant_from_text("2025-01-01T08:00:00Z");
constexpr const char* chart = "hosting-co-op";

struct NamedRow {
  DimensionKind kind;
  const char* code;
  const char* name;
};

constexpr std::array<NamedRow, 10> shared_rows{
    {{DimensionKind::fund, "media", "Commons of media space"},
     {DimensionKind::fund, "venue", "Commons of venue space"},
     {DimensionKind::fund, "community", "Commons of community space"},
     {DimensionKind::fund, "civil-society", "Commons of civil society"},
     {DimensionKind::cost_object, "bbb", "Meeting rooms (BigBlueButton)"},
     {DimensionKind::cost_object, "web", "Web server"},
     {DimensionKind::cost_object, "storage", "Recordings and storage"},
     {DimensionKind::cost_object, "support", "Support of members"},
     {DimensionKind::cost_object, "governance", "Assemblies and circles"},
     {DimensionKind::cost_object, "assembly", "Monthly meeting"}}};

void require_unit(Tx& tx, const char* code, const char* name, UnitOrigin origin) {
  if (!find_unit(tx, code)) insert_unit(tx, code, name, 2, origin);
}

void require_units(Tx& tx) {
  insert_iso4217(tx);
  require_unit(tx, "HOUR", "Hours of work", UnitOrigin::hours);
  require_unit(tx, "ECO", "Eco, the local unit in Barcelona: a tenth of an hour", UnitOrigin::local);
  require_unit(tx, "GMC", "Greater Manchester credit: a twelfth of an hour", UnitOrigin::local);
}

std::vector<std::string> units_of(const NodeFacts& facts) {
  std::vector<std::string> units{"EUR", "HOUR"};
  if (facts.currency != "EUR") units.emplace_back(facts.currency);
  if (!facts.local_unit.empty()) units.emplace_back(facts.local_unit);
  return units;
}

AccountDraft account(const std::string& path, const std::string& unit, AccountType type,
                     const std::string& title) {
  return {path, unit, type, title, {}, {}, first_day_of(0)};
}

/// What the chart does not bring: the common fund's bank account, claims between nodes, a wallet that cannot
/// be overdrawn.
std::vector<AccountDraft> own_accounts_of(const NodeFacts& facts) {
  std::vector<AccountDraft> drafts;
  if (!facts.local_unit.empty()) {
    drafts.push_back(
        account("assets:local:wallet", std::string{facts.local_unit}, AccountType::asset, "Local currency"));
    drafts.back().limits.lower = 0;
  }
  if (&facts != &nodes()[host]) {
    drafts.push_back(
        account("assets:nodes:mcr", "EUR", AccountType::asset, "Our part of the common fund, held by mcr"));
    return drafts;
  }
  drafts.push_back(
      account("assets:bank:common-fund", "EUR", AccountType::asset, "Bank, common fund of all nodes"));
  for (const NodeFacts& other : nodes()) {
    if (&other == &facts) continue;
    const std::string name{other.name};
    drafts.push_back(account("liabilities:nodes:" + name, "EUR", AccountType::liability, "Held for " + name));
  }
  return drafts;
}

std::vector<Dimension> rows_of(const NodeYear& year) {
  const DimensionId any{1};
  std::vector<Dimension> rows;
  for (const Member& member : year.members)
    rows.push_back({any, DimensionKind::member, member.code, member.code});
  for (const NamedRow& row : shared_rows) rows.push_back({any, row.kind, row.code, row.name});
  return rows;
}

NodeId require_node(Tx& tx, const NodeYear& year, const Author& author) {
  for (const Node& node : read_nodes(tx)) {
    if (node.name == year.name()) return node.id;
  }
  const NodeFacts& facts = year.facts;
  return make_node(tx,
                   {year.name(), std::string{facts.title}, std::string{facts.currency},
                    std::string{facts.country}, std::string{facts.time_zone}},
                   author)
      .id;
}

/// A node of the same name with other books is left alone: its first entry is not the demonstration's.
void require_no_other_books(Tx& tx, NodeId node, const NodeYear& year, const Units& units) {
  const Unit& eur = units.require("EUR", "/unit");
  const Draft probe{key_of(year.name(), "opening"),
                    std::nullopt,
                    first_day_of(0),
                    LateEntry::refuse,
                    "",
                    "",
                    "",
                    std::nullopt,
                    std::nullopt,
                    {{"assets:bank:main", Money::of_minor(1, eur.id), {}, ""},
                     {"equity:opening", Money::of_minor(-1, eur.id), {}, ""}}};
  const auto outcome =
      judge_only(tx, node, std::span{&probe, 1}, Together::each_alone, before_it_all).front();
  const auto* recorded = std::get_if<Recorded>(&outcome);
  const auto* refused = std::get_if<Refused>(&outcome);
  const bool empty = recorded != nullptr && recorded->number == EntryNumber{1};
  const bool ours = refused != nullptr && refused->refusal() == Refusal::key_reused;
  if (!empty && !ours) {
    throw Refused{Refusal::node_exists,
                  "the node '" + year.name() + "' has books of its own: not a place for the demonstration"};
  }
}

Units units_there(Tx& tx) {
  std::vector<Unit> units;
  for (const ListedUnit& listed : read_units(tx)) units.push_back(listed.unit);
  return Units{units};
}

}  // namespace

DemoReport load_demo(Database& database, const DemoProgress& progress) {
  const std::vector<NodeYear> years = written_years();
  const int steps = 1 + static_cast<int>(years.size());
  DemoReport report;
  const Author author{std::nullopt, before_it_all};
  std::map<std::string, NodeId, std::less<>> node_ids;
  database.in_tx([&](Tx& tx) {
    node_ids.clear();
    require_units(tx);
    for (const NodeYear& year : years) {
      const NodeId node = require_node(tx, year, author);
      node_ids.emplace(year.name(), node);
      open_accounts(tx, node, own_accounts_of(year.facts), author);
      apply_chart(tx, node, require_chart_template(chart), units_of(year.facts), first_day_of(0), author);
      require_no_other_books(tx, node, year, units_there(tx));
      add_dimensions(tx, node, rows_of(year), author);
    }
    make_users(tx, node_ids, before_it_all);
  });
  const Units units = database.in_snapshot(units_there);
  progress("nodes, charts, members and users", 1, steps);
  for (std::size_t i = 0; i < years.size(); ++i) {
    const NodeYear& year = years[i];
    const UserId bookkeeper =
        database.in_snapshot([&](Tx& tx) { return access::read_user(tx, bookkeeper_of(year.name())).id; });
    const NodeId node = node_ids.find(year.name())->second;
    DiaryPlayer{database, node, bookkeeper, units}.play(year.diary, report);
    database.in_tx(
        [&](Tx& tx) { play_society(tx, node, year, bookkeeper, units.require("EUR", "/unit").id); });
    progress("the books of " + year.name(), static_cast<int>(i) + 2, steps);
  }
  report.sign_ins = demo_sign_ins();
  return report;
}

}  // namespace coop::api::demo
