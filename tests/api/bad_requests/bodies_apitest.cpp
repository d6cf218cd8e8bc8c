// Requests whose body cannot be read, or is not what the route reads.
#include "api/handlers/routes.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {
namespace {

namespace json = boost::json;

using BodiesApi = BadRequests;

bool reads_json(const Specimen& specimen) {
  return specimen.body == Body::json || specimen.body == Body::lines;
}

/// Texts that are no JSON, made of one that is.
std::vector<std::string> malformed(const std::string& good) {
  std::vector<std::string> all{
      "{",
      "}",
      "nonsense",
      R"({"a":1,})",
      R"({'a':1})",
      "{a:1}",
      R"({"a":01})",
      R"({"a":.5})",
      R"({"a":NaN})",
      R"({"a":"\ud800"})",
      "\"",
      "// note",
      R"({"a" 1})",
      "{\"a\":\"\xff\"}",
      "{\"a\":\"\xc0\xaf\"}",
      "[1,]",
      "\xef\xbb\xbf" + good,
      "{\"a\":\"\x01\"}",
      R"({"a":"\x"})",
      good + "x",
      good + good,
      good + ",",
      "{\"\xed\xa0\x80\":1}",
      R"({"a":1e})",
      "tru",
      "-",
      R"({"a":+1})",
      "/**/" + good,
      std::string{"{}\0", 3},
      "\x1f\x8b\x08",
  };
  for (const std::size_t part : {2, 3, 5}) all.push_back(good.substr(0, good.size() - good.size() / part));
  return all;
}

/// The object with its first member a second time, and with the first member of the object inside it.
std::vector<std::string> with_a_key_twice(const json::value& good) {
  std::vector<std::string> all{R"({"a":1,"a":1})", R"({"a":1,"\u0061":2})"};
  for (const JsonPlace& place : places_in(good)) {
    const auto* object = good.at_pointer(place.pointer).if_object();
    if (!object || object->empty()) continue;
    const std::string text = json::serialize(*object);
    const std::string member =
        json::serialize(object->begin()->key()) + ":" + json::serialize(object->begin()->value());
    all.push_back(with_value(good, place.pointer, text.substr(0, text.size() - 1) + "," + member + "}"));
  }
  return all;
}

TEST_F(BodiesApi, ThatAreNoJsonAreRefused) {
  for (const Specimen& specimen : specimens()) {
    if (!reads_json(specimen)) continue;
    const json::value good = json::parse(filled_in(specimen.whole));
    for (const std::string& body : malformed(json::serialize(good)))
      refuses(specimen, request_with(specimen, body), {"malformed_json", ""}, body);
    for (const std::string& body : with_a_key_twice(good))
      refuses(specimen, request_with(specimen, body), {"malformed_json", ""}, body);
  }
}

TEST_F(BodiesApi, ThatAreNoObjectAreRefused) {
  for (const Specimen& specimen : specimens()) {
    if (!reads_json(specimen)) continue;
    for (const std::string body : {"[]", "null", "7", "\"text\"", "true", "[{}]"})
      refuses(specimen, request_with(specimen, body), {"field_invalid", ""}, body);
  }
}

TEST_F(BodiesApi, ThatAreMissingAreRefused) {
  for (const Specimen& specimen : specimens()) {
    if (specimen.body != Body::json || specimen.required == "{}") continue;
    refuses(specimen, request_with(specimen, ""), {"malformed_json field_missing", ""}, "no body");
  }
}

TEST_F(BodiesApi, ThatAreDeeperThanAnyRequestAreRefused) {
  for (const Specimen& specimen : specimens()) {
    if (!reads_json(specimen)) continue;
    for (const std::size_t depth : {17, 1'000, 30'000}) {
      refuses(specimen, request_with(specimen, std::string(depth, '[')), {"too_large", ""}, "arrays");
      std::string objects;
      for (std::size_t i = 0; i < depth; ++i) objects += "{\"a\":";
      if (objects.size() < specimen.most_bytes)
        refuses(specimen, request_with(specimen, objects), {"too_large", ""}, "objects");
    }
  }
}

TEST_F(BodiesApi, ThatAreTooLargeAreRefused) {
  for (const Specimen& specimen : specimens()) {
    if (!reads_json(specimen)) continue;
    const std::string good = json::serialize(json::parse(filled_in(specimen.required)));
    refuses(specimen, request_with(specimen, good + std::string(specimen.most_bytes + 1 - good.size(), ' ')),
            {"too_large", ""}, "a byte too much");
    if (specimen.most_bytes > 1u << 20) continue;
    refuses(specimen, request_with(specimen, good + std::string(3u << 20, ' ')), {"too_large", ""},
            "megabytes too much");
  }
}

TEST_F(BodiesApi, OfAnotherTypeAreRefused) {
  for (const Specimen& specimen : specimens()) {
    if (specimen.body == Body::none || specimen.body == Body::file) continue;
    for (const std::string type :
         {"text/plain", "application/xml", "multipart/form-data; boundary=x", "application/json5",
          "application/x-www-form-urlencoded", "nonsense", "text/csv", "application/jsonx"}) {
      if (specimen.body == Body::table && type == "text/csv") continue;  // which it is
      Spoiled spoiled = request_of(specimen);
      spoiled.request.headers = {{"Content-Type", type}};
      refuses(specimen, spoiled, {"media_type_unsupported", ""}, type);
    }
  }
}

TEST_F(BodiesApi, OfACodingThatNobodyReadsAreRefused) {
  for (const Specimen& specimen : specimens()) {
    if (specimen.body == Body::none) continue;
    Spoiled spoiled = request_of(specimen);
    spoiled.request.headers.emplace_back("Content-Encoding", "gzip");
    refuses(specimen, spoiled, {"media_type_unsupported", ""}, "gzip");
  }
}

/// A body that nobody would read is no way to say something: it would be lost silently.
TEST_F(BodiesApi, WhereNoneIsReadAreRefused) {
  for (const Specimen& specimen : specimens()) {
    if (specimen.body != Body::none || specimen.method == "GET") continue;
    refuses(specimen, request_with(specimen, R"({"nonsense":1})"), {"field_unknown", "/nonsense"}, "a field");
    refuses(specimen, request_with(specimen, "[]"), {"field_invalid", ""}, "an array");
    refuses(specimen, request_with(specimen, "nonsense"), {"malformed_json", ""}, "no JSON");
    if (!route_of(specimen)->is_write()) continue;
    Spoiled fine = request_with(specimen, "");
    fine.query = "dry_run=true";
    fine.request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    EXPECT_EQ(ask(specimen, fine).status, 200) << name_of(specimen) << ", no body of whatever type";
  }
}

TEST_F(BodiesApi, OfARestoreThatAreNoExportAreRefused) {
  const auto is_restore = [](const Specimen& specimen) { return specimen.body == Body::books; };
  const Specimen& restore = *std::find_if(specimens().begin(), specimens().end(), is_restore);
  const std::string good = request_of(restore).request.body;
  for (const bool dry : {true, false}) {
    std::vector<std::string> bodies{"", "nonsense", "{}\n", "[]\n", "\xff\n", "{\"line\":\"node\"}\n"};
    bodies.push_back(good.substr(0, good.size() / 2));
    bodies.push_back(good + good);
    bodies.push_back(good + "{}\n");
    bodies.emplace_back(1000, '[');
    bodies.push_back("\n\n" + good.substr(20));
    for (const std::string& body : bodies) {
      Spoiled spoiled = request_of(restore);
      spoiled.request.body = body;
      spoiled.query = dry ? "dry_run=true" : "";
      refuses(restore, spoiled, {"import_unreadable import_contradicts malformed_json", std::nullopt},
              body.substr(0, 60));
    }
  }
  Spoiled spoiled = request_of(restore);
  refuses(restore, spoiled, {"node_exists", std::nullopt}, "books that are there already");
}

}  // namespace
}  // namespace coop::test
