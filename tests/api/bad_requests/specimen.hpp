#pragma once
#include <span>
#include <string>
#include <string_view>

#include "api/route.hpp"

namespace coop::test {

/// What a route reads beside its address.
enum class Body {
  none,     ///< nothing
  json,     ///< one JSON object
  lines,    ///< entries as NDJSON; each line is answered with its own problem
  journal,  ///< an upload that a job reads later
  file,     ///< bytes of any type of content, which a job reads later
  table,    ///< rows of comma-separated values
  books     ///< a complete export
};

/// A request that a route would do, in the books of the fixture (bad_requests.hpp). The tests spoil it in
/// every way that applies, one fault at a time.
struct Specimen {
  std::string_view method;
  std::string_view pattern;
  std::string_view path;        ///< the pattern with things that exist in its places
  std::string_view query = {};  ///< the parameters it must have, without "?"
  Body body = Body::none;
  std::string_view required = {};  ///< a body with the fields it must have, and no other
  std::string_view whole = {};     ///< a body with every field it knows
  std::size_t most_bytes = 64u << 10;
};

/// One for every route.
std::span<const Specimen> specimens();

/// Those of notices, reminders and tables that come in, which are among them.
std::span<const Specimen> notice_specimens();

/// Those of accounts with statements, files and lines of banks, which are among them.
std::span<const Specimen> bank_specimens();

/// Those of payments that leave, which are among them.
std::span<const Specimen> disbursement_specimens();

/// Those of work, which are among them.
std::span<const Specimen> work_specimens();

/// Those of what members owe in work, which are among them.
std::span<const Specimen> obligation_specimens();

/// Those of funds and spending mandates, which are among them.
std::span<const Specimen> fund_specimens();

/// Those of shares and surplus, which are among them.
std::span<const Specimen> capital_specimens();

/// Those of rules by which sums are divided, which are among them.
std::span<const Specimen> sharing_specimens();

/// Those of tariffs, pay runs and deferred claims, which are among them.
std::span<const Specimen> pay_specimens();
/// Those of shared costs, which are among them.
std::span<const Specimen> cost_specimens();

/// The specimen of a route, or null: then the route is new and needs one.
const Specimen* specimen_of(const api::Route& route);

/// The route of a specimen, or null: then the route is gone.
const api::Route* route_of(const Specimen& specimen);

/// "POST /v1/nodes"
std::string name_of(const Specimen& specimen);

/// A value that no field of this name may have. Every text and every number of a specimen needs one.
struct FieldFault {
  std::string_view name;        ///< of the field; in an array, of the array
  std::string value;            ///< as JSON
  std::string_view codes;       ///< what is answered; blanks between, where several are right
  std::string_view route = {};  ///< only in patterns that hold this
  std::string_view field = {};  ///< where the problem points to, if not to the value itself; "-" nowhere
};
const std::vector<FieldFault>& field_faults();

/// Those of rules by which sums are divided, which are among them.
std::vector<FieldFault> sharing_faults();

/// Adds those of what members owe in work.
void add_obligation_faults(std::vector<FieldFault>& all);
/// Those of tariffs, pay runs and deferred claims, which are among them.
std::vector<FieldFault> pay_faults();

/// Adds those of funds and spending mandates.
void add_fund_faults(std::vector<FieldFault>& all);
/// The faults of the fields of payments that leave: disbursement_specimens.cpp.
void add_disbursement_faults(std::vector<FieldFault>& all);

/// Those of shares and surplus, which are among them.
std::vector<FieldFault> capital_faults();

/// A value that no query parameter of this name may have, ready for the address.
struct ParameterFault {
  std::string_view name;
  std::string value;
  std::string_view codes;
  std::string_view route = {};  ///< only in patterns that hold this
  std::string_view field = {};  ///< where the problem points to, if not to the parameter; "-" nowhere
};
const std::vector<ParameterFault>& parameter_faults();

/// Adds those of shares and surplus, which are among them.
std::vector<ParameterFault> with_capital_faults(std::vector<ParameterFault> all);
/// Those of shared costs, which are among them.
std::vector<FieldFault> cost_faults();
std::vector<ParameterFault> cost_parameter_faults();

/// Those of circles, kinds of work and hours, which are among them.
std::vector<FieldFault> work_field_faults();
std::vector<ParameterFault> work_parameter_faults();
void add_obligation_parameter_faults(std::vector<ParameterFault>& all);

/// Something that does not exist, ready for the address.
struct PlaceFault {
  std::string_view place;  ///< "{number}"
  std::string_view after;  ///< the segment before it; "" any
  std::string_view value;
  std::string_view code;
};
const std::vector<PlaceFault>& place_faults();

/// True if a fault that concerns patterns that hold `where` concerns this one. A blank ends each pattern.
bool concerns(std::string_view where, const Specimen& specimen);

/// True if `codes` lists `code`.
bool lists(std::string_view codes, std::string_view code);

}  // namespace coop::test
