#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

namespace coop::test {

/// Every value of a document with its JSON pointer and its name: the last member's, also within arrays.
struct JsonPlace {
  std::string pointer;
  std::string name;
  bool in_array;
};
std::vector<JsonPlace> places_in(const boost::json::value& document);
/// The document with `value` at the pointer; "" there: without that member.
std::string with_value(const boost::json::value& document, const std::string& pointer,
                       const std::string& value);

}  // namespace coop::test
