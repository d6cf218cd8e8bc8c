#pragma once
#include <optional>

#include "ledger/database/tx.hpp"
#include "ledger/jobs/job.hpp"

namespace coop::jobs {

/// Puts long work in line. Some server takes it up soon.
Job start_job(Tx& tx, NodeId node, const JobDraft& draft, std::optional<UserId> by, Instant now);
/// The job. Throws Refused: job_unknown.
Job read_job(Tx& tx, NodeId node, JobNumber number);
/// Cancels a waiting job, asks a running one to stop: what it recorded until then stays.
/// Throws Refused: job_unknown, job_finished_already.
Job cancel_job(Tx& tx, NodeId node, JobNumber number, Instant now);
/// Puts a job that was interrupted, cancelled or has failed in line again.
/// Throws Refused: job_unknown, job_finished_already (it is done, or still at work).
Job resume_job(Tx& tx, NodeId node, JobNumber number);

}  // namespace coop::jobs
