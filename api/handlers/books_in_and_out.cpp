#include "api/handlers/handlers.hpp"
#include "api/handlers/job_forms.hpp"
#include "api/json_writer.hpp"
#include "api/kept_answer.hpp"
#include "api/services.hpp"
#include "api/upload.hpp"
#include "ledger/books/account.hpp"
#include "ledger/jobs/job_worker.hpp"
#include "ledger/journals/export_service.hpp"
#include "ledger/journals/import_plan.hpp"
#include "ledger/journals/native_service.hpp"

namespace coop::api {

namespace {

std::string type_of(std::string_view format) {
  return format == "native" ? "application/x-ndjson" : "text/plain; charset=utf-8";
}

std::string virtual_postings_in(const Call& call) {
  return std::string{call.query_word("virtual", {"refuse", "skip", "book"}).value_or("refuse")};
}

/// Empty if amounts are not to be rounded.
std::string rounding_account_in(const Call& call) {
  if (!call.query("rounding_account")) return {};
  return call.query_parsed("rounding_account", [](std::string_view path) {
    books::require_path(path);
    return std::string{path};
  });
}

/// Before anything is kept of the upload.
void require_import_options(const Call& call) {
  journals::ImportOptions checked;
  call.each_of("commodities", [&](const std::string& pair) { journals::add_commodity(checked, pair); });
  call.each_of("account_types", [&](const std::string& pair) { journals::add_account_type(checked, pair); });
  virtual_postings_in(call);
  rounding_account_in(call);
  call.query_truth("ignore_assertions", false);
}

/// What the job is told: where the file is, and the importer's options.
std::string book_import_parameters(const Call& call, const std::string& file) {
  JsonWriter out;
  out.open().field("node", call.node().name).field("file", file).field("preview", call.dry_run);
  out.field("virtual", virtual_postings_in(call)).field("rounding_account", rounding_account_in(call));
  out.field("ignore_assertions", call.query_truth("ignore_assertions", false)).array("commodities");
  for (const std::string& pair : call.query_list("commodities")) out.value(pair);
  out.end_array().array("account_types");
  for (const std::string& pair : call.query_list("account_types")) out.value(pair);
  out.end_array().close();
  return out.take();
}

void write_books_summary(JsonWriter& out, const journals::NativeSummary& summary) {
  out.field("node", summary.node)
      .field("entries", summary.entries)
      .field("last_hash", hex_of(summary.last_hash));
  out.object("lines");
  for (const auto& [kind, count] : summary.lines) out.field(kind, count);
  out.close();
}

/// Deletes the upload at the end, unless a job was given it.
struct UploadInUse {
  Upload upload;
  bool is_needed = false;
  ~UploadInUse() {
    if (!is_needed) Uploads::forget(upload.file);
  }
};

}  // namespace

Answer export_books(const Call& call, Services& services) {
  const auto format =
      call.query_word("format", {"native", "hledger", "ledger", "beancount"}).value_or("native");
  return streamed(type_of(format), [&call, &services, format](const WritePiece& write) {
    bool is_gone = false;
    const journals::Sink sink = [&](std::string_view piece) { is_gone = is_gone || !write(piece); };
    journals::Watch watch;
    watch.cancelled = [&] { return is_gone; };
    if (format == "native")
      journals::export_native(services.database, call.node().name, call.now, sink, watch);
    else
      journals::export_journal(services.database, call.node().name, journals::dialect_from(format), sink,
                               watch);
  });
}

Answer import_books(const Call& call, Services& services) {
  if (call.content_type() != "application/json")
    throw Refused{Refusal::media_type_unsupported,
                  "send what `hledger print -O json` writes, as application/json"};
  require_import_options(call);
  UploadInUse use{services.uploads.keep(call.request)};
  const auto content = books::fingerprint_of(book_import_parameters(call, use.upload.hash));
  const jobs::JobDraft draft{"import_journal", book_import_parameters(call, use.upload.file.string()),
                             jobs::this_host()};
  return answered_once(services.database, call, content, [&](Tx& tx) {
    use.is_needed = true;  // also if it will not be known whether the job was started
    return job_started(tx, call, services, draft);
  });
}

Answer restore_books(const Call& call, Services& services) {
  if (call.content_type() != "application/x-ndjson")
    throw Refused{Refusal::media_type_unsupported, "send a complete export, as application/x-ndjson"};
  const UploadInUse use{services.uploads.keep(call.request)};
  const journals::NativeSummary summary =
      call.dry_run ? journals::check_native(use.upload.file)
                   : journals::restore_native(services.database, use.upload.file, call.now);
  JsonWriter out;
  out.open();
  if (call.dry_run) out.field("dry_run", true);
  write_books_summary(out, summary);
  out.close();
  return call.dry_run ? ok(out.take()) : created(out.take(), "/v1/nodes/" + summary.node);
}

}  // namespace coop::api
