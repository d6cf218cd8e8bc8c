// Requests with a field that is unknown, missing, of a wrong type or of a value it cannot have.
#include "api/handlers/routes.hpp"
#include "tests/api/bad_requests/bad_requests.hpp"

namespace coop::test {
namespace {

namespace json = boost::json;

using FieldsApi = BadRequests;

/// Runs `look` with each specimen that reads JSON, its document and each place in it.
void each_place(const std::function<json::value(const Specimen&)>& document_of,
                const std::function<void(const Specimen&, const json::value&, const JsonPlace&)>& look) {
  for (const Specimen& specimen : specimens()) {
    if (specimen.body != Body::json && specimen.body != Body::lines) continue;
    const json::value document = document_of(specimen);
    for (const JsonPlace& place : places_in(document)) look(specimen, document, place);
  }
}

bool is_amount(const JsonPlace& place) {
  return lists(
      "amount amount_from amount_to lower upper minimum most suggested joining_fee value nominal lowest "
      "highest surplus rate_an_hour weighting fixed pot goal up_to one_from two_from needed_from",
      place.name);
}

/// Values of all the types that `value` is not of.
std::vector<std::string> other_types(const json::value& value, const JsonPlace& place) {
  std::vector<std::string> all;
  if (!value.is_string()) all.push_back(R"("text")");
  if (!value.is_bool()) all.push_back("true");
  if (!value.is_number() && !is_amount(place)) all.insert(all.end(), {"7", "-1.5"});
  if (value.is_number()) all.insert(all.end(), {"1.5", R"("1")"});
  if (!value.is_array()) all.insert(all.end(), {"[]", "[1]"});
  if (!value.is_object()) all.push_back("{}");
  if (place.in_array) all.push_back("null");
  return all;
}

TEST_F(FieldsApi, ThatAreUnknownAreRefused) {
  const auto whole = [&](const Specimen& specimen) { return json::parse(filled_in(specimen.whole)); };
  each_place(whole, [&](const Specimen& specimen, const json::value& document, const JsonPlace& place) {
    const auto* object = document.at_pointer(place.pointer).if_object();
    if (!object) return;
    for (const std::string name : {"nonsense", "Amount", "a/b~c", ""}) {
      json::object more = *object;
      more[name] = 1;
      const std::string pointer = place.pointer + "/" + (name == "a/b~c" ? "a~1b~0c" : name);
      refuses(specimen, request_with(specimen, with_value(document, place.pointer, json::serialize(more))),
              {"field_unknown", pointer}, pointer);
    }
  });
}

TEST_F(FieldsApi, ThatAreMissingAreRefused) {
  const auto required = [&](const Specimen& specimen) { return json::parse(filled_in(specimen.required)); };
  each_place(required, [&](const Specimen& specimen, const json::value& document, const JsonPlace& place) {
    if (place.pointer.empty() || place.in_array) return;
    for (const std::string value : {"", "null"})
      refuses(specimen, request_with(specimen, with_value(document, place.pointer, value)),
              {place.name == "decision" ? "field_missing decision_missing" : "field_missing", place.pointer},
              "without " + place.pointer);
  });
}

TEST_F(FieldsApi, OfAWrongTypeAreRefused) {
  const auto whole = [&](const Specimen& specimen) { return json::parse(filled_in(specimen.whole)); };
  each_place(whole, [&](const Specimen& specimen, const json::value& document, const JsonPlace& place) {
    if (place.pointer.empty()) return;
    for (const std::string& value : other_types(document.at_pointer(place.pointer), place))
      refuses(specimen, request_with(specimen, with_value(document, place.pointer, value)),
              {"field_invalid", place.pointer}, place.pointer + " = " + value);
  });
}

TEST_F(FieldsApi, OfAWrongValueAreRefused) {
  const auto whole = [&](const Specimen& specimen) { return json::parse(filled_in(specimen.whole)); };
  each_place(whole, [&](const Specimen& specimen, const json::value& document, const JsonPlace& place) {
    const json::value& value = document.at_pointer(place.pointer);
    if (!value.is_string() && !value.is_number()) return;
    for (const FieldFault& fault : field_faults()) {
      if (fault.name != place.name || !concerns(fault.route, specimen)) continue;
      const std::string field = fault.field.empty()  ? place.pointer
                                : fault.field == "-" ? ""
                                                     : std::string{fault.field};
      refuses(specimen, request_with(specimen, with_value(document, place.pointer, fault.value)),
              {fault.codes, field}, place.pointer + " = " + fault.value.substr(0, 60));
    }
  });
}

TEST_F(FieldsApi, WithTextThatCannotBeKeptAreRefused) {
  const auto whole = [&](const Specimen& specimen) { return json::parse(filled_in(specimen.whole)); };
  each_place(whole, [&](const Specimen& specimen, const json::value& document, const JsonPlace& place) {
    if (!document.at_pointer(place.pointer).is_string()) return;
    refuses(specimen, request_with(specimen, with_value(document, place.pointer, R"("a\u0000b")")),
            {"field_invalid", place.pointer}, place.pointer + " with a NUL");
    const std::string long_text = "\"" + std::string(20'000, 'x') + "\"";
    const ApiAnswer answer =
        ask(specimen, request_with(specimen, with_value(document, place.pointer, long_text)));
    EXPECT_TRUE(answer.status == 200 || (answer.status >= 400 && answer.status < 500))
        << name_of(specimen) << place.pointer << answer.body;
    EXPECT_LT(answer.body.size(), 2'000u) << name_of(specimen) << place.pointer;
    expect_nothing_recorded(name_of(specimen) + place.pointer + " with a long text");
  });
}

}  // namespace
}  // namespace coop::test
