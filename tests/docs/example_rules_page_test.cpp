// The page that prints every rule that comes with the program, in the words that an assembly adopts and as
// the JSON that is sent. `./dev docs` writes it.
#include "ledger/sharing/example_rules.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/sharing/rule_words.hpp"
#include "tests/support/generated_page.hpp"

namespace coop {
namespace {

std::string example_rules_page() {
  std::string page =
      "# Rules to start from\n\n"
      "Each is printed as `coopledger rules examples` prints it: in the words that an assembly can adopt, "
      "and as the JSON that\n"
      "`POST …/sharing-rules` takes as `rule`. Change what does not fit before it is adopted. What the "
      "steps mean is told in\n[dividing a sum](sharing.md), who divides by rules in [pay](pay.md), "
      "[shared costs](shared-costs.md) and [capital](capital.md).\n"
      "Written by a test; `./dev docs` writes it anew.\n";
  for (const sharing::ExampleRule& example : sharing::example_rules()) {
    const sharing::SharingRule rule = sharing::example_rule(example.code);
    page += "\n## " + std::string{example.code} + "\n\n" + std::string{example.title} + ".\n\n";
    int number = 0;
    for (const std::string& sentence : sharing::words_of(rule))
      page += std::to_string(++number) + ". " + sentence + "\n";
    page += "\n```json\n" + sharing::canonical_text(rule) + "\n```\n";
  }
  return page;
}

TEST(ExampleRulesPage, PrintsEachRuleInWords) {
  EXPECT_TRUE(page_is("docs/concepts/example-rules.md", example_rules_page()));
}

}  // namespace
}  // namespace coop
