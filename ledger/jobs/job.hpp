#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/day.hpp"
#include "ledger/values/ids.hpp"

namespace coop::jobs {

/// The number of a job within its node, from 1.
using JobNumber = Id<struct JobKindTag, std::int32_t>;

/// How a job stands. Interrupted: the server that ran it ended; it may be taken up again.
enum class JobState { waiting, running, done, failed, cancelled, interrupted };
/// "waiting" …
std::string_view text_of(JobState state);
/// Throws InvariantBroken, if it is none.
JobState job_state_from(std::string_view text);

/// True of a job that nobody works on any more and nobody will by itself.
bool is_ended(JobState state);
/// True of a job that can be taken up again: it ended without being done.
bool is_resumable(JobState state);

/// Long work on record.
struct Job {
  NodeId node;
  JobNumber number;
  std::string kind;             ///< "import_journal" …
  std::string parameters_json;  ///< what the work is told: a JSON object
  JobState state;
  std::string stage;         ///< what it is doing: "reading", "recording" …
  std::int64_t done_count;   ///< of what the stage counts
  std::int64_t total_count;  ///< 0 while it is not known
  bool cancel_asked;
  std::optional<std::string> result_json;   ///< of a job that is done: a JSON object
  std::optional<std::string> problem_json;  ///< of a job that failed: {"code","detail","field"}
  std::optional<UserId> created_by;
  Instant created_at;
  std::optional<Instant> started_at;
  std::optional<Instant> ended_at;
};

/// What is asked for.
struct JobDraft {
  std::string kind;
  std::string parameters_json;
  std::optional<std::string> host;  ///< the machine that has the files it needs; nothing: any
};

}  // namespace coop::jobs
