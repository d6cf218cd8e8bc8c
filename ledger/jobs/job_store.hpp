#pragma once
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/database/tx.hpp"
#include "ledger/jobs/job.hpp"

namespace coop::jobs {

/// Writes a waiting job with the node's next number.
JobNumber insert_job(Tx& tx, NodeId node, const JobDraft& draft, std::optional<UserId> by, Instant now);
/// The job of this number, if there is one.
std::optional<Job> find_job(Tx& tx, NodeId node, JobNumber number);
/// Up to `limit` jobs below `before`, the newest first.
std::vector<Job> list_jobs(Tx& tx, NodeId node, std::optional<JobNumber> before, int limit);

/// Takes the oldest waiting job that this host may do, and sets it running.
std::optional<Job> claim_job(Tx& tx, std::string_view host, Instant now);
/// Writes a sign of life and the progress. True if somebody asked to cancel.
bool update_progress(Tx& tx, const Job& job, Instant now);
/// Writes a sign of life of each.
void update_beats(Tx& tx, const std::set<std::pair<NodeId, JobNumber>>& jobs, Instant now);
/// Ends the job with its state, result and problem.
void end_job(Tx& tx, const Job& job, Instant now);
/// Sets running jobs without a sign of life since `since` to interrupted. Returns how many there were.
int interrupt_silent_jobs(Tx& tx, Instant since, Instant now);
/// Asks a running job to cancel; a waiting one is cancelled at once.
void ask_to_cancel(Tx& tx, NodeId node, JobNumber number, Instant now);
/// Sets an ended job waiting again.
void set_waiting(Tx& tx, NodeId node, JobNumber number);

}  // namespace coop::jobs
