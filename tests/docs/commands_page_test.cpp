#include "api/commands/command_line.hpp"
#include "tests/support/generated_page.hpp"

namespace coop {
namespace {

TEST(CommandsPage, SaysWhatTheProgramSays) {
  api::CommandLine line;
  api::add_commands(line);
  EXPECT_TRUE(page_is("docs/operating/commands.md", line.page()));
}

}  // namespace
}  // namespace coop
