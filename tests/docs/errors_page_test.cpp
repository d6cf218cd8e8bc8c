#include "ledger/values/refusal.hpp"
#include "tests/support/generated_page.hpp"

namespace coop {
namespace {

/// The page a caller reads after a refusal: its code, what they did, what they can do.
std::string errors_page() {
  std::string page =
      "# Errors\n\n"
      "Every refusal is an RFC 9457 problem document with one of these codes in its member `code`. Codes "
      "never\n"
      "change. Where several rules are broken, the first in this order is the one reported. This page is "
      "made\n"
      "from `ledger/values/refusal_texts_*.hpp` by `./dev docs`.\n";
  for (const RefusalText& text : refusal_catalogue()) {
    page += "\n## `" + std::string{text.code} + "`\n\n**" + std::string{text.title} + "**\n\n";
    page += "- Cause: " + std::string{text.cause} + "\n- Cure: " + std::string{text.cure} + "\n";
  }
  return page;
}

TEST(ErrorsPage, SaysWhatTheCatalogueSays) { EXPECT_TRUE(page_is("docs/api/errors.md", errors_page())); }

}  // namespace
}  // namespace coop
