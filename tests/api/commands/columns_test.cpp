#include "api/commands/columns.hpp"

#include <gtest/gtest.h>

namespace coop::api {
namespace {

TEST(Columns, StandBelowEachOtherWhateverTheLetters) {
  EXPECT_EQ(aligned_columns({{"aina", "", "Aina"}, {"zoë", "closed", "Zoë"}}),
            "aina          Aina\n"
            "zoë   closed  Zoë\n");
}

TEST(Columns, AreLeftOutWhereNothingStandsInThem) {
  EXPECT_EQ(aligned_columns({{"maria", "", "", "Maria Puig"}}), "maria  Maria Puig\n");
  EXPECT_EQ(aligned_columns({{"maria", "", ""}}), "maria\n");
  EXPECT_EQ(aligned_columns({}), "");
}

}  // namespace
}  // namespace coop::api
