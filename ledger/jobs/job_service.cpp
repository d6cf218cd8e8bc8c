#include "ledger/jobs/job_service.hpp"

#include "ledger/jobs/job_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::jobs {

Job start_job(Tx& tx, NodeId node, const JobDraft& draft, std::optional<UserId> by, Instant now) {
  return read_job(tx, node, insert_job(tx, node, draft, by, now));
}

Job read_job(Tx& tx, NodeId node, JobNumber number) {
  auto job = find_job(tx, node, number);
  if (!job) throw Refused{Refusal::job_unknown, "there is no job " + std::to_string(number.number())};
  return *job;
}

Job cancel_job(Tx& tx, NodeId node, JobNumber number, Instant now) {
  const Job job = read_job(tx, node, number);
  if (is_ended(job.state))
    throw Refused{Refusal::job_finished_already, "the job is " + std::string{text_of(job.state)}};
  ask_to_cancel(tx, node, number, now);
  return read_job(tx, node, number);
}

Job resume_job(Tx& tx, NodeId node, JobNumber number) {
  const Job job = read_job(tx, node, number);
  if (!is_resumable(job.state))
    throw Refused{Refusal::job_finished_already, "the job is " + std::string{text_of(job.state)}};
  set_waiting(tx, node, number);
  return read_job(tx, node, number);
}

}  // namespace coop::jobs
