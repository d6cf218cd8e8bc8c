#include "ledger/jobs/job_store.hpp"

namespace coop::jobs {

namespace {

/// Reads the columns that every statement below lists in the same order.
Job job_from(const Row& row) {
  Job job{row.id<NodeId>(0),
          row.id<JobNumber>(1),
          row.string(2),
          row.string(3),
          job_state_from(row.text(4)),
          row.string(5),
          row.int64(6),
          row.int64(7),
          row.boolean(8),
          row.maybe_string(9),
          row.maybe_string(10),
          std::nullopt,
          row.instant(12),
          row.maybe_instant(13),
          row.maybe_instant(14)};
  if (const auto by = row.maybe_int64(11)) job.created_by = UserId{static_cast<std::int32_t>(*by)};
  return job;
}

}  // namespace

constexpr const char* insert_job_sql = R"sql(
  -- jobs.insert
  WITH alone AS (SELECT pg_advisory_xact_lock(hashtextextended('job', $1::int)))
  INSERT INTO job (node_id, number, kind, parameters, host, state, created_by, created_at)
  SELECT $1, (SELECT coalesce(max(j.number), 0) + 1 FROM job j WHERE j.node_id = $1), $2, $3::jsonb, $4,
         'waiting', $5, $6
    FROM alone
  RETURNING number
)sql";

JobNumber insert_job(Tx& tx, NodeId node, const JobDraft& draft, std::optional<UserId> by, Instant now) {
  return only_row(rows(tx, insert_job_sql, node, draft.kind, draft.parameters_json, draft.host, by, now))
      .id<JobNumber>(0);
}

constexpr const char* find_job_sql = R"sql(
  -- jobs.find
  SELECT node_id, number, kind, parameters::text, state, stage, done_count, total_count, cancel_asked,
         result::text, problem::text, created_by, created_at, started_at, ended_at
    FROM job
   WHERE node_id = $1 AND number = $2
)sql";

std::optional<Job> find_job(Tx& tx, NodeId node, JobNumber number) {
  const Rows found = rows(tx, find_job_sql, node, number);
  if (found.empty()) return std::nullopt;
  return job_from(found[0]);
}

constexpr const char* list_jobs_sql = R"sql(
  -- jobs.list
  SELECT node_id, number, kind, parameters::text, state, stage, done_count, total_count, cancel_asked,
         result::text, problem::text, created_by, created_at, started_at, ended_at
    FROM job
   WHERE node_id = $1 AND ($2::int IS NULL OR number < $2)
   ORDER BY number DESC
   LIMIT $3
)sql";

std::vector<Job> list_jobs(Tx& tx, NodeId node, std::optional<JobNumber> before, int limit) {
  std::vector<Job> jobs;
  for (const Row row : rows(tx, list_jobs_sql, node, before, limit)) jobs.push_back(job_from(row));
  return jobs;
}

constexpr const char* claim_job_sql = R"sql(
  -- jobs.claim
  UPDATE job
     SET state = 'running', started_at = $2, beat_at = $2, ended_at = NULL, problem = NULL,
         cancel_asked = false
   WHERE (node_id, number) = (SELECT w.node_id, w.number
                                FROM job w
                               WHERE w.state = 'waiting' AND (w.host IS NULL OR w.host = $1)
                               ORDER BY w.created_at
                               LIMIT 1
                                 FOR UPDATE SKIP LOCKED)
  RETURNING node_id, number, kind, parameters::text, state, stage, done_count, total_count, cancel_asked,
            result::text, problem::text, created_by, created_at, started_at, ended_at
)sql";

std::optional<Job> claim_job(Tx& tx, std::string_view host, Instant now) {
  const Rows claimed = rows(tx, claim_job_sql, host, now);
  if (claimed.empty()) return std::nullopt;
  return job_from(claimed[0]);
}

constexpr const char* update_progress_sql = R"sql(
  -- jobs.update_progress
  UPDATE job SET beat_at = $3, stage = $4, done_count = $5, total_count = $6
   WHERE node_id = $1 AND number = $2
  RETURNING cancel_asked
)sql";

bool update_progress(Tx& tx, const Job& job, Instant now) {
  return only_row(rows(tx, update_progress_sql, job.node, job.number, now, job.stage, job.done_count,
                       job.total_count))
      .boolean(0);
}

constexpr const char* update_beats_sql = R"sql(
  -- jobs.update_beats
  UPDATE job j SET beat_at = $3
    FROM unnest($1::int[], $2::int[]) AS b (node_id, number)
   WHERE j.node_id = b.node_id AND j.number = b.number AND j.state = 'running'
)sql";

void update_beats(Tx& tx, const std::set<std::pair<NodeId, JobNumber>>& jobs, Instant now) {
  SqlArray nodes, numbers;
  for (const auto& [node, number] : jobs) {
    nodes.add(node);
    numbers.add(number);
  }
  rows(tx, update_beats_sql, nodes.value(), numbers.value(), now);
}

constexpr const char* end_job_sql = R"sql(
  -- jobs.end
  UPDATE job
     SET state = $3, result = $4::jsonb, problem = $5::jsonb, stage = $6, done_count = $7, total_count = $8,
         ended_at = $9
   WHERE node_id = $1 AND number = $2
)sql";

void end_job(Tx& tx, const Job& job, Instant now) {
  rows(tx, end_job_sql, job.node, job.number, text_of(job.state), job.result_json, job.problem_json,
       job.stage, job.done_count, job.total_count, now);
}

constexpr const char* interrupt_silent_jobs_sql = R"sql(
  -- jobs.interrupt_silent
  UPDATE job SET state = 'interrupted', ended_at = $2
   WHERE state = 'running' AND beat_at < $1
)sql";

int interrupt_silent_jobs(Tx& tx, Instant since, Instant now) {
  return rows(tx, interrupt_silent_jobs_sql, since, now).affected();
}

constexpr const char* ask_to_cancel_sql = R"sql(
  -- jobs.ask_to_cancel
  UPDATE job
     SET cancel_asked = true, state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END,
         ended_at = CASE WHEN state = 'waiting' THEN $3 ELSE ended_at END
   WHERE node_id = $1 AND number = $2
)sql";

void ask_to_cancel(Tx& tx, NodeId node, JobNumber number, Instant now) {
  rows(tx, ask_to_cancel_sql, node, number, now);
}

constexpr const char* set_waiting_sql = R"sql(
  -- jobs.set_waiting
  UPDATE job SET state = 'waiting', cancel_asked = false, ended_at = NULL
   WHERE node_id = $1 AND number = $2
)sql";

void set_waiting(Tx& tx, NodeId node, JobNumber number) { rows(tx, set_waiting_sql, node, number); }

}  // namespace coop::jobs
