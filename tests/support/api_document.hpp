#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

namespace coop::test {

/// The OpenAPI document that the program serves.
const boost::json::value& api_document();

/// What of an answer is not as the document says, a line each. `content_type` without its parameters.
std::vector<std::string> answer_faults(const std::string& method, const std::string& path, int status,
                                       const std::string& content_type, const std::string& body);

}  // namespace coop::test
