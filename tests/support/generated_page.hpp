#pragma once
#include <gtest/gtest.h>

#include <string>

namespace coop {

/// Compares a page of the documentation (a path from the root) with what the program says today.
/// With COOP_REFRESH_DOCS=1 in the environment (`./dev docs`) it writes the page instead.
::testing::AssertionResult page_is(const std::string& path, const std::string& text);

/// The same for a region of a page, between the lines "<!-- begin NAME -->" and "<!-- end NAME -->". What
/// differs from run to run (instants, hashes) does not count as a difference.
::testing::AssertionResult region_is(const std::string& path, const std::string& name,
                                     const std::string& text);

}  // namespace coop
