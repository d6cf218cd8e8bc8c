#include "api/demo/year.hpp"

namespace coop::api::demo {

NodeYear::NodeYear(const NodeFacts& a_facts)
    : facts{a_facts}, members{members_of(a_facts)}, diary{std::string{a_facts.name}} {}

std::vector<NodeYear> written_years() {
  std::vector<NodeYear> years;
  for (const NodeFacts& facts : nodes()) years.emplace_back(facts);
  for (NodeYear& year : years) {
    write_dues(year);
    write_bills(year);
    write_time(year);
    write_own_life(year);
    write_local_currency(year);
    write_incidents(year);
  }
  write_month_ends(years);
  return years;
}

}  // namespace coop::api::demo
