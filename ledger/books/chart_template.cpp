#include "ledger/books/chart_template.hpp"

#include "ledger/books/chart_accounts.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::books {

namespace {

std::vector<ChartAccount> joined(std::initializer_list<std::vector<ChartAccount>> parts) {
  std::vector<ChartAccount> accounts;
  for (const auto& part : parts) accounts.insert(accounts.end(), part.begin(), part.end());
  return accounts;
}

std::vector<ChartTemplate> made_templates() {
  return {
      {"association", "Small association",
       "A club or circle with a bank account and a cash box: dues, donations, events. Nobody is paid.",
       joined({accounts_of_every_chart(), accounts_of_an_association()})},
      {"hosting-co-op", "Hosting or worker co-operative",
       "Members pay dues by tier, workers log hours and are paid what the month allows, servers are shared "
       "with other "
       "nodes, and funds, reserves and member shares are kept apart.",
       joined(
           {accounts_of_every_chart(), accounts_of_members(), accounts_of_workers(), accounts_of_a_node()})},
      {"multi-stakeholder", "Multi-stakeholder society",
       "Workers, users and supporters own it together: classes of shares, grants with conditions, care and "
       "services for "
       "pay, a surplus that the assembly divides.",
       joined({accounts_of_every_chart(), accounts_of_members(), accounts_of_workers(), accounts_of_a_node(),
               accounts_of_a_society()})},
  };
}

}  // namespace

std::span<const ChartTemplate> chart_templates() {
  static const std::vector<ChartTemplate> templates = made_templates();
  return templates;
}

const ChartTemplate& require_chart_template(std::string_view name) {
  for (const ChartTemplate& chart : chart_templates()) {
    if (chart.name == name) return chart;
  }
  throw Refused{Refusal::template_unknown, "there is no chart '" + std::string{name} + "'"};
}

bool opens_in(const ChartAccount& account, UnitOrigin origin) {
  switch (account.units) {
    case ChartUnits::currencies:
      return origin == UnitOrigin::currency;
    case ChartUnits::locals:
      return origin == UnitOrigin::local;
    case ChartUnits::hours:
      return origin == UnitOrigin::hours;
    case ChartUnits::all:
      return true;
  }
  throw InvariantBroken{"an account of a chart is opened in one of four kinds of units"};
}

}  // namespace coop::books
