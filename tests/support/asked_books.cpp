#include "tests/support/asked_books.hpp"

#include <pqxx/pqxx>
#include <set>

namespace coop::test {

namespace {

/// Numbers by reference, and the amount of each number.
struct InBooks {
  std::multimap<std::string, std::int64_t> numbers;
  std::map<std::int64_t, std::int64_t> amounts;
};

InBooks read_books(const std::string& address) {
  pqxx::connection connection{address};
  pqxx::read_transaction reading{connection};
  InBooks found;
  for (const auto row :
       reading.exec("SELECT e.number, e.reference, max(p.amount_minor) FROM entry e JOIN posting "
                    "p ON p.node_id = e.node_id AND p.entry_number = e.number GROUP BY e.node_id, "
                    "e.number, e.reference")) {
    const auto number = row[0].as<std::int64_t>();
    found.numbers.emplace(row[1].as<std::string>(), number);
    found.amounts[number] = row[2].as<std::int64_t>();
  }
  return found;
}

/// One request; answers how many of its entries are recorded.
std::size_t compare(const AskedEntries& asked, const InBooks& found, std::vector<std::string>& faults) {
  std::size_t recorded = 0;
  for (const auto& [reference, amount] : asked.amounts) {
    const auto [begin, end] = found.numbers.equal_range(reference);
    const auto times = std::distance(begin, end);
    const auto told = asked.numbers.find(reference);
    if (times > 1) faults.push_back(reference + " is recorded more than once");
    if (times == 0 && told != asked.numbers.end()) faults.push_back(reference + " was answered and is lost");
    if (times == 0) continue;
    ++recorded;
    if (found.amounts.at(begin->second) != amount) faults.push_back(reference + " has another amount");
    if (told != asked.numbers.end() && told->second != begin->second) {
      faults.push_back(reference + " was answered as entry " + std::to_string(told->second) +
                       ", but is entry " + std::to_string(begin->second));
    }
  }
  if (recorded != 0 && recorded != asked.amounts.size()) faults.push_back(asked.key + " is recorded in part");
  return recorded;
}

}  // namespace

AskedAndRecorded compared_with_books(const std::string& address, const std::vector<AskedEntries>& asked) {
  const InBooks found = read_books(address);
  AskedAndRecorded compared;
  std::set<std::string> known;
  for (const AskedEntries& one : asked) {
    for (const auto& [reference, amount] : one.amounts) known.insert(reference);
    const std::size_t recorded = compare(one, found, compared.faults);
    if (one.numbers.empty()) {
      ++compared.given_up;
      compared.given_up_recorded += recorded > 0 ? 1 : 0;
    } else {
      ++compared.answered;
      compared.entries += static_cast<std::int64_t>(recorded);
    }
  }
  for (const auto& [reference, number] : found.numbers) {
    if (!known.contains(reference))
      compared.faults.push_back("nobody asked for entry " + std::to_string(number) + " (" + reference + ")");
  }
  return compared;
}

}  // namespace coop::test
