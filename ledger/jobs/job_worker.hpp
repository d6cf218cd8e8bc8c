#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "ledger/database/database.hpp"
#include "ledger/jobs/job.hpp"
#include "ledger/values/day.hpp"

namespace coop::jobs {

/// A job at work: tells how far it is, and hears whether to stop. Both at most once a second on the database,
/// so they may be called often; but a new stage is told at once.
class JobAtWork {
 public:
  JobAtWork(Database& database, const Clock& clock, const std::function<bool()>& is_stopping, Job job);
  const Job& job() const noexcept { return job_; }
  /// `total` 0: not known yet.
  void tell(std::string_view stage, std::int64_t done, std::int64_t total);
  /// True once the work should stop: it was cancelled, or the server is stopping.
  bool should_stop();
  bool is_cancelled() const noexcept { return cancelled_; }

 private:
  void beat();
  Database& database_;
  const Clock& clock_;
  const std::function<bool()>& is_stopping_;
  Job job_;
  Instant told_at_;
  bool cancelled_ = false;
};

/// What jobs of one kind do. Returns the result as a JSON object. Work that should stop returns early; what
/// it returns then is kept with the job. What it throws becomes the job's problem.
using JobWork = std::function<std::string(JobAtWork&)>;

/// Threads that do the waiting jobs of all nodes, one each at a time, on any number of servers side by side.
class JobWorker {
 public:
  JobWorker(Database& database, Clock clock, std::map<std::string, JobWork> kinds, int threads);
  /// Asks running work to stop and waits for it; such jobs are interrupted.
  ~JobWorker();
  JobWorker(const JobWorker&) = delete;
  JobWorker& operator=(const JobWorker&) = delete;

  /// Looks for waiting jobs at once.
  void wake();

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

/// The name of this machine, as jobs are bound to it.
std::string this_host();

}  // namespace coop::jobs
