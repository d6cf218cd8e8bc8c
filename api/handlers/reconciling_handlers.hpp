#pragma once
#include "api/answer.hpp"
#include "api/call.hpp"

namespace coop {
class Tx;
}

namespace coop::api {

struct Services;

/// How files are read that do not decide it: handlers/reading_profiles.cpp.
Answer list_reading_profiles(const Call& call, Services& services);
Answer save_reading_profile(Tx& tx, const Call& call, Services& services);
Answer read_bank_file_again(Tx& tx, const Call& call, Services& services);

}  // namespace coop::api
