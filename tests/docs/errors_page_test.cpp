#include "api/errors_page.hpp"
#include "tests/support/generated_page.hpp"

namespace coop {
namespace {

TEST(ErrorsPage, SaysWhatTheCatalogueSays) { EXPECT_TRUE(page_is("docs/api/errors.md", api::errors_page())); }

}  // namespace
}  // namespace coop
