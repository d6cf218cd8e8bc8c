#pragma once
#include <string>

namespace coop::api {

/// A password from standard input: one line; at a terminal typed twice, not shown. Throws Refused:
/// field_missing (there is no line), field_invalid (typed differently).
std::string typed_password();

/// The password of somebody who has one, from standard input: one line; at a terminal not shown. Throws
/// Refused: field_missing.
std::string asked_password();

}  // namespace coop::api
