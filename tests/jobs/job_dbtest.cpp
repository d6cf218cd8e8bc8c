#include <future>

#include "ledger/jobs/job_service.hpp"
#include "ledger/jobs/job_store.hpp"
#include "ledger/jobs/job_worker.hpp"
#include "tests/support/machine.hpp"
#include "tests/support/test_books.hpp"

namespace coop::jobs {
namespace {

using test::BooksTest;
using test::refusal_of;

class Jobs : public BooksTest {
 protected:
  Job start(const std::string& kind) {
    return db().in_tx(
        [&](Tx& tx) { return start_job(tx, node(), {kind, "{}", std::nullopt}, std::nullopt, now); });
  }
  Job read(JobNumber number) {
    return db().in_tx([&](Tx& tx) { return read_job(tx, node(), number); });
  }
  /// The job once it stands so. Fails the test if it never does.
  Job wait_for(JobNumber number, JobState state) {
    EXPECT_TRUE(test::comes_true([&] { return read(number).state == state; }))
        << "the job is " << text_of(read(number).state) << ", not " << text_of(state);
    return read(number);
  }
};

TEST_F(Jobs, AreDoneInTheBackgroundAndKeepTheirResult) {
  JobWorker worker{db(),
                   system_clock(),
                   {{"count",
                     [](JobAtWork& work) {
                       work.tell("counting", 7, 7);
                       return std::string{R"({"counted":7})"};
                     }}},
                   2};
  const Job job = start("count");
  EXPECT_EQ(job.state, JobState::waiting);
  EXPECT_EQ(job.number, JobNumber{1});
  worker.wake();
  const Job done = wait_for(job.number, JobState::done);
  EXPECT_EQ(done.result_json, R"({"counted": 7})");
  EXPECT_EQ(done.stage, "counting");
  EXPECT_EQ(done.done_count, 7);
}

TEST_F(Jobs, TellANewStageAtOnce) {
  std::promise<void> seen;
  JobWorker worker{db(),
                   [&] { return now; },  // no second passes
                   {{"slow",
                     [&](JobAtWork& work) {
                       work.tell("reading", 0, 0);
                       seen.get_future().wait();
                       return std::string{"{}"};
                     }}},
                   1};
  const Job job = start("slow");
  worker.wake();
  EXPECT_TRUE(test::comes_true([&] { return read(job.number).stage == "reading"; }));
  seen.set_value();
  wait_for(job.number, JobState::done);
}

TEST_F(Jobs, KeepWhyTheyFailed) {
  JobWorker worker{
      db(),
      system_clock(),
      {{"refuse", [](JobAtWork&) -> std::string { throw Refused{Refusal::import_unreadable, "line 3"}; }},
       {"break", [](JobAtWork&) -> std::string { throw std::runtime_error{"our fault"}; }}},
      1};
  const Job refused = wait_for(start("refuse").number, JobState::failed);
  EXPECT_NE(refused.problem_json->find("import_unreadable"), std::string::npos);
  const Job broken = wait_for(start("break").number, JobState::failed);
  EXPECT_NE(broken.problem_json->find("internal_error"), std::string::npos);
  const Job unknown = wait_for(start("nobody knows it").number, JobState::failed);
  EXPECT_NE(unknown.problem_json->find("internal_error"), std::string::npos);
}

TEST_F(Jobs, StopWhenTheyAreCancelled) {
  std::promise<void> begun;
  JobWorker worker{db(),
                   system_clock(),
                   {{"endless",
                     [&](JobAtWork& work) {
                       begun.set_value();
                       while (!work.should_stop()) std::this_thread::sleep_for(std::chrono::milliseconds{20});
                       return std::string{"{}"};
                     }}},
                   1};
  const Job job = start("endless");
  begun.get_future().wait();
  EXPECT_TRUE(db().in_tx([&](Tx& tx) { return cancel_job(tx, node(), job.number, now); }).cancel_asked);
  wait_for(job.number, JobState::cancelled);
  const auto again = [&] { db().in_tx([&](Tx& tx) { cancel_job(tx, node(), job.number, now); }); };
  EXPECT_EQ(refusal_of(again), "job_finished_already");
}

TEST_F(Jobs, AreCancelledAtOnceWhileTheyWait) {
  const Job job = start("later");
  EXPECT_EQ(db().in_tx([&](Tx& tx) { return cancel_job(tx, node(), job.number, now); }).state,
            JobState::cancelled);
}

TEST_F(Jobs, AreInterruptedWhenTheirServerStopsAndCanBeTakenUpAgain) {
  std::promise<void> begun;
  const Job job = start("patient");
  {
    JobWorker first{db(),
                    system_clock(),
                    {{"patient",
                      [&](JobAtWork& work) {
                        work.tell("waiting", 1, 2);
                        begun.set_value();
                        while (!work.should_stop())
                          std::this_thread::sleep_for(std::chrono::milliseconds{20});
                        return std::string{"{}"};
                      }}},
                    1};
    begun.get_future().wait();
  }
  EXPECT_EQ(read(job.number).state, JobState::interrupted);
  JobWorker second{db(), system_clock(), {{"patient", [](JobAtWork&) { return std::string{"{}"}; }}}, 1};
  db().in_tx([&](Tx& tx) { resume_job(tx, node(), job.number); });
  second.wake();
  wait_for(job.number, JobState::done);
  EXPECT_EQ(refusal_of([&] { db().in_tx([&](Tx& tx) { resume_job(tx, node(), job.number); }); }),
            "job_finished_already");
}

TEST_F(Jobs, CountAsInterruptedWhenTheirServerFellSilent) {
  const Job job = start("lost");
  db().in_tx([&](Tx& tx) { claim_job(tx, this_host(), now); });
  EXPECT_EQ(read(job.number).state, JobState::running);
  const auto interrupt = [&](Instant since) {
    return db().in_tx([&](Tx& tx) { return interrupt_silent_jobs(tx, since, now); });
  };
  EXPECT_EQ(interrupt(now), 0);
  EXPECT_EQ(interrupt(now + std::chrono::seconds{1}), 1);
  EXPECT_EQ(read(job.number).state, JobState::interrupted);
}

TEST_F(Jobs, AreTakenByOneServerOnlyAndByTheHostThatHasTheFiles) {
  db().in_tx([&](Tx& tx) { start_job(tx, node(), {"far", "{}", "another-host"}, std::nullopt, now); });
  EXPECT_FALSE(db().in_tx([&](Tx& tx) { return claim_job(tx, "here", now); }));
  start("any");
  EXPECT_TRUE(db().in_tx([&](Tx& tx) { return claim_job(tx, "here", now); }));
  EXPECT_FALSE(db().in_tx([&](Tx& tx) { return claim_job(tx, "here", now); }));
  EXPECT_EQ(refusal_of([&] { read(JobNumber{9}); }), "job_unknown");
}

}  // namespace
}  // namespace coop::jobs
