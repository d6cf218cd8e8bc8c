#pragma once
#include <string_view>

namespace coop::api {

/// The OpenAPI document, as it stands in docs/api/openapi.yaml.
std::string_view openapi_yaml();
/// The same as JSON.
std::string_view openapi_json();

}  // namespace coop::api
