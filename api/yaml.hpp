#pragma once
#include <string>
#include <string_view>

namespace coop::api {

/// The JSON of a document in the part of YAML that our documents are written in: mappings and sequences by
/// indentation, plain and quoted scalars on one line, flow mappings and sequences, text blocks with `|`,
/// comments on lines of their own. Throws InvariantBroken with the line, for anything else.
std::string json_from_yaml(std::string_view yaml);

}  // namespace coop::api
