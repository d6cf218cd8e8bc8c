#include "ledger/jobs/job.hpp"

#include <array>

#include "ledger/values/refusal.hpp"

namespace coop::jobs {

namespace {
constexpr std::array<std::string_view, 6> state_texts{"waiting", "running",   "done",
                                                      "failed",  "cancelled", "interrupted"};
}

std::string_view text_of(JobState state) { return state_texts.at(static_cast<std::size_t>(state)); }

JobState job_state_from(std::string_view text) {
  for (std::size_t i = 0; i < state_texts.size(); ++i)
    if (state_texts[i] == text) return static_cast<JobState>(i);
  throw InvariantBroken{"a job's state is one of six"};
}

bool is_ended(JobState state) { return state != JobState::waiting && state != JobState::running; }

bool is_resumable(JobState state) { return is_ended(state) && state != JobState::done; }

}  // namespace coop::jobs
