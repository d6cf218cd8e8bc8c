#include "api/openapi.hpp"

#include "api/handlers/routes.hpp"
#include "api/yaml.hpp"
#include "tests/support/api_document.hpp"
#include "tests/support/json_schema.hpp"

namespace coop::api {
namespace {

namespace json = boost::json;
using test::api_document;

/// "GET /v1/nodes?cursor&limit Lists …": what route table and document must agree on.
using Addresses = std::set<std::string>;

std::string line_of(const std::string& method, const std::string& path, const std::set<std::string>& names,
                    const std::string& more) {
  std::string line = method + " " + path + "?";
  for (const std::string& name : names) line += name + "&";
  return line + " " + more;
}

std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    words.emplace(text.substr(0, blank));
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
  }
  return words;
}

Addresses addresses_of_routes() {
  Addresses all;
  for (const Route& route : routes()) {
    auto names = words_of(route.parameters);
    if (route.is_write()) names.insert({"dry_run", "Idempotency-Key"});
    for (const std::string_view part : PatternParts{route.pattern})
      if (is_place(part)) names.insert("{" + std::string{part.substr(1, part.size() - 2)} + "}");
    all.insert(line_of(std::string{route.method}, std::string{route.pattern}, names,
                       std::string{route.summary} + (route.need ? "" : " (open)")));
  }
  return all;
}

Addresses addresses_of_document() {
  Addresses all;
  for (const auto& path : api_document().at("paths").as_object()) {
    for (const auto& entry : path.value().as_object()) {
      const json::object& operation = entry.value().as_object();
      std::set<std::string> names;
      if (const auto* parameters = operation.if_contains("parameters"))
        for (const auto& reference : parameters->as_array()) {
          const auto& parameter = api_document().at_pointer(reference.at("$ref").as_string().subview(1));
          const std::string name{parameter.at("name").as_string()};
          names.insert(parameter.at("in").as_string() == "path" ? "{" + name + "}" : name);
        }
      std::string method{entry.key()};
      std::transform(method.begin(), method.end(), method.begin(),
                     [](char c) { return static_cast<char>(c & ~0x20); });
      all.insert(line_of(method, std::string{path.key()}, names,
                         std::string{operation.at("summary").as_string()} +
                             (operation.contains("security") ? " (open)" : "")));
    }
  }
  return all;
}

TEST(OpenApi, SaysOfEveryRouteWhatTheRouteTableSaysAndOfNoOther) {
  const Addresses routed = addresses_of_routes();
  const Addresses documented = addresses_of_document();
  for (const std::string& line : routed)
    EXPECT_TRUE(documented.contains(line)) << "not in the document: " << line;
  for (const std::string& line : documented)
    EXPECT_TRUE(routed.contains(line)) << "not in the route table: " << line;
}

TEST(OpenApi, GivesExamplesThatFitTheirSchemas) {
  int examples = 0;
  for (const auto& schema : api_document().at_pointer("/components/schemas").as_object()) {
    const auto* given = schema.value().as_object().if_contains("examples");
    if (!given) continue;
    for (const auto& example : given->as_array()) {
      ++examples;
      for (const std::string& fault : test::schema_faults(example, schema.value(), api_document()))
        ADD_FAILURE() << schema.key() << ": " << fault;
    }
  }
  EXPECT_GT(examples, 30);
}

TEST(OpenApi, NamesEachOperationOnceAndResolvesEveryReference) {
  std::set<std::string> names;
  for (const auto& path : api_document().at("paths").as_object())
    for (const auto& operation : path.value().as_object())
      EXPECT_TRUE(names.insert(std::string{operation.value().at("operationId").as_string()}).second)
          << operation.value().at("operationId");
  const std::string text{openapi_json()};
  for (std::size_t at = text.find("\"$ref\":\""); at != std::string::npos;
       at = text.find("\"$ref\":\"", at + 1)) {
    const std::string reference = text.substr(at + 8, text.find('"', at + 8) - at - 8);
    boost::system::error_code failed;
    EXPECT_NE(api_document().find_pointer(reference.substr(1), failed), nullptr) << reference;
  }
}

TEST(Yaml, ReadsWhatOurDocumentsAreWrittenIn) {
  EXPECT_EQ(json_from_yaml("a: 1\nb: [x, 'y, z', \"q\\\"\"]\n"), R"({"a":1,"b":["x","y, z","q\""]})");
  EXPECT_EQ(json_from_yaml("# note\na:\n  b: {c: true, d: {e: null}}\n\n  '200': it''s\n"),
            R"({"a":{"b":{"c":true,"d":{"e":null}},"200":"it''s"}})");
  EXPECT_EQ(json_from_yaml("list:\n  - one\n  - name: two\n    more: 'it''s: so'\n  - {three: 3}\n"),
            R"({"list":["one",{"name":"two","more":"it's: so"},{"three":3}]})");
  EXPECT_EQ(json_from_yaml("text: |\n  one\n    two\n\n  three\nend: -5\n"),
            R"({"text":"one\n  two\n\nthree\n","end":-5})");
}

TEST(Yaml, RefusesWhatItDoesNotKnow) {
  for (const char* text :
       {"a: [1, 2", "a: {b 1}", "a: \"x", "a:\n   b: 1\n  c: 2\n", "- \n", "just text\n", "a: 1\n b: 2\n"})
    EXPECT_THROW(json_from_yaml(text), InvariantBroken) << text;
}

}  // namespace
}  // namespace coop::api
