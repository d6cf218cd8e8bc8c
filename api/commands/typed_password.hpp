#pragma once
#include <string>

namespace coop::api {

/// A password from standard input: one line; at a terminal typed twice, not shown. Throws Refused:
/// field_missing (there is no line), field_invalid (typed differently).
std::string typed_password();

}  // namespace coop::api
