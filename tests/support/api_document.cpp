#include "tests/support/api_document.hpp"

#include "api/openapi.hpp"
#include "tests/support/json_schema.hpp"

namespace coop::test {

namespace json = boost::json;

namespace {

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  path = path.substr(0, path.find('?'));
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    parts.emplace_back(path.substr(0, path.find('/')));
    path.remove_prefix(parts.back().size());
  }
  if (!parts.empty() && parts.back().empty()) parts.pop_back();
  return parts;
}

/// How well a template fits: the number of fixed parts, or -1.
int fit(const std::vector<std::string>& pattern, const std::vector<std::string>& parts) {
  if (pattern.size() != parts.size()) return -1;
  int fixed = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (pattern[i].starts_with('{')) continue;
    if (pattern[i] != parts[i]) return -1;
    ++fixed;
  }
  return fixed;
}

const json::object* find_operation(const std::string& method, const std::string& path) {
  const auto parts = parts_of(path);
  const json::object* best = nullptr;
  int best_fit = -1;
  for (const auto& one : api_document().at("paths").as_object()) {
    const int fitting = fit(parts_of(one.key()), parts);
    if (fitting <= best_fit) continue;
    best_fit = fitting;
    best = &one.value().as_object();
  }
  if (!best) return nullptr;
  std::string lower = method == "HEAD" ? "GET" : method;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return static_cast<char>(c | 0x20); });
  const auto* operation = best->if_contains(lower);
  return operation ? &operation->as_object() : nullptr;
}

const json::value& problem_schema() { return api_document().at_pointer("/components/schemas/Problem"); }

}  // namespace

const json::value& api_document() {
  static const json::value document =
      json::parse(json::string_view{api::openapi_json().data(), api::openapi_json().size()});
  return document;
}

std::vector<std::string> answer_faults(const std::string& method, const std::string& path, int status,
                                       const std::string& content_type, const std::string& body) {
  if (status == 304 || method == "HEAD" || method == "OPTIONS") return {};
  if (content_type == "application/problem+json") {
    if (status < 400) return {"a problem has a status from 400"};
    return schema_faults(json::parse(body), problem_schema(), api_document());
  }
  const json::object* operation = find_operation(method, path);
  if (!operation) return {"the document has no such operation"};
  const auto* response = operation->at("responses").as_object().if_contains(std::to_string(status));
  if (!response) return {"the document has no status " + std::to_string(status)};
  const auto* media = response->at("content").as_object().if_contains(content_type);
  if (!media) return {"the document has no " + content_type + " with status " + std::to_string(status)};
  if (content_type != "application/json") return {};
  return schema_faults(json::parse(body), media->at("schema"), api_document());
}

}  // namespace coop::test
