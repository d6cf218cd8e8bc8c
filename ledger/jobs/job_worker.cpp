#include "ledger/jobs/job_worker.hpp"

#include <malloc.h>
#include <unistd.h>

#include <atomic>
#include <boost/json.hpp>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "ledger/jobs/job_store.hpp"
#include "ledger/values/refusal.hpp"

namespace coop::jobs {

namespace {

constexpr std::chrono::seconds tell_every{1};
constexpr std::chrono::seconds look_every{2};
constexpr std::chrono::seconds beat_every{5};
constexpr std::chrono::seconds silence_of_the_dead{30};

std::string problem_json(std::string_view code, std::string_view detail, std::string_view field) {
  boost::json::object problem;
  problem["code"] = boost::json::string_view{code.data(), code.size()};
  problem["detail"] = boost::json::string_view{detail.data(), detail.size()};
  if (!field.empty()) problem["field"] = boost::json::string_view{field.data(), field.size()};
  return boost::json::serialize(problem);
}

// What a job took goes back to the machine: the next one may be of another day.
void give_memory_back() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace

JobAtWork::JobAtWork(Database& database, const Clock& clock, const std::function<bool()>& is_stopping,
                     Job job)
    : database_{database},
      clock_{clock},
      is_stopping_{is_stopping},
      job_{std::move(job)},
      told_at_{clock()} {}

void JobAtWork::tell(std::string_view stage, std::int64_t done, std::int64_t total) {
  const bool is_new_stage = job_.stage != stage;
  job_.stage = stage;
  job_.done_count = done;
  job_.total_count = total;
  if (is_new_stage || clock_() - told_at_ >= tell_every) beat();
}

bool JobAtWork::should_stop() {
  if (clock_() - told_at_ >= tell_every) beat();
  return cancelled_ || is_stopping_();
}

void JobAtWork::beat() {
  told_at_ = clock_();
  cancelled_ = database_.in_tx([&](Tx& tx) { return update_progress(tx, job_, told_at_); });
}

struct JobWorker::Held {
  Held(Database& a_database, Clock a_clock, std::map<std::string, JobWork> a_kinds)
      : database{a_database}, clock{std::move(a_clock)}, kinds{std::move(a_kinds)} {}

  Database& database;
  Clock clock;
  std::map<std::string, JobWork> kinds;
  std::atomic<bool> ending{false};
  std::function<bool()> is_stopping = [this] { return ending.load(); };
  std::mutex mutex;
  std::condition_variable come;
  int woken = 0;
  std::set<std::pair<NodeId, JobNumber>> at_work;
  std::vector<std::thread> threads;

  /// Signs of life of all jobs at work here, however long a single step of theirs takes.
  void beat_for_all() {
    std::unique_lock lock{mutex};
    while (!come.wait_for(lock, beat_every, [&] { return ending.load(); })) {
      const auto jobs = at_work;
      lock.unlock();
      try {
        if (!jobs.empty()) database.in_tx([&](Tx& tx) { update_beats(tx, jobs, clock()); });
      } catch (const Unavailable&) {
        // the database is away; if it stays away the jobs count as interrupted, which they are then
      }
      lock.lock();
    }
  }

  /// A job to do, if there is one. Nothing while the database is away.
  std::optional<Job> take() {
    try {
      return database.in_tx([&](Tx& tx) {
        const Instant now = clock();
        interrupt_silent_jobs(tx, now - silence_of_the_dead, now);
        return claim_job(tx, this_host(), now);
      });
    } catch (const Unavailable&) {
      return std::nullopt;
    }
  }

  /// Does the job's work and sets how it ended.
  void work_on(JobAtWork& work, Job& end) {
    const auto kind = kinds.find(end.kind);
    try {
      if (kind == kinds.end()) throw InvariantBroken{"every kind of job has its work"};
      end.result_json = kind->second(work);
      const bool stopped = work.should_stop();
      end.state = !stopped              ? JobState::done
                  : work.is_cancelled() ? JobState::cancelled
                                        : JobState::interrupted;
    } catch (const Refused& refused) {
      end.state = JobState::failed;
      end.problem_json =
          problem_json(coop::text_of(refused.refusal()).code, refused.detail(), refused.field());
    } catch (const Unavailable& reason) {
      end.state = JobState::interrupted;
      end.problem_json = problem_json("unavailable", reason.what(), {});
    } catch (const std::exception& fault) {
      end.state = JobState::failed;
      end.problem_json = problem_json("internal_error", fault.what(), {});
    }
  }

  void run(Job job) {
    JobAtWork work{database, clock, is_stopping, job};
    work_on(work, job);
    job.stage = work.job().stage;
    job.done_count = work.job().done_count;
    job.total_count = work.job().total_count;
    try {
      database.in_tx([&](Tx& tx) { end_job(tx, job, clock()); });
    } catch (const Unavailable&) {
      return;  // without a sign of life it counts as interrupted
    }
  }

  void serve() {
    std::unique_lock lock{mutex};
    while (!ending) {
      const int seen = woken;
      lock.unlock();
      auto job = take();
      if (job) {
        const std::pair place{job->node, job->number};
        lock.lock();
        at_work.insert(place);
        lock.unlock();
        run(std::move(*job));
        give_memory_back();
        lock.lock();
        at_work.erase(place);
        continue;
      }
      lock.lock();
      come.wait_for(lock, look_every, [&] { return ending || woken != seen; });
    }
  }
};

JobWorker::JobWorker(Database& database, Clock clock, std::map<std::string, JobWork> kinds, int threads)
    : held_{new Held{database, std::move(clock), std::move(kinds)}} {
  for (int i = 0; i < threads; ++i) held_->threads.emplace_back([held = held_.get()] { held->serve(); });
  held_->threads.emplace_back([held = held_.get()] { held->beat_for_all(); });
}

JobWorker::~JobWorker() {
  {
    const std::lock_guard lock{held_->mutex};
    held_->ending = true;
  }
  held_->come.notify_all();
  for (std::thread& thread : held_->threads) thread.join();
}

void JobWorker::wake() {
  {
    const std::lock_guard lock{held_->mutex};
    ++held_->woken;
  }
  held_->come.notify_all();
}

std::string this_host() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "localhost";
}

}  // namespace coop::jobs
