#include "ledger/sharing/figures_text.hpp"

#include <boost/json.hpp>

#include "ledger/values/refusal.hpp"

namespace coop::sharing {

std::string figures_text(const Figures& figures) {
  boost::json::array listed;
  for (const auto& [name, value] : figures)
    listed.push_back(boost::json::object{{"name", name}, {"value", value.text()}});
  return boost::json::serialize(listed);
}

Figures figures_from_text(std::string_view text) {
  const auto refuse = [] { throw Refused{Refusal::field_invalid, "figures are a list of names and values"}; };
  boost::system::error_code fault;
  const boost::json::value listed = boost::json::parse(text, fault);
  if (fault || !listed.is_array()) refuse();
  Figures figures;
  for (const boost::json::value& one : listed.get_array()) {
    const boost::json::object* object = one.if_object();
    const auto* name = object == nullptr ? nullptr : object->if_contains("name");
    const auto* value = object == nullptr ? nullptr : object->if_contains("value");
    if (name == nullptr || !name->is_string() || value == nullptr || !value->is_string()) refuse();
    require_name(name->get_string());
    if (!figures.emplace(std::string{name->get_string()}, Fraction{Ratio::parse(value->get_string())}).second)
      refuse();
  }
  return figures;
}

}  // namespace coop::sharing
