#pragma once
#include <map>
#include <string>

#include "api/directories.hpp"
#include "ledger/jobs/job_worker.hpp"

namespace coop::api {

/// The work of every kind of job, by its name: "import_journal", "charge_dues", "verify". What is given must
/// outlive the jobs.
std::map<std::string, jobs::JobWork> job_kinds(Database& database, const Clock& clock, UnitDirectory& units);

}  // namespace coop::api
