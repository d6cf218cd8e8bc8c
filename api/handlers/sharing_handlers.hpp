#pragma once
#include "api/answer.hpp"
#include "api/call.hpp"

namespace coop {
class Tx;
}

namespace coop::api {

struct Services;

/// Rules by which sums are divided: handlers/sharing_rules.cpp.
Answer list_sharing_rules(const Call& call, Services& services);
Answer adopt_sharing_rule(Tx& tx, const Call& call, Services& services);
Answer show_sharing_rule(const Call& call, Services& services);
Answer try_sharing_rule(const Call& call, Services& services);
Answer try_new_sharing_rule(const Call& call, Services& services);
Answer list_place_values(const Call& call, Services& services);
Answer record_place_value(Tx& tx, const Call& call, Services& services);

}  // namespace coop::api
