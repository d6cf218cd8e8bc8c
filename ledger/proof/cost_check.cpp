#include "ledger/proof/cost_check.hpp"

#include <boost/json.hpp>

#include <map>
#include <string_view>
#include <vector>

#include "ledger/sharing/division.hpp"
#include "ledger/sharing/figures_text.hpp"
#include "ledger/sharing/rule_json.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::proof {

namespace {

constexpr std::int64_t million = 1'000'000;

std::string text_in(const boost::json::object& object, std::string_view name) {
  return std::string{object.at(name).as_string()};
}

Fraction fraction_of(const std::string& whole, const Fraction::Whole& parts) {
  return Fraction{Fraction::Whole{whole}, parts};
}

sharing::Participant sharer_from(const boost::json::object& object, int scale) {
  sharing::Participant sharer{.id = text_in(object, "id"), .place = text_in(object, "id")};
  if (object.at("used").is_array())
    for (const boost::json::value& one : object.at("used").as_array())
      sharer.measures.insert_or_assign(text_in(one.as_object(), "name"),
                                       fraction_of(text_in(one.as_object(), "millionths"), million));
  if (!object.at("weight").is_null())
    sharer.measures.insert_or_assign("weight", fraction_of(text_in(object, "weight"), million));
  if (!object.at("fixed").is_null())
    sharer.measures.insert_or_assign(
        "fixed", fraction_of(text_in(object, "fixed"),
                             boost::multiprecision::pow(Fraction::Whole{10}, static_cast<unsigned>(scale))));
  return sharer;
}

std::vector<sharing::PlaceValue> values_from(std::string_view text) {
  std::vector<sharing::PlaceValue> values;
  if (text.empty()) return values;
  const auto list = boost::json::parse(text);
  for (const boost::json::value& one : list.as_array()) {
    const boost::json::object& value = one.as_object();
    values.push_back(
        {.name = text_in(value, "name"),
         .place = text_in(value, "place"),
         .valid_from = Day::parse(text_in(value, "from")),
         .value = fraction_of(text_in(value, "numerator"), Fraction::Whole{text_in(value, "denominator")})});
  }
  return values;
}

bool is_as_told(const FoundCostDivision& found) {
  const auto list = boost::json::parse(found.sharers);
  std::map<std::string, std::string> told;
  std::vector<sharing::Participant> sharers;
  for (const boost::json::value& one : list.as_array()) {
    sharers.push_back(sharer_from(one.as_object(), found.scale));
    told.emplace(sharers.back().id, text_in(one.as_object(), "share"));
  }
  const sharing::Pot pot{.minor = found.minor,
                         .unit = {UnitId{0}, found.unit, found.scale},
                         .on = Day::parse(found.on),
                         .figures = sharing::figures_from_text(found.figures)};
  const auto values = values_from(found.values);
  const auto division = sharing::divide(sharing::sharing_rule_from_text(found.rule), pot, sharers, values);
  for (const sharing::ParticipantShare& share : division.participants)
    if (told.at(share.id) != std::to_string(share.amount)) return false;
  return true;
}

}  // namespace

bool comes_out_again(const FoundCostDivision& found) {
  if (found.sharers.empty()) return false;
  try {
    return is_as_told(found);
  } catch (const Refused&) {
    return false;
  }
}

}  // namespace coop::proof
