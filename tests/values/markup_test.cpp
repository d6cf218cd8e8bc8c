#include "ledger/values/markup.hpp"

#include <gtest/gtest.h>

namespace coop {
namespace {

TEST(Markup, IsEscaped) {
  EXPECT_EQ(markup_escaped("<a href='x'>\"&\"</a>"), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;");
  EXPECT_EQ(markup_escaped("Aimée\n\x01\x7F."), "Aimée\n  .");
}

}  // namespace
}  // namespace coop
