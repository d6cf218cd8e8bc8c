#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "api/http/http_server.hpp"

namespace coop::api {

/// Decodes "%41" to "A"; nothing if an escape is broken, or if the result holds a NUL or is not UTF-8.
/// In a query `plus_is_space`: "a+b" means "a b", as browsers send it.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

/// Splits a request target into `path`, `segments` and `query` of `request`. Returns what is wrong with it,
/// or an empty text. Origin form ("/v1/nodes?limit=5"), absolute form ("http://host/v1") and "*" are
/// understood. One trailing slash is dropped; an inner "//" is kept as an empty segment, which no route has;
/// "." and ".." are wrong.
std::string_view read_target(std::string_view target, HttpRequest& request);

}  // namespace coop::api
