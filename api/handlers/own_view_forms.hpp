#pragma once
#include <string>

#include "api/directories.hpp"
#include "ledger/books/node.hpp"
#include "reports/own_view.hpp"

namespace coop::api {

/// A member's own view as JSON.
std::string own_view_json(const books::Node& node, const reports::OwnView& view, UnitDirectory& units);
/// The same as a page for people, which prints well.
std::string own_view_page(const books::Node& node, const reports::OwnView& view, UnitDirectory& units);

}  // namespace coop::api
