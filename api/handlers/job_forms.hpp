#pragma once
#include <string>

#include "api/answer.hpp"
#include "api/call.hpp"
#include "ledger/jobs/job_service.hpp"

namespace coop::api {

struct Services;

/// {"number","kind","state","stage","done","total","parameters","result","problem",…}
std::string job_json(const jobs::Job& job);

/// Puts a job in line and answers 202 with its address.
Answer job_started(Tx& tx, const Call& call, Services& services, const jobs::JobDraft& draft);

}  // namespace coop::api
