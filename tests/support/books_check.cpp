// After every database test the books of all nodes are verified: no test leaves books that do not add up.
#include "ledger/proof/verify_service.hpp"
#include "tests/support/test_database.hpp"

namespace coop::test {
namespace {

std::vector<std::string> faults_of_all_books(Database& database) {
  const proof::Verified verified = proof::verify(database.settings());
  std::vector<std::string> faults;
  for (const proof::VerifiedNode& node : verified.nodes) {
    for (const proof::Flaw& flaw : node.flaws) {
      faults.push_back(node.name + ": " + std::string{proof::text_of(flaw.finding)} + ": " + flaw.text);
    }
  }
  for (const proof::Flaw& flaw : verified.flaws) faults.push_back(flaw.text);
  return faults;
}

[[maybe_unused]] const bool checked = set_books_check(faults_of_all_books);

}  // namespace
}  // namespace coop::test
