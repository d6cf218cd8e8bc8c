#pragma once
#include "ledger/values/refusal.hpp"

namespace coop::api {

/// The HTTP status of a refusal: 400 unreadable, 401 and 403 who asks, 404 what is named does not exist, 405,
/// 409 the books stand against it, 413, 415, 422 the content breaks a rule, 429.
int status_of(Refusal refusal);

/// "Not Found" …
const char* reason_of(int status);

}  // namespace coop::api
