#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

namespace coop::test {

/// What of `value` is not as `schema` says, a line each with its JSON pointer. Knows the part of JSON Schema
/// 2020-12 that our documents use: $ref into `document`, type, enum, properties, required,
/// additionalProperties (false), items, oneOf, pattern, minimum, maximum, maxLength. Other keywords are taken
/// for annotations.
std::vector<std::string> schema_faults(const boost::json::value& value, const boost::json::value& schema,
                                       const boost::json::value& document);

}  // namespace coop::test
