#include <filesystem>

#include "api/handlers/handlers.hpp"
#include "api/handlers/job_forms.hpp"
#include "api/handlers/list_page.hpp"
#include "api/json_document.hpp"
#include "api/json_writer.hpp"
#include "api/services.hpp"
#include "ledger/jobs/job_store.hpp"
#include "ledger/jobs/job_worker.hpp"

namespace coop::api {

namespace {

jobs::JobNumber asked_job(const Call& call) {
  return jobs::JobNumber{call.path_int("number", Refusal::job_unknown)};
}

/// Whoever may verify may stop a verification; other work belongs to those who keep the books.
void require_own_kind(Tx& tx, const Call& call) {
  if (jobs::read_job(tx, call.node().id, asked_job(call)).kind == "verify") return;
  access::require_allowed(call.caller.access.get(), access::Action::keep_accounts, call.node().id, call.now);
}

void json_or_null(JsonWriter& out, std::string_view name, const std::optional<std::string>& json) {
  out.name(name).raw(json ? std::string_view{*json} : "null");
}

/// Where an upload is kept is nobody's business: its file's own name tells it apart.
std::string shown_parameters(const jobs::Job& job) {
  return json_with_other(job.parameters_json, "file", [](std::string_view path) {
    return std::filesystem::path{path}.filename().string();
  });
}

}  // namespace

std::string job_json(const jobs::Job& job) {
  JsonWriter out;
  out.open().field("number", job.number).field("kind", job.kind).field("state", jobs::text_of(job.state));
  out.field("stage", job.stage).field("done", job.done_count);
  if (job.total_count > 0) out.field("total", job.total_count);
  else out.field("total", std::nullopt);
  out.field("cancel_asked", job.cancel_asked).name("parameters").raw(shown_parameters(job));
  json_or_null(out, "result", job.result_json);
  json_or_null(out, "problem", job.problem_json);
  out.field("created_at", job.created_at)
      .field("started_at", job.started_at)
      .field("ended_at", job.ended_at)
      .close();
  return out.take();
}

Answer job_started(Tx& tx, const Call& call, Services& services, const jobs::JobDraft& draft) {
  const jobs::Job job = jobs::start_job(tx, call.node().id, draft, call.caller.user(), call.now);
  Answer answer = accepted(job_json(job),
                           "/v1/nodes/" + call.node().name + "/jobs/" + std::to_string(job.number.number()));
  answer.afterwards = [&services] { services.jobs.wake(); };
  return answer;
}

Answer list_jobs(const Call& call, Services& services) {
  const Page page = call.page(50, 200);
  const auto before = id_before<jobs::JobNumber>(call, page);
  const auto found = services.database.in_tx(
      [&](Tx& tx) { return jobs::list_jobs(tx, call.node().id, before, page.limit + 1); });
  return page_answer(
      call, page, found, [](JsonWriter& out, const jobs::Job& job) { out.raw(job_json(job)); },
      [](Cursor& place, const jobs::Job& last) { place.add(std::int64_t{last.number.number()}); });
}

Answer show_job(const Call& call, Services& services) {
  return ok(job_json(
      services.database.in_tx([&](Tx& tx) { return jobs::read_job(tx, call.node().id, asked_job(call)); })));
}

Answer cancel_job(Tx& tx, const Call& call, Services&) {
  call.require_no_fields();
  require_own_kind(tx, call);
  return ok(job_json(jobs::cancel_job(tx, call.node().id, asked_job(call), call.now)));
}

Answer resume_job(Tx& tx, const Call& call, Services& services) {
  call.require_no_fields();
  require_own_kind(tx, call);
  Answer answer = ok(job_json(jobs::resume_job(tx, call.node().id, asked_job(call))));
  answer.afterwards = [&services] { services.jobs.wake(); };
  return answer;
}

}  // namespace coop::api
