#include "api/openapi.hpp"

#include "api/yaml.hpp"

namespace coop::api {

std::string_view openapi_json() {
  static const std::string json = json_from_yaml(openapi_yaml());
  return json;
}

}  // namespace coop::api
